import Foundation
import PatternFiles
import Rules
import Scan
import TestSupport
import Testing

/// How often chance looks like a number: each hit of a rule with its digits and letters drawn anew,
/// without a word about it.
@Suite struct PassRateTests {
  /// A rule that is on for everyone asks for context when more than so many pass.
  private static let rateMax = 0.12
  private static let draws = 150
  /// A number without any check digit, told by its layout of 3-2-4 digits alone.
  private static let byLayout: Set<String> = ["identity/us/ssn"]

  private static var files: [RuleFile] {
    Project.ruleFiles.filter { file in
      let isOn = file.definition.tier < 3 && file.definition.context?.required != true
      return isOn && !byLayout.contains(file.definition.id)
        && ["identity/", "organisation/", "money/"].contains { file.definition.id.hasPrefix($0) }
    }
  }

  private static func redrawn(_ text: String, _ random: inout SplitMix64) -> [UInt8] {
    Array(text.utf8).map { byte in
      switch byte {
      case 48...57: 48 + UInt8(random.below(10))
      case 65...90: 65 + UInt8(random.below(26))
      case 97...122: 97 + UInt8(random.below(26))
      default: byte
      }
    }
  }

  @Test func rulesOnForEveryoneAreRarelyMetByChance() throws {
    for file in Self.files {
      let scanner = Scan.Scanner(
        ruleset: try Ruleset([file.definition], tables: Project.pack.tables, regions: ["all"]),
        names: nil)
      var scratch = ScanScratch(for: scanner)
      var random = SplitMix64(seed: 12)
      var found = 0
      for hit in file.hits {
        for _ in 0..<Self.draws {
          let text = Array("a ".utf8) + Self.redrawn(hit.find ?? "", &random) + Array(" b".utf8)
          if try !findings(in: text, scanner, using: &scratch).isEmpty { found += 1 }
        }
      }
      let rate = Double(found) / Double(file.hits.count * Self.draws)
      if rate > Self.rateMax {
        Issue.record("rules/\(file.definition.id).yaml: \(rate) of random look-alikes pass")
      }
    }
  }
}
