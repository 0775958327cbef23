/// Addresses and keys that have their own form of checksum.
package enum WalletKind: String, Codable, Sendable, CaseIterable {
  case algorand
  case cashaddr
  case monero
  case solana
  case ss58
  case stellar
  case ton

  /// Whether a value, as it is written, has the checksum of its kind.
  ///
  /// - Complexity: O(value²) for those in base 58, O(value) for the others.
  package func isValid(_ value: [UInt8]) -> Bool {
    switch self {
    case .algorand: Self.isAlgorand(value)
    case .cashaddr: Self.isCashAddr(value)
    case .monero: Self.isMonero(value)
    case .solana: (32...44).contains(value.count) && WalletChecks.base58(value)?.count == 32
    case .ss58: Self.isSS58(value)
    case .stellar: Self.isStellar(value)
    case .ton: Self.isTON(value)
    }
  }

  /// The bytes of a text in base 32 or 64 without padding; `nil` where a character is no digit or
  /// bits are left that are not zero.
  private static func decoded(_ value: [UInt8], bits: Int, digit: (UInt8) -> Int?) -> [UInt8]? {
    var result: [UInt8] = []
    var buffer = 0
    var count = 0
    for byte in value {
      guard let digit = digit(byte) else { return nil }
      buffer = (buffer << bits | digit) & 0xFFFF
      count += bits
      if count >= 8 {
        count -= 8
        result.append(UInt8(truncatingIfNeeded: buffer >> count))
      }
    }
    return buffer & (1 << count - 1) == 0 ? result : nil
  }

  /// RFC 4648, 6, in capitals.
  private static func base32(_ byte: UInt8) -> Int? {
    switch byte {
    case 65...90: Int(byte) - 65
    case 50...55: Int(byte) - 24
    default: nil
    }
  }

  /// RFC 4648, 4 and 5.
  private static func base64(_ byte: UInt8) -> Int? {
    switch byte {
    case 65...90: Int(byte) - 65
    case 97...122: Int(byte) - 71
    case 48...57: Int(byte) + 4
    case 43, 45: 62
    case 47, 95: 63
    default: nil
    }
  }

  /// Algorand developer documentation, accounts: the public key and the last four bytes of its
  /// SHA-512/256, in base 32.
  private static func isAlgorand(_ value: [UInt8]) -> Bool {
    guard value.count == 58, let bytes = decoded(value, bits: 5, digit: base32),
      bytes.count == 36
    else { return false }
    return WalletHashes.sha512t256(Array(bytes[..<32])).suffix(4).elementsEqual(bytes[32...])
  }

  /// Stellar SEP-23: version, key and CRC-16/XMODEM, low byte first, in base 32. Versions: account,
  /// seed, multiplexed account, contract.
  private static func isStellar(_ value: [UInt8]) -> Bool {
    guard value.count == 56 || value.count == 69,
      let bytes = decoded(value, bits: 5, digit: base32),
      [6 << 3, 18 << 3, 12 << 3, 2 << 3].contains(bytes[0]),
      (value.count == 69) == (bytes[0] == 12 << 3)
    else { return false }
    let crc = WalletHashes.crc16(bytes.dropLast(2))
    return bytes.suffix(2).elementsEqual([UInt8(crc & 0xFF), UInt8(crc >> 8)])
  }

  /// TON TEP-2: a tag, the workchain, the account and CRC-16/XMODEM, high byte first, in base 64.
  private static func isTON(_ value: [UInt8]) -> Bool {
    guard value.count == 48, let bytes = decoded(value, bits: 6, digit: base64),
      [0x11, 0x51].contains(bytes[0] & 0x7F), [0, 0xFF].contains(bytes[1])
    else { return false }
    let crc = WalletHashes.crc16(bytes.dropLast(2))
    return bytes.suffix(2).elementsEqual([UInt8(crc >> 8), UInt8(crc & 0xFF)])
  }

  /// Substrate SS58: a network of one or two bytes, 32 bytes of account, and two of BLAKE2b.
  private static func isSS58(_ value: [UInt8]) -> Bool {
    guard (46...50).contains(value.count), let bytes = WalletChecks.base58(value),
      bytes.count == (bytes[0] < 64 ? 35 : 36), bytes[0] < 128
    else { return false }
    let hash = WalletHashes.blake2b(Array("SS58PRE".utf8) + bytes.dropLast(2))
    return hash.prefix(2).elementsEqual(bytes.suffix(2))
  }

  /// Bitcoin Cash: cashaddr specification, 40 bits of BCH over the prefix and the groups of five
  /// bits. Without a prefix it is `bitcoincash`.
  private static func isCashAddr(_ value: [UInt8]) -> Bool {
    guard value.count <= 130 else { return false }
    let text = value.map(Checksums.asciiLower)
    guard text == value || value.allSatisfy({ $0 &- 97 >= 26 }) else { return false }
    let colon = text.lastIndex(of: UInt8(ascii: ":"))
    let prefix = colon.map { Array(text[..<$0]) } ?? Array("bitcoincash".utf8)
    let prefixes = ["bitcoincash", "bchtest", "bchreg", "ecash"].map { Array($0.utf8) }
    guard prefixes.contains(prefix) else { return false }
    let payload = text[(colon.map { $0 + 1 } ?? 0)...]
    guard payload.count >= 42 else { return false }
    var checksum: UInt64 = 1
    func feed(_ value: UInt64) {
      let top = checksum >> 35
      checksum = (checksum & 0x07_ffff_ffff) << 5 ^ value
      for (bit, generator) in cashGenerators.enumerated() where top >> UInt64(bit) & 1 == 1 {
        checksum ^= generator
      }
    }
    for byte in prefix { feed(UInt64(byte & 31)) }
    feed(0)
    for byte in payload {
      let digit = WalletChecks.bech32Values[Int(byte)]
      guard digit >= 0 else { return false }
      feed(UInt64(digit))
    }
    return checksum == 1
  }

  private static let cashGenerators: [UInt64] = [
    0x98_f2bc_8e61, 0x79_b76d_99e2, 0xf3_3e5f_b3c4, 0xae_2eab_e2a8, 0x1e_4f43_e470,
  ]

  /// Monero: CryptoNote base 58 in blocks of eight bytes; a version, two keys, perhaps a payment
  /// id, and four bytes of Keccak-256. Versions: standard, integrated, subaddress, of the main,
  /// test and stage nets.
  private static func isMonero(_ value: [UInt8]) -> Bool {
    guard value.count == 95 || value.count == 106 else { return false }
    // How many characters stand for so many bytes.
    let sizes = [0, 2, 3, 5, 6, 7, 9, 10, 11]
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: value.count, by: 11) {
      let block = value[start..<min(start + 11, value.count)]
      guard let count = sizes.firstIndex(of: block.count) else { return false }
      var number: UInt64 = 0
      for character in block {
        let digit = WalletChecks.base58Values[Int(character)]
        let (product, overflow) = number.multipliedReportingOverflow(by: 58)
        guard digit >= 0, !overflow else { return false }
        let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
        guard !carry else { return false }
        number = sum
      }
      guard count == 8 || number >> UInt64(count * 8) == 0 else { return false }
      for shift in (0..<count).reversed() {
        bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift * 8)))
      }
    }
    let versions: [UInt8] = bytes.count == 77 ? [19, 54, 25] : [18, 42, 53, 63, 24, 36]
    guard versions.contains(bytes[0]) else { return false }
    return Keccak.hash256(bytes.dropLast(4)).prefix(4).elementsEqual(bytes.suffix(4))
  }
}
