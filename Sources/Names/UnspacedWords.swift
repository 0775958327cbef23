internal import Text

/// Chinese, Japanese, Thai and other text without blanks between words. It is cut by the longest
/// entry of the dictionary at each place ("maximum matching", Wong and Chan 1996), with the forms
/// of Chinese names tried before.
extension NameScanner {
  private static let entryMax = 10

  /// Appends the words of a run that may be names.
  ///
  /// - Complexity: O(characters × 10).
  func visitUnspaced(
    _ text: Span<UInt8>, _ run: Range<Int>, using scratch: inout NameScratch
  ) {
    let start = plainEnd(text, run, scratch)
    if start == run.upperBound { return }
    cutCharacters(text, start..<run.upperBound, using: &scratch)
    let count = scratch.characters.count - 1
    if start == scratch.surnameStart, isThaiSurname(text, run, using: &scratch) {
      add(text, 0, count, WordEntry(classes: .surname, bucket: 3), using: &scratch)
      return
    }
    var index = 0
    // Whether the word before says that a name follows. A plain word does not.
    var isAnnounced = start == run.lowerBound && isAnnounced(text, start, using: &scratch)
    while index < count {
      let pair = PlainPairs.key(
        scratch.characters[index].codePoint, scratch.characters[index + 1].codePoint)
      if let pair, case let length = scratch.plainPairs.length(pair), length > 0 {
        index += length
        isAnnounced = false
        continue
      }
      if let length = foreignNames(text, index, using: &scratch) {
        index += length
        isAnnounced = false
        continue
      }
      let (length, entry) = longestEntry(index, using: &scratch)
      if let pair, isPlain(index, length, entry, scratch),
        !(length > 0 && announces(index, length, entry, using: &scratch))
      {
        scratch.plainPairs.insert(pair, length: max(1, length))
      }
      let (nameLength, name) = hanName(
        text, index, longest: length, entry, isAnnounced: isAnnounced, using: &scratch)
      if nameLength > 0, isAnnounced || !isCut(index, nameLength, using: &scratch) {
        add(text, index, nameLength, name, using: &scratch)
        index += nameLength
        isAnnounced = false
        continue
      }
      if length > 1, isNameOfItsOwn(entry, text, index, length, scratch),
        !(Self.isHan(scratch.characters[index].codePoint)
          && !entry.classes.meets(.placeOrOrganization) && namesAPlace(index, length, scratch)),
        isAnnounced || entry.classes.contains(.person) || entry.classes.meets(.placeOrOrganization)
          || !isCut(index, length, using: &scratch)
      {
        add(text, index, length, entry, using: &scratch)
      } else if length < 3, let foreign = transliteratedName(index, using: &scratch) {
        add(text, index, foreign, WordEntry(classes: .surname, bucket: 2), using: &scratch)
        index += foreign
        isAnnounced = false
        continue
      } else if isAnnounced, length < 3, length < 2 || entry.commonBucket < 4,
        let unknown = thaiName(text, index, using: &scratch)
      {
        add(text, index, unknown, .unknown, using: &scratch)
        index += unknown
        isAnnounced = false
        continue
      }
      let next = index + max(1, length)
      isAnnounced =
        length > 0 && next < count
        && (length > 1 || Self.isThai(scratch.characters[next].codePoint))
        && announces(index, length, entry, using: &scratch)
      index = next
    }
    expectThaiSurname(run, using: &scratch)
  }

  /// Where the words end at the beginning of a run that are remembered to be plain.
  private func plainEnd(
    _ text: Span<UInt8>, _ run: Range<Int>, _ scratch: borrowing NameScratch
  ) -> Int {
    var index = run.lowerBound
    // Every one of these characters has three bytes.
    while index &+ 6 <= run.upperBound, text[index] >= 0xE3, text[index] < 0xF0 {
      let (first, size) = decodeUTF8(text, at: index)
      guard let pair = PlainPairs.key(first, decodeUTF8(text, at: index &+ size).codePoint),
        case let length = scratch.plainPairs.length(pair), length > 0
      else { break }
      index &+= 3 &* length
    }
    // One character at the end of a run is no name.
    let isLast = index > run.lowerBound && index &+ 3 == run.upperBound
    return isLast && PlainPairs.isOne(decodeUTF8(text, at: index).codePoint)
      ? run.upperBound : index
  }

  /// Whether what stands at a character, an ideograph or Hiragana, before another, is a word and
  /// nothing else, whatever follows: no name, no beginning of a longer entry, no family name.
  /// Nothing else may decide, for what is remembered must not depend on the text it was met in.
  private func isPlain(
    _ index: Int, _ length: Int, _ entry: WordEntry, _ scratch: borrowing NameScratch
  ) -> Bool {
    let (one, two) = (scratch.firstOne, scratch.firstTwo)
    if two.classes.contains(.phraseHead) || length > 2 { return false }
    if length == 2, entry.classes.meets(.entity) { return false }
    // Rare family names count where a name is announced.
    if one.classes.contains(.surname) { return false }
    if length < 3, Self.isTransliterating(scratch.characters[index].codePoint),
      Self.isTransliterating(scratch.characters[index + 1].codePoint)
    {
      return false
    }
    return !two.classes.contains(.surname)
  }

  /// Notes that a surname may follow: a Thai given name ends a run.
  private func expectThaiSurname(_ run: Range<Int>, using scratch: inout NameScratch) {
    let count = scratch.characters.count - 1
    guard count > 0, Self.isThai(scratch.characters[count - 1].codePoint),
      let last = scratch.tokens.last, last.range.upperBound == run.upperBound,
      last.entry.classes.contains(.given),
      last.entry.givenBucket >= max(2, last.entry.commonBucket)
    else { return }
    scratch.surnameStart = run.upperBound + 1
  }

  /// Whether a run is a Thai surname behind a given name: short, with nothing joined to it, and
  /// neither a word nor begun by one of the most frequent. Surnames are made of words, and each
  /// family has its own, so no list has them.
  private func isThaiSurname(
    _ text: Span<UInt8>, _ run: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    let count = scratch.characters.count - 1
    guard count > 3, count < 20, text[run.lowerBound - 1] == 32,
      Self.isThai(scratch.characters[0].codePoint), endsRun(text, run.upperBound)
    else { return false }
    let letters = scratch.characters[..<count].count { !Self.isThaiMark($0.codePoint) }
    guard letters < 14 else { return false }
    let (length, entry) = longestEntry(0, using: &scratch)
    if length == count {
      return entry.classes.meets(.name) && entry.nameBucket >= entry.commonBucket
    }
    return entry.commonBucket < 7 && !cues.canEnd(scratch.hashOfCharacters(0..<length))
  }

  /// Whether what stands before the run that was cut last says that a name begins it.
  private func isAnnounced(
    _ text: Span<UInt8>, _ start: Int, using scratch: inout NameScratch
  ) -> Bool {
    guard start > 0 else { return false }
    return Self.isThai(scratch.characters[0].codePoint)
      ? cueBefore(text, start, using: &scratch).kinds.meets(.naming)
      : continuesList(text, start, scratch)
  }

  /// Whether a run stands behind a name and the comma of lists, "、".
  private func continuesList(
    _ text: Span<UInt8>, _ start: Int, _ scratch: borrowing NameScratch
  ) -> Bool {
    guard start > 3, text[start - 3] == 0xE3, text[start - 2] == 0x80, text[start - 1] == 0x81,
      let last = scratch.tokens.last
    else { return false }
    return last.range.upperBound == start - 3 && last.entry.classes.meets(.name)
  }

  private static func isThai(_ codePoint: UInt32) -> Bool {
    codePoint >= 0xE01 && codePoint < 0xE80
  }

  /// The name at the beginning of a run that a phrase announces, `nil` when a word begins there.
  ///
  /// - Parameters:
  ///   - run: at most as many characters as a name has.
  ///   - isStrong: whether the phrase is hardly ever said of anything but names: then what is
  ///     unknown is a name up to the next frequent word. Else there must be a known name, or one of
  ///     Chinese form.
  func unspacedName(
    _ text: Span<UInt8>, _ run: Range<Int>, isStrong: Bool, using scratch: inout NameScratch
  ) -> Range<Int>? {
    cutCharacters(text, run, using: &scratch)
    let count = scratch.characters.count - 1
    let (length, entry) = longestEntry(0, using: &scratch)
    if length > 1, entry.commonBucket > max(3, entry.nameBucket) {
      // "我叫高兴。": a usual family name, and nothing else stands there.
      let isAll =
        length == count && count < 4 && isStrong
        && scratch.characters[0].single.entry.surnameBucket > 4 && endsRun(text, run.upperBound)
      return isAll ? run : nil
    }
    var end = 0
    if length > 1, entry.classes.meets(.name) {
      end = length
    } else {
      end = hanName(text, 0, longest: length, entry, using: &scratch).0
    }
    if isStrong {
      // A family name alone, or the beginning of a longer one, is not all.
      end = max(end, 1)
      while end < count, !beginsWord(end, using: &scratch) { end += 1 }
      while end < count, Self.isThaiMark(scratch.characters[end].codePoint) { end += 1 }
    }
    return end > 1 ? run.lowerBound..<scratch.characters[end].start : nil
  }

  private func endsRun(_ text: Span<UInt8>, _ end: Int) -> Bool {
    end == text.count || text[end] < 0x80
      || ScriptClass(decodeUTF8(text, at: end).codePoint) != .unspaced
  }

  /// The longest name with which a run of ideographs ends: a known one, one of Chinese form, or a
  /// family name; a run with kana in it is one as it is.
  ///
  /// - Parameter run: at most four characters.
  func hanName(
    endingWith run: Range<Int>, _ text: Span<UInt8>, using scratch: inout NameScratch
  ) -> Range<Int>? {
    cutCharacters(text, run, using: &scratch)
    let count = scratch.characters.count - 1
    guard scratch.characters[..<count].allSatisfy({ Self.isHan($0.codePoint) }) else { return run }
    for first in 0..<count {
      let range = scratch.characters[first].start..<run.upperBound
      if count - first == 1 {
        return scratch.characters[first].single.entry.surnameBucket > 2 ? range : nil
      }
      let (length, entry) = longestEntry(first, using: &scratch)
      if length == count - first, entry.classes.meets(.name),
        entry.nameBucket >= entry.commonBucket
      {
        return range
      }
      if hanName(text, first, longest: length, entry, using: &scratch).0 == count - first {
        return range
      }
      // A usual family name and what is no word: the honorific says the rest.
      if count - first < 4, scratch.characters[first].single.entry.surnameBucket > 4,
        length < 2 || entry.commonBucket == 0
      {
        return range
      }
    }
    return nil
  }

  /// Whether an entry of several characters may be a name: more often one than a word.
  private func isNameOfItsOwn(
    _ entry: WordEntry, _ text: Span<UInt8>, _ index: Int, _ length: Int,
    _ scratch: borrowing NameScratch
  ) -> Bool {
    guard entry.classes.meets(.entity) else { return false }
    let classes = entry.classes
    let first = scratch.characters[index].codePoint
    if classes.contains(.person) || first < 0x2000 { return true }
    // "30元之间", and two words of grammar: "了一".
    if followsDigit(text, index, scratch) || isGrammar(index, length, scratch) { return false }
    if classes.contains(.common), entry.commonBucket >= max(entry.nameBucket, entry.placeBucket) {
      return false
    }
    // Han that is hardly ever a name, and has not the form of one, which was tried before.
    return !classes.meets(.name) || classes.meets(.placeOrOrganization) || entry.nameBucket > 2
      || !Self.isHan(first)
  }

  func followsDigit(
    _ text: Span<UInt8>, _ index: Int, _ scratch: borrowing NameScratch
  ) -> Bool {
    let start = scratch.characters[index].start
    guard start > 0 else { return false }
    // Full-width digits are EF BC 90 to 99.
    return text[start - 1] &- 48 < 10
      || start > 2 && text[start - 1] &- 0x90 < 10 && text[start - 2] == 0xBC
        && text[start - 3] == 0xEF
  }

  /// Whether two characters are both frequent words by themselves.
  private func isGrammar(
    _ index: Int, _ length: Int, _ scratch: borrowing NameScratch
  ) -> Bool {
    guard length == 2 else { return false }
    return scratch.characters[index].single.entry.commonBucket > 5
      && scratch.characters[index + 1].single.entry.commonBucket > 5
  }

  private func announces(
    _ index: Int, _ length: Int, _ entry: WordEntry,
    using scratch: inout NameScratch
  ) -> Bool {
    if entry.classes.contains(.title) { return true }
    return cues.kindsOfOneWord(scratch.hashOfCharacters(index..<index + length)).meets(.naming)
  }

  /// The length of an unknown Thai name at a character: what is left of the run when that is short,
  /// else up to the next frequent word.
  private func thaiName(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> Int? {
    let count = scratch.characters.count - 1
    guard scratch.characters[index].codePoint >= 0xE01, scratch.characters[index].codePoint < 0x1000
    else { return nil }
    var end = index
    while end < count, end - index < 16 {
      if end > index + 2, !Self.isThaiMark(scratch.characters[end].codePoint) {
        let (length, entry) = longestEntry(end, using: &scratch)
        if length > 2, entry.commonBucket > 3, count - index > 12 { break }
      }
      end += 1
    }
    return end - index > 2 ? end - index : nil
  }

  private func add(
    _ text: Span<UInt8>, _ index: Int, _ length: Int, _ entry: WordEntry,
    using scratch: inout NameScratch
  ) {
    let range = scratch.characters[index].start..<scratch.characters[index + length].start
    append(
      text, range, scratch.hashOfCharacters(index..<index + length), entry, using: &scratch)
  }

  /// Puts the characters of a run into the scratch, folded, with what each is, and asks for what
  /// the dictionary has on each two.
  func cutCharacters(
    _ text: Span<UInt8>, _ run: Range<Int>, using scratch: inout NameScratch
  ) {
    scratch.characters.removeAll(keepingCapacity: true)
    scratch.longFolds.removeAll(keepingCapacity: true)
    var index = run.lowerBound
    while index < run.upperBound {
      let (codePoint, count) = decodeUTF8(text, at: index)
      if codePoint &- IdeographEntries.first < IdeographEntries.count {
        // A unified ideograph is folded to itself.
        let bytes =
          UInt64(text[index]) | UInt64(text[index + 1]) << 8 | UInt64(text[index + 2]) << 16
        let single = scratch.ideographs.entry(codePoint) {
          let hash = ByteHash.of(bytes, count: 3)
          return SingleEntry(dictionary.entry(hash), isCue: !cues.kindsOfOneWord(hash).isEmpty)
        }
        scratch.characters.append(
          UnspacedCharacter(
            codePoint: codePoint, foldedCount: 3, start: index, folded: bytes, single: single))
      } else {
        scratch.appendFolded(codePoint, at: index) { hash, entries in
          SingleEntry(
            entries.entry(hash, in: dictionary), isCue: !cues.kindsOfOneWord(hash).isEmpty)
        }
      }
      index += count
    }
    hashPairs(using: &scratch)
    // Where the last one ends.
    scratch.characters.append(
      UnspacedCharacter(
        codePoint: 0, foldedCount: 0, start: index, folded: 0,
        single: SingleEntry(.unknown, isCue: false)))
  }

  private func hashPairs(using scratch: inout NameScratch) {
    var index = 0
    while index + 1 < scratch.characters.count {
      let (first, second) = (scratch.characters[index], scratch.characters[index + 1])
      let two =
        first.foldedCount == 3 && second.foldedCount == 3
        ? ByteHash.of(first.folded | second.folded << 24, count: 6)
        : scratch.hashOfCharacters(index..<index + 2)
      if scratch.entries.known(two) == nil { dictionary.prefetch(two) }
      scratch.characters[index].two = two
      index += 1
    }
  }

  /// The longest entry that begins at a character, and its length in characters. What one and two
  /// characters are by themselves is left in the scratch.
  ///
  /// - Complexity: one look-up, and more only where the dictionary has longer entries that begin so
  ///   (`DictionaryBuilder` marks them at two, four and eight characters).
  func longestEntry(
    _ index: Int, using scratch: inout NameScratch
  ) -> (length: Int, entry: WordEntry) {
    let count = scratch.characters.count - 1
    var best = (length: 0, entry: WordEntry.unknown)
    let isThai = scratch.characters[index].codePoint < 0x2000
    let limit = min(count, index + (isThai ? 2 * Self.entryMax : Self.entryMax))
    let single = scratch.characters[index].single
    scratch.firstOne = single.entry
    scratch.firstTwo = .unknown
    // A Thai word does not end before a vowel sign or tone mark.
    if !isThai || index + 1 == count
      || !Self.isThaiMark(scratch.characters[index + 1].codePoint)
    {
      if single.entry.classes.meets(.notOnlyHead) {
        best = (1, single.entry)
      } else if single.isCue {
        best = (1, Self.cueWord)
      }
    }
    var end = index + 1
    while end < limit {
      end += 1
      let length = end - index
      let value =
        length == 2 ? scratch.characters[index].two : scratch.hashOfCharacters(index..<end)
      let entry =
        length == 2 ? scratch.entries.entry(value, in: dictionary) : dictionary.entry(value)
      if length == 2 { scratch.firstTwo = entry }
      if !isThai || end == count || !Self.isThaiMark(scratch.characters[end].codePoint) {
        if entry.classes.meets(.notOnlyHead) {
          best = (length, entry)
        } else if !cues.kindsOfOneWord(value).isEmpty {
          best = (length, Self.cueWord)
        }
      }
      if length == 2 || length == 4 || length == 8, !entry.classes.contains(.phraseHead) { break }
    }
    return best
  }

  private static let cueWord = WordEntry(classes: .common, bucket: 7)

  static func isThaiMark(_ codePoint: UInt32) -> Bool {
    switch codePoint {
    case 0xE31, 0xE34...0xE3A, 0xE47...0xE4E, 0xEB1, 0xEB4...0xEBC, 0xEC8...0xECD, 0xE30, 0xE32,
      0xE33,
      0xE45:
      true
    default: false
    }
  }

  /// Adds the name with dots, or the names in Katakana, at a character; how long they are.
  private func foreignNames(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> Int? {
    guard let length = foreignName(text, index, using: &scratch) else {
      return katakanaNames(text, index, using: &scratch)
    }
    add(text, index, length, WordEntry(classes: [.given, .surname], bucket: 3), using: &scratch)
    return length
  }

  /// The length of a foreign name, its parts joined by dots, that begins at a character.
  private func foreignName(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> Int? {
    let count = scratch.characters.count - 1
    guard index == 0 || !Self.isForeign(scratch.characters[index - 1].codePoint) else { return nil }
    guard Self.isForeign(scratch.characters[index].codePoint) else { return nil }
    var end = index
    var dots = 0
    var part = 0
    while end < count {
      guard end - index < 60 else { return nil }
      let codePoint = scratch.characters[end].codePoint
      if Self.isDot(codePoint) {
        guard part > 0, part < 9 else { return nil }
        dots += 1
        part = 0
      } else if Self.isForeign(codePoint) {
        part += 1
      } else {
        break
      }
      end += 1
    }
    return dots > 0 && part > 0 && part < 9 ? end - index : nil
  }

  /// Adds the names that a run of Katakana is made of, when it is made of nothing else: in
  /// "クライアント" there is no Ian. The length of the run, `nil` where none begins.
  private func katakanaNames(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> Int? {
    guard Self.isKatakana(scratch.characters[index].codePoint) else { return nil }
    let count = scratch.characters.count - 1
    var runEnd = index + 1
    while runEnd < count, Self.isKatakana(scratch.characters[runEnd].codePoint) { runEnd += 1 }
    var end = index
    while end < runEnd {
      guard let (length, _) = katakanaName(text, end, using: &scratch) else {
        return runEnd - index
      }
      end += length
    }
    var start = index
    while start < end, let (length, entry) = katakanaName(text, start, using: &scratch) {
      add(text, start, length, entry, using: &scratch)
      start += length
    }
    return end - index
  }

  /// The name or title that begins at a character.
  private func katakanaName(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> (Int, WordEntry)? {
    let (length, entry) = longestEntry(index, using: &scratch)
    guard length > 1,
      entry.classes.contains(.title) || isNameOfItsOwn(entry, text, index, length, scratch)
    else { return nil }
    return (length, entry)
  }

  static func isKatakana(_ codePoint: UInt32) -> Bool {
    codePoint >= 0x30A1 && codePoint <= 0x30FE && codePoint != 0x30FB
  }

  private static func isDot(_ codePoint: UInt32) -> Bool {
    codePoint == 0xB7 || codePoint == 0x30FB || codePoint == 0x2022
  }

  /// Katakana, in which Japanese writes foreign names.
  private static func isForeign(_ codePoint: UInt32) -> Bool {
    codePoint >= 0x30A1 && codePoint <= 0x30FC
  }

  static func isHan(_ codePoint: UInt32) -> Bool {
    codePoint >= 0x3400 && codePoint < 0xA000 || codePoint >= 0x20000
  }
}
