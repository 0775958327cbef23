import Rules
import Scan
import TestSupport
import Testing

@Suite struct ScannerTests {
  private func scanner(_ rules: [RuleDefinition], threshold: Float = 0.5) throws -> Scan.Scanner {
    Scan.Scanner(
      ruleset: try Ruleset(rules, tables: noTables), names: nil, threshold: { _ in threshold })
  }

  private func values(_ text: String, _ scanner: Scan.Scanner) throws -> [String] {
    let bytes = Array(text.utf8)
    return try findings(in: text, scanner).map {
      String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  @Test func digitsWaitForAGroupOfEnough() throws {
    // The expression takes anything: what is found shows where it was tried.
    let scanner = try scanner([
      rule("d", regex: "[0-9]", prefilter: .digits(min: 7, max: 9, then: []))
    ])
    let table: [(String, [String])] = [
      ("123456", []), ("1234567", ["1"]), ("123-4567", ["1"]), ("12 34 56 7", ["1"]),
      ("(415) 555-0132", ["4", "5"]), ("1234567890", []), ("555.0132/1", ["5"]),
      ("555.0132/123", ["5", "0"]),
      ("123_4567", []), ("123,4567", []), ("123    4567", ["1"]), ("123     4567", []),
      ("é1234567é", ["1"]),
      ("12345 x 67", []), ("1)(23)(4567", ["1"]), ("1) (23) (4567", ["1"]),
      ("1) - (23456789", ["2"]),
    ]
    for (text, starts) in table {
      let found = try values(text, scanner)
      // Wherever the rule is tried it goes on up to the place of the trigger only.
      #expect(found == starts, "\(text)")
    }
  }

  @Test func literalsWaitForWhatStandsBehindThem() throws {
    let scanner = try scanner([
      rule(
        "l", regex: "[a-z]{0,4}ring[ ][0-9]", prefilter: .literals(["ring "], then: ["\\d", "no"]),
        lookback: 4),
      // The expression takes more than is looked for.
      rule("m", regex: "ring[ ][a-z]", prefilter: .literals(["ring "], then: ["no"])),
    ])
    let table: [(String, [String])] = [
      ("ring 5", ["ring 5"]), ("xring 5 ring x", ["xring 5"]), ("ring no", ["ring n"]),
      ("ring ", []), ("ring n", []), ("RING 5", []),
    ]
    for (text, found) in table { #expect(try values(text, scanner) == found, "\(text)") }
  }

  @Test func digitsAreFoundAtEveryPlaceOfTheMaps() throws {
    let scanner = try scanner([
      rule(
        "d", regex: "(?<![0-9]) [0-9]{3}-[0-9]{4} (?![0-9])",
        prefilter: .digits(min: 7, max: 7, then: []))
    ])
    for count in 0..<200 {
      let padding = String(repeating: "a", count: count)
      #expect(try values(padding + "555-0132", scanner) == ["555-0132"], "\(count)")
      #expect(try values(padding + "555-0132" + padding, scanner) == ["555-0132"], "\(count)")
    }
    #expect(try values(String(repeating: "1", count: 130) + " 555-0132", scanner) == ["555-0132"])
  }

  @Test func tokensAreFoundAtEveryPlaceOfTheMaps() throws {
    let scanner = try scanner([
      rule(
        "t", regex: "(?<![0-9A-Za-z]) [0-9a-f]{32} (?![0-9A-Za-z])",
        prefilter: .token(min: 32, max: 32))
    ])
    let token = "5f2a9c1be04d7788aa10cc3f9e5b6d70"
    for count in 0..<150 {
      let padding = String(repeating: "-", count: count)
      #expect(try values(padding + token, scanner) == [token])
      #expect(try values(padding + token + "-" + token + "-", scanner) == [token, token])
      #expect(try values(padding + token + "a", scanner) == [])
    }
  }

  @Test func literalsAreFoundInAnyCaseAndWithWhatStandsBefore() throws {
    let scanner = try scanner([
      rule("l", regex: "(?i) x?x?key=[a-z]+", prefilter: .literals(["key="]), lookback: 2),
      rule("s", regex: "[a-z]+@[a-z]+", prefilter: .literals(["@"]), lookback: 10),
    ])
    #expect(try values("KEY=a xkey=b xxKey=c", scanner) == ["KEY=a", "xkey=b", "xxKey=c"])
    #expect(try values("a@b ab@cd", scanner) == ["a@b", "ab@cd"])
  }

  @Test func shapesAreTriedWhereTheyStand() throws {
    // One shape at a time; the expression takes whatever begins at the trigger.
    for (shape, yes, no) in [
      (#"@\a\a"#, ["@ab", "@Zz"], ["@a", "@a1", "@éa"]), (#"-\d"#, ["-1"], ["-a", "-"]),
      (#":\h\h"#, [":0f", ":AB"], [":0g"]),
      (#":\H:"#, [":1:", ":12aB:"], ["::", ":12345:", ":g:"]),
      (#"$\u\u"#, ["$AB"], ["$Ab", "$A"]), (#"=\\x"#, [#"=\x"#], ["=x"]), ("=ab", ["=ab"], ["=AB"]),
    ] {
      let scanner = try scanner([rule("s", regex: "[@:$=-] .*", prefilter: .shapes([shape]))])
      for text in yes { #expect(try values(text, scanner) == [text], "\(shape) \(text)") }
      for text in no { #expect(try values("a" + text, scanner) == [], "\(shape) \(text)") }
    }
  }

  @Test func whatFollowsTheDigitsMayBeAskedFor() throws {
    let scanner = try scanner([
      rule("d", regex: "[0-9]+ [.°].*", prefilter: .digits(min: 2, max: 3, then: [#".\d"#, "°"]))
    ])
    for text in ["12.5", "12°2", "1.5", "12°"] {
      #expect(try values(text, scanner) == [text], "\(text)")
    }
    for text in ["12. 5", "12", "1234.5", "1°", "12,5"] {
      #expect(try values(text, scanner) == [], "\(text)")
    }
  }

  @Test func anExpressionWithoutATriggerIsTriedInAllOfTheText() throws {
    // One that begins with almost anything, and one that begins with one byte; the text ends with
    // bytes that neither holds.
    let wide = try scanner([rule("w", regex: "[^q] x1", prefilter: .everywhere)])
    let narrow = try scanner([rule("n", regex: "x [^q] 1", prefilter: .everywhere)])
    #expect(try values("ax1q bx1 qq", wide) == ["ax1", "bx1"])
    #expect(try values("xa1q xb1 qq", narrow) == ["xa1", "xb1"])
  }

  @Test func aRefusedMatchHidesNoneInside() throws {
    let scanner = try scanner([
      rule(
        "d", regex: "[0-9]{4}", prefilter: .digits(min: 4, max: 99, then: []), lookback: 99,
        validators: [.notIn(["1234"])])
    ])
    let everywhere = Scan.Scanner(
      ruleset: try Ruleset(
        [
          rule(
            "d", regex: "[0-9]{4}", prefilter: .digits(min: 4, max: 99, then: []), lookback: 99,
            validators: [.notIn(["1234"])])
        ], tables: noTables), names: nil, usesPrefilter: false)
    #expect(try values("12345", everywhere) == ["2345"])
    // A match begins at a trigger or before it; the prefilter's author says how far.
    #expect(try values("12345 6789", scanner).contains("6789"))
  }

  @Test func findingsBelowTheThresholdAreDropped() throws {
    let rules = [rule("t", regex: "abc", score: 0.6, prefilter: .literals(["abc"]))]
    #expect(try values("abc", try scanner(rules, threshold: 0.6)) == ["abc"])
    #expect(try values("abc", try scanner(rules, threshold: 0.61)) == [])
  }

  @Test func contextRaisesTheScoreOrIsRequired() throws {
    func rules(_ isRequired: Bool) -> [RuleDefinition] {
      [
        rule(
          "t", regex: "[0-9]{7}", score: 0.3, prefilter: .digits(min: 7, max: 7, then: []),
          context: ContextDefinition(
            words: ["teléfono", "電話", "tel"], window: 20, boost: 0.4, required: isRequired))
      ]
    }
    for text in [
      "Telefono: 5550132", "TELÉFONO 5550132", "電話5550132", "5550132 tel", "tel.5550132",
    ] {
      let found = try findings(in: text, try scanner(rules(true)))
      #expect(found.count == 1 && abs(found[0].score - 0.7) < 1e-6, "\(text)")
    }
    for text in ["hotel 5550132", "telly 5550132", "5550132", "tel                     5550132"] {
      #expect(try values(text, try scanner(rules(true), threshold: 0)) == [], "\(text)")
      #expect(try values(text, try scanner(rules(false))) == [], "\(text)")
      #expect(try values(text, try scanner(rules(false), threshold: 0.3)) == ["5550132"])
    }
  }

  @Test func aSearchThatGivesUpNamesTheRule() throws {
    let scanner = try scanner([
      rule("odd/one", regex: "(?: a | a a )+ [bc]", prefilter: .literals(["aaa"]))
    ])
    do {
      _ = try findings(in: String(repeating: "a", count: 64), scanner)
      Issue.record("it does not throw")
    } catch {
      #expect(error.reason == "match-limit: odd/one")
    }
  }

  @Test func theSameScratchGivesTheSameAgain() throws {
    var corpus = Corpus(seed: 5)
    let texts = (0..<40).map { _ in corpus.text(count: 400) }
    var shared = ScanScratch(for: Project.scanner)
    let first = try texts.map { try findings(in: $0, Project.scanner, using: &shared) }
    for (text, expected) in zip(texts, first).reversed() {
      #expect(try findings(in: text, Project.scanner, using: &shared) == expected)
      var fresh = ScanScratch(for: Project.scanner)
      #expect(try findings(in: text, Project.scanner, using: &fresh) == expected)
    }
  }

  @Test func findingsLieOnCharacterBoundaries() throws {
    var corpus = Corpus(seed: 6)
    var scratch = ScanScratch(for: Project.scanner)
    for _ in 0..<100 {
      let text = corpus.text(count: 500)
      for finding in try findings(in: text, Project.scanner, using: &scratch) {
        for bound in [finding.range.lowerBound, finding.range.upperBound] where bound < text.count {
          #expect(text[bound] & 0xC0 != 0x80, "\(Project.scanner.ruleIDs[finding.rule])")
        }
      }
    }
  }
}

@Suite struct RegionTests {
  private func scores(_ regions: Set<String>, base: Double = 0.6) throws -> [Float] {
    let scanner = Scan.Scanner(
      ruleset: try Ruleset(
        [
          rule("a", type: "OURS", regex: "ab12", score: base, regions: ["pt"]),
          rule("b", type: "THEIRS", regex: "ab12", score: base, regions: ["cl"]),
        ], tables: noTables, regions: regions), names: nil)
    return try findings(in: "ab12", scanner).map(\.score)
  }

  @Test func aRegionAskedForGoesBeforeOthers() throws {
    let plain = try scores([])
    #expect(plain.count == 2 && plain[0] == plain[1])
    let asked = try scores(["pt"])
    #expect(asked.count == 2 && asked[0] > asked[1])
    // For all regions none goes before another.
    let all = try scores(["all"])
    #expect(all.count == 2 && all[0] == all[1])
  }

  @Test func askingForARegionFindsNoMore() throws {
    #expect(try scores(["pt"], base: 0.45).isEmpty)
  }
}

@Suite struct ContextWindowTests {
  private let scanner = Scan.Scanner(
    ruleset: try! Ruleset(
      [
        rule(
          "a", regex: "[0-9]{4}", score: 0.3, prefilter: .token(min: 4, max: 4),
          context: ContextDefinition(words: ["bic"], window: 8, boost: 0.4, required: true))
      ], tables: noTables), names: nil)

  private func isFound(_ text: String) throws -> Bool {
    try !findings(in: text, scanner).isEmpty
  }

  @Test func aWordInTheWindowIsContext() throws {
    #expect(try isFound("bic 1234"))
    #expect(try isFound("1234 is bic"))
    #expect(try isFound("a bic is 1234"))
  }

  @Test func theWindowDoesNotCutAWord() throws {
    // Eight bytes before the number begin with "bic", eight after it end so.
    #expect(try !isFound("arabic is: 1234"))
    #expect(try !isFound("1234 are bicycles"))
  }

  @Test func aWordOutsideOfTheWindowIsNone() throws {
    #expect(try !isFound("bic is not 1234"))
  }
}
