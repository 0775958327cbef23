import Rules
import TestSupport
import Testing

@Suite struct OtherChecksTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func crc32IsThatOfTheCatalogue() {
    // The check value every catalogue of CRCs gives.
    #expect(OtherChecks.crc32(bytes("123456789")) == 0xCBF4_3926)
    #expect(OtherChecks.crc32([]) == 0)
    var random = SplitMix64(seed: 3)
    for _ in 0..<200 {
      let value = (0..<random.below(40)).map { _ in UInt8(random.below(256)) }
      #expect(OtherChecks.crc32(value) == naiveCRC(value))
    }
  }

  @Test func theChecksumIsWrittenInBase62() {
    // 0xCBF43926 is 3421780262: 3 × 62⁵ + 45 × 62⁴ + … read back.
    let number = Int(OtherChecks.crc32(bytes("123456789")))
    let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    var digits: [UInt8] = []
    var rest = number
    for _ in 0..<6 {
      digits.insert(alphabet[rest % 62], at: 0)
      rest /= 62
    }
    #expect(rest == 0)
    #expect(OtherChecks.crc32Base62(bytes("123456789"), check: digits))
    #expect(!OtherChecks.crc32Base62(bytes("123456788"), check: digits))
    #expect(!OtherChecks.crc32Base62(bytes("123456789"), check: bytes("-00000")))
    #expect(!OtherChecks.crc32Base62([], check: bytes("000000")))
  }

  @Test func palindromesAndRepeats() {
    #expect(OtherChecks.isPalindrome(bytes("123321")))
    #expect(!OtherChecks.isPalindrome(bytes("123421")))
    #expect(OtherChecks.oneRepeats(bytes("1123456789"), times: [2, 3]))
    #expect(OtherChecks.oneRepeats(bytes("1112345678"), times: [2, 3]))
    #expect(!OtherChecks.oneRepeats(bytes("1111234567"), times: [2, 3]))
    #expect(!OtherChecks.oneRepeats(bytes("1122345678"), times: [2, 3]))
    #expect(!OtherChecks.oneRepeats(bytes("0123456789"), times: [2, 3]))
  }

  @Test func keysWithLettersOfFrenchVATNumbers() {
    // The numbers that python-stdnum's documentation shows.
    #expect(OtherChecks.frenchVATKey(bytes("K7399859412")))
    #expect(OtherChecks.frenchVATKey(bytes("4Z123456782")))
    #expect(!OtherChecks.frenchVATKey(bytes("K7399859413")))
    #expect(!OtherChecks.frenchVATKey(bytes("40303265045")), "a key of digits is another check")
    #expect(!OtherChecks.frenchVATKey(bytes("IO399859412")))
  }
}

private func naiveCRC(_ bytes: [UInt8]) -> UInt32 {
  var crc: UInt32 = 0xFFFF_FFFF
  for byte in bytes {
    for bit in 0..<8 {
      let isSet = (crc ^ UInt32(byte >> UInt8(bit))) & 1 == 1
      crc = crc >> 1 ^ (isSet ? 0xEDB8_8320 : 0)
    }
  }
  return ~crc
}
