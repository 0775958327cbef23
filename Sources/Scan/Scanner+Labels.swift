internal import Names
internal import Text

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
    try scan(bytes, takenFor: language, using: second, into: &found)
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

  /// Appends what the rules find in a text made of parts of another, which is taken for the
  /// language of that.
  func scan(
    _ text: Span<UInt8>, takenFor language: Int?, using second: SecondScratch,
    into findings: inout [Finding]
  ) throws(ScanFailure) {
    second.scratch.begin()
    second.scratch.names.beginText()
    second.scratch.classify(text)
    second.scratch.scope = [0..<text.count]
    second.scratch.language = .known(language)
    try visitRules(text, using: &second.scratch, into: &findings)
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
