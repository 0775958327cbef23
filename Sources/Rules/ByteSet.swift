/// A set of byte values.
package struct ByteSet: Sendable, Equatable {
  private var low: UInt128
  private var high: UInt128

  package static let all = ByteSet(low: .max, high: .max)
  package static let none = ByteSet(low: 0, high: 0)

  private init(low: UInt128, high: UInt128) {
    self.low = low
    self.high = high
  }

  package init(_ bytes: some Sequence<UInt8>) {
    self = .none
    for byte in bytes { insert(byte) }
  }

  /// The bytes that a character of a span can begin with.
  init(leading span: CharacterSpan) {
    low = span.ascii
    high = 0
    if span.beyond { for byte in UInt8(0xC2)...0xF4 { insert(byte) } }
  }

  /// The bytes that a character of a span can end with.
  init(trailing span: CharacterSpan) {
    low = span.ascii
    high = 0
    if span.beyond { for byte in UInt8(0x80)...0xBF { insert(byte) } }
  }

  package func contains(_ byte: UInt8) -> Bool {
    (byte < 0x80 ? low >> UInt128(byte) : high >> UInt128(byte &- 0x80)) & 1 != 0
  }

  /// One bit for each byte, the lowest first.
  package var words: InlineArray<4, UInt64> {
    [
      UInt64(truncatingIfNeeded: low), UInt64(truncatingIfNeeded: low >> 64),
      UInt64(truncatingIfNeeded: high), UInt64(truncatingIfNeeded: high >> 64),
    ]
  }

  package mutating func insert(_ byte: UInt8) {
    if byte < 0x80 { low |= 1 << UInt128(byte) } else { high |= 1 << UInt128(byte &- 0x80) }
  }

  mutating func formUnion(_ other: ByteSet) {
    low |= other.low
    high |= other.high
  }

  mutating func formIntersection(_ other: ByteSet) {
    low &= other.low
    high &= other.high
  }

  func union(_ other: ByteSet) -> ByteSet {
    ByteSet(low: low | other.low, high: high | other.high)
  }

  var complement: ByteSet { ByteSet(low: ~low, high: ~high) }

  // MARK: - As text

  /// Its ranges, each as two hexadecimal bytes, such as `3039` for the digits.
  var text: String {
    var text = ""
    var start: Int?
    for byte in 0...256 {
      let isIn = byte < 256 && contains(UInt8(byte))
      if isIn, start == nil { start = byte }
      if !isIn, let first = start {
        text += hex(UInt8(first)) + hex(UInt8(byte - 1))
        start = nil
      }
    }
    return text
  }

  /// Reads what `text` writes; `nil` when it is something else.
  init?(text: some Collection<UInt8>) {
    self = .none
    var value: UInt32 = 0
    var digits = 0
    for digit in text {
      guard let half = hexValue(digit) else { return nil }
      value = value << 4 | UInt32(half)
      digits += 1
      if digits & 3 != 0 { continue }
      let last = UInt8(truncatingIfNeeded: value)
      let first = UInt8(truncatingIfNeeded: value >> 8)
      guard first <= last else { return nil }
      insert(first...last)
    }
    guard digits & 3 == 0 else { return nil }
  }

  private mutating func insert(_ range: ClosedRange<UInt8>) {
    low |= Self.ones(Int(range.lowerBound), Int(range.upperBound) + 1)
    high |= Self.ones(Int(range.lowerBound) - 128, Int(range.upperBound) - 127)
  }

  /// The bits from `start` on and before `end`, of 128.
  private static func ones(_ start: Int, _ end: Int) -> UInt128 {
    let start = max(0, start)
    let end = min(128, end)
    return start < end ? (.max >> UInt128(128 - (end - start))) << UInt128(start) : 0
  }
}

private func hex(_ byte: UInt8) -> String {
  (byte < 16 ? "0" : "") + String(byte, radix: 16)
}

private func hexValue(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  default: nil
  }
}
