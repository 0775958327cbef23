internal import Crypto

/// Checks of cryptocurrency addresses.
package enum WalletChecks {
  private static let base58Digits = Array(
    "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

  static let base58Values: [Int] = values(of: base58Digits)

  /// XRP Ledger documentation, base58 encodings: the same digits in another order.
  private static let rippleValues: [Int] = values(
    of: Array("rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz".utf8))

  private static func values(of digits: [UInt8]) -> [Int] {
    var values = [Int](repeating: -1, count: 256)
    for (value, byte) in digits.enumerated() { values[Int(byte)] = value }
    return values
  }

  /// The bytes of a text in base 58 (each leading zero digit is a zero byte), or `nil` where a
  /// character is no digit.
  ///
  /// - Complexity: O(value²).
  static func base58(_ value: [UInt8], values: [Int] = base58Values) -> [UInt8]? {
    var bytes: [UInt8] = []
    for character in value {
      var carry = values[Int(character)]
      guard carry >= 0 else { return nil }
      for index in bytes.indices {
        carry += Int(bytes[index]) * 58
        bytes[index] = UInt8(carry & 0xFF)
        carry >>= 8
      }
      while carry > 0 {
        bytes.append(UInt8(carry & 0xFF))
        carry >>= 8
      }
    }
    let zeros = value.prefix { values[Int($0)] == 0 }.count
    return [UInt8](repeating: 0, count: zeros) + bytes.reversed()
  }

  /// Base58Check (Bitcoin's double SHA-256 of version and payload) with one of the versions.
  ///
  /// - Parameter ripple: whether the digits are in the order of the XRP Ledger.
  package static func base58check(
    _ value: [UInt8], versions: [Int], ripple: Bool = false
  ) -> Bool {
    guard (20...120).contains(value.count),
      let decoded = base58(value, values: ripple ? rippleValues : base58Values),
      decoded.count > 5, versions.contains(Int(decoded[0]))
    else { return false }
    let payload = Array(decoded.dropLast(4))
    let once = Array(SHA256.hash(data: payload))
    let twice = Array(SHA256.hash(data: once))
    return twice.prefix(4).elementsEqual(decoded.suffix(4))
  }

  static let bech32Values: [Int] = {
    var values = [Int](repeating: -1, count: 256)
    for (value, byte) in "qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8.enumerated() {
      values[Int(byte)] = value
    }
    return values
  }()

  /// Bech32 (BIP-173) or Bech32m (BIP-350) with one of the human-readable parts.
  package static func bech32(_ value: [UInt8], prefixes: [String]) -> Bool {
    let hasLower = value.contains { $0 &- 97 < 26 }
    let hasUpper = value.contains { $0 &- 65 < 26 }
    guard !(hasLower && hasUpper), value.count <= 120 else { return false }
    let lower = value.map(Checksums.asciiLower)
    guard let separator = lower.lastIndex(of: UInt8(ascii: "1")), separator > 0,
      lower.count - separator > 7
    else { return false }
    let prefix = Array(lower[..<separator])
    guard prefixes.contains(where: { Array($0.utf8) == prefix }) else { return false }
    var checksum: UInt32 = 1
    func feed(_ value: UInt32) {
      let generators: [UInt32] = [
        0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3,
      ]
      let top = checksum >> 25
      checksum = (checksum & 0x1ff_ffff) << 5 ^ value
      for bit in 0..<5 where top >> UInt32(bit) & 1 == 1 { checksum ^= generators[bit] }
    }
    for byte in prefix { feed(UInt32(byte >> 5)) }
    feed(0)
    for byte in prefix { feed(UInt32(byte & 31)) }
    for byte in lower[(separator + 1)...] {
      let digit = bech32Values[Int(byte)]
      guard digit >= 0 else { return false }
      feed(UInt32(digit))
    }
    return checksum == 1 || checksum == 0x2bc8_30a3
  }

  /// An Ethereum address: `0x` and 40 hex digits, of one case or with the checksum of EIP-55.
  package static func eip55(_ value: [UInt8]) -> Bool {
    guard value.count == 42 else { return false }
    let digits = Array(value.dropFirst(2))
    guard digits.allSatisfy({ $0 &- 48 < 10 || ($0 | 0x20) &- 97 < 6 }) else { return false }
    let letters = digits.filter { $0 > 57 }
    let upper = letters.filter { $0 < 97 }.count
    if upper == 0 || upper == letters.count { return true }
    let hash = Keccak.hash256(digits.map(Checksums.asciiLower))
    for (index, byte) in digits.enumerated() where byte > 57 {
      let nibble = index % 2 == 0 ? hash[index / 2] >> 4 : hash[index / 2] & 15
      if (byte < 97) != (nibble >= 8) { return false }
    }
    return true
  }
}

/// Keccak-256 as Ethereum uses it: the sponge of FIPS 202 with the padding of the original
/// submission (0x01).
enum Keccak {
  private static let roundConstants: [UInt64] = {
    // The constants are the output of the LFSR x⁸+x⁶+x⁵+x⁴+1 (FIPS 202, 3.2.5).
    var register: UInt8 = 1
    return (0..<24).map { _ in
      var constant: UInt64 = 0
      for j in 0..<7 {
        if register & 1 == 1 { constant |= 1 << UInt64((1 << j) - 1) }
        let carry = register & 0x80 != 0
        register = register << 1 ^ (carry ? 0x71 : 0)
      }
      return constant
    }
  }()

  /// The hash of a message shorter than one block of 136 bytes.
  static func hash256(_ message: [UInt8]) -> [UInt8] {
    precondition(message.count < 136, "addresses fit in one block")
    var block = message + [UInt8](repeating: 0, count: 136 - message.count)
    block[message.count] ^= 0x01
    block[135] ^= 0x80
    var lanes = [UInt64](repeating: 0, count: 25)
    for (index, byte) in block.enumerated() {
      lanes[index / 8] ^= UInt64(byte) << UInt64(index % 8 * 8)
    }
    for constant in roundConstants { permute(&lanes, constant) }
    return (0..<32).map { UInt8(truncatingIfNeeded: lanes[$0 / 8] >> UInt64($0 % 8 * 8)) }
  }

  /// One round: θ, ρ and π, χ, ι.
  private static func permute(_ a: inout [UInt64], _ constant: UInt64) {
    var columns = [UInt64](repeating: 0, count: 5)
    for index in 0..<25 { columns[index % 5] ^= a[index] }
    for x in 0..<5 {
      let mix = columns[(x + 4) % 5] ^ rotate(columns[(x + 1) % 5], 1)
      for y in 0..<5 { a[x + 5 * y] ^= mix }
    }
    var b = [UInt64](repeating: 0, count: 25)
    b[0] = a[0]
    var (x, y) = (1, 0)
    for t in 0..<24 {
      let (nextX, nextY) = (y, (2 * x + 3 * y) % 5)
      b[nextX + 5 * nextY] = rotate(a[x + 5 * y], UInt64((t + 1) * (t + 2) / 2 % 64))
      (x, y) = (nextX, nextY)
    }
    for y in 0..<5 {
      for x in 0..<5 {
        let next: UInt64 = ~b[(x + 1) % 5 + 5 * y]
        let second: UInt64 = b[(x + 2) % 5 + 5 * y]
        a[x + 5 * y] = b[x + 5 * y] ^ (next & second)
      }
    }
    a[0] ^= constant
  }

  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
    count == 0 ? value : value << count | value >> (64 - count)
  }
}
