import TestSupport
import Testing

@testable import Unify

@Suite struct RevisionsTests {
  private func entry(
    _ key: Int, order: Int64, user: UInt64 = 0, content: Int = 0
  ) -> UnifyTally.Entry {
    UnifyTally.Entry(
      key: Hash128(high: UInt64(key), low: 1), content: Hash128(high: 0, low: UInt64(content)),
      user: user, order: order, length: 1)
  }

  @Test func theNewestRevisionStays() {
    let revisions = Revisions([
      entry(1, order: 5, content: 1), entry(2, order: .min, content: 2),
      entry(1, order: 9, content: 3), entry(1, order: 7, content: 3),
    ])
    #expect(revisions.verdicts == [.superseded, .kept, .kept, .repeated])
  }

  @Test func ofEqualTimesTheLastOneStays() {
    let revisions = Revisions([
      entry(1, order: .min, content: 1), entry(1, order: .min, content: 2),
      entry(1, order: .min, content: 2),
    ])
    #expect(revisions.verdicts == [.superseded, .repeated, .kept])
  }

  @Test func twoUsersOfOneConversationAreAConflict() {
    let revisions = Revisions([
      entry(1, order: 1, user: 7), entry(1, order: 2), entry(1, order: 3, user: 8),
      entry(2, order: 1, user: 7), entry(2, order: 2), entry(2, order: 3, user: 7),
    ])
    #expect(
      revisions.verdicts == [.conflict, .conflict, .conflict, .repeated, .repeated, .kept])
  }

  @Test func equalTurnsUnderOtherIdsAreCounted() {
    let revisions = Revisions([
      entry(1, order: 0, content: 5), entry(2, order: 0, content: 5),
      entry(3, order: 0, content: 6),
      entry(4, order: 0, content: 5),
    ])
    #expect(revisions.sameContent == 2)
    #expect(revisions.verdicts.allSatisfy { $0 == .kept })
  }

  /// Against the definition, spelled out.
  @Test func verdictsFollowTheDefinition() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<200 {
      let entries = (0..<random.below(40)).map { _ in
        entry(
          random.below(8), order: Int64(random.below(4)), user: UInt64(random.below(3)),
          content: random.below(5))
      }
      let verdicts = Revisions(entries).verdicts
      for (place, entry) in entries.enumerated() {
        let group = entries.indices.filter { entries[$0].key == entry.key }
        let users = Set(group.map { entries[$0].user }).subtracting([0])
        let newest = group.max { (entries[$0].order, $0) < (entries[$1].order, $1) }!
        let expected: RowVerdict =
          users.count > 1
          ? .conflict
          : place == newest
            ? .kept : entry.content == entries[newest].content ? .repeated : .superseded
        #expect(verdicts[place] == expected)
      }
    }
  }
}
