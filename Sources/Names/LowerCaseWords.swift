internal import Text

/// Text that is written in small letters throughout ("met emily in leeds"), in scripts that have
/// capitals. In such a text small words count that a dictionary has as a given name or place and as
/// hardly ever a common word, and the words beside a given name; weights of their own, fitted on
/// text made small, decide. In text with capitals they count when little evidence is asked for, and
/// only those that are frequent names or places and no words.
extension NameScanner {
  /// One capitalised word in so many is no sign that capitals are used.
  private static let wordsPerCapital = 33

  /// Whether capitals are used so rarely in a text that they say nothing of names. "I" does not
  /// count.
  ///
  /// - Complexity: O(1) for each 64 bytes, up to the capital that decides.
  func isLowerCase(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, using scratch: inout NameScratch
  ) -> Bool {
    var wordBytes = 0
    for block in 0..<maps.blockCount {
      // A letter of another script with capitals has two bytes.
      wordBytes &+= maps.letter(block).nonzeroBitCount &+ maps.cased(block).nonzeroBitCount &* 2
    }
    guard wordBytes > 0 else { return false }
    // A word has some five bytes.
    let most = wordBytes / (Self.wordsPerCapital * 5)
    var capitals = 0
    for block in 0..<maps.blockCount {
      var upper = maps.wordStarts(block) & (maps.upper(block) | maps.cased(block))
      while upper != 0 {
        let position = block &* 64 &+ upper.trailingZeroBitCount
        upper &= upper &- 1
        if text[position] < 0x80 {
          if text[position] == UInt8(ascii: "I"), maps.wordEnd(position) == position + 1 {
            continue
          }
        } else if Self.isNoCapital(text, position)
          || !scratch.folding.classes(of: decodeUTF8(text, at: position).codePoint).contains(.upper)
        {
          continue
        }
        capitals &+= 1
        if capitals > most { return false }
      }
    }
    return true
  }

  /// Appends the small words of a part of a text that may be names, with what is known of them.
  ///
  /// - Complexity: O(words).
  func gatherLowerCase(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, within part: Range<Int>,
    using scratch: inout NameScratch
  ) {
    scratch.small.removeAll(keepingCapacity: true)
    for block in part.lowerBound >> 6..<(part.upperBound &+ 63) >> 6 {
      var starts = maps.wordStarts(block)
      while starts != 0 {
        let start = block &* 64 &+ starts.trailingZeroBitCount
        starts &= starts &- 1
        guard start >= part.lowerBound, start < part.upperBound else { continue }
        visitSmall(text, maps, start..<maps.wordEnd(start), using: &scratch)
      }
    }
    for index in scratch.small.indices {
      scratch.small[index].entry = scratch.entries.entry(
        scratch.small[index].hash, in: dictionary)
    }
    takeSmall(text, using: &scratch)
  }

  /// Notes a run of word bytes if it is one small word.
  private func visitSmall(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, _ run: Range<Int>,
    using scratch: inout NameScratch
  ) {
    guard run.count > 2, run.count <= 40, !isInAddress(text, run) else { return }
    let mask = UInt64.max &>> UInt64(64 &- run.count)
    let hash: UInt64
    if maps.high(from: run.lowerBound) & mask == 0 {
      guard ~maps.letter(from: run.lowerBound) & mask == 0,
        maps.upper(from: run.lowerBound) & mask == 0, let small = ByteHash.ofASCII(text, run)
      else { return }
      hash = small
    } else {
      var index = run.lowerBound
      while index < run.upperBound {
        let (codePoint, count) = decodeUTF8(text, at: index)
        let classes = scratch.folding.classes(of: codePoint)
        guard classes.meets(.letterOrMark), !classes.contains(.upper), !classes.contains(.caseless)
        else { return }
        index += count
      }
      hash = scratch.hash(text, run)
    }
    if scratch.entries.known(hash) == nil { dictionary.prefetch(hash) }
    scratch.small.append(NameToken(range: run, shape: .title, hash: hash, entry: .unknown))
  }

  /// Whether a word stands in a path, an address or code.
  private func isInAddress(_ text: Span<UInt8>, _ run: Range<Int>) -> Bool {
    if run.lowerBound > 0 {
      switch text[run.lowerBound - 1] {
      case 32, 10, 9, UInt8(ascii: "("), UInt8(ascii: "\""), UInt8(ascii: "*"), UInt8(ascii: ","),
        UInt8(ascii: "-"), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ">"), 13, 39:
        break
      default: return true
      }
    }
    guard run.upperBound < text.count else { return false }
    let after = run.upperBound + 1 < text.count ? text[run.upperBound + 1] : 32
    switch text[run.upperBound] {
    case 32, 10, 9, 13, 39, UInt8(ascii: ")"), UInt8(ascii: "\""), UInt8(ascii: "*"),
      UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ","), UInt8(ascii: ";"),
      UInt8(ascii: "<"):
      return false
    case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"):
      return after > 32 && after != UInt8(ascii: ".")
    case let byte: return byte < 0x80
    }
  }

  /// Whether a word is Latin with marks in a language that is not known: folded, as dictionaries
  /// have them, many such words are names of other languages: Vietnamese "bưu".
  private func isForeignWhenFolded(
    _ text: Span<UInt8>, _ word: Range<Int>, _ scratch: borrowing NameScratch
  ) -> Bool {
    guard scratch.style.isLowerCase, scratch.language < 0 else { return false }
    return word.contains { text[$0] &- 0xC3 < 7 || text[$0] == 0xE1 && text[$0 + 1] >= 0xB8 }
  }

  /// Takes those of the noted words that may be names.
  private func takeSmall(_ text: Span<UInt8>, using scratch: inout NameScratch) {
    var lastEnd = -2
    var lastIsGiven = false
    for index in scratch.small.indices {
      if scratch.style.isLowerCase { addBaseOfSmall(text, index, using: &scratch) }
      let token = scratch.small[index]
      let entry = token.entry
      if isForeignWhenFolded(text, token.range, scratch) { continue }
      let isBeside =
        lastIsGiven && token.range.lowerBound == lastEnd + 1 && text[lastEnd] == 32
      let isName =
        scratch.style.isLowerCase
        ? Self.isNameInSmallLetters(entry) : Self.isNameWithoutCapital(entry)
      let mayFollow =
        isBeside && !entry.classes.meets(.commonOrKept) && !entry.classes.meets(.noEntity)
      guard isName || mayFollow || followsTitle(text, token, using: &scratch) else { continue }
      scratch.tokens.append(token)
      lastEnd = token.range.upperBound
      lastIsGiven = isName && entry.classes.meets(.givenOrPerson)
    }
  }

  /// Looks up the first case of a small word that no dictionary has: "dün emreyle", "видел машу".
  /// Only of usual given names, and in languages that are known.
  private func addBaseOfSmall(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) {
    let token = scratch.small[index]
    guard scratch.language >= 0, scratch.language != english, token.range.count > 4,
      !token.entry.classes.meets(.entityOrCommon)
    else { return }
    let language = UInt64(1) << UInt64(scratch.language)
    guard text[token.range.lowerBound] >= 0x80 || inflections.hasRules(for: language) else {
      return
    }
    scratch.fold(text, token.range)
    var best = WordEntry.unknown
    inflections.forEachBase(of: scratch.folded, language: language) { hash in
      let found = dictionary.entry(hash)
      if found.classes.contains(.given), found.givenBucket > 3, found.commonBucket == 0 {
        best.merge(found)
      }
      return false
    }
    guard best.classes.contains(.given) else { return }
    scratch.small[index].entry = best
    scratch.small[index].isInflected = true
  }

  /// Whether a short title stands before a word that is none of the language: "mr. petrov".
  private func followsTitle(
    _ text: Span<UInt8>, _ token: NameToken, using scratch: inout NameScratch
  ) -> Bool {
    guard scratch.style.isLowerCase, !token.entry.classes.isNotNamelike else { return false }
    var end = token.range.lowerBound
    guard end > 3, text[end - 1] == 32 else { return false }
    end -= 1
    if text[end - 1] == UInt8(ascii: ".") { end -= 1 }
    var start = end
    while start > 0, text[start - 1] &- 97 < 26, end - start < 6 { start -= 1 }
    guard end - start > 1, end - start < 6, start == 0 || text[start - 1] <= 32 else {
      return false
    }
    return dictionary.entry(scratch.hash(text, start..<end)).classes.contains(.title)
  }

  /// Whether a small word among others with capitals is likely enough a name or a place.
  private static func isNameWithoutCapital(_ entry: WordEntry) -> Bool {
    if entry.classes.contains(.keep) { return false }
    if entry.classes.contains(.person) { return true }
    return !entry.classes.contains(.common) && max(entry.givenBucket, entry.placeBucket) > 4
  }

  /// Whether a small word is likely enough a name or a place to be looked at.
  private static func isNameInSmallLetters(_ entry: WordEntry) -> Bool {
    if entry.classes.contains(.keep) { return false }
    if entry.classes.contains(.person) { return true }
    if entry.classes.contains(.common) {
      return entry.commonBucket < 3 && max(entry.givenBucket, entry.placeBucket) > 4
    }
    return entry.givenBucket > 2 || entry.placeBucket > 3
  }
}
