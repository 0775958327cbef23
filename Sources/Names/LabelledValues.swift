internal import Text

/// Names that stand under a label of their own: the values of keys (`"first_name": "Rose"`), of
/// tags (`<author>…</author>`) and of the columns of pasted tables (CSV, TSV, Markdown). Words that
/// are hardly names in prose, "Rose Hill", are where nothing else is expected.
extension NameScanner {
  /// Appends the names under the label that a word which names fields is part of, if it is one.
  ///
  /// - Parameters:
  ///   - position: where the word begins.
  ///   - count: its length in bytes.
  /// - Complexity: O(1) for most words; O(bytes of the table) for a column of one, once for each
  ///   table.
  package func scanField(
    at position: Int, count: Int, in text: Span<UInt8>, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    let end = position + count
    var next = end
    // `\"name\"` in JSON that is a string of JSON, `**Name**` in Markdown.
    while next < text.count, next < end + 4, Self.closesLabel(text[next]) { next += 1 }
    let blanks = next
    while next < text.count, next < blanks + 24, text[next] == 32 { next += 1 }
    guard next < text.count else { return }
    switch text[next] {
    case UInt8(ascii: ":"), UInt8(ascii: "="):
      scanKeyed(position..<end, mark: next, text, using: &scratch, into: &mentions)
    case 0xEF where Self.isWideColon(text, next):
      scanKeyed(position..<end, mark: next + 2, text, using: &scratch, into: &mentions)
    case UInt8(ascii: ">"):
      scanTagged(position..<end, mark: next, text, using: &scratch, into: &mentions)
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"), 9, 10, 13:
      scanTable(position, mark: next, text, using: &scratch, into: &mentions)
    default: return
    }
  }

  /// The name that a whole value is, by the key or the column it stands under:
  /// `"last_name": "Hill"`.
  ///
  /// - Parameters:
  ///   - key: valid UTF-8.
  ///   - siblings: the other keys of the same object; asked when they decide.
  /// - Complexity: O(`text.count` + bytes of the keys).
  package func name(
    in text: Span<UInt8>, under key: [UInt8], beside siblings: () -> [[UInt8]],
    using scratch: inout NameScratch
  ) -> NameMention? {
    let kind = fieldKind(key.span, key.indices, using: &scratch)
    guard kind >= .maybeName, text.count <= Self.valueMax else { return nil }
    var mentions: [NameMention] = []
    appendName(
      0..<text.count, kind, isForm: true, text, using: &scratch, into: &mentions,
      beside: { scratch in
        siblings().map { fieldKind($0.span, $0.indices, using: &scratch) }.max() ?? .none
      })
    return mentions.first
  }

  /// Whether the colon of East Asian text stands at an offset.
  private static func isWideColon(_ text: Span<UInt8>, _ index: Int) -> Bool {
    index + 2 < text.count && text[index] == 0xEF && text[index + 1] == 0xBC
      && text[index + 2] == 0x9A
  }

  private static func closesLabel(_ byte: UInt8) -> Bool {
    byte == 34 || byte == 39 || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "*")
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == 34 || byte == 39 }

  // MARK: - Keys

  /// Finds the value behind `key:` or `key=`: a quoted one, several in brackets, or what stands up
  /// to the next mark or label where the key certainly names people, begins its line, or stands
  /// beside others that people have.
  private func scanKeyed(
    _ word: Range<Int>, mark: Int, _ text: Span<UInt8>, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    // An attribute or an argument is one word: `<user name="…">`.
    let isOneWord = text[mark] == UInt8(ascii: "=")
    let key = Self.keyStart(text, word.lowerBound, isOneWord: isOneWord)..<word.upperBound
    let kind = fieldKind(text, key, using: &scratch)
    guard kind >= .maybeName else { return }
    var index = mark + 1
    if index < text.count, text[index] == UInt8(ascii: ">") { index += 1 }
    while index < text.count, index < mark + 6, text[index] == 32 { index += 1 }
    guard index < text.count else { return }
    var values: [Range<Int>] = []
    // Whether the label is that of a form or of data, and so no word of a program.
    var isForm = true
    if text[index] == UInt8(ascii: "[") {
      Self.appendQuoted(text, from: index + 1, to: &values)
    } else if let value = quotedValue(in: text, at: index, lengthMax: Self.valueMax) {
      values.append(value)
    } else if kind == .name || Self.beginsLine(text, key.lowerBound)
      || keyBeside(text, around: key, using: &scratch) >= .ofPerson
    {
      values.append(index..<Self.bareEnd(text, index))
      isForm = !Self.isIdentifier(text, key)
    }
    guard !values.isEmpty else { return }
    var beside: FieldKind?
    for value in values {
      appendName(
        value, kind, isForm: isForm, text, using: &scratch, into: &mentions,
        beside: { scratch in
          let known = beside ?? keyBeside(text, around: key, using: &scratch)
          beside = known
          return known
        })
    }
  }

  /// Whether a key is written as one of programs is: `first_name`, `firstName`.
  private static func isIdentifier(_ text: Span<UInt8>, _ key: Range<Int>) -> Bool {
    for index in key {
      if text[index] == UInt8(ascii: "_") { return true }
      if index > key.lowerBound, text[index] &- 65 < 26, text[index - 1] &- 97 < 26 { return true }
    }
    return false
  }

  /// Where the key begins of which a word is the end: letters, digits and `_`, in front of them
  /// other words a blank or hyphen apart.
  private static func keyStart(
    _ text: Span<UInt8>, _ word: Int, isOneWord: Bool = false
  ) -> Int {
    let floor = max(0, word - fieldLengthMax)
    var start = word
    while start > floor {
      let byte = text[start - 1]
      let joins = !isOneWord && byte == 32 || byte == UInt8(ascii: "-")
      guard isWordByte(byte) || joins && start - 1 > floor && isWordByte(text[start - 2]) else {
        break
      }
      start -= 1
    }
    return start
  }

  /// The most quoted values of one key that are looked at.
  private static let valuesMax = 64

  private static func appendQuoted(
    _ text: Span<UInt8>, from start: Int, to values: inout [Range<Int>]
  ) {
    var index = start
    while index < text.count, values.count < valuesMax {
      while index < text.count, text[index] <= 32 || text[index] == UInt8(ascii: ",") { index += 1 }
      guard index < text.count, let value = quotedValue(in: text, at: index, lengthMax: valueMax)
      else { return }
      values.append(value)
      index = value.upperBound
      while index < text.count, closesLabel(text[index]) { index += 1 }
    }
  }

  /// Where a value without quotes ends: with the line, before a mark that separates, or before the
  /// next label.
  private static func bareEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var end = start
    let limit = min(text.count, start + valueMax + 1)
    while end < limit {
      switch text[end] {
      case 9, 10, 13, UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ","), UInt8(ascii: "<"),
        UInt8(ascii: "}"), UInt8(ascii: "("):
        return end
      case UInt8(ascii: "/"), UInt8(ascii: "-"):
        if end > start, text[end - 1] == 32, end + 1 < text.count, text[end + 1] == 32 {
          return end
        }
      case UInt8(ascii: ":"): return lastBlank(text, start, end)
      case 0xEF where isWideColon(text, end): return lastBlank(text, start, end)
      default: break
      }
      end += 1
    }
    return end
  }

  /// The blank before the last word of a range, its beginning where there is none.
  private static func lastBlank(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    var index = end
    while index > start, text[index - 1] == 32 { index -= 1 }
    while index > start, text[index - 1] != 32 { index -= 1 }
    return index
  }

  /// How far around a key others are looked for. With the length of a key less than redacting looks
  /// behind what it replaced (`ScanScope.Reach`), so that a key that comes nearer is read anew.
  private static let siblingReach = 160

  /// What the most telling of the other keys of the same object says.
  private func keyBeside(
    _ text: Span<UInt8>, around key: Range<Int>, using scratch: inout NameScratch
  ) -> FieldKind {
    var low = key.lowerBound
    let floor = max(0, low - Self.siblingReach)
    while low > floor, !Self.boundsObject(text[low - 1]) { low -= 1 }
    var high = key.upperBound
    let limit = min(text.count, high + Self.siblingReach)
    while high < limit, !Self.boundsObject(text[high]) { high += 1 }
    var most = FieldKind.none
    for index in low..<high where text[index] == UInt8(ascii: ":") || text[index] == 61 {
      var end = index
      while end > low, text[end - 1] == 32 || Self.closesLabel(text[end - 1]) { end -= 1 }
      let start = Self.keyStart(text, end, isOneWord: text[index] == 61)
      guard end > low, end != key.upperBound else { continue }
      let kind = fieldKind(text, max(low, start)..<end, using: &scratch)
      if kind == .name { return .name }
      if kind == .ofPerson { most = kind }
    }
    return most
  }

  private static func boundsObject(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
  }

  /// Whether only blanks and marks of lists stand before an offset on its line: a form's blank.
  private static func beginsLine(_ text: Span<UInt8>, _ offset: Int) -> Bool {
    var index = offset
    while index > 0, text[index - 1] == 32 || text[index - 1] == 42 || text[index - 1] == 45 {
      index -= 1
    }
    return index == 0 || text[index - 1] == 10
  }

  // MARK: - Tags

  private func scanTagged(
    _ word: Range<Int>, mark: Int, _ text: Span<UInt8>, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    let start = Self.keyStart(text, word.lowerBound)
    guard mark == word.upperBound, start > 0, text[start - 1] == UInt8(ascii: "<") else { return }
    let kind = fieldKind(text, start..<word.upperBound, using: &scratch)
    guard kind >= .maybeName else { return }
    let limit = min(text.count, mark + 2 + Self.valueMax)
    var end = mark + 1
    while end < limit, text[end] != UInt8(ascii: "<") { end += 1 }
    guard end < limit else { return }
    appendName(
      mark + 1..<end, kind, text, using: &scratch, into: &mentions, beside: { _ in .none })
  }

  // MARK: - Values

  /// The longest value that is a name, in bytes.
  static let valueMax = 72

  /// Appends a value if it is a name under a label of some kind.
  ///
  /// - Parameters:
  ///   - isForm: whether the label is a column's or a form's, and so no word of a program.
  ///   - beside: what the most telling label beside says; asked when it decides.
  func appendName(
    _ value: Range<Int>, _ kind: FieldKind, isForm: Bool = false, _ text: Span<UInt8>,
    using scratch: inout NameScratch, into mentions: inout [NameMention],
    beside: (inout NameScratch) -> FieldKind
  ) {
    guard let range = Self.trimmed(text, value),
      let words = labelledWords(text, range, using: &scratch)
    else { return }
    let isName: Bool
    if kind == .name {
      isName = words.mayBeName || isForm && words.isPlain
    } else {
      let mayBePersonal = words.mayBeName && words.isPersonal
      let sibling = !words.isName && (mayBePersonal || words.isPlain) ? beside(&scratch) : .none
      isName =
        words.isName || mayBePersonal && sibling >= .ofPerson
        || isForm && words.isPlain && sibling == .name
    }
    guard isName else { return }
    mentions.append(
      NameMention(
        range: range, kind: .person, reason: .header, score: kind == .name ? 0.97 : 0.93))
  }

  static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, text[low] <= 32 || text[low] == 42 || isQuote(text[low]) { low += 1 }
    while high > low, text[high - 1] <= 32 || text[high - 1] == 42 || isQuote(text[high - 1]) {
      high -= 1
    }
    return high > low && high - low <= valueMax ? low..<high : nil
  }

  /// What is known of the words of a value.
  private struct LabelledWords {
    var count = 0
    /// Known as names, words of no language that is known, and the others.
    var names = 0
    var unknown = 0
    var common = 0
    /// Names that are hardly words.
    var sure = 0
    var beginsWithGiven = false
    var hasOrganization = false
    var placesOnly = 0
    /// "Dr", "Kaiser".
    var titles = 0
    /// Whether a word begins with a small letter that is no particle.
    var hasSmall = false

    /// Whether it may be a name where one is certain to stand.
    var mayBeName: Bool {
      count > 0 && names + unknown + placesOnly > 0 && (!hasSmall || names + titles == count)
    }
    /// Whether it may be one though all of it is words: "Schön" below "Nachname".
    var isPlain: Bool { count > 0 && !hasSmall }
    /// Whether it is a name wherever it stands.
    var isName: Bool {
      !hasOrganization && !hasSmall && count > titles + 1 && common == 0 && placesOnly == 0
        && (sure > 0 || beginsWithGiven && names > 1)
    }
    /// Whether it is one when a person is spoken of.
    var isPersonal: Bool {
      !hasOrganization && !hasSmall && placesOnly + titles < count
        && (names > 0 || unknown > 0 && common == 0)
    }
  }

  /// The words of a value, `nil` when something in it is in no name.
  private func labelledWords(
    _ text: Span<UInt8>, _ value: Range<Int>, using scratch: inout NameScratch
  ) -> LabelledWords? {
    var words = LabelledWords()
    var commas = 0
    var index = value.lowerBound
    while index < value.upperBound {
      let byte = text[index]
      if byte == 32 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == 39 {
        index += 1
        continue
      }
      if byte == UInt8(ascii: ",") {
        commas += 1
        index += 1
        continue
      }
      let start = index
      while index < value.upperBound, let count = letterCount(text, index, using: &scratch) {
        index += count
      }
      guard index > start, words.count < 6 else { return nil }
      count(start..<index, text, in: &words, using: &scratch)
    }
    return commas < 2 ? words : nil
  }

  /// The bytes of the letter, mark or apostrophe at an offset, `nil` when something else stands
  /// there.
  private func letterCount(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> Int? {
    let byte = text[index]
    if byte < 0x80 { return (byte | 0x20) &- 97 < 26 ? 1 : nil }
    let (codePoint, count) = decodeUTF8(text, at: index)
    if codePoint == 0x2019 || codePoint == 0x30FB || codePoint == 0xB7 { return count }
    let classes = scratch.folding.classes(of: codePoint)
    return classes.contains(.letter) || classes.contains(.mark) || classes.contains(.caseless)
      ? count : nil
  }

  private func count(
    _ word: Range<Int>, _ text: Span<UInt8>, in words: inout LabelledWords,
    using scratch: inout NameScratch
  ) {
    let entry = dictionary.entry(scratch.hash(text, word))
    let classes = entry.classes
    let isSmall = text[word.lowerBound] &- 97 < 26
    if classes.contains(.particle), isSmall || !classes.meets(.name) { return }
    words.count += 1
    if isSmall { words.hasSmall = true }
    if classes.contains(.title), !classes.meets(.name) {
      words.titles += 1
      return
    }
    if classes.contains(.keep) || classes.contains(.organizationAfter) {
      words.hasOrganization = true
    }
    if classes.meets(.name) {
      if words.count == 1 { words.beginsWithGiven = classes.contains(.given) }
      words.names += 1
      if !classes.contains(.common) || entry.commonBucket < entry.nameBucket { words.sure += 1 }
    } else if classes.contains(.common) || classes.meets(.afterName) {
      words.common += 1
    } else if classes.contains(.place) {
      words.placesOnly += 1
    } else if word.count == 1 || !classes.contains(.organization) {
      words.unknown += 1
    } else {
      words.hasOrganization = true
    }
  }
}
