import Redact
import Rules
import TestSupport
import Testing

@Suite struct ValueListsTests {
  private func bench(
    allow: ValueList = ValueList(), deny: [DenyList] = [], names: Bool = false,
    rules: [RuleDefinition] = [badgeRule]
  ) throws -> Bench {
    var policy = PolicyDefinition(name: "lists")
    policy.allow = allow
    policy.deny = deny
    return try Bench(rules: rules, names: names, policy: policy)
  }

  @Test func allowedValuesStayAndAreCounted() throws {
    let record = #"{"a":"BDG-1024 and BDG-2048, then BDG-1024","b":"BDG-1024"}"#
    for allow in [
      ValueList(exact: ["BDG-1024"]), ValueList(folded: ["ＢＤＧ-1024"]),
      ValueList(regex: ["BDG-10[0-9]+"]),
    ] {
      var bench = try bench(allow: allow)
      let once = try bench.scrub(record)
      #expect(once == #"{"a":"BDG-1024 and [BADGE_1], then BDG-1024","b":"BDG-1024"}"#)
      #expect(bench.allowed == ["BADGE", "BADGE", "BADGE"])
      #expect(try bench.scrub(once) == once)
    }
  }

  @Test func anExpressionAllowsWholeValuesOnly() throws {
    var bench = try bench(allow: ValueList(exact: ["BDG-10"], regex: ["BDG-10", "x|BDG"]))
    #expect(try bench.scrub(#"{"a":"BDG-1024"}"#) == #"{"a":"[BADGE_1]"}"#)
    #expect(bench.allowed.isEmpty)
  }

  @Test func whatIsFoundInsideAnAllowedValueStaysToo() throws {
    let inner = rule("test/inner", type: "INNER", regex: "10", score: 0.9)
    let outer = rule("test/outer", type: "OUTER", regex: "<BDG-1024>", score: 0.6, lookback: 1)
    let allow = ValueList(exact: ["BDG-1024"])
    var bench = try bench(allow: allow, rules: [badgeRule, inner])
    #expect(try bench.scrub(#"{"a":"BDG-1024 10"}"#) == #"{"a":"BDG-1024 [INNER_1]"}"#)
    // What goes beyond it is not allowed, and takes it along.
    bench = try self.bench(allow: allow, rules: [badgeRule, outer])
    #expect(try bench.scrub(#"{"a":"<BDG-1024>"}"#) == #"{"a":"[OUTER_1]"}"#)
    #expect(bench.allowed.isEmpty)
  }

  @Test func deniedValuesAreFoundEverywhereInTheRecord() throws {
    let list = DenyList(
      entityType: "PROJECT",
      values: ValueList(exact: ["Titan (2)"], folded: ["Möwe"], regex: ["PX-[0-9]+"]))
    var bench = try bench(deny: [list])
    let once = try bench.scrub(
      #"{"a":"Titan (2), titan (2), MOWE, PX-77","b":"the möwe; Titan (22) Möwen"}"#)
    #expect(
      once
        == #"{"a":"[PROJECT_1], titan (2), [PROJECT_2], [PROJECT_3]","b":"the [PROJECT_4]; "#
        + #"Titan (22) Möwen"}"#)
    #expect(try bench.scrub(once) == once)
  }

  @Test func anExactDeniedValueIsNoPartOfALongerWord() throws {
    let list = DenyList(entityType: "CUSTOM", values: ValueList(exact: ["Ares", "海鸥", "+x"]))
    var bench = try bench(deny: [list])
    #expect(
      try bench.scrub(#"{"a":"Ares Aresx éAres 我的海鸥计划 a+x"}"#)
        == #"{"a":"[CUSTOM_1] Aresx éAres 我的[CUSTOM_2]计划 a[CUSTOM_3]"}"#)
  }

  @Test func denyingWinsOverAllowing() throws {
    var bench = try bench(
      allow: ValueList(exact: ["BDG-1024"]),
      deny: [DenyList(entityType: "CUSTOM", values: ValueList(exact: ["BDG-1024"]))])
    #expect(try bench.scrub(#"{"a":"BDG-1024"}"#) == #"{"a":"[CUSTOM_1]"}"#)
  }

  @Test func aRefusedExpressionIsAnError() {
    #expect(throws: RegexError.self) { try AllowList(ValueList(regex: ["(a"])) }
  }

  @Test func aRuleThatGivesUpIsNamed() throws {
    let bad = rule("test/bad", regex: "(?:a+)+[$]")
    var bench = try bench(rules: [bad])
    let text = String(repeating: "a", count: 5000)
    #expect(throws: RecordFailure.self) { try bench.scrub("{\"x\":\"\(text)\"}") }
    #expect(bench.gaveUp == ["test/bad"])
  }
}
