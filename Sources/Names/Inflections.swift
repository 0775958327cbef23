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
  /// What stands between the parts of compounds, folded, and the languages, one bit each.
  private var joints: [(bytes: [UInt8], languages: UInt64)] = []

  package init() {}

  /// Reads `ending TAB replacement TAB language` per line, `#` comments; `-s-` in the first column
  /// is what joins the parts of compounds. Languages that the guess
  /// does not know are told by their script alone.
  ///
  /// - Throws: `InflectionFileError` with the line that has another form.
  package init(file: [UInt8], languages: LanguageGuess) throws(InflectionFileError) {
    var folding = FoldTable()
    for (index, line) in file.split(separator: 10, omittingEmptySubsequences: false).enumerated()
    where !line.isEmpty && line.first != 35 {
      let columns = line.split(separator: 9, omittingEmptySubsequences: false)
      guard columns.count == 3 else { throw InflectionFileError(line: index + 1) }
      let code = String(decoding: columns[2], as: UTF8.self)
      let bit = languages.languages.firstIndex(of: code).map { UInt64(1) << UInt64($0) } ?? 0
      var ending: [UInt8] = []
      let bytes = Array(columns[0])
      // `-s-`, `--`: a joint.
      if bytes.count > 1, bytes.first == UInt8(ascii: "-"), bytes.last == bytes.first {
        let joint = Array(bytes[1..<bytes.count - 1])
        folding.fold(joint.span, joint.indices, into: &ending)
        joints.append((ending, bit))
        ruled |= bit
        continue
      }
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

  /// The length of what is left of a folded word without one of the endings of scripts other than
  /// Latin that nothing stands in the place of, the first of which `body` holds.
  ///
  /// - Complexity: O(rules that end in the word's last byte).
  func stem(of folded: [UInt8], where body: (Int) -> Bool) -> Int? {
    guard let last = folded.last else { return nil }
    for rule in rules[Int(last)] where rule.languages == .max && rule.replacement.isEmpty {
      let stem = folded.count - rule.ending.count
      if stem >= 6, folded[stem...].elementsEqual(rule.ending), body(stem) { return stem }
    }
    return nil
  }

  /// Whether a language makes compounds as one word, and a folded word is long enough to be one.
  func mayBeCompound(_ folded: [UInt8], language: UInt64) -> Bool {
    folded.count >= 2 * Self.partMin - 1 && folded.count <= Self.compoundMax
      && joints.contains { $0.languages & language != 0 }
  }

  /// Whether a folded word can be cut into two parts of which `isPart` says what they are by
  /// themselves: "Bodenerosion" into "boden" and "erosion", "Kraftswerk" with an "s" between.
  ///
  /// - Parameters:
  ///   - language: of the text, one bit.
  ///   - isPart: is given the hash of a part, and whether it is the last one; asked of each place
  ///     for the last first.
  /// - Complexity: O(`folded.count` × joints).
  func isCompound(
    _ folded: [UInt8], language: UInt64, isPart: (_ hash: UInt64, _ isLast: Bool) -> Bool
  ) -> Bool {
    var cut = folded.count - Self.partMin
    while cut >= Self.partMin - 1 {
      defer { cut -= 1 }
      guard folded[cut] & 0xC0 != 0x80, isPart(ByteHash.of(folded.span, cut..<folded.count), true)
      else { continue }
      for joint in joints where joint.languages & language != 0 {
        let end = cut - joint.bytes.count
        guard end >= Self.partMin - 1, folded[end..<cut].elementsEqual(joint.bytes) else {
          continue
        }
        if isPart(ByteHash.of(folded.span, 0..<end), false) { return true }
      }
    }
    return false
  }

  /// The least length of a compound's last part in bytes; the first may be one shorter.
  private static let partMin = 4
  private static let compoundMax = 48

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
