internal import Text

/// The values a record has shown so far, byte for byte: what a text says is a password is one in
/// every turn.
///
/// Scratch of one worker, emptied for each record.
package struct ValueMemory {
  /// The entity type of each value, by its `ByteHash`, and the score it was found with.
  private var types: [UInt64: (type: Int, score: Float)] = [:]
  /// The lengths of the values that begin with four bytes, so that a text is hashed only where one
  /// may stand.
  private var lengths: [UInt32: [Int]] = [:]
  private var firstBytes = [Bool](repeating: false, count: 256)
  /// One bit for each prefix in `lengths`, at its hash: most places are not looked up.
  private var prefixBits = InlineArray<16, UInt64>(repeating: 0)

  package init() {}

  package var isEmpty: Bool { types.isEmpty }

  package mutating func removeAll() {
    guard !types.isEmpty else { return }
    types.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    for index in firstBytes.indices { firstBytes[index] = false }
    prefixBits = InlineArray(repeating: 0)
  }

  /// Remembers a value that is long and odd enough not to stand elsewhere by accident: eight bytes
  /// with a digit or twelve, or six with letters and digits. Of several types it has, the one found
  /// with the highest score stays, whatever the order.
  package mutating func remember(
    _ text: Span<UInt8>, _ range: Range<Int>, entityType: Int, score: Float = 0.5
  ) {
    guard range.count >= 6, range.count <= 4096 else { return }
    var digits = false
    var letters = false
    for index in range {
      let byte = text[index]
      if byte &- 48 < 10 { digits = true }
      if byte >= 0x80 || (byte | 0x20) &- 97 < 26 { letters = true }
    }
    guard range.count >= 8 ? (digits || range.count >= 12) : (digits && letters) else { return }
    let hash = Self.hash(text, range)
    if let known = types[hash] {
      if (score, known.type) > (known.score, entityType) { types[hash] = (entityType, score) }
      return
    }
    types[hash] = (entityType, score)
    firstBytes[Int(text[range.lowerBound])] = true
    let prefix = Self.prefix(text, at: range.lowerBound)
    let bit = Self.bit(of: prefix)
    prefixBits[bit >> 6] |= 1 << UInt64(bit & 63)
    if lengths[prefix]?.contains(range.count) != true {
      lengths[prefix, default: []].append(range.count)
    }
  }

  /// Appends every place where a remembered value stands by itself.
  ///
  /// - Complexity: O(`text.count`) plus, where four bytes agree, the lengths of the values that
  ///   begin so.
  package func find(in text: Span<UInt8>, rule: Int, into findings: inout [Finding]) {
    guard !types.isEmpty, text.count >= 6 else { return }
    var index = 0
    while index < text.count - 3 {
      defer { index += 1 }
      guard firstBytes[Int(text[index])] else { continue }
      let prefix = Self.prefix(text, at: index)
      let bit = Self.bit(of: prefix)
      guard prefixBits[bit >> 6] >> UInt64(bit & 63) & 1 != 0,
        !(Self.isWordByte(text[index]) && index > 0 && Self.isWordByte(text[index - 1])),
        let lengths = lengths[prefix]
      else { continue }
      for count in lengths {
        let end = index + count
        guard end <= text.count,
          end == text.count || !(Self.isWordByte(text[end - 1]) && Self.isWordByte(text[end])),
          let known = types[Self.hash(text, index..<end)]
        else { continue }
        findings.append(
          Finding(range: index..<end, entityType: known.type, rule: rule, score: 0.5))
      }
    }
  }

  private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = ByteHash()
    for index in range { hash.combine(text[index]) }
    return hash.finalize()
  }

  private static func bit(of prefix: UInt32) -> Int { Int((prefix &* 0x9E37_79B1) >> 22) }

  private static func prefix(_ text: Span<UInt8>, at index: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: eightBytes(of: text, at: index))
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10
  }
}
