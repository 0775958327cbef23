import Rules
import Scan
import TestSupport
import Testing

@Suite struct NarrowedTextTests {
  /// Knows ASCII only, as the rules for cards and national numbers do.
  private static let card = rule(
    "card", regex: "(?<![0-9])[0-9]{4}(?:[ -]?[0-9]{4}){2}(?![0-9])",
    prefilter: .digits(min: 12, max: 12, then: []), clean: " -", validators: [.luhn])
  private static let year = rule(
    "year", regex: "[0-9]{4}", prefilter: .digits(min: 4, max: 4, then: []))

  private static func found(
    _ text: String, _ rules: [RuleDefinition] = [card]
  ) throws -> [String] {
    let scanner = Scan.Scanner(ruleset: try Ruleset(rules, tables: noTables), names: nil)
    return try findings(in: text, scanner).map {
      String(decoding: Array(text.utf8)[$0.range], as: UTF8.self)
    }
  }

  @Test func digitsOfEveryScriptAreFoundWhereTheyStand() throws {
    let number = "411111111117"
    for zero in [
      0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0,
      0xF20, 0x1040, 0x17E0, 0xFF10,
    ] {
      let digits = number.utf8.compactMap { Unicode.Scalar(zero + Int($0) - 48) }
      let wide = String(String.UnicodeScalarView(digits))
      #expect(try Self.found("é \(wide)。") == [wide], "\(zero)")
    }
  }

  @Test func separatorsOutsideASCIIAreFound() throws {
    for separator in ["\u{A0}", "\u{2009}", "\u{202F}", "\u{3000}", "\u{2011}", "\u{2013}", "－"] {
      let number = ["4111", "1111", "1117"].joined(separator: separator)
      #expect(try Self.found("karte \(number), ok") == [number])
      let other = ["4111", "1111", "1114"].joined(separator: separator)
      #expect(try Self.found("karte \(other), ok").contains(other) == false)
    }
    #expect(try Self.found("４１１１－１１１１－１１１７") == ["４１１１－１１１１－１１１７"])
  }

  @Test func shortNumbersAndOtherPartsOfTheTextStayAsTheyAre() throws {
    #expect(try Self.found("２０２４年 and １２３\u{A0}４５６７", [Self.year]) == [])
    // Four ASCII digits beside a changed group are found once.
    let rules = [Self.card, Self.year]
    #expect(
      try Self.found("2024 ４１１１１１１１１１１７", rules).filter { $0 == "2024" } == ["2024"])
    #expect(try Self.found("4111\u{A0}é1111", rules) == ["4111", "1111"])
  }
}
