internal import Text

/// Forms whose labels stand above what was filled in:
///
///     Date of birth
///     31 January 1990
struct FormLines {
  private static let labelMax = 40
  private static let valueMax = 48
  private static let wordsMax = 5

  /// Whether a line may be a label: a few words, the first with a capital or of a script that has
  /// none.
  static func isLabel(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard let first = line.first, line.count > 1, line.count <= labelMax,
      text[first] &- 65 < 26 || text[first] >= 0x80
    else { return false }
    var words = 1
    for index in line {
      switch text[index] {
      case 32: words += 1
      case 13, 39, 40, 41, 45, 46, 47, 58, 95, UInt8(ascii: "#"): continue
      default: if !isWordByte(text[index]) { return false }
      }
    }
    return words <= wordsMax && text[line.upperBound - 1] != UInt8(ascii: ".")
  }

  /// Whether a line may be what was filled in: a few words with a digit, and no item of a list.
  static func isValue(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count > 1, line.count <= valueMax else { return false }
    var words = 1
    var hasDigit = false
    for index in line {
      let byte = text[index]
      if byte == 32 { words += 1 }
      if byte &- 48 < 10 { hasDigit = true }
      if byte == UInt8(ascii: "="), index > line.lowerBound { return false }
    }
    guard hasDigit, words <= wordsMax else { return false }
    var index = line.lowerBound
    while index < line.upperBound, text[index] &- 48 < 10 { index += 1 }
    let isItem =
      index > line.lowerBound && index + 1 < line.upperBound && text[index + 1] == 32
      && (text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: ")"))
    return !isItem
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20) &- 97 < 26 || byte &- 48 < 10
  }
}

extension Scanner {
  /// Appends what the rules find in a line only when the line above stands before it as a label.
  func visitForms(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    var labelled = LabelledText()
    var before = 0..<0
    var start = 0
    while start < text.count {
      let end = firstIndex(of: 10, in: text, from: start) ?? text.count
      let line = start..<end
      if !before.isEmpty, FormLines.isValue(text, line), FormLines.isLabel(text, before) {
        let label = LabelledText.label(text, before)
        if !label.isEmpty {
          labelled.removeAll()
          labelled.append(text, line, under: label)
          try visit(labelled, of: text, using: &scratch, into: &findings)
        }
      }
      before = line
      start = end + 1
    }
  }
}
