internal import Text

/// The zones of one text. Scratch of one worker: fences are looked for when the first finding asks,
/// lines where one is.
struct ZoneMap {
  private var fences: [FencedBlock] = []
  private var isMade = false
  private var hasLines = false
  private var hasDiff = false
  private var hasBackquote = false
  private var hasTag = false
  /// The line asked for last, and its zone.
  private var line = 0..<0
  private var lineZone: Zone?
  private var kinds = LineKinds()

  /// Forgets the text before.
  mutating func begin() {
    isMade = false
    line = 0..<0
  }

  /// The zones a range of the text is in, the line zone first.
  ///
  /// - Complexity: O(`text.count`) once for a text, at the speed of a search for one byte, then
  ///   O(log fences + lengths of the lines around).
  mutating func zones(_ text: Span<UInt8>, around range: Range<Int>) -> ZoneSet {
    if !isMade {
      isMade = true
      fences.removeAll(keepingCapacity: true)
      kinds.removeAll()
      hasBackquote = firstIndex(of: UInt8(ascii: "`"), in: text) != nil
      hasTag = firstIndex(of: UInt8(ascii: "<"), in: text) != nil
      // One line is no block of anything.
      hasLines = firstIndex(of: 10, in: text) != nil
      if hasLines {
        LineZones.fences(text, into: &fences)
        hasDiff = LineZones.hasDiff(text)
      }
    }
    var zones = ZoneSet()
    if hasLines, let zone = lineZone(text, at: range.lowerBound) { zones.insert(zone) }
    TokenZones.find(
      text, around: range, hasBackquote: hasBackquote, hasTag: hasTag, into: &zones)
    return zones
  }

  private mutating func lineZone(_ text: Span<UInt8>, at offset: Int) -> Zone? {
    if line.contains(offset) { return lineZone }
    let first = fences.partitioningIndex { $0.range.upperBound > offset }
    if first < fences.count, fences[first].range.contains(offset) {
      line = fences[first].range
      lineZone = fences[first].zone
    } else {
      let found = TextLine(text, at: offset)
      line = found.range
      lineZone = LineZones.zone(of: found, text, hasDiff: hasDiff, kinds: &kinds)
    }
    return lineZone
  }
}

/// A few zones that hold at one place.
struct ZoneSet {
  private(set) var list = InlineArray<4, Zone>(repeating: .codeBlock)
  private(set) var count = 0

  mutating func insert(_ zone: Zone) {
    guard count < 4 else { return }
    list[count] = zone
    count += 1
  }
}

/// Zones that are seen from the bytes around a place.
enum TokenZones {
  /// A longer run is not looked through.
  private static let reach = 4096
  /// A run of base64 or hexadecimal digits of this length holds nothing but itself.
  private static let blobMin = 40

  /// - Parameters:
  ///   - hasBackquote: whether the text has any.
  ///   - hasTag: whether the text has a `<`.
  static func find(
    _ text: Span<UInt8>, around range: Range<Int>, hasBackquote: Bool, hasTag: Bool,
    into zones: inout ZoneSet
  ) {
    if isInBlob(text, range) { zones.insert(.blob) }
    let token = token(text, around: range)
    if isURL(text, token) { zones.insert(.url) }
    if hasBackquote, isBetweenBackquotes(text, range) {
      zones.insert(.inlineCode)
    } else if hasTag, isInTag(text, range) {
      zones.insert(.markup)
    }
  }

  /// The bytes without white space and quotes around a range.
  private static func token(_ text: Span<UInt8>, around range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    let least = max(0, start - reach)
    while start > least, !ends(text[start - 1]) { start -= 1 }
    var end = range.upperBound
    let most = min(text.count, end + reach)
    while end < most, !ends(text[end]) { end += 1 }
    return start..<end
  }

  private static func ends(_ byte: UInt8) -> Bool {
    byte <= 32 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "<")
      || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "`")
  }

  /// Whether a token has `://` before its last bytes: what is found in one lies in a URL.
  private static func isURL(_ text: Span<UInt8>, _ token: Range<Int>) -> Bool {
    guard token.count > 8 else { return false }
    // A scheme has at most a dozen letters, and a bracket or two may stand before it.
    let last = min(token.upperBound - 3, token.lowerBound + 24)
    var index = token.lowerBound
    while index < last {
      if text[index] == UInt8(ascii: ":"), text[index + 1] == UInt8(ascii: "/"),
        text[index + 2] == UInt8(ascii: "/")
      {
        return true
      }
      index += 1
    }
    return false
  }

  /// Whether a range is a small part of a long run of base64 or hexadecimal digits.
  private static func isInBlob(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where !isDigitOfBlob(text[index]) { return false }
    var start = range.lowerBound
    let least = max(0, start - reach)
    while start > least, isDigitOfBlob(text[start - 1]) { start -= 1 }
    var end = range.upperBound
    let most = min(text.count, end + reach)
    while end < most, isDigitOfBlob(text[end]) { end += 1 }
    return end - start >= blobMin && (end - start) > range.count + 8
  }

  private static func isDigitOfBlob(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "=")
  }

  /// Whether an odd number of backquotes stands before a range in its line, and one behind it.
  private static func isBetweenBackquotes(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var quotes = 0
    var index = range.lowerBound
    let least = max(0, index - reach)
    while index > least, text[index - 1] != 10 {
      index -= 1
      if text[index] == UInt8(ascii: "`") { quotes += 1 }
    }
    guard quotes % 2 == 1 else { return false }
    var end = range.upperBound
    let most = min(text.count, end + reach)
    while end < most, text[end] != 10 {
      if text[end] == UInt8(ascii: "`") { return true }
      end += 1
    }
    return false
  }

  /// Whether a range stands between `<` with a letter or `/` behind it, and `>`, in one line.
  private static func isInTag(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    let least = max(0, index - reach)
    while index > least {
      index -= 1
      if text[index] == UInt8(ascii: ">") || text[index] == 10 { return false }
      guard text[index] == UInt8(ascii: "<") else { continue }
      let next = index + 1 < text.count ? text[index + 1] : 0
      guard (next | 0x20) &- 97 < 26 || next == UInt8(ascii: "/") else { return false }
      // `<jo@example.org>` holds an address, not attributes: a blank follows a tag's name.
      var blank = index + 1
      while blank < range.lowerBound, text[blank] != 32 { blank += 1 }
      guard blank < range.lowerBound else { return false }
      var end = range.upperBound
      let most = min(text.count, end + reach)
      while end < most, text[end] != 10, text[end] != UInt8(ascii: "<") {
        if text[end] == UInt8(ascii: ">") { return true }
        end += 1
      }
      return false
    }
    return false
  }
}
