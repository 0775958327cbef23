internal import Crypto
internal import Records
internal import Text

/// What a text becomes: parts of it and what stands for them, in order.
struct RewrittenText {
  let text: ArraySlice<UInt8>
  /// Bytes of the text, counted from its start.
  let parts: [(range: Range<Int>, replacement: [UInt8])]
  /// Of each part, in characters: where it is in the text, and where what stands for it is.
  private let places: [(old: Range<Int>, new: Range<Int>)]
  /// The characters of the text.
  private let count: Int
  /// The first that is above U+FFFF, that is of four bytes.
  private let firstWide: Int

  init(text: ArraySlice<UInt8>, parts: [(range: Range<Int>, replacement: [UInt8])]) {
    self.text = text
    self.parts = parts
    var places: [(old: Range<Int>, new: Range<Int>)] = []
    var position = text.startIndex
    var old = 0
    var new = 0
    for part in parts {
      let range =
        text.startIndex + part.range.lowerBound..<text.startIndex + part.range.upperBound
      let run = text[position..<range.lowerBound].characters
      let oldEnd = old + run + text[range].characters
      let newEnd = new + run + part.replacement[...].characters
      places.append((old + run..<oldEnd, new + run..<newEnd))
      (old, new, position) = (oldEnd, newEnd, range.upperBound)
    }
    self.places = places
    count = old + text[position...].characters
    firstWide = text.firstIndex { $0 >= 0xF0 }.map { text[..<$0].characters } ?? .max
  }

  /// The text as it is written.
  var result: [UInt8] {
    var result: [UInt8] = []
    var position = text.startIndex
    for part in parts {
      result += text[position..<text.startIndex + part.range.lowerBound] + part.replacement
      position = text.startIndex + part.range.upperBound
    }
    return result + text[position...]
  }

  /// The place in the result of a place in the text, both in characters.
  ///
  /// A place inside what was replaced becomes the replacement's start, or its end if it `isEnd`.
  /// `nil` beyond the text, and where code points and UTF-16 units before it differ in number: then
  /// nobody says what was counted. O(log parts).
  func moved(_ offset: Int, isEnd: Bool) -> Int? {
    guard offset <= count, offset <= firstWide else { return nil }
    // The last part that begins before the place.
    let next = places.partitioningIndex { $0.old.lowerBound >= offset }
    guard next > 0 else { return offset }
    let place = places[next - 1]
    if offset < place.old.upperBound {
      return isEnd ? place.new.upperBound : place.new.lowerBound
    }
    return offset - place.old.upperBound + place.new.upperBound
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
