/// Finds where any of a few hundred short ASCII strings stands in a text, ASCII case ignored.
///
/// The first three bytes at each position, with bit 5 set, are hashed into a bitmap that stays in the
/// first-level cache; only where its bit is set are the literals of that bucket compared. Frozen and shared.
/// Literals of one byte are not its business (`ByteMaps.single` finds them); two bytes are refused.
package struct LiteralFinder: Sendable {
  /// Where a literal begins: its index in the array given to `init`, and the offset in bytes.
  package struct Hit {
    package var position: Int
    package var literal: Int
  }

  private let literals: [[UInt8]]
  private let bitmap: [UInt64]
  /// For each bucket, the range of `members`.
  private let bucketStarts: [UInt32]
  private let members: [UInt32]

  private static let bucketBits: UInt32 = 15

  /// - Parameter literals: at least three bytes each.
  package init(_ literals: [[UInt8]]) {
    self.literals = literals.map { $0.map(FoldTable.asciiFold) }
    let buckets = 1 << Int(Self.bucketBits)
    var lists = [[UInt32]](repeating: [], count: buckets)
    var bitmap = [UInt64](repeating: 0, count: buckets / 64)
    for (index, literal) in literals.enumerated() {
      precondition(literal.count >= 3, "a literal has at least three bytes")
      let key =
        UInt32(literal[0]) | UInt32(literal[1]) << 8 | UInt32(literal[2]) << 16
      let bucket = Self.bucket(key | 0x20_2020)
      lists[bucket].append(UInt32(index))
      bitmap[bucket / 64] |= 1 << UInt64(bucket % 64)
    }
    var starts: [UInt32] = [0]
    for list in lists { starts.append(starts.last! + UInt32(list.count)) }
    self.bitmap = bitmap
    bucketStarts = starts
    members = lists.flatMap { $0 }
  }

  @inline(__always)
  private static func bucket(_ key: UInt32) -> Int {
    Int((key &* 0x9E37_79B1) >> (32 - bucketBits))
  }

  /// Appends every place where a literal begins, in order of position.
  ///
  /// - Complexity: O(`text.count`) plus the comparisons at bucket hits.
  package func find(in text: Span<UInt8>, into hits: inout [Hit]) {
    guard text.count >= 3, !literals.isEmpty else { return }
    // SAFETY: the four-byte loads end at or before the text's last byte; the last position is
    // read byte by byte.
    unsafe text.withUnsafeBytes { bytes in
      unsafe bitmap.withUnsafeBufferPointer { bitmap in
        let last = bytes.count - 3
        var index = 0
        while index < last {
          let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self)
          let bucket = Self.bucket(word & 0xFF_FFFF | 0x20_2020)
          if unsafe bitmap[bucket >> 6] & (1 << UInt64(bucket & 63)) != 0 {
            compare(text, at: index, bucket: bucket, into: &hits)
          }
          index += 1
        }
        let key = unsafe UInt32(bytes[last]) | UInt32(bytes[last + 1]) << 8
          | UInt32(bytes[last + 2]) << 16
        let bucket = Self.bucket(key | 0x20_2020)
        if unsafe bitmap[bucket >> 6] & (1 << UInt64(bucket & 63)) != 0 {
          compare(text, at: last, bucket: bucket, into: &hits)
        }
      }
    }
  }

  private func compare(
    _ text: Span<UInt8>, at position: Int, bucket: Int, into hits: inout [Hit]
  ) {
    for member in Int(bucketStarts[bucket])..<Int(bucketStarts[bucket + 1]) {
      let literal = Int(members[member])
      let wanted = literals[literal]
      guard position + wanted.count <= text.count else { continue }
      var offset = 0
      while offset < wanted.count,
        FoldTable.asciiFold(text[position + offset]) == wanted[offset]
      {
        offset += 1
      }
      if offset == wanted.count { hits.append(Hit(position: position, literal: literal)) }
    }
  }
}
