internal import CICU

/// What a character is, as far as words and names care.
public struct CharacterClass: OptionSet, Sendable {
  public let rawValue: UInt8

  @inlinable @inline(__always)
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  // Computed, because a stored one is reached through a call that checks whether it is there yet.
  // Unions are written out: built from a literal of several members they go through unspecialised
  // code of the standard library, which was a tenth of a scan.
  @inlinable public static var letter: CharacterClass { CharacterClass(rawValue: 1) }
  /// A combining mark, or a code point that is not shown (zero-width space, soft hyphen, bidi).
  @inlinable public static var mark: CharacterClass { CharacterClass(rawValue: 2) }
  @inlinable public static var digit: CharacterClass { CharacterClass(rawValue: 4) }
  @inlinable public static var upper: CharacterClass { CharacterClass(rawValue: 8) }
  @inlinable public static var han: CharacterClass { CharacterClass(rawValue: 16) }
  @inlinable public static var kana: CharacterClass { CharacterClass(rawValue: 32) }
  @inlinable public static var hangul: CharacterClass { CharacterClass(rawValue: 64) }
  /// A letter of a script that has no case.
  @inlinable public static var caseless: CharacterClass { CharacterClass(rawValue: 128) }
  @inlinable public static var letterOrMark: CharacterClass { CharacterClass(rawValue: 1 | 2) }
  @inlinable public static var wordPart: CharacterClass { CharacterClass(rawValue: 1 | 2 | 4) }
  @inlinable public static var ideographic: CharacterClass { CharacterClass(rawValue: 16 | 32) }
  @inlinable public static var eastAsian: CharacterClass { CharacterClass(rawValue: 16 | 32 | 64) }

  /// Whether the two have a member in common.
  @inlinable @inline(__always)
  public func meets(_ other: CharacterClass) -> Bool { rawValue & other.rawValue != 0 }

  /// Whether all members of the other are in this.
  @inlinable @inline(__always)
  public func contains(_ other: CharacterClass) -> Bool {
    rawValue & other.rawValue == other.rawValue
  }
}

/// Folds characters so that spellings of one name compare equal, a code point at a time.
///
/// A code point is folded as ICU says (NFKC case fold, canonical decomposition, marks of classes
/// 7, 27 to 35, 202, 220 and 230 dropped, recomposed; digits of every script to ASCII), and
/// remembered: ICU is asked once for each block of 64 code points a worker meets. The table is
/// scratch, owned by one worker; ASCII never reaches ICU. Offsets need no map: a folded word is
/// only ever compared, and the word keeps its own byte range.
public struct FoldTable: ~Copyable {
  /// Index into `entries` of the first entry of a block, or -1; one per block of 64 code points.
  @usableFromInline var blocks = [Int32](repeating: -1, count: 0x110000 / 64)
  @usableFromInline var entries: [Entry] = []
  @usableFromInline var pool: [UInt8] = []

  @usableFromInline struct Entry {
    @usableFromInline var start: UInt32
    @usableFromInline var count: UInt8
    @usableFromInline var classes: CharacterClass
  }

  public init() {}

  /// The class of one code point.
  @inlinable @inline(__always)
  public mutating func classes(of codePoint: UInt32) -> CharacterClass {
    if codePoint < 0x80 { return Self.asciiClass(UInt8(codePoint)) }
    if Self.isUnified(codePoint) { return CharacterClass(rawValue: 1 | 16 | 128) }
    return entries[entryIndex(of: codePoint)].classes
  }

  /// Appends the folded UTF-8 of one code point.
  @inlinable
  public mutating func fold(_ codePoint: UInt32, into target: inout [UInt8]) {
    if codePoint < 0x80 {
      target.append(Self.asciiFold(UInt8(codePoint)))
      return
    }
    if Self.isUnified(codePoint) {
      target.append(UInt8(truncatingIfNeeded: 0xE0 | codePoint >> 12))
      target.append(UInt8(truncatingIfNeeded: 0x80 | codePoint >> 6 & 0x3F))
      target.append(UInt8(truncatingIfNeeded: 0x80 | codePoint & 0x3F))
      return
    }
    let entry = entries[entryIndex(of: codePoint)]
    for index in Int(entry.start)..<Int(entry.start) + Int(entry.count) {
      target.append(pool[index])
    }
  }

  /// The first byte of the folded form of one code point, 0 when nothing is left of it.
  @inlinable
  public mutating func firstFolded(_ codePoint: UInt32) -> UInt8 {
    if codePoint < 0x80 { return Self.asciiFold(UInt8(codePoint)) }
    if Self.isUnified(codePoint) { return UInt8(truncatingIfNeeded: 0xE0 | codePoint >> 12) }
    let entry = entries[entryIndex(of: codePoint)]
    return entry.count == 0 ? 0 : pool[Int(entry.start)]
  }

  /// Appends the folded form of `text[range]`, which must be valid UTF-8.
  ///
  /// - Complexity: O(`range.count`).
  public mutating func fold(
    _ text: Span<UInt8>, _ range: Range<Int>, into target: inout [UInt8]
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      let first = index
      while index < range.upperBound, text[index] < 0x80 { index &+= 1 }
      if index > first {
        target.append(addingCapacity: index &- first) { output in
          for place in first..<index { output.append(Self.asciiFold(text[place])) }
        }
      }
      while index < range.upperBound, text[index] >= 0x80 {
        let (codePoint, count) = decodeUTF8(text, at: index)
        fold(codePoint, into: &target)
        index += count
      }
    }
  }

  /// Whether a code point is one of the 20,992 unified ideographs from U+4E00 on, which are letters
  /// without case and folded to themselves: asking ICU for them took 40 ms of a worker's time.
  @inlinable @inline(__always)
  static func isUnified(_ codePoint: UInt32) -> Bool { codePoint &- 0x4E00 < 0x5200 }

  @inlinable @inline(__always)
  mutating func entryIndex(of codePoint: UInt32) -> Int {
    let block = Int(codePoint >> 6)
    if blocks[block] < 0 { fill(block) }
    return Int(blocks[block]) + Int(codePoint & 63)
  }

  @usableFromInline @inline(never)
  mutating func fill(_ block: Int) {
    blocks[block] = Int32(entries.count)
    for low in 0..<64 {
      let codePoint = UInt32(block * 64 + low)
      var folded = [UInt8](repeating: 0, count: 96)
      var classes: UInt8 = 0
      let count: Int32
      if (0xD800...0xDFFF).contains(codePoint) {
        count = 0
      } else {
        // SAFETY: ICU writes at most the capacity given, which is the array's own count.
        count = unsafe folded.withUnsafeMutableBufferPointer { target in
          unsafe chatscrub_icu_fold(
            codePoint, target.baseAddress!, Int32(target.count), &classes)
        }
      }
      precondition(count >= 0, "ICU folds every code point within 96 bytes")
      entries.append(
        Entry(
          start: UInt32(pool.count), count: UInt8(count),
          classes: CharacterClass(rawValue: classes)))
      pool.append(contentsOf: folded[..<Int(count)])
    }
  }

  /// The folded form of an ASCII byte: lower case.
  @inlinable @inline(__always)
  public static func asciiFold(_ byte: UInt8) -> UInt8 {
    byte &- 65 < 26 ? byte | 0x20 : byte
  }

  @inlinable
  public static func asciiClass(_ byte: UInt8) -> CharacterClass {
    switch byte {
    case 65...90: CharacterClass(rawValue: 1 | 8)
    case 97...122: .letter
    case 48...57: .digit
    default: CharacterClass(rawValue: 0)
    }
  }
}

/// The code point that begins at `index` of valid UTF-8, and its length in bytes.
@inlinable @inline(__always)
public func decodeUTF8(_ text: Span<UInt8>, at index: Int) -> (codePoint: UInt32, count: Int) {
  let lead = text[index]
  if lead < 0x80 { return (UInt32(lead), 1) }
  if lead < 0xE0 {
    return (UInt32(lead & 0x1F) << 6 | UInt32(text[index + 1] & 0x3F), 2)
  }
  let second = UInt32(text[index + 1] & 0x3F)
  let third = UInt32(text[index + 2] & 0x3F)
  if lead < 0xF0 { return (UInt32(lead & 0x0F) << 12 | second << 6 | third, 3) }
  let fourth = UInt32(text[index + 3] & 0x3F)
  return (UInt32(lead & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
}

/// The start of the character before `index` in valid UTF-8; `index` must be above 0.
@inlinable
public func characterStart(_ text: Span<UInt8>, before index: Int) -> Int {
  var start = index - 1
  while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
  return start
}

/// The version of ICU whose tables are used, for the report.
package func icuVersion() -> String {
  // SAFETY: ICU returns a constant, terminated string.
  unsafe String(cString: chatscrub_icu_version())
}

extension FoldTable {
  /// The version of the folding tables: ICU's, and how often this file changed what they give.
  package static let version = "\(icuVersion())-1"
}
