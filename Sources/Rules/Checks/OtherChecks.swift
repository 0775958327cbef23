/// Checks that no sum or table says.
package enum OtherChecks {
  /// Whether a text of two letters or more reads the same backwards.
  package static func isPalindrome(_ value: [UInt8]) -> Bool {
    value.elementsEqual(value.reversed())
  }

  /// Whether exactly one character occurs more than once, and one of these times.
  package static func oneRepeats(_ value: [UInt8], times: [Int]) -> Bool {
    var counts = [Int](repeating: 0, count: 256)
    for byte in value { counts[Int(byte)] += 1 }
    let repeated = counts.filter { $0 > 1 }
    return repeated.count == 1 && times.contains(repeated[0])
  }

  /// The key of a French VAT number when it holds a letter (Bulletin officiel des impôts
  /// BOI-TVA-DECLA-20-20-20): two characters, then the nine digits of the SIREN.
  package static func frenchVATKey(_ value: [UInt8]) -> Bool {
    let alphabet = Alphabet("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    guard value.count == 11, let first = alphabet.number(value[0]),
      let second = alphabet.number(value[1]), first > 9 || second > 9
    else { return false }
    let key = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100
    var number = 0
    for byte in value[2...] {
      guard byte &- 48 < 10 else { return false }
      number = number * 10 + Int(byte - 48)
    }
    return (number + 1 + key / 11) % 11 == key % 11
  }

  private static let crcTable: [UInt32] = (0..<256).map { (byte: UInt32) in
    (0..<8).reduce(byte) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }

  /// CRC-32 (ISO/IEC 13239, reflected, as in zlib).
  package static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      crcTable[Int((crc ^ UInt32(byte)) & 0xFF)] ^ crc >> 8
    }
  }

  private static let base62 = Alphabet(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")

  /// Whether `check` is the CRC-32 of `body` in base 62, leading zeros kept (GitHub, "Behind
  /// GitHub's new authentication token formats", 2021; npm does the same).
  package static func crc32Base62(_ body: [UInt8], check: [UInt8]) -> Bool {
    guard !body.isEmpty, (1...7).contains(check.count) else { return false }
    var number: UInt64 = 0
    for byte in check {
      guard let digit = base62.number(byte) else { return false }
      number = number * 62 + UInt64(digit)
    }
    return number == UInt64(crc32(body))
  }
}
