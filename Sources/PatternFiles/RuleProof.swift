package import Rules
internal import Scan

/// The examples of a rule, run.
package struct RuleProof: Sendable {
  /// An example that does not do what it should, or a gap that is closed.
  package struct Outcome: Sendable, Equatable {
    package enum Kind: String, Sendable {
      case hit, miss
      case knownGap = "known gap"
    }

    package var kind: Kind
    /// 1-based, among the examples of its kind.
    package var number: Int
    /// The line of the file; 0 when it is not known.
    package var line: Int
    /// Bytes of the example's text in which something is found.
    package var found: [Range<Int>]

    package init(kind: Kind, number: Int, line: Int, found: [Range<Int>]) {
      self.kind = kind
      self.number = number
      self.line = line
      self.found = found
    }
  }

  /// Hits that are not found exactly, and misses in which something is found.
  package private(set) var failures: [Outcome] = []
  /// Gaps that are found now: they can become hits.
  package private(set) var closedGaps: [Outcome] = []
  package private(set) var count = 0

  /// - Throws: `ScanFailure` when the rule gives up, `RulesetError` when it is refused.
  package init(
    _ rule: RuleDefinition, _ document: RuleDocument, tables: ValidatorTables
  ) throws {
    let scanner = Scan.Scanner(
      ruleset: try Ruleset([rule], tables: tables, regions: ["all"]), names: nil,
      readsLabels: false)
    var scratch = ScanScratch(for: scanner)
    var ranks = [Rank](repeating: .act, count: scanner.entityTypes.count)
    ranks[scanner.placeholder] = .protected
    for (kind, examples) in [
      (Outcome.Kind.hit, document.hits), (.miss, document.misses),
      (.knownGap, document.knownGaps),
    ] {
      for (index, example) in examples.enumerated() {
        let text = Array(example.text.utf8)
        var findings: [Finding] = []
        try scanner.scan(text.span, using: &scratch, into: &findings)
        findings.resolve(ranks: ranks) { _ in true }
        // Placeholders among the misses are found as what they are.
        findings.removeAll { $0.entityType == scanner.placeholder }
        let wanted = example.find.map { Array($0.utf8) }
        let isFound = findings.contains { Array(text[$0.range]) == wanted }
        let outcome = Outcome(
          kind: kind, number: index + 1, line: example.line, found: findings.map(\.range))
        count += 1
        switch kind {
        case .hit: if !isFound { failures.append(outcome) }
        case .miss: if !findings.isEmpty { failures.append(outcome) }
        case .knownGap: if isFound { closedGaps.append(outcome) }
        }
      }
    }
  }
}
