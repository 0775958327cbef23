import Foundation
import Records
import Testing

@Suite struct TokenizerTests {
  @Test(arguments: [
    "{}", "[]", "\"\"", "0", "-0", "-0.0e-0", "1E5", "12.25e+17", "true", "false", "null",
    " \t\r\n{ \"a\" : [ 1 , 2 ] } \r", "[[[[]]]]", "{\"\":{}}", "[\"\\u0000\"]", "[\"\\ud800\"]",
    "[\"\\udc00\\ud800\"]", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00aF\"]", "[\"\u{7F}\u{2028}\"]",
    "{\"a\":1,\"a\":2}", "[1e999999]", "[\"zażółć 漢字 🦉\"]",
  ])
  func thisIsJSON(_ text: String) {
    #expect(fault(of: Array(text.utf8)) == nil)
    #expect(oracleParse(Array(text.utf8)) != nil)
  }

  @Test(arguments: [
    ("", JSONFault.expectedValue, 0), (" ", .expectedValue, 1), ("[1,]", .expectedValue, 3),
    ("[,1]", .expectedValue, 1), ("{\"a\":}", .expectedValue, 5), ("]", .expectedValue, 0),
    ("\u{FEFF}{}", .expectedValue, 0), ("'a'", .expectedValue, 0), ("+1", .expectedValue, 0),
    (".5", .expectedValue, 0), ("NaN", .expectedValue, 0), ("[1 2]", .expectedCommaOrBracket, 3),
    ("[1", .expectedCommaOrBracket, 2), ("[1}", .expectedCommaOrBracket, 2),
    ("{\"a\":1", .expectedCommaOrBrace, 6), ("{\"a\":1]", .expectedCommaOrBrace, 6),
    ("{\"a\":1 \"b\":2}", .expectedCommaOrBrace, 7), ("{", .expectedKey, 1),
    ("{\"a\":1,}", .expectedKey, 7), ("{a:1}", .expectedKey, 1), ("{1:1}", .expectedKey, 1),
    ("{\"a\"", .expectedColon, 4), ("{\"a\" 1}", .expectedColon, 5),
    ("{}{}", .expectedEnd, 2), ("1 2", .expectedEnd, 2), ("01", .expectedEnd, 1),
    ("{} // no", .expectedEnd, 3), ("\"a", .unterminatedString, 2),
    ("\"a\\", .unterminatedString, 3), ("\"a\\\"", .unterminatedString, 4),
    ("\"\n\"", .controlCharacter, 1), ("\"a\u{0}\"", .controlCharacter, 2),
    ("\"\\x\"", .badEscape, 2), ("\"\\'\"", .badEscape, 2), ("\"\\u12\"", .badHexDigits, 5),
    ("\"\\u12G4\"", .badHexDigits, 5), ("\"\\u\"", .badHexDigits, 3), ("-", .badNumber, 1),
    ("1.", .badNumber, 2), ("1.e5", .badNumber, 2), ("1e", .badNumber, 2), ("1e+", .badNumber, 3),
    ("-a", .badNumber, 1), ("tru", .badLiteral, 0), ("nul1", .badLiteral, 0),
    ("[fALSE]", .badLiteral, 1),
  ])
  func thisIsNoJSON(_ text: String, _ expected: JSONFault, _ offset: Int) {
    #expect(fault(of: Array(text.utf8)) == .invalidJSON(offset: offset, fault: expected))
    #expect(oracleParse(Array(text.utf8)) == nil)
  }

  @Test func bytesThatAreNotUTF8AreRefusedWithTheirOffset() {
    #expect(fault(of: [0x22, 0x61, 0xFF, 0x22]) == .invalidUTF8(offset: 2))
    #expect(fault(of: [0x22, 0xED, 0xA0, 0x80, 0x22]) == .invalidUTF8(offset: 1))
    #expect(fault(of: Array("{\"".utf8) + [0xC3] + Array("\":1}".utf8)) == .invalidUTF8(offset: 2))
  }

  @Test func depthIsLimitedAndCostsNoStack() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(fault(of: deep) == .tooDeep(offset: 512))
    let allowed = deep.prefix(512) + [UInt8](repeating: UInt8(ascii: "]"), count: 512)
    #expect(fault(of: Array(allowed)) == nil)
    #expect(fault(of: [0x5B, 0x5B, 0x5D, 0x5D], depthMax: 1) == .tooDeep(offset: 1))
  }

  @Test func everyTruncationIsJudgedAsTheOracleDoes() {
    for sample in Samples.all {
      for count in 0...sample.count { expectSame(Array(sample.prefix(count))) }
    }
  }

  @Test func everyMutationOfAByteIsJudgedAsTheOracleDoes() {
    let replacements: [UInt8] = [
      0x00, 0x1F, 0x20, 0x22, 0x2C, 0x2D, 0x2E, 0x30, 0x39, 0x3A, 0x5B, 0x5C, 0x5D, 0x65, 0x75,
      0x7B, 0x7D, 0x7F, 0x80, 0xC3, 0xE2, 0xF0, 0xFF,
    ]
    for sample in Samples.all {
      for position in sample.indices {
        var bytes = sample
        for replacement in replacements {
          bytes[position] = replacement
          expectSame(bytes)
        }
        bytes.remove(at: position)
        expectSame(bytes)
      }
    }
  }

  @Test func randomDocumentsAndTheirMutationsAreJudgedAsTheOracleDoes() {
    var generator = JSONGenerator(seed: 3)
    for _ in 0..<2_000 {
      var bytes = generator.value(depth: 4)
      #expect(fault(of: bytes) == nil)
      guard !bytes.isEmpty else { continue }
      let position = generator.random.below(bytes.count)
      bytes[position] = UInt8(truncatingIfNeeded: generator.random.next())
      expectSame(bytes)
      bytes.removeSubrange(position..<min(position + 3, bytes.count))
      expectSame(bytes)
    }
  }

  @Test func foundationAcceptsWhatWeAccept() throws {
    var generator = JSONGenerator(seed: 5)
    for _ in 0..<300 {
      let bytes = generator.object(depth: 3)
      // Foundation refuses lone surrogates, which RFC 8259 leaves legal.
      let hasLone =
        bytes.contains { $0 == 0x5C }
        && String(decoding: bytes, as: UTF8.self).lowercased().contains("\\ud")
      if !hasLone { _ = try JSONSerialization.jsonObject(with: Data(bytes)) }
      #expect(fault(of: bytes) == nil)
    }
  }

  @Test func reasonsAreShortStableAndEachItsOwn() {
    #expect(
      RecordError.invalidJSON(offset: 3, fault: .expectedColon).reason
        == "invalid-json: expected a colon")
    #expect(Set(JSONFault.allCases.map(\.reason)).count == JSONFault.allCases.count)
    #expect(RecordError.tooDeep(offset: 9).offset == 9)
    #expect(RecordError.tooLong(limit: 9).offset == nil)
  }

  private func expectSame(_ bytes: [UInt8]) {
    let isAccepted = fault(of: bytes) == nil
    if isAccepted != (oracleParse(bytes) != nil) {
      Issue.record("judged otherwise than the oracle: \(String(decoding: bytes, as: UTF8.self))")
    }
  }

  private func fault(of bytes: [UInt8], depthMax: Int = 512) -> RecordError? {
    var parser = RecordParser(format: Samples.plainFormat, depthMax: depthMax)
    var map = RecordMap()
    do {
      try parser.parse(bytes.span, into: &map)
      return nil
    } catch {
      return error
    }
  }
}
