import PatternFiles
import Rules
import TestSupport
import Testing

@Suite struct RulesetTests {
  @Test func rulesOfTheThirdTierWaitForTheirRegion() throws {
    let definitions = [
      rule("b/two", regex: "x", tier: 2, regions: ["us"]),
      rule("c/three", type: "OTHER", regex: "x", tier: 3, regions: ["us", "ca"]),
      rule("a/one", regex: "x", tier: 1),
    ]
    func ids(_ regions: Set<String>) throws -> [String] {
      try Ruleset(definitions, tables: noTables, regions: regions).rules.map(\.id)
    }
    #expect(try ids([]) == ["a/one", "b/two"])
    #expect(try ids(["de"]) == ["a/one", "b/two"])
    #expect(try ids(["ca"]) == ["a/one", "b/two", "c/three"])
    #expect(try ids(["all"]) == ["a/one", "b/two", "c/three"])
  }

  @Test func rulesShareTheirTypes() throws {
    let ruleset = try Ruleset(
      [
        rule("a", type: "X", regex: "x"), rule("b", type: "Y", regex: "x"),
        rule("c", type: "X", regex: "x"),
      ], tables: noTables)
    #expect(ruleset.entityTypes == ["X", "Y"])
    #expect(ruleset.rules.map(\.entityType) == [0, 1, 0])
  }

  @Test func theErrorNamesTheRule() {
    do {
      _ = try Ruleset([rule("good", regex: "x"), rule("odd", regex: "(x")], tables: noTables)
      Issue.record("it is not refused")
    } catch {
      #expect(error.rule == "odd")
      #expect(error.description.hasPrefix("rule odd: "))
      #expect(error.description.hasSuffix("at offset 2 of the expression"))
    }
  }

  @Test func everyRuleOfTheProjectIsOnSomewhere() {
    #expect(Project.ruleset.rules.count == Project.pack.rules.count)
    #expect(Set(Project.ruleset.rules.map(\.id)).count == Project.pack.rules.count)
  }
}
