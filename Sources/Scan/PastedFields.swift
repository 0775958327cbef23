internal import Text

/// Keys with their values in what programs write: `"dateOfBirth": "1990-01-31"`, `phone_no: 12`,
/// `pin = '4471'`, `<dob>1990-01-31</dob>`.
///
/// What rules read as it stands is none: `born: 1990-01-31`.
struct PastedFields {
  /// A key and its value, as ranges of the text.
  struct Field {
    var key: Range<Int>
    var value: Range<Int>
  }

  /// The longest key and value, in bytes.
  private static let keyMax = 48
  private static let valueMax = LabelledText.valueMax

  private let mark: Int

  init(mark: Int) { self.mark = mark }

  /// The field whose key ends before a mark, `=`, `:` or `</`; `nil` where none does.
  ///
  /// - Complexity: O(bytes of key and value).
  func field(in text: Span<UInt8>) -> Field? {
    if text[mark] == UInt8(ascii: "<") { return element(text) }
    var end = mark
    if end > 0, text[end - 1] == 32 { end -= 1 }
    if end > 0, text[mark] == UInt8(ascii: "="), text[end - 1] == UInt8(ascii: ":") { end -= 1 }
    if end > 0, text[end - 1] == 32 { end -= 1 }
    guard end > 0 else { return nil }
    let isQuoted = Self.isQuote(text[end - 1])
    if isQuoted { end -= 1 }
    if isQuoted, end > 0, text[end - 1] == UInt8(ascii: "\\") { end -= 1 }
    let key = Self.keyStart(text, end, isQuoted: isQuoted)..<end
    guard !key.isEmpty, Self.beginsKey(text, key.lowerBound, isQuoted: isQuoted) else { return nil }
    let start = valueStart(text)
    guard start < text.count else { return nil }
    if let value = quotedValue(in: text, at: start, lengthMax: Self.valueMax) {
      return Field(key: key, value: value)
    }
    guard isQuoted || Self.isIdentifier(text, key) else { return nil }
    let value = start..<Self.bareEnd(text, start)
    return isData(text, value) ? Field(key: key, value: value) : nil
  }

  /// Whether a value without quotes is no expression of a program: behind an equals sign a number,
  /// elsewhere one word or what has a digit, and a member of nothing.
  private func isData(_ text: Span<UInt8>, _ value: Range<Int>) -> Bool {
    guard let first = value.first else { return false }
    let isNumber = { (byte: UInt8) in byte &- 48 < 10 || byte == UInt8(ascii: "+") }
    if isNumber(text[first]) { return true }
    if text[mark] == UInt8(ascii: "=") {
      return text[first] == UInt8(ascii: "-") && value.count > 1 && isNumber(text[first + 1])
    }
    var hasBlank = false
    var hasDigit = false
    for index in value {
      let byte = text[index]
      if byte == 32 { hasBlank = true }
      if byte &- 48 < 10 { hasDigit = true }
      if byte == UInt8(ascii: "."), index + 1 < value.upperBound,
        (text[index + 1] | 0x20) &- 97 < 26
      {
        return false
      }
    }
    return hasDigit || !hasBlank
  }

  /// Where what stands behind the mark begins: `=>` and `:=` are one.
  private func valueStart(_ text: Span<UInt8>) -> Int {
    var start = mark + 1
    if start < text.count, text[start] == UInt8(ascii: ">") { start += 1 }
    let limit = min(text.count, start + 8)
    while start < limit, text[start] == 32 { start += 1 }
    return start
  }

  // MARK: - Keys

  private static func isQuote(_ byte: UInt8) -> Bool { byte == 34 || byte == 39 }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == 95
  }

  /// Where a key begins: a word, with blanks and hyphens in it when it is quoted.
  private static func keyStart(_ text: Span<UInt8>, _ end: Int, isQuoted: Bool) -> Int {
    let floor = max(0, end - keyMax)
    var start = end
    while start > floor {
      let byte = text[start - 1]
      let isInside =
        isWordByte(byte)
        || byte == UInt8(ascii: "-") && start < end
        || isQuoted && (byte == 32 || byte == UInt8(ascii: "."))
      guard isInside else { break }
      start -= 1
    }
    return start
  }

  private static func beginsKey(_ text: Span<UInt8>, _ start: Int, isQuoted: Bool) -> Bool {
    guard start > 0 else { return !isQuoted }
    let before = text[start - 1]
    if isQuoted { return isQuote(before) }
    // A member of something, a path or an address is no key.
    return !isWordByte(before) && before != UInt8(ascii: ".") && before != UInt8(ascii: "/")
      && before != UInt8(ascii: "@") && before != UInt8(ascii: "]") && before != UInt8(ascii: ")")
  }

  /// Whether a key is written as programs do, in more than one word: `phone_no`, `phoneNo`.
  private static func isIdentifier(_ text: Span<UInt8>, _ key: Range<Int>) -> Bool {
    for index in key.dropFirst() {
      if text[index] == 95 || text[index] &- 65 < 26 && text[index - 1] &- 97 < 26 { return true }
    }
    return false
  }

  // MARK: - Values

  /// Where a value without quotes ends; at its beginning where it is more than a number, a date or
  /// a few words: code.
  private static func bareEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    let limit = min(text.count, start + valueMax)
    var end = start
    scan: while end < limit {
      switch text[end] {
      case 10, 13, UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "}"), UInt8(ascii: "]"),
        UInt8(ascii: ")"), UInt8(ascii: "&"):
        break scan
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "<"),
        UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "$"), UInt8(ascii: "="),
        UInt8(ascii: "|"), UInt8(ascii: "*"):
        return start
      default: end += 1
      }
    }
    return end < limit || end == text.count ? end : start
  }

  // MARK: - Elements

  /// The element whose end tag begins at the mark, when it holds text alone.
  private func element(_ text: Span<UInt8>) -> Field? {
    let floor = max(0, mark - Self.valueMax)
    var start = mark
    while start > floor, text[start - 1] != UInt8(ascii: ">") {
      start -= 1
      if text[start] == UInt8(ascii: "<") { return nil }
    }
    guard start > floor, start < mark else { return nil }
    let key = Self.keyStart(text, start - 1, isQuoted: false)..<start - 1
    guard !key.isEmpty, key.lowerBound > 0 else { return nil }
    let before = text[key.lowerBound - 1]
    guard before == UInt8(ascii: "<") || before == UInt8(ascii: ":") else { return nil }
    // Names of two letters and those of HTML say nothing. The end tag's is not compared.
    guard key.count > 2, !Self.isMarkup(text, key) else { return nil }
    return Field(key: key, value: start..<mark)
  }

  private static let markup: Set<[UInt8]> = Set(
    """
    div span strong code pre small html body head title button label option select input table \
    thead tbody form section article header footer main nav figcaption blockquote cite sub sup \
    script style textarea summary details mark del ins abbr kbd var samp
    """.split(separator: " ").map { Array($0.utf8) })

  private static func isMarkup(_ text: Span<UInt8>, _ key: Range<Int>) -> Bool {
    markup.contains(key.map { text[$0] })
  }
}

extension Scanner {
  /// Appends what the rules find in the values of pasted fields only when the key stands before
  /// them as words.
  func visitFields(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    scratch.fieldMarks.removeAll(keepingCapacity: true)
    appendFieldMarks(of: text, to: &scratch.fieldMarks)
    var labelled = LabelledText()
    for index in scratch.fieldMarks.indices {
      guard let field = PastedFields(mark: scratch.fieldMarks[index]).field(in: text) else {
        continue
      }
      let label = LabelledText.label(text, field.key)
      guard !label.isEmpty else { continue }
      labelled.removeAll()
      labelled.append(text, field.value, under: label)
      try visit(labelled, of: text, in: .field, using: &scratch, into: &findings)
    }
  }
}
