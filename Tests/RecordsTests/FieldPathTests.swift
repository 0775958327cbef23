import Records
import Testing

@Suite struct FieldPathTests {
  @Test func pathsAreReadStepByStep() throws {
    let a = FieldPath.Segment.key(Array("a".utf8))
    let table: [(String, [FieldPath.Segment])] = [
      ("", []), ("a", [a]), ("a.a", [a, a]), ("a[].a", [a, .anyElement, a]),
      ("[]", [.anyElement]), ("[].a", [.anyElement, a]), ("[3][]", [.index(3), .anyElement]),
      ("a[12]", [a, .index(12)]), ("*", [.anyKey]), ("**", [.anyDepth]),
      ("a.*.a", [a, .anyKey, a]), ("**.a", [.anyDepth, a]), ("**[]", [.anyDepth, .anyElement]),
      ("a[*].a", [a, .anyElement, a]), ("*_ix", [.keyPattern(Array("*_ix".utf8))]),
      ("a.x*y*", [a, .keyPattern(Array("x*y*".utf8))]),
      ("a*", [.keyPattern(Array("a*".utf8))]),
      ("\"a\"", [a]), ("a.\"x.y\"", [a, .key(Array("x.y".utf8))]),
      (#""q\"\\""#, [.key(Array(#"q"\"#.utf8))]), ("user-agent", [.key(Array("user-agent".utf8))]),
      ("hate/threatening", [.key(Array("hate/threatening".utf8))]), ("\"\"", [.key([])]),
    ]
    for (text, segments) in table { #expect(try FieldPath(parsing: text).segments == segments) }
  }

  @Test func anAsteriskInAKeyStandsForAnyBytes() {
    for (pattern, text, isFitting) in [
      ("*", "", true), ("a*", "a", true), ("a*", "ba", false), ("*_id", "_id", true),
      ("*_id", "user_id_id", true), ("*_id", "user_idx", false), ("a*b*c", "aXbYbZc", true),
      ("a*b*c", "aXbYbZ", false), ("ab", "ab", true), ("ab", "abc", false),
    ] {
      // A format is the way from outside to the comparison.
      let format = try! Format(
        FormatDefinition(
          name: "t", fields: [FieldDefinition(path: pattern, use: .keep)]))
      var parser = RecordParser(format: format)
      var map = RecordMap()
      let record = Array("{\"\(text)\":\"x\"}".utf8)
      try! parser.parse(record.span, into: &map)
      #expect(map.values.isEmpty == isFitting, "\(pattern) and \(text)")
    }
  }

  @Test(arguments: [
    (".", 0), ("a.", 2), (".a", 0), ("a..b", 2), ("a[", 2), ("a[x]", 2), ("a[1", 3), ("a]", 1),
    ("a b", 1), ("***", 2), ("a**", 2), ("a[*", 3), ("a[*1]", 3), ("\"a", 2), (#""a\x""#, 3),
    ("[]a", 2), ("a:string", 1),
    ("a[99999999999]", 11), ("a[].", 4), ("\"a\"b", 3),
  ])
  func otherPathsAreRefusedWithTheOffset(_ text: String, _ offset: Int) {
    #expect(throws: FormatError.badPath(text, offset: offset)) {
      try FieldPath(parsing: text)
    }
  }
}
