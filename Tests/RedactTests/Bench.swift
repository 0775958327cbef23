import PatternFiles
import Records
import Redact
import Rules
import Scan
import TestSupport
import Testing

/// A scrubber for tests: all rules and names, or none but those given.
struct Bench: ~Copyable {
  private var scrubber: RecordScrubber

  /// A key of sixteen bytes and more, for tests alone.
  static let keys = Keyring(secret: Array("a key that opens no door\n".utf8))

  init(
    rules: [RuleDefinition]? = nil, names: Bool = true, policy: PolicyDefinition? = nil,
    fields: [FieldDefinition] = [FieldDefinition(path: "**", use: .text)], keys: Keyring? = nil,
    redactsOnFailure: Bool = false, layout: RecordLayout = .json, columns: [String] = []
  ) throws {
    let denied = (policy?.deny ?? []).enumerated().compactMap { $1.rule(number: $0 + 1) }
    var phrases = FoldedPhrases()
    for list in policy?.deny ?? [] {
      for phrase in list.values.folded { phrases.add(phrase, entityType: list.entityType) }
    }
    let ruleset =
      try rules.map { try Ruleset($0 + denied, tables: Project.pack.tables) } ?? Project.ruleset
    let people = names ? Project.names : nil
    let scanner = Scan.Scanner(ruleset: ruleset, names: people, denied: phrases)
    let plan = ScrubPlan(
      scanner: scanner, names: people,
      format: try Format(FormatDefinition(name: "test", fields: fields)),
      policy: policy ?? PolicyDefinition(name: "all"), keys: keys,
      redactsOnFailure: redactsOnFailure,
      allow: try AllowList((policy ?? PolicyDefinition(name: "all")).allow))
    scrubber = RecordScrubber(plan: plan)
    scrubber.layout = layout
    scrubber.columns = columns.map { Array($0.utf8) }
  }

  /// The record with its changes.
  mutating func scrub(_ record: [UInt8]) throws -> [UInt8] {
    let isChanged = try scrubber.scrub(record.span)
    var output: [UInt8] = []
    scrubber.append(record.span, to: &output)
    if !isChanged && output != record { throw BenchError.changedWithoutSayingSo }
    return output
  }

  /// Records that share their entities, each with its changes; `nil` for one that is refused.
  mutating func scrub(together records: [String]) throws -> [String?] {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    for record in records {
      bytes += Array("\n".utf8)
      ranges.append(bytes.count..<bytes.count + record.utf8.count)
      bytes += Array(record.utf8)
    }
    _ = try scrubber.scrub(bytes.span, records: ranges)
    let refused = Set(scrubber.refused.map(\.number))
    return ranges.enumerated().map { number, range in
      if refused.contains(number) { return nil }
      var output: [UInt8] = []
      scrubber.append(bytes.span, record: range, to: &output)
      #expect(scrubber.isChanged(range) == (output != Array(bytes[range])))
      return String(decoding: output, as: UTF8.self)
    }
  }

  /// The record with its changes.
  mutating func scrub(_ record: String) throws -> String {
    String(decoding: try scrub(Array(record.utf8)), as: UTF8.self)
  }

  /// The types of what the allow-list kept in the record last scrubbed.
  var allowed: [String] {
    scrubber.reported.filter(\.isAllowed).map {
      scrubber.plan.scanner.entityTypes[$0.finding.entityType]
    }
  }

  /// The rules that gave up on the record last scrubbed.
  var gaveUp: [String] { scrubber.gaveUp }

  /// What was acted on in the record last scrubbed: places in the record that is read, for strings
  /// without escapes.
  var acted: [(range: Range<Int>, type: String)] {
    scrubber.reported.filter { $0.action != .keep && !isPlaceholder($0) }.map {
      let start = scrubber.map.values[$0.value].range.lowerBound
      let range = $0.finding.range
      return (
        start + range.lowerBound..<start + range.upperBound,
        scrubber.plan.scanner.entityTypes[$0.finding.entityType]
      )
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// What was found in the record last scrubbed, kept or not: bytes of the decoded text.
  var found: [(text: String, range: Range<Int>, type: String)] {
    scrubber.reported.map {
      (
        String(decoding: scrubber.text(ofValue: $0.value), as: UTF8.self), $0.finding.range,
        scrubber.plan.scanner.entityTypes[$0.finding.entityType]
      )
    }
  }

  private func isPlaceholder(_ finding: ReportedFinding) -> Bool {
    finding.finding.entityType == scrubber.plan.scanner.placeholder
  }

  /// Everything reported of the record last scrubbed, with its action.
  var actions: [(type: String, action: Operator)] {
    scrubber.reported.map {
      (scrubber.plan.scanner.entityTypes[$0.finding.entityType], $0.action)
    }
  }

  var changedFields: [Int32] { scrubber.changedFields }
  var staleFields: [Int32] { scrubber.staleFields.map(\.field) }
  var staleActions: [DerivedAction] { scrubber.staleFields.map(\.action) }
  var setFlags: [Int32] { scrubber.setFlags }
}

enum BenchError: Error { case changedWithoutSayingSo }

/// A rule for invented badges, for tests of what happens to findings.
let badgeRule = rule(
  "test/badge", type: "BADGE", regex: "BDG-[0-9]{4}", prefilter: .literals(["BDG-"]))

/// A JSON string of a text.
func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\" + String(scalar)
    case "\n": result += "\\n"
    case _ where scalar.value < 32:
      let hex = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// A JSON string of a text in which every character is an escape.
func escapedString(_ text: String) -> String {
  "\""
    + text.utf16.map { unit in
      let hex = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }.joined() + "\""
}
