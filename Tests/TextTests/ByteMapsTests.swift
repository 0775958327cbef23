import Testing
import Text

@Suite struct ByteMapsTests {
  @Test func everyLengthIsClassifiedAsALoopDoes() {
    var random = SplitMix64(seed: 31)
    var maps = ByteMaps(marked: Array("[@:".utf8))
    for count in 0...200 {
      expectSame((0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }, &maps)
      let few = Array("aZ0[@:é \n".utf8)
      expectSame((0..<count).map { _ in few[random.below(few.count)] }, &maps)
    }
  }

  @Test func everyByteIsClassifiedAtEveryPlaceOfAStep() {
    var maps = ByteMaps(marked: [1, 255, UInt8(ascii: "/")])
    for byte in UInt8.min...UInt8.max {
      for place in [0, 1, 15, 16, 17, 31, 32, 63, 64, 65] {
        var bytes = [UInt8](repeating: 0x20, count: 66)
        bytes[place] = byte
        expectSame(bytes, &maps)
      }
    }
  }

  @Test func aShortTextAfterALongOneSeesNothingOfIt() {
    var maps = ByteMaps(marked: [UInt8(ascii: "@")])
    expectSame([UInt8](repeating: UInt8(ascii: "@"), count: 1_000), &maps)
    expectSame(Array("a".utf8), &maps)
    expectSame([], &maps)
    #expect(maps.blockCount == 0)
    #expect(!maps.hasHigh)
  }

  private func expectSame(_ bytes: [UInt8], _ maps: inout ByteMaps) {
    for isNarrow in [true, false] {
      maps.scan(bytes.span, isNarrow: isNarrow)
      expectClassified(bytes, maps)
    }
  }

  private func expectClassified(_ bytes: [UInt8], _ maps: borrowing ByteMaps) {
    var isSame = maps.count == bytes.count && maps.blockCount == (bytes.count + 63) / 64
    isSame = isSame && maps.hasHigh == bytes.contains { $0 >= 0x80 }
    func word(_ word: Int, _ isMember: (UInt8) -> Bool) -> UInt64 {
      var bits: UInt64 = 0
      for bit in 0..<64 where word * 64 + bit < bytes.count && isMember(bytes[word * 64 + bit]) {
        bits |= 1 << UInt64(bit)
      }
      return bits
    }
    for index in 0..<maps.blockCount where isSame {
      isSame =
        maps.upper(index) == word(index) { (65...90).contains($0) }
        && maps.letter(index) == word(index) { (65...90).contains($0) || (97...122).contains($0) }
        && maps.digit(index) == word(index) { (48...57).contains($0) }
        && maps.word(index) == word(index, Self.isWordByte)
        && maps.high(index) == word(index) { $0 >= 0x80 }
        && maps.lead(index) == word(index) { $0 >= 0xC0 }
        && maps.cased(index) == word(index, Self.mayBeginCapital)
        && maps.mark(index) == word(index) { maps.marked.contains($0) }
    }
    isSame = isSame && maps.word(maps.blockCount) == 0 && maps.mark(maps.blockCount) == 0
    for offset in bytes.indices where isSame {
      isSame = hasSameRun(bytes, offset, maps)
    }
    if !isSame { Issue.record("\(bytes) is classified wrongly") }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == 95 || (48...57).contains(byte) || (65...90).contains(byte)
      || (97...122).contains(byte)
  }

  private static func mayBeginCapital(_ byte: UInt8) -> Bool {
    switch byte {
    case 0xC3...0xD6, 0xE1, 0xE2, 0xEA, 0xEF...0xFF: true
    default: false
    }
  }

  /// Whether the run of word bytes around an offset, and the bits from there on, are what a loop
  /// finds.
  private func hasSameRun(_ bytes: [UInt8], _ offset: Int, _ maps: borrowing ByteMaps) -> Bool {
    for (bit, index) in (offset..<min(offset + 64, bytes.count)).enumerated() {
      let isHigh = maps.high(from: offset) >> UInt64(bit) & 1 == 1
      let isUpper = maps.upper(from: offset) >> UInt64(bit) & 1 == 1
      if isHigh != (bytes[index] >= 0x80) || isUpper != (65...90).contains(bytes[index]) {
        return false
      }
    }
    guard Self.isWordByte(bytes[offset]) else { return true }
    var start = offset
    while start > 0, Self.isWordByte(bytes[start - 1]) { start -= 1 }
    var end = offset
    while end < bytes.count, Self.isWordByte(bytes[end]) { end += 1 }
    return maps.wordStart(offset) == start && maps.wordEnd(offset) == end
  }
}
