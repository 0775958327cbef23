/// What the dictionary said of the words that were asked for last: most words of a text are few
/// different ones, and a look at the dictionary misses the caches. Scratch of one worker, for one
/// dictionary.
struct EntryCache {
  private struct Slot {
    var hash: UInt64
    var entry: WordEntry
  }

  private var slots: [Slot]
  /// 128 KiB of slots: they share the second-level cache with the tables of the rules.
  private static let count = 8192

  init() {
    // No hash that ends as another place's does is ever looked for here.
    slots = (0..<Self.count).map { Slot(hash: UInt64($0 ^ 1), entry: .unknown) }
  }

  /// What is remembered of a word, `nil` when it was not asked for lately.
  @inline(__always)
  func known(_ hash: UInt64) -> WordEntry? {
    let slot = slots[Int(truncatingIfNeeded: hash) & (Self.count &- 1)]
    return slot.hash == hash ? slot.entry : nil
  }

  /// What is known of a folded word or phrase, given its `ByteHash`.
  ///
  /// - Complexity: O(1) expected.
  @inline(__always)
  mutating func entry(_ hash: UInt64, in dictionary: borrowing NameDictionary) -> WordEntry {
    if let entry = known(hash) { return entry }
    let entry = dictionary.entry(hash)
    slots[Int(truncatingIfNeeded: hash) & (Self.count &- 1)] = Slot(hash: hash, entry: entry)
    return entry
  }
}

/// What a character of a run without blanks is by itself.
struct SingleEntry {
  /// The lowest thirty bits of an entry's payload, and above them whether a cue is this one
  /// character.
  private var value: UInt32

  init(_ entry: WordEntry, isCue: Bool) {
    value = entry.payload & 0x3FFF_FFFF | (isCue ? 1 << 30 : 0)
  }

  fileprivate init() { value = 1 << 31 }

  fileprivate var isUnknown: Bool { value >> 31 != 0 }

  var entry: WordEntry {
    @inline(__always) get { WordEntry(payload: value & 0x3FFF_FFFF) }
  }
  var isCue: Bool {
    @inline(__always) get { value >> 30 & 1 != 0 }
  }
}

/// The same for each unified ideograph that was met. Scratch of one worker, for one dictionary.
struct IdeographEntries {
  /// From U+4E00 on; empty before the first one.
  private var entries: [SingleEntry] = []

  static let first: UInt32 = 0x4E00
  static let count: UInt32 = 0x5200

  /// What an ideograph is; `find` is asked once for each.
  @inline(__always)
  mutating func entry(_ ideograph: UInt32, find: () -> SingleEntry) -> SingleEntry {
    let index = Int(ideograph &- Self.first)
    if index < entries.count, !entries[index].isUnknown { return entries[index] }
    return add(index, find())
  }

  @inline(never)
  private mutating func add(_ index: Int, _ entry: SingleEntry) -> SingleEntry {
    if entries.isEmpty { entries = Array(repeating: SingleEntry(), count: Int(Self.count)) }
    entries[index] = entry
    return entry
  }
}

/// The pairs of ideographs and Hiragana at which nothing begins but a word of the language, one or
/// two characters long: most of Chinese and Japanese text is passed over by what is remembered
/// here. Scratch of one worker, for one dictionary.
struct PlainPairs {
  /// The pair in the higher half, zeros for none, and the length of the word in the lower.
  private var slots: [UInt64] = []
  /// 256 KiB of slots.
  private static let bits: UInt64 = 15

  /// The numbers of the two characters in one; `nil` when one is neither an ideograph nor Hiragana.
  @inline(__always)
  static func key(_ first: UInt32, _ second: UInt32) -> UInt64? {
    guard isOne(first), isOne(second) else { return nil }
    return UInt64(first) << 16 | UInt64(second)
  }

  /// Whether a character is one of those.
  @inline(__always)
  static func isOne(_ codePoint: UInt32) -> Bool {
    codePoint &- IdeographEntries.first < IdeographEntries.count || codePoint &- 0x3041 < 0x56
  }

  private static func place(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> (64 - bits))
  }

  /// The length of the word that begins at a pair, 0 when nothing is remembered.
  @inline(__always)
  func length(_ key: UInt64) -> Int {
    guard !slots.isEmpty else { return 0 }
    let slot = slots[Self.place(key)]
    return slot >> 32 == key ? Int(truncatingIfNeeded: slot & 3) : 0
  }

  /// Remembers that a word of one character or two begins at a pair, in place of another.
  mutating func insert(_ key: UInt64, length: Int) {
    if slots.isEmpty { slots = [UInt64](repeating: 0, count: 1 << Int(Self.bits)) }
    slots[Self.place(key)] = key << 32 | UInt64(length)
  }
}
