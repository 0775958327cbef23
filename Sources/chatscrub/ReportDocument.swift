import Foundation
import Pipeline
import Redact
import Rules
import Scan
import Text

/// The audit report: what was done with what, and how often. No value of the input is in it.
///
/// `result` depends on inputs, patterns, and options alone; `run` is what differs from run to run.
/// `Patterns/schemas/report-1.schema.json` is its schema.
struct ReportDocument: Encodable {
  let schema = "chatscrub-report"
  let version = 1
  let tool: Tool
  let result: Result
  let run: Run

  struct Tool: Encodable {
    let name = "chatscrub"
    let version: String
    let pcre2: String
    let icu: String
    let rules: Digest
    let dictionary: Digest
    let keptNames: Digest?

    enum CodingKeys: String, CodingKey {
      case name, version, pcre2, icu, rules, dictionary
      case keptNames = "kept_names"
    }
  }

  struct Digest: Encodable {
    let count: Int
    let sha256: String
  }

  struct Result: Encodable {
    let command: String
    let policy: String
    let configuration: [String]
    let keyID: String?
    let inputs: [Input]
    let outputs: [OutputSummary]
    let records: Records
    let texts: Texts
    let findings: [Finding]
    let byEntityType: [String: Int]
    let fields: [String: Int]
    let unknownFields: [String: Int]
    let staleFields: [String: Int]
    let flagsSet: [String: Int]
    let otherShape: Int
    let groups: Groups?
    let priorPlaceholders: Int
    let quarantineReasons: [String: Int]
    let rulesGaveUp: [String: Int]

    enum CodingKeys: String, CodingKey {
      case groups, command, policy, configuration, inputs, outputs, records, texts, findings, fields
      case keyID = "key_id"
      case byEntityType = "by_entity_type"
      case unknownFields = "unknown_fields"
      case staleFields = "stale_fields"
      case flagsSet = "flags_set"
      case otherShape = "shape_mismatches_scrubbed"
      case priorPlaceholders = "prior_placeholders"
      case quarantineReasons = "quarantine_reasons"
      case rulesGaveUp = "rules_gave_up"
    }
  }

  struct Groups: Encodable {
    let by: String
    let count: Int
    let cut: Int
  }

  struct Input: Encodable {
    let name: String
    let format: String
    let bytes: Int64
    let decodedBytes: Int64
    let records: Int
    let sha256: String?

    enum CodingKeys: String, CodingKey {
      case name, format, bytes, records, sha256
      case decodedBytes = "decoded_bytes"
    }
  }

  struct Records: Encodable {
    let read: Int
    let changed: Int
    let unchanged: Int
    let quarantined: Int
  }

  struct Texts: Encodable {
    let count: Int
    let bytes: Int
  }

  struct Finding: Encodable {
    let entityType: String
    let rule: String
    let role: String
    let path: String
    let action: String
    let count: Int

    enum CodingKeys: String, CodingKey {
      case rule, role, path, action, count
      case entityType = "entity_type"
    }
  }

  struct Run: Encodable {
    let finished: String
    let seconds: Double
    let megabytesPerSecond: Double
    let jobs: Int
    let host: String

    enum CodingKeys: String, CodingKey {
      case finished, seconds, jobs, host
      case megabytesPerSecond = "megabytes_per_second"
    }
  }

  init(
    _ configuration: ScrubConfiguration, _ results: [ScrubRun.UnitResult], elapsed: Duration
  ) {
    var total = ScrubTally()
    for result in results { total.merge(result.tally) }
    tool = Self.tool(configuration.engine)
    result = Self.result(configuration, results, total)
    let seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let bytes = results.flatMap(\.inputs).reduce(0.0) { $0 + Double($1.decodedBytes) }
    run = Run(
      finished: ISO8601DateFormatter().string(from: Date()),
      seconds: (seconds * 1000).rounded() / 1000,
      megabytesPerSecond: seconds > 0 ? (bytes / seconds / 1e5).rounded() / 10 : 0,
      jobs: configuration.jobs, host: ProcessInfo.processInfo.hostName)
  }

  /// The versions of all that decides what is found.
  static func tool(_ engine: Engine) -> Tool {
    Tool(
      version: ChatScrub.version, pcre2: pcre2Version(), icu: icuVersion(),
      rules: Digest(count: engine.scanner.ruleCount, sha256: engine.rulesDigest),
      dictionary: Digest(count: engine.dictionaryCount, sha256: engine.dictionaryDigest),
      keptNames: engine.keptDigest.map { Digest(count: engine.allow.names.count, sha256: $0) })
  }

  private static func result(
    _ configuration: ScrubConfiguration, _ results: [ScrubRun.UnitResult], _ total: ScrubTally
  ) -> Result {
    var byType: [String: Int] = [:]
    for (key, count) in total.findings { byType[key.entityType, default: 0] += count }
    return Result(
      command: configuration.command.name,
      policy: configuration.policy.name, configuration: results.map(\.configuration),
      keyID: configuration.keys?.id,
      inputs: results.flatMap { result in
        zip(result.inputs, result.formats).map { input, format in
          Input(
            name: input.name, format: format, bytes: input.bytes,
            decodedBytes: input.decodedBytes, records: input.records, sha256: input.sha256)
        }
      },
      // Files of single outputs that were joined into the one asked for are no more.
      outputs: results.flatMap(\.outputs).filter {
        results.count == 1 || FileManager.default.fileExists(atPath: $0.name)
      },
      records: Records(
        read: total.records, changed: total.changed, unchanged: total.unchanged,
        quarantined: total.quarantined),
      texts: Texts(count: total.texts, bytes: total.textBytes),
      findings: total.findings.sorted { $0.key < $1.key }.map { key, count in
        Finding(
          entityType: key.entityType, rule: key.rule, role: key.role, path: key.path,
          action: key.action, count: count)
      },
      byEntityType: byType, fields: total.fields, unknownFields: total.unknownFields,
      staleFields: total.staleFields, flagsSet: total.setFlags, otherShape: total.otherShape,
      groups: configuration.flags.groupBy.map {
        Groups(by: $0, count: total.groups, cut: total.groupsCut)
      },
      priorPlaceholders: total.priorPlaceholders, quarantineReasons: total.quarantineReasons,
      rulesGaveUp: total.rulesGaveUp)
  }

  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
