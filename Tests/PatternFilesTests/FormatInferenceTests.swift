import PatternFiles
import Records
import Testing

@Suite struct FormatInferenceTests {
  private static let records = (0..<60).map { number in
    #"""
    {"conversation_id":"c\#(number)","user_id":"u\#(number)","at":"2024-01-02 03:04:05",
    "lang":"en","kind":"\#(number % 3 == 0 ? "chat" : "code")","who":{"Dana Levi":"x y\#(number)"},
    "turns":[{"role":"user","text":"Hello number \#(number), I am Dana."},
    {"role":"assistant","text":"Hi."}],"page_url":"https://chat.example/\#(number)"}
    """#
  }

  private func proposal() throws -> String {
    var inference = try FormatInference()
    for record in Self.records { inference.add(Array(record.utf8)) }
    inference.add(Array("{broken".utf8))
    #expect(inference.records == 60 && inference.broken == 1)
    return inference.yaml(name: "mine")
  }

  @Test func pathsAreProposedWithTheirCounts() throws {
    let text = try proposal()
    for line in [
      "conversation_id:", #"  - "turns[].text""#, "120 in 60 of 60 records", "  user_id: hash",
      "  at: day", "  page_url: origin", "language:\n  - lang", "keep:\n  - kind",
      #"role:"#, #"  - "turns[].role""#, #"  - "who.*""#,
    ] { #expect(text.contains(line), "\(line) in\n\(text)") }
  }

  @Test func noValueIsShown() throws {
    let text = try proposal()
    for value in ["Dana", "Levi", "chat.example", "2024", "assistant", "Hello"] {
      #expect(!text.contains(value), "\(value)")
    }
  }

  @Test func theProposalIsAFormatFileThatFitsItsRecords() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(try proposal(), to: "mine.yaml")
    let file = try FormatFile(path: path, name: "mine")
    let format = try Format(file.definition)
    let reading = try FormatReading(Array(Self.records[0].utf8), format: format)
    #expect(reading.unknown == [] && reading.text == ["who.*", "turns[].text"])
    let detector = try FormatDetector(formats: [file.definition])
    guard case .one = detector.detect(records: [Array(Self.records[7].utf8)]) else {
      Issue.record("the records are not recognised")
      return
    }
  }

  @Test func wordsThatYAMLWouldMistakeStandInQuotes() {
    for (text, quoted) in [
      ("a.b_c1", "a.b_c1"), ("a[].b", #""a[].b""#), ("null", #""null""#), ("No", #""No""#),
      (#"x."a\b""#, #""x.\"a\\b\"""#), ("", #""""#), ("*", #""*""#),
    ] { #expect(yamlQuoted(text) == quoted) }
  }
}
