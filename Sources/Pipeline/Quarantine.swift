/// Appends one line of a quarantine file: a record that was not written, and why.
///
/// The record's bytes are a JSON string (`raw`) when they are UTF-8, else base64 (`raw_base64`);
/// either gives back the exact bytes. `reason` is a code of this program and holds no input.
/// - Parameters:
///   - raw: offsets of the record in `bytes`.
///   - record: the record's place in its input, counted from 1.
///   - line: the line on which it starts, counted from 1.
/// - Complexity: O(*n*) in the length of the record.
package func appendQuarantineLine(
  input: String, record: Int, line: Int, reason: String, bytes: [UInt8], raw: Range<Int>,
  into target: inout [UInt8]
) {
  appendQuarantineHead(input: input, record: record, line: line, reason: reason, into: &target)
  let content = bytes.span.extracting(raw)
  if (try? UTF8Span(validating: content)) != nil {
    target.append(contentsOf: #","raw":""#.utf8)
    appendJSONEscaped(content, into: &target)
  } else {
    target.append(contentsOf: #","raw_base64":""#.utf8)
    appendBase64(content, into: &target)
  }
  target.append(contentsOf: "\"}\n".utf8)
}

/// Appends the part of a quarantine line that an over-long record's piece makes up.
func appendQuarantinePiece(
  _ piece: OverlongPiece, input: String, bytes: [UInt8], into target: inout [UInt8]
) {
  if piece.isFirst {
    appendQuarantineHead(
      input: input, record: piece.number, line: piece.line, reason: "too-long", into: &target)
    target.append(contentsOf: (piece.isText ? #","raw":""# : #","raw_base64":""#).utf8)
  }
  let content = bytes.span.extracting(piece.range)
  if piece.isText {
    appendJSONEscaped(content, into: &target)
  } else {
    appendBase64(content, into: &target)
  }
  if piece.isLast { target.append(contentsOf: "\"}\n".utf8) }
}

private func appendQuarantineHead(
  input: String, record: Int, line: Int, reason: String, into target: inout [UInt8]
) {
  target.append(contentsOf: #"{"input":""#.utf8)
  // A path that is not UTF-8 has been repaired by `String` before.
  let name = Array(input.utf8)
  appendJSONEscaped(name.span, into: &target)
  target.append(contentsOf: #"","record":\#(record),"line":\#(line),"reason":""#.utf8)
  let code = Array(reason.utf8)
  appendJSONEscaped(code.span, into: &target)
  target.append(UInt8(ascii: "\""))
}

/// Appends UTF-8 as the inside of a JSON string. Only what must be escaped is.
package func appendJSONEscaped(_ text: Span<UInt8>, into target: inout [UInt8]) {
  target.reserveCapacity(target.count + text.count)
  var pending = 0
  for index in text.indices {
    let byte = text[index]
    guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
    target.append(text, pending..<index)
    pending = index + 1
    target.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x0A: target.append(UInt8(ascii: "n"))
    case 0x0D: target.append(UInt8(ascii: "r"))
    case 0x09: target.append(UInt8(ascii: "t"))
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): target.append(byte)
    default:
      target.append(contentsOf: "u00".utf8)
      appendHexadecimal(byte, into: &target)
    }
  }
  target.append(text, pending..<text.count)
}

/// Appends two lower-case hexadecimal digits.
func appendHexadecimal(_ byte: UInt8, into target: inout [UInt8]) {
  for nibble in [byte >> 4, byte & 15] {
    target.append(nibble < 10 ? nibble + UInt8(ascii: "0") : nibble - 10 + UInt8(ascii: "a"))
  }
}

/// Bytes as lower-case hexadecimal digits.
package func hexadecimal(_ bytes: [UInt8]) -> String {
  var digits: [UInt8] = []
  for byte in bytes { appendHexadecimal(byte, into: &digits) }
  return String(decoding: digits, as: UTF8.self)
}

/// Appends the base64 form (RFC 4648, padded) of bytes.
package func appendBase64(_ bytes: Span<UInt8>, into target: inout [UInt8]) {
  let count = (bytes.count + 2) / 3 * 4
  target.append(addingCapacity: count) { (output: inout OutputSpan<UInt8>) in
    var index = 0
    while index < bytes.count {
      let left = bytes.count - index
      let group =
        UInt32(bytes[index]) << 16
        | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
        | (left > 2 ? UInt32(bytes[index + 2]) : 0)
      output.append(base64Digit(group >> 18))
      output.append(base64Digit(group >> 12))
      output.append(left > 1 ? base64Digit(group >> 6) : UInt8(ascii: "="))
      output.append(left > 2 ? base64Digit(group) : UInt8(ascii: "="))
      index += 3
    }
  }
}

private func base64Digit(_ value: UInt32) -> UInt8 {
  switch UInt8(value & 63) {
  case let digit where digit < 26: digit + UInt8(ascii: "A")
  case let digit where digit < 52: digit - 26 + UInt8(ascii: "a")
  case let digit where digit < 62: digit - 52 + UInt8(ascii: "0")
  case 62: UInt8(ascii: "+")
  default: UInt8(ascii: "/")
  }
}
