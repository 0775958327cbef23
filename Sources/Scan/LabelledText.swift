internal import Names
internal import Text

/// Values with the label that stands elsewhere written before each, a line for each: what the rules
/// see of a column, and of a string under its key.
///
///     born: 1990-01-31
///     born: 1984-11-02
package struct LabelledText {
  /// Valid UTF-8, as what it is made of.
  package private(set) var bytes: [UInt8] = []
  /// Where a value stands in `bytes`, and where in its own text.
  private var starts: [Int] = []
  private var ends: [Int] = []
  private var origins: [Int] = []

  /// The longest value that a label says something of, in bytes.
  static let valueMax = 160

  var isEmpty: Bool { starts.isEmpty }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    origins.removeAll(keepingCapacity: true)
  }

  /// Appends a value under a label, without the blanks and quotes around it, unless it is empty or
  /// long.
  ///
  /// - Parameter label: as `label(_:_:)` gives it.
  mutating func append(_ text: Span<UInt8>, _ value: Range<Int>, under label: [UInt8]) {
    let value = Self.trimmed(text, value)
    guard !value.isEmpty, value.count <= Self.valueMax else { return }
    bytes += label
    bytes.append(UInt8(ascii: ":"))
    bytes.append(32)
    starts.append(bytes.count)
    origins.append(value.lowerBound)
    for index in value { bytes.append(text[index]) }
    ends.append(bytes.count)
    bytes.append(10)
  }

  /// The range of the values' text that a range of `bytes` was made from, `nil` when it is not part
  /// of one value.
  ///
  /// - Complexity: O(log values).
  func original(_ range: Range<Int>) -> Range<Int>? {
    let index = starts.partitioningIndex { $0 > range.lowerBound } - 1
    guard index >= 0, range.upperBound <= ends[index] else { return nil }
    let start = origins[index] + range.lowerBound - starts[index]
    return start..<start + range.count
  }

  /// A name of a column or key as it would stand before a value in a sentence: `date_of_birth` and
  /// `dateOfBirth` as words, without what stands in brackets behind them; empty when it is none.
  static func label(_ text: Span<UInt8>, _ name: Range<Int>) -> [UInt8] {
    let name = trimmed(text, name)
    let isKebab = isKebab(text, name)
    var words: [UInt8] = []
    for index in name {
      let byte = text[index]
      if byte == UInt8(ascii: "("), index > name.lowerBound { break }
      let isGap =
        byte == UInt8(ascii: "_") || byte <= 32 || byte == UInt8(ascii: "*")
        || isKebab && byte == UInt8(ascii: "-")
      if byte &- 65 < 26, index > name.lowerBound, text[index - 1] &- 97 < 26 { words.append(32) }
      if !isGap {
        words.append(byte)
      } else if let last = words.last, last != 32 {
        words.append(32)
      }
    }
    while let last = words.last, last == 32 || last == UInt8(ascii: ":") { words.removeLast() }
    guard let first = words.first, first >= 0x80 || (first | 0x20) &- 97 < 26 else { return [] }
    return words
  }

  /// Whether words are joined by hyphens in a name: all in small letters, the first no single one
  /// ("e-mail").
  private static func isKebab(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
    guard name.count > 2, text[name.lowerBound + 1] != UInt8(ascii: "-") else { return false }
    return name.allSatisfy { text[$0] &- 97 < 26 || text[$0] == UInt8(ascii: "-") }
  }

  private static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, isAround(text[low]) { low += 1 }
    while high > low, isAround(text[high - 1]) { high -= 1 }
    return low..<high
  }

  private static func isAround(_ byte: UInt8) -> Bool {
    byte <= 32 || byte == 34 || byte == 39 || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "`")
  }
}

extension Scanner {
  /// Appends what the rules find in the cells of tables only when the name of the column stands
  /// before each, or that of the row.
  func visitTables(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    var position = 0
    var labelled = LabelledText()
    while let table = TextTable.next(in: text, from: &position) {
      scratch.hasTable = true
      for column in table.columns.indices {
        let label = LabelledText.label(text, table.columns[column])
        guard !label.isEmpty else { continue }
        labelled.removeAll()
        table.forEachRow(in: text) { cells in
          labelled.append(text, cells[column], under: label)
        }
        try visit(labelled, of: text, using: &scratch, into: &findings)
      }
      labelled.removeAll()
      Self.appendRows(of: table, text, to: &labelled)
      try visit(labelled, of: text, using: &scratch, into: &findings)
    }
  }

  /// Appends the cells of a table under the first of their row, which names the others in a table
  /// of two columns and in one without a name for the first.
  private static func appendRows(
    of table: TextTable, _ text: Span<UInt8>, to labelled: inout LabelledText
  ) {
    let isPair = table.columns.count == 2
    guard isPair || table.columns[0].allSatisfy({ text[$0] <= 32 }) else { return }
    if isPair {
      let label = LabelledText.label(text, table.columns[0])
      if !label.isEmpty { labelled.append(text, table.columns[1], under: label) }
    }
    table.forEachRow(in: text) { cells in
      guard cells[0].count <= labelMax else { return }
      let label = LabelledText.label(text, cells[0])
      guard !label.isEmpty else { return }
      for cell in cells.dropFirst() { labelled.append(text, cell, under: label) }
    }
  }

  /// The longest name of a key or a row, in bytes.
  private static let labelMax = 48

  /// A text with its key before it, `nil` when either is long or the key has no words.
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - key: valid UTF-8.
  package static func labelled(_ text: Span<UInt8>, under key: [UInt8]) -> LabelledText? {
    guard text.count <= LabelledText.valueMax, key.count <= labelMax else { return nil }
    let label = LabelledText.label(key.span, key.indices)
    if label.isEmpty { return nil }
    var labelled = LabelledText()
    labelled.append(text, 0..<text.count, under: label)
    return labelled.isEmpty ? nil : labelled
  }

  /// Appends what the rules find in a text only when its key stands before it: `"dob":
  /// "1990-01-31"`.
  ///
  /// - Parameters:
  ///   - labelled: `text` as `labelled(_:under:)` gives it.
  ///   - text: the one that was scanned last.
  /// - Throws: `ScanFailure` when an expression gave up.
  package func scan(
    _ labelled: LabelledText, of text: Span<UInt8>, using scratch: inout ScanScratch,
    into findings: inout [Finding]
  ) throws(ScanFailure) {
    scratch.scope = [0..<text.count]
    try visit(labelled, of: text, using: &scratch, into: &findings)
  }

  /// Appends what the rules find in the values of a labelled text.
  ///
  /// - Parameter zone: what all values are in.
  func visit(
    _ labelled: LabelledText, of text: Span<UInt8>, in zone: Zone? = nil,
    using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    guard !labelled.isEmpty else { return }
    let language = language(of: text, using: &scratch)
    let second = scratch.second ?? SecondScratch(for: self)
    scratch.second = second
    let bytes = labelled.bytes.span
    var found: [Finding] = []
    second.scratch.begin()
    second.scratch.names.beginText()
    second.scratch.classify(bytes)
    second.scratch.scope = [0..<bytes.count]
    second.scratch.language = .known(language)
    try visitRules(bytes, using: &second.scratch, into: &found)
    let scope = scratch.scope
    for var finding in found where finding.entityType != placeholder {
      guard let range = labelled.original(finding.range),
        scope.contains(where: { $0.contains(range.lowerBound) })
      else { continue }
      finding.range = range
      if let zone { finding.score += zones.change(zone, type: finding.entityType) }
      if zones.affects(finding.entityType) {
        finding.score +=
          placeChange(range, type: finding.entityType, text, using: &scratch).change
        if finding.score < thresholds[finding.entityType] - 0.001 { scratch.isSwayed = true }
      }
      if finding.score >= thresholds[finding.entityType] - 0.001 { findings.append(finding) }
    }
  }

  /// Of the findings from an index on, drops those that another of the same rule and range is as
  /// good as. What is left does not depend on their order.
  func dropKnown(in findings: inout [Finding], from first: Int) {
    guard findings.count > first else { return }
    var best: [KnownPlace: Float] = [:]
    for finding in findings {
      let place = KnownPlace(range: finding.range, rule: finding.rule)
      best[place] = max(finding.score, best[place] ?? 0)
    }
    var kept = 0
    for index in findings.indices {
      let finding = findings[index]
      let place = KnownPlace(range: finding.range, rule: finding.rule)
      let isBest = best[place] == finding.score
      if index >= first, !isBest { continue }
      // No other is as good as one that was taken.
      if isBest { best[place] = 2 }
      findings[kept] = finding
      kept += 1
    }
    findings.removeSubrange(kept...)
  }
}

private struct KnownPlace: Hashable {
  let range: Range<Int>
  let rule: Int
}

/// The memory for texts made from the one that is scanned, of which a worker has few.
final class SecondScratch {
  var scratch: ScanScratch

  init(for scanner: borrowing Scanner) { scratch = ScanScratch(for: scanner) }
}
