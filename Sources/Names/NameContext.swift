internal import Text

/// What a word is, told in one of sixteen ways.
package enum WordCode: Int, Sendable, CaseIterable {
  case unknown, given, surname, givenOrSurname, place, placeOrName, organization, common,
    commonOrName, commonOrPlace, title, demonym, initial, organizationAfter, streetAfter,
    endsLikeName
}

extension NameToken {
  /// The word's code.
  package var code: WordCode {
    if shape == .initial { return .initial }
    let classes = entry.classes
    if classes.contains(.title) { return .title }
    if classes.contains(.organizationAfter) { return .organizationAfter }
    // "Réka" is a river in Czech without its accent.
    if classes.contains(.streetAfter), entry.givenBucket < 4 { return .streetAfter }
    if classes.contains(.demonym) { return .demonym }
    let isName = classes.meets(.name)
    let isPlace = classes.contains(.place)
    if classes.contains(.common) {
      if isName { return .commonOrName }
      return isPlace ? .commonOrPlace : .common
    }
    if isPlace { return isName ? .placeOrName : .place }
    if classes.contains(.given) {
      return classes.contains(.surname) ? .givenOrSurname : .given
    }
    if isName { return .surname }
    if classes.contains(.organization) { return .organization }
    return endsLikeName ? .endsLikeName : .unknown
  }
}

/// What stands beside a word where no word of its chain does. Codes of the neighbours in the chain
/// are those of `WordCode`, 0 to 15; these follow them.
package enum Beside: Int, Sendable, CaseIterable {
  case edge = 16
  case newline, sentence, comma, colon, quote, bracket, digit, lowerWord, bullet, other, link,
    possessive, dash
  /// The colon behind what begins several lines: who speaks in them.
  case speaker
  /// A hyphen with a letter or a digit at its other side: "anti-Semitic", "S-10".
  case hyphen
}

/// Whether a word begins lines that a colon goes on, as those who speak do: "Noor: bin da".
enum Speaks: UInt8, Sendable {
  case never, once, often
}

/// What stands before and after a chain.
struct ChainContext {
  var cue = CueBefore()
  var before = Beside.edge
  var after = Beside.edge
  /// The kinds of the lower-case word after the chain.
  var following: CueKinds = []
  /// Its index in `Cues.contextWords`, when a blank is between.
  var wordAfter = 0
  /// What the text says behind the chain that it is.
  var description = Description.none
  var startsSentence = false
  /// How often the chain begins a line and a colon follows.
  var speaks = Speaks.never
  /// The `LineStyle` of its line.
  var line = 0
  /// The code of the last word of the chain before, when only a comma stands between.
  var beforeComma: WordCode?
  /// The code of the first word of the chain after, when only a comma stands between.
  var afterComma: WordCode?
}

extension NameScanner {
  /// What stands before a position, by the nearest byte that is no blank.
  static func before(_ text: Span<UInt8>, _ start: Int) -> Beside {
    var index = start
    var hasBlank = false
    while index > 0, text[index - 1] == 32 || text[index - 1] == 9 {
      index -= 1
      hasBlank = true
    }
    guard index > 0 else { return .edge }
    let byte = text[index - 1]
    switch byte {
    case 10, 13: return .newline
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return .sentence
    case UInt8(ascii: ","), UInt8(ascii: ";"): return .comma
    case UInt8(ascii: ":"): return .colon
    case 34, 39, UInt8(ascii: "`"): return .quote
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "<"): return .bracket
    case UInt8(ascii: "*"), UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "|"),
      UInt8(ascii: "_"):
      return .bullet
    case UInt8(ascii: "-"):
      if hasBlank { return .bullet }
      return index > 1 && isWordByte(text[index - 2]) ? .hyphen : .dash
    case UInt8(ascii: "/"): return .dash
    default: break
    }
    if byte &- 48 < 10 { return .digit }
    if byte >= 0x80 { return punctuationBefore(text, index) ?? .lowerWord }
    return (byte | 0x20) &- 97 < 26 ? .lowerWord : .other
  }

  /// Quotes, dashes, ellipses and ideographic punctuation.
  private static func punctuationBefore(_ text: Span<UInt8>, _ end: Int) -> Beside? {
    let start = characterStart(text, before: end)
    return beside(decodeUTF8(text, at: start).codePoint)
  }

  private static func beside(_ codePoint: UInt32) -> Beside? {
    switch codePoint {
    case 0x2018...0x201F, 0xAB, 0xBB, 0x300C...0x300F: .quote
    case 0x2010...0x2015: .dash
    case 0x2022, 0xB7, 0x25CF, 0x25AA: .bullet
    case 0x2026, 0x3002, 0xFF01, 0xFF1F, 0x964, 0x61F, 0x6D4, 0x1362, 0xA1, 0xBF: .sentence
    case 0x3001, 0xFF0C, 0x60C, 0x61B, 0x1363: .comma
    case 0xFF1A: .colon
    case 0xFF08, 0xFF09, 0x3010, 0x3011: .bracket
    case 0xA0, 0x2000...0x200F, 0x3000: .other
    default: nil
    }
  }

  /// What stands after a position, by the nearest byte that is no blank.
  static func after(_ text: Span<UInt8>, _ end: Int) -> Beside {
    guard end < text.count else { return .edge }
    if isPossessive(text, end) { return .possessive }
    var index = end
    while index < text.count, text[index] == 32 || text[index] == 9 { index += 1 }
    guard index < text.count else { return .edge }
    let byte = text[index]
    switch byte {
    case 10, 13: return .newline
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): return .sentence
    case UInt8(ascii: ","), UInt8(ascii: ";"): return .comma
    case UInt8(ascii: ":"): return .colon
    case 34, 39, UInt8(ascii: "`"): return .quote
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "<"),
      UInt8(ascii: ">"):
      return .bracket
    case UInt8(ascii: "*"), UInt8(ascii: "|"), UInt8(ascii: "_"): return .bullet
    case UInt8(ascii: "-"):
      return index == end && end + 1 < text.count && isWordByte(text[end + 1]) ? .hyphen : .dash
    case UInt8(ascii: "/"): return .dash
    default: break
    }
    if byte &- 48 < 10 { return .digit }
    if byte >= 0x80 { return beside(decodeUTF8(text, at: index).codePoint) ?? .lowerWord }
    return (byte | 0x20) &- 97 < 26 ? .lowerWord : .other
  }

  /// `'s` and `’s`.
  static func isPossessive(_ text: Span<UInt8>, _ end: Int) -> Bool {
    if end + 1 < text.count, text[end] == 39, text[end + 1] == UInt8(ascii: "s") { return true }
    return end + 3 < text.count && text[end] == 0xE2 && text[end + 1] == 0x80
      && text[end + 2] == 0x99 && text[end + 3] == UInt8(ascii: "s")
  }

  /// The kinds of the word after a position, if it is lower-case and a cue, and its index in
  /// `Cues.contextWords`, if only a blank is between.
  func following(
    _ text: Span<UInt8>, _ end: Int, using scratch: inout NameScratch
  ) -> (kinds: CueKinds, word: Int) {
    if end < text.count, text[end] >= 0xE0 {
      return (
        unspacedKinds(text, after: end, using: &scratch),
        unspacedContext(text, after: end, using: &scratch)
      )
    }
    guard end + 1 < text.count, text[end] == 32 || text[end] == 44 else { return ([], 0) }
    var start = end + 1
    if text[start] == 32, start + 1 < text.count { start += 1 }
    guard text[start] &- 97 < 26 || text[start] >= 0x80 else { return ([], 0) }
    var stop = start
    while stop < text.count, stop - start < 40, Self.isWordByte(text[stop]) { stop += 1 }
    let hash = scratch.hash(text, start..<stop)
    return (cues.kindsOfOneWord(hash), text[end] == 32 ? cues.contextWord(hash) : 0)
  }
}
