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
      let low = random.below(bytes.count + 1)
      let range = low..<low + random.below(bytes.count - low + 1)
      #expect(ByteHash.of(bytes.span, range) == ByteHash.of(Array(bytes[range])))
    }
  }

  @Test func bytesMayBeFedSeveralAtOnce() {
    var random = SplitMix64(seed: 53)
    for _ in 0..<500 {
      var bytes: [UInt8] = []
      var hash = ByteHash()
      for _ in 0..<random.below(12) {
        let piece = (0..<random.below(9)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        hash.combine(
          piece.reversed().reduce(0) { $0 << 8 | UInt64($1) }, count: UInt64(piece.count))
        bytes += piece
      }
      #expect(hash.finalize() == ByteHash.of(bytes))
    }
  }

  @Test func aTextIsHashedAsItsLowerCase() {
    var random = SplitMix64(seed: 52)
    for _ in 0..<2_000 {
      let bytes = (0..<random.below(40)).map { _ in UInt8(random.below(0x80)) }
      let low = random.below(bytes.count + 1)
      let range = low..<low + random.below(bytes.count - low + 1)
      let lower = bytes[range].map { (65...90).contains($0) ? $0 + 32 : $0 }
      #expect(ByteHash.ofASCII(bytes.span, range) == ByteHash.of(lower))
      var other = bytes
      guard let place = range.randomElement(using: &random) else { continue }
      other[place] |= 0x80
      #expect(ByteHash.ofASCII(other.span, range) == nil)
    }
  }

  @Test func everyBytePlaceAndLengthCount() {
    // One byte more, another byte or two bytes exchanged give another hash, also around the eight
    // bytes of a step.
    var seen: Set<UInt64> = []
    var count = 0
    for length in 0...24 {
      let zeros = [UInt8](repeating: 0, count: length)
      seen.insert(ByteHash.of(zeros))
      count += 1
      for place in 0..<length {
        for byte in [1, 0x20, 0x61, 0xFF] as [UInt8] {
          var bytes = zeros
          bytes[place] = byte
          seen.insert(ByteHash.of(bytes))
          count += 1
        }
      }
    }
    #expect(seen.count == count)
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

  @Test func aWordInARegisterIsHashedAsItsBytes() {
    let bytes = Array("ovicha".utf8)
    for count in 1...6 {
      let part = Array(bytes[..<count])
      #expect(ByteHash.of(eightBytes(of: part.span, at: 0), count: count) == ByteHash.of(part))
    }
  }

  @Test func aFilterKnowsWhatWasInsertedAndLittleElse() {
    var random = SplitMix64(seed: 53)
    var filter = HashFilter()
    let members = (0..<1_000).map { _ in random.next() }
    for member in members { filter.insert(member) }
    #expect(members.allSatisfy { filter.mayContain($0) })
    let strangers = (0..<10_000).count { _ in filter.mayContain(random.next()) }
    #expect(strangers < 300)
  }
}
