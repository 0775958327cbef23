internal import Records
internal import Scan
internal import Text

// JSON numbers under keys: `"phone": 2025550143`. They are read as strings are; only what is the
// whole number counts, and a string or `null` then stands for it.
extension RecordScrubber {
  /// Makes a text of a number, without zeros behind its point, which those who read tables as
  /// floating-point numbers give telephone numbers, too.
  ///
  /// - Parameter index: that of the value.
  mutating func addNumber(_ value: ValueLocation, _ index: Int, _ record: Span<UInt8>) {
    var value = value
    if value.layer == 0 {
      value.range = Self.withoutZeros(record, value.range)
    } else {
      let bytes = map.layers[Int(value.layer - 1)].bytes
      value.range = Self.withoutZeros(bytes.span, value.range)
    }
    let segment = decode(value, of: record, in: map.layers, into: &arena, map: &escapes)
    texts.append(Text(value: index, segment: segment))
  }

  private static func withoutZeros(_ bytes: Span<UInt8>, _ number: Range<Int>) -> Range<Int> {
    var end = number.upperBound
    while end > number.lowerBound, bytes[end - 1] == UInt8(ascii: "0") { end -= 1 }
    guard end > number.lowerBound, bytes[end - 1] == UInt8(ascii: ".") else { return number }
    return number.lowerBound..<end - 1
  }

  /// Leaves what is a whole number, its sign aside, of what was found in one.
  mutating func dropParts(of index: Int, _ text: Span<UInt8>) {
    guard map.values[texts[index].value].isKeyedNumber, !found.isEmpty else { return }
    let first = text[0] == UInt8(ascii: "-") ? 1 : 0
    found.removeAll {
      $0.range.lowerBound > first || $0.range.upperBound < text.count
    }
  }

  /// What stands for a whole number, as JSON.
  static func json(for replacement: [UInt8]) -> [UInt8] {
    guard !replacement.isEmpty else { return Array("null".utf8) }
    return [UInt8(ascii: "\"")] + replacement + [UInt8(ascii: "\"")]
  }
}
