/// Where the bytes of each class stand in a text, as bits: bit `i % 64` of word `i / 64` is byte `i`.
///
///     text    C a l l   + 1 4 1 5   m e
///     upper   1 0 0 0 0 0 0 0 0 0 0 0 0
///     letter  1 1 1 1 0 0 0 0 0 0 0 1 1
///     digit   0 0 0 0 0 0 1 1 1 1 0 0 0
///
/// This is the SIMD classifier: one pass over the text finds where rules and names may begin, and everything after
/// it visits set bits. It is scratch, reused from text to text.
package struct ByteMaps {
  package private(set) var upper: [UInt64] = []
  package private(set) var letter: [UInt64] = []
  package private(set) var digit: [UInt64] = []
  /// Bytes of 0x80 and above.
  package private(set) var high: [UInt64] = []
  /// Positions of the single-byte literals, one map for each byte of `singles`.
  package private(set) var single: [[UInt64]]
  /// The bytes `single` speaks of.
  package let singles: [UInt8]
  /// Whether any byte is 0x80 or above.
  package private(set) var hasHigh = false
  /// The length of the text in bytes.
  package private(set) var count = 0

  package init(singles: [UInt8]) {
    self.singles = singles
    single = singles.map { _ in [] }
  }

  /// Classifies a text.
  ///
  /// - Complexity: O(`text.count`), 64 bytes a step.
  package mutating func scan(_ text: Span<UInt8>) {
    count = text.count
    let words = (count + 63) / 64
    Self.size(&upper, words)
    Self.size(&letter, words)
    Self.size(&digit, words)
    Self.size(&high, words)
    for index in single.indices { Self.size(&single[index], words) }
    var seen: UInt64 = 0
    // SAFETY: a full block ends at or before the text's end; the last, partial one is copied into
    // a zeroed block first.
    unsafe text.withUnsafeBytes { bytes in
      for word in 0..<words {
        var block = SIMD64<UInt8>()
        let start = word * 64
        if start + 64 <= bytes.count {
          block = unsafe bytes.loadUnaligned(fromByteOffset: start, as: SIMD64<UInt8>.self)
        } else {
          for index in start..<bytes.count { unsafe block[index - start] = bytes[index] }
        }
        let lower = block | 0x20
        let letters = bits((lower &- 97) .< 26)
        letter[word] = letters
        // Bit 5 is clear in a capital: what is a letter and below 'a' is one.
        upper[word] = letters & bits(block .< 97)
        digit[word] = bits((block &- 48) .< 10)
        let highs = bits(block .>= 0x80)
        high[word] = highs
        seen |= highs
        for index in singles.indices { single[index][word] = bits(block .== singles[index]) }
      }
    }
    hasHigh = seen != 0
  }

  private static func size(_ map: inout [UInt64], _ words: Int) {
    if map.count < words { map.append(contentsOf: repeatElement(0, count: words - map.count)) }
  }

  /// One bit per lane: the mask selects each lane's bit within its byte of the result, and a multiplication adds the eight
  /// lanes of a group (their bits are distinct, so nothing carries).
  @inline(__always)
  private func bits(_ mask: SIMDMask<SIMD64<Int8>>) -> UInt64 {
    let weights = SIMD64<UInt8>(
      lowHalf: Self.weights32, highHalf: Self.weights32)
    let selected = SIMD64<UInt8>(repeating: 0).replacing(with: weights, where: mask)
    // SAFETY: both types are 64 bytes without padding.
    let groups = unsafe unsafeBitCast(selected, to: SIMD8<UInt64>.self)
    var result: UInt64 = 0
    for index in 0..<8 {
      let byte = (groups[index] &* 0x0101_0101_0101_0101) >> 56
      result |= byte << UInt64(index * 8)
    }
    return result
  }

  private static let weights32 = SIMD32<UInt8>(
    1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128,
    1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
}
