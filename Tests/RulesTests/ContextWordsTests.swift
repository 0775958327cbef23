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
      let found = ContextWords(words).isAny(in: text.span)
      #expect(found == words.contains { Self.stands($0, in: text) }, "\(words) \(text)")
    }
    let text = Array("text".utf8)
    let isAny = ContextWords([]).isAny(in: text.span)
    #expect(!isAny)
  }

  /// Whether a word stands in a text, not with its letters inside a longer run of letters.
  private static func stands(_ word: [UInt8], in text: [UInt8]) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
    guard text.count >= word.count else { return false }
    return (0...text.count - word.count).contains { start in
      let end = start + word.count
      guard Array(text[start..<end]) == word else { return false }
      if start > 0, isLetter(text[start - 1]), isLetter(word[0]) { return false }
      return !(end < text.count && isLetter(text[end]) && isLetter(word[word.count - 1]))
    }
  }
}
