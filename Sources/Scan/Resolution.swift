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
    guard count > 1 || contains(where: { ranks[$0.entityType] != .act }) else { return }
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

  /// Overlapping findings joined, in text order.
  private static func unions(_ findings: [Finding]) -> [Finding] {
    var result: [Finding] = []
    var strongest: Finding?
    for finding in findings.sorted(by: { $0.precedes($1) }) {
      if let last = result.last, finding.range.lowerBound < last.range.upperBound {
        let end = Swift.max(last.range.upperBound, finding.range.upperBound)
        if let current = strongest, finding.isStronger(than: current) { strongest = finding }
        var union = strongest!
        union.range = last.range.lowerBound..<end
        result[result.count - 1] = union
      } else {
        result.append(finding)
        strongest = finding
      }
    }
    return result
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
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
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
