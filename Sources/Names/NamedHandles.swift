internal import Text

/// Account names that are made of a person's name: `@mike_johnson`, `@SarahConnor`, and `<anna_k>`
/// where a line of a chat begins.
extension NameScanner {
  /// The shortest and the longest account name that is taken apart, in bytes.
  private static let handleLengths = 4...30

  /// Appends the account name behind a mark, if it is made of a name.
  ///
  /// - Parameter mark: where `@` or `<` stands.
  /// - Complexity: O(1).
  package func scanHandle(
    at mark: Int, in text: Span<UInt8>, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    let isMention = text[mark] == UInt8(ascii: "@")
    guard isMention ? Self.mayMention(text, mark) : Self.beginsLineOfChat(text, mark) else {
      return
    }
    var end = mark + 1
    let limit = min(text.count, end + Self.handleLengths.upperBound + 2)
    while end < limit, Self.isHandleByte(text[end]) { end += 1 }
    if isMention {
      while end > mark + 1, text[end - 1] == UInt8(ascii: ".") || text[end - 1] == 45 { end -= 1 }
    }
    let handle = mark + 1..<end
    guard Self.handleLengths.contains(handle.count) else { return }
    let isWhole = isMention ? Self.endsMention(text, end) : Self.endsNick(text, end)
    guard isWhole, isMadeOfName(text, handle, using: &scratch) else { return }
    mentions.append(
      NameMention(range: handle, kind: .person, reason: .dictionary, score: 0.75))
  }

  private static func isHandleByte(_ byte: UInt8) -> Bool {
    byte < 0x80 && isWordByte(byte) || byte == UInt8(ascii: ".") || byte == 45
  }

  /// No e-mail address, path or call stands before.
  private static func mayMention(_ text: Span<UInt8>, _ mark: Int) -> Bool {
    guard mark > 0 else { return true }
    switch text[mark - 1] {
    case 9, 10, 13, 32, UInt8(ascii: "("), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "*"):
      return true
    default: return false
    }
  }

  /// No package ("@types/node"), annotation with values, or address goes on behind.
  private static func endsMention(_ text: Span<UInt8>, _ end: Int) -> Bool {
    guard end < text.count else { return true }
    switch text[end] {
    case UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: "@"), UInt8(ascii: "="),
      UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "\\"):
      return false
    default: return text[end] < 0x80 ? !isWordByte(text[end]) : true
    }
  }

  private static func beginsLineOfChat(_ text: Span<UInt8>, _ mark: Int) -> Bool {
    if mark == 0 || text[mark - 1] == 10 { return true }
    // "[12:03] <anna_k> hey"
    return mark > 1 && text[mark - 1] == 32 && text[mark - 2] == UInt8(ascii: "]")
  }

  private static func endsNick(_ text: Span<UInt8>, _ end: Int) -> Bool {
    end + 1 < text.count && text[end] == UInt8(ascii: ">") && text[end + 1] == 32
  }

  /// A given name and a surname, whatever is between them, or a given name that is no word and at
  /// most a letter or digits.
  private func isMadeOfName(
    _ text: Span<UInt8>, _ handle: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    var parts: [Range<Int>] = []
    var index = handle.lowerBound
    while index < handle.upperBound {
      let start = index
      while index < handle.upperBound, (text[index] | 0x20) &- 97 < 26,
        index == start || !(text[index] &- 65 < 26 && text[index - 1] &- 97 < 26)
      {
        index += 1
      }
      if index > start { parts.append(start..<index) } else { index += 1 }
    }
    guard parts.count < 5, let first = parts.first else { return false }
    let entries = parts.map { dictionary.entry(scratch.hash(text, $0)) }
    for index in parts.indices.dropLast()
    where parts[index].count > 2 && parts[index + 1].count > 2
      && Self.isPair(entries[index], entries[index + 1])
    {
      return true
    }
    if parts.count == 1 || parts.dropFirst().allSatisfy({ $0.count == 1 }) {
      if Self.isGivenOnly(entries[0]), first.count > 3 { return true }
    }
    return parts.count == 1 && joinsTwo(text, first, using: &scratch)
  }

  /// Whether two words are a given name and a surname, in any order, and not both words.
  private static func isPair(_ left: WordEntry, _ right: WordEntry) -> Bool {
    guard left.classes.meets(.name), right.classes.meets(.name),
      !left.classes.contains(.keep), !right.classes.contains(.keep),
      left.classes.contains(.given) || right.classes.contains(.given)
    else { return false }
    return left.nameBucket > max(2, left.commonBucket)
      || right.nameBucket > max(2, right.commonBucket)
  }

  private static func isGivenOnly(_ entry: WordEntry) -> Bool {
    entry.classes.contains(.given) && entry.givenBucket > 4
      && (entry.commonBucket == 0 || entry.commonBucket < 3 && entry.givenBucket > 5)
      && !entry.classes.contains(.keep) && entry.placeBucket < entry.givenBucket
  }

  /// Whether a word without a capital inside is a usual given name and a usual surname.
  private func joinsTwo(
    _ text: Span<UInt8>, _ word: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    guard word.count > 7 else { return false }
    for middle in word.lowerBound + 4...word.upperBound - 4 {
      let left = dictionary.entry(scratch.hash(text, word.lowerBound..<middle))
      guard left.classes.contains(.given), left.givenBucket > 4, left.commonBucket < 3 else {
        continue
      }
      let right = dictionary.entry(scratch.hash(text, middle..<word.upperBound))
      if right.classes.contains(.surname), right.surnameBucket > 3, right.commonBucket < 3 {
        return true
      }
    }
    return false
  }
}
