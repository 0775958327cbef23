import Scan
import TestSupport
import Testing

@Suite struct ScanScopeTests {
  private func parts(_ text: String, _ marks: [Range<Int>]) -> [Range<Int>] {
    ScanScope.around(marks, in: Array(text.utf8).span)
  }

  @Test func partsAreWholeSentencesAndLines() {
    let line = String(repeating: "word ", count: 60)
    let text = "\(line)\nab. \(line)\n\(line)"
    #expect(parts(text, []) == [])
    #expect(parts("ab", [0..<1]) == [0..<2])
    // From the middle of the second line its end and the third line are in reach.
    let second = line.utf8.count + 1 + 4
    let middle = second + 200
    #expect(parts(text, [middle..<middle + 5]) == [second..<text.utf8.count])
    #expect(parts(text, [2..<4]) == [0..<(line.utf8.count + 1)])
  }

  /// Each mark lies in a part with room around it, and parts are in order and disjoint.
  @Test func everyMarkIsWithinAPart() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<300 {
      let count = Int.random(in: 1...9000, using: &random)
      let text = (0..<count).map { _ in Array("abc. \n".utf8).randomElement(using: &random)! }
      var marks: [Range<Int>] = []
      var start = 0
      while start < count {
        let low = Int.random(in: start...min(count - 1, start + 4000), using: &random)
        let high = min(count, low + Int.random(in: 0...30, using: &random))
        marks.append(low..<high)
        start = high + 1
      }
      let parts = ScanScope.around(marks, in: text.span)
      for mark in marks {
        let room = max(0, mark.lowerBound - 160)..<min(count, mark.upperBound + 160)
        #expect(parts.contains { $0.clamped(to: room) == room })
      }
      for (part, next) in zip(parts, parts.dropFirst()) {
        #expect(part.upperBound < next.lowerBound)
      }
    }
  }
}
