import Records
import Testing

@Suite struct FormatDetectorTests {
  @Test func theFormatOfMostRecordsWins() throws {
    let detector = try detector([("one", ["a"], 0), ("two", ["a", "b"], 9)])
    expect(detector, [#"{"a":1}"#, #"{"a":2}"#, #"{"a":3,"b":2}"#], "one 3 of 3")
    expect(detector, [#"{"a":1}"#, #"{"c":2}"#, "no JSON"], "one 1 of 2")
  }

  @Test func recordsOfTwoKindsAreNobodys() throws {
    let detector = try detector([("one", ["a"], 0), ("two", ["b"], 9)])
    expect(detector, [#"{"a":1}"#, #"{"a":2}"#, #"{"b":2}"#], "one or two")
  }

  @Test func oneOfSeveralWaysIsEnough() throws {
    let format = FormatDefinition(
      name: "x", fields: [], alternatives: [["a:string|number", "b"], ["c"]])
    let detector = try FormatDetector(formats: [format])
    expect(detector, [#"{"a":1,"b":2}"#], "x 1 of 1")
    expect(detector, [#"{"a":"1","b":2}"#], "x 1 of 1")
    expect(detector, [#"{"c":null}"#], "x 1 of 1")
    expect(detector, [#"{"a":[],"b":2}"#], "none")
    expect(detector, [#"{"a":1}"#], "none")
  }

  @Test func linesOfTextAreKnownByTheirLook() {
    var format = FormatDefinition(name: "x", fields: [])
    format.lines = [["# *", "# *\t*\t#"], ["acts:*", "- *"]]
    func lines(_ text: String) -> Bool {
      format.mayHave(lines: text.split(separator: "\n").map { Array($0.utf8) })
    }
    #expect(lines("1 He went.\n12 Where? \tthere\t1"))
    #expect(lines("acts:\n- x\n  "))
    #expect(!lines("1 He went.\n2 She, too."))
    #expect(!lines("1 He went.\nYes\n12 Where? \tthere\t1"))
    #expect(!lines("acts:") && !lines(""))
  }

  @Test func thenWeightThenTheNumberOfPathsDecides() throws {
    expect(try detector([("x", ["a"], 1), ("y", ["b"], 2)]), [#"{"a":1,"b":1}"#], "y 1 of 1")
    expect(try detector([("x", ["a", "b"], 1), ("y", ["b"], 1)]), [#"{"b":1,"a":1}"#], "x 1 of 1")
    expect(try detector([("x", ["a"], 1), ("y", ["b"], 1)]), [#"{"b":1,"a":1}"#], "x or y")
  }

  @Test func everyPathMustOccurWithItsKind() throws {
    let kinds = try detector([("x", ["m[].c:string", "m:array", "n.*:number", "**.o:object"], 0)])
    let full = #"{"m":[{"c":null},{"\u0063":"t"}],"n":{"k":1},"p":[{"o":{}}]}"#
    expect(kinds, [full], "x 1 of 1")
    expect(kinds, [#"{"m":[{"c":null}],"n":{"k":1},"p":[{"o":{}}]}"#], "none")
    expect(kinds, [#"{"m":[{"c":"t"}],"n":{"k":"1"},"p":[{"o":{}}]}"#], "none")
    expect(kinds, [String(full.dropLast())], "none")
  }

  @Test func aFormatWithoutPathsIsNeverGuessed() throws {
    expect(try detector([("any", [], 99)]), ["{}"], "none")
    expect(try detector([("any", [], 99), ("x", ["a"], 0)]), [#"{"a":1}"#, "{}"], "x 1 of 2")
    expect(try detector([]), ["{}"], "none")
    expect(try detector([("x", ["a"], 0)]), [], "none")
  }

  private func detector(_ formats: [(String, [String], Int)]) throws -> FormatDetector {
    try FormatDetector(
      formats: formats.map { name, detect, weight in
        FormatDefinition(name: name, fields: [], detect: detect, weight: weight)
      })
  }

  private func expect(_ detector: FormatDetector, _ records: [String], _ expected: String) {
    let found =
      switch detector.detect(records: records.map { Array($0.utf8) }) {
      case .one(let format, let matched, let count): "\(format.name) \(matched) of \(count)"
      case .ambiguous(let formats): formats.map(\.name).joined(separator: " or ")
      case .none: "none"
      }
    #expect(found == expected)
  }
}
