import Records
import Redact
import TestSupport
import Testing

@Suite struct FieldActionsTests {
  /// What an action makes of a JSON value; it must make nothing else of what it made.
  private func apply(
    _ action: FieldAction, _ value: String, keys: Keyring? = nil
  ) throws -> String {
    var bench = try Bench(
      rules: [badgeRule], names: false,
      fields: [FieldDefinition(path: "v", use: .identifier(action))], keys: keys)
    let once = try bench.scrub("{\"v\":\(value)}")
    let twice = try bench.scrub(once)
    #expect(twice == once, "\(action) of \(value)")
    #expect(bench.changedFields == [])
    return String(once.dropFirst(5).dropLast())
  }

  private func expect(_ action: FieldAction, _ table: [(String, String)]) throws {
    for (value, result) in table {
      #expect(try apply(action, value) == result, "\(action) of \(value)")
    }
  }

  @Test func keepAndScrubLeaveOrLook() throws {
    try expect(.keep, [(#""BDG-1024""#, #""BDG-1024""#), ("7", "7"), ("{\"a\": 1}", "{\"a\": 1}")])
    try expect(
      .scrub,
      [
        (#""my BDG-1024""#, #""my [BADGE_1]""#), ("7", "7"), ("null", "null"),
        (#"{"a":"BDG-1024"}"#, #"{"a":"[BADGE_1]"}"#),
      ])
  }

  @Test func emptyAndNullLeaveNothing() throws {
    try expect(
      .empty,
      [
        (#""x""#, "\"\""), ("\"\"", "\"\""), ("7", "null"), ("true", "null"), ("null", "null"),
        ("[1, \"x\"]", "null"), ("{}", "null"),
      ])
    try expect(
      .null, [(#""x""#, "null"), ("\"\"", "null"), ("7", "null"), ("null", "null"), ("[]", "null")])
  }

  @Test func hashMakesPseudonymsWithAKey() throws {
    let keys = Bench.keys
    func pseudonym(_ value: String) -> String {
      "\"" + String(decoding: keys.pseudonym(of: Array(value.utf8), name: "v"), as: UTF8.self)
        + "\""
    }
    #expect(try apply(.hash, #""kestrel""#, keys: keys) == pseudonym("kestrel"))
    #expect(try apply(.hash, #""kestr\u0065l""#, keys: keys) == pseudonym("kestrel"))
    #expect(try apply(.hash, "4711", keys: keys) == pseudonym("4711"))
    #expect(try apply(.hash, "\"\"", keys: keys) == "\"\"")
    #expect(try apply(.hash, "null", keys: keys) == "null")
  }

  @Test func hashNumbersWithoutAKey() throws {
    try expect(
      .hash,
      [
        (#""kestrel""#, #""[ID_1]""#), (#""[ID_7]""#, #""[ID_7]""#), ("4711", "null"),
        ("null", "null"),
      ])
  }

  @Test func aURLBecomesItsOrigin() throws {
    try expect(
      .origin,
      [
        (#""https://chat.example/c/123?x=1#y""#, #""https://chat.example""#),
        (#""https://user:pass@chat.example:8443/c""#, #""https://chat.example:8443""#),
        (#""https://chat.example""#, #""https://chat.example""#),
        (#""https:\/\/chat.example\/c""#, #""https://chat.example""#),
        (#""chat.example/c/1""#, #""chat.example""#), (#""BDG-1024""#, #""[BADGE_1]""#),
        ("null", "null"), ("7", "null"),
      ])
  }

  @Test func anAgeBecomesABand() throws {
    try expect(
      .ageBand,
      [
        (#""27""#, #""20-29""#), (#""7""#, #""0-9""#), (#""90""#, #""90+""#),
        (#""101""#, #""90+""#),
        (#""20-29""#, #""20-29""#), (#""90+""#, #""90+""#), (#""0-9""#, #""0-9""#), ("27", "20"),
        ("104", "90"), ("20", "20"), (#""twenty""#, "\"\""), ("\"\"", "\"\""), ("null", "null"),
        ("27.5", "null"), ("-1", "null"), (#""21-28""#, "\"\""),
      ])
  }

  @Test func aTimeBecomesItsDay() throws {
    try expect(
      .day,
      [
        (#""2024-03-05T09:12:44.120Z""#, #""2024-03-05T00:00:00.000Z""#),
        (#""2024-03-05 09:12:44+02:00""#, #""2024-03-05 00:00:00+02:00""#),
        (#""2024-03-05""#, #""2024-03-05""#), ("1709629964", "1709596800"),
        ("1709629964123", "1709596800000"), ("1709629964.25", "1709596800.00"),
        (#""1709629964""#, #""1709596800""#), (#""seen BDG-1024""#, #""seen [BADGE_1]""#),
        ("null", "null"), ("\"\"", "\"\""), ("7", "null"),
      ])
  }

  @Test func whatIsMadeIsEscaped() throws {
    #expect(
      try apply(.origin, #""https://chat.ex\"ample/c""#) == #""https://chat.ex\"ample""#)
  }
}
