internal import Text

/// What is known of words: compiled dictionaries and what a user adds to them. Frozen and shared.
package struct NameDictionary: Sendable {
  private let image: DictionaryImage?
  private let others: [DictionaryImage]
  private let added: WordTable?

  /// - Parameters:
  ///   - images: compiled dictionaries.
  ///   - added: what is looked up besides.
  package init(images: [DictionaryImage] = [], added: WordTable? = nil) {
    image = images.first
    others = Array(images.dropFirst())
    self.added = added
  }

  /// Entries; those that stand in several parts count several times.
  package var count: Int {
    (image?.count ?? 0) + others.reduce(0) { $0 + $1.count } + (added?.count ?? 0)
  }

  /// What is known of a folded word or phrase, given its `ByteHash`.
  ///
  /// - Complexity: O(1) expected for each part.
  @inline(__always)
  package func entry(_ hash: UInt64) -> WordEntry {
    guard let image else { return added?.entry(hash) ?? .unknown }
    if added == nil, others.isEmpty { return image.entry(hash) }
    return entryOfAll(hash, image.entry(hash))
  }

  @inline(never)
  private func entryOfAll(_ hash: UInt64, _ first: WordEntry) -> WordEntry {
    var entry = first
    for other in others { entry.merge(other.entry(hash)) }
    if let added { entry.merge(added.entry(hash)) }
    return entry
  }

  /// Asks for the memory that `entry` will look at.
  @inline(__always)
  func prefetch(_ hash: UInt64) {
    if let image { image.prefetch(hash) } else { added?.prefetch(hash) }
  }
}
