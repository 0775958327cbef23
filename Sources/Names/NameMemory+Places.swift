internal import Text

extension NameMemory {
  /// Whether a remembered word is part of a place's name where it stands: "San Jose" and "Victoria
  /// Falls" after somebody who is called Jose or Victoria; "Margaret Street" and "in Livermore"
  /// where nothing but a guess said that a person is called so.
  ///
  /// - Complexity: O(length of the words beside it).
  func isOfPlace(
    _ hash: UInt64, _ text: Span<UInt8>, _ word: Range<Int>, _ names: NameScanner,
    _ scratch: inout NameScratch
  ) -> Bool {
    guard words[hash]?.hasOthers == false, isCapital(text, word.lowerBound, &scratch) else {
      return false
    }
    let isGuess = words[hash]?.isCertain == false
    let before = neighbour(before: word, text, &scratch)
    if let before, isPlace(text, before.lowerBound..<word.upperBound, names, &scratch) {
      return true
    }
    if let after = neighbour(behind: word, text, &scratch) {
      if isPlace(text, word.lowerBound..<after.upperBound, names, &scratch) { return true }
      let classes = names.dictionary.entry(scratch.hash(text, after)).classes
      if isGuess, classes.contains(.streetAfter), !classes.meets(.name) { return true }
    }
    guard isGuess, before == nil else { return false }
    let entry = names.dictionary.entry(hash)
    guard entry.placeBucket > 0, entry.placeBucket >= entry.nameBucket,
      let last = wordBefore(word, text)
    else { return false }
    return names.cues.kindsOfOneWord(scratch.hash(text, last)).contains(.placeBefore)
  }

  private func isPlace(
    _ text: Span<UInt8>, _ range: Range<Int>, _ names: NameScanner, _ scratch: inout NameScratch
  ) -> Bool {
    let classes = names.dictionary.entry(scratch.hash(text, range)).classes
    return classes.contains(.place) && !classes.meets(.name)
  }

  /// The capitalised word before another, a blank between; `nil` when it is part of a name that is
  /// remembered.
  private func neighbour(
    before word: Range<Int>, _ text: Span<UInt8>, _ scratch: inout NameScratch
  ) -> Range<Int>? {
    wordBefore(word, text).flatMap { placeWord($0, text, &scratch) }
  }

  /// The word, or its last 24 bytes, before another, a blank between.
  private func wordBefore(_ word: Range<Int>, _ text: Span<UInt8>) -> Range<Int>? {
    guard word.lowerBound > 1, text[word.lowerBound - 1] == 32 else { return nil }
    let end = word.lowerBound - 1
    var start = end
    while start > 0, end - start < 24, NameScanner.isWordByte(text[start - 1]) { start -= 1 }
    return start < end ? start..<end : nil
  }

  private func neighbour(
    behind word: Range<Int>, _ text: Span<UInt8>, _ scratch: inout NameScratch
  ) -> Range<Int>? {
    let start = word.upperBound + 1
    guard start < text.count, text[start - 1] == 32 else { return nil }
    var end = start
    while end < text.count, end - start < 24, NameScanner.isWordByte(text[end]) { end += 1 }
    return placeWord(start..<end, text, &scratch)
  }

  private func placeWord(
    _ range: Range<Int>, _ text: Span<UInt8>, _ scratch: inout NameScratch
  ) -> Range<Int>? {
    guard range.count > 1, isCapital(text, range.lowerBound, &scratch),
      words[scratch.hash(text, range)] == nil
    else { return nil }
    return range
  }

  private func isCapital(
    _ text: Span<UInt8>, _ start: Int, _ scratch: inout NameScratch
  ) -> Bool {
    if text[start] < 0x80 { return text[start] &- 65 < 26 }
    // The bytes before may have been cut.
    guard text[start] >= 0xC0 else { return false }
    return scratch.folding.classes(of: decodeUTF8(text, at: start).codePoint).contains(.upper)
  }
}
