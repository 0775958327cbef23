internal import Text

/// Names that are no words by themselves: Han, kana and Thai have no blanks between words, and
/// others join particles to a name, or "and" before it. They are looked for as strings, by their
/// first six bytes, which each of them has, and then by their hashes: the time does not depend on
/// how many there are.
struct JoinedNames {
  struct Name {
    /// As it was written.
    var bytes: [UInt8]
    var letters: Int
    var score: Float
    var isCertain: Bool
  }

  private(set) var names: [Name] = []
  /// The index of a name by the `ByteHash` of its bytes.
  private var places: [UInt64: Int] = [:]
  /// By the first six bytes: bit n, names have n bytes.
  private var lengths: [UInt64: UInt128] = [:]
  /// The first six bytes of the names: most places of a text are passed by this.
  private var filter = SmallFilter()

  /// How many bytes a name has at least, and at most.
  static let countMin = 6
  static let countMax = 127

  var isEmpty: Bool { names.isEmpty }

  mutating func removeAll() {
    guard !names.isEmpty else { return }
    names.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    filter.removeAll()
  }

  private static func slot(_ key: UInt64) -> UInt64 { (key &* 0x9E37_79B9_7F4A_7C15) >> 52 }

  private static func key(_ text: Span<UInt8>, _ start: Int) -> UInt64 {
    eightBytes(of: text, at: start) & 0xFFFF_FFFF_FFFF
  }

  /// Whether the string of a range is remembered.
  func contains(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard !names.isEmpty, range.count >= Self.countMin,
      let counts = lengths[Self.key(text, range.lowerBound)], range.count <= Self.countMax,
      counts >> UInt128(range.count) & 1 == 1
    else { return false }
    var hash = ByteHash()
    for index in range { hash.combine(text[index]) }
    return places[hash.finalize()] != nil
  }

  /// Remembers a name of `countMin` to `countMax` bytes, or that it is surer than it was.
  mutating func insert(_ name: Name) {
    let hash = ByteHash.of(name.bytes)
    if let known = places[hash] {
      names[known].score = max(names[known].score, name.score)
      names[known].isCertain = names[known].isCertain || name.isCertain
      return
    }
    places[hash] = names.count
    let key = Self.key(name.bytes.span, 0)
    lengths[key, default: 0] |= 1 << UInt128(name.bytes.count)
    filter.insert(Self.slot(key))
    names.append(name)
  }

  /// Puts the indices of the names that stand at an offset into an array, the shortest first.
  ///
  /// - Complexity: O(`countMax`).
  func find(_ text: Span<UInt8>, at start: Int, into found: inout [Int]) {
    found.removeAll(keepingCapacity: true)
    let key = Self.key(text, start)
    guard filter.contains(Self.slot(key)), var counts = lengths[key] else { return }
    var hash = ByteHash()
    var end = start
    while counts != 0 {
      let count = counts.trailingZeroBitCount
      counts &= counts &- 1
      guard start + count <= text.count else { return }
      while end < start + count {
        hash.combine(text[end])
        end += 1
      }
      if let place = places[hash.finalize()] { found.append(place) }
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
    guard range.count >= JoinedNames.countMin, range.count <= JoinedNames.countMax else { return }
    var bytes: [UInt8] = []
    for place in range { bytes.append(text[place]) }
    joined.insert(
      JoinedNames.Name(bytes: bytes, letters: letters, score: score, isCertain: isCertain))
  }

  /// Appends every place where a remembered string stands as a name, of several the longest.
  ///
  /// - Complexity: O(`text.count`).
  func findJoined(
    in text: Span<UInt8>, maps: borrowing ByteMaps, _ names: NameScanner,
    using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) {
    guard maps.hasHigh else { return }
    var found: [Int] = []
    var free = 0
    for block in 0..<maps.blockCount {
      var leads = maps.lead(block)
      while leads != 0 {
        let start = block &* 64 &+ leads.trailingZeroBitCount
        leads &= leads &- 1
        guard start >= free, text[start] >= 0xD6 else { continue }
        joined.find(text, at: start, into: &found)
        for place in found.reversed() {
          let name = joined.names[place]
          let range = start..<start + name.bytes.count
          guard names.stands(text, range, letters: name.letters, using: &scratch) else { continue }
          let score = name.isCertain ? Self.certain : min(name.score, Self.certain)
          mentions.append(
            NameMention(range: range, kind: .person, reason: .propagated, score: score))
          free = range.upperBound
          break
        }
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
