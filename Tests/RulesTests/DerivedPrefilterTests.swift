import Rules
import Testing

@Suite struct DerivedPrefilterTests {
  @Test func literalsThatEveryMatchHoldsAreFound() {
    let table: [(String, RegexOptions, [String], Int)] = [
      ("EMP-[0-9]{4}", [], ["emp-"], 0),
      ("[0-9]{2,4}(?:ABC|DEFG)", [], ["abc", "defg"], 4),
      ("(?:x|yz)?token[0-9]", [], ["token"], 2),
      ("[a-z]{1,64}@[a-z]+", [], ["@"], 65),
      ("a(?:bcd)+", [], ["bcd"], 1),
      ("[éa]?needle", [], ["needle"], 4),
      // Without case, K and S have a third form that no ASCII text stands for.
      ("passport", .caseless, ["port"], 10),
      ("(?i)passport", [], ["port"], 10),
      ("# no comment", [], ["# no comment"], 0),
    ]
    for (pattern, options, literals, lookback) in table {
      let derived = DerivedPrefilter(pattern, options: options)
      #expect(derived.prefilter == .literals(literals), "\(pattern)")
      #expect(derived.lookback == lookback, "\(pattern)")
    }
  }

  @Test func digitsWantSomethingBeforeThemThatIsNone() {
    for (pattern, least, lookback) in [
      (#"\b\d{5}(?:-\d{4})?\b"#, 5, 0), ("(?<![0-9.])[0-9]{3,9}x", 3, 0),
      ("[A-Z]{2}[0-9]{6}", 6, 2),
    ] {
      let derived = DerivedPrefilter(pattern, options: [])
      #expect(derived.prefilter == .digits(min: least, max: .max, then: []), "\(pattern)")
      #expect(derived.lookback == lookback, "\(pattern)")
    }
  }

  @Test func whereNothingFollowsEverythingIsTried() {
    for (pattern, options) in [
      ("[0-9]{5}", []), (#"\b\d{5}\b"#, .unicode), ("ab", []), ("abc|[0-9]x", []),
      (".*abc", []), ("(?:abc)?d", []), ("(a)(?(1)bcd|efg)", []),
    ] as [(String, RegexOptions)] {
      #expect(DerivedPrefilter(pattern, options: options).prefilter == .everywhere, "\(pattern)")
    }
  }
}
