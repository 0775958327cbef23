internal import Text

/// What the dictionaries say of a word.
package struct WordClasses: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static var given: WordClasses { WordClasses(rawValue: 1 << 0) }
  package static var surname: WordClasses { WordClasses(rawValue: 1 << 1) }
  package static var place: WordClasses { WordClasses(rawValue: 1 << 2) }
  package static var organization: WordClasses { WordClasses(rawValue: 1 << 3) }
  /// A word that by itself is not taken for a name.
  package static var common: WordClasses { WordClasses(rawValue: 1 << 4) }
  /// A word the user never wants taken for a name.
  package static var keep: WordClasses { WordClasses(rawValue: 1 << 5) }
  /// A word or phrase the user says is a person.
  package static var person: WordClasses { WordClasses(rawValue: 1 << 6) }
  /// "Dr", "Frau": a name follows.
  package static var title: WordClasses { WordClasses(rawValue: 1 << 7) }
  /// "van", "de la": may stand inside a name.
  package static var particle: WordClasses { WordClasses(rawValue: 1 << 8) }
  /// "GmbH", "University": what stands before is an organisation.
  package static var organizationAfter: WordClasses { WordClasses(rawValue: 1 << 9) }
  /// "Street", "Bridge": what stands before is a place.
  package static var streetAfter: WordClasses { WordClasses(rawValue: 1 << 10) }
  /// "machine", "disease": what stands before gave a thing its name.
  package static var thingAfter: WordClasses { WordClasses(rawValue: 1 << 12) }
  /// The first word of a place of several words.
  package static var placeHead: WordClasses { WordClasses(rawValue: 1 << 11) }

  // Unions are written out: see `CharacterClass`.
  /// Any class that speaks for a person's name.
  package static var name: WordClasses { WordClasses(rawValue: 1 | 2 | 64) }
  static var nameOrCommon: WordClasses { WordClasses(rawValue: 1 | 2 | 16) }
  static var nameOrPlace: WordClasses { WordClasses(rawValue: 1 | 2 | 4) }
  static var noName: WordClasses { WordClasses(rawValue: 1 << 4 | 1 << 9 | 1 << 10) }
  static var titleOrParticle: WordClasses { WordClasses(rawValue: 1 << 7 | 1 << 8) }
  static var notRemembered: WordClasses { WordClasses(rawValue: 1 << 5 | 1 << 7 | 1 << 8 | 1 << 9) }

  static var followsThing: WordClasses { WordClasses(rawValue: 1 << 10 | 1 << 12) }

  static var notNamelike: WordClasses { WordClasses(rawValue: 0b11111_1011_0000) }

  /// Whether all members of the other are in this.
  @inline(__always)
  package func contains(_ other: WordClasses) -> Bool {
    rawValue & other.rawValue == other.rawValue
  }

  /// Whether the two have a member in common.
  @inline(__always)
  package func meets(_ other: WordClasses) -> Bool { rawValue & other.rawValue != 0 }
}

/// What one look-up returns: classes, and how common the word is as a name and as a word (0…7).
package struct WordEntry: Sendable, Equatable {
  /// The payload of a slot of the table: classes from bit 2, buckets from bits 18 and 21.
  fileprivate var payload: UInt32

  package init(classes: WordClasses, nameBucket: Int, commonBucket: Int) {
    payload =
      classes.rawValue << 2 | UInt32(commonBucket & 7) << 18 | UInt32(nameBucket & 7) << 21 | 1
  }

  @inline(__always)
  fileprivate init(slot: UInt64) { payload = UInt32(truncatingIfNeeded: slot) & 0xFF_FFFF }

  package var classes: WordClasses {
    @inline(__always) get { WordClasses(rawValue: payload >> 2 & 0xFFFF) }
    set { payload = payload & ~(0xFFFF << 2) | newValue.rawValue << 2 }
  }

  package var nameBucket: Int {
    @inline(__always) get { Int(payload >> 21 & 7) }
    set { payload = payload & ~(7 << 21) | UInt32(newValue) << 21 }
  }

  package var commonBucket: Int {
    @inline(__always) get { Int(payload >> 18 & 7) }
    set { payload = payload & ~(7 << 18) | UInt32(newValue) << 18 }
  }

  package static let unknown = WordEntry(classes: [], nameBucket: 0, commonBucket: 0)
}

/// The dictionaries, as an open-addressing table of fingerprints. Frozen and shared.
///
/// A slot is 40 bits of the folded word's hash and 24 bits of payload; no text is kept. With two
/// slots for three entries at most a look-up costs one or two cache lines, and a wrong hit has a
/// probability of about 2⁻³⁸.
package struct NameDictionary: Sendable {
  private var slots: [UInt64]
  private let mask: Int
  /// Distinct entries.
  package private(set) var count = 0

  package init(capacity: Int = 1024) {
    var size = 1024
    while size * 2 < capacity * 3 { size *= 2 }
    slots = [UInt64](repeating: 0, count: size)
    mask = size - 1
  }

  /// What is known of a folded word or phrase, given its `ByteHash`.
  ///
  /// - Complexity: O(1) expected.
  package func entry(_ hash: UInt64) -> WordEntry {
    let fingerprint = hash >> 24
    var index = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[index]
      if slot == 0 { return WordEntry(slot: 1) }
      if slot >> 24 == fingerprint { return WordEntry(slot: slot) }
      index = (index &+ 1) & mask
    }
  }

  /// Asks for the memory that `entry` will look at.
  @inline(__always)
  func prefetch(_ hash: UInt64) {
    Text.prefetch(slots, at: Int(truncatingIfNeeded: hash) & mask)
  }

  /// Adds classes to a word; buckets grow to the greater.
  package mutating func insert(_ hash: UInt64, _ entry: WordEntry) {
    // The low bits of a hash are not kept, so a table cannot grow: it is sized before it is filled.
    precondition((count + 1) * 3 <= slots.count * 2, "the dictionary is sized before it is filled")
    let fingerprint = hash >> 24
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != 0, slots[index] >> 24 != fingerprint { index = (index + 1) & mask }
    var merged = entry
    if slots[index] == 0 {
      count += 1
    } else {
      let old = WordEntry(slot: slots[index])
      merged.classes.formUnion(old.classes)
      merged.nameBucket = max(merged.nameBucket, old.nameBucket)
      merged.commonBucket = max(merged.commonBucket, old.commonBucket)
    }
    slots[index] = fingerprint << 24 | UInt64(merged.payload)
  }
}

/// One line of a dictionary file that could not be used.
package struct DictionaryIssue: Sendable, Equatable {
  package let line: Int
  package let reason: String
}

/// Fills a dictionary from list files.
package struct DictionaryBuilder: ~Copyable {
  private var folding = FoldTable()
  private var pending: [(hash: UInt64, entry: WordEntry)] = []
  private var folded: [UInt8] = []

  package init() {}

  /// Adds a list: `entry [TAB bucket]` per line, `#` comments; every entry gets the classes.
  ///
  /// - Parameter bucket: that of entries that name none, 1…7.
  /// - Complexity: O(`list.count`).
  package mutating func addList(_ list: Span<UInt8>, classes: WordClasses, bucket fallback: Int) {
    forEachLine(of: list) { builder, line, _ in
      let columns = Self.columns(list, line)
      var bucket = fallback
      if columns.count > 1, let first = columns[1].first { bucket = Int(list[first] &- 48) }
      builder.add(list, columns[0], classes: classes, bucket: max(1, min(7, bucket)))
    }
  }

  /// Adds a user's list: `entry [TAB type[,type] [TAB count [TAB language]]]`; an entry without a
  /// type is a person.
  ///
  /// - Returns: the lines that could not be used; the others are in.
  package mutating func addUserList(_ list: Span<UInt8>) -> [DictionaryIssue] {
    var issues: [DictionaryIssue] = []
    forEachLine(of: list) { builder, line, number in
      let columns = Self.columns(list, line)
      var classes: WordClasses = .person
      if columns.count > 1 {
        classes = []
        for type in Self.string(list, columns[1]).split(separator: ",") {
          guard let known = Self.types[String(type)] else {
            issues.append(DictionaryIssue(line: number, reason: "unknown type"))
            return
          }
          classes.formUnion(known)
        }
      }
      if columns[0].isEmpty || columns[0].count > 80 {
        issues.append(DictionaryIssue(line: number, reason: "an entry has 1 to 80 bytes"))
        return
      }
      builder.add(list, columns[0], classes: classes, bucket: 7)
    }
    return issues
  }

  private static let types: [String: WordClasses] = [
    "person": .person, "given": .given, "surname": .surname, "place": .place,
    "organization": .organization, "common": .common, "keep": .keep,
  ]

  /// Adds classes to one word or phrase, as the cue file does for titles and the like.
  package mutating func add(_ phrase: Span<UInt8>, classes: WordClasses) {
    add(phrase, 0..<phrase.count, classes: classes, bucket: 0)
  }

  private mutating func add(
    _ source: Span<UInt8>, _ range: Range<Int>, classes: WordClasses, bucket: Int
  ) {
    folded.removeAll(keepingCapacity: true)
    folding.fold(source, range, into: &folded)
    guard !folded.isEmpty else { return }
    let isCommon = classes.contains(.common)
    pending.append(
      (
        ByteHash.of(folded),
        WordEntry(
          classes: classes, nameBucket: isCommon ? 0 : bucket, commonBucket: isCommon ? bucket : 0)
      ))
    // The first word of a phrase tells the scanner that a longer look-up may pay.
    if classes.contains(.place) || classes.contains(.person),
      let space = folded.firstIndex(of: UInt8(ascii: " "))
    {
      let head = Array(folded[..<space])
      pending.append(
        (
          ByteHash.of(head),
          WordEntry(classes: .placeHead, nameBucket: 0, commonBucket: 0)
        ))
    }
  }

  /// The dictionary of everything added.
  package consuming func build() -> NameDictionary {
    var dictionary = NameDictionary(capacity: pending.count)
    for (hash, entry) in pending { dictionary.insert(hash, entry) }
    return dictionary
  }

  private mutating func forEachLine(
    of list: Span<UInt8>, _ body: (inout DictionaryBuilder, Range<Int>, Int) -> Void
  ) {
    var start = 0
    var number = 0
    // A byte order mark is no part of the first entry.
    if list.count >= 3, list[0] == 0xEF, list[1] == 0xBB, list[2] == 0xBF { start = 3 }
    while start < list.count {
      var end = start
      while end < list.count, list[end] != 10 { end += 1 }
      number += 1
      var stop = end
      while stop > start, list[stop - 1] == 13 || list[stop - 1] == 32 { stop -= 1 }
      if stop > start, list[start] != UInt8(ascii: "#") { body(&self, start..<stop, number) }
      start = end + 1
    }
  }

  private static func columns(_ list: Span<UInt8>, _ line: Range<Int>) -> [Range<Int>] {
    var columns: [Range<Int>] = []
    var start = line.lowerBound
    for index in line where list[index] == 9 {
      columns.append(start..<index)
      start = index + 1
    }
    columns.append(start..<line.upperBound)
    return columns
  }

  private static func string(_ list: Span<UInt8>, _ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    for index in range { bytes.append(list[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
