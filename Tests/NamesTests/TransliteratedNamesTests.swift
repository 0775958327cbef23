import Names
import TestSupport
import Testing
import Text

@Suite struct TransliteratedNamesTests {
  /// The words taken for possible names, by a dictionary of the test.
  private func words(_ text: String) throws -> [String] {
    var builder = DictionaryBuilder()
    for (list, classes, bucket) in [
      ("说\n巴士\n沙拉", WordClasses.common, 5), ("巴基斯坦", .place, 6), ("马", .surname, 7),
      ("尔", .given, 5),
    ] {
      let bytes = Array(list.utf8)
      builder.addList(bytes.span, classes: classes, bucket: bucket)
    }
    let cues = try Cues(file: [], into: &builder)
    let scanner = NameScanner(
      dictionary: builder.build(), cues: cues,
      inflections: try Inflections(file: [], languages: LanguageGuess()), mode: .balanced)
    return scanner.chains(in: text).map { $0.map(\.word).joined(separator: "+") }
  }

  @Test func aRunOfSuchCharactersMayBeAName() throws {
    #expect(try words("记者采访了阿尔瓦雷斯。") == ["阿尔瓦雷斯"])
    #expect(try words("阿尔瓦雷斯说") == ["阿尔瓦雷斯"])
    #expect(try words("見到赫爾南多了") == [])
    #expect(try words("見到萊蒙托夫了") == ["萊蒙托夫"])
  }

  @Test func twoAreTooFewAndAWordThatIsKnownGoesBefore() throws {
    #expect(try words("记者采访了瓦罗。") == [])
    #expect(try words("去巴基斯坦") == ["巴基斯坦"])
    // The name ends where a word begins.
    #expect(try words("请科尔沙拉说") == [])
    #expect(try words("请科尔特巴士说") == ["科尔特"])
  }

  /// What is remembered of a pair of characters must not hide a name that begins with them.
  @Test func aPairThatWasPassedOverIsLookedAtAgain() throws {
    #expect(try words("瓦罗。瓦罗。瓦罗斯。") == ["瓦罗斯"])
  }

  @Test func wordsBesideNamesAreFeaturesWithoutBlanks() {
    let names = Project.names
    let text = Array("记者采访了顾良明说的".utf8)
    var maps = ByteMaps(marked: [])
    maps.scan(text.span)
    var scratch = NameScratch()
    let features = names.contributions(to: 15..<24, in: text.span, maps: maps, using: &scratch)
    #expect(features.group == "unspaced")
    let known = features.contributions.map(\.feature)
    #expect(known.contains("word_after[说]") && known.contains("word_before[了]"))
  }
}
