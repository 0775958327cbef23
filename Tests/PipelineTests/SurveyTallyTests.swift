import Pipeline
import Testing

@Suite struct SurveyTallyTests {
  /// A batch in which users speak of names: key and user of each.
  private func batch(_ sightings: [(key: UInt64, user: UInt64)], min: Int = 2) -> SurveyTally {
    var tally = SurveyTally()
    tally.usersMin = min
    tally.records = sightings.count
    tally.sightings = sightings.map {
      SurveyTally.Sighting(key: $0.key, user: $0.user, type: "PERSON", name: "Name \($0.key)")
    }
    return tally
  }

  private func shown(_ tally: SurveyTally) -> [String] {
    tally.names.map { "\($0.name) \($0.type) \($0.users) \($0.conversations)" }
  }

  @Test func usersAreCountedOnceAndConversationsAlways() {
    var total = SurveyTally()
    total.merge(batch([(1, 10), (1, 10), (2, 10), (3, 11)]))
    #expect(shown(total) == [])
    total.merge(batch([(1, 11), (2, 10), (3, 12), (3, 13), (4, 14)]))
    #expect(shown(total) == ["Name 3 PERSON 3 3", "Name 1 PERSON 2 3"])
    #expect(total.records == 9 && total.distinct == 4 && total.forgotten == 0)
  }

  @Test func usersAreCountedUpToALimit() {
    var total = SurveyTally()
    for user in 0..<400 { total.merge(batch([(1, UInt64(user))], min: 256)) }
    #expect(shown(total) == ["Name 1 PERSON 256 400"])
  }

  @Test func namesOfFewUsersMakeRoom() {
    var total = SurveyTally()
    total.namesMax = 100
    // One name of three users, then many of one.
    total.merge(batch([(7, 1), (7, 2), (7, 3)]))
    total.merge(batch((1000..<1500).map { (UInt64($0), 9) }))
    #expect(total.distinct <= 100 && total.forgotten >= 400)
    #expect(shown(total) == ["Name 7 PERSON 3 3"])
    // However the batches are cut, the same are left.
    var other = SurveyTally()
    other.namesMax = 100
    other.merge(batch([(7, 1)]))
    other.merge(batch([(7, 2), (7, 3)] + (1000..<1200).map { (UInt64($0), 9) }))
    other.merge(batch((1200..<1500).map { (UInt64($0), 9) }))
    #expect(shown(other) == shown(total) && other.forgotten == total.forgotten)
  }
}
