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
  /// The first word of an entry of several words.
  package static var phraseHead: WordClasses { WordClasses(rawValue: 1 << 11) }
  /// "German", "Parisian": from a place, and no name.
  package static var demonym: WordClasses { WordClasses(rawValue: 1 << 13) }

  /// A person, place or organisation of the user's own list: found in any case.
  package static var listed: WordClasses { WordClasses(rawValue: 1 << 14) }
  /// The first word of a listed entry of several, and the first two of one of more.
  static var listedHead: WordClasses { WordClasses(rawValue: 1 << 15) }

  // Unions are written out: see `CharacterClass`.
  static var listable: WordClasses { WordClasses(rawValue: 4 | 8 | 64) }
  static var listedOrHead: WordClasses { WordClasses(rawValue: 1 << 14 | 1 << 15) }
  /// Any class that speaks for a person's name.
  package static var name: WordClasses { WordClasses(rawValue: 1 | 2 | 64) }
  static var entityOrCommon: WordClasses { WordClasses(rawValue: 1 | 2 | 4 | 8 | 16 | 64) }
  static var nameOrPlace: WordClasses { WordClasses(rawValue: 1 | 2 | 4) }
  /// Classes whose entries may have several words.
  static var phrases: WordClasses { WordClasses(rawValue: 1 | 2 | 4 | 8 | 16 | 32 | 64) }
  /// What makes a word stand for itself in a text.
  static var entity: WordClasses { WordClasses(rawValue: 1 | 2 | 4 | 8 | 64) }
  static var givenOrPerson: WordClasses { WordClasses(rawValue: 1 | 1 << 6) }
  static var placeOrOrganization: WordClasses { WordClasses(rawValue: 4 | 8) }
  /// What stands behind a name that a place, company or thing has.
  static var afterName: WordClasses { WordClasses(rawValue: 1 << 9 | 1 << 10 | 1 << 12) }
  static var commonOrKept: WordClasses { WordClasses(rawValue: 1 << 4 | 1 << 5) }
  /// What a user's list decides, whatever else is known.
  static var decided: WordClasses { WordClasses(rawValue: 1 << 5 | 1 << 6) }
  static var commonOrPlace: WordClasses { WordClasses(rawValue: 4 | 16) }
  /// Titles, and what the user's list has.
  static var announcing: WordClasses { WordClasses(rawValue: 1 << 6 | 1 << 7) }
  /// Every class but that of beginning an entry.
  static var notOnlyHead: WordClasses { WordClasses(rawValue: 0x3FFF & ~(1 << 11)) }
  /// What by itself hardly ever stands for anything with a name.
  static var noEntity: WordClasses {
    WordClasses(rawValue: 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 13)
  }
  static var noName: WordClasses { WordClasses(rawValue: 1 << 4 | 1 << 9 | 1 << 10) }
  static var titleOrParticle: WordClasses { WordClasses(rawValue: 1 << 7 | 1 << 8) }
  static var titleOrName: WordClasses { WordClasses(rawValue: 1 | 2 | 64 | 1 << 7) }
  static var notRemembered: WordClasses { WordClasses(rawValue: 1 << 5 | 1 << 7 | 1 << 8 | 1 << 9) }

  static var followsThing: WordClasses { WordClasses(rawValue: 1 << 10 | 1 << 12) }

  static var notNamelike: WordClasses { WordClasses(rawValue: 0b10111_1011_0000) }

  /// Whether a word is hardly a part of somebody's name. "San" begins names of places; "Petrov",
  /// that of an opening in chess, is one.
  var isNotNamelike: Bool { meets(.notNamelike) || contains(.phraseHead) && !meets(.name) }

  /// Whether all members of the other are in this.
  @inline(__always)
  package func contains(_ other: WordClasses) -> Bool {
    rawValue & other.rawValue == other.rawValue
  }

  /// Whether the two have a member in common.
  @inline(__always)
  package func meets(_ other: WordClasses) -> Bool { rawValue & other.rawValue != 0 }
}

/// What one look-up returns: classes, and how common the word is in each (0…7, 0 for not at all).
package struct WordEntry: Sendable, Equatable {
  /// The payload of a slot of the table: classes in the low 16 bits, then the buckets of given
  /// name, surname and place (3 bits each), organisation (2) and common word (3), and whether that
  /// is one of other languages than English alone.
  var payload: UInt32

  /// An entry with one bucket for all of its classes.
  ///
  /// - Parameters:
  ///   - bucket: 1…7, how frequent the word is in these classes.
  ///   - isForeign: of a common word, whether it is none in English.
  package init(classes: WordClasses, bucket: Int, isForeign: Bool = false) {
    payload = classes.rawValue & 0xFFFF
    let level = UInt32(max(0, min(7, bucket)))
    if classes.contains(.given) { payload |= level << 16 }
    if classes.contains(.surname) { payload |= level << 19 }
    if classes.contains(.place) { payload |= level << 22 }
    if classes.contains(.organization) { payload |= ((level + 2) / 3) << 25 }
    if classes.contains(.common) { payload |= level << 27 | (isForeign ? Self.foreign : 0) }
  }

  @inline(__always)
  init(payload: UInt32) { self.payload = payload }

  package var classes: WordClasses {
    @inline(__always) get { WordClasses(rawValue: payload & 0xFFFF) }
    set { payload = payload & ~0xFFFF | newValue.rawValue & 0xFFFF }
  }

  package var givenBucket: Int { Int(payload >> 16 & 7) }
  package var surnameBucket: Int { Int(payload >> 19 & 7) }
  package var placeBucket: Int { Int(payload >> 22 & 7) }
  /// 0…3: 1 for the buckets 1 to 3, 2 for 4 to 6, 3 for 7.
  package var organizationBucket: Int { Int(payload >> 25 & 3) }
  package var commonBucket: Int { Int(payload >> 27 & 7) }
  /// Whether the word, written in Latin letters, is common in other languages than English alone:
  /// "dan" is "and" in Indonesian, and somebody in English.
  package var isForeign: Bool { payload & Self.foreign != 0 }
  private static var foreign: UInt32 { 1 << 30 }
  /// Whether the word is common in English, or whatever the language.
  private var isCommonEverywhere: Bool { classes.contains(.common) && !isForeign }
  /// How common the word is as a person's name.
  package var nameBucket: Int { max(givenBucket, surnameBucket) }

  /// Adds another entry's classes; buckets grow to the greater.
  mutating func merge(_ other: WordEntry) {
    var merged = (payload | other.payload) & 0xFFFF
    for (shift, mask) in [(16, 7), (19, 7), (22, 7), (25, 3), (27, 7)] as [(UInt32, UInt32)] {
      merged |= max(payload >> shift & mask, other.payload >> shift & mask) << shift
    }
    if !isCommonEverywhere, !other.isCommonEverywhere {
      merged |= (payload | other.payload) & Self.foreign
    }
    payload = merged
  }

  /// Forgets that the word is common where that is so in other languages than English alone.
  @inline(__always)
  mutating func dropForeignWord() {
    if isForeign { payload &= ~(WordClasses.common.rawValue | 7 << 27 | Self.foreign) }
  }

  /// Takes the word for one that is nobody's name, unless the user's list says so: "ben" is "I" in
  /// Turkish, and somebody elsewhere.
  mutating func dropName() {
    let names = WordClasses.given.rawValue | WordClasses.surname.rawValue | 7 << 16 | 7 << 19
    payload = payload & ~(names | Self.foreign) | WordClasses.common.rawValue | 7 << 27
  }

  package static let unknown = WordEntry(classes: [], bucket: 0)
}

/// Words by the hash of their folded form, in an open-addressing table of fingerprints.
///
/// A slot is 32 bits of the folded word's hash and 32 bits of payload; no text is kept. With two
/// slots for three entries at most a look-up costs one or two cache lines. A wrong hit needs equal
/// bits in the fingerprint and nearly equal ones in the place: about one in 2³¹ look-ups.
package struct WordTable: Sendable {
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
    let fingerprint = hash >> 32
    var index = Int(truncatingIfNeeded: hash) & mask
    while true {
      let slot = slots[index]
      if slot == 0 { return .unknown }
      if slot >> 32 == fingerprint { return WordEntry(payload: UInt32(truncatingIfNeeded: slot)) }
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
    precondition((count + 1) * 3 <= slots.count * 2, "the table is sized before it is filled")
    let fingerprint = hash >> 32
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index] != 0, slots[index] >> 32 != fingerprint { index = (index + 1) & mask }
    var merged = entry
    if slots[index] == 0 {
      count += 1
    } else {
      merged.merge(WordEntry(payload: UInt32(truncatingIfNeeded: slots[index])))
    }
    // An entry without a class would be an empty slot.
    slots[index] = fingerprint << 32 | UInt64(merged.payload | (merged.payload == 0 ? 1 << 31 : 0))
  }

  /// The hash of each entry, but for bits 20 to 31 of it, with what is known; in no useful order.
  ///
  /// - Complexity: O(slots).
  func visit(_ body: (_ fingerprint: UInt32, _ place: Int, WordEntry) -> Void) {
    for (index, slot) in slots.enumerated() where slot != 0 {
      body(
        UInt32(truncatingIfNeeded: slot >> 32), index,
        WordEntry(payload: UInt32(truncatingIfNeeded: slot)))
    }
  }

  var slotCount: Int { slots.count }

  /// Entries that are found in any case, and first words of such.
  ///
  /// - Complexity: O(slots).
  var listedCount: Int {
    slots.count { WordClasses(rawValue: UInt32(truncatingIfNeeded: $0)).meets(.listedOrHead) }
  }

  func addListed(to filter: inout ListedFilter) {
    visit { fingerprint, _, entry in
      if entry.classes.meets(.listedOrHead) {
        filter.insert(fingerprint: UInt64(fingerprint >> 3), entry.classes)
      }
    }
  }
}
