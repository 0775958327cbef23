internal import Text

/// What a text says that something is: "Ashcombe is a village in Kent", "Ashcombe, a singer from
/// Kent". The noun of the description tells a name's kind better than the name does.
enum Description: Int, Sendable {
  case none, person, place, organization, thing
}

/// Words that descriptions are made of, by the hash of their folded form. Frozen and shared.
struct DescriptionWords: Sendable {
  /// What a word is in a description, one bit each.
  struct Parts: OptionSet, Sendable {
    let rawValue: UInt32
    static var person: Parts { Parts(rawValue: 1) }
    static var place: Parts { Parts(rawValue: 2) }
    static var organization: Parts { Parts(rawValue: 4) }
    static var thing: Parts { Parts(rawValue: 8) }
    /// "is", "war": a description follows.
    static var copula: Parts { Parts(rawValue: 16) }
    /// "a", "une": begins a description, behind a comma, too.
    static var article: Parts { Parts(rawValue: 32) }
    /// A noun of a name that says the same in a description, when nothing else is said of it:
    /// "records" is part of an organisation's name, and a thing by itself.
    var asPartOfName: Parts { Parts(rawValue: rawValue << 8) }
  }

  private var table: WordTable
  private var filter = HashFilter()

  init(capacity: Int) { table = WordTable(capacity: capacity) }

  mutating func insert(_ hash: UInt64, _ parts: Parts) {
    table.insert(hash, WordEntry(payload: parts.rawValue))
    filter.insert(hash)
  }

  /// - Complexity: O(1).
  func parts(_ hash: UInt64) -> Parts {
    guard filter.mayContain(hash) else { return [] }
    let bits = table.entry(hash).classes.rawValue
    return Parts(rawValue: bits & 15 != 0 ? bits & 63 : bits & 48 | bits >> 8 & 15)
  }

  /// The parts that lines of a cue file make, by kind.
  static let kinds: [String: Parts] = [
    "person_noun": .person, "place_noun": .place, "org_noun": .organization,
    "thing_noun": .thing, "copula": .copula, "article": .article,
    "role": .person.asPartOfName, "street_after": .place.asPartOfName,
    "street_before": .place.asPartOfName, "org_after": .organization.asPartOfName,
    "thing_after": .thing.asPartOfName, "thing_before": .thing.asPartOfName,
  ]
}

extension NameScanner {
  /// The most words of a description before its noun has come.
  private static let descriptionMax = 7
  /// The most bytes in brackets between a name and its description: "(born 3 May 1950)".
  private static let bracketMax = 80

  /// What the text behind a name says that it is; in the same line.
  ///
  /// - Complexity: O(1).
  func description(
    _ text: Span<UInt8>, behind end: Int, using scratch: inout NameScratch
  ) -> Description {
    var index = end
    if index + 1 < text.count, text[index] == 32, text[index + 1] == UInt8(ascii: "(") {
      let most = min(text.count, index + Self.bracketMax)
      while index < most, text[index] != UInt8(ascii: ")"), text[index] != 10 { index += 1 }
      guard index < most, text[index] != 10 else { return .none }
      index += 1
    }
    let hasComma = index < text.count && text[index] == UInt8(ascii: ",")
    if hasComma { index += 1 }
    guard let first = word(text, from: index, folded: &scratch) else { return .none }
    let parts = cues.descriptions.parts(first.hash)
    guard parts.contains(hasComma ? .article : .copula) else { return .none }
    return noun(text, from: first.end, using: &scratch)
  }

  /// What the last noun says before a preposition or a sign ends its group: "a Danish chain of
  /// shops" is a chain.
  private func noun(
    _ text: Span<UInt8>, from start: Int, using scratch: inout NameScratch
  ) -> Description {
    var found = Description.none
    var index = start
    for _ in 0..<Self.descriptionMax {
      guard let next = word(text, from: index, folded: &scratch) else { break }
      let parts = cues.descriptions.parts(next.hash)
      if let kind = Self.kind(parts) ?? compound(text, index + 1..<next.end, using: &scratch) {
        found = kind
      } else if found != .none,
        cues.kindsOfOneWord(next.hash).meets(.joining)
      {
        break
      }
      index = next.end
    }
    return found
  }

  /// What the end of a long word says: "Fußballspieler".
  private func compound(
    _ text: Span<UInt8>, _ range: Range<Int>, using scratch: inout NameScratch
  ) -> Description? {
    guard range.count >= 9, text[range.lowerBound] &- 65 < 26 else { return nil }
    for start in range.lowerBound + 3...range.upperBound - 5 where text[start] & 0xC0 != 0x80 {
      let parts = cues.descriptions.parts(scratch.hash(text, start..<range.upperBound))
      if let kind = Self.kind(parts) { return kind }
    }
    return nil
  }

  private static func kind(_ parts: DescriptionWords.Parts) -> Description? {
    if parts.contains(.person) { return .person }
    if parts.contains(.place) { return .place }
    if parts.contains(.organization) { return .organization }
    return parts.contains(.thing) ? .thing : nil
  }

  /// The word behind one blank, hyphen or apostrophe.
  private func word(
    _ text: Span<UInt8>, from index: Int, folded scratch: inout NameScratch
  ) -> (hash: UInt64, end: Int)? {
    guard index + 1 < text.count, text[index] == 32 || text[index] == 39 || text[index] == 45 else {
      return nil
    }
    var end = index + 1
    while end < text.count, end - index < 40, Self.isWordByte(text[end]) { end += 1 }
    guard end > index + 1, end - index < 40 else { return nil }
    return (scratch.hash(text, index + 1..<end), end)
  }
}
