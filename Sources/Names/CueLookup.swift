internal import Text

/// What stands before a candidate on its line, or on the line above.
struct CueBefore {
  var kinds: CueKinds = []
  var hasNewline = false
  var hasComma = false
  var hasColon = false
  var hasPeriod = false
  /// Whether the phrase is the first thing on its line.
  var beginsLine = false
  /// The index of the word before, in `Cues.contextWords`, when only blanks and quotes are between.
  var word = 0
  /// Whether the candidate begins a sentence or a line.
  var startsSentence = false

  var hasPunctuation: Bool { hasComma || hasColon || hasPeriod }
}

extension NameScanner {
  /// Looks back from a candidate over at most five words for a phrase that announces a name.
  ///
  /// - Complexity: O(1): at most 64 bytes.
  func cueBefore(
    _ text: Span<UInt8>, _ start: Int, using scratch: inout NameScratch
  ) -> CueBefore {
    var cue = CueBefore()
    var end = start
    let floor = max(0, start - 64)
    skip: while end > floor {
      switch text[end - 1] {
      case 32, 9, 34, 39, 40, 42, 95, 13: break
      case 10: cue.hasNewline = true
      case UInt8(ascii: ","): cue.hasComma = true
      case UInt8(ascii: ":"): cue.hasColon = true
      case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): cue.hasPeriod = true
      default: break skip
      }
      end -= 1
    }
    cue.startsSentence = end == 0 || cue.hasNewline || cue.hasPeriod
    if start - end > 6 || end == floor && floor > 0 { return cue }
    guard end > 0, Self.isWordByte(text[end - 1]) else { return cue }
    if text[end - 1] >= 0x80 {
      if let kinds = unspacedKinds(text, before: end, using: &scratch) {
        cue.kinds = kinds
        if end == start { cue.word = unspacedContext(text, before: end, using: &scratch) }
        return cue
      }
      // "，", "。", "「": no phrase ends with them, and what runs up to them may be a long sentence.
      if Self.isMarkOfPunctuation(text, before: end) { return cue }
    }
    // The bounds of the words before, nearest first.
    var starts = InlineArray<5, Int>(repeating: 0)
    var count = 0
    var index = end
    while count < Cues.wordsMax {
      let wordEnd = index
      while index > floor, Self.isCueByte(text[index - 1]) || Self.isGershayim(text, index - 1) {
        index -= 1
      }
      if index == wordEnd { break }
      starts[count] = index
      count += 1
      if count == 1 {
        let hash = scratch.hash(text, index..<end)
        if !cue.hasPunctuation, !cue.hasNewline { cue.word = cues.contextWord(hash) }
        if !cues.canEnd(hash) {
          cue.kinds = kindsBehindAnd(text, index..<end, using: &scratch)
          return cue
        }
      }
      guard index > floor, text[index - 1] == 32 else { break }
      index -= 1
    }
    for word in (0..<count).reversed() {
      let wordStart = starts[word]
      let kinds = cues.kinds(scratch.hash(text, wordStart..<end))
      if kinds.isEmpty { continue }
      // "im sarah": in small letters the German "im", before a noun with a capital, is not meant.
      let isPlain = scratch.style.isLowerCase && kinds.contains(.introducesWeakly)
      cue.kinds = isPlain ? .introducesWeakly : kinds
      let isFirst = word == count - 1
      cue.beginsLine =
        wordStart == 0 || text[wordStart - 1] == 10
        || isFirst && wordStart > 0 && text[wordStart - 1] < 48 && text[wordStart - 1] != 32
      break
    }
    return cue
  }

  /// The kinds of a word to which Hebrew or Arabic has joined "and": "وابنتي", "ואשתי".
  private func kindsBehindAnd(
    _ text: Span<UInt8>, _ word: Range<Int>, using scratch: inout NameScratch
  ) -> CueKinds {
    guard word.count > 6, text[word.lowerBound] == 0xD7 || text[word.lowerBound] == 0xD9 else {
      return []
    }
    let first = decodeUTF8(text, at: word.lowerBound).codePoint
    guard first == 0x5D5 || first == 0x648 else { return [] }
    let rest = word.lowerBound + 2..<word.upperBound
    return cues.kindsOfOneWord(scratch.hash(text, rest))
  }

  /// Whether a quotation mark stands inside a Hebrew abbreviation: ד"ר.
  private static func isGershayim(_ text: Span<UInt8>, _ index: Int) -> Bool {
    text[index] == 34 && index > 1 && index + 1 < text.count
      && text[index - 2] == 0xD7 && text[index + 1] == 0xD7
  }

  /// The kinds of the longest phrase of up to six characters without blanks that ends at a
  /// position, `nil` when the character there belongs to a script with blanks between words.
  private func unspacedKinds(
    _ text: Span<UInt8>, before end: Int, using scratch: inout NameScratch
  ) -> CueKinds? {
    var start = end
    var kinds: CueKinds = []
    for count in 1...6 where start > 0 && text[start - 1] >= 0x80 {
      start = characterStart(text, before: start)
      let script = ScriptClass(decodeUTF8(text, at: start).codePoint)
      if script != .unspaced { return count == 1 ? nil : kinds }
      let hash = scratch.hash(text, start..<end)
      if count == 1, !cues.lastCharacters.mayContain(hash) { return kinds }
      let found = cues.kindsOfOneWord(hash)
      if !found.isEmpty { kinds = found }
    }
    return kinds
  }

  /// The same for what begins at a position.
  func unspacedKinds(
    _ text: Span<UInt8>, after start: Int, using scratch: inout NameScratch
  ) -> CueKinds {
    var end = start
    var kinds: CueKinds = []
    for _ in 1...4 where end < text.count && text[end] >= 0xE0 {
      end += decodeUTF8(text, at: end).count
      let hash = scratch.hash(text, start..<end)
      let found = cues.kindsOfOneWord(hash)
      if !found.isEmpty { kinds = found }
      if dictionary.entry(hash).classes.contains(.title) {
        kinds = CueKinds(rawValue: kinds.rawValue | CueKinds.honorificAfter.rawValue)
      }
    }
    return kinds
  }

  /// The most characters of a context word without blanks around it.
  private static let contextCharacters = 7

  /// The index in `Cues.contextWords` of the longest of them that ends at a position in text
  /// without blanks, 0 when there is none.
  private func unspacedContext(
    _ text: Span<UInt8>, before end: Int, using scratch: inout NameScratch
  ) -> Int {
    var start = end
    var word = 0
    for _ in 0..<Self.contextCharacters where start > 0 && text[start - 1] >= 0x80 {
      start = characterStart(text, before: start)
      let found = cues.contextWord(scratch.hash(text, start..<end))
      if found > 0 { word = found }
    }
    return word
  }

  /// The same for what begins at a position.
  func unspacedContext(
    _ text: Span<UInt8>, after start: Int, using scratch: inout NameScratch
  ) -> Int {
    var end = start
    var word = 0
    for _ in 0..<Self.contextCharacters where end < text.count && text[end] >= 0xE0 {
      end += decodeUTF8(text, at: end).count
      let found = cues.contextWord(scratch.hash(text, start..<end))
      if found > 0 { word = found }
    }
    return word
  }

  /// Whether the character before an offset is punctuation of East Asian text or a dash, quote or
  /// ellipsis; not the comma of lists, which is a cue.
  private static func isMarkOfPunctuation(_ text: Span<UInt8>, before end: Int) -> Bool {
    switch decodeUTF8(text, at: characterStart(text, before: end)).codePoint {
    case 0x2010...0x2027, 0x3000, 0x3002...0x3004, 0x3008...0x3020, 0xFF01...0xFF0F,
      0xFF1A...0xFF20:
      true
    default: false
    }
  }

  /// A byte of a word in a cue: as in a name, with apostrophes and hyphens inside.
  @inline(__always)
  private static func isCueByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte == 39 || byte == 45
  }
}
