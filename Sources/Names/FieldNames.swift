internal import Text

/// What the name of a column, of a key or of a tag says of the values under it.
enum FieldKind: UInt8, Sendable, Comparable {
  case none
  /// "city": a place.
  case ofPlace
  /// "email", "salary": the record is about a person.
  case ofPerson
  /// "name", "author": perhaps a person's name.
  case maybeName
  /// "first_name", "Nachname": a person's name.
  case name

  static func < (left: FieldKind, right: FieldKind) -> Bool { left.rawValue < right.rawValue }
}

/// The names of columns and keys that hold people's names or tell that others do, by the hash of
/// their folded words joined by one blank. Frozen and shared.
struct FieldNames: Sendable {
  private var table = WordTable()
  /// Phrases.
  private(set) var count = 0
  /// The last words of what names a name, folded: where one stands, a field may.
  private(set) var literals: [[UInt8]] = []
  private var known: Set<[UInt8]> = []

  init(capacity: Int = 0) {
    if capacity > 0 { table = WordTable(capacity: capacity) }
  }

  /// Adds a folded phrase; the first kind of one stays.
  mutating func insert(_ phrase: [UInt8], _ kind: FieldKind) {
    let hash = ByteHash.of(phrase)
    guard self.kind(hash) == .none else { return }
    count += 1
    table.insert(hash, WordEntry(payload: UInt32(kind.rawValue)))
    guard kind >= .maybeName else { return }
    let last = phrase.split(separator: 32).last.map(Array.init) ?? phrase
    if last.count > 1, known.insert(last).inserted { literals.append(last) }
  }

  /// The kind of a folded phrase with this `ByteHash`.
  func kind(_ hash: UInt64) -> FieldKind {
    FieldKind(rawValue: UInt8(truncatingIfNeeded: table.entry(hash).payload & 7)) ?? .none
  }
}

extension NameScanner {
  /// The longest name of a field, in bytes.
  static let fieldLengthMax = 48

  /// What a key, a column or a tag is called: `firstName`, `first_name`, `First Name`.
  ///
  /// A phrase the cue file has, the last two words of one ("billing first name"), or what may be a
  /// name by itself before "name" ("customer name").
  ///
  /// - Complexity: O(1): long keys are none.
  func fieldKind(
    _ text: Span<UInt8>, _ key: Range<Int>, using scratch: inout NameScratch
  ) -> FieldKind {
    guard !key.isEmpty, key.count <= Self.fieldLengthMax else { return .none }
    var words: [[UInt8]] = []
    var index = key.lowerBound
    while index < key.upperBound {
      let start = index
      while index < key.upperBound, !Self.separatesWords(text[index]),
        index == start || !Self.beginsWord(text, index)
      {
        index += 1
      }
      if index > start {
        scratch.fold(text, start..<index)
        words.append(scratch.folded)
      } else {
        index += 1
      }
    }
    func kind(last count: Int) -> FieldKind {
      cues.fields.kind(ByteHash.of(Array(words.suffix(count).joined(separator: [32]))))
    }
    guard !words.isEmpty, words.count <= 8 else { return .none }
    let whole = kind(last: words.count)
    if whole != .none || words.count == 1 { return whole }
    if kind(last: 2) == .name { return .name }
    guard kind(last: 1) == .maybeName else { return .none }
    let first = cues.fields.kind(
      ByteHash.of(Array(words.dropLast().joined(separator: [32]))))
    return first == .maybeName ? .name : .none
  }

  private static func separatesWords(_ byte: UInt8) -> Bool {
    switch byte {
    case 32, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "*"),
      UInt8(ascii: "#"), UInt8(ascii: "/"), UInt8(ascii: "("), UInt8(ascii: ")"),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }

  /// Whether a capital behind a small letter begins a word: `firstName`.
  private static func beginsWord(_ text: Span<UInt8>, _ index: Int) -> Bool {
    text[index] &- 65 < 26 && text[index - 1] &- 97 < 26
  }
}
