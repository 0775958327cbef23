/// A 64-bit hash of bytes, fed one at a time or eight at once: each eight bytes are multiplied into
/// the state and folded over (as wyhash does with 64×64→128 bits). Not keyed: it is for tables
/// whose keys are our own words.
public struct ByteHash {
  @usableFromInline var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  @usableFromInline var chunk: UInt64 = 0
  @usableFromInline var count: UInt64 = 0

  @inlinable @inline(__always)
  public init() {}

  @inlinable @inline(__always)
  public mutating func combine(_ byte: UInt8) {
    chunk |= UInt64(byte) &<< ((count & 7) &* 8)
    count &+= 1
    if count & 7 == 0 {
      state = Self.mixed(state, chunk)
      chunk = 0
    }
  }

  /// Takes up to eight bytes at once, the first one in the lowest place and zeros behind the last.
  @inlinable @inline(__always)
  public mutating func combine(_ bytes: UInt64, count added: UInt64) {
    let filled = count & 7
    chunk |= bytes &<< (filled &* 8)
    count &+= added
    if filled &+ added >= 8 {
      state = Self.mixed(state, chunk)
      chunk = filled == 0 ? 0 : bytes &>> (64 &- filled &* 8)
    }
  }

  @inlinable @inline(__always)
  public func finalize() -> UInt64 {
    Self.mixed(Self.mixed(state, chunk), count &+ 0xA076_1D64_78BD_642F)
  }

  @inlinable @inline(__always)
  static func mixed(_ state: UInt64, _ chunk: UInt64) -> UInt64 {
    let product = (state ^ chunk).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low ^ state.byteSwapped
  }

  /// The hash of a whole array.
  public static func of(_ bytes: [UInt8]) -> UInt64 { of(bytes.span, 0..<bytes.count) }

  /// The hash of some bytes of a text, as `combine` would give it byte by byte.
  ///
  /// - Complexity: O(`range.count` / 8).
  @inlinable @inline(__always)
  public static func of(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = ByteHash()
    var index = range.lowerBound
    while index < range.upperBound {
      let count = min(8, range.upperBound &- index)
      let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- count &* 8)
      hash.combine(eightBytes(of: text, at: index) & mask, count: UInt64(count))
      index &+= count
    }
    return hash.finalize()
  }

  /// The hash of up to seven bytes, the first one in the lowest place and zeros behind the last.
  @inlinable @inline(__always)
  public static func of(_ bytes: UInt64, count: Int) -> UInt64 {
    var hash = ByteHash()
    hash.chunk = bytes
    hash.count = UInt64(truncatingIfNeeded: count)
    return hash.finalize()
  }

  /// The hash of ASCII text in lower case, as `combine` would give it byte by byte; `nil` when a
  /// byte is not ASCII.
  ///
  /// - Complexity: O(`range.count` / 8).
  @inlinable @inline(__always)
  public static func ofASCII(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
    var hash = ByteHash()
    var high: UInt64 = 0
    var index = range.lowerBound
    while range.upperBound &- index >= 8 {
      let bytes = eightBytes(of: text, at: index)
      high |= bytes
      hash.state = mixed(hash.state, lowerCased(bytes))
      index &+= 8
    }
    let rest = range.upperBound &- index
    if rest > 0 {
      let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- rest &* 8)
      let bytes = eightBytes(of: text, at: index) & mask
      high |= bytes
      hash.chunk = lowerCased(bytes)
    }
    if high & 0x8080_8080_8080_8080 != 0 { return nil }
    hash.count = UInt64(truncatingIfNeeded: range.count)
    return hash.finalize()
  }

  /// Eight ASCII bytes with the capitals among them made small: the high bit of each byte of `from`
  /// and `past` says whether it is at least `A`, and above `Z`.
  @inlinable @inline(__always)
  static func lowerCased(_ bytes: UInt64) -> UInt64 {
    let from = bytes &+ 0x3F3F_3F3F_3F3F_3F3F
    let past = bytes &+ 0x2525_2525_2525_2525
    return bytes | (from & ~past & 0x8080_8080_8080_8080) >> 2
  }
}

/// Says for most hashes that are not in a table that they are not, without a look at the table: one
/// bit for each of 65,536 classes of hashes, 8 KiB that stay in the first-level cache.
public struct HashFilter: Sendable {
  @usableFromInline var bits = [UInt64](repeating: 0, count: 1024)

  public init() {}

  public mutating func insert(_ hash: UInt64) {
    bits[Int(hash >> 6 & 1023)] |= 1 << (hash & 63)
  }

  /// Whether the hash may have been inserted; one that was always may.
  @inlinable @inline(__always)
  public func mayContain(_ hash: UInt64) -> Bool {
    bits[Int(truncatingIfNeeded: hash &>> 6 & 1023)] &>> (hash & 63) & 1 != 0
  }
}
