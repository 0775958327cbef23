internal import Text

/// Parts of names that no capital shows, or that stand apart: "Ji-woo", "Dr. von Hohenberg",
/// "Rosalind "Roz" Feinberg".
extension NameScanner {
  /// Makes one word of a capitalised one and what a hyphen joins to it in small letters, where
  /// together they are a given name that is known: Korean and Chinese syllables.
  ///
  /// - Complexity: O(words).
  func joinHyphenated(_ text: Span<UInt8>, using scratch: inout NameScratch) {
    for index in scratch.tokens.indices {
      let range = scratch.tokens[index].range
      let end = range.upperBound
      guard end + 2 < text.count, text[end] == UInt8(ascii: "-"), text[end + 1] &- 97 < 26,
        range.count < 8, range.allSatisfy({ text[$0] < 0x80 })
      else { continue }
      var stop = end + 1
      while stop < text.count, text[stop] &- 97 < 26 { stop += 1 }
      guard stop - end < 8, stop == text.count || !Self.isWordByte(text[stop]) && text[stop] != 45
      else { continue }
      var hash = ByteHash()
      for byte in range { hash.combine(FoldTable.asciiFold(text[byte])) }
      for byte in end + 1..<stop { hash.combine(text[byte]) }
      let joined = hash.finalize()
      let entry = dictionary.entry(joined)
      guard entry.classes.contains(.given), entry.givenBucket > entry.commonBucket else { continue }
      scratch.tokens[index].range = range.lowerBound..<stop
      scratch.tokens[index].hash = joined
      scratch.tokens[index].shape = .title
    }
  }

  /// Makes one word of what an apostrophe cuts in two in Ukrainian and Belarusian: "Мар'яна",
  /// "В’ячеслав".
  ///
  /// - Complexity: O(words).
  func joinApostrophes(_ text: Span<UInt8>, using scratch: inout NameScratch) {
    var kept = 0
    var index = 0
    while index < scratch.tokens.count {
      var token = scratch.tokens[index]
      index += 1
      if let stop = Self.endBehindApostrophe(text, token.range) {
        var bytes: [UInt8] = []
        for place in token.range { bytes.append(text[place]) }
        bytes.append(39)
        let second = token.range.upperBound + (text[token.range.upperBound] == 39 ? 1 : 3)
        for place in second..<stop { bytes.append(text[place]) }
        token.hash = scratch.hash(bytes.span, bytes.indices)
        token.range = token.range.lowerBound..<stop
        if token.shape == .initial { token.shape = text[second] == 0xD1 ? .title : .upper }
        if index < scratch.tokens.count, scratch.tokens[index].range.lowerBound == second {
          index += 1
        }
      }
      scratch.tokens[kept] = token
      kept += 1
    }
    scratch.tokens.removeSubrange(kept...)
  }

  /// Where a word of Cyrillic letters ends that goes on behind an apostrophe with one of the vowels
  /// which that is written before: я, ю, є, ї.
  private static func endBehindApostrophe(_ text: Span<UInt8>, _ word: Range<Int>) -> Int? {
    var index = word.upperBound
    guard index < text.count, text[index - 1] >= 0x80, text[index - 2] | 1 == 0xD1 else {
      return nil
    }
    if text[index] == 39 {
      index += 1
    } else if index + 2 < text.count, text[index] == 0xE2, text[index + 1] == 0x80,
      text[index + 2] == 0x99
    {
      index += 3
    } else {
      return nil
    }
    guard index + 1 < text.count else { return nil }
    switch (text[index], text[index + 1]) {
    case (0xD1, 0x8F), (0xD1, 0x8E), (0xD1, 0x94), (0xD1, 0x97), (0xD0, 0xAF), (0xD0, 0xAE),
      (0xD0, 0x84), (0xD0, 0x87):
      break
    default: return nil
    }
    while index + 1 < text.count, text[index] &- 0xD0 < 4 { index += 2 }
    return index
  }

  /// Makes one word of an abbreviation that begins names of places and the word behind it: "St.
  /// Louis", "Mt. Rainier", "Jill St. John"; not of the end of a street: "on Main St. Louis said".
  ///
  /// - Complexity: O(words).
  func joinSaints(_ text: Span<UInt8>, using scratch: inout NameScratch) {
    var kept = 0
    var index = 0
    while index < scratch.tokens.count {
      var token = scratch.tokens[index]
      index += 1
      let last = kept > 0 ? scratch.tokens[kept - 1] : nil
      if index < scratch.tokens.count,
        let joined = saint(text, token, scratch.tokens[index], behind: last, using: &scratch)
      {
        token = joined
        index += 1
      }
      scratch.tokens[kept] = token
      kept += 1
    }
    scratch.tokens.removeSubrange(kept...)
  }

  /// The one word that an abbreviation and the word behind it are; `nil` where they are two.
  private func saint(
    _ text: Span<UInt8>, _ token: NameToken, _ next: NameToken, behind last: NameToken?,
    using scratch: inout NameScratch
  ) -> NameToken? {
    let end = token.range.upperBound
    guard token.range.count <= 3, token.shape == .title, next.range.lowerBound == end + 2,
      text[end] == UInt8(ascii: "."), text[end + 1] == 32, next.shape == .title,
      !token.entry.classes.meets(.titleOrName)
    else { return nil }
    if let last, last.range.upperBound + 1 == token.range.lowerBound,
      !last.entry.classes.contains(.given)
    {
      return nil
    }
    let short = dictionary.entry(scratch.hash(text, token.range.lowerBound..<end + 1))
    guard short.classes.contains(.phraseHead) else { return nil }
    let range = token.range.lowerBound..<next.range.upperBound
    let hash = scratch.hash(text, range)
    var joined = NameToken(range: range, shape: .title, hash: hash, entry: next.entry)
    let whole = dictionary.entry(hash)
    if whole.classes.meets(.entity) {
      joined.entry = whole
      if next.entry.classes.meets(.name) { joined.entry.classes.formUnion(.surname) }
    }
    joined.gap = token.gap
    return joined
  }

  /// What stands before a name, looked for before its particles if nothing announces it behind
  /// them: "Frau Dr. von Hohenberg". Also where the name then begins.
  ///
  /// - Complexity: O(1).
  func cueBeforeName(
    _ text: Span<UInt8>, _ start: Int, using scratch: inout NameScratch
  ) -> (cue: CueBefore, start: Int) {
    let cue = cueBefore(text, start, using: &scratch)
    guard !cue.kinds.meets(.certain), !cue.hasPunctuation, !cue.hasNewline else {
      return (cue, start)
    }
    var first = start
    for _ in 0..<3 {
      guard first > 1, text[first - 1] == 32, text[first - 2] &- 97 < 26 else { break }
      var low = first - 1
      while low > 0, text[low - 1] &- 97 < 26, first - low < 7 { low -= 1 }
      guard low == 0 || !Self.isWordByte(text[low - 1]) else { break }
      let hash = scratch.hash(text, low..<first - 1)
      guard cues.particles.mayContain(hash), dictionary.entry(hash).classes.contains(.particle)
      else {
        break
      }
      first = low
    }
    guard first < start else { return (cue, start) }
    let earlier = cueBefore(text, first, using: &scratch)
    return earlier.kinds.meets(.certain) ? (earlier, first) : (cue, start)
  }

  /// Appends the last word of a chain if a hyphen joins a form of address to it: "Hana-chan".
  func appendHonoured(
    _ words: ArraySlice<NameToken>, _ text: Span<UInt8>, from first: Int,
    using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) {
    guard let last = words.last, last.shape == .title else { return }
    let end = last.range.upperBound
    guard end + 2 < text.count, text[end] == UInt8(ascii: "-"), text[end + 1] &- 97 < 26 else {
      return
    }
    var stop = end + 1
    while stop < text.count, Self.isWordByte(text[stop]) { stop += 1 }
    let hash = scratch.hash(text, end + 1..<stop)
    guard cues.kindsOfOneWord(hash).contains(.honorificAfter),
      !mentions[first...].contains(where: { $0.range.upperBound == end })
    else { return }
    mentions.append(
      NameMention(range: last.range, kind: .person, reason: .honorific, score: 0.8))
  }

  /// Makes one mention of two people's names with but a nickname in quotes or brackets between, or
  /// a dot at half height: "约翰·史密斯".
  ///
  /// - Complexity: O(mentions).
  func joinNicknames(
    _ text: Span<UInt8>, from first: Int, into mentions: inout [NameMention]
  ) {
    guard mentions.count > first + 1 else { return }
    var kept = first
    for index in first + 1..<mentions.count {
      let (last, next) = (mentions[kept], mentions[index])
      if last.kind == .person, next.kind == .person,
        Self.isNickname(text, last.range.upperBound, next.range.lowerBound)
          || Self.isHalfHighDot(text, last.range.upperBound, next.range.lowerBound)
      {
        mentions[kept].range = last.range.lowerBound..<next.range.upperBound
        mentions[kept].score = max(last.score, next.score)
      } else if kept > first, next.kind == .person, mentions[kept - 1].kind == .person,
        Self.isNickname(text, mentions[kept - 1].range.upperBound, next.range.lowerBound)
      {
        // The nickname by itself was taken for a name.
        kept -= 1
        mentions[kept].range = mentions[kept].range.lowerBound..<next.range.upperBound
        mentions[kept].score = max(mentions[kept].score, next.score)
      } else {
        kept += 1
        mentions[kept] = next
      }
    }
    mentions.removeLast(mentions.count - kept - 1)
  }

  /// Whether but one of ·, ‧ and ・ stands between: Chinese and Japanese part foreign names so.
  private static func isHalfHighDot(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    switch end - start {
    case 2: text[start] == 0xC2 && text[start + 1] == 0xB7
    case 3:
      text[start] == 0xE2 && text[start + 1] == 0x80 && text[start + 2] == 0xA7
        || text[start] == 0xE3 && text[start + 1] == 0x83 && text[start + 2] == 0xBB
    default: false
    }
  }

  /// Whether a blank, a short word in quotes or brackets with a capital, and a blank stand between.
  private static func isNickname(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard end - start > 5, end - start < 24, text[start] == 32, text[end - 1] == 32 else {
      return false
    }
    var letters = 0
    for index in start + 1..<end - 1 {
      let byte = text[index]
      if (byte | 0x20) &- 97 < 26 {
        if letters == 0, byte &- 65 >= 26 { return false }
        letters += 1
      } else if index > start + 4, index < end - 4, byte >= 0x80 {
        letters += 1
      } else if byte >= 0x80 || byte == 34 || byte == 39 || byte == 40 || byte == 41 {
        continue
      } else {
        return false
      }
    }
    let (low, high) = (text[start + 1], text[end - 2])
    let isOpen = low == 34 || low == 39 || low == 40 || low == 0xE2
    return isOpen && letters > 1 && (high == 34 || high == 39 || high == 41 || high >= 0x80)
  }
}
