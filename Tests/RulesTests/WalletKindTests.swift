import Rules
import TestSupport
import Testing

@Suite struct WalletKindTests {
  /// Addresses that the specifications and the projects' own pages show.
  private static let published: [(kind: WalletKind, text: String)] = [
    // Algorand developer documentation: the zero address.
    (.algorand, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAY5HFKQ"),
    // cashaddr specification, "Examples of address translation".
    (.cashaddr, "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"),
    (.cashaddr, "bitcoincash:qr95sy3j9xwd2ap32xkykttr4cvcu7as4y0qverfuy"),
    (.cashaddr, "bitcoincash:ppm2qsznhks23z7629mms6s4cwef74vcwvn0h829pq"),
    // The Monero project: donation address and its subaddress.
    (
      .monero,
      "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7Sq"
        + "SsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A"
    ),
    (
      .monero,
      "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1"
        + "UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H"
    ),
    // Solana: the token program.
    (.solana, "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"),
    // Substrate: the development account Alice, for any chain, Polkadot and Kusama.
    (.ss58, "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"),
    (.ss58, "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5"),
    (.ss58, "HNZata7iMYWmk5RvZRTiAsSDhV8366zq2YGb3tLH5Upf74F"),
    // SEP-23, "Test Cases".
    (.stellar, "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ"),
    (.stellar, "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ"),
    // The TON Foundation.
    (.ton, "EQCD39VS5jcptHL8vMjEXrzGaRcCVYto7HUn4bpAOg8xqB2N"),
  ]

  @Test func publishedAddressesAreValidForTheirKindOnly() {
    for (kind, text) in Self.published {
      for other in WalletKind.allCases {
        #expect(other.isValid(Array(text.utf8)) == (other == kind), "\(other): \(text)")
      }
    }
  }

  @Test func everyKindHasAPublishedAddress() {
    #expect(Set(Self.published.map(\.kind)) == Set(WalletKind.allCases))
  }

  /// Solana's addresses have no checksum; a change is an address, too.
  @Test func noChangeOfOneCharacterIsValid() {
    for (kind, text) in Self.published where kind != .solana {
      let bytes = Array(text.utf8)
      let start = (bytes.firstIndex(of: UInt8(ascii: ":")) ?? -1) + 1
      for index in start..<bytes.count {
        for step in [1, 7] {
          var changed = bytes
          let letters = Set(bytes[start...]).sorted()
          let place = letters.firstIndex(of: bytes[index]) ?? 0
          changed[index] = letters[(place + step) % letters.count]
          if changed[index] == bytes[index] { continue }
          #expect(!kind.isValid(changed), "\(kind) at \(index): \(text)")
        }
      }
    }
  }

  @Test func otherLengthsAndAlphabetsAreNot() {
    for (kind, text) in Self.published {
      #expect(!kind.isValid([]))
      #expect(!kind.isValid(Array((text + "A").utf8)), "\(text)")
      #expect(!kind.isValid(Array(text.dropLast().utf8)), "\(text)")
      #expect(!kind.isValid(Array(text.utf8.dropLast()) + [0xFF]), "\(text)")
      #expect(!kind.isValid([UInt8](repeating: 0x7A, count: 4000)))
    }
  }

  /// SEP-23, "Invalid test cases": bits left over, wrong lengths, versions and checksums.
  @Test func theInvalidVectorsOfStellarAreNot() {
    for text in [
      "GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUACUSI",
      "G47QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVP2I",
      "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUR",
      "M47QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUQ",
      "MA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJUAAAAAAAAAAAACJUO",
    ] {
      #expect(!WalletKind.stellar.isValid(Array(text.utf8)), "\(text)")
    }
  }
}
