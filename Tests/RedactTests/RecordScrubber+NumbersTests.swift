import PatternFiles
import Records
import Redact
import TestSupport
import Testing

/// JSON numbers under keys.
@Suite struct RecordScrubberNumbersTests {
  private func scrub(_ records: [(String, String)], _ policy: Operator = .replace) throws {
    var bench = try Bench(policy: PolicyDefinition(name: "p", fallback: policy), keys: Bench.keys)
    for (record, result) in records {
      let output = try bench.scrub(record)
      #expect(output == result, "\(record)")
      #expect(try bench.scrub(output) == output, "twice: \(record)")
    }
  }

  @Test func aNumberIsReadUnderItsKey() throws {
    try scrub([
      (#"{"phone": 2025550143}"#, #"{"phone": "[PHONE_NUMBER_1]"}"#),
      (#"{"a":{"phone":12025550143,"n":3}}"#, #"{"a":{"phone":"[PHONE_NUMBER_1]","n":3}}"#),
      // As tables of floating-point numbers have it.
      (#"{"phone":2025550143.0 }"#, #"{"phone":"[PHONE_NUMBER_1]" }"#),
      (#"{"credit_card": 4111111111111111}"#, #"{"credit_card": "[CREDIT_CARD_1]"}"#),
      (
        #"{"phones": [2025550143, 2025550176]}"#,
        #"{"phones": ["[PHONE_NUMBER_1]", "[PHONE_NUMBER_2]"]}"#
      ),
    ])
  }

  @Test func otherNumbersStay() throws {
    let records = [
      #"{"created": 1690000000, "updated_at":1690000000123, "score": 0.25, "index": 3}"#,
      #"{"usage": {"prompt_tokens": 2025, "total_tokens": 4111}}"#,
      #"{"phones": [2, 2025550.143], "phone": 2.025550143e9}"#, #"[2025550143]"#,
      #"{"version": 2025550143.5, "seed": 1234567890, "temperature": -0.0, "x": 0.0}"#,
    ]
    try scrub(records.map { ($0, $0) })
  }

  @Test func whatIsKnownIsFoundInNumbers() throws {
    try scrub([
      (
        #"{"t":"call 202-555-0143 or 2025550143","value":2025550143,"other":20255501430}"#,
        #"{"t":"call [PHONE_NUMBER_1] or [PHONE_NUMBER_1]","value":"[PHONE_NUMBER_1]","#
          + #""other":20255501430}"#
      )
    ])
  }

  @Test func aStringOrNothingStandsForANumber() throws {
    let record = #"{"phone": 2025550143, "n": 1}"#
    try scrub([(record, #"{"phone": null, "n": 1}"#)], .remove)
    try scrub([(record, #"{"phone": "**********", "n": 1}"#)], .mask)
    try scrub([(record, record)], .keep)
  }

  @Test func numbersInJSONInsideAStringAreRead() throws {
    var bench = try Bench(fields: [FieldDefinition(path: "a", use: .embedded)])
    let output = try bench.scrub(
      #"{"a":"{\"phone\": 2025550143, \"n\": 2, \"born\": \"1990-01-31\"}"}"#)
    #expect(
      output
        == #"{"a":"{\"phone\": \"[PHONE_NUMBER_1]\", \"n\": 2, \"born\": \"[DATE_OF_BIRTH_1]\"}"}"#)
    #expect(try bench.scrub(output) == output)
  }

  @Test func whatAFormatNamesIsItsOwn() throws {
    let fields = [
      FieldDefinition(path: "phone", use: .keep), FieldDefinition(path: "t", use: .text),
      FieldDefinition(path: "profile", use: .identifier(.scrub)),
    ]
    var bench = try Bench(fields: fields)
    #expect(
      try bench.scrub(#"{"phone":2025550143,"t":"a","profile":{"phone":2025550176}}"#)
        == #"{"phone":2025550143,"t":"a","profile":{"phone":"[PHONE_NUMBER_1]"}}"#)
  }
}
