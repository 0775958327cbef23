import Rules
import TestSupport
import Testing

@Suite struct ContextWordsTests {
  @Test func aWordIsFoundAsALoopFindsIt() {
    var random = SplitMix64(seed: 61)
    let alphabet = Array("ab .é".utf8)
    for _ in 0..<3_000 {
      let words = (0..<1 + random.below(4)).map { _ in
        (0..<1 + random.below(4)).map { _ in alphabet[random.below(alphabet.count)] }
      }
      let text = (0..<random.below(14)).map { _ in alphabet[random.below(alphabet.count)] }
      let compiled = ContextWords(words)
      let found = compiled.isAny(in: text.span)
      let last = compiled.last(in: text.span)
      let ends = words.flatMap { word in
        Self.places(of: word, in: text).map { $0 + word.count }
      }
      #expect(found == !ends.isEmpty, "\(words) \(text)")
      #expect(last == ends.max(), "\(words) \(text)")
    }
    let text = Array("text".utf8)
    let isAny = ContextWords([]).isAny(in: text.span)
    #expect(!isAny)
  }

  @Test func aWordIsNoneBehindTheBeginningOfALongerOne() {
    for (word, text, isThere) in [
      ("tel", "motel", false), ("tel", "tel:", true), ("tel", "hotels", false),
      ("тел", "тел.", true), ("тел", "мотель", false), ("тел", "телефону", true),
      ("éa", "béa", false), ("éa", " éa", true), ("tel", "ûtel", false), ("tel", "：tel", true),
      ("电话", "我的电话号码", true),
    ] {
      let bytes = Array(text.utf8)
      let found = ContextWords([Array(word.utf8)]).isAny(in: bytes.span)
      #expect(found == isThere, "\(word) in \(text)")
    }
  }

  /// Where a word stands in a text, not with its letters inside a longer run of letters.
  private static func places(of word: [UInt8], in text: [UInt8]) -> [Int] {
    func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
    // Of the alphabet, é begins with the byte 0xC3.
    func endsLetter(_ end: Int) -> Bool {
      isLetter(text[end - 1]) || end > 1 && text[end - 2] == 0xC3 && text[end - 1] == 0xA9
    }
    guard text.count >= word.count else { return [] }
    return (0...text.count - word.count).filter { start in
      let end = start + word.count
      guard Array(text[start..<end]) == word else { return false }
      if start > 0, endsLetter(start), isLetter(word[0]) || word[0] == 0xC3 { return false }
      return !(end < text.count && isLetter(text[end]) && isLetter(word[word.count - 1]))
    }
  }
}
