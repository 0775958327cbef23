internal import CICU

/// Letters of Greek and Cyrillic that look like Latin ones, so that a word of mixed scripts ("Аnna"
/// with a Cyrillic А) is read as it looks (UTS #39, "Confusable Detection", by ICU).
package struct Lookalikes: Sendable {
  /// The Latin letter of a Greek or Cyrillic one.
  private var latin: [UInt32: UInt32] = [:]
  /// The Cyrillic letter of a Latin one.
  private var cyrillic: [UInt32: UInt32] = [:]

  /// - Complexity: some 500 calls of ICU.
  package init() {
    var pairs = [UInt32](repeating: 0, count: 512)
    // SAFETY: ICU writes at most 256 pairs.
    let count = unsafe pairs.withUnsafeMutableBufferPointer { target in
      unsafe chatscrub_icu_lookalikes(target.baseAddress!, 256)
    }
    precondition(count >= 0, "ICU knows which letters look alike, and fewer than 256 of these do")
    for pair in 0..<Int(count) {
      let (other, letter) = (pairs[2 * pair], pairs[2 * pair + 1])
      latin[other] = letter
      // The letters of today's alphabets come before the others of the block.
      if other >= 0x400, cyrillic[letter] == nil || (0x410..<0x460).contains(other) {
        cyrillic[letter] = other
      }
    }
  }

  /// A word in which Latin letters stand beside Greek or Cyrillic ones, in one script; `nil` when
  /// it is of one script, or some letter looks like none of the other.
  ///
  /// Latin goes before: "Аnna" is Anna, and "Cергей" is Сергей because г and й are no Latin
  /// letters.
  /// - Complexity: O(`range.count`).
  package func unmixed(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8]? {
    guard Self.isMixed(text, range) else { return nil }
    return mapped(text, range, by: latin, from: 0x370..<0x530)
      ?? mapped(text, range, by: cyrillic, from: 0x41..<0x7B)
  }

  /// Whether ASCII letters stand beside letters of Greek or Cyrillic.
  package static func isMixed(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var hasASCII = false
    var hasOther = false
    for index in range {
      if (text[index] | 0x20) &- 97 < 26 { hasASCII = true }
      // The lead bytes of the two blocks.
      if text[index] &- 0xCD < 8 { hasOther = true }
    }
    return hasASCII && hasOther
  }

  private func mapped(
    _ text: Span<UInt8>, _ range: Range<Int>, by table: [UInt32: UInt32], from: Range<UInt32>
  ) -> [UInt8]? {
    var scalars = String.UnicodeScalarView()
    var index = range.lowerBound
    while index < range.upperBound {
      let (codePoint, count) = decodeUTF8(text, at: index)
      index += count
      var letter = codePoint
      if from.contains(codePoint) {
        guard let other = table[codePoint] else { return nil }
        letter = other
      }
      guard let scalar = Unicode.Scalar(letter) else { return nil }
      scalars.append(scalar)
    }
    return Array(String(scalars).utf8)
  }
}
