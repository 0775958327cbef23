import Foundation
import PatternFiles
import Pipeline
import Records
import Redact
import TestSupport
import Testing

@testable import Unify

/// Records become rows in the pipeline, redacted or not, whatever the number of workers.
@Suite struct UnifyWorkerTests {
  /// What a run leaves behind.
  private struct Outcome: Equatable {
    var rows: [UInt8]
    var quarantine: [UInt8]
    var entries: [UnifyTally.Entry]
    var left: [String: Int]
  }

  private static let release = Project.pack.policies.first { $0.name == "release" }!

  /// The collection's own format, ids as they are.
  private static func rowPlan() throws -> ScrubPlan {
    var hub = Project.formats["sharelm_hub"]!
    for index in hub.fields.indices {
      if case .identifier = hub.fields[index].use { hub.fields[index].use = .keep }
    }
    return ScrubPlan(
      scanner: Project.scanner, names: Project.names, format: try Format(hub), policy: release,
      keys: nil)
  }

  /// Reads invented inputs, one of each format, and writes the frames to a file.
  private func run(
    _ inputs: [(format: String, bytes: [UInt8])], workers: Int, batchBytes: Int, redacts: Bool,
    keys: Keyring? = Project.keys
  ) throws -> Outcome {
    let formats = try inputs.map { input in
      try Format(Self.release.applied(to: Project.formats[input.format]!))
    }
    let plans = try formats.map {
      try CollectionPlan(format: $0, source: "https://data.example/x", keys: keys)
    }
    let scrubs = formats.map { format in
      ScrubPlan(
        scanner: Project.scanner, names: Project.names, format: format, policy: Self.release,
        keys: nil)
    }
    let rowPlan = try Self.rowPlan()
    let path = FileManager.default.temporaryDirectory.path + "/unify-\(UUID().uuidString)"
    defer {
      for ending in ["rows", "bad"] { try? FileManager.default.removeItem(atPath: path + ending) }
    }
    var readerOptions = ReaderOptions()
    readerOptions.batchBytes = batchBytes
    readerOptions.recordBytesMax = 3000
    var options = PipelineOptions()
    options.workers = workers
    let reader = try BatchReader(
      inputs.map { .memory(name: $0.format, bytes: $0.bytes, readMax: 700) },
      options: readerOptions)
    var outputs = try Outputs(output: .file(path + "rows"), quarantine: .file(path + "bad"))
    let places = Array(inputs.indices)
    let outcome = try BatchPipeline.run(reader, options: options, into: &outputs) { _ in
      try UnifyWorker(
        plans: plans, planOfInput: places,
        scrubber: redacts
          ? ScrubWorker(plans: scrubs, planOfInput: places, options: ScrubOptions()) : nil,
        rowPlan: redacts ? rowPlan : nil)
    }
    _ = try outputs.finish()
    var frames = try RowFrames(path: path + "rows")
    var rows: [UInt8] = []
    while let next = try frames.next() { rows += next.row }
    return Outcome(
      rows: rows, quarantine: Array(FileManager.default.contents(atPath: path + "bad") ?? Data()),
      entries: outcome.tally.entries,
      left: outcome.tally.messagesLeftOut.merging(outcome.tally.leftBehind) { $0 + $1 })
  }

  @Test(arguments: [false, true])
  func workersAndBatchesMakeNoDifference(_ redacts: Bool) throws {
    var random = SplitMix64(seed: 17)
    let count = redacts ? 12 : 120
    let inputs = Self.inputs(&random, count: count)
    let first = try run(inputs, workers: 1, batchBytes: 1 << 20, redacts: redacts)
    #expect(first.entries.count > count && first.quarantine.contains(10))
    for (workers, batchBytes) in [(2, 1), (7, 500), (2, 5000)] {
      let other = try run(inputs, workers: workers, batchBytes: batchBytes, redacts: redacts)
      #expect(other == first, "\(workers) workers, batches of \(batchBytes)")
    }
  }

  @Test(arguments: [false, true])
  func theCollectionMadeAgainIsTheSame(_ redacts: Bool) throws {
    var random = SplitMix64(seed: 23)
    let inputs = Self.inputs(&random, count: redacts ? 8 : 80)
    let first = try run(inputs, workers: 2, batchBytes: 4000, redacts: redacts)
    let again = try run(
      [("sharelm_hub", first.rows)], workers: 2, batchBytes: 4000, redacts: redacts)
    #expect(text(again.rows) == text(first.rows))
    #expect(again.entries.map(\.key) == first.entries.map(\.key))
    #expect(again.left.isEmpty, "every column is known")
  }

  /// In a list as Python prints it the quotes hide the name from redaction; the row shows it.
  @Test func whatOnlyTheRowShowsIsRedactedToo() throws {
    let record =
      #"{"conversation_id": "c1", "user_msgs": "['I am Orla Brennick']", "#
      + #""bot_msgs": "['Hi Orla']"}"#
    let raw = try run(
      [("sharelm_hub_csv", bytes(record))], workers: 1, batchBytes: 1 << 20, redacts: false)
    #expect(text(raw.rows).contains("I am Orla Brennick"))
    let outcome = try run(
      [("sharelm_hub_csv", bytes(record))], workers: 1, batchBytes: 1 << 20, redacts: true)
    #expect(outcome.entries.count == 1 && !text(outcome.rows).contains("Orla"))
    #expect(text(outcome.rows).contains(#""redacted": "True""#))
  }

  // MARK: - Inputs

  private static func inputs(
    _ random: inout SplitMix64, count: Int
  ) -> [(format: String, bytes: [UInt8])] {
    let uploads = (0..<count).map { _ in upload(&random) }
    let chats = (0..<count).map { _ in messages(&random) }
    let pages = (0..<count).map { _ in shared(&random) }
    return [
      ("sharelm_upload", lines(uploads, &random)),
      ("sharegpt", bytes("[\n" + pages.joined(separator: ", ") + "\n]\n")),
      ("openai_messages", lines(chats, &random)),
    ]
  }

  /// Lines, and among them what is none: no JSON, another shape, too long.
  private static func lines(_ records: [String], _ random: inout SplitMix64) -> [UInt8] {
    var result = "\n"
    for record in records {
      switch random.below(12) {
      case 0: result += record.dropLast() + "\n"
      case 1: result += #"{"other": "shape"}"# + "\n"
      case 2: result += "{\"x\": \"" + String(repeating: "long ", count: 700) + "\"}\n"
      default: break
      }
      result += record + "\n"
    }
    return bytes(result)
  }

  private static func say(_ random: inout SplitMix64) -> String {
    let parts = [
      "Hello", "my name is Orla Brennick", "mail orla@example.org", "std::vector v{1.2}", "é漢😀",
      "\\n", "\\\"quoted\\\"", "\\u00e9", "call +1 202-555-0143", "[PERSON_7]", "",
    ]
    let words = (0...random.below(4)).map { _ in parts[random.below(parts.count)] }
    return "\"" + words.joined(separator: " ") + "\""
  }

  private static func upload(_ random: inout SplitMix64) -> String {
    let user = (0...random.below(3)).map { _ in say(&random) }.joined(separator: ", ")
    let bot = (0..<random.below(4)).map { _ in say(&random) }.joined(separator: ", ")
    return "{\"conversation_id\": \"c\(random.below(60))\", \"bot_msgs\": [\(bot)], "
      + "\"user_msgs\": [\(user)], \"page_url\": \"https://chat.example/c/\(random.below(9))\", "
      + "\"user_id\": \"u\(random.below(30))\", \"user_metadata\": {\"age\": \"27\"}, "
      + "\"timestamp\": \"2025-01-0\(1 + random.below(9))T03:04:05.678Z\", "
      + "\"conversation_metadata\": {\"message_ratings\": [\(random.below(2))]}}"
  }

  private static func shared(_ random: inout SplitMix64) -> String {
    let turns = (0...random.below(3)).map { _ in
      "{\"from\": \"\(["human", "gpt", "system"][random.below(3)])\", \"value\": \(say(&random))}"
    }
    let list = turns.joined(separator: ",")
    return "{\"id\": \"s\(random.below(99))\", \"conversations\": [\(list)]}"
  }

  private static func messages(_ random: inout SplitMix64) -> String {
    let turns = (0...random.below(4)).map { _ -> String in
      let role = ["user", "assistant", "system", "tool"][random.below(4)]
      let content =
        random.below(3) == 0
        ? "[{\"type\": \"text\", \"text\": \(say(&random))}, {\"type\": \"text\", \"text\": \"x\"}]"
        : say(&random)
      return "{\"role\": \"\(role)\", \"content\": \(content)}"
    }
    return "{\"messages\": [\(turns.joined(separator: ", "))]}"
  }
}
