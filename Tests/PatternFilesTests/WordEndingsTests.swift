import PatternFiles
import Rules
import Testing

@Suite struct WordEndingsTests {
  @Test func wordsStandForTheirForms() {
    #expect(WordEndings.words("phone", language: "en") == [ContextWord("phone", endingMax: 1)])
    // Too short to have endings, not a word of letters, an unknown language.
    #expect(WordEndings.words("tel", language: "en") == [ContextWord("tel")])
    #expect(WordEndings.words("phone:", language: "en") == [ContextWord("phone:")])
    #expect(WordEndings.words("phone", language: "xx") == [ContextWord("phone")])
    // The last word of a phrase has the ending; a last vowel gives way to others.
    #expect(
      WordEndings.words("bank karta", language: "pl")
        == [ContextWord("bank karta", endingMax: 3), ContextWord("bank kart", endingMax: 3)])
    #expect(
      WordEndings.words("телефон", language: "ru") == [ContextWord("телефон", endingMax: 3)])
  }
}
