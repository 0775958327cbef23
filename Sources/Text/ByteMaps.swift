internal import CByteMaps

/// Where the bytes of each class stand in a text, as bits: bit `i % 64` of word `i / 64` is byte
/// `i`.
///
///     text    C a l l   + 1 4 1 5   m e
///     upper   1 0 0 0 0 0 0 0 0 0 0 0 0
///     letter  1 1 1 1 0 0 0 0 0 0 0 1 1
///     digit   0 0 0 0 0 0 1 1 1 1 0 0 0
///
/// One pass over the text finds where rules and names may begin, and everything after it visits set
/// bits. It is scratch, reused from text to text; the maps may be longer than the text needs.
package struct ByteMaps {
  package private(set) var upper: [UInt64] = []
  package private(set) var letter: [UInt64] = []
  package private(set) var digit: [UInt64] = []
  /// Bytes of 0x80 and above.
  package private(set) var high: [UInt64] = []
  private var single: [UInt64] = []
  /// The bytes of which `single` has a map each.
  package let singles: [UInt8]
  /// Whether any byte is 0x80 or above.
  package private(set) var hasHigh = false
  /// The length of the text in bytes.
  package private(set) var count = 0

  package init(singles: [UInt8]) {
    self.singles = singles
  }

  /// How many words of the maps are the text's.
  package var wordCount: Int { (count + 63) / 64 }

  /// A word of the map of one of `singles`, by its index.
  package func singleWord(_ index: Int, _ word: Int) -> UInt64 { single[index * wordCount + word] }

  /// Whether any of `singles` stands in the text, by its index.
  package func hasSingle(_ index: Int) -> Bool {
    for word in 0..<wordCount where single[index * wordCount + word] != 0 { return true }
    return false
  }

  /// Classifies a text.
  ///
  /// - Complexity: O(`text.count` × (4 + `singles.count`)), 16 bytes a step.
  package mutating func scan(_ text: Span<UInt8>) {
    count = text.count
    let words = wordCount
    Self.size(&upper, words)
    Self.size(&letter, words)
    Self.size(&digit, words)
    Self.size(&high, words)
    Self.size(&single, words * singles.count)
    // SAFETY: every map has at least the words the classifier writes, as sized above.
    hasHigh = unsafe text.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return false }
      return unsafe chatscrub_byte_maps(
        start, bytes.count, singles, singles.count, &letter, &upper, &digit, &high, &single) != 0
    }
  }

  private static func size(_ map: inout [UInt64], _ words: Int) {
    if map.count < words { map.append(contentsOf: repeatElement(0, count: words - map.count)) }
  }
}
