internal import Text

extension LineZones {
  /// The longest part of a line that is looked at.
  private static let lengthMax = 300

  /// What a line looks like.
  ///
  /// - Parameter line: without white space at its ends.
  static func kind(of line: Range<Int>, _ text: Span<UInt8>) -> LineKind {
    guard !line.isEmpty else { return .blank }
    let line = line.prefix(lengthMax)
    let first = text[line.lowerBound]
    if diffHeads.stands(text, at: line.lowerBound, before: line.upperBound) { return .of(.diff) }
    if stackTraceStarts.stands(text, at: line.lowerBound, before: line.upperBound)
      || isFrame(line, text)
    {
      return .of(.stackTrace)
    }
    let signs = LineSigns(text.extracting(line))
    if signs.mayHaveClock, isLog(line, text) { return .of(.log) }
    if line.count <= 3, isBracket(first) { return .brace }
    if isBracket(first) || first == UInt8(ascii: "\""), keyEnds.stand(text, in: line) {
      return .of(.data)
    }
    if isCode(line, text, signs) { return .of(.codeLines) }
    return signs.table ?? .prose
  }

  private static func isBracket(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ";"):
      true
    default: false
    }
  }

  private static let stackTraceStarts = Parts([
    "Traceback (most recent", "Exception in thread", "File \"", "goroutine ", "thread '",
    "stack backtrace:", "Caused by: ",
  ])

  private static let ats = Parts(["at "])
  private static let places = Parts([".java:", ".kt:", ".scala:", ".js:", ".ts:", ".cs:", ".py:"])
  private static let addresses = Parts(["0x"])
  private static let symbols = Parts([" in ", " - "])
  private static let keyEnds = Parts(["\":"])

  /// `at a.b.C(D.java:1)`, `at f (file.js:1:2)`, `#0  0x00 in main`, `12: 0x00 - core::…`.
  private static func isFrame(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    if ats.stands(text, at: line.lowerBound, before: line.upperBound) {
      return places.stand(text, in: line)
    }
    var index = line.lowerBound
    if text[index] == UInt8(ascii: "#") { index += 1 }
    let digits = index
    while index < line.upperBound, text[index] &- 48 < 10 { index += 1 }
    guard index > digits, index < line.upperBound else { return false }
    let rest = index..<line.upperBound
    return addresses.stand(text, in: rest.prefix(12)) && symbols.stand(text, in: rest)
  }

  private static let diffHeads = Parts(["@@ -", "diff --git ", "+++ b/", "--- a/"])
  private static let diffLines = Parts([
    "+", "-", "index ", "new file mode", "deleted file mode", "\\ No",
  ])

  /// Whether the head of a diff stands at an offset.
  static func isDiffHead(_ offset: Int, _ text: Span<UInt8>) -> Bool {
    diffHeads.stands(text, at: offset, before: text.count)
  }

  /// Whether a line looks like one of a diff, other than its head and lines of code. Context lines
  /// begin with a blank, which is trimmed here.
  static func isDiffLine(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    !line.isEmpty && diffLines.stands(text, at: line.lowerBound, before: line.upperBound)
  }

  private static let levels = Parts([
    "INFO", "WARN", "ERROR", "DEBUG", "TRACE", "FATAL", "NOTICE", "CRITICAL", "[info]", "[error]",
    "[warn]", "[debug]", "[notice]", "level=", "\"GET /", "\"POST /",
  ])

  /// A time in figures, and a level within the next bytes.
  private static func isLog(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    let head = line.prefix(120)
    guard hasClock(head.prefix(60), text) else { return false }
    return levels.stand(text, in: head)
  }

  /// Whether `dd:dd:dd` stands in a range.
  private static func hasClock(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard range.count >= 8 else { return false }
    for index in range.lowerBound...(range.upperBound - 8)
    where text[index + 2] == UInt8(ascii: ":") && text[index + 5] == UInt8(ascii: ":") {
      if isTwoDigits(text, index), isTwoDigits(text, index + 3), isTwoDigits(text, index + 6) {
        return true
      }
    }
    return false
  }

  private static func isTwoDigits(_ text: Span<UInt8>, _ index: Int) -> Bool {
    text[index] &- 48 < 10 && text[index + 1] &- 48 < 10
  }

  private static let codeStarts = Parts([
    "import ", "#include", "#define", "def ", "class ", "function ", "const ", "let ", "var ",
    "return ", "return;", "if (", "for (", "while (", "switch (", "else if", "elif ", "} else",
    "public ", "private ", "protected ", "static ", "package ", "using ", "namespace ", "fn ",
    "func ", "fun ", "struct ", "enum ", "#!/", "<?php", "</", "<!--", "//", "/*", "*/", ">>> ",
    "$ ", "sudo ", "SELECT ", "INSERT INTO", "CREATE TABLE", "UPDATE ", "print(", "printf(",
    "std::", "@Override", "async ", "await ", "except ", "try:", "else:", "with open", "end;",
  ])
  private static func isCode(
    _ line: Range<Int>, _ text: Span<UInt8>, _ signs: LineSigns
  ) -> Bool {
    let last = text[line.upperBound - 1]
    if last == UInt8(ascii: ";") || last == UInt8(ascii: "{") || last == UInt8(ascii: "}") {
      return true
    }
    if codeStarts.stands(text, at: line.lowerBound, before: line.upperBound) { return true }
    if signs.hasCode { return true }
    return isAssignment(line, text)
  }

  /// `name = value`, `a.b[0] = value`: one word, and an equals sign.
  private static func isAssignment(_ line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    var index = line.lowerBound
    guard (text[index] | 0x20) &- 97 < 26 || text[index] == 95 else { return false }
    while index < line.upperBound, isNameByte(text[index]) { index += 1 }
    if index < line.upperBound, text[index] == 32 { index += 1 }
    guard index + 1 < line.upperBound, text[index] == UInt8(ascii: "=") else { return false }
    return text[index + 1] != UInt8(ascii: ">")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == 95 || byte == UInt8(ascii: ".")
      || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
  }
}

/// What the lines of a text look like that were looked at last: findings stand in lines that follow
/// each other, and each asks for its neighbours. Scratch of one worker.
struct LineKinds {
  private struct Slot {
    /// Where the line begins; -1: none.
    var start = -1
    var kind = LineKind.blank
  }

  private static let count = 64
  private var slots = [Slot](repeating: Slot(), count: LineKinds.count)
  private var isEmpty = true

  /// Forgets the text before.
  mutating func removeAll() {
    if isEmpty { return }
    isEmpty = true
    for index in slots.indices { slots[index].start = -1 }
  }

  /// What a line looks like.
  mutating func kind(of line: TextLine, _ text: Span<UInt8>) -> LineKind {
    let start = line.range.lowerBound
    // Lines that follow each other seldom begin within sixteen bytes.
    let place = start >> 4 & (Self.count - 1)
    if slots[place].start == start { return slots[place].kind }
    let kind = LineZones.kind(of: line.trimmed, text)
    slots[place] = Slot(start: start, kind: kind)
    isEmpty = false
    return kind
  }
}

/// What one pass over a line sees.
private struct LineSigns {
  /// Whether two colons stand in it as those of a time in figures do.
  private(set) var mayHaveClock = false
  /// Whether something stands in it that prose does not have: `();`, `){`, ` => `, ` == `, ` != `,
  /// ` && `, ` || `, `::`, `->`, `+=`, `:=`, `*=`, `</`, `/>`, `[i]`, `self.`, `this.`, `= new `,
  /// `#{`, `${`.
  private(set) var hasCode = false
  private var tabs = 0
  private var bars = 0
  /// Semicolons and commas without a blank behind them.
  private var semicolons = 0
  private var commas = 0

  /// - Complexity: O(`line.count`).
  init(_ line: Span<UInt8>) {
    for index in line.indices {
      let byte = line[index]
      guard Self.isSign(byte) else { continue }
      switch byte {
      case 9: tabs += 1
      case UInt8(ascii: "|"):
        bars += 1
        if Self.isPairBetweenBlanks(line, index) { hasCode = true }
      case UInt8(ascii: ";"):
        if Self.byte(line, index + 1) != 32 { semicolons += 1 }
        if Self.byte(line, index - 1) == UInt8(ascii: ")"),
          Self.byte(line, index - 2) == UInt8(ascii: "(")
        {
          hasCode = true
        }
      case UInt8(ascii: ","):
        if Self.byte(line, index + 1) != 32 { commas += 1 }
      case UInt8(ascii: ":"):
        if Self.byte(line, index + 3) == UInt8(ascii: ":") { mayHaveClock = true }
        if Self.byte(line, index + 1) == UInt8(ascii: ":") { hasCode = true }
      default:
        if !hasCode { hasCode = Self.isCode(line, index) }
      }
    }
  }

  private static let signs: (low: UInt64, high: UInt64) = {
    var low: UInt64 = 0
    var high: UInt64 = 0
    for byte in "\t|;,:.{>=&<[".utf8 {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }
    return (low, high)
  }()

  @inline(__always)
  private static func isSign(_ byte: UInt8) -> Bool {
    guard byte < 0x80 else { return false }
    return (byte < 64 ? signs.low : signs.high) >> UInt64(byte & 63) & 1 != 0
  }

  /// A byte of a line; 0 before and behind it.
  @inline(__always)
  private static func byte(_ line: Span<UInt8>, _ index: Int) -> UInt8 {
    index >= 0 && index < line.count ? line[index] : 0
  }

  /// Whether a byte and the same once more stand between blanks.
  private static func isPairBetweenBlanks(_ line: Span<UInt8>, _ index: Int) -> Bool {
    byte(line, index + 1) == line[index] && byte(line, index - 1) == 32
      && byte(line, index + 2) == 32
  }

  /// Whether a sign is one of something that prose does not have.
  private static func isCode(_ line: Span<UInt8>, _ index: Int) -> Bool {
    let before = byte(line, index - 1)
    let behind = byte(line, index + 1)
    switch line[index] {
    case UInt8(ascii: "{"):
      return before == UInt8(ascii: ")") || before == UInt8(ascii: "#")
        || before == UInt8(ascii: "$")
        || before == 32 && byte(line, index - 2) == UInt8(ascii: ")")
    case UInt8(ascii: "="):
      switch before {
      case UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "*"): return true
      case UInt8(ascii: "!"): return behind == 32 && byte(line, index - 2) == 32
      default: break
      }
      if behind == UInt8(ascii: ">") { return before == 32 && byte(line, index + 2) == 32 }
      return behind == 32 && eightBytes(of: line, at: index + 2) << 32 == new
    case UInt8(ascii: ">"): return before == UInt8(ascii: "-") || before == UInt8(ascii: "/")
    case UInt8(ascii: "<"): return behind == UInt8(ascii: "/")
    case UInt8(ascii: "["):
      return behind == UInt8(ascii: "i") && byte(line, index + 2) == UInt8(ascii: "]")
    case UInt8(ascii: "&"): return isPairBetweenBlanks(line, index)
    case UInt8(ascii: "."):
      guard index >= 4 else { return false }
      let word = eightBytes(of: line, at: index - 4) << 32
      return word == this || word == own
    default: return false
    }
  }

  private static let new: UInt64 = 0x2077_656E_0000_0000  // "new "
  private static let this: UInt64 = 0x7369_6874_0000_0000
  private static let own: UInt64 = 0x666C_6573_0000_0000  // "self"

  /// The line as one of a table: two or more of one separator.
  var table: LineKind? {
    if tabs >= 2 { return .table(9, tabs) }
    if bars >= 2 { return .table(UInt8(ascii: "|"), bars) }
    if semicolons >= 2 { return .table(UInt8(ascii: ";"), semicolons) }
    if commas >= 2 { return .table(UInt8(ascii: ","), commas) }
    return nil
  }
}

/// A few short texts, compared with what stands at an offset eight bytes at once.
private struct Parts: Sendable {
  private struct Part: Sendable {
    var head: UInt64
    var mask: UInt64
    var start: Int
    var count: Int
  }

  private var parts: [Part] = []
  private var bytes: [UInt8] = []
  /// The range of `parts` that begin with a byte.
  private var ranges = [Range<Int>](repeating: 0..<0, count: 256)
  /// Whether some begin with a byte: in few bytes, for they are asked of each byte of a line.
  private var isFirst = [Bool](repeating: false, count: 256)

  init(_ texts: [String]) {
    for text in texts.map({ Array($0.utf8) }).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let first = Int(text[0])
      isFirst[first] = true
      if ranges[first].isEmpty { ranges[first] = parts.count..<parts.count }
      let mask = UInt64.max >> UInt64(max(0, 8 - text.count) * 8)
      parts.append(
        Part(
          head: eightBytes(of: text.span, at: 0) & mask, mask: mask, start: bytes.count,
          count: text.count))
      bytes += text
      ranges[first] = ranges[first].lowerBound..<parts.count
    }
  }

  /// Whether one stands at an offset and ends before another.
  @inline(__always)
  func stands(_ text: Span<UInt8>, at offset: Int, before end: Int) -> Bool {
    isFirst[Int(text[offset])] && compare(text, at: offset, before: end)
  }

  private func compare(_ text: Span<UInt8>, at offset: Int, before end: Int) -> Bool {
    for index in ranges[Int(text[offset])] {
      let part = parts[index]
      guard offset + part.count <= end,
        eightBytes(of: text, at: offset) & part.mask == part.head
      else { continue }
      var rest = 8
      while rest < part.count, text[offset + rest] == bytes[part.start + rest] { rest += 1 }
      if rest >= part.count { return true }
    }
    return false
  }

  /// Whether one stands anywhere in a range.
  ///
  /// - Complexity: O(`range.count`) and the comparisons where a first byte agrees.
  func stand(_ text: Span<UInt8>, in range: Range<Int>) -> Bool {
    for offset in range where stands(text, at: offset, before: range.upperBound) { return true }
    return false
  }
}
