import Names
import TestSupport
import Testing
import Text

@Suite struct CuesTests {
  private func read(_ text: String) throws -> (Cues, NameDictionary) {
    var builder = DictionaryBuilder()
    let cues = try Cues(file: Array(text.utf8), into: &builder)
    return (cues, builder.build())
  }

  private func hash(_ phrase: String) -> UInt64 {
    var scratch = NameScratch()
    let bytes = Array(phrase.utf8)
    return scratch.hash(bytes.span, bytes.indices)
  }

  @Test func aPhraseMayHaveSeveralKinds() throws {
    let (cues, _) = try read(
      "# comment\ndear\tsalutation\ten\ndear\theader\ten\n\nJe m'appelle\tintroduces\tfr\n")
    #expect(cues.kinds(hash("Dear")) == [.salutation, .header])
    #expect(cues.kinds(hash("je m'appelle")) == .introduces)
    #expect(cues.kinds(hash("je")) == [])
    #expect(cues.canEnd(hash("m'appelle")) && cues.canEnd(hash("dear")))
    #expect(!cues.canEnd(hash("je")))
  }

  @Test func wordClassesGoIntoTheDictionary() throws {
    let (cues, dictionary) = try read("Frau\ttitle\tde\nvan\tparticle\tnl\nGmbH\torg_after\tde\n")
    #expect(cues.kinds(hash("frau")) == .title)
    #expect(dictionary.entry(hash("frau")).classes == .title)
    #expect(dictionary.entry(hash("van")).classes == .particle)
    #expect(dictionary.entry(hash("gmbh")).classes == .organizationAfter)
  }

  @Test func anUnknownKindIsNamedWithItsLine() throws {
    for (text, line) in [("dear\tsalutation\ten\nx\tpuzzle\ten", 2), ("# a\n\nalone", 3)] {
      let error = #expect(throws: CueFileError.self) { try read(text) }
      #expect(error?.line == line)
    }
  }

  @Test func phrasesWithoutCaseAreFoundByTheirPlace() throws {
    let (cues, _) = try read("我叫\tintroduces\tzh\nさん\thonorific_after\tja\ndear\tsalutation\ten\n")
    #expect(cues.literals.map(\.bytes) == ["我叫", "さん"].map { Array($0.utf8) })
    #expect(cues.literals.map(\.kinds) == [.introduces, .honorificAfter])
  }

  @Test func endingsAreTheSameFromLettersAsFromTheFoldedWord() throws {
    let (cues, _) = try read(
      "-ovich\tsuffix\tru\n-ez\tsuffix\tes\n-dóttir\tsuffix\tis\n-ian\tsuffix\thy\n"
        + "-eightlong\tsuffix\ten\n")
    let words = [
      "Petrovich", "PETROVICH", "Xovich", "ovich", "Lopez", "Ez", "Bez", "Anadottir", "Dottir",
      "Sargsian", "Ian", "Plain", "A", "Jonathaneightlong", "Österovich", "Annadóttir",
    ]
    var folding = FoldTable()
    for word in words {
      let bytes = Array("x \(word) y".utf8)
      let range = 2..<bytes.count - 2
      var folded: [UInt8] = []
      folding.fold(bytes.span, range, into: &folded)
      let isASCII = word.utf8.allSatisfy { $0 < 0x80 }
      let ends = cues.asciiWordEndsLikeName(bytes.span, range)
      if !isASCII || word.hasSuffix("long") {
        #expect(ends == nil)
      } else {
        #expect(ends == cues.endsLikeName(folded), "\(word)")
      }
    }
    #expect(cues.endsLikeName(Array("petrovich".utf8)) && !cues.endsLikeName(Array("plain".utf8)))
  }
}
