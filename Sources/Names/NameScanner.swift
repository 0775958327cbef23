package import Text

/// What a name mention is taken for.
package enum MentionKind: UInt8, Sendable, CaseIterable {
  case person, location, organization
}

/// Why a mention was taken; the report names it as the rule.
package enum MentionReason: UInt8, Sendable, CaseIterable {
  case introduced, title, salutation, signOff, header, kin, dictionary, userList, honorific,
    place, propagated, organization, lowerCase

  /// Whether the text itself says that a name stands there.
  package var isCertain: Bool {
    switch self {
    case .introduced, .title, .salutation, .signOff, .header, .kin, .userList, .honorific: true
    case .dictionary, .place, .propagated, .organization, .lowerCase: false
    }
  }

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
    case .organization: "names/organization"
    case .lowerCase: "names/lower_case"
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
  package let inflections: Inflections
  package let languages: LanguageGuess
  package let models: NameModels
  package let mode: NameMode
  /// The number of English among the languages, -2 when its texts are as those of others.
  let english: Int
  private let plainEnglish: Int
  /// That of Arabic.
  let arabic: Int

  /// - Parameter dropsForeignWords: whether common words of other languages are none in English
  ///   texts; not where weights for other languages are fitted on such texts.
  package init(
    dictionary: NameDictionary, cues: Cues, inflections: Inflections = Inflections(),
    languages: LanguageGuess = LanguageGuess(), models: NameModels = NameModels(),
    dropsForeignWords: Bool = true, mode: NameMode
  ) {
    self.dictionary = dictionary
    self.cues = cues
    self.inflections = inflections
    self.languages = languages
    plainEnglish = languages.languages.firstIndex(of: "en") ?? -2
    english = dropsForeignWords ? plainEnglish : -2
    arabic = languages.languages.firstIndex(of: "ar") ?? -2
    self.models = models
    self.mode = mode
  }

  /// Appends the mentions in a text, in order, disjoint among the capitalised ones.
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - maps: the text's byte maps.
  ///   - rest: of a text in which something was replaced, what need not be looked at again.
  /// - Complexity: O(capitals and non-ASCII bytes), plus the words that hold them.
  package func scan(
    _ text: Span<UInt8>, maps: borrowing ByteMaps, rest: NameRest? = nil,
    using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) {
    let first = mentions.count
    let isDone =
      rest.map { scan(text, maps: maps, rest: $0, using: &scratch, into: &mentions) } ?? false
    if !isDone {
      findChains(text, maps, using: &scratch)
      for index in scratch.chains.indices {
        label(index, text, using: &scratch, into: &mentions)
      }
    }
    joinNicknames(text, from: first, into: &mentions)
    findListed(text, maps, using: &scratch, into: &mentions)
  }

  /// Puts the capitalised words of a text and the chains they form into the scratch, with what is
  /// known of the words and of what stands around.
  ///
  /// - Complexity: O(capitals and non-ASCII bytes), plus the words that hold them.
  package func findChains(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, using scratch: inout NameScratch
  ) {
    findWords(text, maps, within: [0..<text.count], using: &scratch)
    guard !scratch.tokens.isEmpty else { return }
    if !maps.hasHigh, !scratch.style.isLowerCase {
      guessLanguage(text, maps, using: &scratch)
    }
    chainWords(text, using: &scratch)
    countRepeats(text, using: &scratch)
    markRepeats(using: &scratch)
  }

  /// Puts the language of a text into the scratch.
  func guessLanguage(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, using scratch: inout NameScratch
  ) {
    let guess = languages.guess(text, maps: maps, folding: &scratch.folding)
    scratch.language = guess.language ?? -1
    scratch.languageReach = guess.reach
  }

  /// Puts the words that may be names, and what the dictionary knows of them, into the scratch; of
  /// a text that is not all ASCII, or written in small letters, also its language.
  ///
  /// - Parameters:
  ///   - parts: whole lines, in order, disjoint.
  ///   - language: that of the text, when it is known.
  func findWords(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, within parts: [Range<Int>],
    language: Int? = nil, using scratch: inout NameScratch
  ) {
    scratch.begin()
    for part in parts { gather(text, maps, within: part, using: &scratch) }
    joinHyphenated(text, using: &scratch)
    if maps.hasHigh {
      if let language {
        scratch.language = language
      } else {
        guessLanguage(text, maps, using: &scratch)
      }
      joinApostrophes(text, using: &scratch)
    }
    // The look-ups miss the caches; in a loop of their own the misses overlap, and `gather` has
    // asked for the memory.
    for index in scratch.tokens.indices {
      scratch.tokens[index].entry = scratch.entries.entry(
        scratch.tokens[index].hash, in: dictionary)
    }
    if scratch.hasDots { joinDotted(text, using: &scratch) }
    joinSaints(text, using: &scratch)
    readCapitals(text, using: &scratch)
    let casedCount = scratch.tokens.count
    scratch.style.isLowerCase = isLowerCase(text, maps, using: &scratch)
    if scratch.style.isLowerCase, !maps.hasHigh {
      if let language {
        scratch.language = language
      } else {
        guessLanguage(text, maps, using: &scratch)
      }
    }
    if scratch.style.isLowerCase || mode != .balanced {
      for part in parts { gatherLowerCase(text, maps, within: part, using: &scratch) }
      if casedCount > 0 {
        scratch.tokens.sort { $0.range.lowerBound < $1.range.lowerBound }
      }
    }
    let latinCount = scratch.tokens.count
    addCaseless(text, maps, within: parts, casedCount: latinCount, using: &scratch)
  }

  /// Makes chains of the words in the scratch.
  func chainWords(_ text: Span<UInt8>, using scratch: inout NameScratch) {
    if scratch.language == english {
      for index in scratch.tokens.indices { scratch.tokens[index].entry.dropForeignWord() }
    } else if scratch.language >= 0, scratch.language != plainEnglish {
      for index in scratch.tokens.indices
      where text[scratch.tokens[index].range.lowerBound] < 0xD6
        && languages.isFrequent(scratch.tokens[index].hash, in: scratch.language)
      {
        scratch.tokens[index].entry.dropName()
      }
    }
    for index in scratch.tokens.indices
    where !scratch.tokens[index].entry.classes.meets(.entityOrCommon)
      && text[scratch.tokens[index].range.lowerBound] < 0xD6
    {
      addBase(text, index, using: &scratch)
    }
    cutChains(text, using: &scratch)
  }

  /// Adds the words of scripts without capitals to the others, in the order of the text.
  private func addCaseless(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, within parts: [Range<Int>], casedCount: Int,
    using scratch: inout NameScratch
  ) {
    guard maps.hasHigh else { return }
    var isMixed = false
    for part in parts {
      scratch.waiting = nil
      scratch.caselessEnd = -1
      isMixed = gatherCaseless(text, maps, within: part, using: &scratch) || isMixed
    }
    if isMixed, casedCount > 0 {
      scratch.tokens.sort { $0.range.lowerBound < $1.range.lowerBound }
    }
  }

  /// The most words of a chain: what is said of one costs its length for each of its words.
  private static let chainMax = 64

  /// Cuts the capitalised words into chains that may hold names.
  private func cutChains(_ text: Span<UInt8>, using scratch: inout NameScratch) {
    var first = 0
    while first < scratch.tokens.count {
      var end = first + 1
      let isOutline = Self.isOutlineLetter(text, scratch.tokens[first])
      while end < scratch.tokens.count, end - first < Self.chainMax, !isOutline {
        let gap = gap(
          text, scratch.tokens[end - 1], scratch.tokens[end].range.lowerBound, using: &scratch)
        if gap == .none || gap == .blank && Self.isLetterWord(text, end, scratch) { break }
        // A sentence can end with its full stop: "I moved to the U.S. Sarah came, too."
        if scratch.tokens[end - 1].isAbbreviation { break }
        if isDegree(scratch.tokens[end], behind: scratch.tokens[end - 1]) { break }
        if isLabel(text, scratch.tokens[end]) { break }
        scratch.tokens[end].gap = gap
        end += 1
      }
      if scratch.tokens[end - 1].entry.classes.contains(.phraseHead) {
        markOpenPhrase(text, end - 1, using: &scratch)
      }
      if end - first > 1 || Self.mayStandAlone(scratch.tokens[first]) {
        let before = Self.before(text, scratch.tokens[first].range.lowerBound)
        var chain = NameChain(words: first..<end)
        chain.context.before = before
        chain.context.startsSentence =
          before == .edge || before == .newline || before == .sentence || before == .bullet
        scratch.chains.append(chain)
        if end - first > 1 { markPhrases(text, first..<end, using: &scratch) }
      }
      first = end
    }
  }

  /// Whether a word is the label of what stands behind its colon: "Имя: Вера Фамилия: …".
  private func isLabel(_ text: Span<UInt8>, _ token: NameToken) -> Bool {
    let end = token.range.upperBound
    return end < text.count && text[end] == UInt8(ascii: ":")
      && cues.fields.kind(token.hash) != .none
  }

  /// Whether a word in capitals says what a person is, behind a name: "Hannah Weiss MD".
  func isDegree(_ token: NameToken, behind last: NameToken) -> Bool {
    token.shape == .upper && last.shape == .title && last.entry.classes.meets(.name)
      && cues.kindsOfOneWord(token.hash).contains(.honorificAfter)
  }

  /// Whether a single letter is a word of a sentence and no initial: "Hi Sarah I am sorry".
  private static func isLetterWord(
    _ text: Span<UInt8>, _ index: Int, _ scratch: borrowing NameScratch
  ) -> Bool {
    let token = scratch.tokens[index]
    guard token.shape == .initial, token.entry.classes.contains(.common) else { return false }
    let end = token.range.upperBound
    if index + 1 < scratch.tokens.count, scratch.tokens[index + 1].range.lowerBound <= end + 1 {
      return false
    }
    let after = after(text, end)
    return after == .lowerWord || after == .quote && (text[end] == 39 || text[end] == 0xE2)
      || after == .possessive
  }

  /// Whether a single capitalised word is worth a look.
  private static func mayStandAlone(_ token: NameToken) -> Bool {
    if token.shape == .initial { return false }
    let classes = token.entry.classes
    return !classes.meets(.noEntity) || classes.meets(.entity)
  }

  /// Looks up the first case of a word that no dictionary has, and whether it ends like a surname.
  private func addBase(
    _ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch
  ) {
    let token = scratch.tokens[index]
    guard token.shape != .initial else { return }
    let language = scratch.language < 0 ? 0 : UInt64(1) << UInt64(scratch.language)
    let endsLikeName = cues.asciiWordEndsLikeName(text, token.range)
    if let ends = endsLikeName {
      scratch.tokens[index].endsLikeName = ends
      if !inflections.hasRules(for: language) { return }
    }
    scratch.fold(text, token.range)
    if endsLikeName == nil {
      scratch.tokens[index].endsLikeName = cues.endsLikeName(scratch.folded)
    }
    var best = WordEntry.unknown
    let isEnglish = scratch.language == english
    inflections.forEachBase(of: scratch.folded, language: language) { hash in
      var entry = dictionary.entry(hash)
      if isEnglish { entry.dropForeignWord() }
      if entry.classes.meets(.entityOrCommon) { best.merge(entry) }
      return false
    }
    if !best.classes.meets(.entityOrCommon), !scratch.tokens[index].endsLikeName,
      isCompound(scratch.folded, language: language)
    {
      best = Self.compound
    }
    guard best.classes.meets(.entityOrCommon) else { return }
    best.classes = WordClasses(
      rawValue: best.classes.rawValue & WordClasses.entityOrCommon.rawValue)
    scratch.tokens[index].entry.merge(best)
    scratch.tokens[index].isInflected = true
  }

  private static let compound = WordEntry(classes: .common, bucket: 3)

  /// Whether a word is made of two common ones, the last of which is no name: "Bodenerosion".
  private func isCompound(_ folded: [UInt8], language: UInt64) -> Bool {
    guard inflections.mayBeCompound(folded, language: language) else { return false }
    return inflections.isCompound(folded, language: language) { hash, isLast in
      let entry = dictionary.entry(hash)
      return entry.commonBucket > (isLast ? 2 : 1) && !(isLast && entry.classes.meets(.entity))
    }
  }

  /// Puts the capitalised words of a text into the scratch, without what is known of them.
  private func gather(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, within part: Range<Int>,
    using scratch: inout NameScratch
  ) {
    var cursor = part.lowerBound
    for block in part.lowerBound >> 6..<(part.upperBound &+ 63) >> 6 {
      var candidates = maps.upper(block) | maps.cased(block)
      if part.upperBound < block &* 64 &+ 64 {
        candidates &= ~(.max << UInt64(part.upperBound &- block &* 64))
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
      guard let shape = WordShape(text, maps, run) else {
        if text[run.lowerBound] &- 97 < 26 { visitPrefixed(text, maps, run, using: &scratch) }
        return
      }
      guard !isGlued(text, run, isInitial: shape == .initial, using: &scratch),
        let hash = ByteHash.ofASCII(text, run)
      else { return }
      if scratch.entries.known(hash) == nil { dictionary.prefetch(hash) }
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
    let isInitial = word.letterCount == 1
    guard !isGlued(text, range, isInitial: isInitial, using: &scratch) else { return }
    let shape: WordShape =
      isInitial ? .initial : word.upperCount == word.letterCount ? .upper : .title
    let hash = scratch.hashOfMixed(text, range)
    scratch.tokens.append(NameToken(range: range, shape: shape, hash: hash, entry: .unknown))
  }

  private func beginsWithCapital(
    _ text: Span<UInt8>, _ run: Range<Int>, _ scratch: inout NameScratch
  ) -> Bool {
    scratch.folding.classes(of: decodeUTF8(text, at: run.lowerBound).codePoint).contains(.upper)
  }

  /// What joins a token to the next capitalised word in one name; `none` when they stand apart.
  private func gap(
    _ text: Span<UInt8>, _ last: NameToken, _ next: Int, using scratch: inout NameScratch
  ) -> NameGap {
    let end = last.range.upperBound
    switch next - end {
    case 0: return .blank
    case 1:
      switch text[end] {
      case 32: return .blank
      case UInt8(ascii: "-"): return .hyphen
      case 39: return last.range.count == 1 ? .mark : .none
      case UInt8(ascii: "."): return last.shape == .initial ? .mark : .none
      default: return .none
      }
    case 2:
      return text[end] == UInt8(ascii: ".") && text[end + 1] == 32
        && (last.shape == .initial || last.entry.classes.contains(.title)) ? .mark : .none
    case 3...16:
      // "A. van der Sluis"
      let start = last.shape == .initial && text[end] == UInt8(ascii: ".") ? end + 1 : end
      guard text[start] == 32, text[next - 1] == 32 || text[next - 1] == UInt8(ascii: "'") else {
        return .none
      }
      if next - end == 3, text[end + 1] == UInt8(ascii: "&") { return .link }
      return joiningWords(text, start + 1..<next, using: &scratch)
    default: return .none
    }
  }

  /// Whether lower-case words between two capitalised ones are all particles, or all particles and
  /// links.
  private func joiningWords(
    _ text: Span<UInt8>, _ range: Range<Int>, using scratch: inout NameScratch
  ) -> NameGap {
    var start = range.lowerBound
    var gap = NameGap.particle
    for index in range {
      let byte = text[index]
      if byte == 32 || byte == UInt8(ascii: "'") {
        guard index > start else { return .none }
        let hash = scratch.hash(text, start..<index)
        if !cues.particles.mayContain(hash) || !dictionary.entry(hash).classes.contains(.particle) {
          guard cues.canEnd(hash), cues.kinds(hash).contains(.link) else { return .none }
          gap = .link
        }
        start = index + 1
      } else if byte &- 97 >= 26 && byte < 0x80 {
        return .none
      }
    }
    return gap
  }
}
