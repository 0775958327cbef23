import Foundation
import PatternFiles
import Records
import Redact
import TestSupport
import Testing

@testable import Unify

/// The invented records of all format files become rows: valid, as the golden file has them, and
/// unchanged when they are unified again.
@Suite struct ExampleTests {
  private static let golden = Project.root.path + "/Tests/UnifyTests/Golden/examples.txt"
  private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  /// A record of each kind a format file shows, as JSON.
  private struct Example {
    let format: String
    let record: [UInt8]
  }

  private static let examples: [Example] = Project.pack.formats.flatMap { format -> [Example] in
    let path = "\(Project.root.path)/Patterns/formats/\(format.name).yaml"
    guard let file = try? FormatFile(path: path, name: format.name) else { return [] }
    return file.document.examples.map { example in
      let layout: RecordLayout =
        format.isPlainText
        ? .text : example.columns.isEmpty ? .json : .table(separator: UInt8(ascii: ","))
      let record = Array(example.record.utf8)
      return Example(
        format: format.name,
        record: recordAsJSON(record.span, layout, example.columns.map { Array($0.utf8) }))
    }
  }

  @Test func everyFormatSaysWhatBecomesOfIt() {
    for format in Project.pack.formats {
      #expect(format.collection != nil, "\(format.name) has no section `collection`")
    }
    #expect(Set(Self.examples.map(\.format)).count == Project.pack.formats.count)
  }

  @Test func recordsBecomeTheRowsTheyBecame() throws {
    var found = ""
    for example in Self.examples {
      found += "== \(example.format)\n"
      do {
        var mapper = try mapper(example.format)
        let rows = try mapper.rows(example.record.span, clean: example.record.span, hasActs: false)
        found += rows.map(\.line).joined()
        for (reason, count) in mapper.tally.messagesLeftOut.sorted(by: { $0.key < $1.key }) {
          found += "left out: \(count) \(reason)\n"
        }
        for path in mapper.tally.leftBehind.keys.sorted() { found += "no column: \(path)\n" }
      } catch let refusal as CollectionRefusal {
        found += "refused: \(refusal.reason)\n"
      } catch let failure as RowFailure {
        found += "quarantine: \(failure.reason)\n"
      }
    }
    let expected = FileManager.default.contents(atPath: Self.golden) ?? Data()
    if Self.isUpdating { try Data(found.utf8).write(to: URL(filePath: Self.golden)) }
    let lines = [text(expected), found].map { $0.split(separator: "\n") }
    for (old, new) in zip(lines[0], lines[1]) where old != new {
      Issue.record("expected: \(old)\nfound:    \(new)")
      break
    }
    #expect(lines[0].count == lines[1].count)
  }

  @Test(arguments: [false, true])
  func rowsAreValidAndStayWhatTheyAre(_ hasKeys: Bool) throws {
    let schema = HubSchema()
    let keys = hasKeys ? Project.keys : nil
    var hub = try mapper("sharelm_hub", keys: keys)
    var count = 0
    for example in Self.examples {
      guard Project.formats[example.format]?.collection?.refusal == nil else { continue }
      var mapper = try mapper(example.format, keys: keys)
      let record = example.record
      guard let rows = try? mapper.rows(record.span, clean: record.span, hasActs: false) else {
        continue
      }
      for row in rows {
        count += 1
        #expect(schema.problems(in: row.line) == [], "\(example.format)")
        #expect(try hub.rows(row.line).map(\.line) == [row.line], "\(example.format)")
        #expect(hub.tally.leftBehind.isEmpty && hub.tally.messagesLeftOut.isEmpty)
      }
    }
    #expect(count > 30)
  }

  @Test func whatIsWrongWithARowIsSeen() throws {
    let schema = HubSchema()
    var mapper = try mapper("sharelm_hub")
    let row = try mapper.rows(
      #"{"conversation_id": "c", "conversation": [{"role": "user", "content": "Hi"}]}"#)[0].line
    #expect(schema.problems(in: row) == [])
    for (old, new) in [
      (#""role": "user""#, #""role": "system""#), (#""content": "Hi""#, #""content": null"#),
      (#""model_name": """#, #""model_name": "https://chat.example/c/1""#),
      (#""user_id": """#, #""user_id": "u1""#), (#""timestamp": """#, #""timestamp": "today""#),
      (#""title": """#, #""titel": """#), (#""age": """#, #""age": 27"#),
      (#""conversation_id": "c""#, #""conversation_id": """#),
      (#"[{"content": "Hi", "role": "user"}]"#, "[]"), (#""source": "", "#, ""),
    ] {
      #expect(row.contains(old))
      #expect(!schema.problems(in: row.replacing(old, with: new)).isEmpty, "\(new)")
    }
  }
}
