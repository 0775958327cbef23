import Foundation
import PatternFiles
import Rules
import Scan
import TestSupport
import Testing

/// Every rule file's proof, run: each rule by itself, and all rules together.
@Suite struct ExampleTests {
  private static func alone(_ file: RuleFile) throws -> Scan.Scanner {
    Scan.Scanner(
      ruleset: try Ruleset([file.definition], tables: Project.pack.tables, regions: ["all"]),
      names: nil, readsLabels: false)
  }

  /// In how many parts the rules are tried, so that none is left for one core at the end.
  private static let parts = 12

  @Test(arguments: 0..<parts) func everyRuleFindsItsHitsAndNoneOfItsMisses(part: Int) throws {
    for (index, file) in Project.ruleFiles.enumerated() where index % Self.parts == part {
      let scanner = try Self.alone(file)
      var scratch = ScanScratch(for: scanner)
      func found(_ example: RuleExample) throws -> [String] {
        let bytes = Array(example.text.utf8)
        // Placeholders among the misses are found as what they are.
        return try findings(in: bytes, scanner, using: &scratch).settled(scanner)
          .filter { $0.entityType != scanner.placeholder }
          .map { String(decoding: bytes[$0.range], as: UTF8.self) }
      }
      for hit in file.hits {
        let found = try found(hit)
        if let find = hit.find, !found.contains(find) {
          Issue.record(
            "rules/\(file.definition.id).yaml:\(hit.line): found \(found), not «\(find)»")
        }
      }
      for miss in file.misses {
        let found = try found(miss)
        if !found.isEmpty {
          Issue.record("rules/\(file.definition.id).yaml:\(miss.line): found \(found)")
        }
      }
    }
  }

  @Test func everyHitHoldsALiteralOfItsRule() {
    for file in Project.ruleFiles {
      var literals: [String] = []
      var isByLiterals = true
      for pattern in file.definition.patterns {
        switch pattern.prefilter {
        case .literals(let own, _): literals += own
        case .labels(let lines, _): literals += lines.split(separator: "\n").map(String.init)
        default: isByLiterals = false
        }
      }
      guard isByLiterals else { continue }
      for hit in file.hits {
        let text = hit.text.lowercased()
        // By code units: a part of a label may begin with a mark that belongs to a letter before.
        if !literals.contains(where: {
          text.range(of: $0.lowercased(), options: .literal) != nil
        }) {
          Issue.record("rules/\(file.definition.id).yaml:\(hit.line): no literal of the prefilter")
        }
      }
    }
  }

  @Test(arguments: [
    "a", "A", "0", "1-", "1 ", ".", "-", "_", "/", " ", "\n", "@a", "a.", "a=", "\"", "é", "漢",
    "a:",
  ])
  func runsOfOneCharacterStayBelowTheMatchLimit(piece: String) throws {
    let scanner = Scan.Scanner(ruleset: Project.ruleset, names: nil, usesPrefilter: false)
    var scratch = ScanScratch(for: scanner)
    let text = [[UInt8]](repeating: Array(piece.utf8), count: 60_000).flatMap { $0 }
    do {
      _ = try findings(in: text, scanner, using: &scratch)
    } catch {
      Issue.record("«\(piece)» over and over: \(error.reason)")
    }
  }

  /// What all rules and the names find in every example, against the golden file.
  ///
  /// With UPDATE_GOLDEN=1 in the environment the file is written anew, and the test fails.
  @Test func allRulesTogetherFindWhatTheGoldenFileSays() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/examples.tsv")
    var scratch = ScanScratch(for: Project.scanner)
    var lines: [String] = []
    for file in Project.ruleFiles {
      let kinds = [("hit", file.hits), ("miss", file.misses), ("gap", file.knownGaps)]
      for (kind, examples) in kinds {
        for (number, example) in examples.enumerated() {
          let found = try findings(in: Array(example.text.utf8), Project.scanner, using: &scratch)
            .settled(Project.scanner)
            .map {
              let type = Project.scanner.entityTypes[$0.entityType]
              return "\(type):\($0.range.lowerBound)-\($0.range.upperBound)"
            }
          lines.append(
            "\(file.definition.id)\t\(kind) \(number + 1)\t\(found.joined(separator: " "))")
        }
      }
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: path)
      Issue.record("\(path.lastPathComponent) is written anew")
      return
    }
    let golden = try String(contentsOf: path, encoding: .utf8)
      .split(separator: "\n").map(String.init)
    for difference in lines.difference(from: golden) {
      switch difference {
      case .insert(_, let line, _): Issue.record("now: \(line)")
      case .remove(_, let line, _): Issue.record("golden: \(line)")
      }
    }
  }
}

/// How often chance looks like a number: each hit of a rule with its digits and letters drawn anew,
/// without a word about it.
@Suite struct PassRateTests {
  /// A rule that is on for everyone asks for context when more than so many pass.
  private static let rateMax = 0.12
  private static let draws = 150
  /// Numbers told by their layout alone, which drawing anew leaves as it is. US social security
  /// numbers have no check digit, and nine of ten draws are numbers that may be given out; bare
  /// ones ask for a word. In the lines of a passport the chevrons are the evidence: their check
  /// digits are not asked for, since people blot out digits or mistype them and leave the name.
  private static let byLayout: Set<String> = [
    "identity/us/ssn", "identity/mrz", "money/card_masked",
  ]

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
