internal import Text

/// The parts of a text that are looked at anew after some of it was replaced.
///
/// What is found depends on the words and lines around it; all of the text is there to be read, but
/// only what begins near a replaced part can have changed: before it what may reach into it, behind
/// it what has it among the words around.
package enum ScanScope {
  /// How many characters around a mark are in its part at least.
  package struct Reach: Sendable {
    let before: Int
    let behind: Int

    package init(before: Int, behind: Int) {
      self.before = before
      self.behind = behind
    }
  }

  /// How many characters a match may have before it is cut off from what decides about it. All but
  /// a few expressions match fewer; runs without white space are never cut.
  static let matchMax = 240
  /// How many bytes farther the end of a line or a sentence is looked for.
  private static let slack = 2048

  /// The parts of a text around some of its ranges, in order, disjoint. They begin with a sentence
  /// or line, so that what was found as part of something longer is not found by itself, and end
  /// with a word.
  ///
  /// - Parameter marks: in text order.
  /// - Complexity: O(marks × (`reach` + length of a sentence)).
  package static func around(
    _ marks: [Range<Int>], in text: Span<UInt8>, reach: Reach
  ) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for mark in marks {
      let most = offset(of: reach.behind, behind: mark.upperBound, text)
      if let last = result.last, most <= last.upperBound { continue }
      let low = start(
        text, offset(of: reach.before, before: mark.lowerBound, text),
        behind: result.last?.upperBound ?? -1)
      let high = end(text, most)
      if let last = result.last, low <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, high)
      } else {
        result.append(low..<high)
      }
    }
    return result
  }

  /// The lines of a text that some of its ranges are in, each with the next that holds a word: a
  /// name there can be announced at the end of the line before.
  ///
  /// - Parameter marks: in text order.
  /// - Complexity: O(bytes of the lines).
  package static func lines(around marks: [Range<Int>], in text: Span<UInt8>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var lineEnd = -1
    for mark in marks where mark.upperBound > lineEnd {
      let floor = result.last?.upperBound ?? 0
      var low = mark.lowerBound
      while low > floor, text[low - 1] != 10 { low -= 1 }
      lineEnd = firstIndex(of: 10, in: text, from: mark.upperBound) ?? text.count
      var high = lineEnd
      var hasWord = false
      // A line of marks hides no cue.
      while !hasWord, high < text.count {
        while high < text.count, text[high] <= 32 { high += 1 }
        let start = high
        high = firstIndex(of: 10, in: text, from: start) ?? text.count
        for index in start..<high where isWordByte(text[index]) { hasWord = true }
      }
      if let last = result.last, low <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<high
      } else {
        result.append(low..<high)
      }
    }
    return result
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20) &- 97 < 26 || byte &- 48 < 10
  }

  /// Whether a range has bytes in one of the parts.
  ///
  /// - Complexity: O(log parts).
  package static func meets(_ range: Range<Int>, _ parts: [Range<Int>]) -> Bool {
    let first = parts.partitioningIndex { $0.upperBound > range.lowerBound }
    return first < parts.count && parts[first].overlaps(range)
  }

  private static func offset(of count: Int, before start: Int, _ text: Span<UInt8>) -> Int {
    var index = start
    var left = count
    while left >= 8, index >= 8, eightBytes(of: text, at: index - 8) & ascii == 0 {
      index -= 8
      left -= 8
    }
    while index > 0, left > 0 {
      index -= 1
      if text[index] & 0xC0 != 0x80 { left -= 1 }
    }
    return index
  }

  /// The bits that are clear in eight bytes of ASCII.
  private static let ascii: UInt64 = 0x8080_8080_8080_8080

  private static func offset(of count: Int, behind end: Int, _ text: Span<UInt8>) -> Int {
    var index = end
    var left = count
    while left >= 8, index + 8 <= text.count, eightBytes(of: text, at: index) & ascii == 0 {
      index += 8
      left -= 8
    }
    while index < text.count, left > 0 || text[index] & 0xC0 == 0x80 {
      if text[index] & 0xC0 != 0x80 { left -= 1 }
      index += 1
    }
    return index
  }

  /// Where the sentence or line begins that an offset is in; any offset up to `last` where that is
  /// none behind it.
  private static func start(_ text: Span<UInt8>, _ offset: Int, behind last: Int) -> Int {
    let least = max(0, offset - slack)
    var index = offset
    while index > max(least, last), !isEnd(text, index - 1) { index -= 1 }
    if index <= last { return index }
    return index > least ? index : 0
  }

  private static func end(_ text: Span<UInt8>, _ offset: Int) -> Int {
    let most = min(text.count, offset + slack)
    var index = offset
    while index < most, !isGap(text, index) { index += 1 }
    return index < most ? index + 1 : text.count
  }

  /// Whether a word ends before the byte at an offset, and no number goes on behind it.
  private static func isGap(_ text: Span<UInt8>, _ index: Int) -> Bool {
    text[index] == 10 || text[index] == 32 && index > 0 && text[index - 1] &- 48 >= 10
  }

  /// Whether a line or a sentence ends with the byte at an offset.
  private static func isEnd(_ text: Span<UInt8>, _ index: Int) -> Bool {
    if text[index] == 10 { return true }
    guard text[index] == 32, index > 0 else { return false }
    let last = text[index - 1]
    return last == UInt8(ascii: ".") || last == UInt8(ascii: "!") || last == UInt8(ascii: "?")
  }

  /// The bits of a block of 64 bytes that are in a range.
  @inline(__always)
  static func mask(_ block: Int, _ range: Range<Int>) -> UInt64 {
    let first = block &* 64
    var mask = UInt64.max
    if range.lowerBound > first { mask &= .max << UInt64(range.lowerBound &- first) }
    if range.upperBound < first &+ 64 { mask &= ~(.max << UInt64(range.upperBound &- first)) }
    return mask
  }

  /// The blocks of 64 bytes that a range is in.
  @inline(__always)
  static func blocks(_ range: Range<Int>) -> Range<Int> {
    range.lowerBound >> 6..<(range.upperBound &+ 63) >> 6
  }
}
