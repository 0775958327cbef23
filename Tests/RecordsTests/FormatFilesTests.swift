import Foundation
import Records
import Testing
import Yams

/// The files in `Patterns/formats`: they compile, and each recognises its own shape only.
@Suite struct FormatFilesTests {
  /// Invented records with the keys of each published format.
  private static let records: [String: String] = [
    "sharelm_upload": #"""
    {"conversation_id":"c","bot_msgs":["Hi"],"user_msgs":["Hello","Bye"],
    "page_url":"https://chat.example/c/1","user_id":"u","user_metadata":{"age":"27","gender":"x",
    "location":"Springfield"},"timestamp":"2025-01-02T03:04:05.678Z",
    "conversation_metadata":{"message_ratings":[1],"rate":"thumbup"}}
    """#,
    "sharelm_hub": #"""
    {"conversation_id":"c","conversation":[{"content":"Hi","role":"user"}],"model_name":"m",
    "user_id":"u","timestamp":"","source":"https://data.example/x","user_metadata":{"location":"",
    "age":"","gender":""},"conversation_metadata":{"rate":"","language":"English","redacted":"",
    "toxic":"","title":"T","custom_instruction":"","status":""}}
    """#,
    "wildchat": #"""
    {"conversation_hash":"h","model":"m","timestamp":"2024-01-02 03:04:05","conversation":[
    {"content":"Hi","country":"Utopia","hashed_ip":"i","header":{"accept-language":"en",
    "user-agent":"ua"},"language":"English","redacted":false,"role":"user","state":"S",
    "timestamp":null,"toxic":false,"turn_identifier":1}],"turn":1,"language":"English",
    "openai_moderation":[{"flagged":false}],"detoxify_moderation":[],"toxic":false,
    "redacted":false,"state":"S","country":"Utopia","hashed_ip":"i","header":{"user-agent":"ua"}}
    """#,
    "lmsys_chat_1m": #"""
    {"conversation_id":"c","model":"m","conversation":[{"content":"Hi","role":"user"}],"turn":1,
    "language":"English","openai_moderation":[{"categories":{"hate/threatening":false}}],
    "redacted":false}
    """#,
    "openai_messages": #"""
    {"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text",
    "text":"Hi"},{"type":"image_url","image_url":{"url":"data:,"}}]},{"role":"assistant",
    "tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]}],
    "user":"u","metadata":{"team":"x"},"tools":[]}
    """#,
    "sharegpt": #"""
    {"id":"s","conversations":[{"from":"human","value":"Hi"},{"from":"gpt","value":"Hello"}]}
    """#,
  ]

  @Test func eachFormatRecognisesItsOwnShape() throws {
    let detector = FormatDetector(formats: try formats())
    for (name, record) in Self.records {
      guard case .one(let format, _, _) = detector.detect(records: [Array(record.utf8)]) else {
        Issue.record("\(name) is not recognised")
        continue
      }
      #expect(format.name == name)
    }
  }

  @Test func noStringOfAPublishedShapeIsUnknown() throws {
    for format in try formats() {
      guard let text = Self.records[format.name] else { continue }
      let record = Array(text.utf8)
      var parser = RecordParser(format: format)
      var map = RecordMap()
      try parser.parse(record.span, into: &map)
      let unknown = map.values.filter { $0.field < 0 }.map(\.range.lowerBound)
      #expect(renderPaths(of: record.span, at: unknown) == [], "\(format.name)")
    }
  }

  @Test func wildChatsHeadersAreReplacedWhole() throws {
    let format = try #require(try formats().first { $0.name == "wildchat" })
    let record = Array(try #require(Self.records["wildchat"]).utf8)
    var parser = RecordParser(format: format)
    var map = RecordMap()
    try parser.parse(record.span, into: &map)
    let paths = renderPaths(of: record.span, at: map.values.map(\.range.lowerBound))
    #expect(
      paths == [
        "timestamp", "conversation[0].content", "conversation[0].country",
        "conversation[0].hashed_ip", "conversation[0].header", "conversation[0].state",
        "conversation[0].timestamp", "state", "country", "hashed_ip", "header",
      ])
    #expect(map.role(of: map.values[1]) == .user)
  }

  @Test func everyFileIsComplete() throws {
    let formats = try formats()
    #expect(Set(formats.map(\.name)) == Set(Self.records.keys).union(["generic"]))
    for format in formats { #expect(!format.definition.about.isEmpty) }
  }

  /// Reads the files with no more care than a test needs; the real loader is in `PatternFiles`.
  private func formats() throws -> [Format] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Patterns/formats")
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
      .map { file in
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        let keys = try #require(try Yams.load(yaml: text) as? [String: Any])
        let definition = try definition(keys)
        #expect(definition.name + ".yaml" == file)
        return try Format(definition)
      }
  }

  private func definition(_ keys: [String: Any]) throws -> FormatDefinition {
    let known: Set = [
      "name", "about", "sources", "weight", "detect", "roles", "text", "keep", "role", "language",
      "conversation_id", "identifiers",
    ]
    #expect(known.isSuperset(of: keys.keys))
    var fields: [FieldDefinition] = []
    let uses: [(String, FieldUse)] = [
      ("text", .text), ("keep", .keep), ("role", .role), ("language", .language),
      ("conversation_id", .conversationID),
    ]
    for (key, use) in uses {
      for entry in keys[key] as? [Any] ?? (keys[key].map { [$0] } ?? []) {
        if let path = entry as? String {
          fields.append(FieldDefinition(path: path, use: use))
        } else {
          let entry = try #require(entry as? [String: String])
          let role = try #require(entry["role"].flatMap(Role.init(name:)))
          fields.append(FieldDefinition(path: try #require(entry["path"]), use: use, role: role))
        }
      }
    }
    for (path, name) in (keys["identifiers"] as? [String: String] ?? [:]).sorted(by: <) {
      let action = try #require(FieldAction(rawValue: name))
      fields.append(FieldDefinition(path: path, use: .identifier(action)))
    }
    return FormatDefinition(
      name: try #require(keys["name"] as? String), about: keys["about"] as? String ?? "",
      fields: fields, detect: keys["detect"] as? [String] ?? [],
      weight: keys["weight"] as? Int ?? 0)
  }
}
