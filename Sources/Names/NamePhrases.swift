internal import Text

/// Entries of several words among the capitalised words of a text.
extension NameScanner {
  private static let commonWord = WordEntry(classes: .common, bucket: 7)

  /// Marks the words of a chain that are an entry of several words, the longest first.
  func markPhrases(
    _ text: Span<UInt8>, _ words: Range<Int>, using scratch: inout NameScratch
  ) {
    var first = words.lowerBound
    while first < words.upperBound - 1 {
      var next = first + 1
      if scratch.tokens[first].entry.classes.contains(.phraseHead) {
        for last in (first + 1..<min(words.upperBound, first + 6)).reversed() {
          let range = scratch.tokens[first].range.lowerBound..<scratch.tokens[last].range.upperBound
          let classes = dictionary.entry(scratch.hash(text, range)).classes
          if classes.meets(.decided) {
            // What a user says of a phrase holds for each of its words.
            let decided = WordClasses(rawValue: classes.rawValue & WordClasses.decided.rawValue)
            for word in first...last { scratch.tokens[word].entry.classes.formUnion(decided) }
          }
          if classes.contains(.common), !classes.meets(.entity) {
            // "Merry Christmas": nothing in it is a name.
            for word in first...last { scratch.tokens[word].entry = Self.commonWord }
            next = last + 1
            break
          }
          guard classes.meets(.entity) else {
            if classes.contains(.keep) {
              next = last + 1
              break
            }
            continue
          }
          let place: PhrasePlace =
            classes.meets(.name)
            ? .firstOfPerson : classes.contains(.place) ? .firstOfPlace : .firstOfOrganization
          scratch.tokens[first].phrase = place
          for inside in first + 1...last {
            scratch.tokens[inside].phrase = PhrasePlace(rawValue: place.rawValue + 1) ?? .none
          }
          next = last + 1
          break
        }
      }
      first = next
    }
  }

  /// Makes a capitalised word a common one where it and the small word behind it are a phrase that
  /// is no name: Vietnamese writes syllables apart, and "Phương" is a name and begins "Phương
  /// tiện".
  ///
  /// - Complexity: O(length of the word behind).
  func markOpenPhrase(_ text: Span<UInt8>, _ index: Int, using scratch: inout NameScratch) {
    let token = scratch.tokens[index]
    let start = token.range.upperBound + 1
    guard token.shape == .title, start < text.count, text[start - 1] == 32,
      text[start] >= 0x80 || text[start] &- 97 < 26
    else { return }
    var end = start
    while end < text.count, Self.isWordByte(text[end]), end - start < 24 { end += 1 }
    let classes = dictionary.entry(scratch.hash(text, token.range.lowerBound..<end)).classes
    if classes.contains(.common), !classes.meets(.entity) {
      scratch.tokens[index].entry = Self.commonWord
    }
  }
}
