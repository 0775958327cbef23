/// Something found in a text. Place in the flow: made by `Scanner`, made disjoint by `resolve`,
/// acted on by Redact.
package struct Finding: Sendable, Equatable {
  /// Bytes of the decoded text.
  package var range: Range<Int>
  /// Index into the scanner's `entityTypes`.
  package var entityType: Int
  /// Index into the scanner's `ruleIDs`.
  package var rule: Int
  /// 0…1.
  package var score: Float
  /// Other types the same bytes may be, the likeliest first, as indices into `entityTypes`; -1
  /// where there is none.
  package var others = SIMD4<Int16>(repeating: -1)

  package init(range: Range<Int>, entityType: Int, rule: Int, score: Float) {
    self.range = range
    self.entityType = entityType
    self.rule = rule
    self.score = score
  }
}

/// How a type takes part in the resolution of overlaps.
package enum Rank: UInt8, Sendable, Comparable {
  /// A placeholder that was there before: nothing is found inside it.
  case protected
  /// The policy acts on it.
  case act
  /// The policy keeps it: it gives way to everything that is acted on.
  case keep

  package static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
}
