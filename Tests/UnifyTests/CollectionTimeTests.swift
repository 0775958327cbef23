import Testing

@testable import Unify

@Suite struct CollectionTimeTests {
  @Test(arguments: [
    ("2025-09-08T10:11:12.345Z", "2025-09-08 10:11:12.345000000Z"),
    ("2023-10-02 16:48:51.829000000Z", "2023-10-02 16:48:51.829000000Z"),
    ("2023-04-09T00:02:53+00:00", "2023-04-09 00:02:53.000000000Z"),
    ("2023-04-09 05:32:53 UTC", "2023-04-09 05:32:53.000000000Z"),
    ("2024-02-29T23:30:00-01:45", "2024-03-01 01:15:00.000000000Z"),
    ("2024-01-01T01:00:00.1234567891+0200", "2023-12-31 23:00:00.123456789Z"),
    ("2024-01-01T01:00+02", "2023-12-31 23:00:00.000000000Z"),
    ("2024-05-02", "2024-05-02 00:00:00.000000000Z"),
    // What is left when the time of day was taken away keeps its date.
    ("2024-05-02T00:00:00.000+05:30", "2024-05-02 00:00:00.000000000Z"),
    ("1700000000", "2023-11-14 22:13:20.000000000Z"),
    ("1713914099.33", "2024-04-23 23:14:59.330000000Z"),
    ("1700000000123", "2023-11-14 22:13:20.123000000Z"),
    ("1700000000123456", "2023-11-14 22:13:20.123456000Z"),
    ("1700000000123456789", "2023-11-14 22:13:20.123456789Z"),
    ("1969-12-31T23:59:59.5Z", "1969-12-31 23:59:59.500000000Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01 00:00:00.000000000Z"),
    ("9999-12-31T23:59:59Z", "9999-12-31 23:59:59.000000000Z"),
  ])
  func timesAreWrittenInTheCollectionsForm(_ written: String, _ wanted: String) {
    let text = CollectionTime(Array(written.utf8))?.text
    #expect(text.map { String(decoding: $0, as: UTF8.self) } == wanted)
  }

  @Test(arguments: [
    "", "yesterday", "2023-02-29", "2023-13-01", "2023-00-10", "2023-01-00", "2023-01-01T24:00:00Z",
    "2023-01-01T10:60:00Z", "2023-01-01T10:00:60Z", "2023-01-01T10:00:00X", "2023-01-01T10:00:00.Z",
    "2023-01-01T10:00:00Z ", "12345678", "17000000001234567890", "1700000000.", "1.7e9",
    "-170000000",
    "2023/01/01", "20230101T100000Z",
  ])
  func whatIsNoTimeIsNotGuessedAt(_ written: String) {
    #expect(CollectionTime(Array(written.utf8)) == nil)
  }

  @Test func everyDayHasItsDate() {
    var expected = (year: Int64(1600), month: Int64(1), day: Int64(1))
    let lengths: [Int64] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    // 800 years: the calendar repeats after 400.
    for day in CollectionTime.days(1600, 1, 1)...CollectionTime.days(2399, 12, 31) {
      guard CollectionTime.civil(day) == expected,
        CollectionTime.days(expected.year, expected.month, expected.day) == day
      else {
        Issue.record("day \(day) is not \(expected)")
        return
      }
      let isLeap = expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0)
      let length = lengths[Int(expected.month) - 1] + (expected.month == 2 && isLeap ? 1 : 0)
      expected.day += 1
      if expected.day > length { expected = (expected.year, expected.month + 1, 1) }
      if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
    }
    #expect(expected == (2400, 1, 1))
  }

  @Test func ordersFollowTime() {
    let times = [
      "0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z", "1970-01-01T00:00:00Z",
      "2024-01-01T00:00:00.000000001Z", "2024-01-01T00:00:00.000000002Z", "9999-12-31T00:00:00Z",
    ].map { CollectionTime(Array($0.utf8))!.order }
    #expect(times == times.sorted() && Set(times).count == times.count)
  }

  @Test func ofATimeTheDayCanBeLeft() throws {
    let time = try #require(CollectionTime(Array("2026-08-01T10:00:02.5Z".utf8)))
    func text(_ detail: CollectionPlan.TimeDetail) -> String? {
      time.reduced(to: detail).text.map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(text(.all) == "2026-08-01 10:00:02.500000000Z")
    #expect(text(.day) == "2026-08-01 00:00:00.000000000Z")
    let early = try #require(CollectionTime(Array("1969-12-31T23:59:59Z".utf8)))
    #expect(early.reduced(to: .day).seconds == -86_400)
  }
}
