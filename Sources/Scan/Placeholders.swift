/// Placeholders that stand in a text already: our own `[PERSON_1]`, and those of earlier tools.
///
/// They are never redacted again, nothing is found inside them, and numbering does not collide with
/// them.
package enum Placeholders {
  /// The literals that begin a placeholder of an earlier tool.
  static let priorLiterals: [String] = [
    "<PRESIDIO_ANONYMIZED_", "<TRUFFLEHOG_REDACTED_", "<anonymized>", "<redacted>", "[REDACTED",
    "[REMOVED]", "NAME_",
  ]

  /// The end of a placeholder of our own that begins at the `[` at `start`, or `nil`: `[`, a
  /// capital, capitals and underscores, and either `_` and a number of at most six digits or `:`
  /// and a fingerprint, `]`.
  ///
  /// Nothing that is worth hiding fits into one: no telephone or card number, no name in letters of
  /// both cases.
  static func ownEnd(_ text: Span<UInt8>, at start: Int) -> Int? {
    var index = start + 1
    let limit = min(text.count, start + 80)
    guard index < limit, text[index] &- 65 < 26 else { return nil }
    while index < limit, isLabelByte(text[index]) { index += 1 }
    guard index < limit else { return nil }
    if text[index] == UInt8(ascii: ":") {
      let first = index + 1
      index = first
      while index < limit, text[index] &- 48 < 10 || text[index] &- 97 < 6 { index += 1 }
      // A fingerprint has 16 digits, of which the first is a letter.
      guard index < limit, index - first == 16, text[first] &- 97 < 6,
        text[index] == UInt8(ascii: "]")
      else { return nil }
      return index + 1
    }
    guard text[index] == UInt8(ascii: "]") else { return nil }
    // The label ends in an underscore and a number.
    var digits = index
    while digits > start, text[digits - 1] &- 48 < 10 { digits -= 1 }
    guard digits < index, index - digits <= 6, digits > start + 2,
      text[digits - 1] == UInt8(ascii: "_")
    else { return nil }
    // A label may hold a digit ("IPV4"), but not a number.
    var run = 0
    for offset in start..<digits {
      run = text[offset] &- 48 < 10 ? run + 1 : 0
      if run > 3 { return nil }
    }
    return index + 1
  }

  /// The end of an earlier tool's placeholder whose literal begins at `start`, or `nil`.
  static func priorEnd(_ text: Span<UInt8>, at start: Int, literal: Int) -> Int? {
    var index = start + priorLiterals[literal].utf8.count
    let limit = min(text.count, start + 80)
    switch priorLiterals[literal] {
    case "NAME_":
      // LMSYS-Chat-1M: NAME_1, by itself.
      guard start == 0 || !isWordByte(text[start - 1]), text[start] == UInt8(ascii: "N") else {
        return nil
      }
      let first = index
      while index < limit, text[index] &- 48 < 10 { index += 1 }
      guard index > first, index == text.count || !isWordByte(text[index]) else { return nil }
      return index
    case "<anonymized>", "<redacted>", "[REMOVED]":
      return index
    default:
      let close: UInt8 = text[start] == UInt8(ascii: "<") ? 62 : 93
      while index < limit, text[index] &- 65 < 26 || text[index] == 95 { index += 1 }
      guard index < limit, text[index] == close else { return nil }
      return index + 1
    }
  }

  private static func isLabelByte(_ byte: UInt8) -> Bool {
    byte &- 65 < 26 || byte &- 48 < 10 || byte == 95
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == 95
  }

  /// The label and number of one of our own placeholders, as `PERSON` and 1; `nil` for any other.
  ///
  /// - Parameter text: exactly the placeholder.
  package static func parse(_ text: [UInt8]) -> (label: String, number: Int)? {
    guard text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]"),
      let underscore = text.lastIndex(of: UInt8(ascii: "_")), underscore > 1
    else { return nil }
    let digits = text[(underscore + 1)..<(text.count - 1)]
    guard (1...9).contains(digits.count), digits.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    return (String(decoding: text[1..<underscore], as: UTF8.self), number)
  }
}
