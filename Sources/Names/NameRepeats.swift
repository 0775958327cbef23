internal import Text

/// What the other words of a text say of one: that it stands there again, or speaks again.
extension NameScanner {
  /// Counts the words of the chains that stand inside a sentence, and those that speak.
  func countRepeats(_ text: Span<UInt8>, using scratch: inout NameScratch) {
    for number in scratch.chains.indices {
      let chain = scratch.chains[number]
      if maySpeak(chain, text, scratch) {
        scratch.chains[number].context.speaks = .once
        scratch.countSpeaker(SmallFilter.slot(scratch.tokens[chain.words.lowerBound].hash))
      }
      for index in chain.words where index > chain.words.lowerBound || !chain.context.startsSentence
      {
        scratch.countRepeat(SmallFilter.slot(scratch.tokens[index].hash))
      }
    }
  }

  /// Whether a chain of few words begins a line, or stands behind the time in it, and a colon
  /// follows. Lines of lists have labels, but nobody speaks in them.
  private func maySpeak(
    _ chain: NameChain, _ text: Span<UInt8>, _ scratch: borrowing NameScratch
  ) -> Bool {
    guard chain.words.count <= 4,
      Self.after(text, scratch.tokens[chain.words.upperBound - 1].range.upperBound) == .colon
    else { return false }
    let start = scratch.tokens[chain.words.lowerBound].range.lowerBound
    switch chain.context.before {
    case .edge, .newline, .bracket: return true
    case .dash, .other, .bullet: return start > 3 && Self.endsSpeaker(text, start)
    default: return false
    }
  }

  /// Whether the time or who speaks ends before an offset, as logs of chats write them: "[10:15]
  /// Asmi: ok", "10:15 - Asmi: ok", "<felix> Asmi: ok".
  private static func endsSpeaker(_ text: Span<UInt8>, _ start: Int) -> Bool {
    let end = text[start - 1] == 32 ? start - 2 : start - 1
    let mark = text[end]
    if mark == UInt8(ascii: "]") || mark == UInt8(ascii: ")") { return true }
    if mark == UInt8(ascii: ">") { return isWordByte(text[end - 1]) }
    return mark == UInt8(ascii: "-") && text[start - 1] == 32 && text[start - 3] == 32
      && (text[start - 4] &- 48 < 10 || (text[start - 4] | 0x20) &- 97 < 26)
  }

  /// Marks the words that stand elsewhere in the text inside a sentence, and the chains that speak
  /// more than once.
  func markRepeats(using scratch: inout NameScratch) {
    for number in scratch.chains.indices {
      let chain = scratch.chains[number]
      if chain.context.speaks == .once {
        scratch.chains[number].context.speaks =
          scratch.speaks(SmallFilter.slot(scratch.tokens[chain.words.lowerBound].hash))
      }
      for index in chain.words {
        let isStart = index == chain.words.lowerBound && chain.context.startsSentence
        scratch.tokens[index].isRepeated = scratch.isRepeated(
          SmallFilter.slot(scratch.tokens[index].hash), startsSentence: isStart)
      }
    }
  }
}
