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

  @Test func everyExampleGivesTheSame() throws {
    try expectSame(
      Project.ruleFiles.flatMap { $0.hits + $0.misses + $0.knownGaps }.map { Array($0.text.utf8) })
  }

  @Test func theConversationsForUsersGiveTheSame() throws {
    try expectSame(Project.exampleRecords)
  }

  /// Four seeds, or as many as CORPUS_SEEDS in the environment says: rare shapes show after some
  /// hundred.
  private static let seeds: ClosedRange<UInt64> = {
    let asked = ProcessInfo.processInfo.environment["CORPUS_SEEDS"].flatMap { UInt64($0) }
    return 1...max(1, asked ?? 4)
  }()

  @Test(arguments: seeds)
  func aCorpusFromASeedGivesTheSame(seed: UInt64) throws {
    var corpus = Corpus(seed: seed)
    // Short and long texts, so that ends of texts and of the maps' words are met often.
    try expectSame((0..<400).map { corpus.text(count: $0 % 10 == 0 ? 1_500 : 10 + $0 / 4) })
  }
}
