import Records
import Testing

@Suite struct SpliceTests {
  @Test func bytesOutsideEditsAreTheBytesRead() {
    var random = SplitMix64(seed: 23)
    let arena = Array("0123456789".utf8)
    for _ in 0..<2_000 {
      let record = (0..<random.below(60)).map { _ in UInt8(random.below(256)) }
      var edits: [Edit] = []
      var expected: [UInt8] = []
      var position = 0
      while position < record.count {
        let untouched = random.below(12)
        let start = min(position + untouched, record.count)
        let end = min(start + random.below(5), record.count)
        let from = random.below(arena.count)
        let replacement = from..<from + random.below(arena.count - from)
        expected += record[position..<start] + arena[replacement]
        edits.append(Edit(range: start..<end, replacement: replacement))
        position = end
        if random.below(4) == 0 { break }
      }
      expected += record[position...]
      var output: [UInt8] = [7]
      splice(record.span, edits: edits, arena: arena, into: &output)
      #expect(output == [7] + expected)
    }
  }

  @Test func withoutEditsTheRecordIsCopied() {
    for sample in Samples.all {
      var output: [UInt8] = []
      splice(sample.span, edits: [], arena: [], into: &output)
      #expect(output == sample)
    }
  }

  @Test func escapedTextReadsBackAsItself() {
    var random = SplitMix64(seed: 29)
    for _ in 0..<2_000 {
      let scalars = (0..<random.below(30)).map { _ in
        [Unicode.Scalar(UInt8(random.below(128))), "é", "漢", "🦉"][random.below(4)]
      }
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars)
      let bytes = Array(text.utf8)
      var output: [UInt8] = [0x22]
      appendJSONEscaped(bytes.span, into: &output)
      output.append(0x22)
      guard case .string(let decoded, _)? = oracleParse(output) else {
        Issue.record("the escaped text is no string")
        continue
      }
      #expect(decoded == bytes)
    }
  }

  @Test func onlyWhatMustBeEscapedIs() {
    var output: [UInt8] = []
    appendJSONEscaped(Array("\"\\/\u{8}\u{C}\n\r\t\u{1}\u{7F}é".utf8).span, into: &output)
    #expect(output == Array(#"\"\\/\b\f\n\r\t\u0001"#.utf8) + Array("\u{7F}é".utf8))
  }
}
