/// What becomes of each row when all are known.
package enum RowVerdict: UInt8, Sendable {
  case kept
  /// A newer revision of the conversation is kept.
  case superseded
  /// A row with the same id and the same turns is kept.
  case repeated
  /// Rows with this id name different users: nobody knows whose it is.
  case conflict
}

/// Decides which revision of each conversation stays.
package struct Revisions: Sendable {
  /// By the row's place in the order of the inputs.
  package let verdicts: [RowVerdict]
  /// Rows that are kept although an earlier one has the same source and turns under another id.
  package let sameContent: Int

  /// - Complexity: O(*n* log *n*), with 9 bytes for each row beside the entries.
  package init(_ entries: [UnifyTally.Entry]) {
    var verdicts = [RowVerdict](repeating: .kept, count: entries.count)
    var places = Array(0..<UInt32(entries.count))
    places.sort { left, right in
      let (first, second) = (entries[Int(left)], entries[Int(right)])
      return (first.key, first.order, left) < (second.key, second.order, right)
    }
    Self.forEachGroup(of: places, by: { entries[Int($0)].key }) { group in
      guard group.count > 1, let newest = group.last else { return }
      let users = Set(group.map { entries[Int($0)].user }).subtracting([0])
      for place in group {
        if users.count > 1 {
          verdicts[Int(place)] = .conflict
        } else if place != newest {
          let isSame = entries[Int(place)].content == entries[Int(newest)].content
          verdicts[Int(place)] = isSame ? .repeated : .superseded
        }
      }
    }
    var kept = places.filter { verdicts[Int($0)] == .kept }
    kept.sort { entries[Int($0)].content < entries[Int($1)].content }
    var sameContent = 0
    Self.forEachGroup(of: kept, by: { entries[Int($0)].content }) { sameContent += $0.count - 1 }
    self.verdicts = verdicts
    self.sameContent = sameContent
  }

  /// Runs of places with the same hash.
  private static func forEachGroup(
    of places: [UInt32], by hash: (UInt32) -> Hash128, _ body: (ArraySlice<UInt32>) -> Void
  ) {
    var start = 0
    while start < places.count {
      var end = start + 1
      while end < places.count, hash(places[end]) == hash(places[start]) { end += 1 }
      body(places[start..<end])
      start = end
    }
  }
}
