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
  /// follows.
  private func maySpeak(
    _ chain: NameChain, _ text: Span<UInt8>, _ scratch: borrowing NameScratch
  ) -> Bool {
    guard chain.words.count <= 4 else { return false }
    switch chain.context.before {
    case .edge, .newline, .bullet, .bracket, .dash, .other: break
    default: return false
    }
    return Self.after(text, scratch.tokens[chain.words.upperBound - 1].range.upperBound) == .colon
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
