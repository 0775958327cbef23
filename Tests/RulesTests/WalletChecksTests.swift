import Rules
import TestSupport
import Testing

@Suite struct WalletChecksTests {
  /// BIP-173 and BIP-350, "Test vectors": valid addresses and strings with at least one character
  /// of data.
  private static let bech32Valid = [
    "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
    "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
    "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
    "BC1SW50QGDZ25J", "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs",
    "tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy",
    "tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c",
    "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
    "abcdef1l7aum6echk45nj3s0wdvt2fg8x9yrzpqzd3ryx",
    "split1checkupstagehandshakeupstreamerranterredcaperredlc445v",
  ]
  private static let prefixes = ["bc", "tb", "abcdef", "split"]

  @Test func bech32TakesThePublishedVectors() {
    for text in Self.bech32Valid {
      #expect(WalletChecks.bech32(Array(text.utf8), prefixes: Self.prefixes), "\(text)")
    }
  }

  @Test func bech32RefusesThePublishedInvalidVectors() {
    let invalid = [
      // Another human-readable part, a wrong checksum, mixed case, a character that is no digit,
      // too short a checksum, no human-readable part, no separator.
      "tc1qw508d6qejxtdg4y5r3zarvary0c5xw7kg3g4ty", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
      "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sL5k7", "split1cheo2y9e2w",
      "split1a2y9w", "1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
      "pzry9x0s0muk", "", "1", "bc1", "bc1qqqqqq",
    ]
    for text in invalid {
      #expect(
        !WalletChecks.bech32(Array(text.utf8), prefixes: Self.prefixes + [""]), "\(text)")
    }
  }

  @Test func bech32RefusesEveryChangeOfOneCharacter() {
    let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
    for text in Self.bech32Valid.map({ Array($0.lowercased().utf8) }) {
      let start = text.lastIndex(of: UInt8(ascii: "1"))! + 1
      for index in start..<text.count {
        var changed = text
        changed[index] = alphabet[(alphabet.firstIndex(of: text[index])! + 1 + index % 31) % 32]
        if changed == text { continue }
        #expect(!WalletChecks.bech32(changed, prefixes: Self.prefixes))
      }
    }
  }

  /// Addresses that documentation shows: the genesis block's, the Bitcoin wiki's examples of P2PKH,
  /// P2SH and WIF.
  private static let base58Valid: [(text: String, version: Int)] = [
    ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", 0x00), ("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", 0x00),
    ("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", 0x05), ("1111111111111111111114oLvT2", 0x00),
    ("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ", 0x80),
  ]

  @Test func base58checkTakesKnownAddressesOfTheirVersionOnly() {
    for (text, version) in Self.base58Valid {
      #expect(WalletChecks.base58check(Array(text.utf8), versions: [111, version]), "\(text)")
      #expect(!WalletChecks.base58check(Array(text.utf8), versions: [version + 1]), "\(text)")
      #expect(!WalletChecks.base58check(Array(text.utf8), versions: []), "\(text)")
    }
  }

  @Test func base58checkRefusesEveryChangeOfOneCharacter() {
    let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    for (text, version) in Self.base58Valid {
      let bytes = Array(text.utf8)
      for index in bytes.indices {
        var changed = bytes
        changed[index] = alphabet[(alphabet.firstIndex(of: bytes[index])! + 1 + index) % 58]
        if changed == bytes { continue }
        #expect(!WalletChecks.base58check(changed, versions: [version]))
      }
    }
  }

  @Test func base58checkRefusesOtherAlphabetsAndLengths() {
    for text in [
      "", "1", "0A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfN",
    ] {
      #expect(!WalletChecks.base58check(Array(text.utf8), versions: [0, 5]), "\(text)")
    }
    #expect(!WalletChecks.base58check([UInt8](repeating: 49, count: 500), versions: [0]))
  }

  /// EIP-55, "Test Cases", the four of mixed case.
  private static let mixed = [
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
  ]

  @Test func eip55TakesThePublishedVectorsInMixedAndInOneCase() {
    for text in Self.mixed {
      #expect(WalletChecks.eip55(Array(text.utf8)), "\(text)")
      #expect(WalletChecks.eip55(Array(text.lowercased().utf8)))
      #expect(WalletChecks.eip55(Array(("0x" + text.dropFirst(2).uppercased()).utf8)))
    }
  }

  @Test func eip55RefusesEveryLetterInTheOtherCase() {
    for text in Self.mixed.map({ Array($0.utf8) }) {
      for index in 2..<text.count where text[index] > 57 {
        var changed = text
        changed[index] ^= 0x20
        #expect(!WalletChecks.eip55(changed))
      }
    }
  }

  @Test func eip55RefusesOtherShapes() {
    for text in ["", "0x", String(Self.mixed[0].dropLast()), Self.mixed[0] + "0"] {
      #expect(!WalletChecks.eip55(Array(text.utf8)))
    }
    #expect(!WalletChecks.eip55(Array((Self.mixed[0].dropLast() + "g").utf8)))
  }
}
