internal import Names
internal import Records
internal import Scan
internal import Text

extension RecordScrubber {
  /// Lists the findings of the texts, in their order, those that an allow-list kept among them.
  mutating func report() {
    for text in texts {
      let first = reported.count
      for finding in text.findings {
        reported.append(
          ReportedFinding(
            value: text.value, finding: finding, action: plan.operators[finding.entityType]))
      }
      for finding in text.allowed.kept(beside: text.findings) {
        reported.append(
          ReportedFinding(value: text.value, finding: finding, action: .keep, isAllowed: true))
      }
      if !text.allowed.isEmpty {
        // Findings of one value are reported in the order of its text.
        reported[first...].sort {
          $0.finding.range.lowerBound < $1.finding.range.lowerBound
        }
      }
    }
  }

  /// How many strings of the record last scrubbed were scanned, and their bytes in all.
  package var scanned: (texts: Int, bytes: Int) { (texts.count, arena.count) }

  /// The decoded text of a value with findings of the record last scrubbed, by index into
  /// `map.values`.
  package func text(ofValue value: Int) -> [UInt8] {
    text(number: value).map { Array(arena[texts[$0].segment.text]) } ?? []
  }

  /// The decoded string that a value is, or is a part of: the whole of a transcript, HTML with its
  /// entities. Of a string that holds JSON it is the string inside.
  package func string(ofValue value: Int) -> [UInt8] {
    let place = map.values[value]
    return isPartOfString(place)
      ? map.layers[Int(place.layer - 1)].bytes : text(ofValue: value)
  }

  /// A range of a value's decoded text as a range of `string(ofValue:)`, in bytes.
  ///
  /// - Complexity: O(log escapes).
  package func rangeInString(_ range: Range<Int>, ofValue value: Int) -> Range<Int> {
    guard isPartOfString(map.values[value]), let number = text(number: value) else { return range }
    let segment = texts[number].segment
    return escapes.rawOffset(
      ofDecoded: range.lowerBound, in: segment)..<escapes.rawOffset(
        ofDecoded: range.upperBound, in: segment)
  }

  private func isPartOfString(_ value: ValueLocation) -> Bool {
    value.layer > 0 && (value.encoding == .verbatim || value.encoding == .html)
  }

  /// The number of the text that a value is, by index into `map.values`.
  func text(number value: Int) -> Int? {
    // Texts are in rising order of their values.
    let first = texts.partitioningIndex { $0.value >= value }
    return first < texts.count && texts[first].value == value ? first : nil
  }

  /// The parts of a text as it will be written in which something new may begin.
  ///
  /// What begins elsewhere has been looked for in the text as it was; but the lines of a table are
  /// read by its first.
  func scope(of old: Text, in text: Span<UInt8>) -> [Range<Int>] {
    old.hasTable || old.isSwayed
      ? [0..<text.count] : ScanScope.around(marks, in: text, reach: plan.scanner.scopeReach)
  }

  /// Whether rules take a text as it will be written for one in another language than before, so
  /// that they may find something else anywhere in it.
  mutating func hasOtherLanguage(_ index: Int, _ text: Span<UInt8>) -> Bool {
    if texts[index].asked == .notAsked { return false }
    let arena = self.arena
    let before =
      texts[index].asked
      ?? plan.scanner.language(
        of: arena.span.extracting(texts[index].segment.text), classifying: &scan)
    return plan.scanner.language(of: text, classifying: &scan) != before
  }

  /// What names need not be looked for in again in a text as it will be written, which `pieces` and
  /// `marks` describe; `nil` when that is not known.
  func rest(of old: Text, in text: Span<UInt8>) -> NameRest? {
    guard let known = old.words, plan.names != nil, !old.hasTable, !old.isSwayed else {
      return nil
    }
    let parts = ScanScope.lines(around: marks, in: text)
    var kept: [ScannedWord] = []
    var piece = 0
    for var word in words[known] {
      while piece < pieces.count, pieces[piece].source.upperBound <= word.position { piece += 1 }
      guard piece < pieces.count else { break }
      let source = pieces[piece].source
      guard word.position >= source.lowerBound else { continue }
      word.position += pieces[piece].target - source.lowerBound
      if !ScanScope.meets(word.position..<word.position + 1, parts) { kept.append(word) }
    }
    return NameRest(
      parts: parts, language: old.language,
      isLanguageKnown: marks.first.map { $0.lowerBound > old.languageReach } ?? false,
      style: old.style, words: kept, hasLooseWords: old.hasLooseWords)
  }
}
