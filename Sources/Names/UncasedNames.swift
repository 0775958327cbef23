internal import Text

/// Names that no capital marks: in scripts without case, and in lower-case chat ("im sarah").
///
/// They are looked for only where a phrase of the cue file stands, so the text pays for the phrase,
/// not for its words.
extension NameScanner {
  /// Appends the name that a phrase announces, if one is there.
  ///
  /// - Parameters:
  ///   - cue: index into `cues.literals`.
  ///   - position: the byte at which the phrase begins.
  package func scanBeside(
    cue: Int, at position: Int, in text: Span<UInt8>, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    let literal = cues.literals[cue]
    let end = position + literal.bytes.count
    if literal.kinds == .honorificAfter {
      if continuesAsWord(text, position..<end, using: &scratch) { return }
      let honorific = decodeUTF8(text, at: position).codePoint
      if let run = nameBefore(text, position, using: &scratch),
        !isWord(text, run, with: position..<end, using: &scratch),
        let range = Self.isHan(honorific)
          ? hanName(endingWith: run, text, using: &scratch) : run,
        !isAddress(text, range, using: &scratch)
      {
        mentions.append(
          NameMention(range: range, kind: .person, reason: .honorific, score: 0.7))
      }
      return
    }
    let isOpenBefore =
      literal.bytes[0] >= 0x80 || position == 0 || !Self.isWordByte(text[position - 1])
    guard isOpenBefore, standsAlone(text, position..<end, using: &scratch) else { return }
    if let range = caselessName(text, after: end, literal.kinds, using: &scratch) {
      mentions.append(
        NameMention(range: range, kind: .person, reason: .introduced, score: 0.8))
    } else if let range = lowerCaseName(text, after: end, literal.kinds, using: &scratch) {
      mentions.append(
        NameMention(range: range, kind: .person, reason: .introduced, score: 0.7))
    }
  }

  /// Whether a phrase in a script without capitals that has blanks between words begins and ends
  /// with one: not "שמו" in "שמונה". A joined "and" or "that" may stand before it.
  private func standsAlone(
    _ text: Span<UInt8>, _ phrase: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    guard text[phrase.lowerBound] >= 0xD6 else { return true }
    switch ScriptClass(decodeUTF8(text, at: phrase.lowerBound).codePoint) {
    case .hebrew, .arabic, .indic, .georgian, .ethiopic: break
    default: return true
    }
    if phrase.upperBound < text.count, isLetter(text, phrase.upperBound, using: &scratch) {
      return false
    }
    guard let before = Self.characterBefore(text, phrase.lowerBound) else { return true }
    guard isLetter(text, before, using: &scratch) else { return true }
    guard Self.isJoinedBefore(decodeUTF8(text, at: before).codePoint) else { return false }
    return Self.characterBefore(text, before).map { !isLetter(text, $0, using: &scratch) } ?? true
  }

  /// Whether a letter is a word of its own that is joined to the next: ו ש ה ב ל כ מ, و ف ب ل ك.
  static func isJoinedBefore(_ codePoint: UInt32) -> Bool {
    switch codePoint {
    case 0x5D5, 0x5E9, 0x5D4, 0x5D1, 0x5DC, 0x5DB, 0x5DE, 0x648, 0x641, 0x628, 0x644, 0x643: true
    default: false
    }
  }

  /// Whether a letter, or a mark that belongs to one, stands at an offset.
  func isLetter(_ text: Span<UInt8>, _ offset: Int, using scratch: inout NameScratch) -> Bool {
    if text[offset] < 0x80 { return (text[offset] | 0x20) &- 97 < 26 }
    return scratch.folding.classes(of: decodeUTF8(text, at: offset).codePoint).meets(.letterOrMark)
  }

  /// One or two lower-case words after the phrase that are given names and no common words.
  private func lowerCaseName(
    _ text: Span<UInt8>, after end: Int, _ kinds: CueKinds, using scratch: inout NameScratch
  ) -> Range<Int>? {
    guard end < text.count, text[end] == 32 else { return nil }
    let first = word(text, from: end + 1)
    guard first.count > 2, text[first.lowerBound] &- 97 < 26, !isPathLike(text, first) else {
      return nil
    }
    let entry = dictionary.entry(scratch.hash(text, first))
    let isStrong = kinds == .introduces
    guard entry.classes.contains(.given) || entry.classes.contains(.person),
      !entry.classes.meets(.commonOrKept), entry.nameBucket >= (isStrong ? 1 : 5)
    else { return nil }
    guard first.upperBound < text.count, text[first.upperBound] == 32 else { return first }
    let second = word(text, from: first.upperBound + 1)
    guard second.count > 2, !isPathLike(text, second) else { return first }
    let next = dictionary.entry(scratch.hash(text, second))
    let isSurname =
      next.classes.contains(.surname) && next.nameBucket >= 4 && !next.classes.contains(.common)
      || kinds == .introduces && !next.classes.isNotNamelike
    return isSurname ? first.lowerBound..<second.upperBound : first
  }

  private func word(_ text: Span<UInt8>, from start: Int) -> Range<Int> {
    var end = start
    while end < text.count, Self.isWordByte(text[end]) { end += 1 }
    return start..<end
  }

  private func isPathLike(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.upperBound + 1 < text.count else { return false }
    switch text[range.upperBound] {
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "@"):
      return Self.isWordByte(text[range.upperBound + 1])
    case UInt8(ascii: "("), UInt8(ascii: "="): return true
    default: return false
    }
  }

  /// The run of caseless letters after the phrase: up to four ideographs, else up to two words.
  private func caselessName(
    _ text: Span<UInt8>, after start: Int, _ kinds: CueKinds, using scratch: inout NameScratch
  ) -> Range<Int>? {
    var index = start
    skip: while index < text.count {
      let (codePoint, count) = decodeUTF8(text, at: index)
      switch codePoint {
      case 0x20, 0x3A, 0xFF1A, 0x22, 0x27, 0x201C, 0x300C, 0x3000, 0x2C, 0xFF0C: index += count
      default: break skip
      }
    }
    let first = index
    var words = 0
    var letters = 0
    var end = index
    var firstEnd = index
    while index < text.count {
      let (codePoint, count) = decodeUTF8(text, at: index)
      let classes = scratch.folding.classes(of: codePoint)
      if classes.contains(.caseless) || classes.contains(.mark) && letters > 0 {
        if classes.meets(.ideographic) {
          if letters > 0 ? Self.endsIdeographName(codePoint) : Self.beginsNoName(codePoint) {
            break
          }
          if classes.contains(.han), letters >= 4 { break }
        }
        letters += classes.contains(.mark) ? 0 : 1
        index += count
        end = index
      } else if codePoint == 0x20, letters > 0, words == 0,
        scratch.folding.classes(of: decodeUTF8(text, at: first).codePoint)
          .meets(.eastAsian) == false
      {
        words = 1
        firstEnd = index
        index += count
      } else {
        break
      }
    }
    if end > first { end = trimmedParticles(text, first..<end) }
    guard letters >= 2, end > first, letters <= 30 else { return nil }
    if words == 0, ScriptClass(decodeUTF8(text, at: first).codePoint) == .unspaced {
      return unspacedName(text, first..<end, isStrong: kinds == .introduces, using: &scratch)
    }
    let hasSecond = words > 0 && end > firstEnd + 1
    return spacedName(
      text, first..<(hasSecond ? firstEnd : end),
      second: hasSecond ? firstEnd + 1..<end : end..<end,
      isStrong: kinds == .introduces, using: &scratch)
  }

  /// What is a name of one or two words behind a phrase, in a script with blanks between words.
  ///
  /// A second word that is a word of the sentence is none of the name; behind a weak phrase neither
  /// is the first.
  private func spacedName(
    _ text: Span<UInt8>, _ first: Range<Int>, second: Range<Int>, isStrong: Bool,
    using scratch: inout NameScratch
  ) -> Range<Int>? {
    let hash = scratch.hash(text, first)
    let entry = dictionary.entry(hash)
    let isWord =
      !entry.classes.meets(.name)
      && (entry.classes.meets(.noEntity) || entry.classes.contains(.place)
        || !cues.kinds(hash).isEmpty)
    // "אני כאן", "أنا هنا": what is no known name is a word of the sentence.
    let isName = entry.classes.meets(.name) && entry.nameBucket >= entry.commonBucket
    guard isStrong || isName else { return nil }
    guard !second.isEmpty else { return first }
    let continues = mayContinueName(text, second, using: &scratch)
    // "اسمي هو محمد": the verb of the phrase.
    if isWord, continues { return second }
    return continues ? first.lowerBound..<second.upperBound : first
  }

  /// Whether a word behind the first of a name may be another: not one that is known as no name,
  /// nor "and" with what is joined to it.
  private func mayContinueName(
    _ text: Span<UInt8>, _ word: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    let hash = scratch.hash(text, word)
    let entry = dictionary.entry(hash)
    if entry.classes.meets(.name) { return entry.nameBucket >= entry.commonBucket }
    let first = decodeUTF8(text, at: word.lowerBound).codePoint
    // An Arabic family name has the article.
    if first == 0x627, word.count > 4,
      decodeUTF8(text, at: word.lowerBound + 2).codePoint == 0x644
    {
      return true
    }
    if entry.classes.meets(.noEntity) || entry.classes.contains(.place) { return false }
    // Hebrew and Arabic "and" are joined to the next word.
    return cues.kinds(hash).isEmpty && first != 0x5D5 && first != 0x648
  }

  /// Characters that follow a name in a Chinese or Japanese sentence and do not begin one's second
  /// character.
  private static func endsIdeographName(_ codePoint: UInt32) -> Bool {
    switch codePoint {
    // 的 是 在 和 了 来 今 我 你 他 也 很 住 有, and は が を に へ と も で す の だ
    case 0x7684, 0x662F, 0x5728, 0x548C, 0x4E86, 0x6765, 0x4ECA, 0x6211, 0x4F60, 0x4ED6, 0x4E5F,
      0x5F88, 0x4F4F, 0x6709, 0x306F, 0x304C, 0x3092, 0x306B, 0x3078, 0x3068, 0x3082, 0x3067,
      0x3059, 0x306E, 0x3060:
      return true
    default: return false
    }
  }

  /// Words of one character that no name begins with.
  private static func beginsNoName(_ codePoint: UInt32) -> Bool {
    switch codePoint {
    // 的 是 在 了 我 你 他 也 很
    case 0x7684, 0x662F, 0x5728, 0x4E86, 0x6211, 0x4F60, 0x4ED6, 0x4E5F, 0x5F88: true
    default: false
    }
  }

  /// Takes Korean copulas and particles off the end.
  private func trimmedParticles(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    let endings: [StaticString] = ["입니다", "이에요", "예요", "이고", "이라고", "라고", "은", "는", "이", "가"]
    for ending in endings {
      let count = ending.utf8CodeUnitCount
      guard range.count > count + 3 else { continue }
      var index = range.upperBound - count
      var isSame = true
      for byte in ending.description.utf8 {
        if text[index] != byte { isSame = false }
        index += 1
      }
      if isSame { return range.upperBound - count }
    }
    return range.upperBound
  }

  /// Whether what stands before an honorific is a form of address or a word itself ("과장님"), or a
  /// place and nobody's name ("미국 대통령").
  private func isAddress(
    _ text: Span<UInt8>, _ range: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    let hash = scratch.hash(text, range)
    if cues.kindsOfOneWord(hash).contains(.honorificAfter) { return true }
    let entry = dictionary.entry(hash)
    if entry.classes.contains(.place), !entry.classes.meets(.name) { return true }
    return entry.classes.contains(.common) && entry.commonBucket > entry.nameBucket
  }

  /// Whether an honorific of one ideograph is the beginning of a word: "总店", "总部" behind a place.
  private func continuesAsWord(
    _ text: Span<UInt8>, _ honorific: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    guard honorific.count == 3, honorific.upperBound < text.count,
      text[honorific.upperBound] >= 0xE3
    else { return false }
    let next = decodeUTF8(text, at: honorific.upperBound)
    guard scratch.folding.classes(of: next.codePoint).contains(.han) else { return false }
    let word = honorific.lowerBound..<honorific.upperBound + next.count
    let classes = dictionary.entry(scratch.hash(text, word)).classes
    return classes.contains(.common) || classes.meets(.afterName)
  }

  /// The run of ideographs, kana or Hangul before an honorific: one to four characters, not
  /// reaching over a particle.
  private func nameBefore(
    _ text: Span<UInt8>, _ position: Int, using scratch: inout NameScratch
  ) -> Range<Int>? {
    var start = position
    var letters = 0
    let hasBlank = start > 0 && text[start - 1] == 32
    if hasBlank { start -= 1 }
    let end = start
    if hasBlank, endsWithHangulParticle(text, end) { return nil }
    while start > 0, letters < 4 {
      let previous = characterStart(text, before: start)
      let codePoint = decodeUTF8(text, at: previous).codePoint
      let classes = scratch.folding.classes(of: codePoint)
      guard classes.meets(.eastAsian),
        !Self.endsIdeographName(codePoint)
      else { break }
      start = previous
      letters += 1
    }
    if letters == 4, start > 0 {
      // A longer Korean word is no name.
      let previous = decodeUTF8(text, at: characterStart(text, before: start)).codePoint
      if scratch.folding.classes(of: previous).contains(.hangul) { return nil }
    }
    // "ジョンスミスさん": a foreign name is as long as its Katakana.
    if letters == 4, Self.isKatakana(decodeUTF8(text, at: start).codePoint) {
      while start > 0, letters < 24 {
        let previous = characterStart(text, before: start)
        let codePoint = decodeUTF8(text, at: previous).codePoint
        guard Self.isKatakana(codePoint) || codePoint == 0x30FB else { break }
        start = previous
        letters += 1
      }
      return start..<end
    }
    return letters >= 1 && letters <= 4 && end > start ? start..<end : nil
  }

  /// Whether an honorific is the end of a word with one or two characters before it: "たくさん",
  /// "同様".
  private func isWord(
    _ text: Span<UInt8>, _ run: Range<Int>, with honorific: Range<Int>,
    using scratch: inout NameScratch
  ) -> Bool {
    guard run.upperBound == honorific.lowerBound else { return false }
    var start = run.upperBound
    for _ in 0..<2 where start > run.lowerBound {
      start = characterStart(text, before: start)
      let entry = dictionary.entry(scratch.hash(text, start..<honorific.upperBound))
      if entry.commonBucket > 3, !entry.classes.meets(.name) { return true }
    }
    return false
  }

  /// Whether a Korean word ends with a particle that no form of address follows: "민수는 학생".
  private func endsWithHangulParticle(_ text: Span<UInt8>, _ end: Int) -> Bool {
    guard end > 0 else { return false }
    switch decodeUTF8(text, at: characterStart(text, before: end)).codePoint {
    // 는 를 의 에 와 과; given names end with 은 and 을 as well.
    case 0xB294, 0xB97C, 0xC758, 0xC5D0, 0xC640, 0xACFC: return true
    default: return false
    }
  }
}
