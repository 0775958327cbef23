import Testing
import Text

@Suite struct ByteSearchTests {
  @Test func aByteIsFoundWhereALoopFindsIt() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<5_000 {
      let bytes = (0..<random.below(100)).map { _ in UInt8(random.below(8)) }
      let start = random.below(bytes.count + 1)
      let byte = UInt8(random.below(9))
      #expect(
        firstIndex(of: byte, in: bytes.span, from: start) == bytes[start...].firstIndex(of: byte))
    }
  }

  @Test func nothingIsFoundInNothing() {
    let empty: [UInt8] = []
    #expect(firstIndex(of: 0, in: empty.span) == nil)
    #expect(firstIndex(of: 0, in: [0].span, from: 1) == nil)
    var isHigh = false
    let stop = stringStop(in: empty.span, from: 0, isHigh: &isHigh)
    #expect(stop == 0)
    #expect(!isHigh)
  }

  @Test func aStringStopsWhereALoopStops() {
    var random = SplitMix64(seed: 12)
    let stops: [UInt8] = [0x22, 0x5C, 0x1F, 0x00]
    let others: [UInt8] = [0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F, 0x80, 0xA2, 0xDC, 0xFF]
    for round in 0..<4_000 {
      // Mostly long ways to the stop, so that all steps of the search are gone.
      let bytes = (0..<random.below(round % 2 == 0 ? 40 : 300)).map { _ in
        random.below(90) == 0
          ? stops[random.below(4)] : others[random.below(round % 3 == 0 ? 6 : 10)]
      }
      let start = random.below(bytes.count + 1)
      let expected = bytes[start...].firstIndex { stops.contains($0) } ?? bytes.count
      for isNarrow in [false, true] {
        var isHigh = false
        let stop = stringStop(in: bytes.span, from: start, isHigh: &isHigh, isNarrow: isNarrow)
        #expect(stop == expected)
        #expect(isHigh == bytes[start..<expected].contains { $0 >= 0x80 })
      }
    }
  }

  @Test func keysMayEndWhereALoopSaysSo() {
    var random = SplitMix64(seed: 14)
    for _ in 0..<3_000 {
      let alphabet = Array("ab:=</ \n".utf8)
      let rare = random.below(2) == 0 ? 1 : 30
      let text = (0..<random.below(600)).map { _ in
        random.below(rare) == 0 ? alphabet[random.below(alphabet.count)] : UInt8(ascii: "x")
      }
      let expected = text.indices.filter { index in
        let next = index + 1 < text.count ? text[index + 1] : 0
        return switch text[index] {
        case UInt8(ascii: "="): true
        case UInt8(ascii: ":"): next != UInt8(ascii: "/")
        case UInt8(ascii: "<"): next == UInt8(ascii: "/")
        default: false
        }
      }
      var marks: [Int] = []
      appendFieldMarks(of: text.span, to: &marks)
      #expect(marks == expected)
    }
  }

  /// What the loop over many bytes counts, one byte at a time.
  private func countOneByOne(_ text: [UInt8], _ range: Range<Int>) -> [Int] {
    var counts = [0, 0, 0]
    for index in range {
      let last = index > range.lowerBound ? text[index - 1] : 32
      let next = index + 1 < text.count ? text[index + 1] : 0
      let byte = text[index]
      if last == 32 || last == 9, byte != 32, byte != 9 {
        counts[0] += 1
        let isSmall =
          switch byte {
          case 97...122, 0xE0...: true
          case 0xC3: next > 0x9E
          case 0xD0: next >= 0xB0
          case 0xD1: next < 0xA0
          default: false
          }
        counts[1] += isSmall ? 1 : 0
      }
      guard "#$%&*+/;<=>[\\^_`{|}~".utf8.contains(byte) else { continue }
      if byte == UInt8(ascii: "["), (65...90).contains(next) { continue }
      if byte == UInt8(ascii: "_"), (65...90).contains(last) { continue }
      counts[2] += 1
    }
    return counts
  }

  @Test func aLineIsCountedAsByteAfterByte() {
    var random = SplitMix64(seed: 12)
    let usual = Array("aZ [_;\t9.éДдя".utf8)
    for round in 0..<4_000 {
      let text = (0..<random.below(600)).map { _ in
        round % 3 == 0
          ? UInt8(random.below(256)) : round % 3 == 1 ? 95 : usual[random.below(usual.count)]
      }
      let start = random.below(text.count + 1)
      let range = start..<start + random.below(text.count - start + 1)
      let counts = lineCounts(of: text.span, range)
      #expect([counts.words, counts.small, counts.signs] == countOneByOne(text, range))
    }
  }
}
