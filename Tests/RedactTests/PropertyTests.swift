import Foundation
import PatternFiles
import Redact
import Rules
import TestSupport
import Testing

/// What holds for every record, whatever is in it.
@Suite struct PropertyTests {
  /// Every example of a rule in a conversation of its own, and one of all kinds of texts from a
  /// seed.
  private static let records: [[UInt8]] = {
    var records = Project.ruleFiles.flatMap { file in
      [file.hits, file.misses, file.knownGaps].filter { !$0.isEmpty }.map { examples in
        "[" + examples.map { jsonString($0.text) }.joined(separator: ",") + "]"
      }
    }.map { Array($0.utf8) }
    records += Project.exampleRecords
    var corpus = Corpus(seed: 91)
    for _ in 0..<60 {
      let texts = (0..<4).map { _ in
        jsonString(String(decoding: corpus.text(count: 150), as: UTF8.self))
      }
      records.append(Array("{\"a\":[\(texts.joined(separator: ", "))]}".utf8))
    }
    records += mixed(count: 80)
    return records
  }()

  private static let pieces = [
    "Anna Berg", "Daniel Whitfield", "Sih-Jn", "José Cll", "Maria", "Will", "王小明", "김철수",
    "Иван Петров",
    "orla@mail-provider.example", "+1 202-555-0143", "2001:db8::6", "8.8.8.8", "219-09-9999",
    "password: kestrel4711!", "12 Rose Lane", "東京都千代田区1-1", "born 3 May 1985",
    "passport C01X00T47", "[PERSON_1]", "<EMAIL>", "NAME_3", "[PERSON_", "My name is", "Dear",
    "Regards,", "From:", "Name:",
    "std::", "::", "x = 1", "`foo`", "```", "| a | b |", "- item", "{}", "host", "listen", "and",
    "the",
    "will", "Paris", "Monday", "2024-05-05T12:33:11Z", "ISBN 97807", "Ich will",
  ]

  /// Pieces of everything, side by side and line by line.
  private static func mixed(count: Int) -> [[UInt8]] {
    var random = SplitMix64(seed: 17)
    let joints = [" ", " ", " ", " ", "", "\n", ", ", ". ", "|", ":", "-"]
    return (0..<count).map { _ in
      let texts = (0..<2).map { _ in
        let text = (0..<Int.random(in: 2...9, using: &random)).map { _ in
          pieces.randomElement(using: &random)! + joints.randomElement(using: &random)!
        }.joined()
        return jsonString(text)
      }
      return Array("{\"t\": \(texts[0]), \"last_name\": \(texts[1]), \"u\": \(texts[0])}".utf8)
    }
  }

  @Test(arguments: [Operator.replace, .remove, .mask, .hash])
  func scrubbingTwiceIsScrubbingOnce(fallback: Operator) throws {
    var bench = try Bench(policy: PolicyDefinition(name: "p", fallback: fallback), keys: Bench.keys)
    for (index, record) in Self.records.enumerated() {
      do {
        let once = try bench.scrub(record)
        let twice = try bench.scrub(once)
        if twice != once {
          Issue.record(
            """
            record \(index) under \(fallback) changes again at \(bench.acted):
            \(String(decoding: once, as: UTF8.self))
            \(String(decoding: twice, as: UTF8.self))
            """)
        }
      } catch {
        Issue.record("record \(index) under \(fallback): \(error)")
      }
    }
  }

  @Test func thePresetsComeToRestToo() throws {
    for policy in Project.pack.policies {
      var bench = try Bench(policy: policy)
      for (index, record) in Self.records.enumerated() {
        let once = try bench.scrub(record)
        if try bench.scrub(once) != once {
          Issue.record("record \(index) under \(policy.name) changes again at \(bench.acted)")
        }
      }
    }
  }

  @Test func removingTakesTheFindingsOutAndLeavesEveryOtherByte() throws {
    var bench = try Bench(policy: PolicyDefinition(name: "p", fallback: .remove))
    var count = 0
    for (index, record) in Self.records.enumerated() where !record.contains(UInt8(ascii: "\\")) {
      let output = try bench.scrub(record)
      var expected: [UInt8] = []
      var position = 0
      for (range, _) in bench.acted {
        expected += record[position..<range.lowerBound]
        position = range.upperBound
        count += 1
      }
      expected += record[position...]
      if output != expected { Issue.record("record \(index) differs outside its findings") }
    }
    #expect(count > 200)
  }

  @Test func theOutputIsJSONOfTheSameShape() throws {
    var bench = try Bench()
    for (index, record) in Self.records.enumerated() {
      let output = try bench.scrub(record)
      let before = try JSONSerialization.jsonObject(with: Data(record))
      let after = try? JSONSerialization.jsonObject(with: Data(output))
      if after.map(shape) != shape(before) { Issue.record("record \(index) has another shape") }
    }
  }

  /// Writing all characters as escapes changes nothing about what is found.
  @Test func escapedTextsAreRedactedAsPlainOnes() throws {
    var bench = try Bench()
    for file in Project.ruleFiles {
      for example in file.hits {
        let plain = try bench.scrub("[" + jsonString(example.text) + "]")
        let escaped = try bench.scrub("[" + escapedString(example.text) + "]")
        let texts = try [plain, escaped].map {
          try JSONDecoder().decode([String].self, from: Data($0.utf8))
        }
        if texts[0] != texts[1] { Issue.record("\(file.definition.id):\(example.line) differs") }
      }
    }
  }

  private func shape(_ value: Any) -> String {
    switch value {
    case let object as [String: Any]:
      "{" + object.sorted { $0.key < $1.key }.map { "\($0.key):\(shape($0.value))" }.joined() + "}"
    case let array as [Any]: "[" + array.map(shape).joined(separator: ",") + "]"
    case is String: "s"
    default: "\(value)"
    }
  }
}
