import Rules
import Scan
import TestSupport
import Testing

@Suite struct LabelledTextTests {
  /// Knows a number by its label only, as most rules of numbers do.
  private static let badge = rule(
    "badge", regex: "(?i)badge(?:[ ](?:no|number))?:?[ ](?<value>[0-9]{3,5})(?![0-9])",
    prefilter: .literals(["badge"]))

  private static func found(_ text: String, rules: [RuleDefinition] = [badge]) throws -> [String] {
    let scanner = Scan.Scanner(ruleset: try Ruleset(rules, tables: noTables), names: nil)
    return try findings(in: text, scanner).map {
      String(decoding: Array(text.utf8)[$0.range], as: UTF8.self)
    }
  }

  @Test func theNameOfAColumnStandsBeforeEachOfItsCells() throws {
    for separator in [",", ";", "\t", " | "] {
      let text = ["é,badge,room", "x,4471,12", "y,123,4481"].joined(separator: "\n")
        .replacing(",", with: separator)
      #expect(try Self.found(text) == ["4471", "123"], "\(separator)")
    }
    #expect(
      try Self.found("| Badge No | A |\n|---|---|\n| `4471` | 4472 |\n| **171** | 1 |")
        == ["4471", "171"])
  }

  @Test func namesOfColumnsAreReadAsWords() throws {
    for name in ["badge_number", "badgeNumber", "\"Badge Number\"", "Badge number (new)"] {
      #expect(try Self.found("\(name),x\n4471,1\n") == ["4471"], "\(name)")
    }
    #expect(try Self.found("badgenumber,x\n4471,1\n") == [])
    #expect(try Self.found("4 badge number,x\n4471,1\n") == [])
  }

  @Test func theNameOfARowStandsBeforeItsCells() throws {
    #expect(try Self.found("Field | Value\n--|--\nBadge no | 4471\nRoom | 4472\n") == ["4471"])
    #expect(try Self.found("Badge no | 4471\nRoom | 4472\n") == ["4471"])
    #expect(
      try Self.found("| | Ann | Bob |\n|-|-|-|\n| Badge no | 4471 | 4472 |\n") == ["4471", "4472"])
    #expect(try Self.found("Change % | Price [$] | Badge no\n1 | 2 | 4471\n") == ["4471"])
    // Three columns with a name each: rows have none.
    #expect(try Self.found("a | b | c\nBadge no | 4471 | 4472\n") == [])
  }

  @Test func whatIsNoTableHasNoColumns() throws {
    #expect(try Self.found("Our badge number, I said, is blue.\nHere, 4471, and, 4472.") == [])
    #expect(try Self.found("badge number\n4471\n") == [])
    // The row has fewer cells.
    #expect(try Self.found("x,y,badge number\n1,2,4471\n4472,1\n") == ["4471"])
    // What is longer than any value is prose.
    let long = String(repeating: "4471 ", count: 40)
    #expect(try Self.found("badge number,x\n\(long),1\n") == [])
  }

  @Test func nothingIsFoundAcrossCells() throws {
    let pair = rule(
      "pair", regex: "badge:[ ](?<value>[0-9]{4}\\s+badge:[ ][0-9]{4})",
      prefilter: .literals(["badge"]))
    #expect(try Self.found("badge,x\n4471,1\n4472,2\n", rules: [pair]) == [])
  }

  @Test func fieldsOfProgramsAreReadAsWords() throws {
    for text in [
      "{\"badgeNumber\": \"4471\"}", "{'badge_number': 4471}", "\"badge no\" : \"4471\",",
      "{\\\"badgeNo\\\": \\\"4471\\\"}", "badge_no: 4471", "badgeNo = 4471;", "f(badgeNo='4471')",
      "badge_no := '4471'", "'badge_no' => '4471'", "badge-no=\"4471\"", "<badgeNo>4471</badgeNo>",
      "<x:badge_no>4471</x:badge_no>", "?badge_no=4471&x=1", "export BADGE_NO=4471",
    ] { #expect(try Self.found(text) == ["4471"], "\(text)") }
    for text in [
      "{\"badgeNumber\": \"x4471\"}", "user.badge_no = 4471", "badge_no = f(4471)",
      "badge_no == 4471 + x", "badge_no = four 4471", "<badgeNo>a<b>4471</b></badgeNo>",
      "badge_no = [4471]", "https://badge_no:4471", "badgeNo: a.b4471",
      "badge_no\n=\n4471", "badgeNo", "badgeNo:", "=4471", ": 4471", "</badgeNo>", "\": \"4471\"",
    ] { #expect(try Self.found(text) == [], "\(text)") }
  }

  @Test func theLineAboveIsTheLabelOfAForm() throws {
    #expect(try Self.found("Badge number\n4471\nBadge no\r\n171\r\n") == ["4471", "171"])
    #expect(try Self.found("Badge no:\n4471") == ["4471"])
    for text in [
      "badge no\n4471", "Badge no\n\n4471", "The badge that has no number\n4471",
      "Badge no\n447. One", "Badge no.\n4471", "Badge no, x\n4471", "Badge no\nfour",
    ] { #expect(try Self.found(text) == [], "\(text)") }
  }

  @Test func aKeyStandsBeforeItsValue() throws {
    let scanner = Scan.Scanner(ruleset: try Ruleset([Self.badge], tables: noTables), names: nil)
    var scratch = ScanScratch(for: scanner)
    func found(_ text: String, _ key: String) throws -> [Range<Int>] {
      let bytes = Array(text.utf8)
      var result: [Finding] = []
      try scanner.scan(bytes.span, using: &scratch, into: &result)
      if let labelled = Scan.Scanner.labelled(bytes.span, under: Array(key.utf8)) {
        try scanner.scan(labelled, of: bytes.span, using: &scratch, into: &result)
      }
      return result.map(\.range)
    }
    #expect(try found(" 4471 ", "badgeNumber") == [1..<5])
    #expect(try found("4471", "room") == [])
    #expect(try found("4471", "17") == [])
    #expect(try found("", "badge_number") == [])
    #expect(try found("4471", String(repeating: "badge ", count: 20)) == [])
  }
}
