internal import Text

/// One line of a dictionary file that could not be used.
package struct DictionaryIssue: Sendable, Equatable {
  package let line: Int
  package let reason: String

  package init(line: Int, reason: String) {
    self.line = line
    self.reason = reason
  }
}

/// Fills a dictionary from list files.
package struct DictionaryBuilder: ~Copyable {
  private var folding = FoldTable()
  private var pending: [(hash: UInt64, entry: WordEntry)] = []
  private var folded: [UInt8] = []
  /// Entries added, without what tells the scanner that longer ones begin; one that was added twice
  /// counts twice.
  package private(set) var entryCount = 0

  package init() {}

  /// Adds a list: `entry [TAB bucket]` per line, `#` comments; every entry gets the classes.
  ///
  /// - Parameters:
  ///   - bucket: that of entries that name none, 1…7.
  ///   - isForeign: of common words, whether they are none in English.
  /// - Complexity: O(`list.count`).
  package mutating func addList(
    _ list: Span<UInt8>, classes: WordClasses, bucket fallback: Int, isForeign: Bool = false
  ) {
    forEachLine(of: list) { builder, line, _ in
      let columns = Self.columns(list, line)
      var bucket = fallback
      if columns.count > 1, let first = columns[1].first { bucket = Int(list[first] &- 48) }
      builder.add(
        list, columns[0], classes: classes, bucket: max(1, min(7, bucket)), isForeign: isForeign)
    }
  }

  /// Adds a user's list: `entry [TAB type[,type] [TAB count [TAB language]]]`; an entry without a
  /// type is a person. Its persons, places and organisations are found however they are written.
  ///
  /// - Parameters:
  ///   - list: any bytes; a line that is no UTF-8 cannot be used.
  ///   - classes: what entries without a type are.
  /// - Returns: the lines that could not be used; the others are in.
  package mutating func addUserList(
    _ list: Span<UInt8>, classes fallback: WordClasses = .person
  ) -> [DictionaryIssue] {
    var issues: [DictionaryIssue] = []
    forEachLine(of: list) { builder, line, number in
      guard firstInvalidUTF8(in: list.extracting(line)) == nil else {
        issues.append(DictionaryIssue(line: number, reason: "no UTF-8"))
        return
      }
      let columns = Self.columns(list, line)
      var classes = fallback
      if columns.count > 1, !columns[1].isEmpty {
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
      if classes.meets(.listable) { classes.formUnion(.listed) }
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

  /// Adds classes and how common it is (1…7) to one word or phrase.
  package mutating func add(_ phrase: Span<UInt8>, classes: WordClasses, bucket: Int) {
    add(phrase, 0..<phrase.count, classes: classes, bucket: bucket)
  }

  private mutating func add(
    _ source: Span<UInt8>, _ range: Range<Int>, classes: WordClasses, bucket: Int,
    isForeign: Bool = false
  ) {
    folded.removeAll(keepingCapacity: true)
    folding.fold(source, range, into: &folded)
    guard !folded.isEmpty else { return }
    entryCount += 1
    let entry = WordEntry(classes: classes, bucket: bucket, isForeign: isForeign)
    pending.append((ByteHash.of(folded), entry))
    addHeads()
    if classes.contains(.listed) { addListed(classes, bucket) }
    // The first word of a phrase tells the scanner that a longer look-up may pay.
    if classes.meets(.phrases),
      let space = folded.firstIndex(of: UInt8(ascii: " "))
    {
      let head = Array(folded[..<space])
      pending.append((ByteHash.of(head), WordEntry(classes: .phraseHead, bucket: 0)))
    }
  }

  /// Marks the first two, four and eight characters of a longer entry in a script without blanks,
  /// so that a text is asked for long entries only where there are such.
  private mutating func addHeads() {
    guard let first = folded.first, first >= 0xE0, first < 0xEA else { return }
    var hash = ByteHash()
    var characters = 0
    for (index, byte) in folded.enumerated() {
      // Thai "ำ", one character of a text, is folded to two.
      let isSecond =
        index > 2 && byte == 0xE0 && folded[index...].starts(with: [0xE0, 0xB8, 0xB2])
        && folded[..<index].suffix(3).elementsEqual([0xE0, 0xB9, 0x8D])
      if byte & 0xC0 != 0x80, !isSecond {
        if index > 0, characters == 2 || characters == 4 || characters == 8 {
          pending.append((hash.finalize(), WordEntry(classes: .phraseHead, bucket: 0)))
        }
        characters += 1
      }
      hash.combine(byte)
    }
  }

  /// Adds what the search for a user's entries in any case needs: the first word of a longer entry,
  /// and the entry without the marks at its end, as "Inc." has one.
  private mutating func addListed(_ classes: WordClasses, _ bucket: Int) {
    let entry = folded
    var head = 0..<0
    var second = 0
    var last = 0
    var index = 0
    while index < entry.count {
      let end = NameScanner.wordEnd(entry.span, index, entry.count, &folding)
      if end > index {
        if last == 0, index == 0 { head = index..<end }
        if last > 0, second == 0 { second = end }
        last = end
        index = end
      } else {
        index += decodeUTF8(entry.span, at: index).count
      }
    }
    guard last > 0 else { return }
    if last < entry.count {
      let whole = ByteHash.of(Array(entry[..<last]))
      pending.append((whole, WordEntry(classes: classes, bucket: bucket)))
    }
    if !head.isEmpty, head.upperBound < last {
      let first = ByteHash.of(Array(entry[head]))
      pending.append((first, WordEntry(classes: .listedHead, bucket: 0)))
      let two = ByteHash.of(Array(entry[..<second]))
      if second < last { pending.append((two, WordEntry(classes: .listedHead, bucket: 0))) }
    }
  }

  /// A dictionary of everything added, in memory.
  package consuming func build() -> NameDictionary { NameDictionary(added: table()) }

  /// Everything added, as a table.
  ///
  /// - Complexity: O(n log n).
  package consuming func table() -> WordTable {
    // Many words are in several lists.
    var hashes = pending.map(\.0)
    hashes.sort()
    var distinct = 0
    for (index, hash) in hashes.enumerated() where index == 0 || hashes[index - 1] != hash {
      distinct += 1
    }
    var table = WordTable(capacity: distinct)
    for (hash, entry) in pending { table.insert(hash, entry) }
    return table
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
