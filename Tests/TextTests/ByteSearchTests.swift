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
}
