internal import Text

/// What a phrase says of the words beside it.
package struct CueKinds: OptionSet, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// "my name is": a name follows.
  package static var introduces: CueKinds { CueKinds(rawValue: 1) }
  /// "I'm": a name may follow.
  package static var introducesWeakly: CueKinds { CueKinds(rawValue: 2) }
  package static var title: CueKinds { CueKinds(rawValue: 4) }
  package static var salutation: CueKinds { CueKinds(rawValue: 8) }
  package static var signOff: CueKinds { CueKinds(rawValue: 16) }
  /// "From": a name follows the colon.
  package static var header: CueKinds { CueKinds(rawValue: 32) }
  package static var kin: CueKinds { CueKinds(rawValue: 64) }
  /// "the": what follows is no person.
  package static var notAfter: CueKinds { CueKinds(rawValue: 128) }
  /// "さん": a name stands before.
  package static var honorificAfter: CueKinds { CueKinds(rawValue: 256) }
  /// "rue", "theorem of": what follows is named after somebody, or for something else.
  package static var thingBefore: CueKinds { CueKinds(rawValue: 512) }

  /// "said", "wohnt": who stands before or after it is a person.
  package static var speech: CueKinds { CueKinds(rawValue: 1 << 10) }
  /// "in", "nach": a place may follow.
  package static var placeBefore: CueKinds { CueKinds(rawValue: 1 << 11) }
  /// "by", "von": a person or an organisation may follow.
  package static var agentBefore: CueKinds { CueKinds(rawValue: 1 << 12) }
  /// "of", "and": may stand inside a name of an organisation.
  package static var link: CueKinds { CueKinds(rawValue: 1 << 13) }
  /// "singer", "Minister": a person's name may follow.
  package static var role: CueKinds { CueKinds(rawValue: 1 << 14) }

  /// Words behind which the noun of a description does not come: "of", "in", "by".
  static var joining: CueKinds { CueKinds(rawValue: 1 << 11 | 1 << 12 | 1 << 13) }

  /// Kinds behind which a name stands whatever the words are.
  static var announcing: CueKinds { CueKinds(rawValue: 1 | 2 | 4 | 8 | 16 | 32 | 64) }

  /// Of these, the kinds that say so whatever else is known of the words: introductions, titles,
  /// salutations and sign-offs.
  static var certain: CueKinds { CueKinds(rawValue: 1 | 4 | 8 | 16) }

  /// Kinds beside which an unknown word of a script without capitals may be a name.
  static var naming: CueKinds {
    CueKinds(rawValue: 1 | 4 | 8 | 16 | 32 | 64 | 256 | 1 << 10 | 1 << 14)
  }

  /// Whether the two have a member in common.
  @inline(__always)
  package func meets(_ other: CueKinds) -> Bool { rawValue & other.rawValue != 0 }

  /// The names of the bits, lowest first.
  package static let names = [
    "introduces", "introduces_weak", "title", "salutation", "signoff", "header", "kin",
    "not_after", "honorific_after", "thing_before", "speech", "place_before", "agent_before",
    "link", "role", "_",
  ]

  /// Whether all members of the other are in this.
  @inline(__always)
  package func contains(_ other: CueKinds) -> Bool { rawValue & other.rawValue == other.rawValue }
}

/// Phrases that announce names, by the hash of their folded words joined by one blank. Frozen and
/// shared.
package struct Cues: Sendable {
  /// The most words a phrase has.
  package static let wordsMax = 5

  /// Kinds and `endsPhrase` by hash, in the shape of a dictionary, which is made for such look-ups.
  private var table = WordTable()
  /// The words that end a phrase.
  private var ends = HashFilter()
  /// The last characters of phrases that end in a script without capitals.
  private(set) var lastCharacters = HashFilter()
  /// Words that may stand inside a name.
  private(set) var particles = HashFilter()
  /// Words behind a name that say that it is none.
  private(set) var following = HashFilter()
  /// The hashes of name endings such as "ovich", folded.
  private var suffixes = WordTable()
  /// The words beside names that weights are fitted for, in the order of the file; index 0 is none.
  package private(set) var contextWords = [""]
  private var contextTable = WordTable()
  private var contextFilter = HashFilter()
  /// What words in capitals stand for that are common in small letters, and abbreviations with full
  /// stops between their letters.
  private(set) var capitals = WordTable()
  /// The lengths of the endings that end in a byte, one bit each, by that byte.
  private var suffixLengths = [UInt64](repeating: 0, count: 256)
  /// What the words of descriptions say: "is a village in Kent".
  private(set) var descriptions = DescriptionWords(capacity: 0)
  /// The names of fields whose values are names.
  private(set) var fields = FieldNames()
  /// The last words of these, folded, found by their position in the text.
  package var fieldLiterals: [[UInt8]] { fields.literals }
  /// Phrases found by their position in the text, for names without a capital: the bytes as written
  /// and what they announce.
  package private(set) var literals: [(bytes: [UInt8], kinds: CueKinds)] = []
  package init() {}

  /// The kinds of a phrase, given the `ByteHash` of its folded form.
  package func kinds(_ hash: UInt64) -> CueKinds {
    CueKinds(rawValue: UInt16(table.entry(hash).classes.rawValue & 0x7FFF))
  }

  /// The kinds of a phrase without blanks, given the `ByteHash` of its folded form.
  ///
  /// - Complexity: O(1), without a look at the table for most words that are none.
  @inline(__always)
  package func kindsOfOneWord(_ hash: UInt64) -> CueKinds {
    ends.mayContain(hash) ? kinds(hash) : []
  }

  /// Whether a phrase ends in the word with this hash; most words end none.
  package func canEnd(_ hash: UInt64) -> Bool {
    ends.mayContain(hash) && table.entry(hash).classes.rawValue & Self.endsPhrase != 0
  }

  private static let endsPhrase: UInt32 = 0x8000

  /// Whether a folded word of some length has the ending of a surname or patronymic.
  package func endsLikeName(_ folded: [UInt8]) -> Bool { endsLikeName(folded[...]) }

  /// The same for the beginning of a word.
  func endsLikeName(_ folded: ArraySlice<UInt8>) -> Bool {
    guard let last = folded.last else { return false }
    var lengths = suffixLengths[Int(last)]
    while lengths != 0 {
      let length = lengths.trailingZeroBitCount
      lengths &= lengths &- 1
      guard folded.count >= length + 3 else { return false }
      var hash = ByteHash()
      for index in folded.count - length..<folded.count { hash.combine(folded[index]) }
      if suffixes.entry(hash.finalize()).classes.contains(.surname) { return true }
    }
    return false
  }

  /// The same for a word of ASCII letters as it is written; `nil` when it has others, or may have
  /// an ending of eight letters and more.
  ///
  /// - Complexity: O(number of lengths of endings), plus O(1) for each eight letters.
  package func asciiWordEndsLikeName(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool? {
    let count = word.count
    var high: UInt64 = 0
    var index = word.lowerBound
    while word.upperBound - index >= 8 {
      high |= eightBytes(of: text, at: index)
      index += 8
    }
    let rest = UInt64(word.upperBound - index) &* 8
    if rest > 0 { high |= eightBytes(of: text, at: index) & (1 &<< rest &- 1) }
    guard high & 0x8080_8080_8080_8080 == 0, count > 0 else { return nil }
    // The last eight letters, the last one in the highest place.
    let tail =
      (count >= 8
        ? eightBytes(of: text, at: word.upperBound - 8)
        : eightBytes(of: text, at: word.lowerBound) &<< (64 &- rest)) | 0x2020_2020_2020_2020
    var lengths = suffixLengths[Int(tail >> 56)]
    while lengths != 0 {
      let length = lengths.trailingZeroBitCount
      lengths &= lengths &- 1
      guard count >= length + 3 else { return false }
      guard length < 8 else { return nil }
      let hash = ByteHash.of(tail >> UInt64(64 - length * 8), count: length)
      if suffixes.entry(hash).classes.contains(.surname) { return true }
    }
    return false
  }

  /// Reads a cue file: `phrase TAB kind TAB language` per line, `#` comments. Single words that are
  /// classes of words (titles, particles, what follows a street's name) go into the dictionary.
  ///
  /// - Throws: `CueFileError` with the line of an unknown kind.
  package init(
    file: [UInt8], into builder: inout DictionaryBuilder
  ) throws(CueFileError) {
    var folding = FoldTable()
    // A line adds a phrase and a last word at most.
    let lines = file.count { $0 == 10 }
    table = WordTable(capacity: 2 * lines + 2)
    suffixes = WordTable(capacity: lines + 1)
    capitals = WordTable(capacity: Self.capitalsMax)
    contextTable = WordTable(capacity: Self.contextMax)
    fields = FieldNames(capacity: Self.fieldsMax)
    descriptions = DescriptionWords(capacity: lines + 1)
    for (index, line) in file.split(
      separator: 10, omittingEmptySubsequences: false
    ).enumerated() {
      let columns = line.split(separator: 9, omittingEmptySubsequences: false)
      guard let phrase = columns.first, !phrase.isEmpty, phrase[phrase.startIndex] != 35 else {
        continue
      }
      guard columns.count >= 2 else { throw CueFileError(line: index + 1) }
      let bytes = Array(phrase)
      let kind = String(decoding: columns[1], as: UTF8.self)
      let part = DescriptionWords.kinds[kind]
      if let part, !bytes.contains(32) {
        var folded: [UInt8] = []
        folding.fold(bytes.span, bytes.indices, into: &folded)
        descriptions.insert(ByteHash.of(folded), part)
      }
      if let classes = Self.wordClasses[kind] {
        builder.add(bytes.span, classes: classes)
        var folded: [UInt8] = []
        folding.fold(bytes.span, bytes.indices, into: &folded)
        if classes.contains(.particle) { particles.insert(ByteHash.of(folded)) }
        if classes.meets(.followsThing) { following.insert(ByteHash.of(folded)) }
      }
      if kind == "suffix" {
        var folded: [UInt8] = []
        folding.fold(bytes.span, (bytes.first == 45 ? 1 : 0)..<bytes.count, into: &folded)
        guard let last = folded.last, folded.count < 64 else { throw CueFileError(line: index + 1) }
        suffixes.insert(
          ByteHash.of(folded), WordEntry(classes: .surname, bucket: 0))
        suffixLengths[Int(last)] |= 1 << UInt64(folded.count)
      } else if kind == "context" {
        guard contextWords.count < Self.contextMax else { throw CueFileError(line: index + 1) }
        addContext(bytes, folding: &folding)
      } else if let classes = Self.capitalClasses[kind] {
        guard capitals.count < Self.capitalsMax else { throw CueFileError(line: index + 1) }
        var folded: [UInt8] = []
        folding.fold(bytes.span, bytes.indices, into: &folded)
        capitals.insert(ByteHash.of(folded), WordEntry(classes: classes, bucket: 7))
      } else if let field = Self.fieldKinds[kind] {
        guard fields.count < Self.fieldsMax else { throw CueFileError(line: index + 1) }
        var folded: [UInt8] = []
        folding.fold(bytes.span, bytes.indices, into: &folded)
        fields.insert(folded, field)
      } else if let cue = Self.kindNames[kind] {
        add(bytes, cue, folding: &folding)
      } else if Self.wordClasses[kind] == nil, part == nil {
        throw CueFileError(line: index + 1)
      }
    }
  }

  /// How many context words there may be, and one for none.
  package static var contextMax: Int { 2048 }

  private static let capitalsMax = 600
  private static let fieldsMax = 2048

  private mutating func addContext(_ word: [UInt8], folding: inout FoldTable) {
    var folded: [UInt8] = []
    folding.fold(word.span, word.indices, into: &folded)
    let hash = ByteHash.of(folded)
    // Two spellings with one fold are one word.
    if contextFilter.mayContain(hash), contextWord(hash) > 0 { return }
    contextTable.insert(hash, WordEntry(payload: UInt32(contextWords.count)))
    contextFilter.insert(hash)
    contextWords.append(String(decoding: word, as: UTF8.self))
  }

  /// The index in `contextWords` of a folded word with this hash, 0 when it is none of them.
  ///
  /// - Complexity: O(1).
  @inline(__always)
  func contextWord(_ hash: UInt64) -> Int {
    contextFilter.mayContain(hash) ? Int(contextTable.entry(hash).payload) : 0
  }

  private mutating func add(_ phrase: [UInt8], _ kind: CueKinds, folding: inout FoldTable) {
    var folded: [UInt8] = []
    folding.fold(phrase.span, phrase.indices, into: &folded)
    insert(ByteHash.of(folded), UInt32(kind.rawValue))
    if let end = phrase.last, end >= 0x80 {
      var character: [UInt8] = []
      let start = characterStart(phrase.span, before: phrase.count)
      folding.fold(phrase.span, start..<phrase.count, into: &character)
      lastCharacters.insert(ByteHash.of(character))
    }
    let last = folded.split(separator: 32).last.map(Array.init) ?? folded
    insert(ByteHash.of(last), Self.endsPhrase)
    guard phrase.count >= 3 else { return }
    let isCaseless = phrase.contains { $0 >= 0xE0 } || phrase.contains { $0 >= 0xD6 && $0 <= 0xDF }
    if kind == .introduces || kind == .honorificAfter && phrase[0] >= 0xE0
      || (isCaseless && kind == .introducesWeakly)
      || kind == .introducesWeakly && phrase.count >= 4 && phrase.contains(32)
    {
      literals.append((phrase, kind))
    }
  }

  private mutating func insert(_ hash: UInt64, _ bits: UInt32) {
    if bits & Self.endsPhrase != 0 { ends.insert(hash) }
    table.insert(
      hash, WordEntry(classes: WordClasses(rawValue: bits), bucket: 0))
  }

  private static let kindNames: [String: CueKinds] = [
    "introduces": .introduces, "introduces_weak": .introducesWeakly, "title": .title,
    "salutation": .salutation, "signoff": .signOff, "header": .header, "kin": .kin,
    "not_after": .notAfter, "honorific_after": .honorificAfter, "thing_before": .thingBefore,
    "street_before": .thingBefore, "speech": .speech, "place_before": .placeBefore,
    "agent_before": .agentBefore, "link": .link, "role": .role,
  ]

  private static let fieldKinds: [String: FieldKind] = [
    "name_field": .name, "maybe_name_field": .maybeName, "person_field": .ofPerson,
    "place_field": .ofPlace,
  ]

  private static let capitalClasses: [String: WordClasses] = [
    "place_in_capitals": .place, "org_in_capitals": .organization,
  ]

  private static let wordClasses: [String: WordClasses] = [
    "title": .title, "particle": .particle, "org_after": .organizationAfter,
    "street_after": .streetAfter, "thing_after": .thingAfter, "not_name": .common,
  ]
}

/// A line of a cue file that is not `phrase TAB kind TAB language` with a known kind, or is one
/// more of its kind than there may be.
package struct CueFileError: Error, Equatable {
  package let line: Int
}
