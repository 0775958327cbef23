internal import Text

/// Short texts in which nothing was found, so that the roles, languages and names of models that
/// every record repeats are scanned once. Scratch of one worker; what it knows changes no result.
package struct QuietTexts {
  private struct Slot {
    var words = InlineArray<4, UInt64>(repeating: 0)
    /// 0 where there is none.
    var count = 0
  }

  /// Longer texts are not kept.
  static let lengthMax = 32
  private var slots = [Slot](repeating: Slot(), count: 1024)

  package init() {}

  /// Whether a text is kept, and not another with its hash.
  ///
  /// - Complexity: O(1).
  package func contains(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0, text.count <= Self.lengthMax else { return false }
    let wanted = Self.slot(text)
    let slot = slots[Self.place(wanted)]
    guard slot.count == wanted.count else { return false }
    for index in 0..<4 where slot.words[index] != wanted.words[index] { return false }
    return true
  }

  /// Keeps a text, in place of another if need be.
  package mutating func insert(_ text: Span<UInt8>) {
    guard text.count > 0, text.count <= Self.lengthMax else { return }
    let slot = Self.slot(text)
    slots[Self.place(slot)] = slot
  }

  private static func slot(_ text: Span<UInt8>) -> Slot {
    var slot = Slot()
    slot.count = text.count
    for index in 0..<4 where index * 8 < text.count {
      slot.words[index] = eightBytes(of: text, at: index * 8)
    }
    return slot
  }

  private static func place(_ slot: Slot) -> Int {
    var hash = UInt64(slot.count)
    for index in 0..<4 { hash = (hash ^ slot.words[index]) &* 0x9E37_79B9_7F4A_7C15 }
    return Int(hash >> 54)
  }
}
