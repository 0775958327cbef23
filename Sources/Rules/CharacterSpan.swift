/// A set of characters as far as expressions are analysed: which of ASCII, and whether any beyond.
struct CharacterSpan: Equatable {
  /// One bit for each ASCII character.
  var ascii: UInt128 = 0
  /// Whether characters beyond ASCII may be in it.
  var beyond = false
  /// Whether `ascii` and `beyond` say exactly what was written; otherwise they say at least that.
  var isExact = true
  /// Whether `ascii` alone says exactly what was written.
  var isASCIIExact = true

  static let none = CharacterSpan()
  static let all = CharacterSpan(ascii: .max, beyond: true)
  static let digits = CharacterSpan(range: 48...57)
  /// `\w` over ASCII.
  static let word = digits.union(CharacterSpan(range: 65...90))
    .union(CharacterSpan(range: 97...122)).union(CharacterSpan(range: 95...95))
  static let space = CharacterSpan(range: 9...13).union(CharacterSpan(range: 32...32))

  init(
    ascii: UInt128 = 0, beyond: Bool = false, isExact: Bool = true, isASCIIExact: Bool? = nil
  ) {
    self.ascii = ascii
    self.beyond = beyond
    self.isExact = isExact
    self.isASCIIExact = isASCIIExact ?? isExact
  }

  init(range: ClosedRange<UInt8>) {
    for byte in range { ascii |= 1 << UInt128(byte) }
  }

  init(_ scalar: Unicode.Scalar) {
    if scalar.value < 0x80 { ascii = 1 << UInt128(scalar.value) } else { beyond = true }
    isExact = scalar.value < 0x80
    isASCIIExact = true
  }

  var isEmpty: Bool { ascii == 0 && !beyond }

  /// The bytes of a character in it, at least and at most.
  var width: ClosedRange<Int> { beyond ? (ascii == 0 ? 2...4 : 1...4) : 1...1 }

  func contains(_ byte: UInt8) -> Bool { byte < 0x80 && ascii >> UInt128(byte) & 1 != 0 }

  func union(_ other: CharacterSpan) -> CharacterSpan {
    CharacterSpan(
      ascii: ascii | other.ascii, beyond: beyond || other.beyond,
      isExact: isExact && other.isExact, isASCIIExact: isASCIIExact && other.isASCIIExact)
  }

  func isDisjoint(with other: CharacterSpan) -> Bool {
    ascii & other.ascii == 0 && !(beyond && other.beyond)
  }

  /// Whether all of it is in `other`, which is exact.
  func isSubset(of other: CharacterSpan) -> Bool {
    ascii & ~other.ascii == 0 && (!beyond || other.beyond)
  }

  /// Everything else; all characters where this is not exact.
  var complement: CharacterSpan {
    guard isExact else {
      return CharacterSpan(
        ascii: isASCIIExact ? ~ascii : .max, beyond: true, isExact: false,
        isASCIIExact: isASCIIExact)
    }
    // Of the characters beyond ASCII only some can have been written, so others are left.
    return CharacterSpan(ascii: ~ascii, beyond: true)
  }

  /// With the other case of every letter. K and S have a third form beyond ASCII.
  var caseless: CharacterSpan {
    var result = self
    for byte in UInt8(97)...122 where contains(byte) || contains(byte ^ 0x20) {
      result.ascii |= 1 << UInt128(byte) | 1 << UInt128(byte ^ 0x20)
      if byte == 107 || byte == 115 { result.beyond = true }
    }
    // Likewise the Kelvin sign and the long s have forms in ASCII.
    if beyond {
      for byte in [UInt8(107), 115] {
        result.ascii |= 1 << UInt128(byte) | 1 << UInt128(byte ^ 0x20)
      }
      result.isExact = false
      result.isASCIIExact = isASCIIExact && contains(107) && contains(115)
    }
    return result
  }

  /// The one ASCII character it stands for, a letter in any case, in lower case; else `nil`.
  var fixed: UInt8? {
    guard !beyond, ascii != 0 else { return nil }
    let first = UInt8(ascii.trailingZeroBitCount)
    let folded = first &- 65 < 26 ? first | 0x20 : first
    var left = ascii & ~(1 << UInt128(first))
    if folded != first { left &= ~(1 << UInt128(folded)) }
    return left == 0 ? folded : nil
  }

  /// A character to make an example with: a letter or digit when there is one.
  var sample: [UInt8] {
    for byte in [UInt8(97), 49, 65, 32] where contains(byte) { return [byte] }
    for byte in UInt8(33)...126 where contains(byte) { return [byte] }
    if ascii != 0 { return [UInt8(ascii.trailingZeroBitCount)] }
    return Array("é".utf8)
  }
}
