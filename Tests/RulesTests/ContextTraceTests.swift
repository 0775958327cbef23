import Rules
import TestSupport
import Testing
import Text

@Suite struct ContextTraceTests {
  @Test func theWordThatCountsIsNamed() throws {
    var folding = FoldTable()
    let context = ContextDefinition(
      words: ["badge", "ausweis"], window: 20, boost: 0.2, required: true)
    let definition = rule("test/badge", regex: "BDG", context: context)
    for (text, word) in [
      ("my Ausweis BDG", "ausweis"), ("the badge is BDG", "badge"), ("nothing but BDG", nil),
    ] {
      let bytes = Array(text.utf8)
      let range = bytes.count - 3..<bytes.count
      let found = try definition.contextWord(
        of: RegexMatch(range: range, value: range), expression: 0, in: bytes.span,
        tables: noTables, folding: &folding)
      #expect(found == word, "\(text)")
    }
  }
}
