import Rules
import TestSupport
import Testing

@Suite struct ByteSetTests {
  /// Operations agree with those of a set of the library.
  @Test func agreesWithASetOfIntegers() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<200 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: .min ... .max, using: &random)
      }
      let oracle = Set(bytes)
      let set = ByteSet(bytes)
      for byte in UInt8.min...UInt8.max {
        #expect(set.contains(byte) == oracle.contains(byte))
      }
      var words = [UInt64](repeating: 0, count: 4)
      for byte in oracle { words[Int(byte) / 64] |= 1 << UInt64(byte % 64) }
      for index in 0..<4 { #expect(set.words[index] == words[index]) }
    }
  }
}
