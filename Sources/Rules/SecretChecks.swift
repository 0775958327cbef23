/// What tells a value made by a machine from a name or a sentence in code.
package enum SecretChecks {
  /// How much of a value reads as words: letters in runs of three and more whose neighbouring
  /// letters are common pairs, out of all letters and digits. 0 when there are none.
  ///
  /// Runs end where a small letter is followed by a capital, as in `camelCase`, and at anything
  /// that is no ASCII letter. One rare pair in five letters is borne with: names have them. Four
  /// letters in the order of the alphabet make no word.
  ///
  /// - Complexity: O(n).
  package static func readableShare(_ value: [UInt8]) -> Double {
    var readable = 0
    var total = 0
    var start = 0
    while start < value.count {
      guard isLetter(value[start]) else {
        if value[start] &- 48 < 10 { total += 1 }
        start += 1
        continue
      }
      let end = runEnd(value, from: start)
      total += end - start
      if isReadable(value[start..<end]) { readable += end - start }
      start = end
    }
    return total == 0 ? 0 : Double(readable) / Double(total)
  }

  /// Whether one of `words` (in lower case) stands in the value, ASCII case ignored.
  package static func holds(_ value: [UInt8], anyOf words: [[UInt8]]) -> Bool {
    let lower = value.map(Checksums.asciiLower)
    return words.contains { word in
      guard !word.isEmpty, word.count <= lower.count else { return false }
      return (0...(lower.count - word.count)).contains { lower[$0...].starts(with: word) }
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }
  private static func isCapital(_ byte: UInt8) -> Bool { byte &- 65 < 26 }

  /// The end of a word: `Word`, `word` or `WORD`; of `WORDNext` the first word ends before `Next`.
  private static func runEnd(_ value: [UInt8], from start: Int) -> Int {
    var end = start + 1
    let isUpper =
      isCapital(value[start]) && end < value.count && isCapital(value[end])
    while end < value.count, isLetter(value[end]), isCapital(value[end]) == isUpper { end += 1 }
    if isUpper, end < value.count, isLetter(value[end]), end - start > 1 { end -= 1 }
    return end
  }

  private static func isReadable(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= 3 else { return false }
    var rare = 0
    var inOrder = 1
    for (first, second) in zip(word, word.dropFirst()) {
      let row = commonPairs[Int((first | 0x20) - 97)]
      if row >> UInt32((second | 0x20) - 97) & 1 == 0 { rare += 1 }
      inOrder = (second | 0x20) == (first | 0x20) + 1 ? inOrder + 1 : 1
      if inOrder == 4 { return false }
    }
    return rare * 5 <= word.count
  }

  /// For each letter, which letters often follow it: one bit for each, `a` the lowest. Pairs that
  /// make up 95 of 100 in the words of program text (Python's library, C headers) and of chats,
  /// each word counted by the square root of how often it comes.
  private static let commonPairs: [UInt32] = [
    0x1BEBD6E, 0x1164B15, 0x11EDD9D, 0x1E493F, 0x1EFF97F, 0x11E6931, 0x167991, 0x1A4111,
    0x2AEF87F, 0x10, 0x40111, 0x11CC97D, 0x14D91B, 0x3CED7D, 0x7EFD6F, 0x11EEDB5, 0x100000,
    0x13EFD7D, 0x15EFDB5, 0x1DEF9BD, 0xEB97F, 0x4111, 0x66191, 0x88114, 0xCA100, 0x10,
  ]
}
