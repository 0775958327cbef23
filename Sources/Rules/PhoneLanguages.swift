package import Text

/// A language and where it is spoken: a line of `Patterns/tables/language_regions.tsv`.
package struct LanguageRegions: Sendable, Equatable {
  /// ISO 639.
  package var language: String
  /// ISO 3166, lower case.
  package var regions: [String]
  /// The code points that tell the language; empty where words tell it.
  package var characters: Range<Int>

  package init(language: String, regions: [String], characters: Range<Int>) {
    self.language = language
    self.regions = regions
    self.characters = characters
  }

  /// Reads `language TAB regions TAB characters`; `nil` when the line is no such.
  package init?(line: Substring) {
    let columns = line.split(separator: Character("\t"), omittingEmptySubsequences: false)
    guard columns.count >= 3, !columns[0].isEmpty, !columns[1].isEmpty else { return nil }
    language = String(columns[0])
    regions = columns[1].split(separator: Character(" ")).map(String.init)
    let ends = columns[2].split(separator: Character("-")).compactMap { Int($0, radix: 16) }
    guard columns[2] == "-" || ends.count == 2 && ends[0] <= ends[1] else { return nil }
    characters = ends.isEmpty ? 0..<0 : ends[0]..<ends[1] + 1
  }

  /// The lines of a table that are rows of it.
  package static func rows(of table: String) -> [LanguageRegions] {
    table.split(separator: Character("\n")).compactMap { LanguageRegions(line: $0) }
  }
}

/// Tells in which language a text is, to know whose telephone numbers may stand in it. Frozen,
/// shared.
package struct PhoneLanguages: Sendable {
  let rows: [LanguageRegions]
  /// What `guess` is read from, where nobody else has read it.
  private let words: String
  private var guess = LanguageGuess()
  /// For each language of `guess` its row, or -1.
  private var rowOfGuess: [Int] = []
  /// The rows that a script tells, in their order.
  private let scripts: [Int]

  /// How much of a text is looked at, in bytes.
  private static let reach = 4096
  /// How many characters of a script tell a language.
  private static let charactersMin = 3

  /// - Parameter words: the frequent words of languages, as a file; one that is wrong tells none.
  package init(_ rows: [LanguageRegions], words: String) {
    self.rows = rows
    self.words = words
    scripts = rows.indices.filter { !rows[$0].characters.isEmpty }
  }

  /// The same with the words read: by somebody else already, or now.
  ///
  /// - Complexity: O(words) where `known` knows no language.
  package func reading(_ known: LanguageGuess?) -> PhoneLanguages {
    var result = self
    if let known, !known.languages.isEmpty {
      result.guess = known
    } else {
      result.guess = (try? LanguageGuess(file: Array(words.utf8))) ?? LanguageGuess()
    }
    result.rowOfGuess = result.guess.languages.map { code in
      rows.firstIndex { $0.language == code } ?? -1
    }
    return result
  }

  /// The index of the text's language among the rows, or `nil`.
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - maps: the text's byte maps.
  /// - Complexity: O(1): the first 4,096 bytes are looked at.
  package func language(
    of text: Span<UInt8>, maps: borrowing ByteMaps, folding: inout FoldTable
  ) -> Int? {
    if let known = guess.guess(text, maps: maps, folding: &folding).language,
      rowOfGuess[known] >= 0
    {
      return rowOfGuess[known]
    }
    return maps.hasHigh ? ofScript(text) : nil
  }

  private func ofScript(_ text: Span<UInt8>) -> Int? {
    var counts = [Int](repeating: 0, count: scripts.count)
    var index = 0
    let limit = min(text.count, Self.reach)
    while index < limit {
      guard text[index] >= 0x80 else {
        index += 1
        continue
      }
      let (codePoint, count) = decodeUTF8(text, at: index)
      for (place, row) in scripts.enumerated()
      where rows[row].characters.contains(Int(codePoint)) {
        counts[place] += 1
      }
      index += count
    }
    return counts.firstIndex { $0 >= Self.charactersMin }.map { scripts[$0] }
  }
}
