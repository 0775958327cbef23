internal import Text

/// Capitals with full stops between them: initials ("J.K. Rowling", "А.С.Пушкин"), abbreviations
/// ("U.S.", "S.A."), and what looks like them in addresses and code.
extension NameScanner {
  /// Whether a word is part of an identifier, a path, an address or a call rather than of prose.
  ///
  /// - Parameter isInitial: whether it is a single capital.
  func isGlued(
    _ text: Span<UInt8>, _ range: Range<Int>, isInitial: Bool, using scratch: inout NameScratch
  ) -> Bool {
    if range.lowerBound > 0 {
      switch text[range.lowerBound - 1] {
      case UInt8(ascii: "."):
        if !followsInitials(text, range.lowerBound, using: &scratch) { return true }
      case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "#"),
        UInt8(ascii: "@"), UInt8(ascii: "&"), UInt8(ascii: "%"), UInt8(ascii: "="):
        return true
      case UInt8(ascii: ":"):
        if range.lowerBound > 1, text[range.lowerBound - 2] == UInt8(ascii: ":") { return true }
      case UInt8(ascii: "-"):
        if range.lowerBound > 1, Self.isWordByte(text[range.lowerBound - 2]) { break }
        return range.lowerBound > 1 && text[range.lowerBound - 2] == UInt8(ascii: "-")
      default: break
      }
    }
    guard range.upperBound < text.count else { return false }
    let next = text[range.upperBound]
    let afterNext = range.upperBound + 1 < text.count ? text[range.upperBound + 1] : 32
    switch next {
    case UInt8(ascii: "("), UInt8(ascii: "="), UInt8(ascii: "\\"), UInt8(ascii: "@"): return true
    case UInt8(ascii: "."):
      guard Self.isWordByte(afterNext) else { return false }
      guard isInitial, isCapital(text, range.upperBound + 1, using: &scratch) else { return true }
      scratch.hasDots = true
      return false
    case UInt8(ascii: ":"): return afterNext == UInt8(ascii: ":")
    case UInt8(ascii: "["), UInt8(ascii: "{"): return true
    default: return false
    }
  }

  /// The most single capitals in a row that are taken for initials.
  private static let initialsMax = 6

  /// Whether only single capitals, each with a full stop, stand before an offset, up to a place
  /// where a word can begin; more than there are in names are none.
  ///
  /// - Complexity: O(1).
  private func followsInitials(
    _ text: Span<UInt8>, _ offset: Int, using scratch: inout NameScratch
  ) -> Bool {
    var index = offset
    for _ in 0..<Self.initialsMax where index > 1 && text[index - 1] == UInt8(ascii: ".") {
      index = characterStart(text, before: index - 1)
      guard isCapital(text, index, using: &scratch) else { return false }
      guard index > 0 else { return true }
      switch text[index - 1] {
      case 9, 10, 13, 32, 34, 39, UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "*"),
        UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: ">"):
        return true
      case UInt8(ascii: "."): continue
      default: return false
      }
    }
    return false
  }

  private func isCapital(
    _ text: Span<UInt8>, _ offset: Int, using scratch: inout NameScratch
  ) -> Bool {
    let byte = text[offset]
    if byte < 0x80 { return byte &- 65 < 26 }
    return scratch.folding.classes(of: decodeUTF8(text, at: offset).codePoint).contains(.upper)
  }

  /// Makes one word of single capitals with nothing but full stops between them, where they are an
  /// abbreviation that is known, "U.S.", and not the initials of a name behind them, "C.S. Lewis".
  ///
  /// - Complexity: O(words).
  func joinDotted(_ text: Span<UInt8>, using scratch: inout NameScratch) {
    var kept = 0
    var index = 0
    while index < scratch.tokens.count {
      var end = index + 1
      while end < scratch.tokens.count, end - index < 5,
        scratch.tokens[end - 1].shape == .initial, scratch.tokens[end].shape == .initial,
        scratch.tokens[end].range.lowerBound == scratch.tokens[end - 1].range.upperBound + 1,
        text[scratch.tokens[end].range.lowerBound - 1] == UInt8(ascii: ".")
      {
        end += 1
      }
      var token = scratch.tokens[index]
      var next = index + 1
      if end > next {
        let upper = scratch.tokens[end - 1].range.upperBound
        let range = token.range.lowerBound..<upper
        let hash = scratch.hash(text, range)
        var entry = cues.capitals.entry(hash)
        entry.merge(dictionary.entry(hash))
        if entry != .unknown, !isOfName(entry, before: end, text, scratch) {
          let hasDot = upper < text.count && text[upper] == UInt8(ascii: ".")
          token = NameToken(
            range: range.lowerBound..<(hasDot ? upper + 1 : upper), shape: .upper, hash: hash,
            entry: entry)
          token.isAbbreviation = true
          next = end
        }
      }
      scratch.tokens[kept] = token
      kept += 1
      index = next
    }
    scratch.tokens.removeLast(scratch.tokens.count - kept)
  }

  /// Whether the word at an index, behind an abbreviation, makes its letters initials: a name, or
  /// behind what is no place a word that nobody knows.
  private func isOfName(
    _ abbreviation: WordEntry, before index: Int, _ text: Span<UInt8>,
    _ scratch: borrowing NameScratch
  ) -> Bool {
    guard index < scratch.tokens.count, scratch.tokens[index].shape == .title else { return false }
    let last = scratch.tokens[index - 1].range.upperBound
    let start = scratch.tokens[index].range.lowerBound
    guard start == last + 1 || start == last + 2 && text[last + 1] == 32 else { return false }
    let entry = scratch.tokens[index].entry
    if !entry.classes.meets(.notOnlyHead) { return !abbreviation.classes.contains(.place) }
    return entry.classes.meets(.name) && entry.commonBucket < entry.nameBucket
      && entry.nameBucket >= entry.placeBucket
  }

  /// Takes words in capitals for what they then stand for, though in small letters they are common
  /// words or nothing: "the US", "Austin, TX". Among others in capitals they are what they are in
  /// small letters.
  ///
  /// - Complexity: O(words).
  func readCapitals(_ text: Span<UInt8>, using scratch: inout NameScratch) {
    for index in scratch.tokens.indices where scratch.tokens[index].shape == .upper {
      let token = scratch.tokens[index]
      guard token.range.count < 6, !token.entry.classes.meets(.entity) else { continue }
      let entry = cues.capitals.entry(token.hash)
      guard entry != .unknown, !isShouted(index, text, scratch) else { continue }
      if index > 0, isDegree(token, behind: scratch.tokens[index - 1]),
        token.range.lowerBound - scratch.tokens[index - 1].range.upperBound < 3
      {
        continue
      }
      scratch.tokens[index].entry = entry
    }
  }

  /// Whether another word of several capitals stands beside a word, a blank apart.
  private func isShouted(
    _ index: Int, _ text: Span<UInt8>, _ scratch: borrowing NameScratch
  ) -> Bool {
    let range = scratch.tokens[index].range
    if index > 0 {
      let last = scratch.tokens[index - 1]
      if last.shape == .upper, last.range.upperBound == range.lowerBound - 1,
        text[last.range.upperBound] == 32
      {
        return true
      }
    }
    guard index + 1 < scratch.tokens.count else { return false }
    let next = scratch.tokens[index + 1]
    return next.shape == .upper && next.range.lowerBound == range.upperBound + 1
      && text[range.upperBound] == 32
  }
}
