import Names
import PatternFiles
import Testing

@Suite struct HunspellListsTests {
  private let words = "5\n\tA comment\nzorbel/SM\nquillen po:verb\nFernwick/S\n4th/x\n"

  @Test func stemsInSmallLettersAreCommonWords() throws {
    var list = try ReadList(words, path: "xx.dic")
    #expect(list.file.kind == .hunspell && list.file.entries == 2 && list.badLines.isEmpty)
    #expect(list.classes("zorbel") == .common && list.classes("quillen") == .common)
    #expect(list.classes("Fernwick") == [] && list.classes("4th") == [])
    var said = try ReadList(words, path: "xx.dic", classes: .surname)
    #expect(said.classes("Fernwick") == .surname)
  }

  @Test func theAffixFileNamesTheCharacterSet() throws {
    // "zörbel" and "żorbel" in ISO-8859-2.
    let bytes: [UInt8] =
      Array("2\nz".utf8) + [0xF6] + Array("rbel/S\n".utf8) + [0xBF]
      + Array("orbel\n".utf8)
    var list = try ReadList(bytes, path: "xx.dic", affixes: "# affixes\nSET ISO8859-2\nTRY abc\n")
    #expect(list.classes("zörbel") == .common && list.classes("żorbel") == .common)
    let asked = refusal(bytes, path: "xx.dic", kind: .hunspell)
    #expect(asked?.hasPrefix("xx.dic:2: no UTF-8") == true)
    #expect(refusal(bytes, encoding: "no-such-set")?.contains("ICU does not know") == true)
  }
}
