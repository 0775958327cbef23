/// A 64-bit hash of bytes, fed one at a time: FNV-1a, then the finaliser of MurmurHash3 so that the
/// high bits are as good as the low ones. Not keyed: it is for tables whose keys are our own words.
package struct ByteHash {
  @usableFromInline var state: UInt64 = 0xCBF2_9CE4_8422_2325

  @inlinable @inline(__always)
  package init() {}

  @inlinable @inline(__always)
  package mutating func combine(_ byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  @inlinable @inline(__always)
  package func finalize() -> UInt64 {
    var value = state
    value ^= value >> 33
    value = value &* 0xFF51_AFD7_ED55_8CCD
    value ^= value >> 33
    value = value &* 0xC4CE_B9FE_1A85_EC53
    value ^= value >> 33
    return value
  }

  /// The hash of a whole array.
  package static func of(_ bytes: [UInt8]) -> UInt64 {
    var hash = ByteHash()
    for byte in bytes { hash.combine(byte) }
    return hash.finalize()
  }
}
