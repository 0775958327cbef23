import Foundation
import PatternFiles
import Rules
import Scan
import TestSupport
import Testing

/// A prefilter may only save work: without it the same is found.
@Suite struct PrefilterEquivalenceTests {
  private static let filtered = Scan.Scanner(ruleset: Project.ruleset, names: nil) { _ in 0 }
  private static let unfiltered = Scan.Scanner(
    ruleset: Project.ruleset, names: nil, threshold: { _ in 0 }, usesPrefilter: false)

  /// Compares both over texts; records the rules that differ, with the first text each differs in.
  private func expectSame(_ texts: [[UInt8]]) throws {
    var fast = ScanScratch(for: Self.filtered)
    var slow = ScanScratch(for: Self.unfiltered)
    var differing: [String: String] = [:]
    for text in texts {
      let some = try findings(in: text, Self.filtered, using: &fast).map(Self.describe)
      let all = try findings(in: text, Self.unfiltered, using: &slow).map(Self.describe)
      let difference = Set(some).symmetricDifference(all)
      for finding in difference where differing[finding.rule] == nil {
        let around =
          max(0, finding.low - 40)..<min(text.count, finding.high + 20)
        differing[finding.rule] =
          (Set(all).contains(finding) ? "missed " : "found alone ")
          + "\(finding.low)..<\(finding.high) of «\(String(decoding: text[around], as: UTF8.self))»"
      }
    }
    for (rule, text) in differing.sorted(by: <) { Issue.record("\(rule): \(text)") }
  }

  private struct Place: Hashable {
    let rule: String
    let low: Int
    let high: Int
    let score: Float
  }

  private static func describe(_ finding: Finding) -> Place {
    Place(
      rule: filtered.ruleIDs[finding.rule], low: finding.range.lowerBound,
      high: finding.range.upperBound, score: finding.score)
  }

  /// In parts, so that both cores have some to the end.
  @Test(arguments: 0..<8) func everyExampleGivesTheSame(part: Int) throws {
    let files = Project.ruleFiles.enumerated().filter { $0.offset % 8 == part }.map(\.element)
    try expectSame(
      files.flatMap { $0.hits + $0.misses + $0.knownGaps }.map { Array($0.text.utf8) })
  }

  @Test func theConversationsForUsersGiveTheSame() throws {
    try expectSame(Project.exampleRecords)
  }

  /// Three seeds, or as many as CORPUS_SEEDS in the environment says: rare shapes show after some
  /// hundred.
  private static let seeds: ClosedRange<UInt64> = {
    let asked = ProcessInfo.processInfo.environment["CORPUS_SEEDS"].flatMap { UInt64($0) }
    return 1...max(1, asked ?? 3)
  }()

  @Test(arguments: seeds)
  func aCorpusFromASeedGivesTheSame(seed: UInt64) throws {
    var corpus = Corpus(seed: seed)
    // Short and long texts, so that ends of texts and of the maps' words are met often.
    try expectSame((0..<400).map { corpus.text(count: $0 % 10 == 0 ? 1_500 : 10 + $0 / 4) })
  }

  /// Expressions as other tools' files have them, under what is derived from them and everywhere.
  @Test func derivedPrefiltersGiveTheSame() throws {
    let expressions: [(String, RegexOptions)] = [
      (#"\b\d{5}(?:-\d{4})?\b"#, []), (#"\b\d{5}(?:-\d{4})?\b"#, .unicode),
      ("(?<![0-9.])[0-9]{3,9}[-x]", []), ("[A-Z]{2}[0-9]{6}", []),
      ("[a-z]{1,9}@[a-z.]+", .caseless),
      ("(?:key|token|secret)[ =:]{1,3}[a-z0-9]+", .caseless), ("https?://[^ ]+", []),
      (#"(?<!\w)(?:Mr\.|Mrs\.|Miss|Dr\.)(?!\w)"#, [.caseless, .unicode]),
      (#"^[A-Z]\w+:"#, .multiline), (#"[\p{L}]+ing"#, []), (#"\w{3}-\w{3}"#, .unicode),
    ]
    let derived = expressions.enumerated().map { index, expression in
      let filter = DerivedPrefilter(expression.0, options: expression.1)
      return RuleDefinition(
        id: "test/\(index)", entityType: "THING", about: "", tier: 1, regions: [],
        patterns: [
          PatternDefinition(
            regex: expression.0, score: 1, prefilter: filter.prefilter, lookback: filter.lookback,
            options: expression.1)
        ], clean: "", validators: [], context: nil)
    }
    let ruleset = try Ruleset(derived, tables: noTables)
    let filtered = Scan.Scanner(ruleset: ruleset, names: nil)
    let complete = Scan.Scanner(ruleset: ruleset, names: nil, usesPrefilter: false)
    var fast = ScanScratch(for: filtered)
    var slow = ScanScratch(for: complete)
    var corpus = Corpus(seed: 11)
    var count = 0
    for index in 0..<800 {
      let text = corpus.text(count: index % 10 == 0 ? 900 : 10 + index / 4)
      let some = try findings(in: text, filtered, using: &fast)
      let all = try findings(in: text, complete, using: &slow)
      count += all.count
      #expect(Set(some.map { "\($0)" }) == Set(all.map { "\($0)" }))
    }
    #expect(count > 200)
  }
}
