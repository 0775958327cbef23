internal import Text

/// The texts of a record that repeat each other, by what a format says of their paths. Scratch of
/// one worker, emptied for each record.
///
/// A copy that is equal gets the findings of the first, so that both end with the same bytes
/// whatever stands around them, and is not scanned again.
struct CopiedTexts {
  private struct Key: Hashable {
    let copies: Int32
    let count: Int
    let hash: UInt64
  }

  private var first: [Key: (text: Int, bytes: Range<Int>)] = [:]

  mutating func removeAll() { first.removeAll(keepingCapacity: true) }

  /// The number of the text that was seen first with these bytes in its class of copies; `nil` when
  /// that is this one.
  ///
  /// - Parameters:
  ///   - bytes: where the text stands in the arena.
  ///   - copies: the class, as `Format.copies`.
  /// - Complexity: O(`bytes.count`).
  mutating func earlier(
    than text: Int, at bytes: Range<Int>, copies: Int32, in arena: [UInt8]
  ) -> Int? {
    let key = Key(copies: copies, count: bytes.count, hash: ByteHash.of(arena.span, bytes))
    guard let known = first[key] else {
      first[key] = (text, bytes)
      return nil
    }
    return arena[known.bytes] == arena[bytes] ? known.text : nil
  }
}
