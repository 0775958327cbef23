import Testing
import Text

@Suite struct LanguageGuessTests {
  private func guess(_ text: String, _ file: String) throws -> String? {
    let guess = try LanguageGuess(file: Array(file.utf8))
    var maps = ByteMaps(marked: [])
    let bytes = Array(text.utf8)
    maps.scan(bytes.span)
    var folding = FoldTable()
    return guess.guess(bytes.span, maps: maps, folding: &folding).map { guess.languages[$0] }
  }

  private let file = "# words\nen\tthe and of is\nde\tder und ist für\nru\tи не на\nxx\tis ist\n"

  @Test func theMostWordsWin() throws {
    #expect(try guess("The dog and the cat", file) == "en")
    #expect(try guess("Der Hund UND die Katze", file) == "de")
    #expect(try guess("кот и пёс не на месте", file) == "ru")
    #expect(try guess("Das ist fur mich", file) == "de")
  }

  @Test func noWordAndNoDecisionSayNothing() throws {
    #expect(try guess("Hund Katze Maus", file) == nil)
    #expect(try guess("is", file) == nil)
    #expect(try guess("", file) == nil)
    // A word inside another is none.
    #expect(try guess("theory undone", file) == nil)
  }

  @Test func onlyTheBeginningIsRead() throws {
    let german = String(repeating: "und der ", count: 600)
    #expect(try guess(german + String(repeating: "the of and ", count: 2_000), file) == "de")
  }

  @Test func aWrongLineIsNamed() {
    #expect(throws: LanguageFileError(line: 2)) {
      _ = try LanguageGuess(file: Array("en\tthe\nde der\n".utf8))
    }
    let many = (0..<65).map { "l\($0)\tw" }.joined(separator: "\n")
    #expect(throws: LanguageFileError(line: 65)) { _ = try LanguageGuess(file: Array(many.utf8)) }
  }
}
