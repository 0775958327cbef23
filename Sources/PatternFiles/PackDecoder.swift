/// Reads what `PackEncoder` wrote. The fields come in the order in which the type asks for them, so
/// nothing is looked up; half the start of the command was JSON.
enum PackDecoder {
  /// - Throws: `DecodingError` when the bytes are not those of such a value.
  /// - Complexity: O(`bytes.count`).
  static func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
    let reader = PackReader(bytes)
    let value = try reader.value(type)
    guard reader.isAtEnd else { throw PackReader.corrupted }
    return value
  }
}

/// The bytes that are read, and how far.
final class PackReader {
  /// Stands before two digits of four bits, in strings that say so.
  static let escape = UInt8(ascii: "~")

  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { index == bytes.count }

  static var corrupted: DecodingError {
    DecodingError.dataCorrupted(
      DecodingError.Context(codingPath: [], debugDescription: "the packed patterns are damaged"))
  }

  private func byte() throws -> UInt8 {
    guard index < bytes.count else { throw Self.corrupted }
    index += 1
    return bytes[index - 1]
  }

  private func natural() throws -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let digit = UInt64(try byte() &- 0x30)
      guard digit < 64, shift < 64 else { throw Self.corrupted }
      value |= (digit & 31) << shift
      if digit < 32 { return value }
      shift += 5
    }
  }

  /// How many elements or keys follow.
  func count() throws -> Int {
    let count = try natural()
    // Each of them takes at least a byte.
    guard count <= UInt64(bytes.count - index) else { throw Self.corrupted }
    return Int(count)
  }

  func flag() throws -> Bool {
    switch try byte() {
    case UInt8(ascii: "1"): true
    case UInt8(ascii: "0"): false
    default: throw Self.corrupted
    }
  }

  /// Goes past a field that is missing; returns whether it is.
  func skipMissingField() -> Bool {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "0") else { return false }
    index += 1
    return true
  }

  /// Reads that a field is there.
  func expectField() throws {
    guard try flag() else { throw Self.corrupted }
  }

  func number() throws -> Int {
    let value = try natural()
    return Int(bitPattern: UInt(value >> 1)) ^ -Int(value & 1)
  }

  func text() throws -> String {
    let size = try natural()
    guard size >> 1 <= UInt64(bytes.count - index) else { throw Self.corrupted }
    let range = index..<index + Int(size >> 1)
    index = range.upperBound
    return size & 1 == 0
      ? String(decoding: bytes[range], as: UTF8.self) : try unescaped(bytes[range])
  }

  private func unescaped(_ escaped: ArraySlice<UInt8>) throws -> String {
    var plain: [UInt8] = []
    var rest = escaped
    while let byte = rest.popFirst() {
      if byte != Self.escape {
        plain.append(byte)
        continue
      }
      guard let high = rest.popFirst(), let low = rest.popFirst(), high &- 0x30 < 16,
        low &- 0x30 < 16
      else { throw Self.corrupted }
      plain.append((high - 0x30) << 4 | (low - 0x30))
    }
    return String(decoding: plain, as: UTF8.self)
  }

  func fraction() throws -> Double {
    guard let value = Double(try text()) else { throw Self.corrupted }
    return value
  }

  func value<T: Decodable>(_ type: T.Type) throws -> T {
    if type == String.self { return try cast(text()) }
    if type == [String].self { return try cast(texts()) }
    if type == Int.self { return try cast(number()) }
    if type == Bool.self { return try cast(flag()) }
    if type == Double.self { return try cast(fraction()) }
    if type == Float.self { return try cast(Float(fraction())) }
    if type == UInt8.self { return try cast(UInt8(exactly: number()) as Any) }
    if type == UInt32.self { return try cast(UInt32(exactly: number()) as Any) }
    if type == UInt64.self { return try cast(UInt64(exactly: number()) as Any) }
    return try T(from: PackDecoding(reader: self))
  }

  /// The most frequent list, without asking for each element's type.
  private func texts() throws -> [String] {
    let count = try count()
    var texts: [String] = []
    texts.reserveCapacity(count)
    for _ in 0..<count { texts.append(try text()) }
    return texts
  }

  private func cast<T, V>(_ value: V) throws -> T {
    guard let value = value as? T else { throw Self.corrupted }
    return value
  }
}

private struct PackDecoding: Decoder {
  let reader: PackReader
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(KeyedFields<Key>(reader: reader))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try Elements(reader) }

  func singleValueContainer() -> any SingleValueDecodingContainer { Single(reader: reader) }
}

/// Fields in their order. Only dictionaries and enumerations ask for all keys, which they have
/// before their values, and then for the values in the order of the keys.
private struct KeyedFields<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let reader: PackReader
  var codingPath: [any CodingKey] { [] }

  var allKeys: [Key] {
    guard let count = try? reader.count() else { return [] }
    return (0..<count).compactMap { _ in (try? reader.text()).flatMap { Key(stringValue: $0) } }
  }

  /// Whether a field is there; goes past one that is not.
  func contains(_ key: Key) -> Bool { !reader.skipMissingField() }
  func decodeNil(forKey key: Key) -> Bool { false }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try field { try $0.value(type) }
  }

  // Without these each of them would be asked for its type.
  func decode(_: String.Type, forKey _: Key) throws -> String { try field { try $0.text() } }
  func decode(_: Int.Type, forKey _: Key) throws -> Int { try field { try $0.number() } }
  func decode(_: Bool.Type, forKey _: Key) throws -> Bool { try field { try $0.flag() } }
  func decode(_: Double.Type, forKey _: Key) throws -> Double { try field { try $0.fraction() } }

  private func field<T>(_ read: (PackReader) throws -> T) throws -> T {
    try reader.expectField()
    return try read(reader)
  }

  func nestedContainer<NestedKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedDecodingContainer<NestedKey> {
    PackDecoding(reader: reader).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try Elements(reader)
  }

  func superDecoder() -> any Decoder { PackDecoding(reader: reader) }
  func superDecoder(forKey key: Key) -> any Decoder { PackDecoding(reader: reader) }
}

private struct Elements: UnkeyedDecodingContainer {
  let reader: PackReader
  let count: Int?
  private(set) var currentIndex = 0

  init(_ reader: PackReader) throws {
    self.reader = reader
    count = try reader.count()
  }

  var codingPath: [any CodingKey] { [] }
  var isAtEnd: Bool { currentIndex == count }

  func decodeNil() -> Bool { false }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    currentIndex += 1
    return try reader.value(type)
  }

  mutating func nestedContainer<NestedKey>(
    keyedBy type: NestedKey.Type
  ) -> KeyedDecodingContainer<NestedKey> {
    currentIndex += 1
    return PackDecoding(reader: reader).container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    currentIndex += 1
    return try Elements(reader)
  }

  func superDecoder() -> any Decoder { PackDecoding(reader: reader) }
}

private struct Single: SingleValueDecodingContainer {
  let reader: PackReader
  var codingPath: [any CodingKey] { [] }

  func decodeNil() -> Bool { false }
  func decode<T: Decodable>(_ type: T.Type) throws -> T { try reader.value(type) }
  func decode(_ type: String.Type) throws -> String { try reader.text() }
}
