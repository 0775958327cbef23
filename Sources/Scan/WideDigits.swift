internal import Text

/// Decimal digits that are not ASCII (Unicode general category Nd), and what joins groups of digits
/// outside ASCII.
enum WideDigits {
  /// The first bytes of all of them, one bit for each from C0 to FF: D9, DB, E0, E1, EF.
  static let leads: UInt64 = 1 << 0x19 | 1 << 0x1B | 1 << 0x20 | 1 << 0x21 | 1 << 0x2F

  /// The length in bytes of such a digit at an offset of valid UTF-8, or 0.
  @inline(__always)
  static func length(_ text: Span<UInt8>, at index: Int) -> Int {
    switch text[index] {
    // U+0660 Arabic-Indic, U+06F0 the same of Persian and Urdu.
    case 0xD9: text[index + 1] &- 0xA0 < 10 ? 2 : 0
    case 0xDB: text[index + 1] &- 0xB0 < 10 ? 2 : 0
    case 0xE0: isIndic(text[index + 1], text[index + 2]) ? 3 : 0
    // U+1040 Myanmar, U+17E0 Khmer.
    case 0xE1:
      text[index + 1] == 0x81 && text[index + 2] &- 0x80 < 10
        || text[index + 1] == 0x9F && text[index + 2] &- 0xA0 < 10 ? 3 : 0
    // U+FF10 full width.
    case 0xEF: text[index + 1] == 0xBC && text[index + 2] &- 0x90 < 10 ? 3 : 0
    default: 0
    }
  }

  /// Calls `body` with the offset and the length in bytes of each such digit of a range, in order.
  ///
  /// - Complexity: O(1) for each 64 bytes, and O(characters that are not ASCII).
  @inline(__always)
  static func visit(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, _ range: Range<Int>,
    _ body: (_ start: Int, _ length: Int) -> Void
  ) {
    for block in ScanScope.blocks(range) {
      var leads = maps.lead(block) & ScanScope.mask(block, range)
      while leads != 0 {
        let start = block &* 64 &+ leads.trailingZeroBitCount
        leads &= leads &- 1
        guard Self.leads >> UInt64(text[start] & 63) & 1 != 0 else { continue }
        let length = length(text, at: start)
        if length > 0 { body(start, length) }
      }
    }
  }

  /// The value of the digit at an offset where `length` is not 0: the ten begin at a multiple of
  /// sixteen, in the Indic blocks six behind one.
  static func value(_ text: Span<UInt8>, at index: Int) -> Int {
    let last = Int(text[index + length(text, at: index) - 1] & 15)
    let isIndic = text[index] == 0xE0 && (0xA5...0xB5).contains(text[index + 1])
    return isIndic ? last - 6 : last
  }

  /// U+0966 Devanagari, U+09E6 Bengali and so on in steps of 0x80 to U+0D66 Malayalam; U+0E50 Thai,
  /// U+0ED0 Lao, U+0F20 Tibetan.
  private static func isIndic(_ second: UInt8, _ third: UInt8) -> Bool {
    switch second {
    case 0xA5...0xB5: second & 1 == 1 && third &- 0xA6 < 10
    case 0xB9, 0xBB: third &- 0x90 < 10
    case 0xBC: third &- 0xA0 < 10
    default: false
    }
  }

  /// Whether what stands between two digits is separators only, of ASCII or not; six bytes at most.
  static func joins(_ text: Span<UInt8>, _ end: Int, _ start: Int) -> Bool {
    guard start - end <= 6 else { return false }
    var index = end
    while index < start {
      switch text[index] {
      case 0x20, 0x28, 0x29, 0x2D, 0x2E, 0x2F: index += 1
      // A no-break blank.
      case 0xC2:
        guard text[index + 1] == 0xA0 else { return false }
        index += 2
      // U+2007 to U+2015, U+202A to U+202F, U+2060, U+2066 to U+2069, U+2212; U+3000 and U+30FC;
      // U+FF08, U+FF09, U+FF0D and U+FF0E.
      case 0xE2, 0xE3, 0xEF:
        guard isWideSeparator(text[index], text[index + 1], text[index + 2]) else { return false }
        index += 3
      default: return false
      }
    }
    return index == start
  }

  private static func isWideSeparator(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
    switch (first, second) {
    case (0xE2, 0x80): (0x87...0x95).contains(third) || (0xAA...0xAF).contains(third)
    case (0xE2, 0x81): third == 0xA0 || (0xA6...0xA9).contains(third)
    case (0xE2, 0x88): third == 0x92
    case (0xE3, 0x80): third == 0x80
    case (0xE3, 0x83): third == 0xBC
    case (0xEF, 0xBC): third == 0x88 || third == 0x89 || third == 0x8D || third == 0x8E
    default: false
    }
  }
}

extension DigitGroups {
  /// Finds the runs of digits that are not ASCII, and their groups.
  ///
  /// - Complexity: O(characters that are not ASCII).
  mutating func findWide(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, within scope: [Range<Int>]
  ) {
    removeAll()
    for range in scope { findWide(text, maps, range) }
  }

  private mutating func findWide(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, _ range: Range<Int>
  ) {
    var lastEnd = -8
    WideDigits.visit(text, maps, range) { start, length in
      add(
        start, continuesRun: start == lastEnd,
        continuesGroup: lastEnd >= 0 && WideDigits.joins(text, lastEnd, start))
      lastEnd = start + length
    }
    closeLast()
  }
}

extension Scanner {
  /// Tries the rules that wait for digits that are not ASCII, at the start of each run of a group.
  func visitWideDigits(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    guard scratch.maps.hasHigh, !triggers.wideDigits.isEmpty else { return }
    scratch.groups.findWide(text, scratch.maps, within: scratch.scope)
    for index in scratch.groups.runs.indices {
      let run = scratch.groups.runs[index]
      for wanted in triggers.wideDigits where wanted.min <= run.remaining {
        try self.run(wanted.attempt, at: run.start, text, using: &scratch, into: &findings)
      }
    }
  }
}
