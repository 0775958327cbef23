/// The hashes behind addresses that the crypto library does not have. Messages are shorter than one
/// block: an address is at most some forty bytes.
enum WalletHashes {
  /// The first 64 bits of the fractional parts of the square roots of the first eight primes (FIPS
  /// 180-4, 5.3.5; RFC 7693, 2.6).
  private static let squareRoots: [UInt64] = [
    0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
  ]

  private static func rotateRight(_ value: UInt64, _ count: UInt64) -> UInt64 {
    value >> count | value << (64 - count)
  }

  // MARK: - BLAKE2b

  /// RFC 7693, 2.7: which word of the message each half step takes.
  private static let schedule: [[Int]] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
    [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
    [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
    [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
    [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
    [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
    [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
    [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
    [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
  ]

  /// RFC 7693, 3.1 and 3.2: the four words of each of the eight mixes of a round.
  private static let mixes: [[Int]] = [
    [0, 4, 8, 12], [1, 5, 9, 13], [2, 6, 10, 14], [3, 7, 11, 15],
    [0, 5, 10, 15], [1, 6, 11, 12], [2, 7, 8, 13], [3, 4, 9, 14],
  ]

  /// BLAKE2b of 64 bytes without a key (RFC 7693).
  static func blake2b(_ message: [UInt8]) -> [UInt8] {
    precondition(message.count <= 128, "one block")
    var words = [UInt64](repeating: 0, count: 16)
    for (index, byte) in message.enumerated() {
      words[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
    }
    var hash = squareRoots
    hash[0] ^= 0x0101_0000 ^ 64
    var v = hash + squareRoots
    v[12] ^= UInt64(message.count)
    v[14] = ~v[14]
    for round in 0..<12 {
      let order = schedule[round % 10]
      for (step, mix) in mixes.enumerated() {
        let (a, b, c, d) = (mix[0], mix[1], mix[2], mix[3])
        v[a] = v[a] &+ v[b] &+ words[order[2 * step]]
        v[d] = rotateRight(v[d] ^ v[a], 32)
        v[c] = v[c] &+ v[d]
        v[b] = rotateRight(v[b] ^ v[c], 24)
        v[a] = v[a] &+ v[b] &+ words[order[2 * step + 1]]
        v[d] = rotateRight(v[d] ^ v[a], 16)
        v[c] = v[c] &+ v[d]
        v[b] = rotateRight(v[b] ^ v[c], 63)
      }
    }
    return (0..<64).map { index in
      let word = hash[index / 8] ^ v[index / 8] ^ v[index / 8 + 8]
      return UInt8(truncatingIfNeeded: word >> UInt64(index % 8 * 8))
    }
  }

  // MARK: - SHA-512/256

  /// FIPS 180-4, 5.3.6.2.
  private static let initialTruncated: [UInt64] = [
    0x2231_2194_fc2b_f72c, 0x9f55_5fa3_c84c_64c2, 0x2393_b86b_6f53_b151, 0x9638_7719_5940_eabd,
    0x9628_3ee2_a88e_ffe3, 0xbe5e_1e25_5386_3992, 0x2b01_99fc_2c85_b8aa, 0x0eb7_2ddc_81c5_2ca2,
  ]

  /// SHA-512/256 (FIPS 180-4, 6.7).
  static func sha512t256(_ message: [UInt8]) -> [UInt8] {
    precondition(message.count < 112, "one block")
    var block = message + [0x80] + [UInt8](repeating: 0, count: 127 - message.count)
    block[126] = UInt8((message.count * 8) >> 8)
    block[127] = UInt8(message.count * 8 & 0xFF)
    var w = [UInt64](repeating: 0, count: 80)
    for (index, byte) in block.enumerated() { w[index / 8] = w[index / 8] << 8 | UInt64(byte) }
    for t in 16..<80 {
      let (x, y) = (w[t - 15], w[t - 2])
      let small = rotateRight(x, 1) ^ rotateRight(x, 8) ^ (x >> 7)
      let large = rotateRight(y, 19) ^ rotateRight(y, 61) ^ (y >> 6)
      w[t] = large &+ w[t - 7] &+ small &+ w[t - 16]
    }
    var s = initialTruncated
    for t in 0..<80 {
      let (a, b, c, e) = (s[0], s[1], s[2], s[4])
      let sumE = rotateRight(e, 14) ^ rotateRight(e, 18) ^ rotateRight(e, 41)
      let choice = (e & s[5]) ^ (~e & s[6])
      let first = s[7] &+ sumE &+ choice &+ cubeRoots[t] &+ w[t]
      let sumA = rotateRight(a, 28) ^ rotateRight(a, 34) ^ rotateRight(a, 39)
      let majority = (a & b) ^ (a & c) ^ (b & c)
      s = [first &+ sumA &+ majority, a, b, c, s[3] &+ first, e, s[5], s[6]]
    }
    return (0..<32).map { index in
      let word = initialTruncated[index / 8] &+ s[index / 8]
      return UInt8(truncatingIfNeeded: word >> UInt64(56 - index % 8 * 8))
    }
  }

  /// The first 64 bits of the fractional parts of the cube roots of the first eighty primes (FIPS
  /// 180-4, 4.2.3).
  private static let cubeRoots: [UInt64] = [
    0x428a_2f98_d728_ae22, 0x7137_4491_23ef_65cd, 0xb5c0_fbcf_ec4d_3b2f, 0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538, 0x59f1_11f1_b605_d019, 0x923f_82a4_af19_4f9b, 0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242, 0x1283_5b01_4570_6fbe, 0x2431_85be_4ee4_b28c, 0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f, 0x80de_b1fe_3b16_96b1, 0x9bdc_06a7_25c7_1235, 0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2, 0xefbe_4786_384f_25e3, 0x0fc1_9dc6_8b8c_d5b5, 0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275, 0x4a74_84aa_6ea6_e483, 0x5cb0_a9dc_bd41_fbd4, 0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab, 0xa831_c66d_2db4_3210, 0xb003_27c8_98fb_213f, 0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2, 0xd5a7_9147_930a_a725, 0x06ca_6351_e003_826f, 0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc, 0x2e1b_2138_5c26_c926, 0x4d2c_6dfc_5ac4_2aed, 0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de, 0x766a_0abb_3c77_b2a8, 0x81c2_c92e_47ed_aee6, 0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364, 0xa81a_664b_bc42_3001, 0xc24b_8b70_d0f8_9791, 0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218, 0xd699_0624_5565_a910, 0xf40e_3585_5771_202a, 0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8, 0x1e37_6c08_5141_ab53, 0x2748_774c_df8e_eb99, 0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63, 0x4ed8_aa4a_e341_8acb, 0x5b9c_ca4f_7763_e373, 0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc, 0x78a5_636f_4317_2f60, 0x84c8_7814_a1f0_ab72, 0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28, 0xa450_6ceb_de82_bde9, 0xbef9_a3f7_b2c6_7915, 0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c, 0xd186_b8c7_21c0_c207, 0xeada_7dd6_cde0_eb1e, 0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba, 0x0a63_7dc5_a2c8_98a6, 0x113f_9804_bef9_0dae, 0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84, 0x32ca_ab7b_40c7_2493, 0x3c9e_be0a_15c9_bebc, 0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6, 0x597f_299c_fc65_7e2a, 0x5fcb_6fab_3ad6_faec, 0x6c44_198c_4a47_5817,
  ]

  // MARK: - CRC

  /// CRC-16/XMODEM: polynomial 0x1021, from 0, not reflected (ITU-T V.41).
  static func crc16(_ bytes: ArraySlice<UInt8>) -> UInt16 {
    var crc: UInt16 = 0
    for byte in bytes {
      crc ^= UInt16(byte) << 8
      for _ in 0..<8 { crc = crc & 0x8000 == 0 ? crc << 1 : crc << 1 ^ 0x1021 }
    }
    return crc
  }
}
