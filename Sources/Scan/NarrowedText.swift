internal import Text

/// A text with its digits, blanks and dashes of other scripts written in ASCII, for the rules that
/// know only those: a card number in full-width digits, an IBAN with no-break blanks.
struct NarrowedText {
  private(set) var bytes: [UInt8] = []
  /// For each byte, and behind the last, where it stands in the text it was made from.
  private var origins: [Int] = []
  /// Groups of so many digits and more that were changed, as ranges of `bytes`.
  private(set) var groups: [Range<Int>] = []

  /// Shorter numbers need words around them, and are dates, prices and years for the most part.
  static let digitsMin = 8

  /// `nil` where nothing of the kind is in the text.
  ///
  /// - Complexity: O(characters that are not ASCII), and O(`text.count`) where there is one.
  init?(_ text: Span<UInt8>, _ maps: borrowing ByteMaps) {
    guard Self.isWorthwhile(text, maps) else { return nil }
    bytes.reserveCapacity(text.count)
    origins.reserveCapacity(text.count + 1)
    var group = Group()
    var index = 0
    while index < text.count {
      let (byte, length) = Self.narrowed(text, at: index)
      if let byte {
        group.add(byte, at: bytes.count, isChanged: length > 1, to: &groups)
        bytes.append(byte)
        origins.append(index)
      } else {
        group.close(into: &groups)
        for offset in index..<index + length {
          bytes.append(text[offset])
          origins.append(offset)
        }
      }
      index += length
    }
    group.close(into: &groups)
    origins.append(text.count)
    guard !groups.isEmpty else { return nil }
  }

  /// The range of the text that a range of `bytes` was made from.
  func original(_ range: Range<Int>) -> Range<Int> {
    origins[range.lowerBound]..<origins[range.upperBound]
  }

  /// Whether a range has part in a changed group.
  ///
  /// - Complexity: O(groups).
  func touchesGroup(_ range: Range<Int>) -> Bool { groups.contains { $0.overlaps(range) } }

  /// A run of digits joined by single separators, two at most.
  private struct Group {
    var start = 0
    var end = 0
    var digits = 0
    var isChanged = false
    var separators = 0

    mutating func add(
      _ byte: UInt8, at offset: Int, isChanged: Bool, to groups: inout [Range<Int>]
    ) {
      if byte &- 48 < 10 {
        if digits == 0 {
          start = offset
          self.isChanged = false
        }
        digits += 1
        separators = 0
        end = offset + 1
        self.isChanged = self.isChanged || isChanged
      } else if digits > 0, separators < 2, byte == 0x20 || byte == 0x2D || byte == 0x2E {
        separators += 1
        self.isChanged = self.isChanged || isChanged
      } else {
        close(into: &groups)
      }
    }

    mutating func close(into groups: inout [Range<Int>]) {
      if isChanged, digits >= NarrowedText.digitsMin { groups.append(start..<end) }
      digits = 0
      separators = 0
      isChanged = false
    }
  }

  /// The lead bytes of characters that may be written in ASCII, one bit for each from C0 to FF:
  /// those of `WideDigits`, C2, E2 and E3.
  private static let mayBegin = WideDigits.leads | 1 << 0x02 | 1 << 0x22 | 1 << 0x23

  /// Whether there are digits enough that are not ASCII, or a separator between two that are.
  private static func isWorthwhile(_ text: Span<UInt8>, _ maps: borrowing ByteMaps) -> Bool {
    guard maps.hasHigh else { return false }
    var digits = 0
    for block in ScanScope.blocks(0..<text.count) {
      var leads = maps.lead(block) & ScanScope.mask(block, 0..<text.count)
      while leads != 0 {
        let start = block &* 64 &+ leads.trailingZeroBitCount
        leads &= leads &- 1
        guard mayBegin >> UInt64(text[start] & 63) & 1 != 0 else { continue }
        let (byte, length) = narrowed(text, at: start)
        guard let byte else { continue }
        if byte &- 48 < 10 {
          digits += 1
          if digits >= digitsMin { return true }
        } else if start > 0, text[start - 1] &- 48 < 10, start + length < text.count,
          text[start + length] &- 48 < 10
        {
          return true
        }
      }
    }
    return false
  }

  /// What stands for the character at an offset, and the character's length; `nil` for what stays.
  private static func narrowed(_ text: Span<UInt8>, at index: Int) -> (UInt8?, Int) {
    let first = text[index]
    if first < 0x80 { return (first, 1) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    if WideDigits.length(text, at: index) > 0 {
      return (48 + UInt8(WideDigits.value(text, at: index)), length)
    }
    if length == 2 { return (first == 0xC2 && text[index + 1] == 0xA0 ? 0x20 : nil, 2) }
    guard length == 3 else { return (nil, length) }
    let scalar = Int(first & 15) << 12 | Int(text[index + 1] & 63) << 6 | Int(text[index + 2] & 63)
    switch scalar {
    case 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return (0x20, 3)
    case 0x2010...0x2015, 0x2212: return (0x2D, 3)
    // Full-width forms of ! to ~.
    case 0xFF01...0xFF5E: return (UInt8(scalar - 0xFF01 + 0x21), 3)
    default: return (nil, 3)
    }
  }
}

extension Scanner {
  /// Appends what the rules find only when digits, blanks and dashes are written in ASCII.
  func visitNarrowed(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    guard let narrowed = NarrowedText(text, scratch.maps) else { return }
    let second = scratch.second ?? SecondScratch(for: self)
    scratch.second = second
    var found: [Finding] = []
    let bytes = narrowed.bytes.span
    let language = language(of: text, using: &scratch)
    try scan(bytes, takenFor: language, using: second, into: &found)
    let scope = scratch.scope
    for var finding in found
    where finding.entityType != placeholder && narrowed.touchesGroup(finding.range) {
      finding.range = narrowed.original(finding.range)
      let isKnown = findings.contains { $0.range == finding.range && $0.rule == finding.rule }
      if !isKnown, scope.contains(where: { $0.contains(finding.range.lowerBound) }) {
        findings.append(finding)
      }
    }
  }
}
