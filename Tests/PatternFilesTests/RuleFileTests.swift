import PatternFiles
import Rules
import Testing

@Suite struct RuleFileTests {
  /// A rule with every key; the tests change one line of it at a time.
  private static let good = """
    id: test/badge
    entity_type: BADGE
    about: A badge of an invented company.
    sources:
      - "ours"
    tier: 2
    regions: [us, de]
    languages: [en]
    patterns:
      - score: 0.4
        name: plain
        regex: |-
          BDG- [0-9]{4}
    prefilter: {literals: ["BDG-"], lookback: 3}
    clean: "-"
    validators:
      - not_repeated
      - entropy: {min: 1.5}
      - not_in: {values: [BDG0000]}
      - base58check: {versions: [0, 5]}
      - bech32: {prefixes: [bc]}
      - prefix_lengths: {table: {"4": [13, 16], "51-55": 16}}
    context:
      words:
        en: [badge, "pass number"]
        de: [Ausweis]
      window: 30
      boost: 0.2
      required: true
    examples:
      hits:
        - {text: "badge BDG-1024", find: "BDG-1024"}
        - {text: ["badge BD", "G-1025"], find: ["BD", "G-1025"]}
        - {text: "Ausweis BDG-1026", find: "BDG-1026"}
      misses:
        - {text: "badge BDG-1", because: "too short"}
        - {text: "BDG-1024", because: "no word"}
        - {text: "badge bdg-1024", because: "small letters"}
    known_gaps:
      - {text: "badge BDG 1024", find: "BDG 1024"}
    """

  private func read(_ text: String, id: String = "test/badge") throws -> RuleFile {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "rules/\(id).yaml")
    return try RuleFile(path: path, id: id)
  }

  @Test func checksAgainstWordsAreRead() throws {
    let text = Self.good.replacing(
      "- entropy: {min: 1.5}",
      with: "- not_holding: {values: [example]}\n  - unreadable: {max: 0.4}")
    #expect(
      try read(text).definition.validators[1...2]
        == [.notHolding(["example"]), .unreadable(max: 0.4)])
  }

  @Test func checksOfWalletsAreRead() throws {
    let text = Self.good.replacing(
      "- entropy: {min: 1.5}",
      with: "- wallet: monero\n  - seed_phrase\n  - base58check: {versions: [0], digits: ripple}")
    #expect(
      try read(text).definition.validators[1...3]
        == [.wallet(.monero), .seedPhrase, .base58check(versions: [0], ripple: true)])
  }

  @Test func everyKeyIsRead() throws {
    let file = try read(Self.good)
    let rule = file.definition
    #expect(rule.id == "test/badge" && rule.entityType == "BADGE" && rule.tier == 2)
    #expect(rule.about == "A badge of an invented company.")
    #expect(rule.regions == ["us", "de"])
    #expect(rule.patterns.map(\.regex) == ["BDG- [0-9]{4}"])
    #expect(rule.patterns.map(\.score) == [0.4])
    #expect(rule.patterns.map(\.prefilter) == [.literals(["BDG-"])])
    #expect(rule.patterns.map(\.lookback) == [3])
    #expect(rule.clean == "-")
    #expect(
      rule.validators == [
        .notRepeated, .entropy(min: 1.5), .notIn(["BDG0000"]), .base58check(versions: [0, 5]),
        .bech32(prefixes: ["bc"]),
        .prefixLengths([
          PrefixLengths(low: "4", high: "4", lengths: [13, 16]),
          PrefixLengths(low: "51", high: "55", lengths: [16]),
        ]),
      ])
    #expect(
      rule.context
        == ContextDefinition(
          words: [
            ContextWord("Ausweis", endingMax: 2), ContextWord("badge", endingMax: 1),
            ContextWord("pass number", endingMax: 1),
          ], window: 30, boost: 0.2, required: true))
    #expect(file.hits.map(\.find) == ["BDG-1024", "BDG-1025", "BDG-1026"])
    #expect(file.hits[1].text == "badge BDG-1025")
    #expect(file.misses.map(\.because) == ["too short", "no word", "small letters"])
    #expect(file.knownGaps.count == 1)
  }

  @Test func prefiltersOfDigitsAndTokensAreRead() throws {
    for (text, prefilter) in [
      ("{digits: {min: 7, max: 9}}", .digits(min: 7, max: 9, then: [])),
      ("{digits: {min: 7}}", .digits(min: 7, max: .max, then: [])),
      ("{wide_digits: {min: 7}}", .wideDigits(min: 7)),
      ("{token: {min: 32, max: 40}}", .token(min: 32, max: 40)),
      ("{token: {min: 7, max: 7, mixed: true}}", .token(min: 7, max: 7, mixed: true)),
      (#"{literals: "@"}"#, .literals(["@"])),
      (#"{literals: [no., "nr "], then: '\d'}"#, .literals(["no.", "nr "], then: [#"\d"#])),
      ("{labels: [no., badge], digits: 3}", .labels("no.\nbadge", digits: 3)),
      ("{labels: badge}", .labels("badge", digits: 1)),
      (#"{shapes: ['@\a\a', '-\d']}"#, .shapes([#"@\a\a"#, #"-\d"#])),
      (
        #"{digits: {min: 7, max: 9, then: ['-\d', ' ']}}"#,
        .digits(min: 7, max: 9, then: [#"-\d"#, " "])
      ),
    ] as [(String, Prefilter)] {
      let changed = Self.good.replacing(#"{literals: ["BDG-"], lookback: 3}"#, with: text)
      #expect(try read(changed).definition.patterns.map(\.prefilter) == [prefilter])
    }
  }

  @Test func aPatternMayHaveAPrefilterOfItsOwn() throws {
    let changed = Self.good.replacing(
      "    name: plain", with: "    prefilter: {literals: [\"DG-1\"], lookback: 1}")
    let patterns = try read(changed).definition.patterns
    #expect(patterns.map(\.prefilter) == [.literals(["DG-1"])])
    #expect(patterns.map(\.lookback) == [1])
  }

  private static let mistakes: [(old: String, new: String, line: Int, message: String)] =
    [
      ("tier: 2", "tier: 2\nteir: 1", 7, "unknown key `teir`"),
      ("tier: 2", "tier: 4", 1, "`tier` is 1, 2 or 3"),
      ("tier: 2", "tier: x", 6, "`tier` wants a whole number"),
      ("tier: 2", "tier: 2\ntier: 2", 6, "key `tier` occurs twice"),
      ("id: test/badge", "id: test/other", 1, "id `test/other` is not the file's place"),
      ("entity_type: BADGE\n", "", 1, "key `entity_type` is missing"),
      ("  - \"ours\"", "  []", 1, "`sources` is missing"),
      ("  - score: 0.4", "  - score: 1.4", 10, "`score` is between 0 and 1"),
      ("  - score: 0.4", "  - score: high", 10, "`score` wants a number"),
      ("    name: plain", "    flags: i", 11, "unknown key `flags`"),
      ("  - not_repeated", "  - luhm", 17, "unknown validator `luhm`"),
      ("  - entropy: {min: 1.5}", "  - entropie: {min: 1.5}", 18, "unknown validator `entropie`"),
      ("{min: 1.5}", "{least: 1.5}", 18, "key `min` is missing"),
      ("{min: 1.5}", "{min: 1.5, max: 2}", 18, "unknown key `max`"),
      ("required: true", "required: yes", 24, "`required` is true or false"),
      (
        "[\"BDG-\"]", "[\"BD\"]", 14, "literals are all of one byte, or all of three bytes and more"
      ),
      (
        "[\"BDG-\"]", "[\"BDG-\", \"@\"]", 14,
        "literals are all of one byte, or all of three bytes and more"
      ),
      ("find: \"BDG-1024\"}", "find: \"BDG-9\"}", 32, "`find` is not in `text`"),
      (
        "\"badge BDG-1024\", find: \"BDG-1024\"}", "\"badge BDG-1024\"}", 32,
        "key `find` is missing"
      ),
      (", because: \"too short\"", "", 36, "a miss says why: `because`"),
      (
        "    - {text: \"BDG-1024\", because: \"no word\"}\n", "", 1,
        "a rule has at least 3 hits and 3 misses"
      ),
      ("{literals: [\"BDG-\"], lookback: 3}", "nowhere", 14, "unknown prefilter"),
      (
        "{literals: [\"BDG-\"], lookback: 3}", "{shapes: [\"BDG\"]}", 14,
        "a shape begins with a sign that is not a letter, digit or blank"
      ),
      (
        "{literals: [\"BDG-\"], lookback: 3}", "{labels: [no]}", 14,
        "labels have three bytes and more, and no line ends"
      ),
      (
        "{literals: [\"BDG-\"], lookback: 3}", "{labels: [badge], digits: 4}", 14,
        "`digits` is 1, 2 or 3"
      ),
      (
        "{literals: [\"BDG-\"], lookback: 3}", "{lookback: 3}", 14,
        "a prefilter has `literals`, `labels`, `shapes`, `digits`, `wide_digits` or `token`"
      ),
      ("regions: [us, de]", "regions: {us: de}", 7, "`regions` wants a list"),
      (
        "regions: [us, de]", "regions: [usa, de]", 1,
        "`regions` lists countries by their ISO 3166-1 codes in small letters, such as de "
          + "(`chatscrub rules list` shows those in use), or hipaa"
      ),
      (
        "  - not_repeated", "  - wallet: bitcoin", 17,
        "`wallet` is one of algorand, cashaddr, monero, solana, ss58, stellar, ton"
      ),
      (
        "versions: [0, 5]", "versions: [0, 5], digits: roman", 20,
        "`digits` is bitcoin or ripple"
      ),
    ]

  @Test func mistakesAreNamedWithTheirLine() throws {
    for (old, new, line, message) in Self.mistakes {
      let text = Self.good.replacing(old, with: new, maxReplacements: 1)
      #expect(text != Self.good, "\(old)")
      do {
        _ = try read(text)
        Issue.record("\(new) is not refused")
      } catch let error as PatternFileError {
        #expect(error.message == message)
        #expect(error.file == "rules/test/badge.yaml")
        #expect(error.line == line, "\(error)")
        #expect(error.description == "rules/test/badge.yaml:\(error.line): \(error.message)")
      }
    }
  }

  @Test func brokenYAMLIsNamedWithItsLine() throws {
    do {
      _ = try read("id: a\nabout: [b\nc: d")
      Issue.record("it is not refused")
    } catch let error as PatternFileError {
      #expect(error.message == "is no valid YAML")
      #expect(error.line > 0)
    }
    #expect(throws: PatternFileError(file: "rules/test/badge.yaml", message: "is empty")) {
      try read("")
    }
    #expect(throws: PatternFileError(file: "rules/x.yaml", message: "cannot be read")) {
      try RuleFile(path: "/nonexistent/x.yaml", id: "x")
    }
  }
}
