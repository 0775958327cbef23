internal import Text

/// Words and phrases that are always found, compared through folding: case, accents and width count
/// for nothing. Frozen, part of the scanner.
package struct FoldedPhrases: Sendable {
  private struct Phrase: Sendable {
    var bytes: [UInt8]
    var entityType: String
    /// Whether a letter or digit may not stand beside its ends.
    var isWordAtStart: Bool
    var isWordAtEnd: Bool
  }

  private var phrases: [Phrase] = []
  /// By first folded byte.
  private var byFirst = [[Int]](repeating: [], count: 256)

  package init() {}

  package var isEmpty: Bool { phrases.isEmpty }
  /// The types of all phrases, in order of first use.
  package private(set) var entityTypes: [String] = []

  /// Adds a phrase; one of which folding leaves nothing is left out.
  package mutating func add(_ text: String, entityType: String) {
    var folding = FoldTable()
    let bytes = Array(text.utf8)
    var folded: [UInt8] = []
    folding.fold(bytes.span, bytes.indices, into: &folded)
    guard let first = folded.first, let start = text.unicodeScalars.first,
      let end = text.unicodeScalars.last
    else { return }
    if !entityTypes.contains(entityType) { entityTypes.append(entityType) }
    byFirst[Int(first)].append(phrases.count)
    phrases.append(
      Phrase(
        bytes: folded, entityType: entityType,
        isWordAtStart: Self.isWord(start.value, &folding),
        isWordAtEnd: Self.isWord(end.value, &folding)))
  }

  /// Letters and digits of scripts that put blanks between words.
  private static func isWord(_ codePoint: UInt32, _ folding: inout FoldTable) -> Bool {
    let classes = folding.classes(of: codePoint)
    return classes.meets(.wordPart) && !classes.meets(.eastAsian)
      && !(0x0E00...0x0EFF).contains(codePoint)
  }

  /// Appends every place where a phrase stands, not inside a longer word.
  ///
  /// - Parameter type: the index of each of `entityTypes` for findings.
  /// - Complexity: O(text × phrases that begin alike).
  func find(
    in text: Span<UInt8>, rule: Int, types: [Int], folding: inout FoldTable,
    into findings: inout [Finding]
  ) {
    // The folded text, and for each of its bytes the code point it comes from.
    var folded: [UInt8] = []
    var sources: [Int] = []
    var points: [(start: Int, isWord: Bool)] = []
    var index = 0
    while index < text.count {
      let start = index
      index += 1
      while index < text.count, text[index] & 0xC0 == 0x80 { index += 1 }
      folding.fold(text, start..<index, into: &folded)
      while sources.count < folded.count { sources.append(points.count) }
      points.append((start, Self.isWord(Self.codePoint(text, start..<index), &folding)))
    }
    points.append((text.count, false))
    for start in folded.indices where start == 0 || sources[start] != sources[start - 1] {
      for candidate in byFirst[Int(folded[start])] {
        let phrase = phrases[candidate]
        let end = start + phrase.bytes.count
        guard end <= folded.count, folded[start..<end].elementsEqual(phrase.bytes) else {
          continue
        }
        let (first, last) = (sources[start], sources[end - 1])
        if end < folded.count, sources[end] == last { continue }
        if phrase.isWordAtStart, first > 0, points[first - 1].isWord { continue }
        if phrase.isWordAtEnd, points[last + 1].isWord { continue }
        let type = entityTypes.firstIndex(of: phrase.entityType) ?? 0
        findings.append(
          Finding(
            range: points[first].start..<points[last + 1].start, entityType: types[type],
            rule: rule, score: 1))
      }
    }
  }

  private static func codePoint(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let lead = UInt32(text[range.lowerBound])
    var value = range.count == 1 ? lead : lead & (0x7F >> UInt32(range.count))
    for index in range.dropFirst() { value = value << 6 | UInt32(text[index] & 0x3F) }
    return value
  }
}
