import Testing
import Text

@Suite struct ByteMapsTests {
  @Test func everyLengthIsClassifiedAsALoopDoes() {
    var random = SplitMix64(seed: 31)
    var maps = ByteMaps(singles: Array("[@:".utf8))
    for count in 0...200 {
      expectSame((0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }, &maps)
      let few = Array("aZ0[@:é \n".utf8)
      expectSame((0..<count).map { _ in few[random.below(few.count)] }, &maps)
    }
  }

  @Test func everyByteIsClassifiedAtEveryPlaceOfAStep() {
    var maps = ByteMaps(singles: [1, 255, UInt8(ascii: "/")])
    for byte in UInt8.min...UInt8.max {
      for place in [0, 1, 15, 16, 17, 31, 32, 63, 64, 65] {
        var bytes = [UInt8](repeating: 0x20, count: 66)
        bytes[place] = byte
        expectSame(bytes, &maps)
      }
    }
  }

  @Test func aShortTextAfterALongOneSeesNothingOfIt() {
    var maps = ByteMaps(singles: [UInt8(ascii: "@")])
    expectSame([UInt8](repeating: UInt8(ascii: "@"), count: 1_000), &maps)
    expectSame(Array("a".utf8), &maps)
    expectSame([], &maps)
    #expect(maps.wordCount == 0)
    #expect(!maps.hasHigh)
  }

  private func expectSame(_ bytes: [UInt8], _ maps: inout ByteMaps) {
    maps.scan(bytes.span)
    var isSame = maps.count == bytes.count && maps.wordCount == (bytes.count + 63) / 64
    isSame = isSame && maps.hasHigh == bytes.contains { $0 >= 0x80 }
    func word(_ word: Int, _ isMember: (UInt8) -> Bool) -> UInt64 {
      var bits: UInt64 = 0
      for bit in 0..<64 where word * 64 + bit < bytes.count && isMember(bytes[word * 64 + bit]) {
        bits |= 1 << UInt64(bit)
      }
      return bits
    }
    for index in 0..<maps.wordCount where isSame {
      isSame =
        maps.upper[index] == word(index) { (65...90).contains($0) }
        && maps.letter[index] == word(index) { (65...90).contains($0) || (97...122).contains($0) }
        && maps.digit[index] == word(index) { (48...57).contains($0) }
        && maps.high[index] == word(index) { $0 >= 0x80 }
      for (number, single) in maps.singles.enumerated() {
        isSame = isSame && maps.singleWord(number, index) == word(index) { $0 == single }
      }
    }
    for (number, single) in maps.singles.enumerated() {
      isSame = isSame && maps.hasSingle(number) == bytes.contains(single)
    }
    if !isSame { Issue.record("\(bytes) is classified wrongly") }
  }
}
