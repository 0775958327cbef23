internal import Text

extension [Finding] {
  /// Leaves disjoint findings in text order.
  ///
  /// 1. Findings of rank `act` that overlap become one, over their union: every byte found stays
  ///   found. The strongest names the union: the highest score, then the longest, then the first,
  ///   then the lowest rule number.
  /// 2. What a `protected` finding covers is taken out of the others; a rest without a letter or
  ///   digit is dropped.
  /// 3. A finding of rank `keep` that overlaps any of those gives way; kept ones that overlap
  ///   become one.
  ///
  /// The result does not depend on the order of the findings, and resolving again changes nothing.
  ///
  /// - Parameters:
  ///   - ranks: one for each entity type.
  ///   - hasSubstance: whether a range of the text holds a letter or a digit.
  /// - Complexity: O(n log n).
  package mutating func resolve(ranks: [Rank], hasSubstance: (Range<Int>) -> Bool) {
    if isResolved { return }
    sort { $0.precedes($1) }
    if isResolved { return }
    let protected = Self.unions(filter { ranks[$0.entityType] == .protected })
    let acted = Self.unions(filter { ranks[$0.entityType] == .act })
    var settled = protected
    for finding in acted {
      let rests = Self.subtract(protected, from: finding.range)
      for rest in rests where rests.count == 1 && rest == finding.range || hasSubstance(rest) {
        var part = finding
        part.range = rest
        settled.append(part)
      }
    }
    settled.sort { $0.range.lowerBound < $1.range.lowerBound }
    var kept = filter { ranks[$0.entityType] == .keep }
    kept.removeAll { Self.overlaps(settled, $0.range) }
    settled.append(contentsOf: Self.unions(kept))
    settled.sort { $0.range.lowerBound < $1.range.lowerBound }
    self = settled
  }

  /// Whether the findings are disjoint and in text order: then nothing is to be settled.
  private var isResolved: Bool {
    for index in indices.dropFirst()
    where self[index].range.lowerBound < self[index - 1].range.upperBound {
      return false
    }
    return true
  }

  /// Overlapping findings joined, in text order; each knows the other types it may be.
  private static func unions(_ findings: [Finding]) -> [Finding] {
    let sorted = findings.sorted { $0.precedes($1) }
    var result: [Finding] = []
    var first = 0
    while first < sorted.count {
      var end = sorted[first].range.upperBound
      var next = first + 1
      while next < sorted.count, sorted[next].range.lowerBound < end {
        end = Swift.max(end, sorted[next].range.upperBound)
        next += 1
      }
      result.append(joined(sorted[first..<next], upTo: end))
      first = next
    }
    return result
  }

  /// Findings that overlap, as one that ends at `end`.
  private static func joined(_ group: ArraySlice<Finding>, upTo end: Int) -> Finding {
    guard group.count > 1 else { return group[group.startIndex] }
    let ranked = group.sorted { $0.isStronger(than: $1) }
    var union = ranked[0]
    union.range = group[group.startIndex].range.lowerBound..<end
    var types: [Int16] = []
    for finding in ranked where finding.range.count * 2 >= union.range.count {
      // What is only a small part of the whole is no other name for it.
      types.append(Int16(clamping: finding.entityType))
      for index in 0..<finding.others.scalarCount where finding.others[index] >= 0 {
        types.append(finding.others[index])
      }
    }
    union.others = SIMD4(repeating: -1)
    var count = 0
    for (index, type) in types.enumerated()
    where Int(type) != union.entityType && !types[..<index].contains(type) && count < 4 {
      union.others[count] = type
      count += 1
    }
    return union
  }

  /// What is left of a range without the disjoint, sorted `holes`. O(log n + holes in the range).
  private static func subtract(_ holes: [Finding], from range: Range<Int>) -> [Range<Int>] {
    var rests: [Range<Int>] = []
    var start = range.lowerBound
    for hole in holes[firstIndex(in: holes, endingAfter: start)...] {
      if hole.range.lowerBound >= range.upperBound { break }
      if hole.range.lowerBound > start { rests.append(start..<hole.range.lowerBound) }
      start = Swift.max(start, hole.range.upperBound)
    }
    if start < range.upperBound { rests.append(start..<range.upperBound) }
    return rests
  }

  /// The first of the disjoint, sorted findings that ends after an offset.
  private static func firstIndex(in sorted: [Finding], endingAfter offset: Int) -> Int {
    sorted.partitioningIndex { $0.range.upperBound > offset }
  }

  /// Whether any of the disjoint, sorted findings overlaps the range. O(log n).
  private static func overlaps(_ sorted: [Finding], _ range: Range<Int>) -> Bool {
    let low = firstIndex(in: sorted, endingAfter: range.lowerBound)
    return low < sorted.count && sorted[low].range.overlaps(range)
  }
}

extension Finding {
  fileprivate func precedes(_ other: Finding) -> Bool {
    (range.lowerBound, -range.upperBound, rule, -score)
      < (other.range.lowerBound, -other.range.upperBound, other.rule, -other.score)
  }

  /// Which of two overlapping findings names what both cover.
  fileprivate func isStronger(than other: Finding) -> Bool {
    (-score, -range.count, range.lowerBound, rule)
      < (-other.score, -other.range.count, other.range.lowerBound, other.rule)
  }
}
