internal import Text

/// Names that are no words by themselves: Han, kana and Thai have no blanks between words, and
/// others join particles to a name, or "and" before it. They are looked for as strings.
///
/// - Complexity: of looking for them, O(bytes of the text) for each name.
struct JoinedNames {
  struct Name {
    /// As it was written.
    var bytes: [UInt8]
    var letters: Int
    var score: Float
    var isCertain: Bool
  }

  private(set) var names: [Name] = []

  mutating func removeAll() { names.removeAll(keepingCapacity: true) }

  /// Whether the string of a range is remembered.
  func contains(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    names.contains { name in
      name.bytes.count == range.count
        && name.bytes.indices.allSatisfy { name.bytes[$0] == text[range.lowerBound + $0] }
    }
  }

  /// Remembers a name, or that it is surer than it was.
  mutating func insert(_ name: Name) {
    if let known = names.firstIndex(where: { $0.bytes == name.bytes }) {
      names[known].score = max(names[known].score, name.score)
      names[known].isCertain = names[known].isCertain || name.isCertain
    } else {
      names.append(name)
    }
  }
}

extension NameMemory {
  /// The least score of a guess with a family name and a given name that is looked for elsewhere.
  private static let likely: Float = 0.6

  /// Remembers the parts of a mention that are joined to what stands beside them. Of what is only
  /// guessed the surest: a part of a sentence that was taken for a name would be found in others.
  mutating func rememberJoined(
    _ text: Span<UInt8>, _ range: Range<Int>, score: Float, isCertain: Bool, names: NameScanner,
    using scratch: inout NameScratch
  ) {
    guard text[range.lowerBound] >= 0xD6, isCertain || score >= Self.likely else { return }
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, text[end] != 32 { end += 1 }
      if end > start {
        let split = names.givenStart(text, start..<end, using: &scratch)
        if isCertain || score >= Self.sure || split != nil {
          insertJoined(text, start..<end, score, isCertain, names, &scratch)
        }
        if let split, isCertain || score >= Self.sure {
          insertJoined(text, split..<end, score, isCertain, names, &scratch)
        }
      }
      start = end + 1
    }
  }

  private mutating func insertJoined(
    _ text: Span<UInt8>, _ range: Range<Int>, _ score: Float, _ isCertain: Bool,
    _ names: NameScanner, _ scratch: inout NameScratch
  ) {
    var letters = 0
    var index = range.lowerBound
    var isKanaOnly = true
    while index < range.upperBound {
      let (codePoint, count) = decodeUTF8(text, at: index)
      switch ScriptClass(codePoint) {
      case .unspaced: if NameScanner.isHan(codePoint) { isKanaOnly = false }
      case .hangul: isKanaOnly = false
      case .hebrew, .arabic, .indic, .georgian, .ethiopic: break
      default:
        guard scratch.folding.classes(of: codePoint).contains(.mark) else { return }
      }
      letters += 1
      index += count
    }
    // Words of letters are long, and short runs of kana are grammar.
    let isHan = text[range.lowerBound] >= 0xE3
    guard letters >= (!isHan ? 4 : isKanaOnly ? 3 : 2) else { return }
    let entry = names.dictionary.entry(scratch.hash(text, range))
    if entry.commonBucket > 0, entry.commonBucket >= entry.nameBucket, !(isCertain && letters > 2) {
      return
    }
    // A place that was taken for somebody once.
    if !isCertain || !entry.classes.meets(.name),
      entry.placeBucket > entry.nameBucket || entry.classes.contains(.organization)
    {
      return
    }
    var bytes: [UInt8] = []
    for place in range { bytes.append(text[place]) }
    joined.insert(
      JoinedNames.Name(bytes: bytes, letters: letters, score: score, isCertain: isCertain))
  }

  /// Appends every place where a remembered string stands as a name.
  ///
  /// - Complexity: O(`text.count`) for each that is remembered.
  func findJoined(
    in text: Span<UInt8>, _ names: NameScanner, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    let first = mentions.count
    for name in joined.names {
      var from = 0
      while let start = firstIndex(of: name.bytes, in: text, from: from) {
        let range = start..<start + name.bytes.count
        from = range.upperBound
        guard names.stands(text, range, letters: name.letters, using: &scratch),
          !mentions[first...].contains(where: { $0.range.contains(range) })
        else { continue }
        let score = name.isCertain ? Self.certain : min(name.score, Self.certain)
        mentions.append(
          NameMention(range: range, kind: .person, reason: .propagated, score: score))
      }
    }
  }
}

extension NameScanner {
  /// Where the given name begins in a Chinese, Japanese or Korean name that is written as one;
  /// `nil` where that is not known.
  func givenStart(
    _ text: Span<UInt8>, _ range: Range<Int>, using scratch: inout NameScratch
  ) -> Int? {
    // Ideographs and syllables have three bytes each.
    guard range.count == 9 || range.count == 12, text[range.lowerBound] >= 0xE3 else { return nil }
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 3) {
      let codePoint = decodeUTF8(text, at: start).codePoint
      guard Self.isHan(codePoint) || ScriptClass(codePoint) == .hangul else { return nil }
    }
    let low = range.lowerBound
    let two = dictionary.entry(scratch.hash(text, low..<low + 6))
    if range.count == 12 { return two.classes.contains(.surname) ? low + 6 : nil }
    let one = dictionary.entry(scratch.hash(text, low..<low + 3))
    guard one.classes.contains(.surname), one.surnameBucket >= two.surnameBucket else { return nil }
    return low + 3
  }

  /// Whether a string that was a name elsewhere is one where it stands: not a part of other words.
  func stands(
    _ text: Span<UInt8>, _ range: Range<Int>, letters: Int, using scratch: inout NameScratch
  ) -> Bool {
    let before = Self.characterBefore(text, range.lowerBound)
    let after = range.upperBound < text.count ? range.upperBound : nil
    let first = decodeUTF8(text, at: range.lowerBound).codePoint
    if ScriptClass(first) == .hangul {
      if let before, ScriptClass(decodeUTF8(text, at: before).codePoint) == .hangul { return false }
      return endsHangulName(text, range.upperBound, using: &scratch)
    }
    switch ScriptClass(first) {
    case .unspaced: break
    case .hebrew, .arabic:
      return beginsWord(text, before, using: &scratch)
        && after.map { !isLetter(text, $0, using: &scratch) } ?? true
    default:
      if let before, isLetter(text, before, using: &scratch) { return false }
      guard let after else { return true }
      let end = Self.runEnd(text, after, text.count, of: .letterOrMark, &scratch.folding)
      return end == after || isParticle(text, after..<end, using: &scratch)
    }
    let last = decodeUTF8(text, at: Self.characterBefore(text, range.upperBound) ?? 0).codePoint
    let next = after.map { decodeUTF8(text, at: $0).codePoint } ?? 0
    if Self.isKatakana(last), Self.isKatakana(next) { return false }
    let previous = before.map { decodeUTF8(text, at: $0).codePoint } ?? 0
    if Self.isKatakana(first), Self.isKatakana(previous) { return false }
    if Self.isHiragana(first), Self.isHiragana(previous) { return false }
    if first < 0x2000 { return !Self.isThaiMark(next) }
    guard letters == 2, Self.isHan(first) else { return true }
    // "文静" in "英文静音".
    if let before, Self.isHan(previous),
      isWord(text, before..<range.lowerBound + 3, &scratch)
        || isWord(text, before..<range.upperBound, &scratch)
    {
      return false
    }
    guard let after, Self.isHan(next) else { return true }
    let isFamily =
      dictionary.entry(scratch.hash(text, range.lowerBound..<range.lowerBound + 3))
      .surnameBucket > 2
    let end = after + decodeUTF8(text, at: after).count
    return !isWord(text, range.lowerBound..<end, &scratch)
      && (isFamily || !isWord(text, range.upperBound - 3..<end, &scratch))
  }

  /// Whether a word begins behind a character, or behind it as one letter that is joined to it.
  private func beginsWord(
    _ text: Span<UInt8>, _ before: Int?, using scratch: inout NameScratch
  ) -> Bool {
    guard let before, isLetter(text, before, using: &scratch) else { return true }
    guard Self.isJoinedBefore(decodeUTF8(text, at: before).codePoint) else { return false }
    return Self.characterBefore(text, before).map { !isLetter(text, $0, using: &scratch) } ?? true
  }

  /// Whether a range is an entry that is a frequent word.
  private func isWord(
    _ text: Span<UInt8>, _ range: Range<Int>, _ scratch: inout NameScratch
  ) -> Bool {
    let entry = dictionary.entry(scratch.hash(text, range))
    return entry.commonBucket > max(2, entry.nameBucket)
  }

  /// Whether nothing, particles or a form of address stand between an offset and the end of a
  /// Korean word; names that end in a consonant take an "이" before them.
  private func endsHangulName(
    _ text: Span<UInt8>, _ start: Int, using scratch: inout NameScratch
  ) -> Bool {
    var end = start
    while end + 2 < text.count, text[end] >= 0xEA, text[end] < 0xEE,
      ScriptClass(decodeUTF8(text, at: end).codePoint) == .hangul
    {
      end += 3
    }
    if end == start || isParticle(text, start..<end, using: &scratch) { return true }
    guard decodeUTF8(text, at: start).codePoint == 0xC774 else { return false }
    return end == start + 3 || isParticle(text, start + 3..<end, using: &scratch)
  }

  private static func isHiragana(_ codePoint: UInt32) -> Bool {
    codePoint >= 0x3041 && codePoint < 0x30A0
  }

  /// Where the character before an offset begins.
  static func characterBefore(_ text: Span<UInt8>, _ offset: Int) -> Int? {
    guard offset > 0 else { return nil }
    var index = offset - 1
    while index > 0, text[index] & 0xC0 == 0x80 { index -= 1 }
    return index
  }
}
