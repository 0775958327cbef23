import TestSupport
import Testing
import Text

@testable import Names

@Suite struct WordTableTests {
  private static func entry(_ lists: [(WordClasses, bucket: Int, isForeign: Bool)]) -> WordEntry {
    var builder = DictionaryBuilder()
    let word = Array("dan".utf8)
    for (classes, bucket, isForeign) in lists {
      builder.addList(word.span, classes: classes, bucket: bucket, isForeign: isForeign)
    }
    return builder.table().entry(ByteHash.of(word))
  }

  @Test func aWordOfOtherLanguagesIsForeignUnlessEnglishHasIt() {
    #expect(Self.entry([(.common, 6, true)]).isForeign)
    #expect(Self.entry([(.common, 6, true), (.given, 4, false)]).isForeign)
    #expect(Self.entry([(.given, 4, false), (.common, 6, true)]).isForeign)
    #expect(Self.entry([(.common, 6, true), (.common, 3, true)]).isForeign)
    #expect(!Self.entry([(.common, 6, true), (.common, 3, false)]).isForeign)
    #expect(!Self.entry([(.common, 6, false), (.common, 3, true)]).isForeign)
    // Only of words is said where they are common.
    #expect(!Self.entry([(.given, 6, true)]).isForeign)
  }

  @Test func aForeignWordIsForgottenAndNothingElse() {
    var entry = Self.entry([(.common, 6, true), (.given, 4, false), (.place, 2, false)])
    entry.dropForeignWord()
    #expect(entry == Self.entry([(.given, 4, false), (.place, 2, false)]))
    var common = Self.entry([(.common, 6, false), (.given, 4, false)])
    common.dropForeignWord()
    #expect(common == Self.entry([(.common, 6, false), (.given, 4, false)]))
  }

  /// "The", "und" and "dan" tell which language a text is in; "rana" is a frog in Spanish.
  @Test func aForeignWordCountsWhereATextIsNotKnownToBeEnglish() throws {
    var builder = DictionaryBuilder()
    builder.addList(Array("rana".utf8).span, classes: .given, bucket: 4)
    builder.addList(Array("rana".utf8).span, classes: .common, bucket: 6, isForeign: true)
    let languages = try LanguageGuess(file: Array("en\tthe was there\nes\tla fue es\n".utf8))
    let cues = try Cues(file: [], into: &builder)
    let dictionary = builder.build()
    func isCommon(_ text: String, dropsForeignWords: Bool = true) -> [Bool] {
      let scanner = NameScanner(
        dictionary: dictionary, cues: cues, languages: languages,
        dropsForeignWords: dropsForeignWords, mode: .balanced)
      return scanner.chains(in: text).flatMap { $0 }.filter { $0.word == "Rana" }
        .map { $0.entry.classes.contains(.common) }
    }
    #expect(isCommon("x the Rana was there") == [false])
    #expect(isCommon("x the Rana was there", dropsForeignWords: false) == [true])
    #expect(isCommon("x la Rana fue es") == [true])
    #expect(isCommon("x Rana y") == [true])
  }

  /// "Ben" is "I" in Turkish.
  @Test func aFrequentWordOfTheTextsLanguageIsNoName() throws {
    var builder = DictionaryBuilder()
    builder.addList(Array("ben\nwill".utf8).span, classes: .given, bucket: 6)
    let languages = try LanguageGuess(file: Array("en\tthe was will\ntr\t!ben ve bir\n".utf8))
    let cues = try Cues(file: [], into: &builder)
    let dictionary = builder.build()
    func isName(_ word: String, in text: String, dropsForeignWords: Bool = true) -> [Bool] {
      let scanner = NameScanner(
        dictionary: dictionary, cues: cues, languages: languages,
        dropsForeignWords: dropsForeignWords, mode: .balanced)
      return scanner.chains(in: text).flatMap { $0 }.filter { $0.word == word }
        .map { $0.entry.classes.contains(.given) }
    }
    #expect(isName("Ben", in: "x the Ben was") == [true])
    #expect(isName("Ben", in: "x ve bir Ben Ben").allSatisfy { !$0 })
    #expect(isName("Ben", in: "x Ben") == [true])
    #expect(isName("Will", in: "x the Will was") == [true])
    #expect(isName("Will", in: "x the Will was", dropsForeignWords: false) == [true])
  }
}
