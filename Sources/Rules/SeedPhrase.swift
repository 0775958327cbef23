internal import Crypto

/// Words a wallet's keys are made from (BIP-39): 12 to 24 words of one list, the last bits of which
/// are a checksum.
struct SeedPhrase: Sendable {
  /// For each language its words in the order of their bytes, a line each: `word index`.
  private let lists: [[UInt8]]

  /// - Parameter words: `ValidatorTables.seedWords`.
  init(words: [String: String]) {
    lists = words.keys.sorted().map { Array((words[$0] ?? "").utf8) }
  }

  /// Whether a text is a phrase, its words apart by anything but letters.
  ///
  /// - Complexity: O(words × languages × log of the list).
  func isValid(_ value: [UInt8]) -> Bool {
    let words = Self.words(of: value)
    guard (12...24).contains(words.count), words.count % 3 == 0 else { return false }
    return lists.contains { list in
      var bits: [Bool] = []
      for word in words {
        guard let index = Self.index(of: word, in: list) else { return false }
        for bit in (0..<11).reversed() { bits.append(index >> bit & 1 == 1) }
      }
      return Self.hasChecksum(bits)
    }
  }

  /// Letters are what is neither ASCII but a–z nor an ideographic blank (U+3000); capitals are read
  /// as small ones.
  private static func words(of value: [UInt8]) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    var index = 0
    while index < value.count {
      let byte = Checksums.asciiLower(value[index])
      if value[index...].starts(with: [0xE3, 0x80, 0x80]) {
        index += 2
      } else if byte >= 0x80 || byte &- 97 < 26 {
        word.append(byte)
        index += 1
        continue
      }
      index += 1
      if !word.isEmpty { words.append(word) }
      word = []
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// The place of a word in its list, by binary search over the lines.
  private static func index(of word: [UInt8], in list: [UInt8]) -> Int? {
    var low = 0
    var high = list.count
    while low < high {
      var start = (low + high) / 2
      while start > low, list[start - 1] != UInt8(ascii: "\n") { start -= 1 }
      guard let blank = list[start...].firstIndex(of: UInt8(ascii: " ")) else { return nil }
      let end = list[blank...].firstIndex(of: UInt8(ascii: "\n")) ?? list.count
      let found = list[start..<blank]
      if found.elementsEqual(word) {
        return Int(String(decoding: list[(blank + 1)..<end], as: UTF8.self))
      }
      if found.lexicographicallyPrecedes(word) {
        low = min(end + 1, list.count)
      } else {
        high = start
      }
    }
    return nil
  }

  /// BIP-39: behind the entropy stands the beginning of its SHA-256, a bit for each 32.
  private static func hasChecksum(_ bits: [Bool]) -> Bool {
    let count = bits.count * 32 / 33
    var entropy: [UInt8] = []
    for start in stride(from: 0, to: count, by: 8) {
      entropy.append(bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
    }
    let hash = Array(SHA256.hash(data: entropy))
    return bits[count...].enumerated().allSatisfy { index, bit in
      (hash[index / 8] >> UInt8(7 - index % 8) & 1 == 1) == bit
    }
  }
}
