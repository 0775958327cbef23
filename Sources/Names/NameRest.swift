internal import Text

/// A capitalised word of a text that was scanned, as much of it as decides about the others.
package struct ScannedWord: Sendable {
  /// The byte at which it begins.
  package var position: Int
  /// The low bits of its folded form's hash, as `SmallFilter` sees them.
  var slot: UInt64
  /// Whether it is the first word of a sentence.
  var startsSentence: Bool
  /// Whether it stood elsewhere in the text, inside a sentence.
  var isRepeated: Bool
  /// Whether it is the first of those that speak.
  var speaks: Speaks
}

/// What need not be looked at again of a text of which a part has been replaced.
package struct NameRest: Sendable {
  /// The lines that are scanned anew, in order, disjoint.
  package var parts: [Range<Int>]
  /// The language the whole text was taken for, an index into those of `LanguageGuess`, or -1.
  package var language: Int
  /// Whether that depends on nothing that was replaced.
  package var isLanguageKnown: Bool
  /// How the whole text was written.
  package var style: TextStyle
  /// The capitalised words outside the parts, with their present positions, in any order.
  package var words: [ScannedWord]
  /// Whether capitalised words outside the parts may be in no chain, as common words are: another
  /// language can make names of them.
  package var hasLooseWords: Bool

  package init(
    parts: [Range<Int>], language: Int, isLanguageKnown: Bool, style: TextStyle,
    words: [ScannedWord], hasLooseWords: Bool = true
  ) {
    self.parts = parts
    self.language = language
    self.isLanguageKnown = isLanguageKnown
    self.style = style
    self.words = words
    self.hasLooseWords = hasLooseWords
  }

  /// Whether what is outside the parts depends on nothing.
  var isEmpty: Bool { words.isEmpty && !hasLooseWords }
}

extension NameScratch {
  /// Whether capitalised words of the text scanned last are in no chain.
  ///
  /// - Complexity: O(chains).
  package var hasLooseWords: Bool {
    tokens.count > chains.reduce(0) { $0 + $1.words.count }
  }

  /// Appends the capitalised words of the text scanned last.
  ///
  /// - Complexity: O(capitalised words).
  package func appendWords(to words: inout [ScannedWord]) {
    for chain in chains {
      for index in chain.words {
        let token = tokens[index]
        words.append(
          ScannedWord(
            position: token.range.lowerBound, slot: SmallFilter.slot(token.hash),
            startsSentence: index == chain.words.lowerBound && chain.context.startsSentence,
            isRepeated: token.isRepeated,
            speaks: index == chain.words.lowerBound ? chain.context.speaks : .never))
      }
    }
  }
}

extension NameScanner {
  /// Appends the mentions in the lines of a text around what was replaced in it, if the others are
  /// what they were.
  ///
  /// What is not in these lines is decided by the same words, unless the text is now taken for one
  /// in another language or written otherwise, or a word stands no longer in it a second time.
  ///
  /// - Returns: whether that is so; if not, nothing is appended and the whole text must be scanned.
  /// - Complexity: O(bytes of the lines + words outside).
  func scan(
    _ text: Span<UInt8>, maps: borrowing ByteMaps, rest: borrowing NameRest,
    using scratch: inout NameScratch, into mentions: inout [NameMention]
  ) -> Bool {
    findWords(
      text, maps, within: rest.parts, language: rest.isLanguageKnown ? rest.language : nil,
      using: &scratch)
    guard scratch.style == rest.style else { return false }
    guard !(scratch.tokens.isEmpty && rest.isEmpty) else { return true }
    if rest.isLanguageKnown {
      scratch.language = rest.language
    } else if !maps.hasHigh, !scratch.style.isLowerCase {
      guessLanguage(text, maps, using: &scratch)
    }
    guard rest.isEmpty || scratch.language == rest.language else { return false }
    chainWords(text, using: &scratch)
    for word in rest.words {
      if !word.startsSentence { scratch.countRepeat(word.slot) }
      if word.speaks != .never { scratch.countSpeaker(word.slot) }
    }
    countRepeats(text, using: &scratch)
    for word in rest.words {
      if scratch.isRepeated(word.slot, startsSentence: word.startsSentence) != word.isRepeated
        || word.speaks != .never && scratch.speaks(word.slot) != word.speaks
      {
        return false
      }
    }
    markRepeats(using: &scratch)
    for index in scratch.chains.indices {
      label(index, text, using: &scratch, into: &mentions)
    }
    return true
  }
}
