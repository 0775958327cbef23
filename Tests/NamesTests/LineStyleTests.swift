import TestSupport
import Testing

@testable import Names

@Suite struct LineStyleTests {
  private func style(_ line: String) -> [Int] {
    let bytes = Array(line.utf8)
    let style = LineStyle(bytes.span, bytes.indices)
    return [style.words, style.signs]
  }

  @Test func wordsWithSmallLettersTellProse() {
    #expect(style("File > Edit") == [0, 2])
    #expect(style("NAME") == [0, 0])
    #expect(style("Prints the version number") == [1, 0])
    #expect(style("I met Sarah and her brother at the station") == [2, 0])
    #expect(style("вчера мы были у них дома") == [2, 0])
    #expect(style("") == [0, 0])
  }

  @Test func signsTellCode() {
    #expect(style("use serde::{Serialize, Deserialize};") == [1, 2])
    #expect(style("i += 1") == [0, 2])
    #expect(style("see the file a/b for all that is to be said about it") == [2, 1])
    // What a redacted text has is no code.
    #expect(style("I met [PERSON_1] and her brother in [LOCATION_12]") == [2, 0])
  }

  /// The style of a position is that of its line, or of the part of a long line it is in, whatever
  /// was asked before.
  @Test func partsOfLinesDoNotDependOnWhatWasAskedBefore() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<200 {
      var text: [UInt8] = []
      for _ in 0..<Int.random(in: 1...900, using: &random) {
        text.append(Array("aB {;\n".utf8).randomElement(using: &random)!)
        if Int.random(in: 0..<3, using: &random) == 0 { text += "xy zw".utf8 }
      }
      var styles = LineStyles()
      var expected: [Int] = []
      for position in text.indices {
        var start = position
        while start > 0, text[start - 1] != 10 { start -= 1 }
        let first = start + (position - start) / LineStyle.reach * LineStyle.reach
        var end = position
        while end < text.count, end < first + LineStyle.reach, text[end] != 10 { end += 1 }
        expected.append(LineStyle(text.span, first..<end).value)
      }
      var position = 0
      while position < text.count {
        #expect(styles.value(text.span, at: position) == expected[position])
        position += Int.random(in: 1...300, using: &random)
      }
      for _ in 0..<20 {
        let position = Int.random(in: 0..<text.count, using: &random)
        #expect(styles.value(text.span, at: position) == expected[position])
      }
    }
  }
}
