import Redact
import Rules
import TestSupport
import Testing

@Suite struct NumberingTests {
  private let email = rule(
    "test/mail", type: "MAIL", regex: "[a-zA-Z]+@[a-z]+[.]org", prefilter: .literals(["@"]),
    lookback: 40)
  private let phone = rule(
    "test/phone", type: "PHONE_NUMBER", regex: "[+(]? [0-9] [0-9 .()-]{5,20} [0-9]",
    prefilter: .digits(min: 7, max: 20, then: []), lookback: 1)

  private func scrub(_ texts: [String]) throws -> [String] {
    var bench = try Bench(rules: [badgeRule, email, phone], names: false)
    let record = "[" + texts.map(jsonString).joined(separator: ",") + "]"
    let output = try bench.scrub(record)
    #expect(try bench.scrub(output) == output)
    return output.dropFirst(2).dropLast(2).components(by: "\",\"")
  }

  @Test func numbersFollowTheOrderOfAppearance() throws {
    #expect(
      try scrub(["BDG-0002, BDG-0001, BDG-0002", "BDG-0003 BDG-0001"])
        == ["[BADGE_1], [BADGE_2], [BADGE_1]", "[BADGE_3] [BADGE_2]"])
  }

  @Test func everyTypeCountsByItself() throws {
    #expect(
      try scrub(["ann@example.org BDG-0001 bob@example.org"])
        == ["[MAIL_1] [BADGE_1] [MAIL_2]"])
  }

  @Test func numbersThatAreThereAreNotGivenAgain() throws {
    #expect(
      try scrub(["BDG-0001 and [MAIL_9]", "later [BADGE_4] ann@example.org"])
        == ["[BADGE_5] and [MAIL_9]", "later [BADGE_4] [MAIL_10]"])
  }

  @Test func spellingsOfOneThingHaveOneNumber() throws {
    #expect(try scrub(["Ann@example.org ANN@example.org"]) == ["[MAIL_1] [MAIL_1]"])
    #expect(
      try scrub(["415-555-0132, (415) 555 0132, +1 415.555.0132, 415-555-0133"])
        == ["[PHONE_NUMBER_1], [PHONE_NUMBER_1], [PHONE_NUMBER_1], [PHONE_NUMBER_2]"])
    #expect(
      try scrub(["0044 7700 900123", "+44 7700 900123"])
        == ["[PHONE_NUMBER_1]", "[PHONE_NUMBER_1]"])
  }

  @Test func everyRecordBeginsAtOne() throws {
    var bench = try Bench(rules: [badgeRule], names: false)
    #expect(try bench.scrub(#"["BDG-0001 BDG-0002"]"#) == #"["[BADGE_1] [BADGE_2]"]"#)
    #expect(try bench.scrub(#"["BDG-0002"]"#) == #"["[BADGE_1]"]"#)
  }
}

extension StringProtocol {
  /// The parts between separators, without Foundation.
  fileprivate func components(by separator: String) -> [String] {
    self.split(separator: separator, omittingEmptySubsequences: false).map { String($0) }
  }
}
