import Records
import Testing

@Suite struct FormatTests {
  @Test func theMostSpecificPathWins() throws {
    // Every path keeps a role of its own, which so tells which path a value was counted to.
    let table: [(paths: [String], record: String, field: Int32)] = [
      (["a", "*"], #"{"a":"x"}"#, 0), (["*", "a"], #"{"a":"x"}"#, 1),
      (["**", "*"], #"{"a":"x"}"#, 1), (["**", "**.a"], #"{"b":{"a":"x"}}"#, 1),
      (["*.b", "a.*"], #"{"a":{"b":"x"}}"#, 1), (["a.**", "*.b"], #"{"a":{"b":"x"}}"#, 0),
      (["a[]", "a[0]"], #"{"a":["x"]}"#, 1), (["a[1]", "a[]"], #"{"a":["x"]}"#, 1),
      (["a", "a.**"], #"{"a":"x"}"#, 0), (["**.a.**", "**"], #"{"b":[{"a":["x"]}]}"#, 0),
      (["a", "b"], #"{"c":"x"}"#, -1), (["*"], #"["x"]"#, -1), (["[]"], #"{"a":"x"}"#, -1),
      ([""], #""x""#, 0), (["**"], #""x""#, 0), (["a.b"], #"{"a":"x"}"#, -1),
      (["**[].a", "**.a"], #"[{"a":"x"}]"#, 1), (["a.b"], #"{"a":[{"b":"x"}]}"#, -1),
    ]
    for (paths, text, field) in table {
      let format = try Format(
        FormatDefinition(
          name: "t", fields: paths.map { FieldDefinition(path: $0, use: .text) }))
      var parser = RecordParser(format: format)
      var map = RecordMap()
      let record = Array(text.utf8)
      try parser.parse(record.span, into: &map)
      #expect(map.values.map(\.field) == [field], "\(paths) on \(text)")
    }
  }

  @Test func aPathNamedTwiceIsRefused() {
    expectError(["a[].b", "a[].b"], .duplicatePath("a[].b"))
    expectError(["a", "\"a\""], .duplicatePath("\"a\""))
  }

  @Test func formatsThatWouldNotFitAreRefused() {
    // Each of these doubles the sets of places that can be reached.
    let paths = (0..<16).map { number in
      "**.k\(number)" + String(repeating: ".*", count: 16)
    }
    expectError(paths, .tooManyStates)
    #expect(throws: FormatError.tooManyDetectPaths) {
      try Format(
        FormatDefinition(name: "t", fields: [], detect: (0...64).map { "k\($0)" }))
    }
    #expect(throws: FormatError.badKind("a:text")) {
      try Format(FormatDefinition(name: "t", fields: [], detect: ["a:text"]))
    }
  }

  @Test func rolesHaveNames() {
    for role in Role.allCases { #expect(Role(name: role.name) == role) }
    #expect(Role(name: "gpt") == nil)
  }

  private func expectError(_ paths: [String], _ error: FormatError) {
    #expect(throws: error) {
      try Format(
        FormatDefinition(
          name: "t", fields: paths.map { FieldDefinition(path: $0, use: .text) }))
    }
  }
}
