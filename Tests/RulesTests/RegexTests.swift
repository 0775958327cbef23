import Rules
import Testing

@Suite struct RegexTests {
  private func match(
    _ pattern: String, _ text: String, from start: Int = 0, by limit: Int? = nil
  ) throws -> RegexMatch? {
    let regex = try Regex(pattern)
    let scratch = RegexScratch()
    let bytes = Array(text.utf8)
    return try regex.firstMatch(in: bytes.span, from: start, startingBy: limit, using: scratch)
  }

  @Test func theFirstMatchIsFound() throws {
    let match = try match("b+", "abbcb")
    #expect(match?.range == 1..<3)
    #expect(match?.value == 1..<3)
    #expect(try self.match("b+", "abbcb", from: 3)?.range == 4..<5)
    #expect(try self.match("b+", "ac") == nil)
    #expect(try self.match("b+", "") == nil)
    #expect(try self.match("b+", "abbcb", from: 5) == nil)
  }

  @Test func theGroupNamedValueIsTheValue() throws {
    let pattern = "key = (?<value> [a-z]+ ) ;"
    let named = try match(pattern, "a key=secret; b")
    #expect(named?.range == 2..<13)
    #expect(named?.value == 6..<12)
    // A group that took no part leaves the whole match.
    let unnamed = try match("(?<value> x )? y", "ay")
    #expect(unnamed?.range == 1..<2)
    #expect(unnamed?.value == 1..<2)
  }

  @Test func noMatchBeginsAfterTheLimit() throws {
    #expect(try match("b", "aaab", by: 2) == nil)
    #expect(try match("b", "aaab", by: 3)?.range == 3..<4)
    // A match that begins in time may end anywhere.
    #expect(try match("a+b", "aaab", by: 0)?.range == 0..<4)
  }

  @Test func whatStandsBeforeTheStartIsSeen() throws {
    #expect(try match("(?<! a ) b", "ab", from: 1) == nil)
    #expect(try match("(?<= a ) b", "ab", from: 1)?.range == 1..<2)
  }

  @Test func charactersAreUTF8AndClassesAreASCII() throws {
    #expect(try match("^ . . $", "é漢")?.range == 0..<5)
    #expect(try match(#"\d"#, "٣3")?.range == 2..<3)
    #expect(try match(#"\w+"#, "éa")?.range == 2..<3)
    #expect(try match("(?i) É", "xé")?.range == 1..<3)
    #expect(try match("[漢字]+", "a漢字b")?.range == 1..<7)
  }

  @Test func anExpressionThatMayMatchNothingIsRefused() {
    for pattern in ["a*", "a?", "|a", "(?=a)", "^", #"\b"#] {
      #expect(throws: RegexError.self, "\(pattern)") { try Regex(pattern) }
    }
  }

  @Test func aBrokenExpressionIsRefusedWithItsPlace() {
    do {
      _ = try Regex("ab(c")
      Issue.record("it is not refused")
    } catch {
      #expect(error.offset == 4)
      #expect(error.message.contains("parenthes"))
    }
  }

  @Test func aSearchThatGivesUpThrows() throws {
    let regex = try Regex("(?: a | a a )+ [bc]")
    let scratch = RegexScratch()
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 64)
    #expect(throws: SearchFailure.matchLimit) {
      try regex.firstMatch(in: bytes.span, from: 0, startingBy: nil, using: scratch)
    }
    // The scratch is as good as before.
    let after = Array("aab".utf8)
    let match = try regex.firstMatch(in: after.span, from: 0, startingBy: nil, using: scratch)
    #expect(match?.range == 0..<3)
  }

  @Test func aSearchThatNeedsTooMuchStackThrows() throws {
    let regex = try Regex("(?: (a) | (b) )+ [cd]")
    let scratch = RegexScratch()
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 400_000)
    #expect(throws: SearchFailure.self) {
      try regex.firstMatch(in: bytes.span, from: 0, startingBy: nil, using: scratch)
    }
  }

  @Test func theVersionIsThatOfPCRE2() {
    #expect(pcre2Version().hasPrefix("10."))
  }
}
