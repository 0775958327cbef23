internal import Records

/// A JSON value as a tree of nodes over its own bytes: strings stay as they are written until they
/// are asked for, numbers keep their spelling.
///
/// For values that a `RecordParser` has accepted: nothing is checked again. Reused from record to
/// record by its worker; about 80 bytes for each value of the record.
struct JSONTree {
  /// One value.
  struct Node {
    let kind: ValueKind
    /// Offsets in `bytes`: inside the quotes of a string, all of a number or literal.
    var range: Range<Int>
    var hasEscapes = false
    /// Inside the quotes of its key, when it is a member of an object.
    var key: Range<Int>?
    var isKeyEscaped = false
    /// The first value in it; of a string, the value it holds as JSON, once that was asked for.
    var child: Int32 = -1
    /// The next value in the same container.
    var next: Int32 = -1
    /// Whether the mapping has looked at the value itself.
    var isUsed = false
  }

  private(set) var nodes: [Node] = []
  /// The record, and behind it the decoded texts of strings that hold JSON.
  private(set) var bytes: [UInt8] = []
  private var open: [(node: Int32, last: Int32)] = []

  /// The value itself; -1 before anything was read.
  static let root = 0

  /// Reads a value in place of what was there. O(n).
  mutating func read(_ record: Span<UInt8>) {
    nodes.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: bytes.capacity < 8 << 20)
    bytes.reserveCapacity(record.count)
    for index in record.indices { bytes.append(record[index]) }
    _ = readValue(0..<bytes.count)
  }

  /// Reads the value that a string holds as JSON, once.
  ///
  /// - Parameter asJSON: the text as JSON, or `nil` when it is none.
  /// - Returns: the value's node, or `nil` when the string holds none.
  mutating func embedded(in node: Int, asJSON: ([UInt8]) -> [UInt8]?) -> Int? {
    guard nodes[node].kind == .string else { return nil }
    if nodes[node].child >= 0 { return Int(nodes[node].child) }
    var text: [UInt8] = []
    decode(node, into: &text)
    guard let json = asJSON(text) else { return nil }
    let start = bytes.count
    bytes += json
    let value = readValue(start..<bytes.count)
    nodes[node].child = Int32(value)
    return value
  }

  /// Notes that the mapping has looked at a value.
  mutating func markUsed(_ node: Int) {
    nodes[node].isUsed = true
  }

  // MARK: - Looking

  /// Appends the text of a string, or the spelling of a number or literal.
  mutating func decode(_ node: Int, into text: inout [UInt8]) {
    append(nodes[node].range, isEscaped: nodes[node].hasEscapes, to: &text)
  }

  /// Appends the key of a member.
  mutating func decodeKey(_ node: Int, into text: inout [UInt8]) {
    guard let key = nodes[node].key else { return }
    append(key, isEscaped: nodes[node].isKeyEscaped, to: &text)
  }

  /// The member of an object with a key; the last one, when there are several. O(members).
  mutating func member(_ key: [UInt8], of node: Int) -> Int? {
    guard nodes[node].kind == .object else { return nil }
    var found: Int?
    var child = Int(nodes[node].child)
    while child >= 0 {
      if hasKey(child, key) { found = child }
      child = Int(nodes[child].next)
    }
    return found
  }

  /// Whether a string, a number or a literal says exactly this.
  mutating func says(_ node: Int, _ text: [UInt8]) -> Bool {
    guard nodes[node].kind != .object, nodes[node].kind != .array else { return false }
    guard nodes[node].hasEscapes else { return bytes[nodes[node].range].elementsEqual(text) }
    var decoded: [UInt8] = []
    decode(node, into: &decoded)
    return decoded == text
  }

  /// Whether a string has an escape for one half of a pair of surrogates: it becomes U+FFFD.
  func hasLoneSurrogate(_ node: Int, decoded: [UInt8]) -> Bool {
    guard nodes[node].hasEscapes else { return false }
    return Self.replacements(decoded[...]) > Self.replacements(bytes[nodes[node].range])
  }

  private mutating func hasKey(_ node: Int, _ key: [UInt8]) -> Bool {
    guard let range = nodes[node].key else { return false }
    if !nodes[node].isKeyEscaped { return bytes[range].elementsEqual(key) }
    var decoded: [UInt8] = []
    decodeKey(node, into: &decoded)
    return decoded == key
  }

  private mutating func append(
    _ range: Range<Int>, isEscaped: Bool, to text: inout [UInt8]
  ) {
    guard isEscaped else {
      text += bytes[range]
      return
    }
    var escapes = EscapeMap()
    unescape(bytes.span, range, into: &text, map: &escapes)
  }

  /// How often U+FFFD stands in a text, as itself or as its escape.
  private static func replacements(_ text: ArraySlice<UInt8>) -> Int {
    var count = 0
    for index in text.indices {
      if text[index] == 0xEF, text[index...].starts(with: [0xEF, 0xBF, 0xBD]) { count += 1 }
      if text[index] == UInt8(ascii: "\\"), index + 6 <= text.endIndex,
        text[index + 1] == UInt8(ascii: "u"),
        text[(index + 2)..<(index + 6)].map({ $0 | 0x20 }) == Array("fffd".utf8)
      {
        count += 1
      }
    }
    return count
  }

  // MARK: - Reading

  /// Reads one value; brackets that are open are kept in a list, not on the call stack.
  private mutating func readValue(_ range: Range<Int>) -> Int {
    let first = nodes.count
    open.removeAll(keepingCapacity: true)
    var key: (range: Range<Int>, isEscaped: Bool)?
    var position = range.lowerBound
    while position < range.upperBound {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: ":"):
        position += 1
      case UInt8(ascii: "\""):
        let (inside, isEscaped) = string(from: position + 1, to: range.upperBound)
        position = inside.upperBound + 1
        if key == nil, let container = open.last, nodes[Int(container.node)].kind == .object {
          key = (inside, isEscaped)
        } else {
          add(Node(kind: .string, range: inside, hasEscapes: isEscaped), &key)
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let kind: ValueKind = bytes[position] == UInt8(ascii: "{") ? .object : .array
        add(Node(kind: kind, range: position..<position), &key)
        open.append((Int32(nodes.count - 1), -1))
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        position += 1
        if let container = open.popLast() {
          let start = nodes[Int(container.node)].range.lowerBound
          nodes[Int(container.node)].range = start..<position
        }
      default:
        let start = position
        while position < range.upperBound, !Self.endsScalar(bytes[position]) { position += 1 }
        let isLiteral = bytes[start] &- UInt8(ascii: "a") < 26
        add(Node(kind: isLiteral ? .literal : .number, range: start..<position), &key)
      }
    }
    return first
  }

  private static func endsScalar(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
      || byte == UInt8(ascii: "}")
  }

  private mutating func add(_ node: Node, _ key: inout (range: Range<Int>, isEscaped: Bool)?) {
    var node = node
    node.key = key?.range
    node.isKeyEscaped = key?.isEscaped ?? false
    key = nil
    let index = Int32(nodes.count)
    nodes.append(node)
    guard let container = open.last else { return }
    if container.last >= 0 {
      nodes[Int(container.last)].next = index
    } else {
      nodes[Int(container.node)].child = index
    }
    open[open.count - 1].last = index
  }

  /// The inside of the string that begins at `start`.
  private func string(from start: Int, to end: Int) -> (Range<Int>, isEscaped: Bool) {
    var position = start
    var isEscaped = false
    while position < end, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\") {
        isEscaped = true
        position += 1
      }
      position += 1
    }
    return (start..<min(position, end), isEscaped)
  }
}
