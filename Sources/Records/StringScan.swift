internal import Text

/// A string of the record as the tokenizer saw it.
struct StringToken {
  /// Inside the quotes.
  let range: Range<Int>
  let hasEscapes: Bool
  let isASCII: Bool
  var encoding = TextEncoding.json
}

/// Reads the string whose opening quote stands just before `start`.
///
/// UTF-8 is not looked at here, only whether any byte is above ASCII.
@inline(__always)
func scanString(
  _ record: Span<UInt8>, from start: Int
) throws(RecordError) -> StringToken {
  var position = start
  var hasEscapes = false
  var isHigh = false
  while true {
    position = stringStop(in: record, from: position, isHigh: &isHigh)
    guard position < record.count else {
      throw .invalidJSON(offset: record.count, fault: .unterminatedString)
    }
    switch record[position] {
    case UInt8(ascii: "\""):
      return StringToken(
        range: start..<position, hasEscapes: hasEscapes, isASCII: !isHigh)
    case UInt8(ascii: "\\"):
      hasEscapes = true
      position = try endOfEscape(record, at: position)
    default:
      throw .invalidJSON(offset: position, fault: .controlCharacter)
    }
  }
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
