package import Text

/// What a name mention is taken for.
package enum MentionKind: UInt8, Sendable, CaseIterable {
  case person, location
}

/// Why a mention was taken; the report names it as the rule.
package enum MentionReason: UInt8, Sendable, CaseIterable {
  case introduced, title, salutation, signOff, header, kin, dictionary, userList, honorific,
    place, propagated

  /// The rule id that findings carry.
  package var ruleID: String {
    switch self {
    case .introduced: "names/introduced"
    case .title: "names/title"
    case .salutation: "names/salutation"
    case .signOff: "names/sign_off"
    case .header: "names/header"
    case .kin: "names/kin"
    case .dictionary: "names/dictionary"
    case .userList: "names/user_list"
    case .honorific: "names/honorific"
    case .place: "names/place"
    case .propagated: "names/propagated"
    }
  }
}

/// A place in a text that names a person or a place.
package struct NameMention: Sendable, Equatable {
  /// Bytes of the text.
  package var range: Range<Int>
  package var kind: MentionKind
  package var reason: MentionReason
  /// 0…1.
  package var score: Float
}

/// How much evidence a name needs.
package enum NameMode: String, Sendable, CaseIterable {
  case balanced, recall, paranoid

  /// Added to every candidate's points.
  var bonus: Int {
    switch self {
    case .balanced: 0
    case .recall: 12
    case .paranoid: 30
    }
  }
}

/// Finds names of people and places in one text at a time. Frozen and shared; the scratch belongs
/// to the worker.
package final class NameScanner: Sendable {
  package let dictionary: NameDictionary
  package let cues: Cues
  package let mode: NameMode

  package init(dictionary: NameDictionary, cues: Cues, mode: NameMode) {
    self.dictionary = dictionary
    self.cues = cues
    self.mode = mode
  }

  /// Appends the mentions in a text, in order, disjoint among the capitalised ones.
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - maps: the text's byte maps.
  ///   - scope: the parts of the text that names may begin in, in order, disjoint.
  /// - Complexity: O(capitals and non-ASCII bytes), plus the words that hold them.
  package func scan(
    _ text: Span<UInt8>, maps: borrowing ByteMaps, within scope: [Range<Int>],
    using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) {
    scratch.tokens.removeAll(keepingCapacity: true)
    for part in scope { gather(text, maps, within: part, using: &scratch) }
    // The look-ups miss the caches; in a loop of their own the misses overlap, and `gather` has
    // asked for the memory.
    for index in scratch.tokens.indices {
      scratch.tokens[index].entry = dictionary.entry(scratch.tokens[index].hash)
    }
    for index in scratch.tokens.indices
    where !scratch.tokens[index].entry.classes.meets(.nameOrCommon) {
      addEnding(text, index, using: &scratch)
    }
    judgeChains(text, using: &scratch, into: &mentions)
  }

  /// Cuts the capitalised words into chains that may be one name each, and judges them.
  private func judgeChains(
    _ text: Span<UInt8>, using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) {
    // A reference of its own, so that the scratch can be used while the words are read.
    let tokens = scratch.tokens
    var first = 0
    while first < tokens.count {
      var end = first + 1
      while end < tokens.count,
        continues(text, tokens[end - 1], tokens[end].range.lowerBound, using: &scratch)
      {
        end += 1
      }
      if end - first > 1 || Self.mayBeName(tokens[first], text) {
        judge(text, tokens[first..<end], using: &scratch, into: &mentions)
      }
      first = end
    }
  }

  /// Takes an unknown word that ends like one for a surname.
  private func addEnding(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) {
    let token = scratch.tokens[index]
    guard token.shape != .initial else { return }
    if let ends = cues.asciiWordEndsLikeName(text, token.range) {
      guard ends else { return }
    } else {
      scratch.fold(text, token.range)
      guard cues.endsLikeName(scratch.folded) else { return }
    }
    scratch.tokens[index].entry.classes.formUnion(.surname)
    scratch.tokens[index].entry.nameBucket = max(token.entry.nameBucket, 3)
  }

  /// Puts the capitalised words of a text into the scratch, without what is known of them.
  private func gather(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, within range: Range<Int>,
    using scratch: inout NameScratch
  ) {
    var cursor = range.lowerBound
    for block in range.lowerBound >> 6..<(range.upperBound &+ 63) >> 6 {
      var candidates = maps.upper(block) | maps.cased(block)
      if range.upperBound < block &* 64 &+ 64 {
        candidates &= ~(.max << UInt64(range.upperBound &- block &* 64))
      }
      if cursor > block &* 64 {
        let passed = cursor &- block &* 64
        candidates = passed >= 64 ? 0 : candidates & (.max << UInt64(passed))
      }
      while candidates != 0 {
        let position = block &* 64 &+ candidates.trailingZeroBitCount
        if text[position] >= 0x80, Self.isNoCapital(text, position) {
          candidates &= candidates &- 1
          continue
        }
        let start = maps.wordStart(position)
        let end = maps.wordEnd(position)
        visit(text, maps, start..<end, using: &scratch)
        let passed = end &- block &* 64
        candidates = passed >= 64 ? 0 : candidates & (.max << UInt64(passed))
        cursor = end
      }
    }
  }

  /// Whether the character that a lead byte begins, one of the `cased` map, is one of the many that
  /// are no capitals for certain: lower-case letters of Latin-1 and Cyrillic, punctuation,
  /// presentation forms, pictures.
  @inline(__always)
  package static func isNoCapital(_ text: Span<UInt8>, _ position: Int) -> Bool {
    let second = text[position + 1]
    switch text[position] {
    case 0xC3: return second > 0x9E
    case 0xD0: return second >= 0xB0
    case 0xD1: return second < 0xA0
    // Of this block of three only the letterlike symbols, U+2100 to 21BF, and U+2C00 and above.
    case 0xE2: return second < 0xB0 && second &- 0x84 >= 3
    // Full-width capitals are EF BC A1 to BA.
    case 0xEF: return second != 0xBC || text[position + 2] &- 0xA1 >= 26
    case 0xF0: return second >= 0x9F
    default: return false
    }
  }

  /// Whether a word by itself may be a name: known as one, or capitalised and not known as a common
  /// word.
  package func mayBeName(_ word: Span<UInt8>, using scratch: inout NameScratch) -> Bool {
    guard word.count > 0 else { return false }
    let classes = dictionary.entry(scratch.hash(word, 0..<word.count)).classes
    if classes.contains(.common) { return false }
    return classes.meets(.nameOrPlace) || word[0] &- 65 < 26 || word[0] >= 0x80
  }

  /// A letter, a digit, `_` or any byte of a non-ASCII character.
  @inline(__always)
  static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == 95
  }

  /// Takes one run of word bytes apart into tokens.
  @inline(__always)
  private func visit(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, _ run: Range<Int>,
    using scratch: inout NameScratch
  ) {
    if run.count <= 64, maps.high(from: run.lowerBound) & (.max &>> UInt64(64 &- run.count)) == 0 {
      guard let shape = WordShape(text, maps, run), !isGlued(text, run),
        let hash = ByteHash.ofASCII(text, run)
      else { return }
      dictionary.prefetch(hash)
      scratch.tokens.append(NameToken(range: run, shape: shape, hash: hash, entry: .unknown))
    } else {
      visitMixed(text, run, using: &scratch)
    }
  }

  /// Takes a run apart that holds bytes of 0x80 and above, or is longer than any name: it may hold
  /// quotes, dashes and ideographs beside letters.
  @inline(never)
  private func visitMixed(
    _ text: Span<UInt8>, _ run: Range<Int>, using scratch: inout NameScratch
  ) {
    let scripts = ScriptsInRun(text, run)
    if scripts.hasNoCapital || scripts.isOneWord && !beginsWithCapital(text, run, &scratch) {
      return
    }
    var word = MixedWord()
    var index = run.lowerBound
    while index < run.upperBound {
      let (codePoint, count) = decodeUTF8(text, at: index)
      let classes = scratch.folding.classes(of: codePoint)
      if codePoint == 95 || classes.meets(.wordPart) && !classes.contains(.caseless) {
        word.add(classes, at: index)
      } else {
        finish(word, at: index, text, using: &scratch)
        word = MixedWord()
      }
      index += count
    }
    finish(word, at: run.upperBound, text, using: &scratch)
  }

  /// A word of a run in several scripts, while it is read.
  private struct MixedWord {
    var start = -1
    var firstIsUpper = false
    var upperCount = 0
    var letterCount = 0
    var isWord = true

    mutating func add(_ classes: CharacterClass, at index: Int) {
      if start < 0 {
        start = index
        firstIsUpper = classes.contains(.upper)
      }
      if classes.contains(.letter) { letterCount += 1 }
      if classes.contains(.upper) { upperCount += 1 }
      if classes.contains(.digit) || classes.rawValue == 0 { isWord = false }
    }
  }

  private func finish(
    _ word: MixedWord, at end: Int, _ text: Span<UInt8>, using scratch: inout NameScratch
  ) {
    guard word.start >= 0, word.isWord, word.firstIsUpper, word.letterCount > 0 else { return }
    let range = word.start..<end
    guard !isGlued(text, range) else { return }
    let shape: WordShape =
      word.letterCount == 1 ? .initial : word.upperCount == word.letterCount ? .upper : .title
    let hash = scratch.hash(text, range)
    scratch.tokens.append(NameToken(range: range, shape: shape, hash: hash, entry: .unknown))
  }

  private func beginsWithCapital(
    _ text: Span<UInt8>, _ run: Range<Int>, _ scratch: inout NameScratch
  ) -> Bool {
    scratch.folding.classes(of: decodeUTF8(text, at: run.lowerBound).codePoint).contains(.upper)
  }

  /// Whether a word is part of an identifier, a path, an address or a call rather than of prose.
  private func isGlued(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    if range.lowerBound > 0 {
      switch text[range.lowerBound - 1] {
      case UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "$"),
        UInt8(ascii: "#"), UInt8(ascii: "@"), UInt8(ascii: "&"), UInt8(ascii: "%"),
        UInt8(ascii: "="):
        return true
      case UInt8(ascii: ":"):
        if range.lowerBound > 1, text[range.lowerBound - 2] == UInt8(ascii: ":") { return true }
      case UInt8(ascii: "-"):
        if range.lowerBound > 1, Self.isWordByte(text[range.lowerBound - 2]) { break }
        return range.lowerBound > 1 && text[range.lowerBound - 2] == UInt8(ascii: "-")
      default: break
      }
    }
    guard range.upperBound < text.count else { return false }
    let next = text[range.upperBound]
    let afterNext = range.upperBound + 1 < text.count ? text[range.upperBound + 1] : 32
    switch next {
    case UInt8(ascii: "("), UInt8(ascii: "="), UInt8(ascii: "\\"), UInt8(ascii: "@"): return true
    case UInt8(ascii: "."): return Self.isWordByte(afterNext)
    case UInt8(ascii: ":"): return afterNext == UInt8(ascii: ":")
    case UInt8(ascii: "["), UInt8(ascii: "{"): return true
    default: return false
    }
  }

  /// Whether the bytes between a token and the next capitalised word keep them in one name.
  private func continues(
    _ text: Span<UInt8>, _ last: NameToken, _ next: Int, using scratch: inout NameScratch
  ) -> Bool {
    let end = last.range.upperBound
    let gap = next - end
    switch gap {
    case 1:
      let byte = text[end]
      return byte == 32 || byte == UInt8(ascii: "-")
        || (byte == UInt8(ascii: "'") && last.range.count == 1)
        || (byte == UInt8(ascii: ".") && last.shape == .initial)
    case 2:
      return text[end] == UInt8(ascii: ".") && text[end + 1] == 32
        && (last.shape == .initial || last.entry.classes.contains(.title))
    case 3...16:
      guard text[end] == 32, text[next - 1] == 32 || text[next - 1] == UInt8(ascii: "'") else {
        return false
      }
      return areParticles(text, end + 1..<next, using: &scratch)
    default: return false
    }
  }

  private func areParticles(
    _ text: Span<UInt8>, _ range: Range<Int>, using scratch: inout NameScratch
  ) -> Bool {
    var start = range.lowerBound
    for index in range {
      let byte = text[index]
      if byte == 32 || byte == UInt8(ascii: "'") {
        guard index > start else { return false }
        let hash = scratch.hash(text, start..<index)
        guard cues.particles.mayContain(hash),
          dictionary.entry(hash).classes.contains(.particle)
        else { return false }
        start = index + 1
      } else if byte &- 97 >= 26 && byte < 0x80 {
        return false
      }
    }
    return true
  }
}

/// What the lead bytes of a run say, so that most words of other scripts are passed over without
/// being decoded.
private struct ScriptsInRun {
  /// Whether no letter of the run can be a capital: ideographs, kana, Hangul, Arabic, Indic scripts
  /// …
  private(set) var hasNoCapital = true
  /// Whether all characters are letters, digits, marks or `_`, as far as the lead bytes show.
  private(set) var isOneWord = true

  init(_ text: Span<UInt8>, _ run: Range<Int>) {
    for index in run {
      let byte = text[index]
      if byte < 0x80 {
        if byte &- 65 < 26 { hasNoCapital = false }
      } else if byte >= 0xC0 {
        // See `cased` in CByteMaps.h.
        switch byte {
        case 0xC3...0xD5: hasNoCapital = false
        case 0xD6, 0xE1, 0xE2, 0xEA, 0xEF, 0xF0...0xF4:
          hasNoCapital = false
          isOneWord = false
        default: isOneWord = false
        }
      }
    }
  }
}

/// How a capitalised word is written.
package enum WordShape: UInt8, Sendable {
  /// `Sarah`, `McDonald`.
  case title
  /// `SARAH`.
  case upper
  /// `J`.
  case initial

  /// The shape of an ASCII word, or `nil` when it is an identifier: digits, underscores, camel
  /// case.
  ///
  /// - Complexity: O(1).
  init?(_ text: Span<UInt8>, _ maps: borrowing ByteMaps, _ range: Range<Int>) {
    let count = range.count
    let mask = UInt64.max &>> UInt64(64 &- count)
    let upper = maps.upper(from: range.lowerBound) & mask
    guard upper & 1 != 0, ~maps.letter(from: range.lowerBound) & mask == 0 else { return nil }
    self.init(text, range, upper)
  }

  /// The same without maps.
  ///
  /// - Complexity: O(`range.count`).
  init?(_ text: Span<UInt8>, _ range: Range<Int>) {
    guard range.count <= 64, text[range.lowerBound] &- 65 < 26 else { return nil }
    var upper: UInt64 = 0
    for index in range {
      let byte = text[index]
      if byte &- 65 < 26 {
        upper |= 1 << UInt64(index - range.lowerBound)
      } else if byte &- 97 >= 26 {
        return nil
      }
    }
    self.init(text, range, upper)
  }

  /// The shape of a word of ASCII letters of which those in `upper` are capitals, the first one
  /// among them.
  @inline(__always)
  private init?(_ text: Span<UInt8>, _ range: Range<Int>, _ upper: UInt64) {
    let count = range.count
    if count == 1 {
      self = .initial
    } else if upper == 1 {
      self = .title
    } else if upper.nonzeroBitCount == count {
      self = .upper
    } else if upper.nonzeroBitCount == 2,
      case let second = (upper & ~1).trailingZeroBitCount,
      Self.isNamePrefix(text, range.lowerBound, second), count > second + 2
    {
      self = .title
    } else {
      return nil
    }
  }

  /// `Mc`, `Mac`, `De`, `Di`, `La`, `Le`, `Fitz` before a second capital.
  private static func isNamePrefix(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> Bool {
    let prefixes: [StaticString] = ["Mc", "Mac", "De", "Di", "Du", "La", "Le", "Fitz", "Van"]
    return prefixes.contains { prefix in
      guard prefix.utf8CodeUnitCount == count else { return false }
      var index = start
      for byte in prefix.description.utf8 {
        if text[index] != byte { return false }
        index += 1
      }
      return true
    }
  }
}

/// A capitalised word and what is known of it.
package struct NameToken {
  package var range: Range<Int>
  package var shape: WordShape
  package var hash: UInt64
  package var entry: WordEntry
}

/// The memory one worker needs to look for names.
package struct NameScratch: ~Copyable {
  package var folding = FoldTable()
  /// The capitalised words of the text.
  var tokens: [NameToken] = []
  /// The folded form of the word hashed last.
  var folded: [UInt8] = []

  package init() {}

  /// Puts the folded form of a word into `folded`.
  mutating func fold(_ text: Span<UInt8>, _ range: Range<Int>) {
    folded.removeAll(keepingCapacity: true)
    folding.fold(text, range, into: &folded)
  }

  /// The `ByteHash` of a folded word.
  @inline(__always)
  package mutating func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    if let hash = ByteHash.ofASCII(text, range) { return hash }
    return foldedHash(text, range)
  }

  @inline(never)
  private mutating func foldedHash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    folded.removeAll(keepingCapacity: true)
    folding.fold(text, range, into: &folded)
    return ByteHash.of(folded)
  }
}
