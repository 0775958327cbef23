internal import Text

/// Letters before the lines of outlines and choices, which look like initials: "B. Overview".
extension NameScanner {
  /// How many lines before and behind a letter are looked at for the ones beside it.
  private static let outlineReach = 12

  /// Whether a letter and a full stop begin a line of an outline or a choice, "B. Overview", and
  /// are no initial: another line near begins with the letter before or behind it.
  ///
  /// Lines are counted, not bytes, so that names in them may be replaced.
  /// - Complexity: O(length of the lines around); a line has one such letter at most.
  static func isOutlineLetter(_ text: Span<UInt8>, _ token: NameToken) -> Bool {
    let (start, end) = (token.range.lowerBound, token.range.upperBound)
    guard token.shape == .initial, end - start == 1, end + 1 < text.count,
      text[end] == UInt8(ascii: "."), text[end + 1] == 32
    else { return false }
    let place = before(text, start)
    guard place == .newline || place == .edge || place == .bullet else { return false }
    let letter = text[start]
    var index = start
    for _ in 0..<outlineReach {
      guard let next = firstIndex(of: 10, in: text, from: index) else { break }
      index = next + 1
      if isSibling(text, index, of: letter) { return true }
    }
    index = start
    while index > 0, text[index - 1] != 10 { index -= 1 }
    for _ in 0..<outlineReach where index > 0 {
      index -= 1
      while index > 0, text[index - 1] != 10 { index -= 1 }
      if isSibling(text, index, of: letter) { return true }
    }
    return false
  }

  /// Whether a line begins with the letter before or behind one, or with the Roman number of
  /// several letters beside "I", "V" and "X", and a full stop.
  private static func isSibling(_ text: Span<UInt8>, _ line: Int, of letter: UInt8) -> Bool {
    var index = line
    // Marks of lists and headings may stand before.
    while index < text.count,
      text[index] == 32 || text[index] == UInt8(ascii: "*") || text[index] == UInt8(ascii: "#")
    {
      index += 1
    }
    guard index + 2 < text.count else { return false }
    let (first, second, third) = (text[index], text[index + 1], text[index + 2])
    if first == letter &+ 1 || first == letter &- 1 {
      if second == UInt8(ascii: "."), third == 32 { return true }
    }
    return isRoman(letter) && isRoman(first) && isRoman(second) && third == UInt8(ascii: ".")
  }

  private static func isRoman(_ letter: UInt8) -> Bool {
    letter == UInt8(ascii: "I") || letter == UInt8(ascii: "V") || letter == UInt8(ascii: "X")
  }
}
