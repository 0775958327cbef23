internal import Text

/// How the line is written that a word stands in: prose or few words, with signs of code or
/// without.
///
/// What is a name in a sentence ("Serialize") is one of many such words in code, menus and
/// headings. The weights say what follows from it.
struct LineStyle: Equatable {
  /// How many words with a small letter it has: 0 for one at most, 1 for up to four, 2 for more.
  var words: Int
  /// How many signs it has that prose has not: 0 for none, 1 for some, 2 for one in three words.
  var signs: Int

  /// 0…15.
  var value: Int { words * 4 + signs }

  /// - Complexity: O(`range.count`).
  init(_ text: Span<UInt8>, _ range: Range<Int>) {
    var small = 0
    var all = 0
    var signs = 0
    var last: UInt8 = 32
    for index in range {
      let byte = text[index]
      if byte == 32 || byte == 9 {
        last = 32
        continue
      }
      if last == 32 {
        all += 1
        let isSmall = byte &- 97 < 26 || byte >= 0x80 && Self.isSmall(text, index)
        small += isSmall ? 1 : 0
      }
      if Self.isSign(byte) {
        let next = index + 1 < text.count ? text[index + 1] : 0
        // "[PERSON_1]" is no code.
        let isPlaceholder =
          byte == UInt8(ascii: "[") ? next &- 65 < 26 : byte == 95 && last &- 65 < 26
        signs += isPlaceholder ? 0 : 1
      }
      last = byte
    }
    words = small < 2 ? 0 : small < 5 ? 1 : 2
    self.signs = signs == 0 ? 0 : signs * 3 < all ? 1 : 2
  }

  /// Whether a character that is not ASCII is none that could be a capital.
  private static func isSmall(_ text: Span<UInt8>, _ index: Int) -> Bool {
    text[index] >= 0xE0 || NameScanner.isNoCapital(text, index)
  }

  /// Signs of code, paths, tables and formulas.
  @inline(__always)
  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x23...0x26, 0x2A, 0x2B, 0x2F, 0x3B...0x3E, 0x5B, 0x5C, 0x5E...0x60, 0x7B...0x7E: true
    default: false
    }
  }

  /// How many bytes of a line are looked at together; longer lines are cut from their beginning.
  static let reach = 256
}

/// The style of the line, or the part of one, looked at last.
struct LineStyles {
  private var line = 0
  private var part = 0..<0
  private var style = 0

  /// Forgets the text before.
  mutating func begin() { part = 0..<0 }

  /// The style of the part of a line that a position is in.
  ///
  /// - Complexity: O(bytes of the part), and of the line up to it.
  mutating func value(_ text: Span<UInt8>, at position: Int) -> Int {
    if part.contains(position) { return style }
    let floor = position >= part.upperBound ? part.upperBound : 0
    var start = position
    while start > floor, text[start - 1] != 10 { start -= 1 }
    if !(start == floor && floor > 0 && text[floor - 1] != 10) { line = start }
    let first = line + (position - line) / LineStyle.reach * LineStyle.reach
    var end = position
    let limit = min(text.count, first + LineStyle.reach)
    while end < limit, text[end] != 10 { end += 1 }
    part = first..<end
    style = LineStyle(text, part).value
    return style
  }
}
