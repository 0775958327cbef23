extension RandomAccessCollection {
  /// The index of the first element for which a condition holds, `endIndex` when it holds for none;
  /// behind an element for which it holds it holds for all. The name is that of Swift Algorithms.
  ///
  /// - Complexity: O(log n).
  @inlinable @inline(__always)
  public func partitioningIndex(where holds: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if holds(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
