internal import Text

/// Which mentions of a conversation are one person: "Sarah Connor", "Sarah", "CONNOR" and "Sarah's"
/// share an entity.
///
/// Mentions are given in order of appearance, so that numbers follow it. Scratch of one worker,
/// emptied for each record.
package struct PersonEntities {
  /// The words of each entity, in order of first appearance.
  private var entities: [[UInt64]] = []
  /// The entities a word belongs to, in order of first appearance, at most `sharingMax`.
  private var byWord: [UInt64: [Int]] = [:]

  /// How many people of one record may share a word and be told apart by it; keeps a list of
  /// thousands of people of one surname linear.
  private static let sharingMax = 64

  package init() {}

  package mutating func removeAll() {
    guard !entities.isEmpty else { return }
    entities.removeAll(keepingCapacity: true)
    byWord.removeAll(keepingCapacity: true)
  }

  /// The entity of a mention, a new one when no known person fits.
  ///
  /// A mention belongs to the first person of whose words it is a part, or who is known only by
  /// words of it.
  /// - Parameter words: the folded hashes of the mention's words, without titles and particles;
  ///   not empty.
  /// - Complexity: O(words × people who share one of them, at most 64).
  package mutating func entity(for words: ArraySlice<UInt64>) -> Int {
    var found = Int.max
    for word in words {
      guard let candidates = byWord[word] else { continue }
      for candidate in candidates {
        if candidate >= found { break }
        if isSamePerson(words, entities[candidate]) { found = candidate }
      }
    }
    if found == Int.max {
      found = entities.count
      entities.append([])
    }
    for word in words where !entities[found].contains(word) {
      entities[found].append(word)
      if byWord[word, default: []].count < Self.sharingMax {
        byWord[word, default: []].append(found)
      }
    }
    return found
  }

  private func isSamePerson(_ mention: ArraySlice<UInt64>, _ known: [UInt64]) -> Bool {
    mention.allSatisfy { known.contains($0) } || known.allSatisfy { mention.contains($0) }
  }
}

extension NameScanner {
  /// Appends the folded hashes of the words of a mention that tell people apart: no titles,
  /// particles or, when there is more, initials. At least one.
  package func appendIdentifyingWords(
    _ text: Span<UInt8>, _ range: Range<Int>, using scratch: inout NameScratch,
    to words: inout [UInt64]
  ) {
    let first = words.count
    var start = range.lowerBound
    for index in range.lowerBound...range.upperBound {
      guard index == range.upperBound || !Self.isWordByte(text[index]) else { continue }
      if index - start > 1 {
        if let given = givenStart(text, start..<index, using: &scratch) {
          words.append(scratch.hash(text, start..<given))
          start = given
        }
        let hash = scratch.hash(text, start..<index)
        if !dictionary.entry(hash).classes.meets(.titleOrParticle) { words.append(hash) }
      }
      start = index + 1
    }
    if words.count > first { return }
    // Nothing but titles, particles and initials: all of them, or what there is.
    start = range.lowerBound
    for index in range.lowerBound...range.upperBound {
      guard index == range.upperBound || !Self.isWordByte(text[index]) else { continue }
      if index > start { words.append(scratch.hash(text, start..<index)) }
      start = index + 1
    }
    if words.count == first { words.append(scratch.hash(text, range)) }
  }
}
