import PatternFiles
import Rules
import TestSupport
import Testing

@Suite struct RuleLintTests {
  private func file(
    regex: String, prefilter: String, hit: String = "BDG-1024", score: Double = 0.8
  ) throws -> RuleFile {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      id: test/badge
      entity_type: BADGE
      about: A badge.
      sources: [ours]
      tier: 1
      patterns:
        - score: \(score)
          regex: |-
            \(regex)
      \(prefilter)
      examples:
        hits:
          - {text: "\(hit)", find: "\(hit)"}
          - {text: "a \(hit)", find: "\(hit)"}
          - {text: "\(hit) b", find: "\(hit)"}
        misses:
          - {text: "a", because: "nothing"}
          - {text: "b", because: "nothing"}
          - {text: "c", because: "nothing"}
      """, to: "rules/test/badge.yaml")
    return try RuleFile(path: path, id: "test/badge")
  }

  @Test func eachMistakeIsNamedWithItsLine() throws {
    let literal = #"prefilter: {literals: ["BDG-"]}"#
    for (regex, prefilter, line, message) in [
      ("BDG-(1", literal, 9, "`regex` of pattern: missing closing parenthesis, at offset 6"),
      (
        "(?:BDG-1)?", literal, 9,
        "`regex` of pattern: the expression can match the empty string, at offset 0"
      ),
      ("BDG-1(?!)", literal, 9, "`regex` of pattern: the expression can match nothing"),
      (
        "(?:[A-Z]+-?)+1024[$]", "", 9,
        "`regex` of pattern: the expression backtracks without bound on near-misses"
      ),
      (
        "[A-Z]{3}-1024", literal.replacing("BDG-", with: "1024"), 13,
        "`prefilter` does not cover what the rule finds in this example"
      ),
      (
        "BDG-[0-9]{4}", "prefilter: {token: {min: 5, max: 4}}", 9,
        "`prefilter`: `min` is 1 or more, and not more than `max`"
      ),
      (
        "[A-Z]{3}[-][0-9]{4}", "prefilter: everywhere", 9,
        "`prefilter` is missing, and none follows from the expression"
      ),
    ] {
      let problems = RuleLint.problems(
        in: try file(regex: regex, prefilter: prefilter), tables: noTables)
      let first = try #require(problems.first, "\(regex)")
      #expect(first.message == message)
      #expect(first.line == line, "\(first)")
      #expect(first.file == "rules/test/badge.yaml")
    }
  }

  @Test func whatFollowsFromTheExpressionNeedsNoPrefilter() throws {
    let file = try file(regex: "BDG- [0-9]{4}", prefilter: "")
    #expect(RuleLint.problems(in: file, tables: noTables).isEmpty)
    #expect(file.definition.patterns.map(\.prefilter) == [.literals(["bdg-"])])
    // Users may try an expression everywhere.
    let everywhere = try self.file(regex: "[A-Z]{3}[-][0-9]{4}", prefilter: "prefilter: everywhere")
    #expect(RuleLint.problems(in: everywhere, tables: noTables, owner: .users).isEmpty)
  }

  @Test func aScoreThatNeverCountsIsNoted() throws {
    let low = try file(regex: "BDG-1024", prefilter: "", score: 0.3)
    #expect(RuleLint.notes(in: low).map(\.line) == [9])
    #expect(RuleLint.notes(in: try file(regex: "BDG-1024", prefilter: "")).isEmpty)
  }
}
