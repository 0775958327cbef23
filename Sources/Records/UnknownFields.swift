// Which keys may stand in a report. A key can be input: an account number, an address, a session.

/// Whether a key looks like a field's name and may be shown.
///
/// It does when it is `[A-Za-z_][A-Za-z0-9_-]*` of at most 40 bytes, holds fewer than four digits,
/// and is not eight or more hexadecimal digits, hyphens and underscores.
func isFieldName(_ key: Span<UInt8>) -> Bool {
  guard key.count > 0, key.count <= 40 else { return false }
  guard isASCIILetter(key[0]) || key[0] == UInt8(ascii: "_") else { return false }
  var digits = 0
  var hexadecimal = 0
  for index in 0..<key.count {
    let byte = key[index]
    let isSeparator = byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    guard isSeparator || isASCIILetter(byte) || byte &- 0x30 < 10 else { return false }
    if byte &- 0x30 < 10 { digits += 1 }
    if isSeparator || hexValue(byte) < 16 { hexadecimal += 1 }
  }
  return digits < 4 && !(hexadecimal == key.count && key.count >= 8)
}

/// Whether the byte is an ASCII letter.
func isASCIILetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
