/// Tells the language of a text by its frequent short words.
///
/// Cavnar and Trenkle (1994) count all n-grams; function words alone tell texts of a few sentences
/// nearly as well and need no more than a look at some dozen words.
package struct LanguageGuess: Sendable {
  /// ISO 639-1 codes, in the order of the file.
  package private(set) var languages: [String] = []
  /// The languages of a word, one bit each, by its `ByteHash`: an open-addressed table in which a
  /// word without languages is none.
  private var words: [(hash: UInt64, languages: UInt64)] = []
  private var filter = HashFilter()
  /// The words, by their hashes, that are names elsewhere, "ben": with a capital they say nothing.
  private var names: Set<UInt64> = []

  package init() {}

  /// Reads `language TAB words` per line, `#` comments; `!` before a word says that it is a name in
  /// other languages.
  ///
  /// - Throws: `LanguageFileError` with the line that has another form, or is the 65th language.
  /// - Complexity: O(`file.count`).
  package init(file: [UInt8]) throws(LanguageFileError) {
    var folding = FoldTable()
    var found: [UInt64: UInt64] = [:]
    let lines = file.split(separator: 10, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && line.first != 35 {
      let columns = line.split(separator: 9)
      guard columns.count == 2, languages.count < 64 else {
        throw LanguageFileError(line: index + 1)
      }
      let bit: UInt64 = 1 << UInt64(languages.count)
      languages.append(String(decoding: columns[0], as: UTF8.self))
      for word in columns[1].split(separator: 32) {
        var folded: [UInt8] = []
        let isName = word.first == UInt8(ascii: "!")
        let bytes = Array(isName ? word.dropFirst() : word)
        folding.fold(bytes.span, bytes.indices, into: &folded)
        let hash = ByteHash.of(folded)
        found[hash, default: 0] |= bit
        if isName { names.insert(hash) }
        filter.insert(hash)
      }
    }
    var slots = 4
    while slots < found.count * 2 { slots *= 2 }
    words = [(UInt64, UInt64)](repeating: (0, 0), count: slots)
    for (hash, languages) in found.sorted(by: { $0.key < $1.key }) {
      var place = Int(truncatingIfNeeded: hash) & (slots - 1)
      while words[place].languages != 0 { place = (place + 1) & (slots - 1) }
      words[place] = (hash, languages)
    }
  }

  /// Whether a word is one of the frequent ones of a language.
  ///
  /// - Complexity: O(1) expected.
  package func isFrequent(_ hash: UInt64, in language: Int) -> Bool {
    languages(hash) >> UInt64(language) & 1 == 1
  }

  /// The languages of a word, one bit each.
  ///
  /// - Complexity: O(1) expected.
  @inline(__always)
  private func languages(_ hash: UInt64) -> UInt64 {
    guard filter.mayContain(hash) else { return 0 }
    var place = Int(truncatingIfNeeded: hash) & (words.count &- 1)
    while words[place].languages != 0 {
      if words[place].hash == hash { return words[place].languages }
      place = (place &+ 1) & (words.count &- 1)
    }
    return 0
  }

  /// The index of the language, `nil` when the text does not say, and how many bytes of the text
  /// it depends on.
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - maps: the text's byte maps.
  /// - Complexity: O(1): the first 24 words that are known count, within the first 4,096 bytes.
  package func guess(
    _ text: Span<UInt8>, maps: borrowing ByteMaps, folding: inout FoldTable
  ) -> (language: Int?, reach: Int) {
    var counts = LanguageCounts()
    var seen = 0
    var folded: [UInt8] = []
    let limit = min(text.count, 4096)
    var reach = 0
    var block = 0
    // Where words may begin, of those of the block that are not passed.
    var starts = maps.letter(0) | maps.high(0)
    while true {
      while starts == 0, block &+ 1 < maps.blockCount {
        block &+= 1
        starts = maps.letter(block) | maps.high(block)
      }
      let index = starts == 0 ? text.count : block &* 64 &+ starts.trailingZeroBitCount
      if index >= limit {
        reach = index
        break
      }
      let end = maps.wordEnd(index)
      reach = end
      if end &- index <= 12 {
        let languages = languages(of: text, index..<end, &folded, &folding)
        if languages != 0 {
          seen &+= 1
          counts.add(languages)
          if seen == LanguageCounts.max { break }
          if seen > LanguageCounts.max / 2, counts.isDecided(left: LanguageCounts.max - seen) {
            break
          }
        }
      }
      if end >> 6 == block {
        starts &= .max << UInt64(end & 63)
      } else {
        block = end >> 6
        starts = (maps.letter(block) | maps.high(block)) & .max << UInt64(end & 63)
      }
    }
    let most = counts.most
    return (most.nonzeroBitCount == 1 ? most.trailingZeroBitCount : nil, reach)
  }

  @inline(__always)
  private func languages(
    of text: Span<UInt8>, _ range: Range<Int>, _ folded: inout [UInt8], _ folding: inout FoldTable
  ) -> UInt64 {
    if let hash = ByteHash.ofASCII(text, range) {
      let languages = self.languages(hash)
      let isCapital = text[range.lowerBound] &- 65 < 26
      return languages != 0 && isCapital && names.contains(hash) ? 0 : languages
    }
    folded.removeAll(keepingCapacity: true)
    folding.fold(text, range, into: &folded)
    return self.languages(ByteHash.of(folded))
  }
}

/// Counts for 64 languages at once: bit n of each word belongs to language n, and the words are the
/// digits of its count, the lowest first.
private struct LanguageCounts {
  private var digits = InlineArray<5, UInt64>(repeating: 0)

  /// The greatest number of words that are counted.
  static let max = 24

  /// Counts one more for each language of a set.
  mutating func add(_ languages: UInt64) {
    var carry = languages
    for place in 0..<5 {
      let both = digits[place] & carry
      digits[place] ^= carry
      if both == 0 { return }
      carry = both
    }
  }

  /// Whether one language has the greatest count whatever so many more words are.
  func isDecided(left: Int) -> Bool {
    let top = most
    guard top.nonzeroBitCount == 1 else { return false }
    var count = 0
    for place in 0..<5 where digits[place] & top != 0 { count += 1 << place }
    let least = count - left
    guard least > 0 else { return false }
    // The languages that can still reach it: those with `least` and more.
    var equal = UInt64.max
    var more: UInt64 = 0
    for place in (0..<5).reversed() {
      if least >> place & 1 != 0 {
        equal &= digits[place]
      } else {
        more |= equal & digits[place]
        equal &= ~digits[place]
      }
    }
    return more | equal == top
  }

  /// The languages with the greatest count; none, when nothing was counted.
  var most: UInt64 {
    var left = UInt64.max
    var hasCount = false
    for place in (0..<5).reversed() where left & digits[place] != 0 {
      left &= digits[place]
      hasCount = true
    }
    return hasCount ? left : 0
  }
}

/// A line of a language file that is not `language TAB words`.
package struct LanguageFileError: Error, Equatable {
  package let line: Int

  package init(line: Int) { self.line = line }
}
