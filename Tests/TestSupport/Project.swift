internal import Builtin
package import Foundation
package import Names
package import PatternFiles
package import Rules
package import Scan
internal import Text

/// The project's own patterns, read once for all suites: reading the dictionaries takes a moment in
/// debug.
package enum Project {
  package static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  package static let pack = try! PatternPack(directory: root.path + "/Patterns")
  package static let ruleFiles = try! PatternPack.ruleFiles(in: root.path + "/Patterns/rules")
  /// Every rule, those of all regions included.
  package static let ruleset = try! Ruleset(pack.rules, tables: pack.tables, regions: ["all"])

  /// The whole dictionaries, as the build compiled them.
  package static let names: NameScanner = {
    let parts = NamePack.Parts(
      dictionary: ConstantBytes(Builtin.dictionary), models: Builtin.models, cues: Builtin.cues,
      languages: Builtin.languages, inflections: Builtin.inflections)
    return try! NamePack(parts).scanner(mode: .balanced)
  }()

  /// Everything that is on, all regions included.
  package static let scanner = Scan.Scanner(
    ruleset: ruleset, names: names, zones: pack.zones)

  /// The bytes of a file of the project.
  package static func bytes(ofFile path: String) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: root.path + "/" + path) else {
      fatalError("\(path) cannot be read")
    }
    return Array(data)
  }

  /// The lines of the examples that users are shown, each one JSON value.
  package static let exampleRecords: [[UInt8]] = {
    var records: [[UInt8]] = []
    for file in ["sharelm_hub.jsonl", "wildchat.jsonl"] {
      records += bytes(ofFile: "Patterns/examples/\(file)").split(separator: 10).map(Array.init)
    }
    return records + [bytes(ofFile: "Patterns/examples/sharegpt.json")]
  }()
}

/// The findings of one text, in the order of their places.
package func findings(
  in text: String, _ scanner: Scan.Scanner
) throws(ScanFailure) -> [Finding] {
  var scratch = ScanScratch(for: scanner)
  return try findings(in: Array(text.utf8), scanner, using: &scratch)
}

/// The findings of one text, in the order of their places.
package func findings(
  in text: [UInt8], _ scanner: Scan.Scanner, using scratch: inout ScanScratch
) throws(ScanFailure) -> [Finding] {
  var found: [Finding] = []
  try scanner.scan(text.span, using: &scratch, into: &found)
  return found.sorted {
    ($0.range.lowerBound, $0.range.upperBound, $0.rule, $0.score)
      < ($1.range.lowerBound, $1.range.upperBound, $1.rule, $1.score)
  }
}

extension [Finding] {
  /// The findings as the whole scanner's users see them: disjoint, everything acted on but
  /// placeholders.
  package func settled(_ scanner: Scan.Scanner) -> [Finding] {
    var result = self
    var ranks = [Rank](repeating: .act, count: scanner.entityTypes.count)
    ranks[scanner.placeholder] = .protected
    result.resolve(ranks: ranks) { _ in true }
    return result
  }
}

/// A rule for a test, with one expression and nothing that does not matter.
package func rule(
  _ id: String, type: String = "THING", regex: String, score: Double = 0.8,
  prefilter: Prefilter = .token(min: 1, max: .max), lookback: Int = 0, clean: String = "",
  validators: [ValidatorDefinition] = [], context: ContextDefinition? = nil, tier: Int = 1,
  regions: [String] = []
) -> RuleDefinition {
  RuleDefinition(
    id: id, entityType: type, about: "A rule of a test.", tier: tier, regions: regions,
    patterns: [
      PatternDefinition(regex: regex, score: score, prefilter: prefilter, lookback: lookback)
    ], clean: clean, validators: validators, context: context)
}

/// No table: for rules whose validators read none.
package let noTables = ValidatorTables(ibanLengths: [:], phonePlans: [])
