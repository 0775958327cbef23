/// What a match of an expression can begin with, and what can stand before it.
package struct MatchStarts: Sendable {
  /// One bit for each byte.
  private var first = InlineArray<4, UInt64>(repeating: .max)
  private var before = InlineArray<4, UInt64>(repeating: .max)

  /// - Parameters:
  ///   - first: whether a match can begin with a byte; `nil` when that is not known.
  ///   - before: whether a match can begin behind a byte; `nil` when that is not known.
  init(first: [Bool]?, before: [Bool]?) {
    if let first { self.first = Self.bits(first) }
    if let before { self.before = Self.bits(before) }
  }

  /// Whether few bytes can begin a match, so that looking for one saves attempts.
  package var areSelective: Bool {
    var count = 0
    for index in 0..<4 { count += first[index].nonzeroBitCount }
    return count < 160
  }

  /// Whether an expression has an option that makes case count for nothing, as `(?i)` and `(?xi:`,
  /// or a class of a letter in both cases, which PCRE2 compiles to the same.
  static func mayIgnoreCase(_ pattern: [UInt8]) -> Bool {
    for start in pattern.indices.dropLast(3) where pattern[start] == UInt8(ascii: "[") {
      let (first, second) = (pattern[start + 1], pattern[start + 2])
      if pattern[start + 3] == UInt8(ascii: "]"), (first | 0x20) &- 97 < 26,
        first ^ second == 0x20
      {
        return true
      }
    }
    for start in pattern.indices.dropLast(2)
    where pattern[start] == UInt8(ascii: "(") && pattern[start + 1] == UInt8(ascii: "?") {
      for byte in pattern[(start + 2)...] {
        if byte == UInt8(ascii: "i") { return true }
        guard byte &- 97 < 26 || byte == UInt8(ascii: "^") || byte == UInt8(ascii: "-") else {
          break
        }
      }
    }
    return false
  }

  private static func bits(_ bytes: [Bool]) -> InlineArray<4, UInt64> {
    var bits = InlineArray<4, UInt64>(repeating: 0)
    for (byte, isSet) in bytes.enumerated() where isSet {
      bits[byte >> 6] |= 1 << UInt64(byte & 63)
    }
    return bits
  }

  /// The first offset from `start` to `limit` at which a match can begin, or `nil`.
  ///
  /// - Parameter limit: not behind the last byte of the text.
  /// - Complexity: O(`limit` - `start`).
  package func next(_ text: Span<UInt8>, from start: Int, through limit: Int) -> Int? {
    var index = start
    while index <= limit {
      let byte = Int(text[index])
      if first[byte >> 6] &>> UInt64(byte & 63) & 1 != 0 {
        guard index > 0 else { return index }
        let previous = Int(text[index - 1])
        if before[previous >> 6] &>> UInt64(previous & 63) & 1 != 0 { return index }
      }
      index += 1
    }
    return nil
  }
}

/// Reads which bytes an expression rules out before a match, from its text.
///
/// Only the commonest form is understood: negative lookbehinds of one class of plain ASCII
/// characters and ranges at the very start, as in `(?<! [0-9A-Za-z_.] )`; anything else rules out
/// nothing.
enum LeadingExclusion {
  /// Whether a match can begin behind a byte; `nil` when nothing is ruled out.
  ///
  /// - Parameter pattern: in extended syntax.
  static func bytesBefore(_ pattern: String) -> [Bool]? {
    let text = Array(pattern.utf8)
    var index = 0
    var allowed = [Bool](repeating: true, count: 256)
    var isCaseless = false
    skipSpace(text, &index)
    if text[index...].starts(with: "(?i)".utf8) {
      isCaseless = true
      index += 4
      skipSpace(text, &index)
    }
    var isAny = false
    while text[index...].starts(with: "(?<!".utf8) {
      index += 4
      skipSpace(text, &index)
      guard let members = members(text, &index, isCaseless: isCaseless) else { break }
      skipSpace(text, &index)
      guard index < text.count, text[index] == UInt8(ascii: ")") else { break }
      index += 1
      skipSpace(text, &index)
      // A quantifier would make the condition optional.
      if index < text.count, "?*+{".utf8.contains(text[index]) { break }
      for byte in members { allowed[Int(byte)] = false }
      isAny = true
    }
    // An alternative at the top would have no such condition.
    return isAny && !hasTopAlternative(text) ? allowed : nil
  }

  private static func skipSpace(_ text: [UInt8], _ index: inout Int) {
    while index < text.count, text[index] == 32 || text[index] == 10 || text[index] == 9 {
      index += 1
    }
  }

  /// The members of the class that begins at `index`, which moves behind it.
  private static func members(
    _ text: [UInt8], _ index: inout Int, isCaseless: Bool
  ) -> [UInt8]? {
    guard index < text.count, text[index] == UInt8(ascii: "[") else { return nil }
    index += 1
    if index < text.count, text[index] == UInt8(ascii: "^") || text[index] == UInt8(ascii: "]") {
      return nil
    }
    var members: [UInt8] = []
    while index < text.count, text[index] != UInt8(ascii: "]") {
      guard let first = member(text, &index) else { return nil }
      var last = first
      if index + 1 < text.count, text[index] == UInt8(ascii: "-"),
        text[index + 1] != UInt8(ascii: "]")
      {
        index += 1
        guard let end = member(text, &index), end >= first else { return nil }
        last = end
      }
      for byte in first...last {
        members.append(byte)
        if isCaseless, (byte | 0x20) &- 97 < 26 { members.append(byte ^ 0x20) }
      }
    }
    guard index < text.count else { return nil }
    index += 1
    return members
  }

  /// One character of a class, an escaped sign among them.
  private static func member(_ text: [UInt8], _ index: inout Int) -> UInt8? {
    guard index < text.count else { return nil }
    var byte = text[index]
    if byte == UInt8(ascii: "\\") {
      index += 1
      guard index < text.count else { return nil }
      byte = text[index]
      // `\d` and its like are classes of their own.
      if (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 { return nil }
    } else if byte == UInt8(ascii: "[") {
      return nil
    }
    guard byte < 0x80 else { return nil }
    index += 1
    return byte
  }

  /// Whether there may be an alternative outside of all groups: too many are seen rather than too
  /// few.
  private static func hasTopAlternative(_ text: [UInt8]) -> Bool {
    // Extended syntax that is turned off makes comments text.
    if String(decoding: text, as: UTF8.self).contains("(?-") { return true }
    var depth = 0
    var isInClass = false
    var index = 0
    while index < text.count {
      switch text[index] {
      case UInt8(ascii: "\\"):
        index += 1
        if index < text.count, text[index] == UInt8(ascii: "Q") { return true }
      // A class in a class may hold anything.
      case UInt8(ascii: "[") where isInClass: return true
      case UInt8(ascii: "#") where !isInClass:
        while index < text.count, text[index] != 10 { index += 1 }
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "(") where !isInClass: depth += 1
      case UInt8(ascii: ")") where !isInClass: depth -= 1
      case UInt8(ascii: "|") where !isInClass && depth == 0: return true
      default: break
      }
      index += 1
    }
    return depth != 0
  }
}
