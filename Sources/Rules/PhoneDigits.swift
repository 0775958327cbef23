/// The digits of a telephone number as it stands in a text, of whatever script, and where they are
/// parted. Lives on the stack.
///
///     +44 (0)20 7946 0123 ext. 4
///      44  0 20 7946 0123            thirteen digits, boundaries after 2, 3, 5 and 9
struct PhoneDigits {
  /// More digits than a number has are not read.
  static let countMax = 24

  private(set) var count = 0
  private(set) var digits = InlineArray<24, UInt8>(repeating: 0)
  /// For each digit, the offset behind it.
  private(set) var ends = InlineArray<24, Int>(repeating: 0)
  /// Bit `n` is set when something stands between digit `n` and the one before it.
  private(set) var boundaries: UInt32 = 0
  /// The boundaries at which a number may be over and something else begin: a blank, a slash or an
  /// opening bracket is there.
  private(set) var breaks: UInt32 = 0
  private(set) var hasPlus = false
  private(set) var hasBracket = false
  /// Whether digits were left unread.
  private(set) var isCut = false

  /// Reads a range of a text, up to the first thing that is no digit and no separator: what an
  /// extension begins with.
  ///
  /// - Complexity: O(length of the range).
  init(_ text: Span<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    var isParted = false
    var isBroken = false
    while index < range.upperBound {
      let (scalar, length) = Self.scalar(text, index, range.upperBound)
      if let digit = Self.digit(scalar) {
        if count == Self.countMax {
          isCut = true
          return
        }
        if isParted, count > 0 {
          boundaries |= 1 << UInt32(count)
          if isBroken { breaks |= 1 << UInt32(count) }
        }
        isParted = false
        isBroken = false
        digits[count] = digit
        ends[count] = index + length
        count += 1
      } else if count == 0 {
        if scalar == 0x2B || scalar == 0xFF0B { hasPlus = true }
        if Self.opens(scalar) { hasBracket = true }
      } else {
        guard Self.isSeparator(scalar) else { return }
        isParted = true
        if Self.breaks(scalar) { isBroken = true }
        if Self.opens(scalar) { hasBracket = true }
      }
      index += length
    }
  }

  /// How many groups the first `end` digits are written in.
  func groupCount(through end: Int) -> Int { Self.below(boundaries, end).nonzeroBitCount + 1 }

  /// The boundaries before digit `end`.
  static func below(_ boundaries: UInt32, _ end: Int) -> UInt32 {
    boundaries & (1 << UInt32(end) &- 1)
  }

  /// Whether the digits go on with a prefix at an offset.
  func has(_ prefix: [UInt8], at start: Int) -> Bool {
    guard start + prefix.count <= count else { return false }
    for index in prefix.indices where digits[start + index] != prefix[index] { return false }
    return true
  }

  // MARK: - Characters

  /// The scalar at an offset of valid UTF-8, and its length in bytes.
  private static func scalar(
    _ text: Span<UInt8>, _ index: Int, _ end: Int
  ) -> (value: UInt32, length: Int) {
    let first = UInt32(text[index])
    if first < 0x80 { return (first, 1) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    var value = first & (0x7F >> UInt32(length))
    for offset in 1..<length {
      guard index + offset < end else { return (0, end - index) }
      value = value << 6 | UInt32(text[index + offset]) & 0x3F
    }
    return (value, length)
  }

  /// The value of a decimal digit (Unicode general category Nd) of the scripts telephone numbers
  /// are written in.
  static func digit(_ scalar: UInt32) -> UInt8? {
    if scalar &- 48 < 10 { return UInt8(scalar - 48) }
    guard scalar >= 0x660 else { return nil }
    for index in zeros.indices where scalar &- zeros[index] < 10 {
      return UInt8(scalar - zeros[index])
    }
    return nil
  }

  /// Arabic-Indic, its Eastern form, Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil,
  /// Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer, full width.
  private static let zeros: InlineArray<17, UInt32> = [
    0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50,
    0xED0, 0xF20, 0x1040, 0x17E0, 0xFF10,
  ]

  private static func isSeparator(_ scalar: UInt32) -> Bool {
    switch scalar {
    // Of ASCII: blank ( ) - . /
    case 0x20, 0x28, 0x29, 0x2D, 0x2E, 0x2F: true
    // No-break blanks, hyphens and dashes, the minus sign, marks of direction.
    case 0xA0, 0x2007...0x2015, 0x202A...0x202F, 0x2060, 0x2212, 0x2066...0x2069: true
    // Full width: blank ( ) - . and the long vowel mark that is typed for a dash.
    case 0x3000, 0xFF08, 0xFF09, 0xFF0D, 0xFF0E, 0x30FC: true
    default: false
    }
  }

  private static func opens(_ scalar: UInt32) -> Bool { scalar == 0x28 || scalar == 0xFF08 }

  private static func breaks(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x28, 0x2F, 0x3000, 0xFF08: true
    default: false
    }
  }
}
