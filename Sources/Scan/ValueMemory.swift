/// The values a record has shown so far, byte for byte: what a text says is a password is one in every turn.
///
/// Scratch of one worker, emptied for each record.
package struct ValueMemory {
  private struct Entry {
    var bytes: [UInt8]
    var entityType: Int
  }

  private var entries: [Entry] = []
  /// Indices into `entries` by their first four bytes.
  private var byPrefix: [UInt32: [Int]] = [:]
  private var firstBytes = [Bool](repeating: false, count: 256)

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  package mutating func removeAll() {
    guard !entries.isEmpty else { return }
    entries.removeAll(keepingCapacity: true)
    byPrefix.removeAll(keepingCapacity: true)
    for index in firstBytes.indices { firstBytes[index] = false }
  }

  /// Remembers a value that is long and odd enough not to stand elsewhere by accident: eight bytes, or six with
  /// letters and digits.
  package mutating func remember(_ text: Span<UInt8>, _ range: Range<Int>, entityType: Int) {
    guard range.count >= 6, range.count <= 4096 else { return }
    var value: [UInt8] = []
    value.reserveCapacity(range.count)
    for index in range { value.append(text[index]) }
    let digits = value.contains { $0 &- 48 < 10 }
    let letters = value.contains { ($0 | 0x20) &- 97 < 26 || $0 >= 0x80 }
    guard range.count >= 8 ? (digits || range.count >= 12) : (digits && letters) else { return }
    let prefix = Self.prefix(value.span, at: 0)
    if byPrefix[prefix]?.contains(where: { entries[$0].bytes == value }) == true { return }
    byPrefix[prefix, default: []].append(entries.count)
    firstBytes[Int(value[0])] = true
    entries.append(Entry(bytes: value, entityType: entityType))
  }

  /// Appends every place where a remembered value stands by itself.
  ///
  /// - Complexity: O(`text.count`) plus the comparisons where four bytes agree.
  package func find(in text: Span<UInt8>, rule: Int, into findings: inout [Finding]) {
    guard !entries.isEmpty, text.count >= 6 else { return }
    for index in 0..<(text.count - 3) where firstBytes[Int(text[index])] {
      guard let candidates = byPrefix[Self.prefix(text, at: index)] else { continue }
      for candidate in candidates {
        let value = entries[candidate].bytes
        let end = index + value.count
        guard end <= text.count,
          !(Self.isWordByte(value[0]) && index > 0 && Self.isWordByte(text[index - 1])),
          !(Self.isWordByte(value[value.count - 1]) && end < text.count
            && Self.isWordByte(text[end]))
        else { continue }
        var offset = 4
        while offset < value.count, text[index + offset] == value[offset] { offset += 1 }
        guard offset == value.count else { continue }
        findings.append(
          Finding(
            range: index..<end, entityType: entries[candidate].entityType, rule: rule, score: 0.5))
      }
    }
  }

  private static func prefix(_ text: Span<UInt8>, at index: Int) -> UInt32 {
    UInt32(text[index]) | UInt32(text[index + 1]) << 8 | UInt32(text[index + 2]) << 16
      | UInt32(text[index + 3]) << 24
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10
  }
}
