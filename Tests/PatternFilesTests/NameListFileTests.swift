import Names
import PatternFiles
import Testing

@Suite struct NameListFileTests {
  @Test func aPlainListIsWhatNothingElseIs() throws {
    var list = try ReadList(
      "\u{FEFF}Zorbella Quint\r\n# comment\r\nFernwick\tplace\r\nX\tvillain\r\n")
    #expect(list.file.kind == .list && list.file.entries == 2 && list.badLines == [4])
    #expect(list.classes("zorbella quint").contains(.person))
    #expect(list.classes("Fernwick").contains(.place))
    var places = try ReadList("Fernwick\nQuillmere\tsurname\n", classes: .place)
    #expect(places.classes("fernwick").contains(.place) && places.classes("Quillmere") == .surname)
  }

  @Test func otherCharacterSets() throws {
    var latin = try ReadList([0x5A, 0xF6, 0x72, 0x62, 0x0A], encoding: "ISO-8859-1")
    #expect(latin.classes("Zörb").contains(.person))
    // What is not of the set is no part of a name.
    let broken = try ReadList(
      [0x5A, 0x6F, 0x72, 0x62, 10, 0xFF, 0xFF, 0x61, 0x62, 0x63, 10], encoding: "EUC-JP")
    #expect(broken.file.entries == 1 && broken.badLines == [2] && broken.file.skipped == 1)
    let wide: [UInt8] = [0xFF, 0xFE] + "Zorb\r\n".utf8.flatMap { [$0, 0] }
    var sixteen = try ReadList(wide)
    #expect(sixteen.classes("zorb").contains(.person))
  }

  @Test func noMoreThanTwentyIssuesAreKept() throws {
    let list = try ReadList("Zorb\n" + String(repeating: "X\tvillain\n", count: 50))
    #expect(list.file.issues.count == 20 && list.file.skipped == 50)
  }

  @Test func filesOfOtherKindsAreRefused() {
    #expect(refusal([]) == "list.txt: is empty")
    #expect(refusal([0x7F, 0x45, 0, 0])?.contains("binary file") == true)
    for text in ["<html>\n<p>Zorb\n", "a;b;c\nd;e;f\n", "a,b,c\nd,e,f\n"] {
      #expect(refusal(Array(text.utf8))?.contains("of no kind that is known") == true)
    }
    let list = Array("Zorbella\nQuint\n".utf8)
    for kind in [NameListKind.geonames, .census1990, .ssa, .mecab] {
      #expect(refusal(list, kind: kind)?.contains("leave --kind out") == true)
    }
    #expect(refusal(list, kind: .census)?.hasPrefix("list.txt:1: a header with `name`") == true)
    #expect(refusal(list, kind: .gettext) != nil)
    // What a message says holds nothing of the file.
    #expect(refusal(Array("Zorbella\tvillain\n".utf8))?.contains("Zorbella") == false)
  }

  @Test func icuKnowsCountriesInAllItsLanguages() {
    var builder = DictionaryBuilder()
    #expect(NameListFile.addICU(to: &builder) > 10_000)
    let dictionary = builder.build()
    var scratch = NameScratch()
    for name in ["Deutschland", "ドイツ", "Германия", "allemagne"] {
      let bytes = Array(name.utf8)
      #expect(dictionary.entry(scratch.hash(bytes.span, bytes.indices)).classes.contains(.place))
    }
  }
}
