import Foundation
import Testing
import Text

@Suite struct FoldTableTests {
  private func fold(_ text: String) -> String {
    var table = FoldTable()
    let bytes = Array(text.utf8)
    var folded: [UInt8] = []
    table.fold(bytes.span, bytes.indices, into: &folded)
    return String(decoding: folded, as: UTF8.self)
  }

  @Test func spellingsOfOneNameFoldToOneForm() {
    let table = [
      ("Sarah", "sarah"), ("é", "e"), ("É", "e"), ("e\u{301}", "e"), ("Müller", "muller"),
      ("Weiß", "weiss"), ("STRASSE", "strasse"), ("ẞ", "ss"), ("İ", "i"), ("Ångström", "angstrom"),
      ("ＳＡＲＡＨ", "sarah"), ("１２３", "123"), ("٣٤٥", "345"), ("۳", "3"), ("३", "3"),
      ("Sa\u{200D}rah", "sarah"), ("Sa\u{200B}rah", "sarah"), ("Sa\u{AD}rah", "sarah"),
      ("김민지", "김민지"), ("АННА", "анна"), ("Анна", "анна"), ("Ёлка", "елка"),
      ("ΕΛΈΝΗ", "ελενη"), ("Νίκος", "νικοσ"), ("ﬁ", "fi"), ("林晓", "林晓"), ("Ñ", "n"),
      ("葛原さん", "葛原さん"), ("ｻﾝ", "サン"), ("", ""), ("שרה", "שרה"), ("²", "2"),
      ("ज़ैनब", "जैनब"), ("ज\u{93C}ैनब", "जैनब"), ("عُمَر", "عمر"), ("حسّان", "حسان"),
      ("عکرمہ", "عكرمه"), ("が", "が"),
    ]
    for (text, folded) in table { #expect(fold(text) == folded, "\(text)") }
  }

  @Test func hangulSyllablesAreTheSameComposedAndInParts() {
    #expect(fold("\u{1100}\u{1161}").unicodeScalars.count > 0)
    #expect(fold("가") == "가")
  }

  @Test func foldingPiecesIsFoldingTheWhole() {
    var random = SplitMix64(seed: 21)
    let characters = Array("aZ é ß İ ３ ٣ 漢 가 Ж ё \u{200D} ﬁ 🦉 ﷺ ǅ ẛ").map { Array(String($0).utf8) }
    var table = FoldTable()
    for _ in 0..<500 {
      let pieces = (0..<random.below(20)).map { _ in
        (0..<random.below(4)).flatMap { _ in characters[random.below(characters.count)] }
      }
      var parts: [UInt8] = []
      for piece in pieces { table.fold(piece.span, piece.indices, into: &parts) }
      let text = pieces.flatMap { $0 }
      var whole: [UInt8] = []
      table.fold(text.span, text.indices, into: &whole)
      #expect(parts == whole)
    }
  }

  @Test func theWarmTableAnswersAsAColdOne() {
    var warm = FoldTable()
    for codePoint in stride(from: UInt32(0), through: 0x10FFFF, by: 97) {
      var first: [UInt8] = []
      var second: [UInt8] = []
      warm.fold(codePoint, into: &first)
      warm.fold(codePoint, into: &second)
      #expect(first == second)
      #expect(String(validating: first, as: UTF8.self) != nil)
    }
  }

  @Test func unifiedIdeographsAreFoldedWithoutTheTableAsWithIt() {
    for codePoint in UInt32(0x4E00)...0x9FFF {
      let text = String(Character(Unicode.Scalar(codePoint)!))
      let folded = text.precomposedStringWithCompatibilityMapping.lowercased()
      #expect(fold(text) == folded && Array(folded.utf8) == Array(text.utf8))
    }
  }

  @Test func asciiIsFoldedWithoutTheTable() {
    for byte in UInt8.min..<0x80 {
      let lower = Array(String(decoding: [byte], as: UTF8.self).lowercased().utf8)
      #expect([FoldTable.asciiFold(byte)] == lower)
    }
  }

  @Test func classesSayWhatACharacterIs() {
    let table: [(UInt32, CharacterClass)] = [
      (0x41, [.letter, .upper]), (0x61, .letter), (0x30, .digit), (0x20, []), (0xE9, .letter),
      (0xC9, [.letter, .upper]), (0x416, [.letter, .upper]), (0x301, .mark), (0x200D, .mark),
      (0x661, .digit), (0x2014, []),
    ]
    var folding = FoldTable()
    for (codePoint, classes) in table {
      #expect(folding.classes(of: codePoint) == classes, "U+\(String(codePoint, radix: 16))")
    }
    let scripts: [(UInt32, CharacterClass)] = [
      (0x6F22, .han), (0x3042, .kana), (0x30A2, .kana), (0xAC00, .hangul), (0x5D0, .caseless),
      (0x627, .caseless), (0xE2A, .caseless), (0x6F22, .caseless), (0x938, .caseless),
    ]
    for (codePoint, classes) in scripts {
      let found = folding.classes(of: codePoint)
      #expect(found.isSuperset(of: [classes, .letter]), "U+\(String(codePoint, radix: 16))")
    }
  }

  @Test func everyScalarIsDecodedAndFoundFromBehind() {
    for value in stride(from: UInt32(0), through: 0x10FFFF, by: 61) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(("a" + String(scalar) + "b").utf8)
      let decoded = decodeUTF8(bytes.span, at: 1)
      #expect(decoded.codePoint == value)
      #expect(decoded.count == bytes.count - 2)
      #expect(characterStart(bytes.span, before: bytes.count - 1) == 1)
    }
  }
}
