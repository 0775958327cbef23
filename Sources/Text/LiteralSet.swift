/// Distinct short strings, the case of ASCII letters aside, numbered in the order in which they
/// came. They lie one behind another, since there are tens of thousands and an allocation for each
/// was a tenth of the command's start.
package struct LiteralSet: Sendable {
  /// The strings in small letters.
  package private(set) var bytes: [UInt8] = []
  /// Where each begins in `bytes`, and the end of the last one.
  package private(set) var starts: [Int] = [0]
  /// By hash, the number of a string, or -1.
  private var slots = [Int32](repeating: -1, count: 1 << 10)

  package init() {}

  package var count: Int { starts.count - 1 }

  /// The length of a string in bytes.
  package func length(_ number: Int) -> Int { starts[number + 1] - starts[number] }

  /// The number of a string, which is put in when it is not there yet.
  ///
  /// - Complexity: O(`literal.count`) on average.
  package mutating func insert(_ literal: Span<UInt8>) -> Int {
    let start = bytes.count
    for index in literal.indices { bytes.append(FoldTable.asciiFold(literal[index])) }
    var slot = hash(start..<bytes.count) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if isEqual(number, to: start..<bytes.count) {
        bytes.removeSubrange(start...)
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(count)
    starts.append(bytes.count)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  /// Fowler, Noll and Vo's hash FNV-1a; its higher half is the better one.
  private func hash(_ range: Range<Int>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    return Int(hash >> 32)
  }

  private func isEqual(_ number: Int, to range: Range<Int>) -> Bool {
    guard length(number) == range.count else { return false }
    for offset in 0..<range.count
    where bytes[starts[number] + offset] != bytes[range.lowerBound + offset] {
      return false
    }
    return true
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for number in 0..<count {
      var slot = hash(starts[number]..<starts[number + 1]) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }
}
