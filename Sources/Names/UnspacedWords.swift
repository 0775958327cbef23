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
    cutCharacters(text, run, using: &scratch)
    let count = scratch.bounds.count - 1
    var index = 0
    // Whether the word before says that a name follows.
    var isAnnounced =
      run.lowerBound > 0
      && cueBefore(text, run.lowerBound, using: &scratch).kinds.meets(.naming)
    while index < count {
      if let length = foreignName(text, index, using: &scratch) {
        add(
          text, index, length, WordEntry(classes: [.given, .surname], bucket: 3), using: &scratch)
        index += length
        isAnnounced = false
        continue
      }
      let (length, entry) = longestEntry(text, index, using: &scratch)
      let (nameLength, name) = hanName(text, index, longest: length, entry, using: &scratch)
      if nameLength > 0 {
        add(text, index, nameLength, name, using: &scratch)
        index += nameLength
        isAnnounced = false
        continue
      }
      // One character is a name only together with others.
      if length > 1, entry.classes.meets(.entity) {
        add(text, index, length, entry, using: &scratch)
      } else if isAnnounced, length < 3, let unknown = thaiName(text, index, using: &scratch) {
        add(text, index, unknown, .unknown, using: &scratch)
        index += unknown
        isAnnounced = false
        continue
      }
      isAnnounced = length > 0 && announces(text, index, length, entry, using: &scratch)
      index += max(1, length)
    }
  }

  private func announces(
    _ text: Span<UInt8>, _ index: Int, _ length: Int, _ entry: WordEntry,
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
    let count = scratch.codePoints.count
    guard scratch.codePoints[index] >= 0xE01, scratch.codePoints[index] < 0x1000 else { return nil }
    var end = index
    while end < count, end - index < 16 {
      if end > index + 2, !Self.isThaiMark(scratch.codePoints[end]) {
        let (length, entry) = longestEntry(text, end, using: &scratch)
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
    let range = scratch.bounds[index]..<scratch.bounds[index + length]
    append(
      text, range, scratch.hashOfCharacters(index..<index + length), entry, using: &scratch)
  }

  /// Puts the characters of a run into the scratch, folded, and asks for what the dictionary has on
  /// each of them and each two.
  private func cutCharacters(
    _ text: Span<UInt8>, _ run: Range<Int>, using scratch: inout NameScratch
  ) {
    scratch.bounds.removeAll(keepingCapacity: true)
    scratch.codePoints.removeAll(keepingCapacity: true)
    scratch.foldedRun.removeAll(keepingCapacity: true)
    scratch.foldedBounds.removeAll(keepingCapacity: true)
    scratch.ones.removeAll(keepingCapacity: true)
    scratch.twos.removeAll(keepingCapacity: true)
    var index = run.lowerBound
    while index < run.upperBound {
      let (codePoint, count) = decodeUTF8(text, at: index)
      scratch.bounds.append(index)
      scratch.codePoints.append(codePoint)
      scratch.foldedBounds.append(scratch.foldedRun.count)
      scratch.folding.fold(codePoint, into: &scratch.foldedRun)
      index += count
    }
    scratch.bounds.append(run.upperBound)
    scratch.foldedBounds.append(scratch.foldedRun.count)
    let count = scratch.codePoints.count
    for index in 0..<count {
      let one = scratch.hashOfCharacters(index..<index + 1)
      let two = index + 1 < count ? scratch.hashOfCharacters(index..<index + 2) : one
      dictionary.prefetch(one)
      dictionary.prefetch(two)
      scratch.ones.append(one)
      scratch.twos.append(two)
    }
  }

  /// The longest entry that begins at a character, and its length in characters. What one and two
  /// characters are by themselves is left in the scratch.
  ///
  /// - Complexity: two look-ups, and more only where the dictionary has longer entries that begin
  /// so
  ///   (`DictionaryBuilder` marks them at two, four and eight characters).
  private func longestEntry(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> (length: Int, entry: WordEntry) {
    let count = scratch.bounds.count - 1
    var best = (length: 0, entry: WordEntry.unknown)
    let isThai = scratch.codePoints[index] < 0x2000
    let limit = min(count, index + (isThai ? 2 * Self.entryMax : Self.entryMax))
    scratch.firstTwo = .unknown
    var end = index
    while end < limit {
      end += 1
      let length = end - index
      let value =
        length == 1
        ? scratch.ones[index]
        : length == 2 ? scratch.twos[index] : scratch.hashOfCharacters(index..<end)
      let entry = dictionary.entry(value)
      if length == 1 { scratch.firstOne = entry }
      if length == 2 { scratch.firstTwo = entry }
      // A Thai word does not end before a vowel sign or tone mark.
      if !isThai || end == count || !Self.isThaiMark(scratch.codePoints[end]) {
        if entry.classes.meets(.notOnlyHead) {
          best = (length, entry)
        } else if !cues.kindsOfOneWord(value).isEmpty {
          best = (length, WordEntry(classes: .common, bucket: 7))
        }
      }
      if length == 2 || length == 4 || length == 8, !entry.classes.contains(.phraseHead) { break }
    }
    return best
  }

  private static func isThaiMark(_ codePoint: UInt32) -> Bool {
    switch codePoint {
    case 0xE31, 0xE34...0xE3A, 0xE47...0xE4E, 0xEB1, 0xEB4...0xEBC, 0xEC8...0xECD, 0xE30, 0xE32,
      0xE33,
      0xE45:
      true
    default: false
    }
  }

  /// The length of a name in Chinese form at a character (a family name and one or two characters
  /// that are usual in given names), 0 when there is none or the words of the dictionary go before.
  private func hanName(
    _ text: Span<UInt8>, _ index: Int, longest: Int, _ word: WordEntry,
    using scratch: inout NameScratch
  ) -> (Int, WordEntry) {
    guard Self.isHan(scratch.codePoints[index]) else { return (0, .unknown) }
    let count = scratch.bounds.count - 1
    let families = (one: scratch.firstOne, two: scratch.firstTwo)
    for familyLength in [2, 1] where index + familyLength < count {
      let family = familyLength == 2 ? families.two : families.one
      guard family.classes.contains(.surname), family.surnameBucket > 1 || familyLength == 2 else {
        continue
      }
      let isRareWord = word.classes.contains(.common) && word.commonBucket < 2
      if longest > familyLength, !word.classes.meets(.entity), !isRareWord { continue }
      let start = index + familyLength
      guard let first = givenCharacter(text, start, using: &scratch) else { continue }
      var length = 1
      var bucket = min(family.surnameBucket, first)
      if start + 1 < count, let second = givenCharacter(text, start + 1, using: &scratch),
        !beginsWord(text, start + 1, using: &scratch)
      {
        length = 2
        bucket = min(family.surnameBucket, max(first, second))
      }
      let pair = length == 2 ? entry(text, start, 2, using: &scratch) : .unknown
      if pair != .unknown, !pair.classes.meets(.entity) {
        // "王伟时间": the pair is a word of its own, the name ends before or is none.
        continue
      }
      if familyLength + length < longest { continue }
      var name = WordEntry(classes: [.given, .surname], bucket: max(1, bucket))
      // "和" and "时" are words first.
      if familyLength == 1, family.commonBucket > 3 {
        name.merge(WordEntry(classes: .common, bucket: family.commonBucket))
      }
      return (familyLength + length, name)
    }
    return (0, .unknown)
  }

  private func entry(
    _ text: Span<UInt8>, _ index: Int, _ length: Int, using scratch: inout NameScratch
  ) -> WordEntry {
    dictionary.entry(
      length == 1 ? scratch.ones[index] : scratch.hashOfCharacters(index..<index + length))
  }

  /// How usual a character is in given names, `nil` when it is not, or is a word of grammar.
  private func givenCharacter(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> Int? {
    let entry = entry(text, index, 1, using: &scratch)
    guard entry.classes.contains(.given), entry.commonBucket < 7 else { return nil }
    return entry.givenBucket
  }

  /// Whether a frequent word of two characters and more begins at a character: the name ends
  /// before.
  private func beginsWord(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> Bool {
    guard index + 1 < scratch.bounds.count - 1 else { return false }
    let (length, entry) = longestEntry(text, index, using: &scratch)
    return length > 1 && entry.commonBucket > 3
  }

  /// The length of a foreign name, its parts joined by dots, that begins at a character.
  private func foreignName(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> Int? {
    let count = scratch.codePoints.count
    guard index == 0 || !Self.isForeign(scratch.codePoints[index - 1]) else { return nil }
    guard Self.isForeign(scratch.codePoints[index]) else { return nil }
    var end = index
    var dots = 0
    var part = 0
    while end < count {
      let codePoint = scratch.codePoints[end]
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

  private static func isDot(_ codePoint: UInt32) -> Bool {
    codePoint == 0xB7 || codePoint == 0x30FB || codePoint == 0x2022
  }

  /// Katakana, in which Japanese writes foreign names.
  private static func isForeign(_ codePoint: UInt32) -> Bool {
    codePoint >= 0x30A1 && codePoint <= 0x30FC
  }

  private static func isHan(_ codePoint: UInt32) -> Bool {
    codePoint >= 0x3400 && codePoint < 0xA000 || codePoint >= 0x20000
  }
}
