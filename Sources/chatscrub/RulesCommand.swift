import ArgumentParser
import Foundation
import PatternFiles
import Rules
import Scan

/// What a command ends with when it failed.
enum Failure {
  static let two = ExitCode(2)
}

/// `chatscrub rules`.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Shows, checks, tests and explains rules.",
    subcommands: [
      RulesListCommand.self, RulesShowCommand.self, RulesCheckCommand.self,
      RulesTestCommand.self, RulesExplainCommand.self,
    ])
}

/// `chatscrub rules list`.
struct RulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists rules: id, entity type, tier, regions, what it is.")

  @OptionGroup var flags: PatternFlags

  @Option(help: "Only this entity type, or a prefix such as 'SECRET_*'.")
  var type: String?

  @Option(help: "Only rules of this country, an ISO 3166-1 code such as de.")
  var region: String?

  @Option(help: "Only this tier: 1 on, 2 on with a checksum or context, 3 on with --regions.")
  var tier: Int?

  @Flag(help: "One JSON object a line.")
  var json = false

  /// The regions of a rule, for a column of a table.
  private static func shortened(_ regions: [String]) -> String {
    if regions.isEmpty { return "-" }
    let shown = regions.prefix(4).joined(separator: ",")
    return regions.count > 4 ? "\(shown) … \(regions.count)" : shown
  }

  func run() throws {
    try failingWithTwo {
      let rules = try flags.book().rules.filter { rule in
        if let tier, rule.tier != tier { return false }
        if let region, !rule.regions.contains(region.lowercased()) { return false }
        guard let type else { return true }
        return type.hasSuffix("*")
          ? rule.entityType.hasPrefix(type.dropLast()) : rule.entityType == type
      }
      if json {
        for rule in rules { print(try RuleText.json(RuleText.Line(rule))) }
        return
      }
      let rows = rules.map { rule in
        [
          rule.id, rule.entityType, "\(rule.tier)",
          Self.shortened(rule.regions),
        ]
      }
      let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
      for (row, rule) in zip(rows, rules) {
        let cells = zip(row, widths).map { cell, width in
          cell + String(repeating: " ", count: width - cell.count)
        }
        print("\(cells.joined(separator: "  "))  \(RuleText.oneLine(rule.about))")
      }
    }
  }
}

/// `chatscrub rules show`.
struct RulesShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a rule as data, with its examples and sources.")

  @OptionGroup var flags: PatternFlags

  @Argument(help: "The rule's id, as `rules list` has it.")
  var id: String

  @Flag(help: "As one JSON object.")
  var json = false

  func run() throws {
    try failingWithTwo {
      let book = try flags.book()
      let rule = try book.rule(id)
      let document = book.documents[rule.id]
      if json {
        print(try RuleText.json(RuleText.Whole(rule: rule, document: document)))
      } else {
        print(RuleText.yaml(rule, document), terminator: "")
      }
    }
  }
}

/// `chatscrub rules check`.
struct RulesCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Loads and lints rule files; a line for each problem, exit 2 when there is one.")

  @Option(help: "A folder laid out as Patterns/, used instead of the built-in tables.")
  var patterns: String?

  @Argument(help: "Rule files, files of Presidio's recognizers, or directories.")
  var paths: [String]

  func run() throws {
    try failingWithTwo {
      let pack = try RuleBook(rules: nil, patterns: patterns).pack
      var problems = 0
      var rules = 0
      for path in paths {
        let source = RuleSource(path: path, tables: pack.tables, known: pack.rules)
        for problem in source.problems { print(problem) }
        for note in source.notes { Console.note("\(note)") }
        problems += source.problems.count
        rules += source.files.count
      }
      Console.note("rules: \(rules), problems: \(problems)")
      if problems > 0 { throw Failure.two }
    }
  }
}

/// `chatscrub rules test`.
struct RulesTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs the examples of rules; exit 1 when one does not do what it should.")

  @Option(help: "A folder laid out as Patterns/, used instead of the built-in rules.")
  var patterns: String?

  @Argument(help: "A rule's id, a rule file, or a directory; all built-in rules when left out.")
  var target: String?

  func run() throws {
    try failingWithTwo {
      var failures = 0
      var count = 0
      let (rules, tables, files) = try proofs()
      for (rule, document) in rules {
        let proof: RuleProof
        do {
          proof = try RuleProof(rule, document, tables: tables)
        } catch let failure as ScanFailure {
          throw PatternFileError(file: rule.id, message: "the rule gave up: \(failure.reason)")
        }
        count += proof.count
        failures += proof.failures.count
        for outcome in proof.failures { print(Self.line(outcome, rule, files[rule.id])) }
        for outcome in proof.closedGaps { print(Self.line(outcome, rule, files[rule.id])) }
      }
      Console.note("rules: \(rules.count), examples: \(count), failures: \(failures)")
      if failures > 0 { throw ExitCode(1) }
    }
  }

  /// The rules to be tested, and the files they come from.
  private func proofs() throws -> (
    rules: [(RuleDefinition, RuleDocument)], tables: ValidatorTables, files: [String: String]
  ) {
    let isPath = target.map { FileManager.default.fileExists(atPath: $0) } ?? false
    if let target, isPath {
      let pack = try RuleBook(rules: nil, patterns: patterns).pack
      // A rule under test may be one of the built-in ones, in another version.
      let source = RuleSource(path: target, tables: pack.tables)
      for problem in source.problems.dropLast() { Console.error("\(problem)") }
      if let last = source.problems.last { throw last }
      var files: [String: String] = [:]
      for file in source.files { files[file.definition.id] = file.file }
      let rules = source.files.map { ($0.definition, RuleDocument($0)) }
      return (rules, pack.tables, files)
    }
    let book = try RuleBook(rules: nil, patterns: patterns)
    let wanted = try target.map { [try book.rule($0)] } ?? book.rules
    let rules = wanted.compactMap { rule in book.documents[rule.id].map { (rule, $0) } }
    return (rules, book.pack.tables, [:])
  }

  private static func line(
    _ outcome: RuleProof.Outcome, _ rule: RuleDefinition, _ file: String?
  ) -> String {
    let place = "\(file ?? "rules/\(rule.id).yaml"):\(outcome.line)"
    let found = outcome.found.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
    let what = found.isEmpty ? "nothing is found" : "found at bytes \(found)"
    switch outcome.kind {
    case .hit: return "\(place): hit \(outcome.number) is not found as it should be: \(what)"
    case .miss: return "\(place): miss \(outcome.number) is \(what)"
    case .knownGap:
      return "\(place): known gap \(outcome.number) is found now; it can become a hit"
    }
  }
}
