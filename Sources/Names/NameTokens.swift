package import Text

/// What the lead bytes of a run say, so that most words of other scripts are passed over without
/// being decoded.
struct ScriptsInRun {
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
  /// Whether the word ends like a surname or patronymic.
  package var endsLikeName = false
  /// Whether what is known of the word is known of its first case.
  package var isInflected = false
  /// Whether the word is letters with full stops that stand for something known: "U.S."
  package var isAbbreviation = false
  /// What joins the word to the one before in its chain.
  package var gap: NameGap = .none
  /// Whether the word stands elsewhere in the text, inside a sentence.
  package var isRepeated = false
  /// Where the word stands in a dictionary entry of several words.
  package var phrase: PhrasePlace = .none

  package init(range: Range<Int>, shape: WordShape, hash: UInt64, entry: WordEntry) {
    self.range = range
    self.shape = shape
    self.hash = hash
    self.entry = entry
  }
}

/// What stands between two words of a chain.
package enum NameGap: UInt8, Sendable, CaseIterable {
  /// Nothing before: the word is the first.
  case none
  /// A blank.
  case blank
  case hyphen
  /// A full stop after an initial or title, or an apostrophe.
  case mark
  /// Particles of names: "van der".
  case particle
  /// Words inside names of organisations: "of the".
  case link
}

/// The place of a word in a dictionary entry of several words.
package enum PhrasePlace: UInt8, Sendable, CaseIterable {
  case none, firstOfPlace, insidePlace, firstOfOrganization, insideOrganization, firstOfPerson,
    insidePerson
}

/// The memory one worker needs to look for names.
package struct NameScratch: ~Copyable {
  package var folding = FoldTable()
  /// What the scanner's dictionary said lately: a scratch is used with one scanner.
  var entries = EntryCache()
  var ideographs = IdeographEntries()
  var plainPairs = PlainPairs()
  /// The capitalised words of the text.
  package internal(set) var tokens: [NameToken] = []
  /// The chains they form.
  package internal(set) var chains: [NameChain] = []
  /// Whether some single capitals have nothing but full stops between them.
  var hasDots = false
  /// How the whole text is written.
  package internal(set) var style = TextStyle()
  /// The small words of such a text.
  var small: [NameToken] = []
  /// An unknown word of a script without capitals that may belong to a name behind it.
  var waiting: NameToken?
  /// The lines of the last table with a column of names; empty before the first.
  var table = 0..<0
  /// The cells of tables that hold places, in the order of the text.
  var placeCells: [Range<Int>] = []
  /// Where the last such word ended that others may join, or -1.
  var caselessEnd = -1
  /// Where a Thai surname may begin, or -1.
  var surnameStart = -1
  /// The characters of a run without blanks, and one behind them.
  var characters: [UnspacedCharacter] = []
  /// The folded bytes of those that have more than eight.
  var longFolds: [[UInt8]] = []
  /// What one and two characters are where the longest entry was looked for.
  var firstOne = WordEntry.unknown
  var firstTwo = WordEntry.unknown
  /// The text's language, an index into those of `LanguageGuess`, or -1.
  package internal(set) var language = -1
  /// How many bytes of the text that depends on; more than any text has, when nobody asked.
  package internal(set) var languageReach = Int.max
  /// The words seen once and twice inside a sentence.
  var once = SmallFilter()
  var twice = SmallFilter()
  /// Features, emissions, gaps and labels of the chain that is judged.
  var features: [UInt16] = []
  var emissions: [SIMD8<Int32>] = []
  var gaps: [NameGap] = []
  var labels: [NameLabel] = []
  var decoding = DecodeMemory()
  /// The folded form of the word hashed last.
  var folded: [UInt8] = []
  /// Made when the first word of mixed scripts is met.
  private var lookalikes: Lookalikes?

  package init() {}

  /// Forgets the text before and its tables, which are found before its words are.
  package mutating func beginText() {
    begin()
    table = 0..<0
    placeCells.removeAll(keepingCapacity: true)
  }

  var lineStyles = LineStyles()

  /// Whether a word stands in a cell of a table that holds a place.
  func isInPlaceCell(_ position: Int) -> Bool {
    guard !placeCells.isEmpty else { return false }
    let index = placeCells.partitioningIndex { $0.upperBound > position }
    return index < placeCells.count && placeCells[index].contains(position)
  }

  /// Whether a line of the text scanned last says what lines below it hold.
  package var hasTable: Bool { !table.isEmpty }

  /// Forgets the words of the text before.
  package mutating func begin() {
    tokens.removeAll(keepingCapacity: true)
    chains.removeAll(keepingCapacity: true)
    hasDots = false
    once.removeAll()
    twice.removeAll()
    language = -1
    languageReach = .max
    surnameStart = -1
    style = TextStyle()
    lineStyles.begin()
  }

  /// Counts a word that stands inside a sentence.
  mutating func countRepeat(_ slot: UInt64) {
    if once.insert(slot) { twice.insert(slot) }
  }

  /// Counts a word that begins a line and has a colon behind its chain.
  mutating func countSpeaker(_ slot: UInt64) { countRepeat(slot ^ Self.speakerBits) }

  /// How often such a word stands in the text, once at least.
  func speaks(_ slot: UInt64) -> Speaks {
    twice.contains(slot ^ Self.speakerBits) ? .often : .once
  }

  /// What keeps the slots of those who speak apart from those of words inside sentences.
  private static let speakerBits: UInt64 = 0xA53

  /// Whether a word stands elsewhere in the text, inside a sentence.
  func isRepeated(_ slot: UInt64, startsSentence: Bool) -> Bool {
    startsSentence ? once.contains(slot) : twice.contains(slot)
  }

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

  /// The `ByteHash` of a folded word as it looks: letters of another script among its letters are
  /// taken for those of one.
  mutating func hashOfMixed(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    if Lookalikes.isMixed(text, range) {
      let table = lookalikes ?? Lookalikes()
      lookalikes = table
      if let word = table.unmixed(text, range) { return hash(word.span, word.indices) }
    }
    return hash(text, range)
  }

  /// Appends a character of a run without blanks that begins at an offset.
  mutating func appendFolded(
    _ codePoint: UInt32, at start: Int, single: (UInt64, inout EntryCache) -> SingleEntry
  ) {
    folded.removeAll(keepingCapacity: true)
    folding.fold(codePoint, into: &folded)
    var bytes: UInt64 = 0
    if folded.count <= 8 {
      for byte in folded.reversed() { bytes = bytes << 8 | UInt64(byte) }
    } else {
      bytes = UInt64(longFolds.count)
      longFolds.append(folded)
    }
    characters.append(
      UnspacedCharacter(
        codePoint: codePoint, foldedCount: UInt32(folded.count), start: start, folded: bytes,
        single: single(ByteHash.of(folded), &entries)))
  }

  /// The `ByteHash` of some characters of the run that was cut last, folded.
  @inline(__always)
  func hashOfCharacters(_ range: Range<Int>) -> UInt64 {
    var hash = ByteHash()
    for index in range { combine(characters[index], into: &hash) }
    return hash.finalize()
  }

  @inline(__always)
  func combine(_ character: UnspacedCharacter, into hash: inout ByteHash) {
    if character.foldedCount <= 8 {
      hash.combine(character.folded, count: UInt64(character.foldedCount))
    } else {
      for byte in longFolds[Int(character.folded)] { hash.combine(byte) }
    }
  }

  @inline(never)
  private mutating func foldedHash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    folded.removeAll(keepingCapacity: true)
    folding.fold(text, range, into: &folded)
    return ByteHash.of(folded)
  }
}

/// What of a whole text's writing decides how its words are read.
package struct TextStyle: Sendable, Equatable {
  /// Whether it is written in small letters throughout.
  package var isLowerCase = false

  package init() {}
}

/// A character of a run without blanks.
struct UnspacedCharacter {
  var codePoint: UInt32
  /// How many folded bytes it has.
  var foldedCount: UInt32
  /// Where it begins in the text.
  var start: Int
  /// Its folded bytes, the first one in the lowest place; of more than eight, an index into
  /// `NameScratch.longFolds`.
  var folded: UInt64
  /// What it is by itself.
  var single: SingleEntry
  /// The hash of the character and the next; the look-up is asked for ahead.
  var two: UInt64 = 0
}

/// Capitalised words that stand together and may hold one name or several.
package struct NameChain {
  /// Indices of the words.
  package var words: Range<Int>
  var context = ChainContext()

  init(words: Range<Int>) { self.words = words }
}

/// A set of hashes that may hold more than was put in: 4,096 bits.
struct SmallFilter {
  private var bits = InlineArray<64, UInt64>(repeating: 0)

  /// The part of a hash that counts here.
  static func slot(_ hash: UInt64) -> UInt64 { hash & 0xFFF }

  mutating func removeAll() { bits = InlineArray(repeating: 0) }

  /// - Returns: whether the slot was in before.
  @discardableResult
  mutating func insert(_ slot: UInt64) -> Bool {
    let place = Int(slot >> 6)
    let bit: UInt64 = 1 << (slot & 63)
    let wasIn = bits[place] & bit != 0
    bits[place] |= bit
    return wasIn
  }

  func contains(_ slot: UInt64) -> Bool { bits[Int(slot >> 6)] >> (slot & 63) & 1 == 1 }
}
