/// The words that make a match likelier when they stand near it, folded. Frozen, part of a rule.
///
/// A text is compared with the words that begin with the same byte only, and only where a word may
/// begin.
package struct ContextWords: Sendable {
  private struct Word: Sendable {
    var start: Int
    var count: Int
    /// Whether it begins with a letter of an alphabet that parts words by blanks, and ends with an
    /// ASCII letter.
    var beginsWithLetter: Bool
    var endsWithLetter: Bool
  }

  private var bytes: [UInt8] = []
  /// By first byte.
  private var words: [Word] = []
  /// The range of `words` that begin with a byte.
  private var ranges = [Range<Int>](repeating: 0..<0, count: 256)

  /// Whether there are none.
  package var isEmpty: Bool { words.isEmpty }

  /// - Parameter list: folded, none empty.
  package init(_ list: [[UInt8]]) {
    let sorted = list.sorted { $0.lexicographicallyPrecedes($1) }
    for word in sorted {
      let first = Int(word[0])
      if ranges[first].isEmpty { ranges[first] = words.count..<words.count }
      words.append(
        Word(
          start: bytes.count, count: word.count,
          beginsWithLetter: Self.isLetter(word[0]) || Self.isAlphabet(word[0]),
          endsWithLetter: Self.isLetter(word[word.count - 1])))
      bytes += word
      ranges[first] = ranges[first].lowerBound..<words.count
    }
  }

  /// Whether one of the words stands in folded text, not inside a longer ASCII word nor behind the
  /// beginning of a Latin, Greek or Cyrillic one; their endings are inflected.
  ///
  /// - Complexity: O(`text.count`) plus the words that begin as the text does somewhere.
  package func isAny(in text: Span<UInt8>) -> Bool {
    for index in 0..<text.count where wordEnd(text, at: index) != nil { return true }
    return false
  }

  /// Where the longest of the words ends that begin at an index.
  @inline(__always)
  private func wordEnd(_ text: Span<UInt8>, at index: Int) -> Int? {
    let candidates = ranges[Int(text[index])]
    if candidates.isEmpty { return nil }
    var longest: Int?
    let isInside =
      index > 0
      && (Self.isLetter(text[index - 1])
        || index > 1 && text[index - 1] & 0xC0 == 0x80 && Self.isAlphabet(text[index - 2]))
    for candidate in candidates {
      let word = words[candidate]
      let end = index + word.count
      if isInside && word.beginsWithLetter || end > text.count { continue }
      if word.endsWithLetter, end < text.count, Self.isLetter(text[end]) { continue }
      if end > longest ?? 0, isThere(word, text, index) { longest = end }
    }
    return longest
  }

  /// Where the last of the words ends that stand in folded text, as `isAny` finds them.
  ///
  /// - Complexity: as `isAny`.
  package func last(in text: Span<UInt8>) -> Int? {
    var last: Int?
    for index in 0..<text.count {
      if let end = wordEnd(text, at: index), end > last ?? 0 { last = end }
    }
    return last
  }

  private func isThere(_ word: Word, _ text: Span<UInt8>, _ start: Int) -> Bool {
    for offset in 1..<max(1, word.count) where text[start + offset] != bytes[word.start + offset] {
      return false
    }
    return true
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte &- 97 < 26 }

  /// Whether a byte begins a character from U+00C0 to U+053F: Latin, Greek and Cyrillic letters,
  /// but for few.
  private static func isAlphabet(_ byte: UInt8) -> Bool { (0xC3...0xD4).contains(byte) }
}
