internal import Text

extension NameScanner {
  /// Finishes what is known of the surroundings of a chain: cues before and behind it, and the
  /// chains that only a comma keeps apart from it.
  package func completeContext(
    of index: Int, in text: Span<UInt8>, using scratch: inout NameScratch
  ) {
    let words = scratch.chains[index].words
    let range =
      scratch.tokens[words.lowerBound].range
      .lowerBound..<scratch.tokens[words.upperBound - 1].range.upperBound
    var context = scratch.chains[index].context
    context.cue = cueBeforeName(text, range.lowerBound, using: &scratch).cue
    context.after = Self.after(text, range.upperBound)
    if context.after == .colon, context.speaks == .often { context.after = .speaker }
    context.line = scratch.lineStyles.value(text, at: range.lowerBound)
    if context.after == .lowerWord || context.after == .comma {
      (context.following, context.wordAfter) = following(text, range.upperBound, using: &scratch)
    }
    if context.after == .lowerWord || context.after == .comma || context.after == .bracket {
      context.description = description(text, behind: range.upperBound, using: &scratch)
    }
    if context.before == .comma, let last = lastBefore(words.lowerBound, range, text, scratch) {
      context.beforeComma = last
    }
    if context.after == .comma, words.upperBound < scratch.tokens.count {
      let next = scratch.tokens[words.upperBound]
      // In one line: lines are scanned anew one by one (`NameRest`).
      let gap = next.range.lowerBound - range.upperBound
      if gap == 1 || gap == 2 && text[range.upperBound + 1] != 10 {
        context.afterComma = next.code
      }
    }
    scratch.chains[index].context = context
  }

  private func lastBefore(
    _ first: Int, _ range: Range<Int>, _ text: Span<UInt8>, _ scratch: borrowing NameScratch
  ) -> WordCode? {
    guard first > 0 else { return nil }
    let last = scratch.tokens[first - 1]
    return range.lowerBound - last.range.upperBound <= 2 ? last.code : nil
  }

  /// Appends the names in a chain.
  ///
  /// - Complexity: O(words of the chain).
  func label(
    _ index: Int, _ text: Span<UInt8>, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    completeContext(of: index, in: text, using: &scratch)
    let chain = scratch.chains[index]
    let tokens = scratch.tokens
    if opensALetter(chain, tokens, text) { return }
    let words = tokens[chain.words]
    if Self.isCode(words, text), !announcement(chain, words).meets(.announcing) { return }
    scratch.emissions.removeAll(keepingCapacity: true)
    scratch.gaps.removeAll(keepingCapacity: true)
    scratch.labels.removeAll(keepingCapacity: true)
    let group = models.group(
      language: scratch.language, isLowerCase: scratch.style.isLowerCase, first: text, words)
    for index in chain.words {
      scratch.features.removeAll(keepingCapacity: true)
      appendFeatures(of: index, in: words, chain.context, to: &scratch.features)
      var emission = models.emission(scratch.features, group: group)
      emission[0] &-= mode.outsideMalus
      // A word that the user keeps is part of no name.
      if tokens[index].entry.classes.contains(.keep) {
        emission = SIMD8(repeating: NameModel.impossible / 4)
        emission[0] = 0
      }
      // "KAITLYN IS WRONG": a frequent word among capitals is no part of a person's name.
      if words.count > 1 && Self.isPlainWord(tokens[index]) || isPronoun(tokens[index], text)
        || index > chain.words.lowerBound && Self.isMember(tokens[index], behind: tokens[index - 1])
      {
        emission[NameLabel.firstOfPerson.rawValue] = NameModel.impossible / 4
        emission[NameLabel.insidePerson.rawValue] = NameModel.impossible / 4
      }
      scratch.emissions.append(emission)
      scratch.gaps.append(tokens[index].gap)
    }
    models.decode(
      scratch.emissions, gaps: scratch.gaps, group: group, using: &scratch.decoding,
      into: &scratch.labels)
    let first = mentions.count
    appendMentions(chain, text, using: &scratch, into: &mentions)
    appendHonoured(words, text, from: first, using: &scratch, into: &mentions)
    var kinds = announcement(chain, words)
    var isCertain = kinds.meets(.certain)
    if chain.context.before == .comma, let word = words.first,
      Self.header(before: word.range, in: mentions) != nil
    {
      kinds.formUnion(.header)
      // "Author: Okwuosa, Mary", though a town has that name.
      isCertain = word.entry.classes.contains(.given)
    }
    // "President of the U.S.": what is announced is no abbreviation.
    if words.last?.isAbbreviation == true,
      words.allSatisfy({ $0.isAbbreviation || !$0.entry.classes.meets(.name) })
    {
      return
    }
    if kinds.meets(.announcing) || words.contains(where: { $0.entry.classes.meets(.announcing) }) {
      let announced = mentions.count
      judge(text, words, using: &scratch, into: &mentions)
      Self.settle(&mentions, from: first, announced: announced, isCertain: isCertain)
    }
  }

  /// Whether a frequent word without capitals is one that people speak of themselves with: "אני",
  /// though there is a name that is written so.
  private func isPronoun(_ token: NameToken, _ text: Span<UInt8>) -> Bool {
    text[token.range.lowerBound] >= 0xD6 && token.entry.commonBucket > 4
      && cues.kindsOfOneWord(token.hash).contains(.introducesWeakly)
  }

  /// Whether a chain is part of a command, drawing or table: an option, " -Dverbose", that holds no
  /// name, or single letters without points, "Z M".
  private static func isCode(_ words: ArraySlice<NameToken>, _ text: Span<UInt8>) -> Bool {
    guard let first = words.first, let last = words.last else { return false }
    let start = first.range.lowerBound
    if start > 1, text[start - 1] == UInt8(ascii: "-"), text[start] < 0x80,
      !words.contains(where: { $0.entry.classes.meets(.name) })
    {
      let before = text[start - 2]
      if before == 32 || before == UInt8(ascii: "'") || before == UInt8(ascii: "\"") { return true }
    }
    guard words.count > 1, words.allSatisfy({ $0.shape == .initial }) else { return false }
    let end = last.range.upperBound
    return !(start..<end).contains { text[$0] == UInt8(ascii: ".") }
      && (end == text.count || text[end] != UInt8(ascii: "."))
  }

  /// Whether a word by itself greets what stands for a name: "Cher [PERSON_1]", though there is
  /// somebody of that name. "Mila [laughs]" is one.
  private func opensALetter(
    _ chain: NameChain, _ tokens: [NameToken], _ text: Span<UInt8>
  ) -> Bool {
    guard chain.words.count == 1, chain.context.startsSentence else { return false }
    let token = tokens[chain.words.lowerBound]
    let end = token.range.upperBound
    guard end + 1 < text.count, text[end] == 32, text[end + 1] == UInt8(ascii: "[") else {
      return false
    }
    var index = end + 2
    while index < text.count, text[index] == 95 || text[index] &- 65 < 26 { index += 1 }
    return index < text.count && text[index] &- 48 < 10 && text[index - 1] == 95
      && cues.kindsOfOneWord(token.hash).contains(.salutation)
  }

  /// Whether a word in capitals is a frequent one that is no name.
  private static func isPlainWord(_ token: NameToken) -> Bool {
    token.shape == .upper && token.entry.commonBucket > 5 && !token.entry.classes.meets(.entity)
      && !token.endsLikeName
  }

  /// Whether a frequent word that is no name stands behind a letter and a dot, no blank between:
  /// "T.Value" in code.
  private static func isMember(_ token: NameToken, behind last: NameToken) -> Bool {
    last.shape == .initial && last.range.upperBound + 1 == token.range.lowerBound
      && token.entry.commonBucket > 5 && !token.entry.classes.meets(.entity)
  }

  /// What stands before the chain, or is its first word, says of the names in it: "Hi Sarah".
  private func announcement(_ chain: NameChain, _ words: ArraySlice<NameToken>) -> CueKinds {
    var kinds = chain.context.cue.kinds
    if words.count > 1, let first = words.first, !first.entry.classes.meets(.name) {
      kinds.formUnion(cues.kindsOfOneWord(first.hash))
    }
    return kinds
  }

  /// Turns the labels into mentions. An initial before a person belongs to the name; what gave a
  /// disease or a street its name is no person.
  private func appendMentions(
    _ chain: NameChain, _ text: Span<UInt8>, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    let words = chain.words
    var index = words.lowerBound
    var free = index
    while index < words.upperBound {
      let label = scratch.labels[index - words.lowerBound]
      guard var kind = label.kind else {
        index += 1
        continue
      }
      var end = index + 1
      var margin = margin(index - words.lowerBound, label, scratch)
      while end < words.upperBound, scratch.labels[end - words.lowerBound] == .inside(kind) {
        margin = max(margin, self.margin(end - words.lowerBound, .inside(kind), scratch))
        end += 1
      }
      var first = index
      let limit = scratch.tokens[end - 1].range.upperBound
      if kind == .person {
        while first > free, scratch.tokens[first - 1].shape == .initial,
          scratch.tokens[first].gap == .mark || scratch.tokens[first].gap == .blank
        {
          first -= 1
        }
        if namesAThing(text, limit, using: &scratch) {
          index = end
          free = end
          continue
        }
        let cue = chain.context.cue
        let followsThing = cue.kinds.contains(.thingBefore) && !cue.hasPunctuation
        if followsThing, !cue.hasNewline, first == words.lowerBound { kind = .location }
        if scratch.isInPlaceCell(limit - 1) { kind = .location }
      }
      let range = scratch.tokens[first].range.lowerBound..<limit
      mentions.append(
        NameMention(
          range: range, kind: kind,
          reason: kind == .person && isSmall(scratch.tokens[first], text, scratch)
            ? .lowerCase : kind.reason,
          score: Self.score(ofMargin: margin)))
      index = end
      free = end
    }
  }

  /// Whether a word has a small letter where it could have a capital, in a text without capitals.
  private func isSmall(
    _ token: NameToken, _ text: Span<UInt8>, _ scratch: borrowing NameScratch
  ) -> Bool {
    let first = text[token.range.lowerBound]
    return scratch.style.isLowerCase && first < 0xD6 && first &- 65 >= 26
  }

  /// Whether what stands behind a name says that it gave a thing its name: "Turing machine",
  /// "Parkinson's disease".
  private func namesAThing(
    _ text: Span<UInt8>, _ end: Int, using scratch: inout NameScratch
  ) -> Bool {
    if isNamedThing(text, end, using: &scratch) { return true }
    guard Self.after(text, end) == .possessive else { return false }
    return isNamedThing(text, end + (text[end] == 39 ? 2 : 4), using: &scratch)
  }

  /// By how much a label beats none for a word.
  private func margin(
    _ index: Int, _ label: NameLabel, _ scratch: borrowing NameScratch
  ) -> Int32 {
    scratch.emissions[index][label.rawValue] &- scratch.emissions[index][0]
  }

  /// 0.5…0.99.
  static func score(ofMargin margin: Int32) -> Float {
    let margin = Float(max(0, margin))
    return min(0.99, 0.5 + 0.5 * margin / (margin + 160))
  }

  /// Keeps one of what the model found and of what is announced, where they meet. A weak cue does
  /// not make a person of what the model takes for a place or an organisation.
  private static func settle(
    _ mentions: inout [NameMention], from first: Int, announced: Int, isCertain: Bool
  ) {
    guard announced < mentions.count, announced > first else { return }
    var names = Array(mentions[announced...])
    // "Tên tôi là Nguyễn Văn An": the model knows where the name ends, though its parts are words.
    for index in names.indices where names[index].reason == .introduced {
      for found in mentions[first..<announced]
      where found.kind == .person && found.range.lowerBound == names[index].range.lowerBound
        && found.range.upperBound > names[index].range.upperBound
      {
        names[index].range = found.range
      }
    }
    if !isCertain {
      names.removeAll { name in
        name.reason != .userList && name.reason != .title
          && mentions[first..<announced].contains {
            $0.kind != .person && $0.range.overlaps(name.range)
          }
      }
    }
    var kept = mentions[first..<announced].filter { found in
      !names.contains { $0.range.overlaps(found.range) }
    }
    kept += names
    kept.sort { $0.range.lowerBound < $1.range.lowerBound }
    mentions.replaceSubrange(first..., with: kept)
  }
}

extension MentionKind {
  /// Why the model says so.
  var reason: MentionReason {
    switch self {
    case .person: .dictionary
    case .location: .place
    case .organization: .organization
    }
  }
}

extension NameMode {
  /// Taken from the weight of "no name".
  var outsideMalus: Int32 {
    switch self {
    case .balanced: 0
    case .recall: 110
    case .paranoid: 200
    }
  }
}
