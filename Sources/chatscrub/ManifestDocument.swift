import Foundation
import Pipeline
import Redact
import Rules
import Scan
import Text
import Unify

/// What a collection is made of: its files with their digests, from what, with which versions, and
/// what of the inputs is not in it. No value of the input is in it, and nothing that differs from
/// run to run.
struct ManifestDocument: Encodable {
  let schema = "chatscrub-collection"
  let version = 1
  let tool: ReportDocument.Tool
  let result: Result

  struct Result: Encodable {
    let redacted: Bool
    let policy: String?
    let configuration: String
    let idKeyID: String?
    let inputs: [Input]
    let files: [File]
    let rows: Int
    let records: Records
    let revisions: Revisions
    let sameContent: Int
    let leftOut: LeftOut
    let systemMessages: Int
    let idsMade: Int
    let quarantineReasons: [String: Int]

    enum CodingKeys: String, CodingKey {
      case redacted, policy, configuration, inputs, files, rows, records, revisions
      case idKeyID = "id_key_id"
      case sameContent = "same_content"
      case leftOut = "left_out"
      case systemMessages = "system_messages"
      case idsMade = "ids_made"
      case quarantineReasons = "quarantine_reasons"
    }
  }

  struct Input: Encodable {
    let name: String
    let format: String
    let records: Int
    let rows: Int
    let bytes: Int64
    let sha256: String?
  }

  struct File: Codable {
    let name: String
    let rows: Int
    let bytes: Int64
    let sha256: String?
  }

  struct Records: Encodable {
    let read: Int
    let quarantined: Int
  }

  struct Revisions: Encodable {
    let superseded: Int
    let repeated: Int
    let conflicts: Int
  }

  struct LeftOut: Encodable {
    let emptyConversations: Int
    let messages: [String: Int]
    let fields: [String: Int]
    let userIDs: Int
    let times: Int
    let loneSurrogates: Int

    enum CodingKeys: String, CodingKey {
      case messages, fields, times
      case emptyConversations = "empty_conversations"
      case userIDs = "user_ids"
      case loneSurrogates = "lone_surrogates"
    }
  }

  init(_ configuration: UnifyConfiguration, _ result: UnifyRun.Result) {
    tool = ReportDocument.tool(configuration.scrub.engine)
    let (tally, gathering) = (result.tally, result.gathering)
    self.result = Result(
      redacted: configuration.redacts,
      policy: configuration.redacts ? configuration.scrub.policy.name : nil,
      configuration: result.unit.configuration, idKeyID: configuration.idKeys?.id,
      inputs: zip(result.unit.inputs, result.unit.formats).enumerated().map { index, input in
        Input(
          name: input.0.name, format: input.1, records: input.0.records,
          rows: gathering.rowsOfInput[index], bytes: input.0.bytes, sha256: input.0.sha256)
      },
      files: gathering.shards.map { shard in
        let summary = shard.file.summary
        return File(
          name: Paths.name(of: summary.name), rows: shard.rows, bytes: summary.bytes,
          sha256: summary.sha256)
      },
      rows: gathering.verdicts[.kept] ?? 0,
      records: Records(read: tally.scrub.records, quarantined: tally.scrub.quarantined),
      revisions: Revisions(
        superseded: gathering.verdicts[.superseded] ?? 0,
        repeated: gathering.verdicts[.repeated] ?? 0,
        conflicts: gathering.verdicts[.conflict] ?? 0),
      sameContent: gathering.sameContent,
      leftOut: LeftOut(
        emptyConversations: tally.emptyConversations, messages: tally.messagesLeftOut,
        fields: tally.leftBehind, userIDs: tally.userIDsLeftOut, times: tally.timesNotUnderstood,
        loneSurrogates: tally.loneSurrogates),
      systemMessages: tally.systemMessages, idsMade: tally.idsMade,
      quarantineReasons: tally.scrub.quarantineReasons)
  }

  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// The names of the files that a manifest lists; none where there is no manifest.
  static func files(in path: String) -> [String] {
    struct Listed: Decodable {
      struct Result: Decodable { let files: [File] }
      let result: Result
    }
    guard let data = FileManager.default.contents(atPath: path),
      let listed = try? JSONDecoder().decode(Listed.self, from: data)
    else { return [] }
    return listed.result.files.map(\.name)
  }
}
