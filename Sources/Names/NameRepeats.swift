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
    case .dash, .other: return start > 3 && Self.endsTime(text, start)
    default: return false
    }
  }

  /// Whether "]" or ")" and a blank stand before an offset, or " - " behind a digit or letter:
  /// "10:15 - Asmi: ok".
  private static func endsTime(_ text: Span<UInt8>, _ start: Int) -> Bool {
    let mark = text[start - 1] == 32 ? text[start - 2] : text[start - 1]
    if mark == UInt8(ascii: "]") || mark == UInt8(ascii: ")") { return true }
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
