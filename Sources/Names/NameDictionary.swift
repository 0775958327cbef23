internal import Text

/// What is known of words: compiled dictionaries and what a user adds to them. Frozen and shared.
package struct NameDictionary: Sendable {
  /// The slots of the first image, kept by `images`.
  private let slots: DictionarySlots?
  private let images: [DictionaryImage]
  private let added: WordTable?
  private let isOneImage: Bool
  /// Of the entries that are found in any case; `nil` when there are none.
  let listed: ListedFilter?

  /// - Parameters:
  ///   - images: compiled dictionaries.
  ///   - added: what is looked up besides.
  package init(images: [DictionaryImage] = [], added: WordTable? = nil) {
    slots = images.first?.slots
    self.images = images
    self.added = added
    isOneImage = images.count == 1 && added == nil
    let count = images.reduce(added?.listedCount ?? 0) { $0 + $1.listedCount }
    if count > 0 {
      var filter = ListedFilter(count: count)
      for image in images where image.listedCount > 0 { image.addListed(to: &filter) }
      added?.addListed(to: &filter)
      listed = filter
    } else {
      listed = nil
    }
  }

  /// Entries; those that stand in several parts count several times.
  package var count: Int {
    images.reduce(0) { $0 + $1.count } + (added?.count ?? 0)
  }

  /// What is known of a folded word or phrase, given its `ByteHash`.
  ///
  /// - Complexity: O(1) expected for each part.
  @inline(__always)
  package func entry(_ hash: UInt64) -> WordEntry {
    if isOneImage, let slots { return slots.entry(hash) }
    return entryOfAll(hash)
  }

  @inline(never)
  private func entryOfAll(_ hash: UInt64) -> WordEntry {
    var entry = WordEntry.unknown
    for image in images { entry.merge(image.entry(hash)) }
    if let added { entry.merge(added.entry(hash)) }
    return entry
  }

  /// Asks for the memory that `entry` will look at.
  @inline(__always)
  func prefetch(_ hash: UInt64) {
    if let slots { slots.prefetch(hash) } else { added?.prefetch(hash) }
  }
}
