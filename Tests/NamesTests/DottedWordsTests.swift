import Names
import TestSupport
import Testing
import Text

@Suite struct DottedWordsTests {
  private static let cueFile = """
    u.s\tplace_in_capitals\ten
    us\tplace_in_capitals\ten
    us\tnot_name\ten
    p.m\tnot_name\ten
    """

  /// The chains of a text, their words joined by `+`, and what the words may be.
  private func chains(_ text: String) throws -> [String] {
    var builder = DictionaryBuilder()
    let cues = try Cues(file: Array(Self.cueFile.utf8), into: &builder)
    let scanner = NameScanner(dictionary: builder.build(), cues: cues, mode: .balanced)
    var scratch = NameScratch()
    var maps = ByteMaps(marked: [])
    let bytes = Array(text.utf8)
    maps.scan(bytes.span)
    scanner.findChains(bytes.span, maps, using: &scratch)
    return scratch.chains.map { chain in
      scratch.tokens[chain.words].map { token in
        String(decoding: bytes[token.range], as: UTF8.self)
          + (token.entry.classes.contains(.place) ? "/place" : "")
      }.joined(separator: "+")
    }
  }

  @Test(arguments: [
    ("met J.K. Hallworth today", "J+K+Hallworth"),
    ("met J.Hallworth today", "J+Hallworth"),
    ("стихи А.С.Пушкина", "А+С+Пушкина"),
    ("(J.R.R. Moorcroft)", "J+R+R+Moorcroft"),
    ("the U.S. Senate", "U.S./place+Senate"),
    ("in the U.S", "U.S/place"),
    ("in the US, now", "US/place"),
  ])
  func initialsAndAbbreviationsAreWords(text: String, chain: String) throws {
    #expect(try chains(text) == [chain])
  }

  @Test(arguments: [
    "foo.B.Name", "x/A.Foo", "A.method()", "A.B(c)", "www.A.B.com", "Report.PDF", "3.A.Name",
  ])
  func partsOfIdentifiersAreNone(text: String) throws {
    #expect(try chains(text) == [])
  }

  @Test func amongCapitalsAWordIsWhatItIsInSmallLetters() throws {
    #expect(try chains("GIVE US BREAD") == ["GIVE+US+BREAD"])
    #expect(try chains("at 9 P.M. sharp") == [])
  }

  /// More letters than there are in names are none, and no chain is longer than a name can be: a
  /// line of capitals costs what its words cost, not the square.
  @Test func rowsWithoutEndAreCut() throws {
    #expect(try chains(String(repeating: "A.", count: 400)).allSatisfy { $0.utf8.count < 20 })
    let words = try chains(String(repeating: "NO ", count: 1000)).map { $0.split(separator: "+") }
    #expect(words.map(\.count).reduce(0, +) == 1000)
    #expect(words.allSatisfy { $0.count <= 64 })
  }
}
