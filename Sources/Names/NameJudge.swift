internal import Text

/// The points that an announced chain of capitalised words gets for each piece of evidence; with
/// more than 0 it is a name. Set by hand: cues of chats are rare in labelled text, so the weights
/// of the models know little of them.
private enum Points {
  static let bias = -30
  static let given = 22
  static let surname = 12
  static let perBucket = 2
  static let fullName = 22
  static let unknownBesideName = 12
  static let initialBesideName = 8
  static let commonPerBucket = -6
  static let sentenceStart = -8
  static let place = -14
  static let allCapitals = -12
  static let possessive = 6
  static let introduced = 60
  static let introducedWeakly = 24
  static let title = 52
  static let salutation = 36
  static let signOff = 40
  static let header = 45
  static let kin = 30
  /// A given name that is a word, where nothing but a name is expected.
  static let alone = 24
  static let notAfter = -36
  static let streetAfter = -45
  static let organizationAfter = -45
  static let thing = -30
  static let perExtraWord = -14
  static let userList = 200
}

extension NameScanner {
  /// Appends the names in a chain that somebody announces: a cue stands before, a title inside, or
  /// the user's list has them. The chain is split at words that are no names.
  func judge(
    _ text: Span<UInt8>, _ chain: ArraySlice<NameToken>, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    var start = chain.startIndex
    // "Annwyl Gwenllian": the first word announces the others.
    if chain.count > 1, let first = chain.first, !first.entry.classes.meets(.name),
      cues.kindsOfOneWord(first.hash).meets(.announcing)
    {
      start += 1
    }
    while start < chain.endIndex {
      while start < chain.endIndex, !Self.mayBeName(chain[start], text) { start += 1 }
      var end = start
      while end < chain.endIndex, Self.mayBeName(chain[end], text),
        end == start || chain[end].gap != .link
      {
        end += 1
      }
      guard start < end else { break }
      if end == chain.endIndex - 1, Self.isSurnameByPlace(chain[end], behind: chain[end - 1]) {
        end += 1
      }
      let before = start > chain.startIndex ? chain[start - 1] : nil
      let after = end < chain.endIndex ? chain[end] : nil
      judge(
        text, chain[start..<end], before: before, after: after, using: &scratch, into: &mentions)
      start = end
    }
  }

  /// Common words that are no names, titles, and words the user keeps end a name.
  static func mayBeName(_ token: NameToken, _ text: Span<UInt8>) -> Bool {
    let classes = token.entry.classes
    if classes.contains(.keep) { return false }
    if token.shape == .initial {
      // The "O" of O'Brien and the "J" of J. Smith, not the words "I" and "A" at the start.
      if token.gap == .blank { return true }
      let end = token.range.upperBound
      if end < text.count, text[end] == UInt8(ascii: ".") || text[end] == 39 { return true }
    }
    if classes.contains(.person) { return true }
    if classes.contains(.title) && token.shape != .initial { return false }
    if !classes.meets(.nameOrPlace) {
      return !classes.meets(.noName)
    }
    // "Will" and "May" are words first; "Mark" beside "Smith" is settled by the score.
    return token.entry.commonBucket < 7 || token.entry.nameBucket >= 5
  }

  /// Whether the last word of a chain is a surname although it is a word too, for what stands
  /// before it: "Кирилл Толстой", "K. Field".
  private static func isSurnameByPlace(_ token: NameToken, behind last: NameToken) -> Bool {
    let classes = token.entry.classes
    guard token.shape == .title, token.entry.commonBucket < 7,
      !classes.contains(.keep), !classes.contains(.title)
    else { return false }
    if last.shape == .initial { return token.gap == .mark || token.gap == .blank }
    return token.gap == .blank && last.entry.classes.contains(.given)
      && last.entry.nameBucket >= last.entry.commonBucket
  }

  private func judge(
    _ text: Span<UInt8>, _ tokens: ArraySlice<NameToken>, before: NameToken?, after: NameToken?,
    using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) {
    let words = tokens.first!.range.lowerBound..<tokens.last!.range.upperBound
    var points = Points.bias + mode.bonus + wordPoints(tokens)
    let (cue, start) = cueBeforeName(text, words.lowerBound, using: &scratch)
    let range = start..<words.upperBound
    var reason = MentionReason.dictionary
    if tokens.contains(where: { $0.entry.classes.contains(.person) }) {
      points += Points.userList
      reason = .userList
    }
    let (cuePoints, cueReason) = self.points(for: cue, text, range, tokens)
    points += cuePoints
    if let cueReason { reason = cueReason }
    if cueReason == nil, let last = Self.header(before: range, in: mentions),
      Self.continuesHeader(last, text, range, tokens)
    {
      points += Points.header
      reason = .header
    }
    // "Mayor of Brampton" names a place, and "Queen of Hearts" nobody.
    if before?.entry.classes.contains(.title) == true, cueReason == nil,
      tokens.first?.gap != .link
    {
      points += Points.title
      reason = .title
    }
    if let after, after.range.lowerBound - range.upperBound <= 1 {
      if after.entry.classes.contains(.streetAfter) { points += Points.streetAfter }
      if after.entry.classes.contains(.organizationAfter) { points += Points.organizationAfter }
    }
    if cue.kinds.contains(.thingBefore), !cue.hasNewline, !cue.hasPunctuation {
      points += Points.streetAfter
    }
    points += pointsAfter(text, range.upperBound, using: &scratch)
    if cue.startsSentence, tokens.count == 1 { points += Points.sentenceStart }
    if Self.isPossessive(text, range.upperBound) { points += Points.possessive }
    guard points > 0, reason != .dictionary else { return }
    let score = min(0.99, 0.55 + Float(points) / 200)
    mentions.append(NameMention(range: range, kind: .person, reason: reason, score: score))
  }

  /// What the words themselves are worth.
  private func wordPoints(_ tokens: ArraySlice<NameToken>) -> Int {
    var points = 0
    var best = 0
    var hasGiven = false
    var names = 0
    var unknown = 0
    var initials = 0
    var capitals = 0
    for token in tokens {
      let classes = token.entry.classes
      if token.shape == .initial {
        initials += 1
        continue
      }
      if token.shape == .upper { capitals += 1 }
      var own = 0
      if classes.contains(.given) {
        own = Points.given + Points.perBucket * token.entry.nameBucket
        hasGiven = true
      } else if classes.contains(.surname) || token.endsLikeName {
        own = Points.surname + Points.perBucket * max(token.entry.nameBucket, 3)
      } else {
        unknown += 1
        continue
      }
      names += 1
      if classes.contains(.common) {
        let malus = Points.commonPerBucket * token.entry.commonBucket
        // Rather a name than a word.
        own += token.entry.commonBucket < token.entry.nameBucket ? malus / 2 : malus
      }
      if classes.contains(.place) { own += Points.place }
      best = max(best, own)
      points += own / 4
    }
    points += best - best / 4
    if names >= 2, hasGiven { points += Points.fullName }
    if names >= 1, unknown >= 1, tokens.count <= 3 {
      points += hasGiven ? Points.unknownBesideName : 0
    }
    if names >= 1 { points += initials * Points.initialBesideName }
    if names == 0, initials == tokens.count { points -= 40 }
    if capitals > 0, capitals == tokens.count { points += Points.allCapitals }
    if tokens.count > 3 { points += Points.perExtraWord * (tokens.count - 3) }
    return points
  }

  /// What stands before is worth, and the reason it gives.
  private func points(
    for cue: CueBefore, _ text: Span<UInt8>, _ range: Range<Int>, _ tokens: ArraySlice<NameToken>
  ) -> (Int, MentionReason?) {
    let isWord = tokens.allSatisfy(Self.isWordRather)
    if cue.kinds.contains(.introduces), !cue.hasNewline, !cue.hasPeriod {
      return (Points.introduced, .introduced)
    }
    if cue.kinds.contains(.title), !cue.hasNewline, !cue.hasComma, !cue.hasColon {
      return (Points.title, .title)
    }
    if cue.kinds.contains(.signOff), cue.hasNewline || cue.hasComma,
      Self.endsLine(text, range.upperBound)
    {
      if isWord, cue.hasNewline, Self.isGivenAlone(tokens) {
        return (Points.signOff + Points.alone, .signOff)
      }
      return isWord ? (0, nil) : (Points.signOff, .signOff)
    }
    if cue.kinds.contains(.header), cue.hasColon, !cue.hasNewline, cue.beginsLine {
      return isWord || tokens.count > 4 ? (0, nil) : (Points.header, .header)
    }
    if isWord, cue.kinds.contains(.salutation), cue.beginsLine, !cue.hasPunctuation,
      !cue.hasNewline, Self.isGivenAlone(tokens), endsSalutation(text, range.upperBound)
    {
      return (Points.salutation + Points.alone, .salutation)
    }
    guard !cue.hasPunctuation, !cue.hasNewline, !isWord else {
      return (cue.kinds.contains(.notAfter) && !cue.hasPunctuation ? Points.notAfter : 0, nil)
    }
    let known = tokens.contains { $0.entry.classes.meets(.name) }
    if cue.kinds.contains(.salutation), cue.beginsLine || known {
      return endsSalutation(text, range.upperBound) || known
        ? (Points.salutation, .salutation) : (0, nil)
    }
    if cue.kinds.contains(.kin) { return (Points.kin, .kin) }
    if cue.kinds.contains(.introducesWeakly) {
      return known ? (Points.introducedWeakly, .introduced) : (Points.introducedWeakly / 2, nil)
    }
    if cue.kinds.contains(.notAfter) { return (Points.notAfter, nil) }
    return (0, nil)
  }

  /// Whether a word is as usual as a word as it is as a name.
  private static func isWordRather(_ token: NameToken) -> Bool {
    token.entry.classes.contains(.common) && token.entry.commonBucket >= token.entry.nameBucket
  }

  /// Whether there is but one word, and it is usual as a given name.
  private static func isGivenAlone(_ tokens: ArraySlice<NameToken>) -> Bool {
    guard tokens.count == 1, let token = tokens.first else { return false }
    return token.entry.classes.contains(.given) && token.entry.nameBucket >= 5
  }

  /// The mention of a header's name right before, of the last few: those of the same chain follow
  /// it.
  static func header(before range: Range<Int>, in mentions: [NameMention]) -> NameMention? {
    mentions.suffix(8).last {
      $0.reason == .header && $0.range.upperBound + 2 == range.lowerBound
    }
  }

  /// Whether words stand in a list behind a header's name: "Name: Levi, Dana".
  private static func continuesHeader(
    _ last: NameMention, _ text: Span<UInt8>, _ range: Range<Int>, _ tokens: ArraySlice<NameToken>
  ) -> Bool {
    let end = last.range.upperBound
    guard text[end] == UInt8(ascii: ","), text[end + 1] == 32, tokens.count <= 3,
      !tokens.allSatisfy(isWordRather)
    else { return false }
    // One word before and one behind are a surname and a given name, known or not.
    let isTurned = tokens.count == 1 && !last.range.contains { text[$0] == 32 }
    return endsLine(text, range.upperBound)
      && (isTurned || tokens.contains { $0.entry.classes.meets(.name) || $0.endsLikeName })
  }

  /// What the lower-case word after says: "Turing machine", "Baker street".
  private func pointsAfter(
    _ text: Span<UInt8>, _ end: Int, using scratch: inout NameScratch
  ) -> Int {
    guard end + 2 < text.count, text[end] == 32, text[end + 1] &- 97 < 26 else { return 0 }
    var stop = end + 1
    while stop < text.count, Self.isWordByte(text[stop]) { stop += 1 }
    guard stop - end > 3 else { return 0 }
    let hash = scratch.hash(text, end + 1..<stop)
    guard cues.following.mayContain(hash) else { return 0 }
    let classes = dictionary.entry(hash).classes
    if classes.contains(.thingAfter) { return Points.thing }
    return classes.contains(.streetAfter) ? Points.streetAfter : 0
  }

  /// Whether the lower-case word behind a name says that it is that of a thing.
  func isNamedThing(_ text: Span<UInt8>, _ end: Int, using scratch: inout NameScratch) -> Bool {
    pointsAfter(text, end, using: &scratch) == Points.thing
  }

  private static func endsLine(_ text: Span<UInt8>, _ end: Int) -> Bool {
    var index = end
    while index < text.count, text[index] == 32 || text[index] == 46 || text[index] == 13 {
      index += 1
    }
    return index == text.count || text[index] == 10 || text[index] == UInt8(ascii: ",")
      || text[index] == UInt8(ascii: "!")
  }

  private func endsSalutation(_ text: Span<UInt8>, _ end: Int) -> Bool {
    guard end < text.count else { return true }
    switch text[end] {
    case 10, 13, UInt8(ascii: ","), UInt8(ascii: "!"), UInt8(ascii: ":"), UInt8(ascii: "."):
      return true
    default: return false
    }
  }
}
