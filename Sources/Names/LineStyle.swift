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
    let counts = lineCounts(of: text, range)
    words = counts.small < 2 ? 0 : counts.small < 5 ? 1 : 2
    signs = counts.signs == 0 ? 0 : counts.signs * 3 < counts.words ? 1 : 2
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
    let limit = min(text.count, first + LineStyle.reach)
    let end = firstIndex(of: 10, in: text.extracting(..<limit), from: position) ?? limit
    part = first..<end
    style = LineStyle(text, part).value
    return style
  }
}
