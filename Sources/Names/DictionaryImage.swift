package import Text

/// A compiled dictionary: one run of bytes that is used where it lies, in the program or in a
/// mapped file, and costs nothing to load.
///
/// It is a line `chatscrub-names 2 fold=ICU-VERSION slots=N entries=N listed=N digest=SHA-256`, a
/// line of JSON that says what it was made from, and N slots of ten bytes. A slot is sixty bits in
/// the sixty-four characters from `0` to `o`, so that the whole is ASCII and the build can carry it
/// as a string: 29 bits of the folded word's hash and 31 of what is known of it. The place of a
/// slot is the rest of the hash, by open addressing; no word can be read from it.
package struct DictionaryImage: Sendable {
  /// The version of the form; another one is refused.
  package static let version = 2

  private let bytes: ConstantBytes
  /// The slots, for look-ups that count no references.
  let slots: DictionarySlots
  /// Distinct entries.
  package let count: Int
  /// Entries that are found in any case, and first words of such.
  let listedCount: Int
  /// What it was made from, as JSON, and the digest of that in hexadecimal.
  package let manifest: String
  package let digest: String

  static let slotSize = 10
  static let empty: UInt64 = 0x3030_3030_3030_3030

  /// Reads the head.
  ///
  /// - Throws: `DictionaryImageError` when the bytes are no dictionary, one of another version, one
  ///   whose words were folded by another ICU, or not whole.
  /// - Complexity: O(head).
  package init(_ bytes: ConstantBytes) throws(DictionaryImageError) {
    guard let head = bytes.line(from: 0, limit: 400),
      let manifest = bytes.line(from: head.utf8.count + 1, limit: 1 << 20)
    else { throw .notADictionary }
    let words = head.split(separator: " ")
    guard words.count >= 2, words[0] == "chatscrub-names" else { throw .notADictionary }
    guard words[1] == "\(Self.version)" else { throw .version(String(words[1])) }
    var values: [Substring: Substring] = [:]
    for word in words.dropFirst(2) {
      let parts = word.split(separator: "=", maxSplits: 1)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    guard let slots = values["slots"].flatMap({ Int($0) }),
      let entries = values["entries"].flatMap({ Int($0) }), let fold = values["fold"],
      slots > 0, slots & (slots - 1) == 0, slots <= 1 << 32
    else { throw .notADictionary }
    guard fold == FoldTable.version else {
      throw .foldedOtherwise(made: String(fold), here: FoldTable.version)
    }
    let base = head.utf8.count + manifest.utf8.count + 2
    // Eight bytes behind the last slot may be read with it.
    guard bytes.count >= base + slots * Self.slotSize + 8 else { throw .cutShort }
    self.bytes = bytes
    self.slots = DictionarySlots(bytes: bytes.view, base: base, mask: slots - 1)
    count = entries
    listedCount = values["listed"].flatMap { Int($0) } ?? 0
    digest = String(values["digest"] ?? "")
    self.manifest = manifest
  }

  /// What is known of a folded word or phrase, given its `ByteHash`.
  ///
  /// - Complexity: O(1) expected.
  func entry(_ hash: UInt64) -> WordEntry { slots.entry(hash) }

  /// Thirty bits as five characters, in the low forty bits.
  @inline(__always)
  static func characters(of value: UInt64) -> UInt64 { spread(value) &+ zeros }

  /// Five characters for thirty bits that are not set.
  static let zeros: UInt64 = 0x30_3030_3030

  /// Thirty bits, six in each of five bytes.
  @inline(__always)
  static func spread(_ value: UInt64) -> UInt64 {
    var spread = value & 0x3F
    spread |= (value >> 6 & 0x3F) << 8
    spread |= (value >> 12 & 0x3F) << 16
    spread |= (value >> 18 & 0x3F) << 24
    spread |= (value >> 24 & 0x3F) << 32
    return spread
  }

  /// The thirty bits of five characters in the low forty bits.
  @inline(__always)
  static func bits(_ characters: UInt64) -> UInt32 {
    let value = characters &- zeros
    var bits = value & 0x3F
    bits |= value >> 2 & 0xFC0
    bits |= value >> 4 & 0x3F000
    bits |= value >> 6 & 0xFC_0000
    bits |= value >> 8 & 0x3F00_0000
    return UInt32(truncatingIfNeeded: bits)
  }
}

/// The slots of a compiled dictionary, where they lie.
struct DictionarySlots: Sendable {
  let bytes: ConstantBytes.View
  let base: Int
  let mask: Int

  /// What is known of a folded word or phrase, given its `ByteHash`.
  ///
  /// - Complexity: O(1) expected.
  func entry(_ hash: UInt64) -> WordEntry {
    let wanted = DictionaryImage.spread((hash >> 35) << 1)
    var index = Int(truncatingIfNeeded: hash) & mask
    // A table that is full, which we never write, is gone through once.
    for _ in 0...mask {
      let place = base &+ index &* DictionaryImage.slotSize
      let low = bytes.eightBytes(at: place)
      let found = (low &- DictionaryImage.zeros) & 0xFF_FFFF_FFFF
      if found & ~1 == wanted {
        let payload = DictionaryImage.bits(bytes.eightBytes(at: place &+ 5))
        return WordEntry(payload: payload | UInt32(truncatingIfNeeded: found & 1) << 30)
      }
      if low == DictionaryImage.empty { return .unknown }
      index = (index &+ 1) & mask
    }
    return .unknown
  }

  @inline(__always)
  func prefetch(_ hash: UInt64) {
    Text.prefetch(
      bytes, at: base &+ (Int(truncatingIfNeeded: hash) & mask) &* DictionaryImage.slotSize)
  }
}

extension DictionarySlots {
  /// Goes through the slots for those that are found in any case.
  ///
  /// - Complexity: O(slots).
  func addListed(to filter: inout ListedFilter) {
    for index in 0...mask {
      let place = base &+ index &* DictionaryImage.slotSize
      let low = bytes.eightBytes(at: place)
      if low == DictionaryImage.empty { continue }
      let entry = WordEntry(payload: DictionaryImage.bits(bytes.eightBytes(at: place &+ 5)))
      if entry.classes.meets(.listedOrHead) {
        filter.insert(fingerprint: UInt64(DictionaryImage.bits(low) >> 1), entry.classes)
      }
    }
  }
}

extension DictionaryImage {
  func addListed(to filter: inout ListedFilter) { slots.addListed(to: &filter) }

  /// Compiles a table.
  ///
  /// - Parameters:
  ///   - manifest: JSON without line breaks.
  ///   - digest: of what it was made from, in hexadecimal.
  /// - Complexity: O(slots).
  package static func compile(_ table: WordTable, manifest: String, digest: String) -> [UInt8] {
    let slots = table.slotCount
    let head =
      "chatscrub-names \(version) fold=\(FoldTable.version) slots=\(slots) entries=\(table.count) "
      + "listed=\(table.listedCount) digest=\(digest)\n\(manifest)\n"
    var bytes = Array(head.utf8)
    let base = bytes.count
    bytes.reserveCapacity(base + slots * slotSize + 8)
    bytes.append(contentsOf: repeatElement(0x30, count: slots * slotSize + 8))
    table.visit { fingerprint, place, entry in
      // The three lowest bits of the fingerprint are not kept.
      let low = characters(
        of: (UInt64(fingerprint >> 3) << 1) | UInt64(entry.payload >> 30 & 1))
      let high = characters(of: UInt64(entry.payload & 0x3FFF_FFFF))
      for offset in 0..<5 {
        bytes[base + place * slotSize + offset] = UInt8(truncatingIfNeeded: low >> (offset * 8))
        bytes[base + place * slotSize + 5 + offset] = UInt8(
          truncatingIfNeeded: high >> (offset * 8))
      }
    }
    return bytes
  }
}

/// Why bytes cannot be used as a compiled dictionary.
package enum DictionaryImageError: Error, Equatable, CustomStringConvertible {
  case notADictionary
  case version(String)
  case foldedOtherwise(made: String, here: String)
  case cutShort

  package var description: String {
    switch self {
    case .notADictionary: "is not a compiled dictionary"
    case .version(let version):
      "is a compiled dictionary of version \(version), not \(DictionaryImage.version): build it "
        + "again with `chatscrub names build`"
    case .foldedOtherwise(let made, let here):
      "was made with the folding tables of ICU \(made), here they are those of \(here): build it "
        + "again with `chatscrub names build`"
    case .cutShort: "is cut short: build it again with `chatscrub names build`"
    }
  }
}
