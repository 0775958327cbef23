import Foundation
import Testing

/// No value of the input reaches a message, the report, the findings or a checkpoint.
///
/// Only the output (where a rule may miss what it does not know) and the quarantine file may hold
/// input bytes, and both only because the user asked for them by name.
@Suite struct LeakTests {
  private static let depth = 1000

  @Test func nothingButTheQuarantineHoldsAPlantedValue() throws {
    let folder = try TemporaryFolder()
    try Self.records().write(to: folder.url.appending(path: "input.jsonl"))
    let result = try Shell.run(
      """
      chatscrub redact input.jsonl -o out.jsonl --report audit.json --quarantine bad.jsonl \
        --findings findings.jsonl --progress always
      """, in: folder.url)
    #expect(result.status == 3, "bad records end in quarantine")
    try expectNoTrace(
      in: folder.url, of: result,
      besides: ["input.jsonl", "out.jsonl", "bad.jsonl"],
      wanted: ["audit.json", "findings.jsonl", "bad.jsonl"])
  }

  @Test func scanningSaysNothingOfWhatItFound() throws {
    let folder = try TemporaryFolder()
    try Self.records().write(to: folder.url.appending(path: "input.jsonl"))
    let result = try Shell.run(
      "chatscrub scan input.jsonl --report audit.json --findings findings.jsonl", in: folder.url)
    try expectNoTrace(
      in: folder.url, of: result, besides: ["input.jsonl", "chatscrub-quarantine.jsonl"],
      wanted: ["audit.json", "findings.jsonl"])
  }

  /// A value that is the key of an object is in the way to a text, so it must not be in a path.
  @Test func keysThatHoldValuesAreNotShown() throws {
    let folder = try TemporaryFolder()
    try Self.keyedRecords().write(to: folder.url.appending(path: "input.jsonl"))
    let result = try Shell.run(
      """
      chatscrub redact input.jsonl -o out.jsonl --report audit.json --findings findings.jsonl
      """, in: folder.url)
    try expectNoTrace(
      in: folder.url, of: result, besides: ["input.jsonl", "out.jsonl"],
      wanted: ["audit.json", "findings.jsonl"])
  }

  @Test func anInterruptedRunLeavesACheckpointWithoutValues() throws {
    let folder = try TemporaryFolder()
    try Self.records().write(to: folder.url.appending(path: "input.jsonl"))
    // The reader is kept waiting by an input that does not end, then told to stop.
    let result = try Shell.run(
      """
      mkfifo feed
      { cat input.jsonl; for i in 1 2 3 4 5 6; do sleep 0.5; echo; done; } > feed &
      chatscrub redact --quarantine bad.jsonl --findings findings.jsonl -o out.jsonl < feed &
      run=$!
      sleep 1.5
      kill -INT $run
      wait $run
      rm feed
      """, in: folder.url)
    try expectNoTrace(
      in: folder.url, of: result,
      besides: [
        "input.jsonl", "out.jsonl", "out.jsonl.partial", "bad.jsonl", "bad.jsonl.partial",
      ], wanted: [])
  }

  /// What redaction takes away is nowhere in a collection, nor in what is said about it. User ids
  /// and the addresses of conversations go, whatever the policy.
  @Test func aCollectionHoldsNothingThatRedactionRemoved() throws {
    let folder = try TemporaryFolder()
    try Self.uploads().write(to: folder.url.appending(path: "input.jsonl"))
    try Data("an invented key, long enough".utf8).write(to: folder.url.appending(path: "id.key"))
    let result = try Shell.run(
      """
      chatscrub redact input.jsonl -o redacted.jsonl --quarantine bad.jsonl
      chatscrub unify input.jsonl -o collection.jsonl --report audit.json --id-key id.key \
        --findings findings.jsonl --quarantine set-aside.jsonl
      """, in: folder.url)
    #expect(result.status == 3, "bad records and conflicts end in quarantine")
    try expectNoTrace(
      in: folder.url, of: result,
      besides: [
        "input.jsonl", "redacted.jsonl", "collection.jsonl", "bad.jsonl", "set-aside.jsonl",
      ],
      wanted: ["audit.json", "findings.jsonl", "collection.jsonl.manifest.json", "set-aside.jsonl"])
    let redacted = try Data(contentsOf: folder.url.appending(path: "redacted.jsonl"))
    let collection = try Data(contentsOf: folder.url.appending(path: "collection.jsonl"))
    #expect(collection.split(separator: 10).count == PlantedValue.all.count)
    for value in PlantedValue.all {
      for trace in [value.text, Self.escaped(value.text)]
      where redacted.range(of: Data(trace.utf8)) == nil {
        #expect(collection.range(of: Data(trace.utf8)) == nil, "a value of \(value.type)")
      }
    }
    for secret in ["secret-user", "secret-address", "secret-place"] {
      #expect(collection.range(of: Data(secret.utf8)) == nil, "\(secret)")
    }
  }

  /// A good upload for each value, a bad one, and one whose user is in doubt.
  private static func uploads() -> Data {
    func upload(_ id: String, _ user: String, _ message: String) -> String {
      #"{"conversation_id": "\#(id)", "user_msgs": [\#(message)], "#
        + #""bot_msgs": ["Yes. ", \#(message)], "#
        + #""page_url": "https://chat.example/c/secret-address?u=1", "user_id": "\#(user)", "#
        + #""user_metadata": {"age": "27", "gender": "x", "location": "secret-place"}, "#
        + #""timestamp": "2025-01-02T03:04:05.678Z", "conversation_metadata": {}}"#
    }
    var lines = PlantedValue.all.enumerated().map { index, value in
      upload("c\(index)", "secret-user-\(index % 5)", quoted(value.sentence))
    }
    lines.append(upload("conflict", "secret-user-1", quoted("Hello")))
    lines.append(upload("conflict", "secret-user-2", quoted("Hello")))
    lines.append(String(lines[0].dropLast()))
    return Data(lines.map { $0 + "\n" }.joined().utf8)
  }

  @Test func wrongCallsDoNotQuoteTheInput() throws {
    let folder = try TemporaryFolder()
    try Self.records().write(to: folder.url.appending(path: "input.jsonl"))
    for line in [
      "chatscrub redact input.jsonl --format no-such-format",
      "chatscrub redact input.jsonl --policy input.jsonl",
      "chatscrub redact input.jsonl --key-file input.jsonl",
      "chatscrub redact input.jsonl --dictionary input.jsonl > /dev/null",
      "chatscrub redact input.jsonl > /dev/full",
    ] {
      let result = try Shell.run(line, in: folder.url)
      // The call with a dictionary does its work; what it could not scrub is in quarantine.
      try expectNoTrace(
        in: folder.url, of: result, besides: ["input.jsonl", "chatscrub-quarantine.jsonl"],
        wanted: [])
    }
  }

  /// Looks for every trace in both streams and in every file but the named ones.
  private func expectNoTrace(
    in folder: URL, of result: ShellResult, besides: Set<String>, wanted: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    for name in wanted where !names.contains(name) {
      Issue.record("\(name) was not written", sourceLocation: sourceLocation)
    }
    var texts = [("stderr", result.standardError), ("stdout", result.standardOutput)]
    for name in names.sorted() where !besides.contains(name) {
      texts.append((name, [UInt8](try Data(contentsOf: folder.appending(path: name)))))
    }
    for (name, bytes) in texts {
      let text = Data(bytes)
      for value in PlantedValue.all {
        let hits = value.traces.filter { trace in
          [trace, Self.escaped(trace)].contains { text.range(of: Data($0.utf8)) != nil }
        }
        // The message holds no value either: it names the type and the place.
        if !hits.isEmpty {
          Issue.record(
            "\(name) holds a value of \(value.type)", sourceLocation: sourceLocation)
        }
      }
    }
  }

  // MARK: - Records

  /// A good record for each value, then each kind of bad record with values in it.
  private static func records() -> Data {
    var lines = PlantedValue.all.enumerated().map { index, value in
      Data(record(index, quoted(value.sentence)).utf8)
    }
    let every = quoted(PlantedValue.all.map(\.sentence).joined(separator: " "))
    lines.append(Data(record(900, every).utf8))
    lines.append(Data(#"{"conversation": [{"content": \#(every) "role": "user"}]}"#.utf8))
    lines.append(Data(#"{"conversation": [{"content": \#(every)"#.utf8))
    lines.append(Data(every.utf8))
    lines.append(
      Data(
        PlantedValue.all.map(\.text).joined(separator: " ")
          .replacing("\n", with: " ").utf8))
    lines.append(Data(record(901, every.dropLast() + "\\x\"").utf8))
    var notText = Data(record(902, every).utf8)
    notText.insert(0xff, at: notText.count - 40)
    lines.append(notText)
    let deep = String(repeating: "[", count: depth) + every + String(repeating: "]", count: depth)
    lines.append(Data(record(903, deep).utf8))
    return lines.reduce(into: Data()) { $0 += $1 + Data("\n".utf8) }
  }

  /// Records of no known format, in which values are keys.
  private static func keyedRecords() -> Data {
    PlantedValue.all.reduce(into: Data()) { data, value in
      let key = quoted(value.text)
      data += Data(#"{"notes": {\#(key): {"text": "ask zz@example.org", \#(key): [1]}}}"#.utf8)
      data += Data("\n".utf8)
    }
  }

  private static func record(_ number: Int, _ content: some StringProtocol) -> String {
    #"{"conversation_id": "c\#(number)", "conversation": [{"content": \#(content), "#
      + #""role": "user"}], "model_name": "", "user_id": "u\#(number)", "timestamp": "", "#
      + #""source": "", "user_metadata": {"location": "", "age": "", "gender": ""}, "#
      + #""conversation_metadata": {"rate": "", "language": ""}}"#
  }

  /// The value as a JSON string.
  private static func quoted(_ value: String) -> String {
    "\"\(escaped(value))\""
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
