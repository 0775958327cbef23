import Testing
import Text

@Suite struct LookalikesTests {
  private static let lookalikes = Lookalikes()

  private func unmixed(_ word: String) -> String? {
    let bytes = Array(word.utf8)
    return Self.lookalikes.unmixed(bytes.span, bytes.indices).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test(arguments: [
    // Cyrillic А, о, е, с, р in Latin words.
    ("\u{410}nna", "Anna"), ("L\u{43E}nd\u{43E}n", "London"), ("Alic\u{435}", "Alice"),
    ("\u{421}a\u{440}i", "Capi"),
    // Greek Ο.
    ("\u{39F}scar", "Oscar"),
    // Latin C, o, p in Cyrillic words.
    ("C\u{435}\u{440}\u{433}\u{435}\u{439}", "\u{421}\u{435}\u{440}\u{433}\u{435}\u{439}"),
    ("M\u{430}\u{448}\u{430}", "\u{41C}\u{430}\u{448}\u{430}"),
  ])
  func aMixedWordIsReadAsItLooks(word: String, read: String) {
    #expect(unmixed(word) == read)
  }

  @Test(arguments: ["Anna", "\u{410}\u{43D}\u{43D}\u{430}", "Zo\u{EB}", "\u{416}anna", ""])
  func aWordOfOneScriptAndOneOfTwoStayAsTheyAre(word: String) {
    #expect(unmixed(word) == nil)
  }
}
