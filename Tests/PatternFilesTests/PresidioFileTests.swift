import PatternFiles
import Rules
import Scan
import TestSupport
import Testing

@Suite struct PresidioFileTests {
  private func read(_ text: String) throws -> RuleSource {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "recognizers.yaml")
    return RuleSource(path: path, tables: noTables, known: Project.pack.rules)
  }

  private func found(_ source: RuleSource, in text: String) throws -> [String] {
    let scanner = Scan.Scanner(
      ruleset: try Ruleset(source.files.map(\.definition), tables: noTables), names: nil,
      threshold: { _ in 0 })
    let bytes = Array(text.utf8)
    return try findings(in: text, scanner).map {
      let score = Int(($0.score * 100).rounded())
      return "\(scanner.entityTypes[$0.entityType]) \(score) "
        + String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  private static let whole = #"""
    supported_languages: [en, de]
    global_regex_flags: 26
    recognizers:
      - name: "Ticket recognizer"
        supported_language: "de"
        patterns:
          - name: "ticket (weak)"
            regex: "(\\bTK\\d{5}(?:\\-\\d{4})?\\b)"
            score: 0.01
        context: [ticket, vorgang]
        supported_entity: "TICKET"
      - name: Titles recognizer
        supported_languages:
          - language: en
            context: [name]
          - de
        supported_entity: TITLE
        deny_list: [Mr., Mrs., C++]
        deny_list_score: 0.7
      - name: CreditCardRecognizer
        supported_languages:
          - language: en
            context: [card]
        type: predefined
      - MyOwnRecognizer
      - name: Off
        type: custom
        enabled: false
    """#

  @Test func patternsAndDenyListsAreRead() throws {
    let source = try read(Self.whole)
    #expect(source.problems.isEmpty)
    #expect(
      source.files.map(\.definition.id) == [
        "presidio/ticket_recognizer-4", "presidio/titles_recognizer-12",
      ])
    // Case counts for nothing, as the flags say; digits are those of every script, as in Python.
    #expect(
      try found(source, in: "tk12345 and TK١٢٣٤٥-0001")
        == ["TICKET 1 tk12345", "TICKET 1 TK١٢٣٤٥-0001"])
    // A context word adds 0.35, and makes 0.4 at least.
    #expect(try found(source, in: "Vorgang TK12345") == ["TICKET 40 TK12345"])
    #expect(
      try found(source, in: "mr. X, Mrs. Y, AMrs. and c++, c++x")
        == ["TITLE 70 mr.", "TITLE 70 Mrs.", "TITLE 70 c++"])
    #expect(source.files[1].words == ["en": ["name"]])
  }

  @Test func whatIsNotHonouredIsNoted() throws {
    let source = try read(Self.whole)
    #expect(
      source.notes.map { "\($0.line): \($0.message)" } == [
        "20: CreditCardRecognizer is code of Presidio; our own rules for CREDIT_CARD stand for it",
        "22: `context` of CreditCardRecognizer is not used",
        "25: MyOwnRecognizer is code of Presidio and is skipped; nothing here stands for it",
        "3: languages are not told apart: these recognizers are on for every text",
        "8: scores at most 0.4, below 0.5: found only with --threshold or the policy's "
          + "`thresholds`",
      ])
  }

  @Test func mistakesAreNamedWithTheirLine() throws {
    for (old, new, line, message) in [
      ("global_regex_flags: 26", "global_regex_flags: 4096", 2, "`global_regex_flags`: only"),
      (#"(\\bTK"#, #"(\\bTK{e<=1}"#, 8, "`regex`: fuzzy matching is not known"),
      (#"(\\bTK"#, #"\\N{DASH}(\\bTK"#, 8, #"`regex`: \N is not known"#),
      (#"\\b)""#, #"\\b""#, 8, "`regex` of pattern: missing closing parenthesis"),
      ("score: 0.01", "score: 7", 7, "`score` is between 0 and 1"),
      ("context: [ticket", "contexts: [ticket", 10, "unknown key `contexts`"),
      ("deny_list: [Mr., Mrs., C++]", "type: custom", 12, "`patterns` or `deny_list` is missing"),
      ("supported_entity: TITLE", "supported_entity: 'A B'", 12, "`supported_entity` is of"),
      ("type: predefined", "type: other", 20, "`type` is custom or predefined"),
    ] {
      let text = Self.whole.replacing(old, with: new, maxReplacements: 1)
      #expect(text != Self.whole, "\(old)")
      let source = try read(text)
      let problem = try #require(source.problems.first, "\(new)")
      #expect(problem.message.hasPrefix(message), "\(problem)")
      #expect(problem.line == line, "\(problem)")
    }
  }

  @Test func pythonsSyntaxIsTranslated() throws {
    for (regex, text, found) in [
      (#"\\u00e9\\d{,3}x\\Z"#, "é12x é1x", "é1x"), (#"(?P<value>a)b(?P=value)"#, "aba", "aba"),
      (#"[]a]+[^]x]"#, "]a]b", "]a]b"), ("a.b", "a\nb", "a\nb"), (#"[[a]+b"#, "[ab", "[ab"),
    ] {
      let source = try read(
        """
        recognizers:
          - name: x
            supported_entity: X
            patterns: [{name: p, regex: "\(regex)", score: 1}]
        """)
      #expect(source.problems.isEmpty)
      #expect(try self.found(source, in: text) == ["X 100 \(found)"], "\(regex)")
    }
  }
}
