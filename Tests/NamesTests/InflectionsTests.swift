import TestSupport
import Testing
import Text

@testable import Names

@Suite struct InflectionsTests {
  private static let languages = try! LanguageGuess(file: Array("pl\ti w\nde\tund der\n".utf8))
  private static let file = """
    # comment
    em\t\tpl
    a\t\tpl
    skiego\tski\tpl
    s\t\tde
    ом\t\tru
    ова\tов\tuk
    ال-\t\tar
    و-\t\tar
    no-\t\tzu
    --\t\tde
    -s-\t\tde

    """

  private func bases(_ word: String, _ language: UInt64) throws -> Set<UInt64> {
    let inflections = try Inflections(file: Array(Self.file.utf8), languages: Self.languages)
    var folding = FoldTable()
    var folded: [UInt8] = []
    let bytes = Array(word.utf8)
    folding.fold(bytes.span, bytes.indices, into: &folded)
    var found: Set<UInt64> = []
    inflections.forEachBase(of: folded, language: language) { hash in
      found.insert(hash)
      return false
    }
    return found
  }

  private func hashes(_ words: String...) -> Set<UInt64> {
    Set(words.map { ByteHash.of(Array($0.utf8)) })
  }

  @Test func endingsAreTakenOffInTheirLanguage() throws {
    #expect(try bases("Nowakiem", 1) == hashes("nowaki"))
    #expect(try bases("Wolskiego", 1) == hashes("wolski"))
    #expect(try bases("Annas", 2) == hashes("anna"))
    #expect(try bases("Annas", 1) == [])
    #expect(try bases("Annas", 0) == [])
    // Three letters are left.
    #expect(try bases("Jana", 1) == hashes("jan"))
    #expect(try bases("Ala", 1) == [])
  }

  @Test func otherScriptsNeedNoGuess() throws {
    #expect(try bases("Борисом", 0) == hashes("борис"))
    #expect(try bases("Петрова", 0) == hashes("петров"))
  }

  @Test func whatIsLeftWithoutAnEndingIsItsLength() throws {
    let inflections = try Inflections(file: Array(Self.file.utf8), languages: Self.languages)
    let word = Array("борисом".utf8)
    #expect(inflections.stem(of: word) { $0 == 10 } == 10)
    #expect(inflections.stem(of: word) { _ in false } == nil)
    // Something stands in its place, or too little is left.
    #expect(inflections.stem(of: Array("петрова".utf8)) { _ in true } == nil)
    #expect(inflections.stem(of: Array("ном".utf8)) { _ in true } == nil)
  }

  @Test func beginningsAreTakenOffTheLongestFirst() throws {
    let inflections = try Inflections(file: Array(Self.file.utf8), languages: Self.languages)
    var found: [[Int]] = []
    inflections.forEachPrefix(of: Array("الزعفراني".utf8)) { length, bytes in
      found.append([length, bytes])
      return false
    }
    #expect(found == [[2, 4]])
    // Beginnings in Latin letters are looked for before a capital, not here.
    inflections.forEachPrefix(of: Array("nothandiwe".utf8)) { length, bytes in
      found.append([length, bytes])
      return false
    }
    #expect(found.count == 1)
    #expect(inflections.isEnding(Array("ом".utf8)) && !inflections.isEnding(Array("омм".utf8)))
  }

  @Test func aWrongLineIsNamed() {
    #expect(throws: InflectionFileError(line: 2)) {
      _ = try Inflections(file: Array("# a\nem\tpl\n".utf8), languages: Self.languages)
    }
    #expect(throws: InflectionFileError(line: 1)) {
      _ = try Inflections(file: Array("-\t\tzu\n".utf8), languages: Self.languages)
    }
  }

  @Test func wordsOfTwoPartsAreCutInTheirLanguage() throws {
    let inflections = try Inflections(file: Array(Self.file.utf8), languages: Self.languages)
    let last: Set<UInt64> = [ByteHash.of(Array("erosion".utf8)), ByteHash.of(Array("werk".utf8))]
    let first: Set<UInt64> = [
      ByteHash.of(Array("boden".utf8)), ByteHash.of(Array("kraft".utf8)),
      ByteHash.of(Array("öl".utf8)),
    ]
    for (word, language, isCompound) in [
      ("bodenerosion", 2, true), ("kraftwerk", 2, true), ("kraftswerk", 2, true),
      ("kraftnwerk", 2, false), ("bodenkraft", 2, false), ("erosion", 2, false),
      ("ölwerk", 2, true), ("xwerk", 2, false), ("bodenerosion", 1, false),
      ("bodenerosion", 0, false),
    ] as [(String, UInt64, Bool)] {
      let folded = Array(word.utf8)
      let found =
        inflections.mayBeCompound(folded, language: language)
        && inflections.isCompound(folded, language: language) { hash, isLast in
          isLast ? last.contains(hash) : first.contains(hash)
        }
      #expect(found == isCompound, "\(word) in \(language)")
    }
  }
}
