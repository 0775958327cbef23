/// Short strings, ASCII case ignored, to be compared with what stands at an offset. Frozen and
/// shared.
///
/// The first eight bytes decide most comparisons in two instructions.
private struct LiteralPool: Sendable {
  private struct Entry {
    /// The first eight bytes with bit 5 set, zeros behind the end.
    var head: UInt64
    var mask: UInt64
    var start: Int32
    var count: Int32
  }

  private var entries: [Entry] = []
  private var bytes: [UInt8] = []

  init(_ literals: [[UInt8]]) {
    for literal in literals {
      let folded = literal.map(FoldTable.asciiFold)
      let rest = max(0, 8 - folded.count) * 8
      let mask = UInt64.max >> UInt64(rest)
      entries.append(
        Entry(
          head: (eightBytes(of: folded.span, at: 0) | 0x2020_2020_2020_2020) & mask, mask: mask,
          start: Int32(bytes.count), count: Int32(folded.count)))
      bytes += folded
    }
  }

  /// Whether a literal stands in the text at `start`, which is not negative.
  @inline(__always)
  func isThere(_ literal: Int, _ text: Span<UInt8>, _ start: Int) -> Bool {
    let entry = entries[literal]
    let there = eightBytes(of: text, at: start) | 0x2020_2020_2020_2020
    guard there & entry.mask == entry.head, start + Int(entry.count) <= text.count else {
      return false
    }
    return isEqual(entry, text, start)
  }

  private func isEqual(_ entry: Entry, _ text: Span<UInt8>, _ start: Int) -> Bool {
    for offset in 0..<Int(entry.count)
    where FoldTable.asciiFold(text[start + offset]) != bytes[Int(entry.start) + offset] {
      return false
    }
    return true
  }
}

/// Finds where any of a few hundred short strings stands in a text, ASCII case ignored.
///
/// Of each literal the four bytes that are rarest in prose are its window. At each position of the
/// text three bytes, with bit 5 set, choose a byte of a table that stays in the first-level cache,
/// and the fourth one of its bits; only where that is set are literals compared. Frozen and shared.
/// Literals of one byte are not its business (`ByteMaps` finds them), two bytes are refused.
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

  private let literals: LiteralPool
  private let isEmpty: Bool
  /// For each hash of three bytes, which fourth bytes may follow: one bit for each value of their
  /// lowest three bits.
  private let table: [UInt8]
  /// For each byte, the bit of `table` it has.
  private let bitOfByte: [UInt8]
  /// For each hash of three bytes, the range of `members`.
  private let bucketStarts: [UInt32]
  private let members: [Member]
  /// The farthest that a literal begins before its window.
  private let windowMax: Int

  private static let tableBits: UInt32 = 14

  /// - Parameter literals: at least three bytes each.
  package init(_ literals: [[UInt8]]) {
    self.literals = LiteralPool(literals)
    isEmpty = literals.isEmpty
    let buckets = 1 << Int(Self.tableBits)
    var lists = [[Member]](repeating: [], count: buckets)
    var table = [UInt8](repeating: 0, count: buckets)
    var windowMax = 0
    let commonness = Commonness()
    for (index, literal) in literals.enumerated() {
      precondition(literal.count >= 3, "a literal has at least three bytes")
      let window = literal.count == 3 ? 0 : commonness.rarestWindow(of: literal)
      let key = Self.key(literal + [0], window)
      let bucket = Self.bucket(key)
      lists[bucket].append(Member(literal: Int32(index), window: Int32(window)))
      table[bucket] |= literal.count == 3 ? 0xFF : 1 << UInt8(literal[window + 3] & 7)
      windowMax = max(windowMax, window)
    }
    var starts: [UInt32] = [0]
    for list in lists { starts.append(starts.last! + UInt32(list.count)) }
    self.table = table
    bitOfByte = (0..<256).map { 1 << UInt8(UInt8($0) & 7) }
    self.windowMax = windowMax
    bucketStarts = starts
    members = lists.flatMap { $0 }
  }

  private static func key(_ bytes: [UInt8], _ start: Int) -> UInt32 {
    var key: UInt32 = 0
    for offset in 0..<4 { key |= UInt32(bytes[start + offset]) << UInt32(offset * 8) }
    return key | 0x2020_2020
  }

  @inline(__always)
  private static func bucket(_ key: UInt32) -> Int {
    Int(((key << 8) &* 0x9E37_79B1) >> (32 - tableBits))
  }

  /// Appends every place where a literal begins, in order of position.
  ///
  /// - Complexity: O(`text.count`) plus the comparisons at the table's hits.
  package func find(in text: Span<UInt8>, into hits: inout [Hit]) {
    guard text.count >= 3, !isEmpty else { return }
    let first = hits.count
    let last = text.count - 4
    // SAFETY: the loads end at or before the text's last byte; buckets are below the table's size,
    // bytes below 256.
    unsafe text.withUnsafeBytes { bytes in
      unsafe table.withUnsafeBufferPointer { table in
        unsafe bitOfByte.withUnsafeBufferPointer { bitOfByte in
          @inline(__always)
          func match(_ word: UInt64, _ step: UInt64) -> UInt8 {
            let key = UInt32(truncatingIfNeeded: word &>> step) | 0x2020_2020
            let last = Int(truncatingIfNeeded: word &>> (step &+ 24) & 0xFF)
            return unsafe table[Self.bucket(key)] & bitOfByte[last]
          }
          var index = 0
          // Eight bytes hold the windows of five positions; four of them a step, with one branch.
          while index <= last - 4 {
            let word = unsafe UInt64(
              littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let found = (match(word, 0), match(word, 8), match(word, 16), match(word, 24))
            if found.0 | found.1 | found.2 | found.3 != 0 {
              if found.0 != 0 { compare(text, at: index, key: word, into: &hits) }
              if found.1 != 0 { compare(text, at: index + 1, key: word >> 8, into: &hits) }
              if found.2 != 0 { compare(text, at: index + 2, key: word >> 16, into: &hits) }
              if found.3 != 0 { compare(text, at: index + 3, key: word >> 24, into: &hits) }
            }
            index += 4
          }
          while index <= last {
            let word = unsafe UInt32(
              littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self))
            compare(text, at: index, key: UInt64(word), into: &hits)
            index += 1
          }
        }
      }
    }
    let end = text.count - 3
    let key = UInt64(text[end]) | UInt64(text[end + 1]) << 8 | UInt64(text[end + 2]) << 16
    compare(text, at: end, key: key, into: &hits)
    if windowMax > 0 { order(&hits, from: first) }
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

  /// Appends the literals whose window stands at a position.
  ///
  /// - Parameter key: the bytes there, of which the lowest three are looked at.
  @inline(never)
  private func compare(
    _ text: Span<UInt8>, at position: Int, key: UInt64, into hits: inout [Hit]
  ) {
    let bucket = Self.bucket(UInt32(truncatingIfNeeded: key) | 0x2020_2020)
    for index in Int(bucketStarts[bucket])..<Int(bucketStarts[bucket + 1]) {
      let member = members[index]
      let start = position - Int(member.window)
      if start >= 0, literals.isThere(Int(member.literal), text, start) {
        hits.append(Hit(position: start, literal: Int(member.literal)))
      }
    }
  }
}
