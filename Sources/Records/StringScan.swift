/// A string of the record as the tokenizer saw it.
struct StringToken {
  /// Inside the quotes.
  let range: Range<Int>
  let hasEscapes: Bool
  let isASCII: Bool
}

/// Reads the string whose opening quote stands just before `start`.
///
/// Sixteen bytes at a time: a quote, a backslash or a control character ends the step. UTF-8 is
/// not looked at here, only whether any byte is above ASCII.
@inline(__always)
func scanString(
  _ record: Span<UInt8>, from start: Int
) throws(RecordError) -> StringToken {
  var position = start
  var hasEscapes = false
  var high: UInt64 = 0
  while true {
    position = nextStop(in: record, from: position, high: &high)
    guard position < record.count else {
      throw .invalidJSON(offset: record.count, fault: .unterminatedString)
    }
    switch record[position] {
    case UInt8(ascii: "\""):
      return StringToken(
        range: start..<position, hasEscapes: hasEscapes,
        isASCII: high & 0x8080_8080_8080_8080 == 0)
    case UInt8(ascii: "\\"):
      hasEscapes = true
      position = try endOfEscape(record, at: position)
    default:
      throw .invalidJSON(offset: position, fault: .controlCharacter)
    }
  }
}

/// The first quote, backslash or control character at or after `start`, else the record's end.
///
/// The bytes passed over are joined into `high`, whose top bits so tell whether all were ASCII.
@inline(__always)
private func nextStop(in record: Span<UInt8>, from start: Int, high: inout UInt64) -> Int {
  // Unsafe: the raw view lives no longer than the span, and is read only within its count.
  let raw = unsafe record.bytes
  let count = record.count
  var position = start
  while position &+ 16 <= count {
    // Unsafe: a load without a bounds check, for which the loop's condition looks.
    let block = unsafe raw.unsafeLoadUnaligned(
      fromUncheckedByteOffset: position, as: SIMD2<UInt64>.self)
    let found = stopBits(in: block)
    if found[0] | found[1] == 0 {
      high |= block[0] | block[1]
      position &+= 16
    } else if found[0] != 0 {
      let offset = found[0].trailingZeroBitCount
      high |= block[0] & ((1 &<< UInt64(offset)) &- 1)
      return position &+ offset >> 3
    } else {
      let offset = found[1].trailingZeroBitCount
      high |= block[0] | block[1] & ((1 &<< UInt64(offset)) &- 1)
      return position &+ 8 &+ offset >> 3
    }
  }
  while position < count {
    let byte = record[position]
    if byte == 0x22 || byte == 0x5C || byte < 0x20 { return position }
    high |= UInt64(byte)
    position &+= 1
  }
  return count
}

/// The top bit of each byte that is a quote, a backslash or below 0x20, exact up to the first one.
///
/// Words and not `SIMD16<UInt8>`: Swift compiles byte comparisons lane by lane, which was a tenth
/// of the speed. A subtraction borrows only from a byte that is itself a stop, so what lies above
/// the first stop of a word may be wrong, and nobody looks at it. Words are little-endian.
@inline(__always)
private func stopBits(in block: SIMD2<UInt64>) -> SIMD2<UInt64> {
  let ones = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
  let quotes = block ^ (ones &* 0x22)
  let backslashes = block ^ (ones &* 0x5C)
  let controls = (block &- (ones &* 0x20)) & ~block
  let stops =
    (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes | controls
  return stops & (ones &* 0x80)
}

/// The offset behind the escape whose backslash stands at `start`.
@inline(__always)
private func endOfEscape(_ record: Span<UInt8>, at start: Int) throws(RecordError) -> Int {
  guard start + 1 < record.count else {
    throw .invalidJSON(offset: record.count, fault: .unterminatedString)
  }
  switch record[start + 1] {
  case UInt8(ascii: "n"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "t"),
    UInt8(ascii: "r"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"):
    return start + 2
  case UInt8(ascii: "u"):
    for offset in start + 2..<start + 6 {
      guard offset < record.count, hexValue(record[offset]) < 16 else {
        throw .invalidJSON(offset: min(offset, record.count), fault: .badHexDigits)
      }
    }
    return start + 6
  default:
    throw .invalidJSON(offset: start + 1, fault: .badEscape)
  }
}

/// The value of a hexadecimal digit; 255 for any other byte.
@inline(__always)
func hexValue(_ byte: UInt8) -> UInt8 {
  let digit = byte &- 0x30
  if digit < 10 { return digit }
  let letter = (byte | 0x20) &- 0x61
  return letter < 6 ? letter + 10 : 255
}
