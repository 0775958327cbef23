import Foundation
import Redact
import TestSupport
import Testing

/// What is found in the invented conversations of `Tests/Fixtures/names`, by language, against the
/// counts that were found when the golden file was written: for better or worse, a change shows.
///
/// With UPDATE_GOLDEN=1 in the environment the file is written anew, and the test fails.
@Suite struct NamesFixtureTests {
  private struct Conversation: Decodable {
    struct Turn: Decodable { let content: String }
    /// Offsets in code points.
    struct Span: Decodable {
      let turn: Int
      let start: Int
      let end: Int
      let type: String?
      let kind: String?
    }

    let conversation: [Turn]
    let labels: [Span]
    let ignore: [Span]
  }

  private struct Counts {
    var conversations = 0
    /// Found and in all, by kind of label.
    var found: [String: Int] = [:]
    var all: [String: Int] = [:]
    var falsePersons = 0

    static let kinds = ["private", "public_figure", "fiction", "place"]
    var line: String {
      let parts = Self.kinds.map { "\(found[$0] ?? 0)/\(all[$0] ?? 0)" }
      return "\(conversations)\t" + parts.joined(separator: "\t") + "\t\(falsePersons)"
    }
  }

  private static let golden = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/names_fixture.tsv")
  private static let head =
    "language\tconversations\tprivate\tpublic\tfiction\tplaces\tfalse persons"

  /// A span of a turn as bytes of its UTF-8.
  private static func bytes(_ span: Conversation.Span, _ text: String) -> Range<Int> {
    let scalars = Array(text.unicodeScalars)
    func offset(_ index: Int) -> Int {
      scalars[..<index].reduce(0) { $0 + UTF8.width($1) }
    }
    return offset(span.start)..<offset(span.end)
  }

  private static func add(
    _ conversation: Conversation, to counts: inout Counts, using bench: inout Bench
  ) throws {
    let texts = conversation.conversation.map(\.content)
    _ = try bench.scrub("{\"turns\":[\(texts.map(jsonString).joined(separator: ","))]}")
    counts.conversations += 1
    let found = bench.found
    for (turn, text) in texts.enumerated() {
      let persons = found.filter { $0.text == text && $0.type == "PERSON" }.map(\.range)
      let places = found.filter { $0.text == text && $0.type == "LOCATION" }.map(\.range)
      let labels = conversation.labels.filter { $0.turn == turn }
      for label in labels where label.type == "PERSON" || label.type == "LOCATION" {
        let isPerson = label.type == "PERSON"
        let kind = isPerson ? label.kind ?? "" : "place"
        let range = bytes(label, text)
        counts.all[kind, default: 0] += 1
        if (isPerson ? persons : places).contains(where: { $0.overlaps(range) }) {
          counts.found[kind, default: 0] += 1
        }
      }
      let right = (labels.filter { $0.type == "PERSON" } + conversation.ignore)
        .filter { $0.turn == turn }.map { bytes($0, text) }
      counts.falsePersons += persons.count { found in !right.contains { $0.overlaps(found) } }
    }
  }

  @Test func asManyAreFoundAsTheGoldenFileSays() throws {
    let folder = Project.root.appending(path: "Tests/Fixtures/names/conversations")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jsonl") }.sorted()
    #expect(names.count >= 20)
    var bench = try Bench()
    var lines = [Self.head]
    for name in names {
      var counts = Counts()
      for line in try Data(contentsOf: folder.appending(path: name)).split(separator: 10) {
        try Self.add(
          JSONDecoder().decode(Conversation.self, from: line), to: &counts, using: &bench)
      }
      lines.append("\(name.dropLast(6))\t\(counts.line)")
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: Self.golden)
      Issue.record("\(Self.golden.lastPathComponent) is written anew")
      return
    }
    let golden = try String(contentsOf: Self.golden, encoding: .utf8)
    #expect(lines == golden.split(separator: "\n").map(String.init))
  }
}
