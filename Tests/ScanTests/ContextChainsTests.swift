import Rules
import Scan
import TestSupport
import Testing

/// Numbers that speak for the next ones of their list.
@Suite struct ContextChainsTests {
  /// What a rule finds that waits for the word "badge", with the prefilter and without.
  private func find(_ text: String, type: String = "BADGE_NUMBER") throws -> [String] {
    let badge = rule(
      "t/badge", type: type, regex: "(?<![0-9]) [0-9]{7} (?![0-9])", score: 0.3,
      prefilter: .digits(min: 7, max: 7, then: []),
      context: ContextDefinition(
        words: ["badge"], against: ["order"], window: 40, after: 0, boost: 0.4, required: false,
        refused: ["ticket"]))
    let bytes = Array(text.utf8)
    let found = try [true, false].map { usesPrefilter in
      try findings(
        in: text,
        Scan.Scanner(
          ruleset: try Ruleset([badge], tables: noTables), names: nil,
          threshold: { _ in 0.5 }, usesPrefilter: usesPrefilter)
      ).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    }
    #expect(found[0] == found[1], "\(text)")
    return found[0]
  }

  @Test func eachNumberOfAListIsFound() throws {
    let numbers = (0..<40).map { String(5_550_100 + $0 * 37) }
    #expect(try find("badge: " + numbers.joined(separator: "\nor ")) == numbers)
    #expect(try find(numbers.joined(separator: "\n")) == [])
    // What stands for the first says no more than the text does, if the type's name has no word.
    #expect(
      try find("badge: " + numbers.joined(separator: "\nor "), type: "THING").count < 5)
  }

  @Test func numbersWithoutAGapAreNoList() throws {
    // The second begins where the first ends, and its type's name holds no word.
    let far = String(repeating: "x ", count: 14)
    let one = rule(
      "t/thing", regex: "[0-9]{7}", score: 0.3, prefilter: .digits(min: 14, max: 14, then: []),
      context: ContextDefinition(words: ["badge"], window: 36, after: 0, boost: 0.4, required: true)
    )
    let scanner = Scan.Scanner(
      ruleset: try Ruleset([one], tables: noTables), names: nil, usesPrefilter: false)
    #expect(try findings(in: "badge \(far)55501015550102", scanner).count == 1)
  }

  @Test func aListEndsWhereItsNumbersAreFar() throws {
    let near = "badge 5550101 and so on, 5550102"
    #expect(try find(near + ", but 5550103") == ["5550101", "5550102", "5550103"])
    let far = String(repeating: "x ", count: 20)
    #expect(try find(near + far + "5550103") == ["5550101", "5550102"])
    // What is said to be something else is no part of it.
    #expect(try find("badge " + far.prefix(24) + "5550101, ticket 5550102") == ["5550101"])
  }
}
