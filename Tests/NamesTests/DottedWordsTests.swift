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
    c.s\torg_in_capitals\tro
    """

  /// The chains of a text, their words joined by `+`, places marked.
  private func chains(_ text: String) throws -> [String] {
    var builder = DictionaryBuilder()
    builder.addList(Array("Lewis\nSarah".utf8).span, classes: .given, bucket: 4)
    builder.addList(Array("society".utf8).span, classes: .common, bucket: 4)
    let cues = try Cues(file: Array(Self.cueFile.utf8), into: &builder)
    let scanner = NameScanner(dictionary: builder.build(), cues: cues, mode: .balanced)
    return scanner.chains(in: text).map { chain in
      chain.map { $0.word + ($0.entry.classes.contains(.place) ? "/place" : "") }
        .joined(separator: "+")
    }
  }

  @Test(arguments: [
    ("met J.K. Hallworth today", "J+K+Hallworth"),
    ("met J.Hallworth today", "J+Hallworth"),
    ("стихи А.С.Пушкина", "А+С+Пушкина"),
    ("(J.R.R. Moorcroft)", "J+R+R+Moorcroft"),
    ("in the U.S", "U.S/place"),
    ("in the US, now", "US/place"),
  ])
  func initialsAndAbbreviationsAreWords(text: String, chain: String) throws {
    #expect(try chains(text) == [chain])
  }

  @Test func anAbbreviationIsNoPartOfWhatFollows() throws {
    #expect(try chains("the U.S. Senate") == ["U.S./place", "Senate"])
    #expect(try chains("of a C.S. Society") == ["C.S."])
  }

  /// "C.S." is a club, too, but here it is what a name begins with.
  @Test func beforeANameTheLettersAreInitials() throws {
    #expect(try chains("read C.S. Lewis now") == ["C+S+Lewis"])
    #expect(try chains("read C.S.Lewis now") == ["C+S+Lewis"])
    // An unknown word may be a name, but not behind a place.
    #expect(try chains("read C.S. Okwuosa now") == ["C+S+Okwuosa"])
    #expect(try chains("the U.S. Okwuosa now") == ["U.S./place", "Okwuosa"])
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
