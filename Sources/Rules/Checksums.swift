/// Check algorithms over ASCII bytes. None can fail: a value that does not have the shape is not
/// valid.
package enum Checksums {
  /// Luhn's formula over the decimal digits of `digits` (ISO/IEC 7812-1, annex B).
  package static func luhn(_ digits: [UInt8]) -> Bool {
    guard digits.count > 1 else { return false }
    var sum = 0
    for (index, byte) in digits.reversed().enumerated() {
      guard byte &- 48 < 10 else { return false }
      var value = Int(byte &- 48)
      if index % 2 == 1 {
        value *= 2
        if value > 9 { value -= 9 }
      }
      sum += value
    }
    return sum % 10 == 0
  }

  /// ISO 7064 mod 97-10 with the first four characters moved to the end, as ISO 13616 asks of an
  /// IBAN.
  package static func mod97(rotated value: [UInt8]) -> Bool {
    guard value.count > 4 else { return false }
    var remainder = 0
    for byte in value[4...] + value[..<4] {
      switch byte {
      case 48...57: remainder = (remainder * 10 + Int(byte - 48)) % 97
      case 65...90: remainder = (remainder * 100 + Int(byte - 55)) % 97
      case 97...122: remainder = (remainder * 100 + Int(byte - 87)) % 97
      default: return false
      }
    }
    return remainder == 1
  }

  /// Shannon entropy of the bytes, in bits per byte.
  package static func entropy(_ value: [UInt8]) -> Double {
    guard !value.isEmpty else { return 0 }
    var counts = [Int](repeating: 0, count: 256)
    for byte in value { counts[Int(byte)] += 1 }
    var bits = 0.0
    for count in counts where count > 0 {
      let share = Double(count) / Double(value.count)
      bits -= share * logarithm2(share)
    }
    return bits
  }

  /// Whether all letters and digits are one and the same, or each is one above (or below) the one
  /// before.
  package static func isRepeated(_ value: [UInt8]) -> Bool {
    let kept = value.map(asciiLower).filter(isAlphanumeric)
    guard kept.count > 2 else { return true }
    let steps = zip(kept, kept.dropFirst()).map { Int($1) - Int($0) }
    if steps.allSatisfy({ $0 == 0 }) { return true }
    // 1234567890 and 9876543210 wrap once.
    return steps.allSatisfy { $0 == 1 || $0 == -9 } || steps.allSatisfy { $0 == -1 || $0 == 9 }
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- 97 < 26
  }

  static func asciiLower(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }

  /// The binary logarithm, by the series of artanh after the exponent is taken off: this target
  /// does without Foundation. Exact to about 1e-15, so the same on every machine.
  private static func logarithm2(_ value: Double) -> Double {
    let z = (value.significand - 1) / (value.significand + 1)
    var term = z
    var sum = 0.0
    for k in 0..<24 {
      sum += term / Double(2 * k + 1)
      term *= z * z
    }
    return Double(value.exponent) + 2 * sum * 1.442695040888963407359924681
  }
}
