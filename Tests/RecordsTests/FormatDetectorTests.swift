import Records
import Testing

@Suite struct FormatDetectorTests {
  @Test func theFormatOfMostRecordsWins() throws {
    let detector = try detector([("one", ["a"], 0), ("two", ["b"], 9)])
    expect(detector, [#"{"a":1}"#, #"{"a":2}"#, #"{"b":2}"#], "one 2 of 3")
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
    FormatDetector(
      formats: try formats.map { name, detect, weight in
        try Format(FormatDefinition(name: name, fields: [], detect: detect, weight: weight))
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
