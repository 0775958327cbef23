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
package struct NameScanner: Sendable {
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
  /// - Complexity: O(capitals and non-ASCII bytes), plus the words that hold them.
  package func scan(
    _ text: Span<UInt8>, maps: borrowing ByteMaps, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    scratch.chain.removeAll(keepingCapacity: true)
    var cursor = 0
    for word in 0..<(maps.count + 63) / 64 {
      var candidates = maps.upper[word] | maps.high[word]
      while candidates != 0 {
        let position = word * 64 + candidates.trailingZeroBitCount
        candidates &= candidates &- 1
        if position < cursor { continue }
        var start = position
        while start > cursor, Self.isWordByte(text[start - 1]) { start -= 1 }
        var end = position + 1
        while end < text.count, Self.isWordByte(text[end]) { end += 1 }
        visit(text, start..<end, using: &scratch, into: &mentions)
        cursor = end
      }
    }
    flush(text, using: &scratch, into: &mentions)
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
  private func visit(
    _ text: Span<UInt8>, _ run: Range<Int>, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    let scripts = ScriptsInRun(text, run)
    if scripts.hasNoCapital {
      flush(text, using: &scratch, into: &mentions)
      return
    }
    if scripts.isASCII {
      if let shape = WordShape(ascii: text, run) {
        add(text, run, shape, using: &scratch, into: &mentions)
      } else {
        flush(text, using: &scratch, into: &mentions)
      }
      return
    }
    // A run of non-ASCII bytes may hold quotes, dashes and ideographs beside letters.
    var start = -1
    var index = run.lowerBound
    var firstIsUpper = false
    var upperCount = 0
    var letterCount = 0
    var isWord = true
    func finish(at end: Int, _ scratch: inout NameScratch, _ mentions: inout [NameMention]) {
      defer { start = -1 }
      guard start >= 0 else { return }
      guard isWord, firstIsUpper, letterCount > 0 else {
        flush(text, using: &scratch, into: &mentions)
        return
      }
      let shape: WordShape =
        letterCount == 1 ? .initial : upperCount == letterCount ? .upper : .title
      add(text, start..<end, shape, using: &scratch, into: &mentions)
    }
    while index < run.upperBound {
      let (codePoint, count) = decodeUTF8(text, at: index)
      let classes = scratch.folding.classes(of: codePoint)
      let isPart =
        codePoint == 95 || classes.meets(.wordPart)
      if isPart && !classes.contains(.caseless) {
        if start < 0 {
          (start, upperCount, letterCount, isWord) = (index, 0, 0, true)
          firstIsUpper = classes.contains(.upper)
        }
        if classes.contains(.letter) { letterCount += 1 }
        if classes.contains(.upper) { upperCount += 1 }
        if classes.contains(.digit) || codePoint == 95 { isWord = false }
      } else {
        finish(at: index, &scratch, &mentions)
      }
      index += count
    }
    finish(at: run.upperBound, &scratch, &mentions)
  }

  /// Adds a capitalised word to the chain, or ends the chain first when the word does not continue
  /// it.
  private func add(
    _ text: Span<UInt8>, _ range: Range<Int>, _ shape: WordShape,
    using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) {
    if let last = scratch.chain.last,
      !continues(text, last, range.lowerBound, using: &scratch)
    {
      flush(text, using: &scratch, into: &mentions)
    }
    if isGlued(text, range) {
      flush(text, using: &scratch, into: &mentions)
      return
    }
    let hash = scratch.hash(text, range)
    var entry = dictionary.entry(hash)
    if !entry.classes.meets(.nameOrCommon), shape != .initial {
      scratch.fold(text, range)
      if cues.endsLikeName(scratch.folded) {
        entry.classes.insert(.surname)
        entry.nameBucket = max(entry.nameBucket, 3)
      }
    }
    scratch.chain.append(NameToken(range: range, shape: shape, hash: hash, entry: entry))
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
        guard dictionary.entry(hash).classes.contains(.particle) else { return false }
        start = index + 1
      } else if byte &- 97 >= 26 && byte < 0x80 {
        return false
      }
    }
    return true
  }

  /// Judges the chain gathered so far and empties it.
  private func flush(
    _ text: Span<UInt8>, using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) {
    guard !scratch.chain.isEmpty else { return }
    if scratch.chain.count == 1, !Self.mayBeName(scratch.chain[0], text) {
      scratch.chain.removeAll(keepingCapacity: true)
      return
    }
    judge(text, using: &scratch, into: &mentions)
    scratch.chain.removeAll(keepingCapacity: true)
  }
}

/// What the lead bytes of a run say, so that most words of other scripts are passed over without
/// being decoded.
private struct ScriptsInRun {
  private(set) var isASCII = true
  /// Whether no letter of the run can be a capital: ideographs, kana, Hangul, Arabic, Indic scripts
  /// …
  private(set) var hasNoCapital = true

  init(_ text: Span<UInt8>, _ run: Range<Int>) {
    for index in run {
      let byte = text[index]
      if byte < 0x80 {
        if byte &- 65 < 26 { hasNoCapital = false }
      } else {
        isASCII = false
        // Letters with case are in U+00C0–058F, 10A0–10FF, 13A0–13FF, 1C80–1FFF, 2C00–2D2F,
        // A640–ABBF, FF21–FF5A and beyond U+FFFF.
        switch byte {
        case 0xC3...0xD6, 0xE1, 0xE2, 0xEA, 0xEF, 0xF0...0xF4: hasNoCapital = false
        default: break
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
  init?(ascii text: Span<UInt8>, _ range: Range<Int>) {
    let count = range.count
    guard text[range.lowerBound] &- 65 < 26 else { return nil }
    var uppers = 0
    var second = -1
    for index in range {
      let byte = text[index]
      if byte &- 65 < 26 {
        uppers += 1
        if uppers == 2 { second = index - range.lowerBound }
      } else if byte &- 97 >= 26 {
        return nil
      }
    }
    if count == 1 {
      self = .initial
    } else if uppers == count {
      self = .upper
    } else if uppers == 1 {
      self = .title
    } else if uppers == 2, Self.isNamePrefix(text, range.lowerBound, second), count > second + 2 {
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
  var chain: [NameToken] = []
  /// The folded form of the word hashed last.
  var folded: [UInt8] = []

  package init() {}

  /// Puts the folded form of a word into `folded`.
  mutating func fold(_ text: Span<UInt8>, _ range: Range<Int>) {
    folded.removeAll(keepingCapacity: true)
    folding.fold(text, range, into: &folded)
  }

  /// The `ByteHash` of a folded word.
  package mutating func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = ByteHash()
    for index in range {
      let byte = text[index]
      if byte >= 0x80 { return foldedHash(text, range) }
      hash.combine(FoldTable.asciiFold(byte))
    }
    return hash.finalize()
  }

  private mutating func foldedHash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    folded.removeAll(keepingCapacity: true)
    folding.fold(text, range, into: &folded)
    return ByteHash.of(folded)
  }
}
