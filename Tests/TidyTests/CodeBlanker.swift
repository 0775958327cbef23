/// Blanks what is not code in Swift source, so that a word or a brace that is found is really one.
///
/// Every byte of a comment, and of a string literal outside its interpolations, becomes a blank;
/// newlines stay, so that line numbers and columns are those of the source.
struct CodeBlanker {
  private let source: [UInt8]
  private var target: [UInt8]
  private var position = 0

  static func blanked(_ source: [UInt8]) -> [UInt8] {
    var blanker = CodeBlanker(source: source)
    blanker.blankCode(untilParenthesis: false)
    return blanker.target
  }

  private init(source: [UInt8]) {
    self.source = source
    target = source
  }

  private func peek(_ ahead: Int = 0) -> UInt8 {
    position + ahead < source.count ? source[position + ahead] : 0
  }

  private func looksAt(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= source.count else { return false }
    return "\(text)".utf8.elementsEqual(source[position..<position + count])
  }

  private mutating func blank(_ count: Int) {
    for _ in 0..<count where position < source.count {
      if source[position] != UInt8(ascii: "\n") { target[position] = UInt8(ascii: " ") }
      position += 1
    }
  }

  /// Walks over code; with `untilParenthesis`, up to the one that closes an interpolation.
  private mutating func blankCode(untilParenthesis: Bool) {
    var depth = 0
    while position < source.count {
      if looksAt("//") {
        while position < source.count, peek() != UInt8(ascii: "\n") { blank(1) }
      } else if looksAt("/*") {
        blankBlockComment()
      } else if peek() == UInt8(ascii: "\"") || peek() == UInt8(ascii: "#") {
        blankLiteralOrSharp()
      } else {
        if peek() == UInt8(ascii: "(") { depth += 1 }
        if peek() == UInt8(ascii: ")") {
          if untilParenthesis, depth == 0 { return }
          depth -= 1
        }
        position += 1
      }
    }
  }

  private mutating func blankBlockComment() {
    var depth = 0
    repeat {
      if looksAt("/*") {
        depth += 1
        blank(2)
      } else if looksAt("*/") {
        depth -= 1
        blank(2)
      } else {
        blank(1)
      }
    } while depth > 0 && position < source.count
  }

  /// A `"`, or a `#` that may begin a raw string or a regular expression.
  private mutating func blankLiteralOrSharp() {
    var sharps = 0
    while peek(sharps) == UInt8(ascii: "#") { sharps += 1 }
    let opener = peek(sharps)
    guard opener == UInt8(ascii: "\"") || (sharps > 0 && opener == UInt8(ascii: "/")) else {
      position += max(sharps, 1)
      return
    }
    blank(sharps)
    let isLong = opener == UInt8(ascii: "\"") && looksAt("\"\"\"")
    let quotes = isLong ? 3 : 1
    blank(quotes)
    while position < source.count {
      if ends(with: opener, count: quotes, sharps: sharps) {
        blank(quotes + sharps)
        return
      }
      guard peek() == UInt8(ascii: "\\") else {
        blank(1)
        continue
      }
      let isEscape = (0..<sharps).allSatisfy { peek(1 + $0) == UInt8(ascii: "#") }
      if isEscape, peek(1 + sharps) == UInt8(ascii: "("), opener == UInt8(ascii: "\"") {
        blank(2 + sharps)
        blankCode(untilParenthesis: true)
        blank(1)
      } else {
        // In a regular expression a backslash takes the next character along, sharps or not.
        blank(isEscape ? 2 + sharps : opener == UInt8(ascii: "/") ? 2 : 1)
      }
    }
  }

  private func ends(with opener: UInt8, count: Int, sharps: Int) -> Bool {
    (0..<count).allSatisfy { peek($0) == opener }
      && (0..<sharps).allSatisfy { peek(count + $0) == UInt8(ascii: "#") }
  }
}
