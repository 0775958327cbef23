import Foundation
import Records
import Redact
import Rules
import TestSupport
import Testing

/// What becomes of strings inside strings, of tables and texts, of flags and derived values.
@Suite struct RecordScrubberEditsTests {
  private func bench(
    _ fields: [FieldDefinition], policy: Operator = .replace, layout: RecordLayout = .json,
    columns: [String] = []
  ) throws -> Bench {
    try Bench(
      rules: [badgeRule], names: false, policy: PolicyDefinition(name: "p", fallback: policy),
      fields: fields, keys: Bench.keys, layout: layout, columns: columns)
  }

  private func field(
    _ path: String, _ use: FieldUse, _ change: (inout FieldDetails) -> Void = { _ in }
  ) -> FieldDefinition {
    var details = FieldDetails()
    change(&details)
    return FieldDefinition(path: path, use: use, details: details)
  }

  @Test func aStringThatHoldsJSONIsScrubbedInside() throws {
    var bench = try bench([field("a", .embedded), field("a.at", .identifier(.day))])
    for (inner, result) in [
      (
        #"{"x": "my BDG-1024", "y": [1.50, "\u0042DG-1025\n"]}"#,
        #"{"x": "my [BADGE_1]", "y": [1.50, "[BADGE_2]\n"]}"#
      ),
      (#"["é \"BDG-1024\" \\"]"#, #"["é \"[BADGE_1]\" \\"]"#),
      (#" {"at": "2024-03-05T09:12:44Z"}"#, #" {"at": "2024-03-05T00:00:00Z"}"#),
      // In a string in a string, and what only begins like JSON.
      (#"{"s": "{\"t\": \"BDG-1024\"}"}"#, #"{"s": "{\"t\": \"[BADGE_1]\"}"}"#),
      (#"{"x": BDG-1024}"#, #"{"x": [BADGE_1]}"#), ("BDG-1024", "[BADGE_1]"), ("21.0", "21.0"),
      (#"{"x": 1, "x": "#, #"{"x": 1, "x": "#),
    ] {
      for string in [jsonString, escapedString] {
        let record = "{\"a\":\(string(inner))}"
        let output = try bench.scrub(record)
        let value = try JSONDecoder().decode([String: String].self, from: Data(output.utf8))
        #expect(value["a"] == result, "\(record)")
        #expect(try bench.scrub(output) == output)
      }
    }
  }

  @Test func aMaskInsideAStringIsEscapedForEachString() throws {
    let name = rule("t/n", type: "N", regex: "x[^x]+x", prefilter: .literals(["x"]))
    var bench = try Bench(
      rules: [name], names: false, policy: PolicyDefinition(name: "p", fallback: .mask),
      fields: [field("a", .embedded)])
    let inner = #"{"k": "xb \"\\\n.x"}"#
    let output = try bench.scrub("{\"a\":\(jsonString(inner))}")
    let value = try JSONDecoder().decode([String: String].self, from: Data(output.utf8))
    #expect(value["a"] == #"{"k": "** \"\\\n.*"}"#)
  }

  @Test func stringsInsideAndOutsideShareTheirNumbers() throws {
    var bench = try Bench(fields: [field("a", .embedded), field("t", .text)])
    let output = try bench.scrub(
      #"{"t":"My name is Orla Brennick.","a":"{\"who\":\"Orla Brennick\",\"say\":\"hi Orla\"}"}"#)
    #expect(
      output == #"{"t":"My name is [PERSON_1].","#
        + #""a":"{\"who\":\"[PERSON_1]\",\"say\":\"hi [PERSON_1]\"}"}"#)
  }

  @Test func theTurnsOfATranscriptAreTextsAndTheirMarksStay() throws {
    let turns = [TurnMark("\n\nHuman:", .user), TurnMark("\n\nAssistant:", .assistant)]
    var bench = try bench([field("t", .text) { $0.turns = turns }])
    #expect(
      try bench.scrub(#"{"t":"\n\nHuman: BDG-1024\u000a\nAssistant: é BDG-1025 BDG-1024"}"#)
        == #"{"t":"\n\nHuman: [BADGE_1]\u000a\nAssistant: é [BADGE_2] [BADGE_1]"}"#)
    // What a mark cuts is no badge.
    let record = #"{"t":"BDG-\n\nHuman:1024"}"#
    #expect(try bench.scrub(record) == record)
  }

  @Test func entitiesOfHTMLAreReadAndTheRestStays() throws {
    var bench = try bench([field("t", .text) { $0.isHTML = true }])
    for (text, result) in [
      ("<b>BDG&#45;1024</b> &amp; &lt;é", "<b>[BADGE_1]</b> &amp; &lt;é"),
      ("BDG&#x2d;10&#50;4&nope;&#0;&", "[BADGE_1]&nope;&#0;&"), ("&#66;DG-1024;", "[BADGE_1];"),
    ] {
      let output = try bench.scrub("{\"t\":\"\(text)\"}")
      #expect(output == "{\"t\":\"\(result)\"}")
    }
  }

  @Test func cellsOfATableAreFoundAndKeepTheirQuotes() throws {
    let fields = [
      field("t", .text), field("id", .keep), field("at", .identifier(.empty)),
      field("n", .identifier(.null)), field("j", .embedded),
    ]
    var bench = try bench(
      fields, layout: .table(separator: UInt8(ascii: ",")), columns: ["id", "t", "at", "n", "j"])
    for (row, result) in [
      ("BDG-1024,my BDG-1024,x,y,", "BDG-1024,my [BADGE_1],,,"),
      (#""a","x ""BDG-1024"" \n,y","z""z",,"#, #""a","x ""[BADGE_1]"" \n,y","",,"#),
      ("a,\"line\nBDG-1024\"", "a,\"line\n[BADGE_1]\""),
      (#"a,"b" BDG-1024,,"#, #"a,"b" [BADGE_1],,"#),
      (#"a,,,,"{""k"": ""BDG-1024 é""}""#, #"a,,,,"{""k"": ""[BADGE_1] é""}""#),
      // More cells than columns: nobody said that they may stay.
      ("a,b,c,d,e,BDG-1024", "a,b,,,e,[BADGE_1]"),
    ] { #expect(try bench.scrub(row) == result, "\(row)") }
    #expect(throws: RecordFailure.self) { _ = try bench.scrub(#"a,"never closed"#) }
  }

  @Test func aTextIsOneString() throws {
    var bench = try bench([field("", .text)], layout: .text)
    #expect(try bench.scrub("\\n \"BDG-1024\"\n{BDG-1024}") == "\\n \"[BADGE_1]\"\n{[BADGE_1]}")
    #expect(throws: RecordFailure.self) { _ = try bench.scrub([0x41, 0xFF]) }
  }

  @Test func flagsAreSetByWhatIsReplacedInTheirObject() throws {
    let fields = [
      field("m[].t", .text), field("m[].redacted", .flag), field("redacted", .flag),
      field("meta.redacted", .flag) { $0.scope = "" }, field("id", .identifier(.hash)),
    ]
    var bench = try bench(fields)
    for (record, result) in [
      (
        #"{"m":[{"t":"BDG-1024","redacted":false},{"t":"","redacted":false}],"redacted":false}"#,
        #"{"m":[{"t":"[BADGE_1]","redacted":true},{"t":"","redacted":false}],"redacted":true}"#
      ),
      (
        #"{"meta":{"redacted":""},"m":[{"t":"BDG-1024","redacted":null}],"redacted":true}"#,
        #"{"meta":{"redacted":"True"},"m":[{"t":"[BADGE_1]","redacted":true}],"redacted":true}"#
      ),
      (
        #"{"meta":{"redacted":"False"},"m":[{"t":"x"}],"redacted":true}"#,
        #"{"meta":{"redacted":"False"},"m":[{"t":"x"}],"redacted":true}"#
      ),
    ] {
      #expect(try bench.scrub(record) == result)
      #expect(try bench.scrub(result) == result)
    }
    // Identifiers are handled in every record: they set no flag.
    let output = try bench.scrub(#"{"id":"u1","m":[],"redacted":false}"#)
    #expect(output.hasSuffix(#""m":[],"redacted":false}"#))
  }

  @Test func derivedValuesAreKeptOrDroppedWhenTheirTextChanges() throws {
    let fields = [
      field("hash", .conversationID), field("hash", .derived(.report)),
      field("m[].t", .text), field("m[].sig", .derived(.report)) { $0.scope = "m[]" },
      field("m[].spans", .derived(.drop)) { $0.scope = "m[]" },
    ]
    var bench = try bench(fields)
    let output = try bench.scrub(
      #"{"hash":"h","m":[{"t":"BDG-1024","sig":"s","spans":[{"at":[1,2]}]},"#
        + #"{"t":"x","sig":"s","spans":[3]}]}"#)
    #expect(
      output == #"{"hash":"h","m":[{"t":"[BADGE_1]","sig":"s","spans":null},"#
        + #"{"t":"x","sig":"s","spans":[3]}]}"#)
    #expect(bench.staleFields == [1, 3, 4])
    #expect(try bench.scrub(output) == output)
    #expect(bench.staleFields == [])
    _ = try bench.scrub(#"{"hash":null,"m":[{"t":"BDG-1024","sig":"","spans":[]}]}"#)
    #expect(bench.staleFields == [])
  }

  @Test func derivedValuesAreComputedAnewWhereAFormulaIsKnown() throws {
    func derived(_ path: String, _ kind: DerivedFormula.Kind, _ text: String) -> FieldDefinition {
      field(path, .derived(.recompute)) { $0.formula = DerivedFormula(kind, of: text) }
    }
    var bench = try bench([
      field("m[].t", .text), derived("m[].n", .length, "m[].t"),
      derived("m[].at[].from", .start, "m[].t"), derived("m[].at[].to", .end, "m[].t"),
    ])
    for (record, result, actions) in [
      (
        #"{"m":[{"at":[{"from":3,"to":11},{"from":5,"to":12}],"n":13,"t":"my BDG-1024.\n"}]}"#,
        #"{"m":[{"at":[{"from":3,"to":12},{"from":3,"to":13}],"n":14,"t":"my [BADGE_1].\n"}]}"#,
        [DerivedAction.recompute, .recompute, .recompute, .recompute]
      ),
      // Not the length of this text, and no place in it.
      (
        #"{"m":[{"t":"BDG-1024","n":7,"at":[{"from":9}]},{"t":"x","n":1}]}"#,
        #"{"m":[{"t":"[BADGE_1]","n":7,"at":[{"from":9}]},{"t":"x","n":1}]}"#, [.report, .report]
      ),
      // Two texts, and none.
      (
        #"{"m":[{"t":"BDG-1024","t":"y","n":8},{"n":8}]}"#,
        #"{"m":[{"t":"[BADGE_1]","t":"y","n":8},{"n":8}]}"#, [.report]
      ),
      (#"{"m":[{"t":"BDG-1024","n":null}]}"#, #"{"m":[{"t":"[BADGE_1]","n":null}]}"#, []),
    ] {
      #expect(try bench.scrub(record) == result)
      #expect(bench.staleActions == actions, "\(record)")
      #expect(try bench.scrub(result) == result)
      #expect(bench.staleFields == [])
    }
  }

  @Test func recordsScrubbedTogetherShareTheirEntities() throws {
    var bench = try Bench(fields: [
      field("t", .text), field("j", .embedded), field("redacted", .flag),
      field("hash", .derived(.drop)),
    ])
    let output = try bench.scrub(together: [
      #"{"t":"My name is Orla Brennick.","redacted":false,"hash":"h"}"#, #"{"t":"broken"#,
      #"{"t":"Nothing here.","redacted":false,"hash":"h"}"#,
      #"{"j":"{\"s\":\"Orla and dana@example.org\"}","redacted":false,"hash":"h"}"#,
      #"{"t":"dana@example.org","hash":"h"}"#,
    ])
    #expect(
      output == [
        #"{"t":"My name is [PERSON_1].","redacted":true,"hash":null}"#, nil,
        #"{"t":"Nothing here.","redacted":false,"hash":"h"}"#,
        #"{"j":"{\"s\":\"[PERSON_1] and [EMAIL_ADDRESS_1]\"}","redacted":true,"hash":null}"#,
        #"{"t":"[EMAIL_ADDRESS_1]","hash":null}"#,
      ])
    #expect(bench.staleFields == [3, 3, 3] && bench.setFlags == [2, 2])
  }

  @Test func whatTwoTranscriptsBeginWithIsRedactedAlike() throws {
    let turns = [TurnMark("\n\nHuman:", .user), TurnMark("\n\nAssistant:", .assistant)]
    let fields = ["chosen", "rejected"].map { path in field(path, .text) { $0.turns = turns } }
    var bench = try Bench(fields: fields)
    var corpus = Corpus(seed: 411)
    func turn(_ number: Int) -> String {
      let text = String(decoding: corpus.text(count: 160), as: UTF8.self)
      return "\n\n\(number % 2 == 0 ? "Human" : "Assistant"): \(text)"
    }
    var changed = 0
    for round in 0..<60 {
      let shared = (0..<(round % 5 * 2 + 1)).map(turn).joined()
      let (first, second) = (shared + turn(1), shared + turn(1))
      let output = try bench.scrub(
        "{\"chosen\":\(jsonString(first)),\"rejected\":\(jsonString(second))}")
      let pair = try JSONDecoder().decode([String: String].self, from: Data(output.utf8))
      // Up to where the last turn begins, which is where the two part.
      func prefix(_ text: String?) throws -> Substring {
        let text = try #require(text)
        let last = try #require(text.range(of: "\n\nAssistant:", options: .backwards))
        return text[..<last.upperBound]
      }
      let prefixes = try [prefix(pair["chosen"]), prefix(pair["rejected"])]
      #expect(prefixes[0] == prefixes[1])
      if try prefixes[0] != prefix(first) { changed += 1 }
    }
    #expect(changed > 10)
  }
}
