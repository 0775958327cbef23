import Rules
import Scan
import TestSupport
import Testing

@Suite struct FoldedPhrasesTests {
  private func places(_ phrases: [String], in text: String) throws -> [String] {
    var denied = FoldedPhrases()
    for phrase in phrases { denied.add(phrase, entityType: "CUSTOM") }
    let scanner = Scan.Scanner(
      ruleset: try Ruleset([], tables: noTables), names: nil, denied: denied)
    let bytes = Array(text.utf8)
    return try findings(in: text, scanner).filter { $0.entityType != scanner.placeholder }.map {
      #expect(scanner.entityTypes[$0.entityType] == "CUSTOM")
      #expect(scanner.ruleIDs[$0.rule] == "policy/deny/folded")
      return String(decoding: bytes[$0.range], as: UTF8.self)
    }
  }

  @Test func caseAccentsAndWidthCountForNothing() throws {
    #expect(
      try places(["Projekt Möwe"], in: "projekt mowe, PROJEKT MÖWE, ＰＲＯＪＥＫＴ Ｍöwe!")
        == ["projekt mowe", "PROJEKT MÖWE", "ＰＲＯＪＥＫＴ Ｍöwe"])
  }

  @Test func longerWordsAreLeftAlone() throws {
    #expect(try places(["titan"], in: "titanic, titán2 subtitan, Titan's") == ["Titan"])
    // Scripts without blanks have no longer words.
    #expect(try places(["海鸥"], in: "我的海鸥计划") == ["海鸥"])
    #expect(try places(["#x"], in: "a#x b#xy") == ["#x"])
  }

  @Test func whatFoldsToNothingIsNoPhrase() throws {
    #expect(try places(["", "\u{200B}"], in: "a b").isEmpty)
  }
}
