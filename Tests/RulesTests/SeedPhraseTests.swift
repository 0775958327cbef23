import PatternFiles
import Rules
import TestSupport
import Testing

@Suite struct SeedPhraseTests {
  private static let validator = Validator(.seedPhrase, tables: Project.pack.tables)

  private func isValid(_ text: String) -> Bool { Self.validator.isValid(Array(text.utf8)) }

  /// The test vectors beside BIP-39, of 128, 192 and 256 bits; and the second in other languages.
  private static let published = [
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
    "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
    "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon "
      + "abandon abandon abandon abandon abandon abandon agent",
    "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth "
      + "useful legal winner thank year wave sausage worth title",
    "ligero vista talar yogur venta queso yacer trozo ligero vista talar zafiro",
    "obrazec znak uznat zubovina zeman skupina zrcadlo vzchopit obrazec znak uznat zubr",
    "обед эпизод уважение якорь шланг скот юстиция хутор обед эпизод уважение январь",
    "枪 疫 霉 尝 俩 闹 饿 贤 枪 疫 霉 卿",
    "そつう\u{3000}れきだい\u{3000}ほんやく\u{3000}わかす\u{3000}りくつ\u{3000}ばいか\u{3000}"
      + "ろせん\u{3000}やちん\u{3000}そつう\u{3000}れきだい\u{3000}ほんやく\u{3000}わかめ",
    "실장 활동 큰절 흔적 형제 제대로 훈련 한글 실장 활동 큰절 흔히",
  ]

  @Test func publishedPhrasesAreValid() {
    for text in Self.published { #expect(isValid(text), "\(text)") }
    #expect(isValid(Self.published[1].uppercased()))
    #expect(isValid("1. " + Self.published[1].replacing(" ", with: ",\n2. ")))
  }

  @Test func otherWordsLengthsAndOrdersAreNot() {
    for text in Self.published {
      #expect(!isValid(text + " " + text), "\(text)")
      #expect(!isValid("zebrafish " + text.drop { $0 != " " && $0 != "\u{3000}" }), "\(text)")
    }
    for text in ["", "legal", String(repeating: "abandon ", count: 12), "\u{3000}"] {
      #expect(!isValid(text), "\(text)")
    }
  }

  /// Of the last words that can follow eleven, one in sixteen has the checksum: the entropy's last
  /// seven bits are free, four bits are not.
  @Test func oneLastWordInSixteenFits() throws {
    let words = try #require(Project.pack.tables.seedWords["en"]).split(separator: "\n")
      .map { $0.prefix { $0 != " " } }
    #expect(words.count == 2048)
    let first = Self.published[2].split(separator: " ").dropLast().joined(separator: " ")
    let fitting = words.filter { isValid("\(first) \($0)") }
    #expect(fitting.count == 128)
    #expect(fitting.contains("above"))
  }

  @Test func everyListHasItsWordsOnceEachWithItsPlace() {
    let lists = Project.pack.tables.seedWords
    #expect(lists.count == 12)
    for (language, list) in lists {
      let rows = list.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(Set(rows.map { $0[0] }).count == 2048, "\(language)")
      #expect(Set(rows.compactMap { Int($0[1]) }) == Set(0..<2048), "\(language)")
    }
  }
}
