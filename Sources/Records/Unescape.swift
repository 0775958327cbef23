// From the raw bytes of a string to its text, and from places in the text back to the raw bytes.
//
//     raw      A n n \n B o b \u00e9 !        the record's bytes from 40 on
//     decoded  A n n  .  B o b  é   !         U+00E9 takes two bytes
//     pairs    (0,40) (4,45) (9,54)           one where a text starts, one behind each escape

internal import Text

/// For many texts of a record: where their bytes came from.
///
/// Only the places where decoded and raw offsets drift apart are stored, eight bytes each.
package struct EscapeMap: Sendable {
  private struct Pair {
    /// From the start of the text.
    let decoded: UInt32
    /// From the start of the record.
    let raw: UInt32
  }

  /// One text's part of the map.
  package struct Segment: Sendable, Equatable {
    /// The text's bytes in the arena it was appended to.
    package let text: Range<Int>
    fileprivate let pairs: Range<Int>
  }

  private var pairs: [Pair] = []

  package init() {}

  /// Forgets all texts; the memory stays.
  package mutating func removeAll() { pairs.removeAll(keepingCapacity: true) }

  /// The offset in the record of the byte at `offset` of the text, counted from the text's start.
  ///
  /// `offset` must be a boundary of characters, or the text's end. What an escape stands for
  /// begins at the escape's backslash; a surrogate pair is one character. O(log escapes).
  package func rawOffset(ofDecoded offset: Int, in segment: Segment) -> Int {
    var low = segment.pairs.lowerBound
    var high = segment.pairs.upperBound
    // The last pair at or before the offset; the first one is at 0.
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(pairs[middle].decoded) <= offset { low = middle } else { high = middle }
    }
    return Int(pairs[low].raw) + offset - Int(pairs[low].decoded)
  }

  fileprivate var count: Int { pairs.count }

  fileprivate mutating func append(decoded: Int, raw: Int) {
    pairs.append(
      Pair(decoded: UInt32(truncatingIfNeeded: decoded), raw: UInt32(truncatingIfNeeded: raw)))
  }

  fileprivate func segment(from first: Int, text: Range<Int>) -> Segment {
    Segment(text: text, pairs: first..<pairs.count)
  }
}

/// Appends the text of a string to `text` and the way back to `map`.
///
/// `range` is the inside of a string the parser accepted. A lone surrogate becomes U+FFFD. The
/// result is valid UTF-8. O(n): the bytes between escapes are copied in bulk.
@discardableResult
package func unescape(
  _ record: Span<UInt8>, _ range: Range<Int>, into text: inout [UInt8], map: inout EscapeMap
) -> EscapeMap.Segment {
  let start = text.count
  let firstPair = map.count
  map.append(decoded: 0, raw: range.lowerBound)
  let raw = record.extracting(range)
  var position = 0
  while let escape = firstIndex(of: UInt8(ascii: "\\"), in: raw, from: position) {
    text.append(raw.extracting(position..<escape))
    position = escape
    // Escapes often come in a row, as in a script written all in \u: no search between them.
    repeat {
      position = appendEscape(raw, at: position, to: &text)
      map.append(decoded: text.count - start, raw: range.lowerBound + position)
    } while position < raw.count && raw[position] == UInt8(ascii: "\\")
  }
  text.append(raw.extracting(position..<raw.count))
  return map.segment(from: firstPair, text: start..<text.count)
}

/// Appends the text of a string in any encoding, as `unescape` does for JSON's.
@discardableResult
package func decode(
  _ bytes: Span<UInt8>, _ range: Range<Int>, as encoding: TextEncoding, into text: inout [UInt8],
  map: inout EscapeMap
) -> EscapeMap.Segment {
  switch encoding {
  case .json: return unescape(bytes, range, into: &text, map: &map)
  case .verbatim, .cell, .html: break
  }
  let start = text.count
  let firstPair = map.count
  map.append(decoded: 0, raw: range.lowerBound)
  var copied = range.lowerBound
  var position = range.lowerBound
  let sign = encoding == .cell ? UInt8(ascii: "\"") : UInt8(ascii: "&")
  while encoding != .verbatim, position < range.upperBound,
    let found = firstIndex(of: sign, in: bytes, from: position), found < range.upperBound
  {
    position = found + 1
    if encoding == .cell {
      guard position < range.upperBound, bytes[position] == sign else { continue }
      text.append(bytes.extracting(copied..<position))
      position += 1
    } else {
      guard let entity = readEntity(bytes, found..<range.upperBound) else { continue }
      text.append(bytes.extracting(copied..<found))
      appendScalar(entity.scalar, to: &text)
      position = entity.end
    }
    copied = position
    map.append(decoded: text.count - start, raw: position)
  }
  text.append(bytes.extracting(copied..<range.upperBound))
  return map.segment(from: firstPair, text: start..<text.count)
}

/// The entities by name that chats in HTML hold; the others are left as they are.
private let namedEntities: [(name: StaticString, scalar: UInt32)] = [
  ("amp", 0x26), ("lt", 0x3C), ("gt", 0x3E), ("quot", 0x22), ("apos", 0x27), ("nbsp", 0xA0),
  ("commat", 0x40), ("period", 0x2E), ("hyphen", 0x2010), ("ndash", 0x2013), ("mdash", 0x2014),
]

/// The character an entity stands for, where one begins; HTML 13.5, with its closing semicolon.
private func readEntity(
  _ bytes: Span<UInt8>, _ range: Range<Int>
) -> (scalar: UInt32, end: Int)? {
  let limit = min(range.upperBound, range.lowerBound + 12)
  var end = range.lowerBound + 1
  while end < limit, bytes[end] != UInt8(ascii: ";") { end += 1 }
  guard end < limit, end > range.lowerBound + 1 else { return nil }
  var position = range.lowerBound + 1
  guard bytes[position] == UInt8(ascii: "#") else {
    let name = namedEntities.first { entity in
      entity.name.utf8CodeUnitCount == end - position
        && "\(entity.name)".utf8.enumerated().allSatisfy { bytes[position + $0] == $1 }
    }
    return name.map { ($0.scalar, end + 1) }
  }
  position += 1
  let isHexadecimal = position < end && bytes[position] | 0x20 == UInt8(ascii: "x")
  if isHexadecimal { position += 1 }
  guard position < end, end - position <= 7 else { return nil }
  var scalar: UInt32 = 0
  while position < end {
    let digit = UInt32(hexValue(bytes[position]))
    guard digit < (isHexadecimal ? 16 : 10) else { return nil }
    scalar = scalar * (isHexadecimal ? 16 : 10) + digit
    position += 1
  }
  let isScalar = scalar > 0 && scalar < 0x110000 && scalar & 0xFFFFF800 != 0xD800
  return isScalar ? (scalar, end + 1) : nil
}

/// Appends what the escape at `start` stands for; returns the offset behind it.
@inline(__always)
private func appendEscape(
  _ raw: Span<UInt8>, at start: Int, to text: inout [UInt8]
) -> Int {
  let letter = raw[start + 1]
  switch letter {
  case UInt8(ascii: "n"): text.append(0x0A)
  case UInt8(ascii: "t"): text.append(0x09)
  case UInt8(ascii: "r"): text.append(0x0D)
  case UInt8(ascii: "b"): text.append(0x08)
  case UInt8(ascii: "f"): text.append(0x0C)
  case UInt8(ascii: "u"):
    let unit = hexUnit(raw, at: start + 2)
    if unit & 0xFC00 == 0xD800, start + 12 <= raw.count,
      raw[start + 6] == UInt8(ascii: "\\"), raw[start + 7] == UInt8(ascii: "u")
    {
      let low = hexUnit(raw, at: start + 8)
      if low & 0xFC00 == 0xDC00 {
        appendScalar(0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF, to: &text)
        return start + 12
      }
    }
    appendScalar(unit & 0xF800 == 0xD800 ? 0xFFFD : unit, to: &text)
    return start + 6
  default: text.append(letter)
  }
  return start + 2
}

@inline(__always)
private func hexUnit(_ raw: Span<UInt8>, at start: Int) -> UInt32 {
  var unit: UInt32 = 0
  for offset in 0..<4 { unit = unit << 4 | UInt32(hexValue(raw[start + offset]) & 15) }
  return unit
}

@inline(__always)
private func appendScalar(_ scalar: UInt32, to text: inout [UInt8]) {
  func byte(_ bits: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: bits) }
  if scalar < 0x80 {
    text.append(byte(scalar))
  } else if scalar < 0x800 {
    text.append(byte(0xC0 | scalar >> 6))
    text.append(byte(0x80 | scalar & 0x3F))
  } else {
    if scalar < 0x10000 {
      text.append(byte(0xE0 | scalar >> 12))
    } else {
      text.append(byte(0xF0 | scalar >> 18))
      text.append(byte(0x80 | scalar >> 12 & 0x3F))
    }
    text.append(byte(0x80 | scalar >> 6 & 0x3F))
    text.append(byte(0x80 | scalar & 0x3F))
  }
}

extension [UInt8] {
  /// Appends the bytes in bulk.
  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>) {
    // Unsafe: the pointer lives only inside the closure, whose copy is a `memcpy`.
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
