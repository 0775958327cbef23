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

  package init() {}

  /// Reads `language TAB words` per line, `#` comments.
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
        let bytes = Array(word)
        folding.fold(bytes.span, bytes.indices, into: &folded)
        let hash = ByteHash.of(folded)
        found[hash, default: 0] |= bit
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

  /// The index of the language, `nil` when the text does not say.
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - maps: the text's byte maps.
  /// - Complexity: O(1): the first 24 words that are known count, within the first 4,096 bytes.
  package func guess(
    _ text: Span<UInt8>, maps: borrowing ByteMaps, folding: inout FoldTable
  ) -> Int? {
    var counts = InlineArray<64, UInt8>(repeating: 0)
    var seen = 0
    var folded: [UInt8] = []
    var index = 0
    let limit = min(text.count, 4096)
    while index < limit, seen < 24 {
      guard text[index] >= 0x80 || (text[index] | 0x20) &- 97 < 26 else {
        index += 1
        continue
      }
      let end = maps.wordEnd(index)
      if end - index <= 12 {
        var languages = languages(of: text, index..<end, &folded, &folding)
        if languages != 0 { seen += 1 }
        while languages != 0 {
          let language = languages.trailingZeroBitCount
          languages &= languages &- 1
          counts[language] &+= 1
        }
      }
      index = end
    }
    return best(counts)
  }

  /// The language with the most words, when it has more than any other.
  private func best(_ counts: borrowing InlineArray<64, UInt8>) -> Int? {
    var best = 0
    var isShared = false
    for language in languages.indices.dropFirst() {
      if counts[language] > counts[best] {
        best = language
        isShared = false
      } else if counts[language] == counts[best] {
        isShared = true
      }
    }
    return counts[best] >= 1 && !isShared ? best : nil
  }

  @inline(__always)
  private func languages(
    of text: Span<UInt8>, _ range: Range<Int>, _ folded: inout [UInt8], _ folding: inout FoldTable
  ) -> UInt64 {
    if let hash = ByteHash.ofASCII(text, range) { return self.languages(hash) }
    folded.removeAll(keepingCapacity: true)
    folding.fold(text, range, into: &folded)
    return self.languages(ByteHash.of(folded))
  }
}

/// A line of a language file that is not `language TAB words`.
package struct LanguageFileError: Error, Equatable {
  package let line: Int

  package init(line: Int) { self.line = line }
}
