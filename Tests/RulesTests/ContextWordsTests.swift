import Rules
import TestSupport
import Testing
import Text

@Suite struct ContextWordsTests {
  @Test func aWordIsFoundAsALoopFindsIt() {
    var random = SplitMix64(seed: 61)
    let alphabet = ["a", "b", " ", ".", "é", "т", "л", "ه", "字"]
    for _ in 0..<3_000 {
      func make(_ count: Int) -> String {
        (0..<count).map { _ in alphabet[random.below(alphabet.count)] }.joined()
      }
      let words = (0..<1 + random.below(4)).map { _ in
        (text: make(1 + random.below(4)), endingMax: random.below(3))
      }
      let text = make(random.below(14))
      let list = words.map {
        ContextWords.Word(bytes: Array($0.text.utf8), endingMax: $0.endingMax)
      }
      let bytes = Array(text.utf8)
      let compiled = ContextWords(list)
      let found = compiled.isAny(in: bytes.span)
      let last = compiled.last(in: bytes.span)
      let ends = words.flatMap { word in
        Self.places(of: word.text, word.endingMax, in: text).map { $0 + word.text.utf8.count }
      }
      #expect(found == !ends.isEmpty, "\(words) \(text)")
      #expect(last == ends.max(), "\(words) \(text)")
    }
    let text = Array("text".utf8)
    let isAny = ContextWords([]).isAny(in: text.span)
    #expect(!isAny)
  }

  @Test func wordsHaveTheEndingsTheyAreAllowed() {
    let table: [(word: String, endingMax: Int, text: String, found: Bool)] = [
      ("tel", 0, "tell me", false), ("tel", 0, "hotel", false), ("tel", 0, "tel:", true),
      ("phone", 1, "phones", true), ("phone", 1, "phonetic", false),
      ("телефон", 3, "по телефону", true), ("тел", 0, "котел", false),
      ("тел", 0, "отель", false), ("тел", 0, "тел.", true),
      ("هاتف", 2, "الهاتف", true), ("电话", 0, "我的电话是", true), ("전화", 0, "전화번호는", true),
      ("전화", 0, "무전화", false),
    ]
    for row in table {
      let word = ContextWords.Word(bytes: Array(row.word.utf8), endingMax: row.endingMax)
      let text = Array(row.text.utf8)
      let found = ContextWords([word]).isAny(in: text.span)
      #expect(found == row.found, "\(row.word) in \(row.text)")
    }
  }

  /// Where a word stands in a text, in bytes, with no letter of its scripts beside it but so many
  /// endings, and the particles of Arabic.
  private static func places(of word: String, _ endingMax: Int, in text: String) -> [Int] {
    let word = Array(word.unicodeScalars)
    let text = Array(text.unicodeScalars)
    func script(_ scalar: Unicode.Scalar) -> ScriptClass { ScriptClass(scalar.value) }
    func run(_ scalars: some Sequence<Unicode.Scalar>, _ of: ScriptClass) -> Int {
      of == .none || of == .unspaced ? 0 : scalars.prefix { script($0) == of }.count
    }
    guard text.count >= word.count else { return [] }
    return (0...text.count - word.count).filter { start in
      let end = start + word.count
      guard Array(text[start..<end]) == word else { return false }
      let first = script(word[0])
      return run(text[..<start].reversed(), first) <= (first == .arabic ? 3 : 0)
        && run(text[end...], script(word[word.count - 1])) <= endingMax
    }.map { start in
      text[..<start].reduce(0) { $0 + String($1).utf8.count }
    }
  }
}
