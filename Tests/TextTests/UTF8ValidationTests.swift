import Testing
import Text

@Suite struct UTF8ValidationTests {
  @Test func everySequenceOfOneByteIsJudgedAsTheNaiveDecoderDoes() {
    for byte in UInt8.min...UInt8.max { expectSame([byte]) }
  }

  @Test func everySequenceOfTwoBytesIsJudgedAsTheNaiveDecoderDoes() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max { expectSame([first, second]) }
    }
  }

  @Test func sequencesOfThreeBytesAreJudgedAsTheNaiveDecoderDoes() {
    // All leads and all second bytes; third bytes from each class of the table.
    let thirds: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xE0, 0xF0, 0xFF]
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        for third in thirds { expectSame([first, second, third]) }
      }
    }
  }

  @Test func everyScalarAndNothingElseIsValid() {
    for value in UInt32(0)...0x11_0100 {
      let bytes = encodeWithoutChecks(value)
      let isScalar = value <= 0x10FFFF && !(0xD800...0xDFFF).contains(value)
      if (firstInvalidUTF8(in: bytes.span) == nil) != isScalar {
        Issue.record("U+\(String(value, radix: 16)) is judged wrongly")
      }
    }
  }

  @Test func boundarySequencesOfFourBytesAreJudgedAsTheNaiveDecoderDoes() {
    let bounds: [UInt8] = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE1, 0xFF]
    for first in UInt8(0xEE)...0xFF {
      for second in UInt8.min...UInt8.max {
        for third in bounds {
          for fourth in bounds { expectSame([first, second, third, fourth]) }
        }
      }
    }
  }

  @Test func theOffsetIsThatOfTheFirstBadSequenceWhereverItStands() {
    var random = SplitMix64(seed: 7)
    let pieces: [[UInt8]] = [
      [0x61], Array("zażółć".utf8), Array("漢字".utf8), Array("🦉".utf8),
      Array(repeating: 0x20, count: 70), [0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC0, 0xAF],
      [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
    ]
    for _ in 0..<20_000 {
      var bytes: [UInt8] = []
      // Bad pieces are rare, so that long valid runs come before them.
      for _ in 0..<random.below(40) {
        let isBad = random.below(30) == 0
        bytes += pieces[isBad ? 5 + random.below(7) : random.below(5)]
      }
      expectSame(bytes)
    }
  }

  @Test func theFirstByteAboveASCIIIsFoundAtEveryOffset() {
    for count in 0..<150 {
      var bytes = [UInt8](repeating: 0x7F, count: count)
      #expect(firstNonASCII(in: bytes.span) == nil)
      for position in 0..<count {
        bytes[position] = 0x80
        #expect(firstNonASCII(in: bytes.span) == position)
        #expect(firstNonASCII(in: bytes.span, from: position + 1) == nil)
        bytes[position] = 0x7F
      }
    }
  }

  private func expectSame(_ bytes: [UInt8]) {
    let found = firstInvalidUTF8(in: bytes.span)
    let expected = naiveFirstInvalid(bytes)
    if found != expected {
      Issue.record(
        "\(bytes): found \(String(describing: found)), not \(String(describing: expected))")
    }
  }
}

/// RFC 3629, decoded and checked in the plainest way.
private func naiveFirstInvalid(_ bytes: [UInt8]) -> Int? {
  var position = 0
  while position < bytes.count {
    let lead = bytes[position]
    let (length, minimum): (Int, UInt32)
    switch lead {
    case 0..<0x80: (length, minimum) = (1, 0)
    case 0xC0..<0xE0: (length, minimum) = (2, 0x80)
    case 0xE0..<0xF0: (length, minimum) = (3, 0x800)
    case 0xF0..<0xF8: (length, minimum) = (4, 0x10000)
    default: return position
    }
    guard position + length <= bytes.count else { return position }
    var scalar = length == 1 ? UInt32(lead) : UInt32(lead) & (0x7F >> UInt32(length))
    for byte in bytes[position + 1..<position + length] {
      guard byte & 0xC0 == 0x80 else { return position }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    guard scalar >= minimum, Unicode.Scalar(scalar) != nil else { return position }
    position += length
  }
  return nil
}

/// UTF-8's arithmetic, also for surrogates and for numbers past U+10FFFF.
private func encodeWithoutChecks(_ value: UInt32) -> [UInt8] {
  func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | value >> shift & 0x3F) }
  return switch value {
  case 0..<0x80: [UInt8(value)]
  case 0x80..<0x800: [UInt8(0xC0 | value >> 6), tail(0)]
  case 0x800..<0x10000: [UInt8(0xE0 | value >> 12), tail(6), tail(0)]
  default: [UInt8(0xF0 | value >> 18), tail(12), tail(6), tail(0)]
  }
}
