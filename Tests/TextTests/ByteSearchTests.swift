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
  }
}
