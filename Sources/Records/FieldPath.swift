// The path language of format files: `a.b[].c`.
//
//     path    = [ brackets ] [ name brackets ] *( "." name brackets )    empty: the record
//     name    = "*" | "**" | bare | quoted
//     brackets = *( "[]" | "[" digits "]" )
//     quoted  = a key in double quotes, with \" and \\ for those two
//     bare    = bytes other than . [ ] * " : \ white space and controls

/// A path of the path language, read.
package struct FieldPath: Sendable, Equatable {
  /// One step down.
  package enum Segment: Sendable, Hashable {
    /// The member with that key, in UTF-8.
    case key([UInt8])
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

  /// Reads a path with an optional `:kind` at its end.
  static func parseWithKind(
    _ text: String
  ) throws(FormatError) -> (path: [Segment], kind: ValueKind?) {
    var reader = PathReader(text: text, bytes: Array(text.utf8))
    let segments = try reader.readPath()
    if reader.position == reader.bytes.count { return (segments, nil) }
    guard reader.bytes[reader.position] == UInt8(ascii: ":") else { throw reader.error }
    let name = String(decoding: reader.bytes[(reader.position + 1)...], as: UTF8.self)
    guard let kind = ValueKind(name: name) else { throw .badKind(text) }
    return (segments, kind)
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
    switch byte {
    case UInt8(ascii: "*"):
      position += 1
      guard byte == UInt8(ascii: "*") else { return .anyKey }
      position += 1
      return .anyDepth
    case UInt8(ascii: "\""):
      return .key(try readQuoted())
    default:
      let start = position
      while let next = byte, isBareKeyByte(next) { position += 1 }
      guard position > start else { throw error }
      return .key(Array(bytes[start..<position]))
    }
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
