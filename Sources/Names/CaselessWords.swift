internal import Text

/// Words of scripts that have no capitals. In these only words count that a dictionary has as a
/// name, place or organisation, and unknown ones beside such a word; what a text says around them
/// decides, by weights of their own.
extension NameScanner {
  /// Appends the words of scripts without capitals that may be names.
  ///
  /// - Parameter part: whole lines.
  /// - Returns: whether there were any.
  /// - Complexity: O(letters of such scripts).
  func gatherCaseless(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, within part: Range<Int>,
    using scratch: inout NameScratch
  ) -> Bool {
    let first = scratch.tokens.count
    var cursor = part.lowerBound
    for block in part.lowerBound >> 6..<(part.upperBound &+ 63) >> 6 {
      var leads = maps.lead(block)
      if part.upperBound < block &* 64 &+ 64 {
        leads &= ~(.max << UInt64(part.upperBound &- block &* 64))
      }
      if leads == 0 || cursor >= (block &+ 1) &* 64 { continue }
      if cursor > block &* 64 { leads &= .max << UInt64(cursor &- block &* 64) }
      while leads != 0 {
        let position = block &* 64 &+ leads.trailingZeroBitCount
        let end = maps.wordEnd(position)
        // Below are Latin, Greek, Cyrillic and Armenian letters, and at C2 the signs of Latin-1,
        // such as guillemets.
        if text[position] >= 0xD6 || text[position] == 0xC2 {
          visitCaseless(text, position..<end, using: &scratch)
        }
        cursor = end
        let passed = end &- block &* 64
        leads = passed >= 64 ? 0 : leads & (.max << UInt64(passed))
      }
    }
    return scratch.tokens.count > first
  }

  /// Cuts a run of word bytes into words of one script each.
  private func visitCaseless(
    _ text: Span<UInt8>, _ run: Range<Int>, using scratch: inout NameScratch
  ) {
    var index = run.lowerBound
    var start = index
    var script = ScriptClass.none
    while index < run.upperBound {
      // Most ideographs, U+5000 to U+9FFF, and kana.
      if script == .unspaced,
        text[index] &- 0xE5 < 5 || text[index] == 0xE3 && text[index + 1] &- 0x81 < 3
      {
        index += 3
        continue
      }
      let (codePoint, count) = decodeUTF8(text, at: index)
      var next = codePoint < 0x80 ? ScriptClass.none : ScriptClass(codePoint)
      // A dot between characters joins the parts of a foreign name.
      if codePoint == 0xB7 || codePoint == 0x30FB || codePoint == 0x2022, script == .unspaced {
        next = .unspaced
      }
      // Joiners and marks belong to the letter before them.
      if next == .none, script != .none,
        scratch.folding.classes(of: codePoint).contains(.mark)
      {
        next = script
      }
      if next != script {
        visitCaselessWord(text, start..<index, script, using: &scratch)
        start = index
        script = next
      }
      index += count
    }
    visitCaselessWord(text, start..<run.upperBound, script, using: &scratch)
  }

  private func visitCaselessWord(
    _ text: Span<UInt8>, _ word: Range<Int>, _ script: ScriptClass, using scratch: inout NameScratch
  ) {
    switch script {
    case .none, .latin, .greek, .cyrillic, .armenian: return
    case .unspaced: visitUnspaced(text, word, using: &scratch)
    case .hangul: visitHangul(text, word, using: &scratch)
    case .hebrew, .arabic, .indic, .georgian, .ethiopic:
      visitSpaced(text, word, using: &scratch)
    }
  }

  /// A word that stands between blanks.
  private func visitSpaced(
    _ text: Span<UInt8>, _ word: Range<Int>, using scratch: inout NameScratch
  ) {
    guard word.count <= 64 else { return }
    // A single letter: of an abbreviation, such as the two of ד"ר.
    guard word.count > 2 else {
      scratch.waiting = nil
      scratch.caselessEnd = -1
      return
    }
    let known = lookUp(text, word, using: &scratch)
    let (range, hash, entry) = (known.range, known.hash, known.entry)
    let isBeside =
      scratch.caselessEnd >= 0 && word.lowerBound == scratch.caselessEnd + 1
      && text[scratch.caselessEnd] == 32
    if entry.classes.meets(.entity) {
      if isBeside, let before = scratch.waiting { scratch.tokens.append(before) }
      append(text, range, hash, entry, using: &scratch)
      scratch.caselessEnd = range.upperBound
      scratch.waiting = nil
    } else if entry.classes.meets(.noEntity) || !cues.kinds(hash).isEmpty {
      scratch.waiting = nil
      scratch.caselessEnd = -1
    } else {
      // An unknown word counts beside a name, before or behind it, and where a text says that a
      // name stands there.
      var token = NameToken(range: range, shape: .title, hash: hash, entry: entry)
      // `lookUp` has folded the word.
      if range != word { scratch.fold(text, range) }
      if let stem = endOfNamelike(scratch.folded) {
        token.endsLikeName = true
        token.range = cut(text, range, stem: stem, using: &scratch)
      }
      if isBeside, scratch.tokens.last?.range.upperBound == scratch.caselessEnd {
        scratch.tokens.append(token)
        scratch.waiting = nil
        scratch.caselessEnd = -1
      } else if token.endsLikeName || isAnnounced(text, range, using: &scratch) {
        scratch.tokens.append(token)
        scratch.waiting = nil
        scratch.caselessEnd = token.range.upperBound
      } else {
        scratch.waiting = token
        scratch.caselessEnd = range.upperBound
      }
    }
  }

  /// Whether a word in Arabic letters may be Arabic: Persian and Urdu join no "and" and no article
  /// to a word, and have letters of their own.
  private func isArabic(
    _ text: Span<UInt8>, _ word: Range<Int>, _ scratch: borrowing NameScratch
  ) -> Bool {
    if scratch.language >= 0, scratch.language != arabic { return false }
    var index = word.lowerBound
    while index + 1 < word.upperBound {
      if text[index] == 0xDA || text[index] == 0xDB { return false }
      if text[index] == 0xD9, text[index + 1] == 0xBE || text[index + 1] == 0xB9 { return false }
      index += text[index] < 0x80 ? 1 : text[index] < 0xE0 ? 2 : 3
    }
    return true
  }

  private static func isHebrew(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    text[word.lowerBound] == 0xD6 || text[word.lowerBound] == 0xD7
  }

  /// Whether a folded word, or what is left of it without an ending, ends like many names:
  /// "जीतमान", "जीतमानले".
  ///
  /// - Returns: the length of what is left; `nil` when it does not.
  private func endOfNamelike(_ folded: [UInt8]) -> Int? {
    if cues.endsLikeName(folded[...]) { return folded.count }
    return inflections.stem(of: folded) { cues.endsLikeName(folded[..<$0]) }
  }

  /// Whether a word is in Devanagari or Bengali letters.
  private static func mayBeCut(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    text[word.lowerBound] == 0xE0 && text[word.lowerBound + 1] &- 0xA4 < 4
  }

  /// A word without an ending that is written with it and is no part of the name, as case endings
  /// of Hindi, Nepali, Marathi and Bengali are: "जीतमानले".
  ///
  /// - Parameter stem: how many folded bytes are left of the word.
  private func cut(
    _ text: Span<UInt8>, _ word: Range<Int>, stem: Int, using scratch: inout NameScratch
  ) -> Range<Int> {
    guard Self.mayBeCut(text, word) else { return word }
    var index = word.lowerBound
    scratch.folded.removeAll(keepingCapacity: true)
    while index < word.upperBound, scratch.folded.count < stem {
      let (codePoint, count) = decodeUTF8(text, at: index)
      scratch.folding.fold(codePoint, into: &scratch.folded)
      index += count
    }
    return scratch.folded.count == stem ? word.lowerBound..<index : word
  }

  /// The length of what is left of a folded word without an ending, where that is a name, place or
  /// organisation.
  private func stemOfEntity(_ folded: [UInt8]) -> Int? {
    inflections.stem(of: folded) { stem in
      var hash = ByteHash()
      for index in 0..<stem { hash.combine(folded[index]) }
      return dictionary.entry(hash.finalize()).classes.meets(.entity)
    }
  }

  /// What the dictionary knows of a word, or of what is left of it without what is joined to its
  /// beginning or end; also where that stands.
  private func lookUp(
    _ text: Span<UInt8>, _ word: Range<Int>, using scratch: inout NameScratch
  ) -> (range: Range<Int>, hash: UInt64, entry: WordEntry) {
    scratch.fold(text, word)
    var range = word
    var hash = ByteHash.of(scratch.folded)
    var entry = dictionary.entry(hash)
    if !entry.classes.meets(.entityOrCommon), !entry.classes.contains(.phraseHead) {
      let folded = scratch.folded
      let hasPrefixes = Self.isHebrew(text, word) || isArabic(text, word, scratch)
      inflections.forEachPrefix(of: folded) { length, bytes in
        guard hasPrefixes else { return true }
        var bare = ByteHash()
        for index in bytes..<folded.count { bare.combine(folded[index]) }
        let bareHash = bare.finalize()
        var found = dictionary.entry(bareHash)
        // "الياسمين": jasmine. Given names that have the article are listed with it.
        if length > 1 { found.classes.remove(.given) }
        // "בתל אביב": what begins an entry of several words, too.
        guard found.classes.meets(.entityOrCommon) || found.classes.contains(.phraseHead) else {
          return false
        }
        // Rare names of three letters are in too many words: "בתים" is no "תים".
        if folded.count - bytes <= 6, found.nameBucket < 4, found.placeBucket == 0,
          !found.classes.contains(.common)
        {
          return false
        }
        entry = found
        // One letter is a word of its own ("and", "in"); an article is part of the name.
        if length == 1 {
          let first = decodeUTF8(text, at: word.lowerBound).count
          range = word.lowerBound + first..<word.upperBound
          hash = bareHash
        }
        return true
      }
    }
    if !entry.classes.meets(.entityOrCommon) {
      var best = WordEntry.unknown
      inflections.forEachBase(of: scratch.folded, language: 0) { base in
        let found = dictionary.entry(base)
        if found.classes.meets(.entity) { best.merge(found) }
        return false
      }
      entry.merge(best)
      if best.classes.meets(.entity), Self.mayBeCut(text, word),
        let stem = stemOfEntity(scratch.folded)
      {
        range = cut(text, word, stem: stem, using: &scratch)
      }
    }
    return (range, hash, entry)
  }

  /// Whether what stands around an unknown word says that it is a name.
  private func isAnnounced(
    _ text: Span<UInt8>, _ word: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    let before = Self.before(text, word.lowerBound)
    let after = Self.after(text, word.upperBound)
    // `Name:` at the beginning of a line and `<nick>` in logs of chats.
    if after == .colon, before == .newline || before == .edge || before == .bracket { return true }
    if before == .bracket, after == .bracket { return true }
    if following(text, word.upperBound, using: &scratch).kinds.meets(.naming) { return true }
    return cueBefore(text, word.lowerBound, using: &scratch).kinds.meets(.naming)
  }

  func append(
    _ text: Span<UInt8>, _ range: Range<Int>, _ hash: UInt64, _ entry: WordEntry,
    using scratch: inout NameScratch
  ) {
    guard !range.isEmpty else { return }
    scratch.tokens.append(NameToken(range: range, shape: .title, hash: hash, entry: entry))
  }

  /// A Korean word: a name, then particles and forms of address. A name is an entry, or a family
  /// name of one syllable with two that are usual in given names.
  private func visitHangul(
    _ text: Span<UInt8>, _ word: Range<Int>, using scratch: inout NameScratch
  ) {
    // What is joined to what stands for a name are particles of it: "[PERSON_1]이고".
    if Self.followsPlaceholder(text, word.lowerBound) { return }
    // A syllable has three bytes; a word with marks in it has no boundaries to count by.
    guard word.count <= 60, word.count >= 6, word.count % 3 == 0,
      stride(from: word.lowerBound, to: word.upperBound, by: 3).allSatisfy({ text[$0] >= 0xE0 })
    else { return }
    let syllables = word.count / 3
    let whole = dictionary.entry(scratch.hash(text, word))
    if whole.classes.contains(.common), !whole.classes.meets(.entity) { return }
    if !whole.classes.meets(.entity), isInflectedWord(text, word, using: &scratch) { return }
    let longest = max(2, min(Self.hangulMax, syllables))
    for length in (2...longest).reversed() where length <= syllables {
      let range = word.lowerBound..<word.lowerBound + length * 3
      let rest = range.upperBound..<word.upperBound
      guard rest.isEmpty || isParticle(text, rest, using: &scratch) else { continue }
      let hash = scratch.hash(text, range)
      var entry = length == syllables ? whole : dictionary.entry(hash)
      var isWholeName = false
      if !entry.classes.meets(.entity), !entry.classes.contains(.common), length < 5 {
        entry.merge(hangulName(text, range, rest: rest, using: &scratch))
        isWholeName = length > 2 && entry.classes.contains(.given)
      }
      if entry.classes.meets(.entity), !isRareOfTwo(entry, range, word, text, using: &scratch) {
        append(text, range, hash, entry, using: &scratch)
        // A family name and a given name that are known: as much as an entry for the whole.
        if isWholeName { scratch.tokens[scratch.tokens.count - 1].phrase = .firstOfPerson }
        return
      }
    }
  }

  /// The most syllables of an entry that particles are joined to: "도스토옙스키는".
  private static let hangulMax = 9

  /// Whether "_1]" stands right before an offset.
  private static func followsPlaceholder(_ text: Span<UInt8>, _ offset: Int) -> Bool {
    guard offset > 3, text[offset - 1] == UInt8(ascii: "]") else { return false }
    var index = offset - 2
    while index > 0, text[index] &- 48 < 10 { index -= 1 }
    return index < offset - 2 && text[index] == UInt8(ascii: "_")
  }

  /// Whether a Korean word is a common word with a particle or the ending of a verb: "추천해".
  private func isInflectedWord(
    _ text: Span<UInt8>, _ word: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    for length in stride(from: 6, to: word.count, by: 3) {
      let stem = word.lowerBound..<word.lowerBound + length
      let entry = dictionary.entry(scratch.hash(text, stem))
      guard entry.classes.contains(.common), !entry.classes.meets(.entity) else { continue }
      switch decodeUTF8(text, at: stem.upperBound).codePoint {
      // 하 해 했 한 할 함 합 되 돼 된 될 됩 시 적 들
      case 0xD558, 0xD574, 0xD588, 0xD55C, 0xD560, 0xD568, 0xD569, 0xB418, 0xB3FC, 0xB41C, 0xB420,
        0xB429, 0xC2DC, 0xC801, 0xB4E4:
        return true
      case let next:
        if isParticle(text, stem.upperBound..<word.upperBound, using: &scratch) { return true }
        let two = stem.lowerBound + 3..<word.upperBound
        if length == 6, word.count == 9, entry.commonBucket > 2, Self.endsNoun(next),
          dictionary.entry(scratch.hash(text, two)).givenBucket < 3,
          !isAnnounced(text, word, using: &scratch)
        {
          return true
        }
      }
    }
    return false
  }

  /// Whether a syllable makes a noun of another: "임대인", "조건문", "작성자".
  private static func endsNoun(_ codePoint: UInt32) -> Bool {
    switch codePoint {
    // 자 인 원 식 문 비 금 세 률 율 성 형 용 기 권 력 량 값 실 관 점 화 표 별 학 집 부 제 법
    // 장
    case 0xC790, 0xC778, 0xC6D0, 0xC2DD, 0xBB38, 0xBE44, 0xAE08, 0xC138, 0xB960, 0xC728, 0xC131,
      0xD615, 0xC6A9, 0xAE30, 0xAD8C, 0xB825, 0xB7C9, 0xAC12, 0xC2E4, 0xAD00, 0xC810, 0xD654,
      0xD45C, 0xBCC4, 0xD559, 0xC9D1, 0xBD80, 0xC81C, 0xBC95, 0xC7A5:
      true
    default: false
    }
  }

  /// Whether an entry of two syllables is rarely a name, and nothing here says that it is one.
  private func isRareOfTwo(
    _ entry: WordEntry, _ range: Range<Int>, _ word: Range<Int>, _ text: Span<UInt8>,
    using scratch: inout NameScratch
  ) -> Bool {
    guard range.count == 6, entry.nameBucket < 4, !entry.classes.contains(.person),
      !entry.classes.meets(.placeOrOrganization)
    else { return false }
    if entry.commonBucket == 0, entry.nameBucket > 2,
      isOfPeople(text, range.upperBound..<word.upperBound)
    {
      return false
    }
    return !isAnnounced(text, word, using: &scratch)
  }

  /// Whether a particle is one that mostly people have: with, to, from.
  private func isOfPeople(_ text: Span<UInt8>, _ particle: Range<Int>) -> Bool {
    guard !particle.isEmpty else { return false }
    switch decodeUTF8(text, at: particle.lowerBound).codePoint {
    // 랑 한 에게 께 과 와; 이랑
    case 0xB791, 0xD55C, 0xAED8, 0xACFC, 0xC640: return true
    case 0xC5D0: return particle.count > 3
    case 0xC774:
      return particle.count > 3
        && decodeUTF8(text, at: particle.lowerBound + 3).codePoint == 0xB791
    default: return false
    }
  }

  /// What a word is in the form of a name: a family name of one syllable or two, and one or two
  /// that are usual in given names. One of two syllables is a word more often, and counts only
  /// where the text says so.
  private func hangulName(
    _ text: Span<UInt8>, _ range: Range<Int>, rest: Range<Int>, using scratch: inout NameScratch
  ) -> WordEntry {
    let first = range.lowerBound
    for familySize in [3, 6] where range.count > familySize && range.count <= familySize + 6 {
      let family = dictionary.entry(scratch.hash(text, first..<first + familySize))
      guard family.classes.contains(.surname) else { continue }
      var bucket = family.surnameBucket
      var isGiven = true
      for start in stride(from: first + familySize, to: range.upperBound, by: 3) {
        let syllable = dictionary.entry(scratch.hash(text, start..<start + 3))
        isGiven = isGiven && syllable.classes.contains(.given)
        bucket = min(bucket, max(1, syllable.givenBucket))
      }
      guard isGiven else { continue }
      let given = dictionary.entry(scratch.hash(text, first + familySize..<range.upperBound))
      let isKnown =
        given.classes.contains(.given) && given.givenBucket > 2 && given.commonBucket == 0
      // Where nothing says that a name stands here, all of it must be usual in names.
      if range.count == 6 || bucket < 4 && !isKnown,
        !isAnnounced(text, range.lowerBound..<rest.upperBound, using: &scratch)
      {
        continue
      }
      if range.count == 6 { return WordEntry(classes: [.given, .surname], bucket: 1) }
      // "민수" is a given name that is known; other syllables only may make one.
      return given.classes.contains(.given)
        ? WordEntry(classes: [.given, .surname], bucket: max(bucket, given.givenBucket))
        : WordEntry(classes: .surname, bucket: bucket)
    }
    return .unknown
  }

  /// Whether what follows a name in its word is a particle or a form of address.
  func isParticle(
    _ text: Span<UInt8>, _ range: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    scratch.fold(text, range)
    if inflections.isEnding(scratch.folded) { return true }
    let hash = ByteHash.of(scratch.folded)
    return cues.kinds(hash).contains(.honorificAfter)
      || dictionary.entry(hash).classes.contains(.title)
  }
}
