import Testing
import Text

@Suite struct HashingTests {
  @Test func feedingBytesIsHashingTheArray() {
    var random = SplitMix64(seed: 51)
    for _ in 0..<500 {
      let bytes = (0..<random.below(60)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      var hash = ByteHash()
      for byte in bytes { hash.combine(byte) }
      #expect(hash.finalize() == ByteHash.of(bytes))
    }
  }

  @Test func theHashNeverChanges() {
    // The finaliser of MurmurHash3 over FNV-1a's offset basis and published values of FNV-1a.
    for (text, fnv) in [
      ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C),
      ("foobar", 0x8594_4171_F739_67E8),
    ] as [(String, UInt64)] {
      var value = fnv
      value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
      value = (value ^ value >> 33) &* 0xC4CE_B9FE_1A85_EC53
      #expect(ByteHash.of(Array(text.utf8)) == value ^ value >> 33)
    }
  }

  @Test func shortWordsDoNotCollideInTheHighOrLowBits() {
    var high: Set<UInt64> = []
    var low: Set<UInt64> = []
    let letters = Array("abcdefghijklmnopqrstuvwxyz".utf8)
    for first in letters {
      for second in letters {
        for third in letters {
          let hash = ByteHash.of([first, second, third])
          high.insert(hash >> 24)
          low.insert(hash & 0xFFFF_FFFF)
        }
      }
    }
    #expect(high.count == 17_576)
    #expect(low.count > 17_570)
  }
}
