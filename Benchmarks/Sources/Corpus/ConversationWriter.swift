/// What a corpus is mostly made of.
package enum CorpusKind: String, CaseIterable {
  /// Long answers, a little code, personal data now and then: what a collection looks like.
  case chat
  /// Personal data in every other sentence: the worst case for matching and splicing.
  case piiDense = "pii-dense"
  /// Mostly code: the worst case for prefilters, as operators and numbers look like data.
  case code
  /// Five languages in equal parts: the worst case for folding.
  case multilingual

  /// Of a hundred sentences, how many hold personal data.
  var personalPercent: Int { self == .piiDense ? 50 : self == .code ? 1 : 4 }
  /// Of a hundred paragraphs, how many are code.
  var codePercent: Int { self == .code ? 75 : self == .chat ? 12 : 3 }
  /// Of a hundred conversations, how many are English.
  var englishPercent: Int { self == .multilingual ? 20 : 75 }
}

/// Writes conversations in the format of the ShareLM collection, one a line.
package struct ConversationWriter {
  let kind: CorpusKind
  var random: SplitMix64
  private var count = 0

  /// A writer whose records depend on the kind and the seed alone.
  package init(kind: CorpusKind, seed: UInt64) {
    self.kind = kind
    random = SplitMix64(seed: seed)
  }

  /// Appends one record and its newline.
  package mutating func appendRecord(to text: inout [UInt8]) {
    count += 1
    let others = Array(Language.all.dropFirst())
    let language =
      random.chance(percent: kind.englishPercent) ? Language.all[0] : random.pick(others)
    let people = (0..<random.within(1...3)).map { _ in
      Person(given: random.pick(language.given), surname: random.pick(language.surnames))
    }
    append(#"{"conversation_id": "gen-\#(count)", "conversation": ["#, to: &text)
    for turn in 0..<(2 * random.within(1...5)) {
      let isUser = turn.isMultiple(of: 2)
      append(turn == 0 ? #"{"content": ""# : #", {"content": ""#, to: &text)
      for paragraph in 0..<(isUser ? random.within(1...2) : random.within(1...6)) {
        if paragraph > 0 { append(#"\n\n"#, to: &text) }
        appendParagraph(language, people, to: &text)
      }
      append(isUser ? #"", "role": "user"}"# : #"", "role": "assistant"}"#, to: &text)
    }
    append(#"], "model_name": "gen", "user_id": "user-\#(random.below(5000))", "#, to: &text)
    append(#""timestamp": "2024-0\#(random.within(1...9))-1\#(random.below(10)) "#, to: &text)
    append(#"1\#(random.below(10)):00:00.000000000Z", "source": "https://example.org/"#, to: &text)
    append(#"generated", "user_metadata": {"location": "", "age": "", "gender": ""}, "#, to: &text)
    append(#""conversation_metadata": {"rate": "", "language": "\#(language.name)", "#, to: &text)
    append(#""redacted": "", "toxic": "", "title": "", "custom_instruction": "", "#, to: &text)
    append("\"status\": \"\"}}\n", to: &text)
  }

  private mutating func appendParagraph(
    _ language: Language, _ people: [Person], to text: inout [UInt8]
  ) {
    if random.chance(percent: kind.codePercent) {
      text += random.pick(CodeSnippets.escaped)
      return
    }
    for sentence in 0..<random.within(1...5) {
      if sentence > 0 { text.append(UInt8(ascii: " ")) }
      if random.chance(percent: kind.personalPercent) {
        PersonalData.append(random.pick(people), language, to: &text, using: &random)
        append(", ", to: &text)
      }
      for word in 0..<random.within(5...18) {
        if word > 0 { text.append(UInt8(ascii: " ")) }
        let chosen = random.pick(language.words)
        // A sentence begins with a capital; only ASCII letters have one that is found by a bit.
        if word == 0, let first = chosen.first, first >= 0x61, first <= 0x7A {
          text.append(first & 0xDF)
          text += chosen.dropFirst()
        } else {
          text += chosen
        }
      }
      text.append(UInt8(ascii: random.chance(percent: 15) ? "?" : "."))
    }
  }

  private func append(_ part: String, to text: inout [UInt8]) { text += part.utf8 }
}
