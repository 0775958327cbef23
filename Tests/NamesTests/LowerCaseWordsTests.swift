import Names
import TestSupport
import Testing
import Text

@Suite struct LowerCaseWordsTests {
  /// Whether a text is taken for one in small letters, and the words taken for possible names.
  private func read(_ text: String) -> (isLowerCase: Bool, words: [String]) {
    var scratch = NameScratch()
    var maps = ByteMaps(marked: [])
    let bytes = Array(text.utf8)
    maps.scan(bytes.span)
    Project.names.findChains(bytes.span, maps, using: &scratch)
    let words = scratch.tokens.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    return (scratch.style.isLowerCase, words)
  }

  @Test func capitalsSayThatCapitalsAreUsed() {
    let long = String(repeating: "and then we went on and on ", count: 12)
    for (text, isLowerCase) in [
      ("met emily in leeds", true), ("Met emily in leeds", false), ("met Emily in leeds", false),
      ("I think I like it", true), ("Is it so", false), ("меня зовут анна", true),
      ("меня зовут Анна", false), ("ΕΛΕΝΗ", false), ("", false), ("123", false),
      ("με λένε έλλη", true), ("με λένε Έλλη", false), ("že šla žena ďábelsky", true),
      ("құрбым әсем", true), ("Құрбым әсем", false), ("šel Štěpán", false), ("一个人", false),
      ("\(long)lol OK", true), ("\(long)OK Yes No", false),
    ] {
      #expect(read(text).isLowerCase == isLowerCase, "\(text)")
    }
  }

  @Test func smallWordsCountThatAreNames() {
    #expect(read("met emily in leeds").words == ["emily", "leeds"])
    #expect(read("my boss emily tarbeck called").words == ["emily", "tarbeck"])
    // Common words, though names as well, and an unknown word by itself.
    #expect(read("will mark the tarbeck rose").words == [])
    // Folded, Vietnamese "bưu" is a surname of others; no language is known here.
    #expect(read("mã bưu điện: 10000").words == [])
    // With a capital elsewhere only capitals count.
    #expect(read("Monday i met emily").words == ["Monday"])
  }

  @Test func givenNamesAreFoundUnderTheirEndings() {
    #expect(read("я вчера видела машу и сергея, а он нет").words.contains("сергея"))
    #expect(read("bugün çok güzel bir gün ve emreyle buluştum").words == ["emreyle"])
    // English has no such endings, and no ordinary word is taken for a name by one.
    #expect(read("it was an emilys and the and of to").words == [])
  }

  @Test func codeAndAddressesAreNoNames() {
    for text in [
      "see emily.py", "emily(x)", "the path /emily/notes", "emily@example.org", "emily_id",
      "x=emily", "$emily", "https://example.org/emily", "emily's is fine",
    ] {
      #expect(read(text).words == (text.hasPrefix("emily's") ? ["emily"] : []), "\(text)")
    }
  }
}
