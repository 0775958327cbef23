import Foundation
import PatternFiles
import Records
import TestSupport
import Testing

/// The files in `Patterns/formats`: what they say of their examples is so.
@Suite struct FormatProofTests {
  private static let files: [FormatFile] = {
    (try? PatternPack.formatFiles(in: Project.root.path + "/Patterns/formats")) ?? []
  }()

  @Test func thereAreFormats() {
    #expect(Self.files.count >= 35)
  }

  @Test(arguments: files.map(\.definition.name))
  func everyExampleIsReadAsItSays(name: String) throws {
    let file = try #require(Self.files.first { $0.definition.name == name })
    #expect(!file.document.examples.isEmpty)
    let proof = try FormatProof(file.definition, file.document, file: name)
    for problem in proof.problems { Issue.record("\(problem)") }
  }

  @Test(arguments: files.map(\.definition.name))
  func everyExampleIsRecognisedAmongAllFormats(name: String) throws {
    let file = try #require(Self.files.first { $0.definition.name == name })
    let detector = try FormatDetector(formats: Self.files.map(\.definition))
    for example in file.document.examples where !file.definition.detect.isEmpty {
      var record = Array(example.record.utf8)
      if !example.columns.isEmpty {
        record = rowAsObject(
          record.span, separator: UInt8(ascii: ","), columns: example.columns.map { Array($0.utf8) }
        )
      }
      guard case .one(let format, 1, 1) = detector.detect(records: [record]) else {
        Issue.record("line \(example.line): \(detector.detect(records: [record]))")
        continue
      }
      #expect(format.name == name, "line \(example.line)")
    }
  }

  @Test func textsAreRecognisedByTheirLines() {
    for file in Self.files where !file.definition.lines.isEmpty {
      for example in file.document.examples {
        let lines = example.record.split(separator: "\n").map { Array($0.utf8) }
        let names = Self.files.filter { $0.definition.mayHave(lines: lines) }
        #expect(names.map(\.definition.name) == [file.definition.name])
      }
    }
  }

  /// No string is passed by without a path that says so: at most keep is said of it.
  @Test func nothingPassesThatNoPathNames() throws {
    for file in Self.files where !file.definition.isPlainText {
      let format = try Format(file.definition)
      for example in file.document.examples where example.columns.isEmpty {
        // A key nobody knows, at the top and deep inside.
        let record = example.record.replacing(
          "{", with: "{\"key nobody knows\": [\"a\", {\"b\": \"c\"}], ", maxReplacements: 1)
        let reading = try FormatReading(Array(record.utf8), format: format)
        let found = Set(reading.text + reading.unknown)
        #expect(found.isSuperset(of: ["*[]", "*[].b"]), "\(file.definition.name)")
      }
    }
  }

  @Test func aCopyHasToBeShown() throws {
    var copy = FieldDefinition(path: "b", use: .text, details: FieldDetails())
    copy.details?.copyOf = "a"
    let definition = FormatDefinition(
      name: "x", fields: [FieldDefinition(path: "a", use: .text), copy])
    for (record, isShown) in [
      (#"{"a":"Dana","b":"Dana here"}"#, true), (#"{"a":"Dana here","b":"Dana"}"#, true),
      (#"{"a":"Dana","b":"nobody"}"#, false), (#"{"a":"Dana"}"#, false),
      (#"{"a":"Dana","b":""}"#, false),
    ] {
      var document = FormatDocument(name: "x")
      document.examples = [FormatExample(record: record, line: 4)]
      document.examples[0].text = record.contains("b") ? ["a", "b"] : ["a"]
      let proof = try FormatProof(definition, document, file: "f.yaml")
      let problems = proof.problems.map(\.description)
      #expect(problems == (isShown ? [] : ["f.yaml:4: no example shows that `b` is a copy"]))
    }
  }

  @Test func anExampleThatIsNotSoIsAProblem() throws {
    var document = FormatDocument(name: "x")
    document.examples = [
      FormatExample(record: #"{"a":"1","b":"2","c":7,"d":"3"}"#, line: 4),
      FormatExample(record: #"{"a":"1""#, line: 9), FormatExample(record: #"{"b":"1"}"#, line: 12),
    ]
    document.examples[0].text = ["a"]
    document.examples[0].identifiers = ["c": "hash"]
    document.examples[0].stays = ["b"]
    let definition = FormatDefinition(
      name: "x",
      fields: [
        FieldDefinition(path: "a", use: .text), FieldDefinition(path: "b", use: .keep),
        FieldDefinition(path: "c", use: .identifier(.null)),
      ], detect: ["a"])
    let proof = try FormatProof(definition, document, file: "f.yaml")
    #expect(
      proof.problems.map(\.description) == [
        "f.yaml:4: example 1: `unknown` is [\"d\"]",
        "f.yaml:4: example 1: `identifiers` is {c: null}",
        "f.yaml:9: example 2: the record is refused: "
          + "invalid-json: expected a comma or a closing brace",
        "f.yaml:12: example 3: the record is refused: shape-mismatch",
      ])
  }
}
