import ArgumentParser
import Foundation
import Names
import PatternFiles
import Redact
import Rules
import Scan
import Text

/// `chatscrub rules explain`.
struct RulesExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says why each span of a text is found, what lost to it, and what is not found.",
    discussion: """
      The text is taken as one message. Offsets count code points. What the text says is shown \
      only with --show-values.
      """)

  @OptionGroup var flags: PatternFlags

  @Option(help: "National rules of these countries (ISO 3166-1 codes): us,de,… or all.")
  var regions: String?

  @Option(help: "How much evidence a name needs: balanced, recall, paranoid.")
  var names = NameMode.balanced

  @Option(help: "A preset (release, research, strict) or a policy file.")
  var policy = "release"

  @Option(help: "The least score that counts, 0 to 1, for every type.")
  var threshold: Double?

  @Option(help: "A list of names of your own; see Patterns/names/README.md.")
  var dictionary: String?

  @Flag(help: "Show the text of each span.")
  var showValues = false

  @Flag(help: "As one JSON object.")
  var json = false

  @Argument(help: "The text; - reads it from standard input.")
  var text: String

  func run() throws {
    try failingWithTwo {
      var bytes = Array(text.utf8)
      if text == "-" {
        bytes = Array(FileHandle.standardInput.readDataToEndOfFile())
        guard String(validating: bytes, as: UTF8.self) != nil else {
          throw PatternFileError(file: "-", message: "the text is not UTF-8")
        }
      }
      let explanation = try Explainer(self).explain(bytes)
      if json {
        print(try RuleText.json(explanation))
      } else {
        print(explanation.text, terminator: "")
      }
    }
  }
}

/// Runs the engine's slow path over a text and puts names to what it says.
private struct Explainer {
  private let book: RuleBook
  private let engine: Engine
  private let rules: [String: RuleDefinition]
  private let ranks: [Rank]
  private let policy: PolicyDefinition
  private let showsValues: Bool

  init(_ command: RulesExplainCommand) throws {
    let dictionary = command.dictionary
    let lists = Later { try NameLists.load(userList: dictionary) }
    book = try command.flags.book()
    var arguments: [String] = ["--names", command.names.rawValue]
    if let regions = command.regions { arguments += ["--regions", regions] }
    if let threshold = command.threshold { arguments += ["--threshold", "\(threshold)"] }
    var pack = book.pack
    pack.rules = book.rules
    policy = try ScrubConfiguration.policy(command.policy, presets: pack.policies)
    engine = try Engine(
      try ScrubFlags.parse(arguments), policy: policy, pack: pack, patterns: [], lists: lists)
    var rules: [String: RuleDefinition] = [:]
    for rule in engine.pack.rules { rules[rule.id] = rule }
    self.rules = rules
    let scanner = engine.scanner
    let policy = policy
    ranks = scanner.entityTypes.indices.map { index in
      if index == scanner.placeholder { return .protected }
      return policy.operator(for: scanner.entityTypes[index]) == .keep ? .keep : .act
    }
    showsValues = command.showValues
  }

  func explain(_ text: [UInt8]) throws -> Explanation {
    var scratch = ScanScratch(for: engine.scanner)
    let candidates: [Candidate]
    do {
      candidates = try engine.scanner.candidates(in: text.span, using: &scratch)
    } catch {
      throw PatternFileError(file: error.rule, message: "the rule gave up: \(error.reason)")
    }
    let (findings, coveredBy) = candidates.resolved(text.span, ranks: ranks)
    var folding = FoldTable()
    var spans: [Explanation.Span] = []
    for (index, finding) in findings.enumerated() {
      var span = Explanation.Span(
        place: place(finding.range, text),
        entityType: engine.scanner.entityTypes[finding.entityType],
        score: Self.rounded(finding.score), rule: engine.scanner.ruleIDs[finding.rule],
        action: finding.entityType == engine.scanner.placeholder
          ? "keep" : policy.operator(for: engine.scanner.entityTypes[finding.entityType]).rawValue)
      for (candidate, cover) in zip(candidates, coveredBy) where cover == index {
        let part = try reason(candidate, text, &folding)
        let isWinner =
          candidate.rule == finding.rule && candidate.score == finding.score && span.because == nil
        if isWinner { span.because = part } else { span.lost.append(part) }
      }
      spans.append(span)
    }
    var rest: [Explanation.Reason] = []
    for (candidate, cover) in zip(candidates, coveredBy) where cover == nil {
      rest.append(try reason(candidate, text, &folding))
    }
    return Explanation(spans: spans, notFound: rest)
  }

  private func reason(
    _ candidate: Candidate, _ text: [UInt8], _ folding: inout FoldTable
  ) throws -> Explanation.Reason {
    let id = engine.scanner.ruleIDs[candidate.rule]
    var reason = Explanation.Reason(
      place: place(candidate.value, text), rule: id,
      entityType: engine.scanner.entityTypes[candidate.entityType],
      scoreBefore: Self.rounded(candidate.base), score: candidate.score.map(Self.rounded))
    reason.zone = candidate.zone?.rawValue
    if ["names/dictionary", "names/place", "names/organization"].contains(id) {
      reason.features = features(of: candidate.value, text)
    }
    let rule = rules[id]
    let names = rule?.validators.map { RuleText.name(of: $0, withParameters: false) } ?? []
    if let expression = candidate.expression {
      reason.pattern = expression + 1
      reason.validators = zip(names, candidate.validity).map {
        Explanation.Check(name: $0, holds: $1)
      }
      let match = RegexMatch(range: candidate.match, value: candidate.value)
      if candidate.fate != .noContext,
        let word = try rule?.contextWord(
          of: match, expression: expression, in: text.span, tables: engine.pack.tables,
          folding: &folding)
      {
        // A word may stand for one of the file without its last vowel.
        let languages = book.documents[id]?.words.filter { _, words in
          words.contains { $0.hasPrefix(word) }
        }.keys.sorted()
        reason.context = Explanation.Word(word: word, languages: languages ?? [])
      }
    } else if rule != nil {
      reason.isReadAnew = true
    }
    switch candidate.fate {
    case .found: break
    case .refused(let index):
      reason.why = "the validator \(names.indices.contains(index) ? names[index] : "") refuses it"
    case .noContext: reason.why = "it needs a context word, and there is none"
    case .belowThreshold(let least): reason.why = "its score is below \(Self.rounded(least))"
    }
    return reason
  }

  /// The features that speak most for and against a name, with their points.
  private func features(of range: Range<Int>, _ text: [UInt8]) -> [String] {
    var scratch = NameScratch()
    var maps = ByteMaps(marked: [])
    maps.scan(text.span)
    let (group, all) = engine.names.contributions(
      to: range, in: text.span, maps: maps, using: &scratch)
    if all.isEmpty { return [] }
    return ["weights of \(group)"]
      + all.prefix(6).map { "\($0.feature) \($0.points > 0 ? "+" : "")\($0.points)" }
  }

  private func place(_ range: Range<Int>, _ text: [UInt8]) -> Explanation.Place {
    func points(_ range: Range<Int>) -> Int { range.count { text[$0] & 0xC0 != 0x80 } }
    let start = points(0..<range.lowerBound)
    return Explanation.Place(
      start: start, end: start + points(range), byteStart: range.lowerBound,
      byteEnd: range.upperBound,
      text: showsValues ? String(decoding: text[range], as: UTF8.self) : nil)
  }

  private static func rounded(_ score: Float) -> Double {
    (Double(score) * 100).rounded() / 100
  }
}

/// What `rules explain` says.
struct Explanation: Encodable {
  struct Place: Encodable {
    let start: Int
    let end: Int
    let byteStart: Int
    let byteEnd: Int
    let text: String?

    enum CodingKeys: String, CodingKey {
      case start, end, text
      case byteStart = "byte_start"
      case byteEnd = "byte_end"
    }

    var line: String { "\(start)-\(end)\(text.map { " \(RuleText.quoted($0))" } ?? "")" }
  }

  struct Check: Encodable {
    let name: String
    let holds: Bool
  }

  struct Word: Encodable {
    let word: String
    let languages: [String]
  }

  /// One pattern or name rule at one place.
  struct Reason: Encodable {
    let place: Place
    let rule: String
    let entityType: String
    /// 1-based.
    var pattern: Int?
    let scoreBefore: Double
    let score: Double?
    var validators: [Check] = []
    var context: Word?
    /// The zone that lowered the score.
    var zone: String?
    /// The group of weights that decided on a name, and the strongest features with their points.
    var features: [String]?
    /// Set where the rule saw it in a text made for it: behind its label, which stands elsewhere,
    /// or with its digits in ASCII.
    var isReadAnew: Bool?
    /// Why it is not found.
    var why: String?

    enum CodingKeys: String, CodingKey {
      case place, rule, pattern, score, validators, context, zone, features, why
      case isReadAnew = "read_anew"
      case entityType = "entity_type"
      case scoreBefore = "score_before_context"
    }

    var line: String {
      var parts: [String] = []
      if let pattern { parts.append("pattern \(pattern)") }
      if let score, score != scoreBefore {
        parts.append("\(scoreBefore) before context, \(score) after")
      } else {
        parts.append("score \(scoreBefore)")
      }
      if let context {
        let languages =
          context.languages.isEmpty ? "" : " (\(context.languages.joined(separator: ", ")))"
        parts.append("context word \(RuleText.quoted(context.word))\(languages)")
      }
      if let zone { parts.append("lowered by the zone \(zone)") }
      for check in validators { parts.append("\(check.name) \(check.holds ? "holds" : "fails")") }
      if isReadAnew == true { parts.append("read behind its label, or with its digits in ASCII") }
      if let features { parts += features }
      if let why { parts.append(why) }
      return parts.joined(separator: "; ")
    }
  }

  struct Span: Encodable {
    let place: Place
    let entityType: String
    let score: Double
    let rule: String
    let action: String
    var because: Reason?
    /// What overlapped it and gave way.
    var lost: [Reason] = []

    enum CodingKeys: String, CodingKey {
      case place, score, rule, action, because, lost
      case entityType = "entity_type"
    }
  }

  let spans: [Span]
  let notFound: [Reason]

  enum CodingKeys: String, CodingKey {
    case spans
    case notFound = "not_found"
  }

  /// For people.
  var text: String {
    var lines: [String] = []
    for span in spans {
      lines.append(
        "\(span.place.line) \(span.entityType) \(span.score), by \(span.rule): \(span.action)")
      if let because = span.because { lines.append("  \(because.line)") }
      for other in span.lost {
        lines.append(
          "  over \(other.rule), \(other.entityType) at \(other.place.line): \(other.line)")
      }
    }
    if spans.isEmpty { lines.append("nothing is found") }
    if !notFound.isEmpty { lines.append("looked at and not found:") }
    for other in notFound {
      lines.append("  \(other.place.line) \(other.entityType), by \(other.rule): \(other.line)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
