/// Which mentions of a conversation are one person: "Sarah Connor", "Sarah", "CONNOR" and "Sarah's"
/// share an entity.
///
/// Mentions are given in order of appearance, so that numbers follow it. Scratch of one worker,
/// emptied for each record.
package struct PersonEntities {
  private var entities: [Set<UInt64>] = []
  /// The entities a word belongs to, in order of first appearance.
  private var byWord: [UInt64: [Int]] = [:]

  package init() {}

  package mutating func removeAll() {
    entities.removeAll(keepingCapacity: true)
    byWord.removeAll(keepingCapacity: true)
  }

  /// The entity of a mention, a new one when no known person fits.
  ///
  /// A mention belongs to the first person of whose words it is a part, or who is known only by
  /// words of it.
  /// - Parameter words: the folded hashes of the mention's words, without titles and particles;
  ///   not empty.
  /// - Complexity: O(words × people who share one of them).
  package mutating func entity(for words: [UInt64]) -> Int {
    let mention = Set(words)
    var candidates: [Int] = []
    for word in words { candidates += byWord[word] ?? [] }
    for candidate in candidates.sorted() {
      let known = entities[candidate]
      if mention.isSubset(of: known) { return candidate }
      if known.isSubset(of: mention) {
        add(mention.subtracting(known), to: candidate)
        return candidate
      }
    }
    entities.append([])
    add(mention, to: entities.count - 1)
    return entities.count - 1
  }

  private mutating func add(_ words: Set<UInt64>, to entity: Int) {
    entities[entity].formUnion(words)
    for word in words { byWord[word, default: []].append(entity) }
  }
}

extension NameScanner {
  /// The folded hashes of the words of a mention that tell people apart: no titles, particles or,
  /// when there is more, initials.
  package func identifyingWords(
    _ text: Span<UInt8>, _ range: Range<Int>, using scratch: inout NameScratch
  ) -> [UInt64] {
    var words: [UInt64] = []
    var all: [UInt64] = []
    var start = range.lowerBound
    func finish(_ end: Int, _ scratch: inout NameScratch) {
      guard end > start else { return }
      let hash = scratch.hash(text, start..<end)
      all.append(hash)
      let classes = dictionary.entry(hash).classes
      if end - start > 1, !classes.meets(.titleOrParticle) { words.append(hash) }
    }
    for index in range where !Self.isWordByte(text[index]) {
      finish(index, &scratch)
      start = index + 1
    }
    finish(range.upperBound, &scratch)
    if !words.isEmpty { return words }
    return all.isEmpty ? [scratch.hash(text, range)] : all
  }
}
