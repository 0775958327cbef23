internal import Text

/// Says of most words that no entry of the user's list is or begins with them: a bit for each
/// value of some bits of the hash, those that a compiled dictionary keeps.
struct ListedFilter: Sendable {
  /// By place, a word for entries, and one for the beginnings of longer ones.
  private var bits: [UInt64]
  private let mask: UInt64

  /// - Parameter count: how many entries there will be.
  init(count: Int) {
    // With sixteen bits an entry, one word in sixteen is looked up in vain; 512 KiB at most.
    var size = 4096
    while size < count * 16, size < 1 << 22 { size *= 2 }
    bits = [UInt64](repeating: 0, count: size / 32)
    mask = UInt64(size - 1)
  }

  /// - Parameter fingerprint: the highest 29 bits of a hash.
  mutating func insert(fingerprint: UInt64, _ classes: WordClasses) {
    let place = Int((fingerprint & mask) >> 6) * 2
    if classes.contains(.listed) { bits[place] |= 1 << (fingerprint & 63) }
    if classes.contains(.listedHead) { bits[place + 1] |= 1 << (fingerprint & 63) }
  }

  /// Whether a word or two may be an entry, or the first two words of one.
  @inline(__always)
  func mayBeEntry(_ hash: UInt64) -> Bool {
    let place = hash >> 35 & mask
    return bits[Int(place >> 6) &* 2] >> (place & 63) & 1 == 1
  }

  /// Whether a word may be the first of several.
  @inline(__always)
  func mayBegin(_ hash: UInt64) -> Bool {
    let place = hash >> 35 & mask
    return bits[Int(place >> 6) &* 2 &+ 1] >> (place & 63) & 1 == 1
  }
}

extension NameScanner {
  /// The longest entry that is looked for, in bytes of the text.
  private static let listedBytesMax = 320

  /// Appends where persons, places and organisations of the user's own list stand, in any case. Of
  /// a single word that is a common word, too, only the capitalised ones count, and those are found
  /// as all names are.
  ///
  /// - Complexity: O(words), and O(words of an entry) where one may begin: whatever the length of
  ///   the list.
  func findListed(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    guard let filter = dictionary.listed else { return }
    var next = 0
    for block in 0..<maps.blockCount {
      var starts = maps.wordStarts(block)
      while starts != 0 {
        let start = block &* 64 &+ starts.trailingZeroBitCount
        starts &= starts &- 1
        let end = maps.wordEnd(start)
        if start < next {
          // An entry may end amid a run of several words: "—" is one of its bytes.
          if end > next {
            next = findListed(text, next..<end, filter, using: &scratch, into: &mentions)
          }
          continue
        }
        if let hash = ByteHash.ofASCII(text, start..<end) {
          guard
            filter.mayBeEntry(hash)
              || filter.mayBegin(hash) && mayGoOn(text, maps, start..<end, filter)
          else { continue }
          if let found = listed(text, start, using: &scratch) {
            mentions.append(found)
            next = found.range.upperBound
          }
        } else {
          next = findListed(text, start..<end, filter, using: &scratch, into: &mentions)
        }
      }
    }
  }

  /// Whether an entry may begin with a word and the one behind it: `false` where both are ASCII
  /// with one blank between them, and no entry begins so. First words are often frequent ones.
  private func mayGoOn(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, _ word: Range<Int>, _ filter: ListedFilter
  ) -> Bool {
    let next = word.upperBound + 1
    guard next < text.count else { return false }
    guard text[word.upperBound] == 32, NameScanner.isWordByte(text[next]),
      let hash = ByteHash.ofASCII(text, word.lowerBound..<maps.wordEnd(next))
    else { return true }
    return filter.mayBeEntry(hash) || filter.mayBegin(hash)
  }

  /// The same in a run that holds bytes of 0x80 and above: it may be several words.
  ///
  /// - Returns: where to go on.
  private func findListed(
    _ text: Span<UInt8>, _ run: Range<Int>, _ filter: ListedFilter,
    using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) -> Int {
    var index = run.lowerBound
    while index < run.upperBound {
      let end = Self.wordEnd(text, index, run.upperBound, &scratch.folding)
      if end == index {
        index += decodeUTF8(text, at: index).count
        continue
      }
      let hash = scratch.hash(text, index..<end)
      if filter.mayBeEntry(hash) || filter.mayBegin(hash),
        let found = listed(text, index, using: &scratch)
      {
        mentions.append(found)
        index = found.range.upperBound
      } else {
        index = end
      }
    }
    return index
  }

  /// Where the letters, marks, digits and underscores from `start` on end.
  static func wordEnd(
    _ text: Span<UInt8>, _ start: Int, _ limit: Int, _ folding: inout FoldTable
  ) -> Int {
    var end = start
    while end < limit {
      end = runEnd(text, end, limit, of: .wordPart, &folding)
      guard end < limit, text[end] == 95 else { break }
      end += 1
    }
    return end
  }

  /// Where the characters of some classes from `start` on end.
  static func runEnd(
    _ text: Span<UInt8>, _ start: Int, _ limit: Int, of classes: CharacterClass,
    _ folding: inout FoldTable
  ) -> Int {
    var index = start
    while index < limit {
      let (codePoint, count) = decodeUTF8(text, at: index)
      guard folding.classes(of: codePoint).meets(classes) else { break }
      index += count
    }
    return index
  }

  /// The longest entry of the list that begins with the word at `start`.
  private func listed(
    _ text: Span<UInt8>, _ start: Int, using scratch: inout NameScratch
  ) -> NameMention? {
    let limit = min(text.count, start + Self.listedBytesMax)
    var hash = ByteHash()
    var best: NameMention?
    var index = start
    while index < limit {
      let end = Self.wordEnd(text, index, text.count, &scratch.folding)
      guard end > index, end <= limit else { break }
      scratch.fold(text, index..<end)
      for byte in scratch.folded { hash.combine(byte) }
      let classes = dictionary.entry(hash.finalize()).classes
      if classes.contains(.listed), classes.meets(.listable), !classes.contains(.keep) {
        let isPhrase = index > start
        let isCall = end < text.count && text[end] == UInt8(ascii: "(")
        if isPhrase || !classes.contains(.common) && !isCall {
          best = NameMention(
            range: start..<end, kind: Self.kind(of: classes), reason: .userList, score: 0.95)
        }
      }
      if index == start, !classes.contains(.listedHead) { break }
      index = end
      guard Self.passGap(text, &index, limit, &hash, &scratch) else { break }
    }
    return best
  }

  private static func kind(of classes: WordClasses) -> MentionKind {
    if classes.contains(.person) { return .person }
    return classes.contains(.organization) ? .organization : .location
  }

  /// Passes what stands between two words of an entry: blanks, one line end among them at most,
  /// count as one; marks as they are.
  ///
  /// - Returns: whether a word may follow.
  private static func passGap(
    _ text: Span<UInt8>, _ index: inout Int, _ limit: Int, _ hash: inout ByteHash,
    _ scratch: inout NameScratch
  ) -> Bool {
    var characters = 0
    var lineEnds = 0
    var lastIsBlank = false
    while index < limit {
      let (codePoint, count) = decodeUTF8(text, at: index)
      if codePoint == 95 || scratch.folding.classes(of: codePoint).meets(.wordPart) {
        return characters > 0
      }
      characters += 1
      if codePoint == 10 { lineEnds += 1 }
      guard characters <= 8, lineEnds <= 1 else { return false }
      let isBlank =
        codePoint == 32 || codePoint == 10 || codePoint == 13 || codePoint == 9
        || codePoint == 0xA0
      if isBlank {
        if !lastIsBlank { hash.combine(32) }
      } else {
        scratch.fold(text, index..<index + count)
        for byte in scratch.folded { hash.combine(byte) }
      }
      lastIsBlank = isBlank
      index += count
    }
    return false
  }
}
