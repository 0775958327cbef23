internal import Text

/// Names of Chinese form: a family name of one character or two, then one or two that are usual in
/// given names.
extension NameScanner {
  /// The length of a name in Chinese form at a character (a family name and one or two characters
  /// that are usual in given names), 0 when there is none or the words of the dictionary go before.
  ///
  /// - Parameters:
  ///   - index: that of the character.
  ///   - longest: the length of the longest entry there, which `word` is.
  ///   - isAnnounced: whether a title or the like stands right before, or names of a list: then
  ///     rare family names are some, too, and given names that are words.
  func hanName(
    _ text: Span<UInt8>, _ index: Int, longest: Int, _ word: WordEntry,
    isAnnounced: Bool = false, using scratch: inout NameScratch
  ) -> (Int, WordEntry) {
    guard Self.isHan(scratch.characters[index].codePoint) else { return (0, .unknown) }
    // "30元": a unit.
    if followsDigit(text, index, scratch) { return (0, .unknown) }
    let count = scratch.characters.count - 1
    let families = (one: scratch.firstOne, two: scratch.firstTwo)
    for familyLength in [2, 1] where index + familyLength < count {
      let family = familyLength == 2 ? families.two : families.one
      // Of single characters only those that are not rare; of two none that is rather a word.
      guard family.classes.contains(.surname),
        familyLength == 1
          ? isAnnounced || isFamily(family, text, index, using: &scratch)
          : family.commonBucket <= family.surnameBucket
            && (isAnnounced || !isCut(index, 2, using: &scratch))
      else { continue }
      let isRareWord = word.classes.contains(.common) && word.commonBucket < 2
      // The longer word goes before, unless it is rather a name.
      let isWord =
        !word.classes.meets(.entity)
        || word.classes.contains(.common)
          && word.commonBucket >= max(word.nameBucket, word.placeBucket)
      if longest > familyLength, isWord, !isRareWord { continue }
      let start = index + familyLength
      if let length = untoldLength(start, scratch) {
        return (familyLength + length, WordEntry(classes: [.given, .surname], bucket: 6))
      }
      guard let first = givenCharacter(start, using: &scratch) else { continue }
      var length = 1
      var bucket = min(family.surnameBucket, first)
      if start + 1 < count, let second = givenCharacter(start + 1, using: &scratch),
        !beginsWord(start + 1, using: &scratch)
      {
        length = 2
        bucket = min(family.surnameBucket, max(first, second))
      }
      // "山本美咲": a given name that is known.
      let known = longestEntry(start, using: &scratch)
      if known.length > length, known.length < 4, known.entry.classes.contains(.given),
        known.entry.givenBucket > max(2, known.entry.commonBucket)
      {
        length = known.length
        bucket = min(family.surnameBucket, known.entry.givenBucket)
      }
      // "查一下": a word begins where the given name would.
      if length == 1, beginsWord(start, using: &scratch) { continue }
      let pair = length == 2 ? entry(start, 2, using: &scratch) : .unknown
      if pair != .unknown,
        !pair.classes.meets(.entity) || pair.commonBucket > max(3, pair.nameBucket),
        !(isAnnounced && family.surnameBucket > 1 && pair.commonBucket < 5)
      {
        // "王伟时间", "项政治": the pair is a word of its own, the name ends before or is none.
        continue
      }
      if familyLength + length < longest + (Self.isGroup(word) ? 1 : 0) { continue }
      if namesAPlace(index, familyLength + length, scratch) { continue }
      var name = WordEntry(classes: [.given, .surname], bucket: max(1, bucket))
      // "和" and "时" are words first.
      if familyLength == 1, family.commonBucket > 3 {
        name.merge(WordEntry(classes: .common, bucket: family.commonBucket))
      }
      return (familyLength + length, name)
    }
    return (0, .unknown)
  }

  /// Whether an entry is an organisation and nobody: "全聚德", a restaurant.
  private static func isGroup(_ word: WordEntry) -> Bool {
    word.classes.contains(.organization) && !word.classes.meets(.name)
  }

  /// How long 某, "a certain", stands for a given name that is not told: "窦某", "李某某".
  private func untoldLength(_ index: Int, _ scratch: borrowing NameScratch) -> Int? {
    guard scratch.characters[index].codePoint == 0x67D0 else { return nil }
    let isTwice =
      index + 1 < scratch.characters.count && scratch.characters[index + 1].codePoint == 0x67D0
    return isTwice ? 2 : 1
  }

  /// Whether a frequent word begins inside of what may be a name and goes on behind it: "和地" of
  /// "和地球".
  ///
  /// - Complexity: O(`length`) look-ups.
  func isCut(_ index: Int, _ length: Int, using scratch: inout NameScratch) -> Bool {
    let end = index + length
    guard length > 1, end < scratch.characters.count - 1,
      Self.isHan(scratch.characters[index].codePoint)
    else { return false }
    for start in index + 1..<end {
      let (wordLength, word) = longestEntry(start, using: &scratch)
      if start + wordLength > end, wordLength > 1,
        word.commonBucket > max(3, word.nameBucket)
      {
        return true
      }
    }
    return false
  }

  /// Whether a single character is a family name here: one that is not rare, or any where a name is
  /// announced.
  private func isFamily(
    _ entry: WordEntry, _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) -> Bool {
    if entry.surnameBucket > 2 { return true }
    let start = scratch.characters[index].start
    return index == 0 && start > 0
      && cueBefore(text, start, using: &scratch).kinds.meets(.naming)
  }

  /// Whether a name ends with, or stands before, what makes places and companies of names: "路",
  /// "店".
  func namesAPlace(
    _ index: Int, _ length: Int, _ scratch: borrowing NameScratch
  ) -> Bool {
    let count = scratch.characters.count - 1
    let end = index + length
    if scratch.characters[end - 1].single.entry.classes.meets(.afterName) { return true }
    if lengthAfterName(end, scratch) > 0 { return true }
    // "姚记炒肝店": what is sold there stands between, and nothing follows.
    var start = end + 1
    while start < min(end + 5, count), !isGrammar(start - 1, scratch) {
      let length = lengthAfterName(start, scratch)
      if length > 0, start + length == count { return true }
      start += 1
    }
    return false
  }

  /// How many characters, one or two, are what makes places and companies of names; 0 when there
  /// is no such word.
  private func lengthAfterName(_ index: Int, _ scratch: borrowing NameScratch) -> Int {
    let count = scratch.characters.count - 1
    guard index < count else { return 0 }
    if scratch.characters[index].single.entry.classes.meets(.afterName) { return 1 }
    guard index + 1 < count else { return 0 }
    return dictionary.entry(scratch.characters[index].two).classes.meets(.afterName) ? 2 : 0
  }

  /// Whether a character, or it and the next, are words of a sentence rather than of a title: "去",
  /// "负责".
  private func isGrammar(_ index: Int, _ scratch: borrowing NameScratch) -> Bool {
    let one = scratch.characters[index].single.entry
    if one.commonBucket > 5, one.givenBucket < 5 { return true }
    guard index + 1 < scratch.characters.count - 1 else { return false }
    let two = dictionary.entry(scratch.characters[index].two)
    return two.commonBucket > 5 && !two.classes.meets(.afterName)
  }

  private func entry(
    _ index: Int, _ length: Int, using scratch: inout NameScratch
  ) -> WordEntry {
    switch length {
    case 1: scratch.characters[index].single.entry
    case 2: scratch.entries.entry(scratch.characters[index].two, in: dictionary)
    default: dictionary.entry(scratch.hashOfCharacters(index..<index + length))
    }
  }

  /// How usual a character is in given names, `nil` when it is rather a word.
  private func givenCharacter(
    _ index: Int, using scratch: inout NameScratch
  ) -> Int? {
    let entry = entry(index, 1, using: &scratch)
    guard entry.classes.contains(.given), entry.commonBucket <= entry.givenBucket else {
      return nil
    }
    return entry.givenBucket
  }

  /// Whether a frequent word of two characters and more begins at a character: the name ends
  /// before.
  func beginsWord(
    _ index: Int, using scratch: inout NameScratch
  ) -> Bool {
    guard index + 1 < scratch.characters.count - 1 else { return false }
    let (length, entry) = longestEntry(index, using: &scratch)
    return length > 1 && entry.commonBucket > 3
  }
}
