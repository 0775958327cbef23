internal import Text

/// The words that speak for or against a match when they stand near it, folded. Frozen, part of a
/// rule.
///
/// A text is compared with the words that begin with the same byte only, and only where a word may
/// begin. A word is never found inside a longer one by accident: what stands beside it is no letter
/// of its script, except for the endings and attached particles its language has.
package struct ContextWords: Sendable {
  /// A word as it is looked for.
  package struct Word: Sendable, Equatable {
    /// Folded UTF-8, not empty.
    package var bytes: [UInt8]
    /// How many letters of its script may follow it in one word.
    package var endingMax: Int

    package init(bytes: [UInt8], endingMax: Int = 0) {
      self.bytes = bytes
      self.endingMax = endingMax
    }
  }

  private struct Entry: Sendable {
    var start: Int
    var count: Int
    /// The scripts of its first and last character.
    var first: ScriptClass
    var last: ScriptClass
    /// How many letters may stand before it, and behind it, in one word.
    var beginningMax: Int
    var endingMax: Int
  }

  private var bytes: [UInt8] = []
  /// By first byte.
  private var entries: [Entry] = []
  /// The first of `entries` that begins with a byte, for each byte and one behind the last.
  private var starts: [UInt16] = []
  /// For each first byte, the second bytes: one bit for each value of their lowest five bits.
  private var seconds: [UInt32] = []

  /// Whether there are none.
  package var isEmpty: Bool { entries.isEmpty }

  /// - Parameter list: fewer than 65,536.
  package init(_ list: [Word]) {
    if list.isEmpty { return }
    let sorted = list.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    seconds = [UInt32](repeating: 0, count: 256)
    for word in sorted {
      let head = Int(word.bytes[0])
      while starts.count <= head { starts.append(UInt16(entries.count)) }
      seconds[head] |= word.bytes.count > 1 ? 1 << UInt32(word.bytes[1] & 31) : .max
      let first = Self.script(word.bytes.span, at: 0)
      let last = Self.scriptBefore(word.bytes.span, word.bytes.count)
      entries.append(
        Entry(
          start: bytes.count, count: word.bytes.count, first: first, last: last,
          beginningMax: Self.attachedMax(first),
          endingMax: max(word.endingMax, last == .hangul ? 4 : 0)))
      bytes += word.bytes
    }
    while starts.count <= 256 { starts.append(UInt16(entries.count)) }
  }

  /// The first three bytes of each word, or all of a shorter one.
  package var heads: [[UInt8]] {
    entries.map { Array(bytes[$0.start..<$0.start + min(3, $0.count)]) }
  }

  /// Arabic and Hebrew write the article, "and", "in", "to" as one word with the next.
  private static func attachedMax(_ script: ScriptClass) -> Int {
    script == .arabic ? 3 : script == .hebrew ? 2 : 0
  }

  /// Whether one of the words stands in folded text.
  ///
  /// - Complexity: O(`text.count`) plus the words that begin as the text does somewhere.
  package func isAny(in text: Span<UInt8>) -> Bool {
    if isEmpty { return false }
    for index in 0..<text.count where wordEnd(text, at: index) != nil { return true }
    return false
  }

  /// Where the last of the words ends that stand in folded text, as `isAny` finds them.
  ///
  /// - Complexity: as `isAny`.
  package func last(in text: Span<UInt8>) -> Int? {
    if isEmpty { return nil }
    var last: Int?
    for index in 0..<text.count {
      if let end = wordEnd(text, at: index), end > last ?? 0 { last = end }
    }
    return last
  }

  /// Where the longest of the words ends that begin at an index.
  @inline(__always)
  private func wordEnd(_ text: Span<UInt8>, at index: Int) -> Int? {
    let next = index + 1 < text.count ? text[index + 1] : 0
    guard seconds[Int(text[index])] &>> UInt32(next & 31) & 1 != 0 else { return nil }
    var longest: Int?
    let first = Int(text[index])
    for candidate in Int(starts[first])..<Int(starts[first + 1]) {
      let entry = entries[candidate]
      let end = index + entry.count
      if end <= text.count, end > longest ?? 0, isThere(entry, text, index),
        letters(of: entry.first, before: index, text, atMost: entry.beginningMax),
        letters(of: entry.last, behind: end, text, atMost: entry.endingMax)
      {
        longest = end
      }
    }
    return longest
  }

  private func isThere(_ entry: Entry, _ text: Span<UInt8>, _ start: Int) -> Bool {
    for offset in 1..<max(1, entry.count)
    where text[start + offset] != bytes[entry.start + offset] {
      return false
    }
    return true
  }

  /// Whether no more than so many letters of a script stand right before an offset.
  private func letters(
    of script: ScriptClass, before offset: Int, _ text: Span<UInt8>, atMost most: Int
  ) -> Bool {
    if script == .none || script == .unspaced { return true }
    var left = most
    var end = offset
    while end > 0, Self.scriptBefore(text, end) == script {
      if left == 0 { return false }
      left -= 1
      end -= 1
      while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    }
    return true
  }

  /// Whether no more than so many letters of a script stand from an offset on.
  private func letters(
    of script: ScriptClass, behind offset: Int, _ text: Span<UInt8>, atMost most: Int
  ) -> Bool {
    if script == .none || script == .unspaced { return true }
    var left = most
    var index = offset
    while index < text.count, Self.script(text, at: index) == script {
      if left == 0 { return false }
      left -= 1
      index += 1
      while index < text.count, text[index] & 0xC0 == 0x80 { index += 1 }
    }
    return true
  }

  private static func script(_ text: Span<UInt8>, at index: Int) -> ScriptClass {
    ScriptClass(text[index] < 0x80 ? UInt32(text[index]) : decodeUTF8(text, at: index).codePoint)
  }

  private static func scriptBefore(_ text: Span<UInt8>, _ end: Int) -> ScriptClass {
    var start = end - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return script(text, at: start)
  }
}
