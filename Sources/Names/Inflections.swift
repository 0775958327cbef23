package import Text

/// Endings that inflection puts on words, so that an inflected name is found by its first case.
/// Frozen and shared.
package struct Inflections: Sendable {
  private struct Rule: Sendable {
    /// The folded ending, and what stands in its place.
    var ending: [UInt8]
    var replacement: [UInt8]
    /// The languages of `LanguageGuess`, one bit each.
    var languages: UInt64
  }

  /// Folded beginnings that are taken off, and how many letters they have.
  private var prefixes: [(bytes: [UInt8], length: Int)] = []
  /// The hashes of beginnings in Latin letters, which stand small before a name's capital.
  private var latinPrefixes: Set<UInt64> = []
  /// The hashes of all endings.
  private var endings: Set<UInt64> = []
  /// The rules by the last byte of the ending.
  private var rules = [[Rule]](repeating: [], count: 256)
  /// The languages that have rules for words in Latin letters, one bit each.
  private var ruled: UInt64 = 0

  package init() {}

  /// Reads `ending TAB replacement TAB language` per line, `#` comments. Languages that the guess
  /// does not know are told by their script alone.
  ///
  /// - Throws: `InflectionFileError` with the line that has another form.
  package init(file: [UInt8], languages: LanguageGuess) throws(InflectionFileError) {
    var folding = FoldTable()
    for (index, line) in file.split(separator: 10, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && line.first != 35 {
      let columns = line.split(separator: 9, omittingEmptySubsequences: false)
      guard columns.count == 3 else { throw InflectionFileError(line: index + 1) }
      var ending: [UInt8] = []
      let bytes = Array(columns[0])
      folding.fold(bytes.span, bytes.indices, into: &ending)
      // `و-`, `no-`: a beginning.
      if ending.last == UInt8(ascii: "-") {
        ending.removeLast()
        guard let first = ending.first else { throw InflectionFileError(line: index + 1) }
        if first < 0x80 {
          latinPrefixes.insert(ByteHash.of(ending))
          continue
        }
        prefixes.append((ending, String(decoding: ending, as: UTF8.self).unicodeScalars.count))
        continue
      }
      endings.insert(ByteHash.of(ending))
      var replacement: [UInt8] = []
      let other = Array(columns[1])
      folding.fold(other.span, other.indices, into: &replacement)
      guard let last = ending.last else { throw InflectionFileError(line: index + 1) }
      let code = String(decoding: columns[2], as: UTF8.self)
      let bit = languages.languages.firstIndex(of: code).map { UInt64(1) << UInt64($0) } ?? 0
      let isWritten = last >= 0x80
      if !isWritten { ruled |= bit }
      rules[Int(last)].append(
        Rule(ending: ending, replacement: replacement, languages: isWritten ? .max : bit))
    }
    prefixes.sort { $0.bytes.count > $1.bytes.count }
  }

  /// Calls `body` with the hash of each first case that a folded word may have, until it returns
  /// `true`.
  ///
  /// - Parameter language: of the text, one bit, or 0: rules for Latin letters need it.
  /// - Complexity: O(rules that end in the word's last byte).
  package func forEachBase(
    of folded: [UInt8], language: UInt64, until body: (UInt64) -> Bool
  ) {
    guard let last = folded.last else { return }
    for rule in rules[Int(last)] {
      guard rule.languages == .max || rule.languages & language != 0 else { continue }
      let stem = folded.count - rule.ending.count
      // Three letters of the word are left; letters above ASCII have two bytes and more.
      guard stem >= (folded[0] < 0x80 ? 3 : 6), folded[stem...].elementsEqual(rule.ending) else {
        continue
      }
      var hash = ByteHash()
      for index in 0..<stem { hash.combine(folded[index]) }
      for byte in rule.replacement { hash.combine(byte) }
      if body(hash.finalize()) { return }
    }
  }

  /// Calls `body` with the length in letters and in bytes of each beginning of a folded word that
  /// may be taken off, the longest first, until it returns `true`.
  package func forEachPrefix(
    of folded: [UInt8], until body: (_ length: Int, _ bytes: Int) -> Bool
  ) {
    for prefix in prefixes
    where folded.count >= prefix.bytes.count + 4 && folded.starts(with: prefix.bytes) {
      if body(prefix.length, prefix.bytes.count) { return }
    }
  }

  /// Whether a hash is that of a beginning in Latin letters.
  func isLatinPrefix(_ hash: UInt64) -> Bool { latinPrefixes.contains(hash) }

  /// Whether folded bytes are an ending of some language.
  package func isEnding(_ folded: [UInt8]) -> Bool { endings.contains(ByteHash.of(folded)) }

  /// Whether words in Latin letters of a language have rules.
  func hasRules(for language: UInt64) -> Bool {
    ruled & language != 0
  }
}

/// A line of an inflection file that is not `ending TAB replacement TAB language`.
package struct InflectionFileError: Error, Equatable {
  package let line: Int

  package init(line: Int) { self.line = line }
}
