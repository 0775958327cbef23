/// The parts of a text that are looked at anew after some of it was replaced.
///
/// What is found depends on the words and lines around it; all of the text is there to be read, but
/// only what begins near a replaced part can have changed.
package enum ScanScope {
  /// How many bytes before and behind a replaced part are looked at. Context windows end 80
  /// characters from a match, and all but a few expressions match less than 200 bytes.
  private static let reach = 160
  /// How far behind that the end of a line or a sentence is looked for.
  private static let slack = 2048

  /// The parts of a text around some of its ranges: whole sentences or lines, so that no name or
  /// number is cut; in order, disjoint.
  ///
  /// - Parameter marks: in text order.
  /// - Complexity: O(marks × (`reach` + length of a sentence)).
  package static func around(_ marks: [Range<Int>], in text: Span<UInt8>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for mark in marks {
      if let last = result.last, mark.upperBound + reach <= last.upperBound { continue }
      let low = start(text, max(0, mark.lowerBound - reach))
      let high = end(text, min(text.count, mark.upperBound + reach))
      if let last = result.last, low <= last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, high)
      } else {
        result.append(low..<high)
      }
    }
    return result
  }

  /// Where the sentence or line begins that an offset is in.
  private static func start(_ text: Span<UInt8>, _ offset: Int) -> Int {
    let least = max(0, offset - slack)
    var index = offset
    while index > least, !isEnd(text, index - 1) { index -= 1 }
    return index > least ? index : 0
  }

  private static func end(_ text: Span<UInt8>, _ offset: Int) -> Int {
    let most = min(text.count, offset + slack)
    var index = offset
    while index < most, !isEnd(text, index) { index += 1 }
    return index < most ? index + 1 : text.count
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
