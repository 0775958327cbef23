/// Finds where any of a few thousand short strings stands in a text, ASCII case ignored.
///
/// Of each literal the four bytes that are rarest in prose are its window. The four bytes at each
/// position, with bit 5 set, are hashed into a bitmap that stays in the first-level cache; only
/// where its bit is set are the literals of that bucket compared. Frozen and shared. Literals of
/// one byte are not its business (`ByteMaps` finds them), two bytes are refused.
package struct LiteralFinder: Sendable {
  /// Where a literal begins: its index in the array given to `init`, and the offset in bytes.
  package struct Hit {
    package var position: Int
    package var literal: Int
  }

  private struct Member {
    var literal: Int32
    /// Where in the literal the window is.
    var window: Int32
  }

  private let literals: [[UInt8]]
  private let bitmap: [UInt64]
  /// For each bucket, the range of `members`.
  private let bucketStarts: [UInt32]
  private let members: [Member]
  /// The farthest that a literal begins before its window.
  private let windowMax: Int
  /// The literals of three bytes, by the hash of their bytes.
  private let threes: [[Int]]
  private let threesBitmap: [UInt64]

  private static let bucketBits: UInt32 = 17
  private static let threesBits: UInt32 = 16

  /// - Parameter literals: at least three bytes each.
  package init(_ literals: [[UInt8]]) {
    self.literals = literals.map { $0.map(FoldTable.asciiFold) }
    let buckets = 1 << Int(Self.bucketBits)
    var lists = [[Member]](repeating: [], count: buckets)
    var bitmap = [UInt64](repeating: 0, count: buckets / 64)
    var windowMax = 0
    var threes = [[Int]](repeating: [], count: 1 << Int(Self.threesBits))
    var threesBitmap = [UInt64](repeating: 0, count: threes.count / 64)
    for (index, literal) in literals.enumerated() {
      precondition(literal.count >= 3, "a literal has at least three bytes")
      if literal.count == 3 {
        let bucket = Self.threesBucket(Self.key(literal + [0], 0))
        threes[bucket].append(index)
        threesBitmap[bucket / 64] |= 1 << UInt64(bucket % 64)
      } else {
        let window = Self.rarestWindow(of: literal)
        let bucket = Self.bucket(Self.key(literal, window))
        lists[bucket].append(Member(literal: Int32(index), window: Int32(window)))
        bitmap[bucket / 64] |= 1 << UInt64(bucket % 64)
        windowMax = max(windowMax, window)
      }
    }
    self.threesBitmap = threesBitmap
    var starts: [UInt32] = [0]
    for list in lists { starts.append(starts.last! + UInt32(list.count)) }
    self.bitmap = bitmap
    self.windowMax = windowMax
    self.threes = threes
    bucketStarts = starts
    members = lists.flatMap { $0 }
  }

  /// The offset of the four bytes that prose has least often: letters by their rank in English, all
  /// else rare.
  private static func rarestWindow(of literal: [UInt8]) -> Int {
    let byRank = Array(" etaoinshrdlcumwfgypbvkjxqz".utf8)
    func commonness(_ byte: UInt8) -> Int {
      byRank.firstIndex(of: FoldTable.asciiFold(byte)).map { 30 - $0 } ?? (byte < 0x80 ? 2 : 1)
    }
    var best = 0
    var least = Int.max
    for start in 0...(literal.count - 4) {
      let sum = literal[start..<(start + 4)].reduce(0) { $0 + commonness($1) }
      if sum < least { (best, least) = (start, sum) }
    }
    return best
  }

  private static func key(_ bytes: [UInt8], _ start: Int) -> UInt32 {
    var key: UInt32 = 0
    for offset in 0..<4 { key |= UInt32(bytes[start + offset]) << UInt32(offset * 8) }
    return key | 0x2020_2020
  }

  @inline(__always)
  private static func bucket(_ key: UInt32) -> Int {
    Int((key &* 0x9E37_79B1) >> (32 - bucketBits))
  }

  @inline(__always)
  private static func threesBucket(_ key: UInt32) -> Int {
    Int(((key << 8) &* 0x9E37_79B1) >> (32 - threesBits))
  }

  /// Appends every place where a literal begins, in order of position.
  ///
  /// - Complexity: O(`text.count`) plus the comparisons at bucket hits.
  package func find(in text: Span<UInt8>, into hits: inout [Hit]) {
    guard text.count >= 3, !literals.isEmpty else { return }
    let first = hits.count
    let last = text.count - 4
    // SAFETY: the four-byte loads end at or before the text's last byte; buckets are below the
    // bitmaps' sizes.
    unsafe text.withUnsafeBytes { bytes in
      unsafe bitmap.withUnsafeBufferPointer { bitmap in
        unsafe threesBitmap.withUnsafeBufferPointer { threesBitmap in
          var index = 0
          // Eight bytes hold the windows of five positions; four of them a step, with one branch.
          while index <= last - 4 {
            let word =
              unsafe UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
              | 0x2020_2020_2020_2020
            var found: UInt64 = 0
            for step in 0..<4 {
              let key = UInt32(truncatingIfNeeded: word >> UInt64(step * 8))
              let bucket = Self.bucket(key)
              let three = Self.threesBucket(key)
              let isFour = unsafe bitmap[bucket >> 6] &>> UInt64(bucket & 63)
              let isThree = unsafe threesBitmap[three >> 6] &>> UInt64(three & 63)
              found |= ((isFour | isThree) & 1) &<< UInt64(step)
            }
            while found != 0 {
              let step = found.trailingZeroBitCount
              found &= found &- 1
              let key = UInt32(truncatingIfNeeded: word >> UInt64(step * 8))
              compare(text, at: index + step, key: key, into: &hits)
            }
            index += 4
          }
          while index <= last {
            let word = unsafe UInt32(
              littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self))
            compare(text, at: index, key: word | 0x2020_2020, into: &hits)
            index += 1
          }
        }
      }
    }
    let end = text.count - 3
    let key =
      UInt32(text[end]) | UInt32(text[end + 1]) << 8 | UInt32(text[end + 2]) << 16 | 0x2020_2020
    compareThrees(text, at: end, Self.threesBucket(key), into: &hits)
    if windowMax > 0 { order(&hits, from: first) }
  }

  private func compareThrees(
    _ text: Span<UInt8>, at position: Int, _ bucket: Int, into hits: inout [Hit]
  ) {
    for literal in threes[bucket] where isThere(literal, text, position) {
      hits.append(Hit(position: position, literal: literal))
    }
  }

  /// Puts hits in order of where their literals begin; they come in order of their windows, so each
  /// moves a little.
  private func order(_ hits: inout [Hit], from first: Int) {
    var index = first + 1
    while index < hits.count {
      let hit = hits[index]
      var place = index
      while place > first, hits[place - 1].position > hit.position {
        hits[place] = hits[place - 1]
        place -= 1
      }
      hits[place] = hit
      index += 1
    }
  }

  private func compare(
    _ text: Span<UInt8>, at position: Int, key: UInt32, into hits: inout [Hit]
  ) {
    let three = Self.threesBucket(key)
    if threesBitmap[three >> 6] >> UInt64(three & 63) & 1 != 0 {
      compareThrees(text, at: position, three, into: &hits)
    }
    let bucket = Self.bucket(key)
    guard bitmap[bucket >> 6] >> UInt64(bucket & 63) & 1 != 0 else { return }
    for index in Int(bucketStarts[bucket])..<Int(bucketStarts[bucket + 1]) {
      let member = members[index]
      let start = position - Int(member.window)
      if start >= 0, isThere(Int(member.literal), text, start) {
        hits.append(Hit(position: start, literal: Int(member.literal)))
      }
    }
  }

  private func isThere(_ literal: Int, _ text: Span<UInt8>, _ start: Int) -> Bool {
    let wanted = literals[literal]
    guard start >= 0, start + wanted.count <= text.count else { return false }
    for offset in wanted.indices
    where FoldTable.asciiFold(text[start + offset]) != wanted[offset] {
      return false
    }
    return true
  }
}
