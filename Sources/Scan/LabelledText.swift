internal import Text

/// Values with the label that stands elsewhere written before each, a line for each: what the rules
/// see of a column, and of a string under its key.
///
///     born: 1990-01-31
///     born: 1984-11-02
package struct LabelledText {
  /// Valid UTF-8, as what it is made of.
  package private(set) var bytes: [UInt8] = []
  /// Where a value stands in `bytes`, and where in its own text.
  private var starts: [Int] = []
  private var ends: [Int] = []
  private var origins: [Int] = []

  /// The longest value that a label says something of, in bytes.
  static let valueMax = 160

  var isEmpty: Bool { starts.isEmpty }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    origins.removeAll(keepingCapacity: true)
  }

  /// Appends a value under a label, without the blanks and quotes around it, unless it is empty or
  /// long.
  ///
  /// - Parameter label: as `label(_:_:)` gives it.
  mutating func append(_ text: Span<UInt8>, _ value: Range<Int>, under label: [UInt8]) {
    let value = Self.trimmed(text, value)
    guard !value.isEmpty, value.count <= Self.valueMax else { return }
    bytes += label
    bytes.append(UInt8(ascii: ":"))
    bytes.append(32)
    starts.append(bytes.count)
    origins.append(value.lowerBound)
    for index in value { bytes.append(text[index]) }
    ends.append(bytes.count)
    bytes.append(10)
  }

  /// The range of the values' text that a range of `bytes` was made from, `nil` when it is not part
  /// of one value.
  ///
  /// - Complexity: O(log values).
  func original(_ range: Range<Int>) -> Range<Int>? {
    let index = starts.partitioningIndex { $0 > range.lowerBound } - 1
    guard index >= 0, range.upperBound <= ends[index] else { return nil }
    let start = origins[index] + range.lowerBound - starts[index]
    return start..<start + range.count
  }

  /// A name of a column or key as it would stand before a value in a sentence: `date_of_birth` and
  /// `dateOfBirth` as words, without what stands in brackets behind them; empty when it is none.
  static func label(_ text: Span<UInt8>, _ name: Range<Int>) -> [UInt8] {
    let name = trimmed(text, name)
    let isKebab = isKebab(text, name)
    var words: [UInt8] = []
    for index in name {
      let byte = text[index]
      if byte == UInt8(ascii: "("), index > name.lowerBound { break }
      let isGap =
        byte == UInt8(ascii: "_") || byte <= 32 || byte == UInt8(ascii: "*")
        || isKebab && byte == UInt8(ascii: "-")
      if byte &- 65 < 26, index > name.lowerBound, text[index - 1] &- 97 < 26 { words.append(32) }
      if !isGap {
        words.append(byte)
      } else if let last = words.last, last != 32 {
        words.append(32)
      }
    }
    while let last = words.last, last == 32 || last == UInt8(ascii: ":") { words.removeLast() }
    guard let first = words.first, first >= 0x80 || (first | 0x20) &- 97 < 26 else { return [] }
    return words
  }

  /// Whether words are joined by hyphens in a name: all in small letters, the first no single one
  /// ("e-mail").
  private static func isKebab(_ text: Span<UInt8>, _ name: Range<Int>) -> Bool {
    guard name.count > 2, text[name.lowerBound + 1] != UInt8(ascii: "-") else { return false }
    return name.allSatisfy { text[$0] &- 97 < 26 || text[$0] == UInt8(ascii: "-") }
  }

  private static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, isAround(text[low]) { low += 1 }
    while high > low, isAround(text[high - 1]) { high -= 1 }
    return low..<high
  }

  private static func isAround(_ byte: UInt8) -> Bool {
    byte <= 32 || byte == 34 || byte == 39 || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "`")
  }
}
