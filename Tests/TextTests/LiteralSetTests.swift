import Testing
import Text

@Suite struct LiteralSetTests {
  /// As a dictionary numbers them; enough for the table to grow twice.
  @Test func stringsAreNumberedAsTheyCome() {
    var random = SplitMix64(seed: 53)
    let alphabet = Array("abAB[{é".utf8)
    var set = LiteralSet()
    var numbers: [[UInt8]: Int] = [:]
    var texts: [[UInt8]] = []
    for _ in 0..<9_000 {
      let literal = (0..<random.below(9)).map { _ in alphabet[random.below(alphabet.count)] }
      let folded = literal.map(FoldTable.asciiFold)
      let number = set.insert(literal.span)
      #expect(number == numbers[folded, default: texts.count])
      if numbers[folded] == nil {
        numbers[folded] = texts.count
        texts.append(folded)
      }
    }
    #expect(set.count == texts.count)
    #expect(set.count > 2_100)
    for (number, text) in texts.enumerated() {
      #expect(set.length(number) == text.count)
      #expect(Array(set.bytes[set.starts[number]..<set.starts[number + 1]]) == text)
    }
  }
}
