import Testing

@testable import Rules

@Suite struct WalletHashesTests {
  private func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }

  /// RFC 7693, appendix A, and the hash of the empty message of the reference code.
  @Test func blake2bOfThePublishedMessages() {
    #expect(
      hex(WalletHashes.blake2b(Array("abc".utf8)))
        == "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923")
    #expect(
      hex(WalletHashes.blake2b([]))
        == "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419"
        + "d25e1031afee585313896444934eb04b903a685b1448b755d56f701afe9be2ce")
  }

  /// NIST, "Examples with intermediate values": SHA-512/256 of "abc"; and of the empty message.
  @Test func sha512Slash256OfThePublishedMessages() {
    #expect(
      hex(WalletHashes.sha512t256(Array("abc".utf8)))
        == "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")
    #expect(
      hex(WalletHashes.sha512t256([]))
        == "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a")
  }

  /// The check value of the catalogue of CRC algorithms, and long division bit by bit.
  @Test func crc16OfTheCheckAndByDivision() {
    #expect(WalletHashes.crc16(Array("123456789".utf8)[...]) == 0x31C3)
    for seed in 0..<40 {
      let message = (0..<seed).map { UInt8(truncatingIfNeeded: $0 * 37 + seed * 11) }
      var remainder = 0
      let bits = message.flatMap { byte in (0..<8).map { Int(byte >> UInt8(7 - $0)) & 1 } }
      for bit in bits + [Int](repeating: 0, count: 16) {
        remainder = remainder << 1 | bit
        if remainder & 0x1_0000 != 0 { remainder ^= 0x1_1021 }
      }
      #expect(Int(WalletHashes.crc16(message[...])) == remainder)
    }
  }
}
