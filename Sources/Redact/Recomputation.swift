internal import Crypto
internal import Records

/// What a text becomes: parts of it and what stands for them, in order.
struct RewrittenText {
  var text: ArraySlice<UInt8>
  /// Bytes of the text, counted from its start.
  var parts: [(range: Range<Int>, replacement: [UInt8])]

  /// The text as it is written.
  var result: [UInt8] {
    var result: [UInt8] = []
    var position = 0
    for part in parts {
      result += slice(position..<part.range.lowerBound) + part.replacement
      position = part.range.upperBound
    }
    return result + slice(position..<text.count)
  }

  private func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
    text[(text.startIndex + range.lowerBound)..<(text.startIndex + range.upperBound)]
  }

  /// The place in the result of a place in the text, both in characters.
  ///
  /// A place inside what was replaced becomes the replacement's start, or its end if it `isEnd`.
  /// `nil` beyond the text, and where code points and UTF-16 units before it differ in number: then
  /// nobody says what was counted. O(text).
  func moved(_ offset: Int, isEnd: Bool) -> Int? {
    if hasWide(before: offset) { return nil }
    var position = 0
    var old = 0
    var new = 0
    for part in parts + [(text.count..<text.count, [])] {
      let run = slice(position..<part.range.lowerBound)
      let gone = slice(part.range)
      if offset <= old + run.characters { return new + offset - old }
      old += run.characters
      new += run.characters
      let end = old + gone.characters
      if offset < end { return isEnd ? new + part.replacement[...].characters : new }
      old = end
      new += part.replacement[...].characters
      position = part.range.upperBound
    }
    return nil
  }

  /// Whether one of the first characters of the text is above U+FFFF, that is of four bytes.
  private func hasWide(before offset: Int) -> Bool {
    var characters = 0
    for byte in text where byte & 0xC0 != 0x80 {
      characters += 1
      if characters > offset { return false }
      if byte >= 0xF0 { return true }
    }
    return false
  }
}

extension ArraySlice<UInt8> {
  /// The number of code points.
  fileprivate var characters: Int { reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) } }

  /// The number of UTF-16 units.
  fileprivate var utf16Units: Int { characters + reduce(0) { $0 + ($1 >= 0xF0 ? 1 : 0) } }
}

/// Computes values that follow from a text.
enum Recomputation {
  /// The value for the text as it is written, or `nil` when the value at hand is not that of the
  /// text as it was read, so that nobody knows what it means.
  ///
  /// - Parameter value: a number as it is written, or a string's text. O(text).
  static func value(
    _ value: [UInt8], by kind: DerivedFormula.Kind, of text: RewrittenText
  ) -> [UInt8]? {
    switch kind {
    case .start, .end:
      guard let offset = number(value) else { return nil }
      return text.moved(offset, isEnd: kind == .end).map { Array(String($0).utf8) }
    case .length:
      guard let length = number(value) else { return nil }
      let measures: [(ArraySlice<UInt8>) -> Int] = [
        { $0.characters }, { $0.utf16Units }, { $0.count },
      ]
      return measures.first { $0(text.text) == length }
        .map { Array(String($0(text.result[...])).utf8) }
    case .sha256:
      guard (16...64).contains(value.count), digest(text.text).starts(with: value) else {
        return nil
      }
      return Array(digest(text.result[...]).prefix(value.count))
    }
  }

  /// A number of up to nine digits and nothing else.
  private static func number(_ bytes: [UInt8]) -> Int? {
    guard (1...9).contains(bytes.count), bytes.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private static func digest(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return SHA256.hash(data: text).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }
}
