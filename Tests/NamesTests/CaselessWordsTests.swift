import Names
import TestSupport
import Testing
import Text

@Suite struct CaselessWordsTests {
  /// The words taken for possible names, by a dictionary of the test.
  private func words(_ text: String, _ lists: [(String, WordClasses)]) throws -> [String] {
    var builder = DictionaryBuilder()
    for (words, classes) in lists {
      let list = Array(words.split(separator: " ").joined(separator: "\n").utf8)
      builder.addList(list.span, classes: classes, bucket: 4)
    }
    let cues = try Cues(
      file: Array("जी\thonorific_after\thi\n-मान\tsuffix\tne\n-ძე\tsuffix\tka\n".utf8),
      into: &builder)
    let languages = LanguageGuess()
    let scanner = NameScanner(
      dictionary: builder.build(), cues: cues,
      inflections: try Inflections(
        file: Array(
          "و-\t\tar\nال-\t\tar\n는\t\tko\n가\t\tko\nले\t\tne\nს\t\tka\nב-\t\the\n".utf8),
        languages: languages),
      mode: .balanced)
    return scanner.chains(in: text).map { $0.map(\.word).joined(separator: "+") }
  }

  @Test func arabicNamesLoseTheAndBeforeThem() throws {
    let lists: [(String, WordClasses)] = [
      ("أحمد", .given), ("سالم", .surname), ("ياسمين", .given), ("قال في", .common),
    ]
    #expect(try words("قال أحمد في", lists) == ["أحمد"])
    #expect(try words("قال وأحمد في", lists) == ["أحمد"])
    // An article is part of the name; an unknown word beside a name may be one.
    #expect(try words("قال السالم في", lists) == ["السالم"])
    #expect(try words("قال أحمد الزعفراني في", lists) == ["أحمد+الزعفراني"])
    #expect(try words("قال الزعفراني في", lists) == [])
    // Guillemets are letters to nobody.
    #expect(try words("قال «أحمد» في", lists) == ["أحمد"])
    // Given names have no article: jasmine.
    #expect(try words("قال الياسمين في", lists) == [])
  }

  @Test func persianJoinsNothingBeforeAWord() throws {
    let lists: [(String, WordClasses)] = [("رودی گلی", .surname), ("است", .common)]
    #expect(try words("رودی است", lists) == ["رودی"])
    #expect(try words("ورودی است", lists) == [])
    #expect(try words("وگلی است", lists) == [])
  }

  @Test func rareNamesOfThreeLettersAreNotBehindAPrefix() throws {
    var builder = DictionaryBuilder()
    for (word, bucket) in [("תים", 2), ("דנה", 6), ("רונית", 2)] {
      builder.addList(Array(word.utf8).span, classes: .given, bucket: bucket)
    }
    let scanner = NameScanner(
      dictionary: builder.build(), cues: Cues(),
      inflections: try Inflections(
        file: Array("ב-\t\the\n".utf8), languages: LanguageGuess()), mode: .balanced)
    let found = ["בתים", "בדנה", "ברונית"].map { word in
      scanner.chains(in: word).flatMap { $0.map(\.word) }
    }
    #expect(found == [[], ["דנה"], ["רונית"]])
  }

  @Test func endingsOfNamesMakeNames() throws {
    // Nepali writes its postpositions with the name, and they are no part of it.
    #expect(try words("यो जितमान हो", [("यो हो", .common)]) == ["जितमान"])
    #expect(try words("यो जितमानले हो", [("यो हो", .common)]) == ["जितमान"])
    #expect(try words("यो सामान हो", [("यो हो सामान", .common)]) == [])
    #expect(try words("यो सुनिललेहो", [("यो", .common)]) == [])
    #expect(try words("यो सुनिलले", [("यो", .common), ("सुनिल", .given)]) == ["सुनिल"])
    // Georgian cases are part of the word.
    #expect(try words("ქამუშაძეს უთხრა", [("უთხრა", .common)]) == ["ქამუშაძეს"])
  }

  @Test func anUnknownWordCountsWhereATextSaysSo() throws {
    #expect(try words("वह मोहंती जी हैं", [("वह हैं", .common)]) == ["मोहंती"])
    #expect(try words("वह मोहंती अच्छा हैं", [("वह हैं", .common)]) == [])
    #expect(try words("<गुरप्रीत> हाँ", [("हाँ", .common)]) == ["गुरप्रीत"])
  }

  @Test func koreanNamesEndBeforeTheirParticle() throws {
    let lists: [(String, WordClasses)] = [("배 최", .surname), ("도 윤 유 나", .given), ("학교", .common)]
    #expect(try words("배도윤은 학교", lists) == [])
    #expect(try words("배도윤는 학교", lists) == ["배도윤"])
    #expect(try words("최유나가 학교", lists) == ["최유나"])
    // Long entries, and what a word with "in" or "mun" behind it makes of a noun.
    #expect(try words("도스토옙스키가", [("도스토옙스키", .surname)]) == ["도스토옙스키"])
    let nouns: [(String, WordClasses)] = [("조", .surname), ("건 문", .given), ("조건", .common)]
    #expect(try words("조건문", nouns) == [])
    // With a soft hyphen a syllable has not three bytes.
    #expect(try words("최유\u{AD}나가 학교", lists) == [])
  }

  @Test func aThaiVowelOfTwoPartsIsOneCharacter() throws {
    // "ำ" is folded to two; what is longer than two characters was not found behind it.
    #expect(try words("กำไลทอง", [("กำไลทอง", .given)]) == ["กำไลทอง"])
    #expect(try words("อำไพพรรณ", [("อำไพพรรณ", .given)]) == ["อำไพพรรณ"])
  }

  @Test func chineseNamesAreAFamilyNameAndUsualCharacters() throws {
    let lists: [(String, WordClasses)] = [
      ("罗 王 欧阳 公", .surname), ("志 恒 伟 明 司 时", .given), ("公司 明天 来", .common),
    ]
    #expect(try words("罗志恒来", lists) == ["罗志恒"])
    #expect(try words("欧阳伟来", lists) == ["欧阳伟"])
    // The word goes before the name, and a name ends before a word.
    #expect(try words("公司来", lists) == [])
    #expect(try words("王伟明天来", lists) == ["王伟"])
    #expect(try words("マイケル・ジョーダンは", lists) == ["マイケル・ジョーダン"])
    // "１７日下午": behind a full-width digit stands a unit.
    #expect(try words("王明来", lists) == ["王明"])
    #expect(try words("７王明来", lists) == [])
  }
}
