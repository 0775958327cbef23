/// Writes values for `PackDecoder`: their fields one after another, in the order in which the type
/// encodes them, without names. What is written is text, so that the build can carry it as a string
/// literal.
///
/// A number is digits of six bits from `0` to `o`, the lowest first, five bits of value in each and
/// one that says that more follow. A string is twice its count of bytes, plus one when it has
/// escapes, and its bytes. An array is its count and its elements. A field has `1` before it, or is
/// a `0` when it is missing: a type may write a field that it reads as one that may be missing.
/// Dictionaries, sorted, and enumerations with values have the names of their keys before the
/// values.
enum PackEncoder {
  /// - Throws: what the values throw, and `EncodingError` for an optional value that is no field,
  ///   which could not be read again.
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try PackNode(value).append(to: &bytes)
    return bytes
  }
}

/// A value that is being written: how many elements it has is known when it is whole.
private final class PackNode {
  private var bytes: [UInt8] = []
  private var children: [PackNode] = []
  private var names: [String] = []
  private var kind = Kind.plain

  enum Kind {
    /// A single value, or fields that the reader knows.
    case plain
    case list
    /// The case of an enumeration.
    case named
    /// A dictionary.
    case sorted
  }

  init() {}

  init(_ value: some Encodable) throws { try put(value) }

  func put<T: Encodable>(_ value: T) throws {
    switch value {
    case let value as Bool: bytes.append(UInt8(ascii: value ? "1" : "0"))
    case let value as String: put(text: value)
    case let value as Double: put(text: "\(value)")
    case let value as Float: put(text: "\(value)")
    case let value as Int: put(integer: value)
    case let value as UInt8: put(integer: Int(value))
    case let value as UInt32: put(integer: Int(value))
    case let value as UInt64: put(integer: Int(value))
    default: try value.encode(to: PackEncoding(node: self))
    }
  }

  /// Small numbers of either sign are short.
  private func put(integer: Int) {
    put(number: UInt64(bitPattern: Int64(integer << 1 ^ integer >> 63)))
  }

  private func put(number: UInt64) {
    var rest = number
    repeat {
      let digit = UInt8(rest & 31)
      rest >>= 5
      bytes.append(0x30 + (digit | (rest > 0 ? 32 : 0)))
    } while rest > 0
  }

  private func put(text: String) {
    let plain = Array(text.utf8)
    var escaped: [UInt8] = []
    // What no literal holds, or holds changed.
    for byte in plain {
      let isControl = byte < 32 && byte != 10 || byte == 127
      if isControl || byte == PackReader.escape {
        escaped += [PackReader.escape, 0x30 + byte >> 4, 0x30 + byte & 15]
      } else {
        escaped.append(byte)
      }
    }
    let isPlain = escaped == plain
    put(number: UInt64(isPlain ? plain.count * 2 : escaped.count * 2 + 1))
    bytes += isPlain ? plain : escaped
  }

  func add(_ child: PackNode, named name: String? = nil) {
    children.append(child)
    if let name { names.append(name) }
  }

  func become(_ kind: Kind) { self.kind = kind }

  func addIfPresent(_ value: (some Encodable)?, named name: String) throws {
    let child = PackNode()
    try child.put(value != nil)
    if let value { child.add(try PackNode(value)) }
    add(child, named: name)
  }

  func append(to target: inout [UInt8]) {
    if kind == .sorted {
      let order = names.indices.sorted { names[$0] < names[$1] }
      children = order.map { children[$0] }
      names = order.map { names[$0] }
    }
    if kind != .plain { put(number: UInt64(children.count)) }
    if kind == .named || kind == .sorted { for name in names { put(text: name) } }
    target += bytes
    for child in children { child.append(to: &target) }
  }
}

private struct PackEncoding: Encoder {
  let node: PackNode
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    // The keys of a dictionary are any.
    if Key(stringValue: "no field is called so") != nil { node.become(.sorted) }
    return KeyedEncodingContainer(KeyedFields<Key>(node: node))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    node.become(.list)
    return Elements(node: node)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(node: node) }
}

private struct KeyedFields<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: PackNode
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) throws { throw refusal(of: "a missing value") }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    try node.addIfPresent(value, named: key.stringValue)
  }

  func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
    try node.addIfPresent(value, named: key.stringValue)
  }

  // For these the protocol has a way of its own, which writes nothing. Optional fields of other
  // simple types would need the same.
  func encodeIfPresent(_ value: String?, forKey key: Key) throws {
    try node.addIfPresent(value, named: key.stringValue)
  }

  func encodeIfPresent(_ value: Int?, forKey key: Key) throws {
    try node.addIfPresent(value, named: key.stringValue)
  }

  func encodeIfPresent(_ value: Bool?, forKey key: Key) throws {
    try node.addIfPresent(value, named: key.stringValue)
  }

  func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
    try node.addIfPresent(value, named: key.stringValue)
  }

  func nestedContainer<NestedKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    let child = PackNode()
    node.become(.named)
    node.add(child, named: key.stringValue)
    return PackEncoding(node: child).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    let child = PackNode()
    node.add(child, named: key.stringValue)
    return PackEncoding(node: child).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { PackEncoding(node: node) }
  func superEncoder(forKey key: Key) -> any Encoder { PackEncoding(node: node) }
}

private struct Elements: UnkeyedEncodingContainer {
  let node: PackNode
  var codingPath: [any CodingKey] { [] }
  private(set) var count = 0

  init(node: PackNode) { self.node = node }

  func encodeNil() throws { throw refusal(of: "a missing element") }

  mutating func encode(_ value: some Encodable) throws {
    node.add(try PackNode(value))
    count += 1
  }

  mutating func nestedContainer<NestedKey>(
    keyedBy keyType: NestedKey.Type
  ) -> KeyedEncodingContainer<NestedKey> {
    PackEncoding(node: child()).container(keyedBy: keyType)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    PackEncoding(node: child()).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { PackEncoding(node: node) }

  private mutating func child() -> PackNode {
    let child = PackNode()
    node.add(child)
    count += 1
    return child
  }
}

private struct Single: SingleValueEncodingContainer {
  let node: PackNode
  var codingPath: [any CodingKey] { [] }

  func encodeNil() throws { throw refusal(of: "a missing value") }
  func encode(_ value: some Encodable) throws { try node.put(value) }
}

private func refusal(of what: String) -> EncodingError {
  EncodingError.invalidValue(
    what, EncodingError.Context(codingPath: [], debugDescription: "\(what) cannot be packed"))
}
