// The path language of format files: `a.b[].c`.
//
//     path    = [ brackets ] [ name brackets ] *( "." name brackets )    empty: the record
//     name    = "*" | "**" | pattern | bare | quoted
//     brackets = *( "[]" | "[*]" | "[" digits "]" )
//     quoted  = a key in double quotes, with \" and \\ for those two
//     bare    = bytes other than . [ ] * " : \ white space and controls
//     pattern = bare bytes and single asterisks, each of which stands for any bytes

/// A path of the path language, read.
package struct FieldPath: Sendable, Equatable {
  /// One step down.
  package enum Segment: Sendable, Hashable {
    /// The member with that key, in UTF-8.
    case key([UInt8])
    /// A member whose key fits: `*` stands for any bytes, all others for themselves.
    case keyPattern([UInt8])
    /// The element with that number, from 0.
    case index(Int)
    /// `*`: any member.
    case anyKey
    /// `[]`: any element.
    case anyElement
    /// `**`: zero or more members and elements.
    case anyDepth
  }

  /// The steps from the record's own value down.
  package let segments: [Segment]

  /// Reads a path; throws `badPath` with the offset where it stops making sense.
  package init(parsing text: String) throws(FormatError) {
    var reader = PathReader(text: text, bytes: Array(text.utf8))
    segments = try reader.readPath()
    guard reader.position == reader.bytes.count else { throw reader.error }
  }

  /// Reads a path with optional kinds at its end: `a.b:string` or `a.b:string|array`.
  ///
  /// The kinds are bits, by raw value; all of them when none is said.
  static func parseWithKinds(
    _ text: String
  ) throws(FormatError) -> (path: [Segment], kinds: UInt8) {
    var reader = PathReader(text: text, bytes: Array(text.utf8))
    let segments = try reader.readPath()
    if reader.position == reader.bytes.count { return (segments, .max) }
    guard reader.bytes[reader.position] == UInt8(ascii: ":") else { throw reader.error }
    let names = String(decoding: reader.bytes[(reader.position + 1)...], as: UTF8.self)
    var kinds: UInt8 = 0
    for name in names.split(separator: "|", omittingEmptySubsequences: false) {
      guard let kind = ValueKind(name: String(name)) else { throw .badKind(text) }
      kinds |= 1 << kind.rawValue
    }
    return (segments, kinds)
  }
}

/// A reader with a position, for one path.
private struct PathReader {
  let text: String
  let bytes: [UInt8]
  var position = 0

  var error: FormatError { .badPath(text, offset: position) }
  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func readPath() throws(FormatError) -> [FieldPath.Segment] {
    var segments: [FieldPath.Segment] = []
    try readBrackets(into: &segments)
    let hasBrackets = !segments.isEmpty
    if byte == nil || byte == UInt8(ascii: ":") { return segments }
    if hasBrackets {
      guard byte == UInt8(ascii: ".") else { throw error }
      position += 1
    }
    while true {
      segments.append(try readName())
      try readBrackets(into: &segments)
      guard byte == UInt8(ascii: ".") else { return segments }
      position += 1
    }
  }

  private mutating func readBrackets(
    into segments: inout [FieldPath.Segment]
  ) throws(FormatError) {
    while byte == UInt8(ascii: "[") {
      position += 1
      if byte == UInt8(ascii: "*") {
        position += 1
        guard byte == UInt8(ascii: "]") else { throw error }
      }
      var number: Int?
      while let digit = byte, digit &- 0x30 < 10 {
        let value = (number ?? 0) * 10 + Int(digit - 0x30)
        guard value <= Int(Int32.max) else { throw error }
        number = value
        position += 1
      }
      guard byte == UInt8(ascii: "]") else { throw error }
      position += 1
      segments.append(number.map { .index($0) } ?? .anyElement)
    }
  }

  private mutating func readName() throws(FormatError) -> FieldPath.Segment {
    if byte == UInt8(ascii: "\"") { return .key(try readQuoted()) }
    let start = position
    var asterisks = 0
    while let next = byte, isBareKeyByte(next) || next == UInt8(ascii: "*") {
      let isAsterisk = next == UInt8(ascii: "*")
      if isAsterisk, position > start, bytes[position - 1] == next {
        // Two of them are a step of their own.
        guard position == start + 1 else { throw error }
        position += 1
        return .anyDepth
      }
      if isAsterisk { asterisks += 1 }
      position += 1
    }
    guard position > start else { throw error }
    let name = Array(bytes[start..<position])
    if asterisks == 0 { return .key(name) }
    return name.count == 1 ? .anyKey : .keyPattern(name)
  }

  private mutating func readQuoted() throws(FormatError) -> [UInt8] {
    var key: [UInt8] = []
    position += 1
    while let next = byte {
      position += 1
      if next == UInt8(ascii: "\"") { return key }
      if next == UInt8(ascii: "\\") {
        guard let escaped = byte, escaped == UInt8(ascii: "\"") || escaped == next else {
          throw error
        }
        key.append(escaped)
        position += 1
      } else {
        key.append(next)
      }
    }
    throw error
  }
}

/// Whether a key may hold the byte without quotes.
private func isBareKeyByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0...0x20, 0x7F: false
  case UInt8(ascii: "."), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "*"): false
  case UInt8(ascii: "\""), UInt8(ascii: ":"), UInt8(ascii: "\\"): false
  default: true
  }
}

/// Whether bytes fit a pattern in which `*` stands for any bytes and all others for themselves.
///
/// O(bytes × pattern) at worst; one asterisk costs no more than a comparison.
func fits(_ pattern: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
  var place = 0
  var position = range.lowerBound
  // Where the last asterisk stands, and up to where it reaches.
  var asterisk = -1
  var reach = 0
  while position < range.upperBound {
    if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
      asterisk = place
      reach = position
      place += 1
    } else if place < pattern.count, pattern[place] == bytes[position] {
      place += 1
      position += 1
    } else if asterisk >= 0 {
      reach += 1
      position = reach
      place = asterisk + 1
    } else {
      return false
    }
  }
  while place < pattern.count, pattern[place] == UInt8(ascii: "*") { place += 1 }
  return place == pattern.count
}
