import PatternFiles
import Rules
import TestSupport
import Testing
import Text

@Suite struct PhoneLanguagesTests {
  private static let tables = Project.pack.tables
  private static let rows = LanguageRegions.rows(of: tables.languageRegions)
  private static let languages = PhoneLanguages(
    rows, words: tables.languageWords
  ).reading(nil)

  private func language(of text: String) -> String? {
    let bytes = Array(text.utf8)
    var maps = ByteMaps(marked: [])
    maps.scan(bytes.span)
    var folding = FoldTable()
    return Self.languages.language(of: bytes.span, maps: maps, folding: &folding)
      .map { Self.rows[$0].language }
  }

  @Test(arguments: [
    ("der Zug ist nicht da", "de"), ("je ne suis pas là pour vous", "fr"),
    ("это не мой и не твой", "ru"),
    ("내일 오전에 전화", "ko"), ("お電話ください", "ja"), ("请打电话给我", "zh"), ("โทรหาฉัน", "th"),
    ("მე აქ ვარ", "ka"), ("a 日本", nil), ("12 34 56", nil), ("", nil),
  ])
  func wordsOrElseTheScriptTellTheLanguage(text: String, expected: String?) {
    #expect(language(of: text) == expected)
  }

  /// The words that tell a language go before the script that a text quotes.
  @Test func whatIsQuotedDoesNotCount() {
    #expect(language(of: "das Wort ist 電話番号 und nicht die Nummer") == "de")
  }

  @Test func everyRegionHasAPlanAndEveryLanguageOfWordsARow() throws {
    let known = Set(Self.tables.phonePlans.map(\.region))
    for row in Self.rows {
      #expect(known.isSuperset(of: row.regions), "\(row.language)")
    }
    let rows = Set(Self.rows.map(\.language))
    let guess = try LanguageGuess(file: Array(Self.tables.languageWords.utf8))
    #expect(rows.isSuperset(of: guess.languages))
  }

  @Test func aNumberFitsWhereItsLanguageIsSpoken() throws {
    let plans = try PhonePlans(Self.tables.phonePlans)
    let rows = Self.rows
    let check = PhoneCheck(
      .national(groups: .strong, plans: .language), plans, regions: ["de"],
      languages: plans.plans(of: rows))
    #expect(check.asksLanguage)
    for (number, spoken) in [
      ("01 99 00 12 34", ["de", "en", "fr", "ja"]), ("030/23125 123", ["de", "en"]),
      ("8 (495) 000-45-67", ["ru"]), ("020 7946 0123", ["en", "ja"]),
    ] {
      let bytes = Array(number.utf8)
      #expect(check.fit(bytes.indices, in: bytes.span) == nil)
      let found = ["de", "en", "fr", "ja", "ru"].filter { language in
        let index = rows.firstIndex { $0.language == language }
        return check.fit(bytes.indices, in: bytes.span, language: index) != nil
      }
      #expect(found == spoken, "\(number)")
    }
  }

  /// Three groups of three are a quantity where numbers begin with a trunk prefix, and a number
  /// where they have none.
  @Test func withoutItsTrunkPrefixANumberIsNone() throws {
    let plans = try PhonePlans(Self.tables.phonePlans)
    let check = PhoneCheck(
      .national(groups: .written, plans: .language), plans, regions: [],
      languages: plans.plans(of: Self.rows))
    let bytes = Array("600 000 123".utf8)
    for (language, isNumber) in [("es", true), ("pl", true), ("en", false), ("fr", false)] {
      let index = Self.rows.firstIndex { $0.language == language }
      #expect(
        (check.fit(bytes.indices, in: bytes.span, language: index) != nil) == isNumber,
        "\(language)")
    }
  }
}
