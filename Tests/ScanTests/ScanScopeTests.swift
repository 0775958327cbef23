import Scan
import TestSupport
import Testing

@Suite struct ScanScopeTests {
  private func parts(_ text: String, _ marks: [Range<Int>]) -> [Range<Int>] {
    ScanScope.around(
      marks, in: Array(text.utf8).span, reach: ScanScope.Reach(before: 160, behind: 120))
  }

  @Test func partsBeginWithASentenceAndEndWithAWord() {
    let line = String(repeating: "word ", count: 60)
    let text = "\(line)\nab. \(line)\n\(line)"
    #expect(parts(text, []) == [])
    #expect(parts("ab", [0..<1]) == [0..<2])
    // From the middle of the second line its beginning is in reach, its end is not.
    let second = line.utf8.count + 1 + 4
    let middle = second + 200
    #expect(parts(text, [middle..<middle + 5]) == [second..<middle + 5 + 120 + 1])
    #expect(parts(text, [2..<4]) == [0..<4 + 120 + 1])
  }

  @Test func noNumberIsCut() {
    let text = Array("call 4111 1111 1111 now or never".utf8)
    let reach = ScanScope.Reach(before: 4, behind: 8)
    #expect(ScanScope.around([0..<4], in: text.span, reach: reach) == [0..<24])
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
      let parts = ScanScope.around(
        marks, in: text.span, reach: ScanScope.Reach(before: 160, behind: 120))
      for mark in marks {
        let room = max(0, mark.lowerBound - 160)..<min(count, mark.upperBound + 120)
        #expect(parts.contains { $0.clamped(to: room) == room })
      }
      for _ in 0..<20 {
        let low = Int.random(in: 0..<count, using: &random)
        let range = low..<min(count, low + 9)
        #expect(ScanScope.meets(range, parts) == parts.contains { $0.overlaps(range) })
      }
      for (part, next) in zip(parts, parts.dropFirst()) {
        #expect(part.upperBound < next.lowerBound)
      }
    }
  }

  /// What is reached for are characters: in Georgian 100 of them are 300 bytes.
  @Test func reachIsCountedInCharacters() {
    let text = Array(String(repeating: "აბგ. ", count: 200).utf8)
    let parts = ScanScope.around(
      [1000..<1001], in: text.span, reach: ScanScope.Reach(before: 100, behind: 100))
    #expect(parts.count == 1)
    let before = String(decoding: text[parts[0].lowerBound..<1000], as: UTF8.self)
    #expect(before.unicodeScalars.count >= 100)
  }

  @Test func linesGoWithTheNextThatIsNotEmpty() {
    let text = Array("one\ntwo\n\n  three\nfour\nfive".utf8)
    func lines(_ marks: Range<Int>...) -> [String] {
      ScanScope.lines(around: marks, in: text.span).map {
        String(decoding: text[$0], as: UTF8.self)
      }
    }
    #expect(lines() == [])
    #expect(lines(1..<2) == ["one\ntwo"])
    #expect(lines(5..<6) == ["two\n\n  three"])
    #expect(lines(1..<2, 5..<6) == ["one\ntwo\n\n  three"])
    #expect(lines(0..<1, 17..<18) == ["one\ntwo", "four\nfive"])
    #expect(lines(22..<24) == ["five"])
    let marks = Array("one\n*\n- \ntwo\nthree".utf8)
    #expect(ScanScope.lines(around: [1..<2], in: marks.span) == [0..<12])
  }
}
