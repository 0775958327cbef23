package import Text

/// The names a record has shown so far, by word: what one text says with certainty is found in all
/// of them.
///
/// Scratch of one worker, emptied for each record.
package struct NameMemory {
  /// What is known of each remembered word.
  private(set) var words: [UInt64: Known] = [:]

  struct Known {
    /// How common it is as a word (0…7).
    var common: Int
    /// Whether a text announced a name it is of.
    var isCertain: Bool
    /// The highest score of such a name.
    var score: Float
    /// Whether such a name has words beside it that are not remembered: "San" or "Street".
    var hasOthers: Bool
  }

  /// One bit for each remembered word, at its hash's low bits: most words of a text are not looked
  /// up.
  private var bits = InlineArray<32, UInt64>(repeating: 0)
  /// First bytes of the folded words; most words of a text begin with none of them.
  private var firstBytes = [Bool](repeating: false, count: 256)
  /// For each first byte, the lengths of the words that begin with it: bit `n` is `n` letters, the
  /// last bit all that are longer.
  private var lengths = [UInt64](repeating: 0, count: 256)
  /// For each first byte, the second bytes: one bit for each value of their lowest five bits.
  private var seconds = [UInt32](repeating: 0, count: 256)

  /// Names that are no words by themselves.
  var joined = JoinedNames()

  package init() {}

  package var isEmpty: Bool { words.isEmpty && joined.isEmpty }

  package mutating func removeAll() {
    joined.removeAll()
    guard !words.isEmpty else { return }
    words.removeAll(keepingCapacity: true)
    bits = InlineArray(repeating: 0)
    for index in firstBytes.indices {
      firstBytes[index] = false
      lengths[index] = 0
      seconds[index] = 0
    }
  }

  /// Remembers the words of a mention, without titles, particles and initials.
  ///
  /// - Parameters:
  ///   - score: that of the mention, 0…1.
  ///   - isCertain: whether the text announces the name; a word that no list has counts elsewhere
  ///     only then, or with a capital.
  package mutating func remember(
    _ text: Span<UInt8>, _ range: Range<Int>, score: Float = 1, isCertain: Bool = true,
    names: NameScanner, using scratch: inout NameScratch
  ) {
    rememberJoined(
      text, range, score: score, isCertain: isCertain, names: names, using: &scratch)
    var index = range.lowerBound
    var remembered: [UInt64] = []
    var count = 0
    while let word = nextWord(text, &index, range.upperBound, all: true, using: &scratch) {
      count += 1
      guard word.letters >= 2, word.range.count >= 3, !joined.contains(text, word.range) else {
        continue
      }
      let entry = names.dictionary.entry(word.hash)
      guard !entry.classes.meets(.notRemembered) else { continue }
      // "SEO" taken for a name once is not to go from everywhere.
      let isAcronym = !isCertain && word.range.count < 7 && WordShape(text, word.range) == .upper
      if isAcronym, !entry.classes.meets(.name) { continue }
      guard
        let level = Self.level(
          of: word, entry, first: text[word.range.lowerBound], isCertain: isCertain,
          isSure: isCertain || score >= Self.sure)
      else { continue }
      let before = words[word.hash]
      words[word.hash] = Known(
        common: min(level, before?.common ?? level),
        isCertain: isCertain || before?.isCertain ?? false,
        score: max(score, before?.score ?? 0),
        hasOthers: before?.hasOthers ?? false)
      if isCertain { remembered.append(word.hash) }
      firstBytes[Int(word.first)] = true
      // A word in ASCII letters has the length and the second letter of every ASCII word that folds
      // to it.
      let isASCII = word.letters == word.range.count
      lengths[Int(word.first)] |= isASCII ? Self.bit(ofLength: word.letters) : .max
      seconds[Int(word.first)] |= isASCII ? Self.bit(ofByte: text[word.range.lowerBound + 1]) : .max
      bits[Int(word.hash >> 6 & 31)] |= 1 << (word.hash & 63)
    }
    guard isCertain, remembered.count < count else { return }
    for hash in remembered { words[hash]?.hasOthers = true }
  }

  /// How common a word of a name is as a word: 0 is found in small letters, too, the others only
  /// with a capital, those above 4 only inside a sentence. `nil` for a word that is no name
  /// elsewhere: "Office" and "Canada" in what was taken for one.
  private static func level(
    of word: Word, _ entry: WordEntry, first: UInt8, isCertain: Bool, isSure: Bool
  ) -> Int? {
    let classes = entry.classes
    if classes.meets(.name) {
      // "Berlin" after somebody who is called so is the city more often.
      if !isCertain, entry.placeBucket > max(4, entry.nameBucket) { return nil }
      // "Kermit", a program's name perhaps, is not to be found in "kermit-send-char".
      guard classes.contains(.common) else { return isSure || !word.isCapital ? 0 : 1 }
      // "Smith" is a trade, too, but here it is a name that was just used as one.
      return entry.commonBucket >= entry.nameBucket ? max(2, entry.commonBucket) : 1
    }
    if classes.meets(.commonOrPlace) { return nil }
    // An unknown word may be a name that no list has; in small letters, too, when it was announced,
    // or is written without capitals. Two ideographs are too few to tell a name from a part of a
    // sentence.
    if first >= 0xE3 && first < 0xEA && word.letters < 3 { return nil }
    return isCertain || !word.isCapital ? 0 : 1
  }

  /// The score from which on a name is found in small letters, and inside of runs, too.
  static let sure: Float = 0.7

  private static func bit(ofByte byte: UInt8) -> UInt32 { 1 << UInt32(byte & 31) }
  private static func bit(ofLength length: Int) -> UInt64 { 1 << UInt64(min(length, 63)) }

  /// Appends every place where remembered words stand, neighbours joined.
  ///
  /// A word that is common, too ("Mark"), counts only with a capital inside a sentence.
  /// A capitalised word beside one of them that is no common word belongs to the name.
  /// - Parameter maps: the text's byte maps.
  /// - Complexity: O(words), plus the lengths of those that begin like one that is remembered.
  package func find(
    in text: Span<UInt8>, maps: borrowing ByteMaps, names: NameScanner,
    using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) {
    if !joined.isEmpty {
      findJoined(in: text, maps: maps, names, using: &scratch, into: &mentions)
    }
    guard !words.isEmpty else { return }
    let first = mentions.count
    findWords(in: text, maps, names, using: &scratch, into: &mentions)
    for index in first..<mentions.count {
      mentions[index].range = widened(mentions[index].range, text, names, &scratch)
    }
  }

  /// Takes the capitalised neighbours of a name along: of "Rhodri Penllwyn" both words, when one is
  /// known.
  private func widened(
    _ range: Range<Int>, _ text: Span<UInt8>, _ names: NameScanner,
    _ scratch: inout NameScratch
  ) -> Range<Int> {
    var low = range.lowerBound
    if low > 2, text[low - 1] == 32 || text[low - 1] == 45 {
      var start = low - 1
      while start > 0, NameScanner.isWordByte(text[start - 1]) { start -= 1 }
      if isNamelike(start..<(low - 1), text, names, &scratch) { low = start }
    }
    var high = range.upperBound
    if high + 2 < text.count, text[high] == 32 || text[high] == 45 {
      var end = high + 1
      while end < text.count, NameScanner.isWordByte(text[end]) { end += 1 }
      if isNamelike((high + 1)..<end, text, names, &scratch) { high = end }
    }
    return low..<high
  }

  private func isNamelike(
    _ word: Range<Int>, _ text: Span<UInt8>, _ names: NameScanner,
    _ scratch: inout NameScratch
  ) -> Bool {
    guard word.count > 1 else { return false }
    if text[word.lowerBound] < 0x80 {
      guard WordShape(text, word) == .title else { return false }
    } else {
      let codePoint = decodeUTF8(text, at: word.lowerBound).codePoint
      guard scratch.folding.classes(of: codePoint).contains(.upper) else { return false }
    }
    let hash = scratch.hash(text, word)
    let classes = names.dictionary.entry(hash).classes
    // "Annwyl Gwenllian": what announces a name is no part of it.
    return !classes.isNotNamelike
      && (classes.meets(.name) || !names.cues.kindsOfOneWord(hash).meets(.announcing))
  }

  /// Looks at every run of word bytes that begins as a remembered word does.
  private func findWords(
    in text: Span<UInt8>, _ maps: borrowing ByteMaps, _ names: NameScanner,
    using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) {
    var open: NameMention?
    for block in 0..<maps.blockCount {
      var starts = maps.wordStarts(block)
      while starts != 0 {
        let start = block &* 64 &+ starts.trailingZeroBitCount
        starts &= starts &- 1
        let byte = text[start]
        guard byte >= 0x80 || mayBegin(byte, start + 1 < text.count ? text[start + 1] : 0) else {
          continue
        }
        let run = start..<maps.wordEnd(start)
        if byte < 0x80, run.count <= 64,
          maps.high(from: start) & (.max &>> UInt64(64 &- run.count)) == 0
        {
          // The run is ASCII: one word, or an identifier.
          guard lengths[Int(byte | 0x20)] & Self.bit(ofLength: run.count) != 0,
            ~maps.letter(from: start) & (.max &>> UInt64(64 &- run.count)) == 0,
            let hash = ByteHash.ofASCII(text, run)
          else { continue }
          if let known = known(hash, text, run, isCapital: byte &- 65 < 26),
            !isOfPlace(hash, text, run, names, &scratch)
          {
            extend(&open, run, known, text, &mentions)
          }
        } else {
          var index = start
          while let word = nextWord(text, &index, run.upperBound, all: false, using: &scratch) {
            if let known = known(word.hash, text, word.range, isCapital: word.isCapital),
              !isOfPlace(word.hash, text, word.range, names, &scratch)
            {
              extend(&open, word.range, known, text, &mentions)
            }
          }
        }
      }
    }
    if let last = open { mentions.append(last) }
  }

  /// Whether a word may be remembered that begins with an ASCII byte and another.
  @inline(__always)
  private func mayBegin(_ first: UInt8, _ second: UInt8) -> Bool {
    let possible = seconds[Int(first | 0x20)]
    return possible != 0 && (second >= 0x80 || possible & Self.bit(ofByte: second) != 0)
  }

  /// What is known of a word with this hash, when it is remembered and stands here as a name.
  @inline(__always)
  private func known(
    _ hash: UInt64, _ text: Span<UInt8>, _ word: Range<Int>, isCapital: Bool
  ) -> Known? {
    guard bits[Int(hash >> 6 & 31)] >> (hash & 63) & 1 == 1, let known = words[hash] else {
      return nil
    }
    let common = known.common
    if common > 0, !isCapital || common > 4 && startsSentence(text, word.lowerBound) { return nil }
    return isInIdentifier(text, word) ? nil : known
  }

  /// Joins a word to the name before it, or begins another.
  private func extend(
    _ open: inout NameMention?, _ word: Range<Int>, _ known: Known, _ text: Span<UInt8>,
    _ mentions: inout [NameMention]
  ) {
    let score = known.isCertain ? Self.certain : min(known.score, Self.certain)
    var next = NameMention(range: word, kind: .person, reason: .propagated, score: score)
    if let last = open {
      let end = last.range.upperBound
      if word.lowerBound - end == 1, text[end] == 32 || text[end] == 45 {
        next.range = last.range.lowerBound..<word.upperBound
        next.score = max(last.score, score)
      } else {
        mentions.append(last)
      }
    }
    open = next
  }

  /// The score of what is found because a text announced it; what others than these have is at most
  /// that of the name they were found by.
  package static let certain: Float = 0.75

  /// A word of letters and marks.
  private struct Word {
    var range: Range<Int>
    /// Of its folded form.
    var hash: UInt64
    /// How many of its characters are letters.
    var letters: Int
    /// The first byte of its folded form.
    var first: UInt8
    var isCapital: Bool
  }

  /// The next word from `index` on, which moves behind it; `nil` when there is none before `limit`.
  ///
  /// - Parameter all: `false` may leave out words that begin like none that is remembered.
  private func nextWord(
    _ text: Span<UInt8>, _ index: inout Int, _ limit: Int, all: Bool,
    using scratch: inout NameScratch
  ) -> Word? {
    while index < limit {
      let byte = text[index]
      if byte < 0x80 {
        if (byte | 0x20) &- 97 < 26 {
          if let word = readWord(text, &index, limit, using: &scratch) { return word }
        } else if byte &- 48 < 10 || byte == 95 {
          // A word that begins with a digit or an underscore is an identifier.
          while index < limit, NameScanner.isWordByte(text[index]), text[index] < 0x80 {
            index += 1
          }
        } else {
          index += 1
        }
      } else {
        let (codePoint, count) = decodeUTF8(text, at: index)
        if scratch.folding.classes(of: codePoint).contains(.letter) {
          if !all, !firstBytes[Int(scratch.folding.firstFolded(codePoint))] {
            index = NameScanner.runEnd(text, index, limit, of: .letterOrMark, &scratch.folding)
          } else if let word = readWord(text, &index, limit, using: &scratch) {
            return word
          }
        } else {
          index += count
        }
      }
    }
    return nil
  }

  /// The word that begins at `index`, which moves behind it; `nil` when it is an identifier.
  private func readWord(
    _ text: Span<UInt8>, _ index: inout Int, _ limit: Int, using scratch: inout NameScratch
  ) -> Word? {
    let start = index
    var letters = 0
    var isIdentifier = false
    let isCapital: Bool
    if text[start] < 0x80 {
      isCapital = text[start] &- 65 < 26
    } else {
      isCapital = scratch.folding.classes(of: decodeUTF8(text, at: start).codePoint).contains(
        .upper)
    }
    var hash = ByteHash()
    var firstByte: UInt8 = 0
    scratch.folded.removeAll(keepingCapacity: true)
    while index < limit {
      let byte = text[index]
      if byte < 0x80 {
        let lower = byte | 0x20
        guard lower &- 97 < 26 else {
          isIdentifier = byte == 95 || byte &- 48 < 10
          break
        }
        if letters == 0 { firstByte = lower }
        hash.combine(lower)
        letters += 1
        index += 1
        continue
      }
      let (codePoint, count) = decodeUTF8(text, at: index)
      let classes = scratch.folding.classes(of: codePoint)
      guard classes.meets(.letterOrMark) else { break }
      let from = scratch.folded.count
      scratch.folding.fold(codePoint, into: &scratch.folded)
      if letters == 0, from < scratch.folded.count { firstByte = scratch.folded[from] }
      for offset in from..<scratch.folded.count { hash.combine(scratch.folded[offset]) }
      if classes.contains(.letter) { letters += 1 }
      index += count
    }
    if isIdentifier {
      while index < limit, NameScanner.isWordByte(text[index]), text[index] < 0x80 { index += 1 }
      return nil
    }
    return Word(
      range: start..<index, hash: hash.finalize(), letters: letters, first: firstByte,
      isCapital: isCapital)
  }

  private func startsSentence(_ text: Span<UInt8>, _ start: Int) -> Bool {
    var index = start
    while index > 0, text[index - 1] == 32 || text[index - 1] == 34 || text[index - 1] == 39 {
      index -= 1
    }
    guard index > 0 else { return true }
    switch text[index - 1] {
    case 10, UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ":"),
      UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: "-"):
      return true
    default: return false
    }
  }

  /// `foo.sarah`, `sarah(`, `sarah::`: code that happens to hold the word. A path or an address is
  /// no code.
  private func isInIdentifier(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
    if word.lowerBound > 0, text[word.lowerBound - 1] == 95 { return true }
    guard word.upperBound < text.count else { return false }
    switch text[word.upperBound] {
    case UInt8(ascii: "("), 95: return true
    default: return false
    }
  }
}
