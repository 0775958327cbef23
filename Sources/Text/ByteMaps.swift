internal import CByteMaps

/// Where the bytes of each class stand in a text, as bits: bit `i % 64` of block `i / 64` is byte
/// `i`.
///
///     text    C a l l   + 1 4 1 5   m e
///     upper   1 0 0 0 0 0 0 0 0 0 0 0 0
///     letter  1 1 1 1 0 0 0 0 0 0 0 1 1
///     digit   0 0 0 0 0 0 1 1 1 1 0 0 0
///
/// One pass over the text finds where rules and names may begin, and everything after it visits set
/// bits. It is scratch, reused from text to text. It is `public`, as the other leaves of this
/// module are, because only what is public is inlined across modules.
public struct ByteMaps {
  /// Eight words for each block, in the order of `CByteMaps.h`, and an empty block at the end.
  @usableFromInline var words: [UInt64] = [UInt64](repeating: 0, count: 8)
  /// The bytes that `mark` stands for.
  public let marked: [UInt8]
  /// Whether any byte is 0x80 or above.
  public private(set) var hasHigh = false
  /// The length of the text in bytes.
  public private(set) var count = 0
  /// How many blocks of 64 bytes the text has, the last one begun.
  public private(set) var blockCount = 0

  /// - Parameter marked: the bytes to be looked for by value.
  public init(marked: [UInt8]) {
    self.marked = marked
  }

  /// Classifies a text.
  ///
  /// - Complexity: O(`text.count` × (9 + `marked.count`)), 16 or 64 bytes a step.
  public mutating func scan(_ text: Span<UInt8>) {
    scan(text, isNarrow: false)
  }

  /// The same, by the code for machines without wide registers if that is asked for.
  package mutating func scan(_ text: Span<UInt8>, isNarrow: Bool) {
    count = text.count
    blockCount = (count + 63) / 64
    let needed = (blockCount + 1) * 8
    if words.count < needed {
      words.append(contentsOf: repeatElement(0, count: needed - words.count))
    }
    // SAFETY: there is room for the blocks the classifier writes and the empty one behind them; it
    // reads `count` bytes.
    hasHigh = unsafe text.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return false }
      if isNarrow {
        return unsafe chatscrub_byte_maps_16(start, bytes.count, marked, marked.count, &words) != 0
      }
      return unsafe chatscrub_byte_maps(start, bytes.count, marked, marked.count, &words) != 0
    }
  }

  // The maps of one block; the block at `blockCount` is empty.

  /// ASCII letters.
  @inlinable @inline(__always)
  public func letter(_ block: Int) -> UInt64 { words[block &* 8] }
  /// ASCII capitals.
  @inlinable @inline(__always)
  public func upper(_ block: Int) -> UInt64 { words[block &* 8 &+ 1] }
  /// ASCII digits.
  @inlinable @inline(__always)
  public func digit(_ block: Int) -> UInt64 { words[block &* 8 &+ 2] }
  /// ASCII letters and digits, `_`, and bytes of 0x80 and above.
  @inlinable @inline(__always)
  public func word(_ block: Int) -> UInt64 { words[block &* 8 &+ 3] }
  /// Bytes of 0x80 and above.
  @inlinable @inline(__always)
  public func high(_ block: Int) -> UInt64 { words[block &* 8 &+ 4] }
  /// First bytes of characters that are not ASCII.
  @inlinable @inline(__always)
  public func lead(_ block: Int) -> UInt64 { words[block &* 8 &+ 5] }
  /// First bytes of characters that are not ASCII and may be capitals.
  @inlinable @inline(__always)
  public func cased(_ block: Int) -> UInt64 { words[block &* 8 &+ 6] }
  /// The bytes asked for.
  @inlinable @inline(__always)
  public func mark(_ block: Int) -> UInt64 { words[block &* 8 &+ 7] }

  /// Where the runs of word bytes begin that begin in a block.
  @inlinable @inline(__always)
  public func wordStarts(_ block: Int) -> UInt64 {
    let carry = block > 0 ? word(block &- 1) >> 63 : 0
    return word(block) & ~(word(block) << 1 | carry)
  }

  /// Of the maps of two neighbouring blocks, the 64 bits from an offset on; `map` is the number of
  /// a map in the order above.
  @inlinable @inline(__always)
  func bits(_ map: Int, from offset: Int) -> UInt64 {
    let index = (offset >> 6) &* 8 &+ map
    let shift = UInt64(offset & 63)
    let low = words[index] &>> shift
    return shift == 0 ? low : low | words[index &+ 8] &<< (64 &- shift)
  }

  /// ASCII capitals among the 64 bytes from an offset on, which is below `count`.
  @inlinable @inline(__always)
  public func upper(from offset: Int) -> UInt64 { bits(1, from: offset) }
  /// ASCII letters among the 64 bytes from an offset on, which is below `count`.
  @inlinable @inline(__always)
  public func letter(from offset: Int) -> UInt64 { bits(0, from: offset) }
  /// Bytes of 0x80 and above among the 64 bytes from an offset on, which is below `count`.
  @inlinable @inline(__always)
  public func high(from offset: Int) -> UInt64 { bits(4, from: offset) }

  /// The first ASCII letter or byte of 0x80 and above from an offset on, `count` where there is
  /// none.
  ///
  /// - Complexity: O(1) for each 64 bytes passed over.
  @inlinable
  public func nextLetter(from offset: Int) -> Int {
    var block = offset >> 6
    if block >= blockCount { return count }
    var bits = (letter(block) | high(block)) & (UInt64.max << UInt64(offset & 63))
    while bits == 0 {
      block &+= 1
      if block >= blockCount { return count }
      bits = letter(block) | high(block)
    }
    return block &* 64 &+ bits.trailingZeroBitCount
  }

  /// Where the run of word bytes around a byte that is one begins.
  ///
  /// - Complexity: O(1) for each 64 bytes of the run.
  @inlinable
  public func wordStart(_ position: Int) -> Int {
    var block = position >> 6
    var start = position + 1
    var bits = word(block) << UInt64(63 - (position & 63))
    while true {
      let ones = (~bits).leadingZeroBitCount
      let room = start & 63 == 0 ? 64 : start & 63
      start -= min(ones, room)
      if ones < room || start == 0 { return start }
      block -= 1
      bits = word(block)
    }
  }

  /// Where the run of word bytes that goes through a byte that is one ends: the offset behind it.
  ///
  /// - Complexity: O(1) for each 64 bytes of the run.
  @inlinable @inline(__always)
  public func wordEnd(_ position: Int) -> Int {
    var end = position
    while true {
      let room = 64 - (end & 63)
      let ones = (~(word(end >> 6) >> UInt64(end & 63))).trailingZeroBitCount
      if ones < room { return end + ones }
      end += room
    }
  }
}
