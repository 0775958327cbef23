import Records
import Testing

@Suite struct RecordParserTests {
  @Test func randomRecordsAndFormatsAgreeWithTheOracle() throws {
    var generator = JSONGenerator(seed: 31)
    let paths = [
      "a", "b", "a.b", "*.a", "a[]", "a[1]", "[]", "[0].role", "**", "**.role", "**.from", "a.**.b",
      "*.*", "content", "**.content", "b.\"ein Schlüssel\"", "longer_than_8", "*[].content", "",
      "**[].a", "user-agent", "a.user-agent", "from.role", "b[][]", "*.**",
      "*nt", "a.r*", "**.*o*", "user*",
    ]
    let uses: [FieldUse] =
      [.text, .keep, .role, .language, .conversationID]
      + FieldAction.allCases.map { .identifier($0) }
    for _ in 0..<600 {
      var fields: [FieldDefinition] = []
      for path in paths where generator.random.below(4) == 0 {
        let use =
          path.hasSuffix("role") && generator.random.below(2) == 0
          ? .role : uses[generator.random.below(uses.count)]
        fields.append(
          FieldDefinition(
            path: path, use: use, role: generator.random.below(5) == 0 ? .tool : nil))
      }
      let definition = FormatDefinition(
        name: "random", fields: fields, roles: ["Zoë": .user, "TAB": .system])
      let format = try Format(definition)
      var parser = RecordParser(format: format)
      var map = RecordMap()
      for _ in 0..<8 {
        let record = generator.value(depth: 5)
        try parser.parse(record.span, into: &map)
        expectSame(map, definition, record)
      }
    }
  }

  @Test func theRoleMayStandBeforeOrBehindAndAboveTheText() throws {
    let format = try Format(
      FormatDefinition(
        name: "chat",
        fields: [
          FieldDefinition(path: "m[].role", use: .role),
          FieldDefinition(path: "m[].text", use: .text),
          FieldDefinition(path: "m[].parts[].text", use: .text),
          FieldDefinition(path: "bot[]", use: .text, role: .assistant),
        ], roles: ["Guest": .user]))
    let (map, record) = try parse(
      #"""
      {"bot":["0"],"m":[{"role":"GPT","text":"1"},{"text":"2","role":"guest"},
      {"parts":[{"text":"3"}],
      "role":"tool"},{"role":"Dana Levi","text":"4"},{"text":"5"}]}
      """#, format)
    let found = map.values.map { value in
      String(decoding: record[value.range], as: UTF8.self) + " " + map.role(of: value).name
    }
    #expect(
      found == [
        "0 assistant", "1 assistant", "2 user", "3 tool", "Dana Levi other", "4 other", "5 none",
      ])
  }

  @Test func anIdentifierIsFoundWholeAndNothingBelowIt() throws {
    let format = try Format(
      FormatDefinition(
        name: "ids",
        fields: [
          FieldDefinition(path: "header", use: .identifier(.null)),
          FieldDefinition(path: "header.agent", use: .text),
          FieldDefinition(path: "ip", use: .identifier(.hash)),
          FieldDefinition(path: "meta", use: .keep),
          FieldDefinition(path: "meta.title", use: .text),
          FieldDefinition(path: "more", use: .identifier(.scrub)),
        ]))
    let (map, record) = try parse(
      #"""
      {"header":{"agent":"x","role":"user"},"ip":12.5,"meta":{"a":{"b":"kept"},"title":"t"},
      "more":{"a":["m"]},"ip":null,"ip":["n"],"ip":"\u0041","new":"u"}
      """#, format)
    let found = map.values.map {
      "\(String(decoding: record[$0.range], as: UTF8.self)) \($0.kind.name) \($0.field)"
    }
    #expect(
      found == [
        #"{"agent":"x","role":"user"} object 0"#, "12.5 number 2", "t string 4", "m string 5",
        "null literal 2", #"["n"] array 2"#, #"\u0041 string 2"#, "u string -1",
      ])
  }

  @Test func keysWithEscapesAreTheKeysTheyStandFor() throws {
    let format = try Format(
      FormatDefinition(name: "k", fields: [FieldDefinition(path: "content", use: .keep)]))
    #expect(try parse(#"{"c\u006fntent":"x"}"#, format).map.values.isEmpty)
    #expect(try parse(#"{"c\u006Fntents":"x"}"#, format).map.values.count == 1)
    #expect(try parse(#"{"contenT":"x"}"#, format).map.values.count == 1)
  }

  @Test func theConversationAndItsLanguageAreTheFirstOnes() throws {
    let format = try Format(
      FormatDefinition(
        name: "c",
        fields: [
          FieldDefinition(path: "id", use: .conversationID),
          FieldDefinition(path: "lang", use: .language),
        ]))
    let (map, record) = try parse(#"{"id":"c1","lang":"English","id":"c2"}"#, format)
    #expect(map.conversationID.map { Array(record[$0]) } == Array("c1".utf8))
    #expect(map.language.map { Array(record[$0]) } == Array("English".utf8))
    let number = try parse(#"{"id":17}"#, format)
    #expect(number.map.conversationID == 6..<8)
    #expect(number.map.language == nil)
  }

  @Test func aRoleMaySpeakForAnObjectOrArrayFurtherOut() throws {
    var object = FieldDefinition(path: "n.*.m.author.role", use: .role, details: FieldDetails())
    object.details?.scope = "n.*.m"
    var pair = FieldDefinition(path: "p[][0]", use: .role, details: FieldDetails())
    pair.details?.scope = "p[]"
    var turns = FieldDefinition(path: "d[]", use: .text, details: FieldDetails())
    turns.details?.cycle = [.user, .assistant]
    let format = try Format(FormatDefinition(name: "r", fields: [object, pair, turns]))
    let (map, record) = try parse(
      #"""
      {"n":{"x":{"m":{"parts":["1"],"author":{"role":"tool","name":"2"}}},
      "y":{"m":{"parts":["3"]}}},
      "p":[["USER","4"],["assistant",["5"]],["6"]],"d":["7","8","9"]}
      """#, format)
    let found = map.values.map { value in
      String(decoding: record[value.range], as: UTF8.self) + " " + map.role(of: value).name
    }
    #expect(
      found == [
        "1 tool", "2 tool", "3 none", "4 user", "5 assistant", "6 other", "7 user", "8 assistant",
        "9 user",
      ])
  }

  @Test func aStringBesideOrAboveDecidesWhereverItStands() throws {
    func field(_ use: FieldUse, _ path: String? = nil, _ values: [String] = []) -> FieldDefinition {
      var field = FieldDefinition(path: "m[].data", use: use, details: FieldDetails())
      if let path { field.details?.conditions = [FieldCondition(path: path, values: values)] }
      return field
    }
    let format = try Format(
      FormatDefinition(
        name: "c",
        fields: [
          field(.identifier(.empty)), field(.text, "m[].type", ["text", "te*t"]),
          field(.keep, "source", ["closed*"]), FieldDefinition(path: "m[].type", use: .keep),
          FieldDefinition(path: "source", use: .keep),
        ]))
    for (text, expected) in [
      (
        #"{"m":[{"type":"text","data":"1"},{"data":"2","type":"teXt"},{"data":"3","type":"b"}]}"#,
        ["1 1", "2 1", "3 0"]
      ),
      (#"{"m":[{"data":"1"},{"data":7}],"source":"closed world"}"#, []),
      (#"{"m":[{"data":"1"},{"data":7}],"source":"open"}"#, ["1 0", "7 0"]),
      (#"{"m":[{"data":"1","type":"text"}],"source":"closed world"}"#, ["1 1"]),
    ] {
      let (map, record) = try parse(text, format)
      #expect(
        map.values.map { "\(String(decoding: record[$0.range], as: UTF8.self)) \($0.field)" }
          == expected, "\(text)")
    }
    // Without a last resort the value is unknown, which is text.
    let open = try Format(
      FormatDefinition(name: "c", fields: [field(.keep, "m[].type", ["x"])]))
    let (map, _) = try parse(#"{"m":[{"data":"1","type":"x"},{"data":"2","type":"y"}]}"#, open)
    // Neither does a path say what becomes of the types.
    #expect(map.values.map(\.field) == [-1, -1, -1])
  }

  @Test func keysThatNoPathNamesAreKeptForTheirValues() throws {
    let format = try Format(
      FormatDefinition(
        name: "k",
        fields: [
          FieldDefinition(path: "content", use: .text), FieldDefinition(path: "b.**", use: .text),
        ]))
    for (text, keys) in [
      (#"{"a":"1","content":"2","c":"3"}"#, ["a", nil, "c"]),
      (#"{"a":["1","2",{"d":"3"},"4"],"\u0065":"5"}"#, ["a", "a", "d", nil, "e"]),
      (#"{"b":{"first name":"1"},"a":{"b":"2"}}"#, ["first name", "b"]),
      (#"["1"]"#, [nil]), (#"{"":"1"}"#, [nil]),
      (#"{"a":"\#(String(repeating: "x", count: 161))"}"#, [nil]),
    ] as [(String, [String?])] {
      let (map, _) = try parse(text, format)
      #expect(
        map.values.map { $0.key < 0 ? nil : String(decoding: map.keys[Int($0.key)], as: UTF8.self) }
          == keys, "\(text)")
    }
  }

  @Test func numbersOfSomeoneAreNotedWithTheirKeys() throws {
    let format = try Format(
      FormatDefinition(
        name: "k",
        fields: [
          FieldDefinition(path: "id", use: .keep),
          FieldDefinition(path: "at", use: .conversationID),
          FieldDefinition(path: "e", use: .embedded),
        ]))
    let long = String(repeating: "1", count: 33)
    for (text, numbers) in [
      (#"{"a":1,"b":-0.50,"id":2,"at":3}"#, ["a 1", "b -0.50"]),
      (
        #"{"a":[1234567,123456,1234567.5,"x",7654321],"b":1e9,"c":1E9,"d":\#(long)}"#,
        ["a 1234567", "a 7654321"]
      ),
      (#"{"a":{"b":[{"c":1},12345678]}}"#, ["c 1"]), ("[1,12345678]", []), ("12345678", []),
      (#"{"":1}"#, []),
      // Behind JSON in a string, read or broken, the key is the one around it again.
      (#"{"e":["{\"x\":1}",2345678,"{\"y\":3,}",3456789]}"#, ["x 1", "e 2345678", "e 3456789"]),
    ] as [(String, [String])] {
      let (map, record) = try parse(text, format)
      let found = map.values.filter(\.isKeyedNumber).map { value in
        let key = String(decoding: map.keys[Int(value.key)], as: UTF8.self)
        let bytes = value.layer > 0 ? map.layers[Int(value.layer - 1)].bytes : record
        return "\(key) \(String(decoding: bytes[value.range], as: UTF8.self))"
      }
      #expect(found == numbers, "\(text)")
    }
  }

  @Test func whatAConditionSaysIsJSONIsReadInside() throws {
    var text = FieldDefinition(path: "m[].data", use: .text, role: .user)
    var json = FieldDefinition(path: "m[].data", use: .embedded, role: .tool)
    json.details = FieldDetails()
    json.details?.conditions = [FieldCondition(path: "m[].type", values: ["tool"])]
    var turns = FieldDefinition(path: "m[].data", use: .text, role: .user)
    turns.details = FieldDetails()
    turns.details?.conditions = [FieldCondition(path: "m[].type", values: ["talk"])]
    turns.details?.turns = [TurnMark("B:", .assistant)]
    text.details = FieldDetails()
    let format = try Format(
      FormatDefinition(
        name: "c",
        fields: [
          text, json, turns, FieldDefinition(path: "m[].type", use: .keep),
          // What is kept of an object at the path is not kept inside its string.
          FieldDefinition(path: "m[].data.id", use: .keep),
        ]))
    for (value, type, expected) in [
      (#""{\"id\": \"1\", \"b\": [2, \"3\"]}""#, "tool", ["1 1 tool", "3 1 tool"]),
      (#""{\"id\": \"1\"}""#, "other", [#"{\"id\": \"1\"} 0 user"#]),
      // In a string in a string, what only looks like JSON, and what is none.
      (#""[\"{\\\"a\\\": \\\"1\\\"}\"]""#, "tool", ["1 1 tool"]),
      (#""{\"a\": 1""#, "tool", [#"{\"a\": 1 1 tool"#]), (#""text""#, "tool", ["text 1 tool"]),
      (#"{"id":"1","b":"2"}"#, "tool", ["2 -1 none"]), ("7", "tool", []),
      (#""x B: y""#, "talk", ["x  2 user", " y 2 assistant"]),
    ] {
      for order in [
        #"{"type":"\#(type)","data":\#(value)}"#, #"{"data":\#(value),"type":"\#(type)"}"#,
      ] {
        let (map, record) = try parse(#"{"m":[\#(order),{"data":"z"}]}"#, format)
        let found = map.values.map { value in
          let bytes = value.layer > 0 ? map.layers[Int(value.layer - 1)].bytes : record
          let text = String(decoding: bytes[value.range], as: UTF8.self)
          return "\(text) \(value.field) \(map.role(of: value).name)"
        }
        #expect(found == expected + ["z 0 user"], "\(order)")
        let starts = map.values.map { map.start(of: $0) }
        #expect(starts == starts.sorted())
      }
    }
  }

  @Test func whatHasNotTheShapeIsRefused() throws {
    let format = try Format(
      FormatDefinition(
        name: "s", fields: [], detect: ["m[].r"], shape: [["m:array", "id"], ["n:string|number"]]))
    for (text, isFine) in [
      (#"{"m":[],"id":null}"#, true), (#"{"n":7}"#, true), (#"{"n":"7"}"#, true),
      (#"{"m":[{"r":1}]}"#, false), (#"{"n":[]}"#, false), ("{}", false), ("7", false),
    ] {
      let record = Array(text.utf8)
      var parser = RecordParser(format: format)
      var map = RecordMap()
      let result = Result { try parser.parse(record.span, into: &map) }
      #expect(((try? result.get()) != nil) == isFine, "\(text)")
    }
  }

  @Test func afterAnErrorTheMapIsEmptyAndTheParserUsable() throws {
    var parser = RecordParser(format: Samples.plainFormat)
    var map = RecordMap()
    let bad = Array(#"{"a":["b",{"c":"d"} "#.utf8)
    #expect(throws: RecordError.self) { try parser.parse(bad.span, into: &map) }
    #expect(map.values.isEmpty)
    let good = Array(#"["a"]"#.utf8)
    try parser.parse(good.span, into: &map)
    #expect(map.values.map(\.range) == [2..<3])
  }

  @Test func emptyEditsAtEveryValueLeaveTheRecordAsItWas() throws {
    var generator = JSONGenerator(seed: 37)
    for _ in 0..<500 {
      let record = generator.value(depth: 5)
      let (map, _) = try parse(String(decoding: record, as: UTF8.self), Samples.plainFormat)
      // Each value is replaced by itself; what is between is the splicer's.
      let edits = map.values.map { Edit(range: $0.range, replacement: $0.range) }
      var output: [UInt8] = []
      splice(record.span, edits: edits, arena: record, into: &output)
      #expect(output == record)
    }
  }

  private func parse(
    _ text: String, _ format: Format
  ) throws -> (map: RecordMap, record: [UInt8]) {
    let record = Array(text.utf8)
    var parser = RecordParser(format: format)
    var map = RecordMap()
    try parser.parse(record.span, into: &map)
    return (map, record)
  }

  private func expectSame(_ map: RecordMap, _ definition: FormatDefinition, _ record: [UInt8]) {
    guard let value = oracleParse(record) else {
      Issue.record("the generator wrote no JSON")
      return
    }
    let oracle = MapOracle(definition, value, record: record)
    // Of numbers under keys the oracle knows nothing.
    let strings = map.values.filter { !$0.isKeyedNumber }
    let values = strings.map { value in
      var value = value
      value.key = -1
      return value
    }
    let isSame =
      values == oracle.values && map.conversationID == oracle.conversationID
      && map.language == oracle.language
      && strings.map { map.role(of: $0) } == oracle.values.map { oracle.role(of: $0) }
    if !isSame {
      Issue.record(
        "\(String(decoding: record, as: UTF8.self)) with \(definition.fields): \(map.values)")
    }
  }
}
