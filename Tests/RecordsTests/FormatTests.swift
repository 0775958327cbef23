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
      (["*_id", "user_id", "*"], #"{"user_id":"x"}"#, 1), (["*_id", "*"], #"{"user_id":"x"}"#, 0),
      (["*_id", "*"], #"{"user_ids":"x"}"#, 1), (["u*_id", "*d"], #"{"user_id":"x"}"#, 0),
      (["**.*_id", "**"], #"{"a":[{"b_id":"x"}]}"#, 0), (["a[*]"], #"{"a":["x"]}"#, 0),
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
    // So many key patterns that one key could fit them all.
    expectError((0..<7).map { "*\($0)" }, .tooManyStates)
    #expect(throws: FormatError.badKind("a:text")) {
      try Format(FormatDefinition(name: "t", fields: [], detect: ["a:text"]))
    }
  }

  @Test func manyCoveringPathsDoNotMultiply() throws {
    let fields = (0..<24).map { FieldDefinition(path: "a.**.k\($0)", use: .keep) }
    let format = try Format(FormatDefinition(name: "t", fields: fields))
    var parser = RecordParser(format: format)
    var map = RecordMap()
    let record = Array(
      #"{"a":{"k3":{"x":"kept","k4":["kept"]},"b":{"k5":"kept","c":"seen"}}}"#.utf8)
    try parser.parse(record.span, into: &map)
    #expect(map.values.map { String(decoding: record[$0.range], as: UTF8.self) } == ["seen"])
  }

  @Test func scopesAndConditionsStandAroundTheirFields() {
    func compile(_ details: (inout FieldDetails) -> Void, _ use: FieldUse = .role) throws {
      var field = FieldDefinition(path: "m[].a.r", use: use, details: FieldDetails())
      details(&field.details!)
      _ = try Format(FormatDefinition(name: "t", fields: [field]))
    }
    for (scope, isFine) in [("m[]", true), ("m[].a", true), ("", true), ("m", true), ("x", false)] {
      let result = Result { try compile { $0.scope = scope } }
      #expect(((try? result.get()) != nil) == isFine, "\(scope)")
    }
    #expect(throws: FormatError.badScope("m")) { try compile({ $0.scope = "m" }, .flag) }
    for (path, isFine) in [
      ("m[].a.t", true), ("m[].t", true), ("t", true), ("m[].b.t", false), ("m[]", false),
      ("m[].a.r.t", false),
    ] {
      let condition = FieldCondition(path: path, values: ["x"])
      let result = Result { try compile({ $0.conditions = [condition] }, .text) }
      #expect(((try? result.get()) != nil) == isFine, "\(path)")
    }
  }

  @Test func copiesAndWhatIsComputedFromTextNameTexts() throws {
    func field(
      _ path: String, _ use: FieldUse, _ change: (inout FieldDetails) -> Void = { _ in }
    ) -> FieldDefinition {
      var details = FieldDetails()
      change(&details)
      return FieldDefinition(path: path, use: use, details: details)
    }
    func length(_ path: String, of text: String) -> FieldDefinition {
      field(path, .derived(.recompute)) { $0.formula = DerivedFormula(.length, of: text) }
    }
    let fields = [
      field("a", .text), field("b", .text) { $0.copyOf = "a" },
      field("c", .text) { $0.copyOf = "b" }, field("h", .text) { $0.isHTML = true },
      field("d[].t", .text), field("e", .text), field("k", .keep),
    ]
    let format = try Format(
      FormatDefinition(
        name: "c", fields: fields + [length("n", of: "a"), length("d[].x[].n", of: "d[].t")]))
    #expect(format.copies == [0, 0, 0, -1, -1, -1, -1, -1, -1])
    #expect(format.sources == [[], [], [], [], [], [], [], [0], [4]])
    for (path, text) in [
      ("n", "h"), ("n", "k"), ("n", "nowhere"), ("n", "d[].t"), ("d[].n", "e.t"),
      ("**.n", "a"),
    ] {
      #expect(throws: FormatError.badFormula(text), "\(path) of \(text)") {
        _ = try Format(FormatDefinition(name: "c", fields: fields + [length(path, of: text)]))
      }
    }
    for original in ["h", "k", "nowhere"] {
      let copy = field("x", .text) { $0.copyOf = original }
      #expect(throws: FormatError.badCopy(original)) {
        _ = try Format(FormatDefinition(name: "c", fields: fields + [copy]))
      }
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
