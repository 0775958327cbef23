import PatternFiles
import Rules
import TestSupport
import Testing

@Suite struct RegexFactsTests {
  @Test func whatCannotMatchIsSeen() throws {
    for pattern in [
      "a(?!)", "(*FAIL)", "(?=a)b", "a(?<=b)", #"\d\b\d"#, #"a\Ab"#, #"a$b"#,
      "(?!a)a", "b(?<!b)c", "(?:a(?!)|b(?!))+", #"^a^b"#,
    ] {
      #expect(try #require(RegexTree(pattern, options: [])).cannotMatch, "\(pattern)")
    }
  }

  @Test func whatCanMatchIsLeftAlone() throws {
    for (pattern, options) in [
      ("(?=a)a", []), ("a$", []), (#"a$\nb"#, []), ("a^b?", .multiline), (#"\bfoo\b"#, []),
      ("(?=[ab])[bc]", []), (#"(?=\w)é"#, .unicode), ("(?!a)b", []), ("x(?!)|y", []),
      (#"é\be"#, []), ("(?:(?!))?a", []), (#"(?!ab)a"#, []), ("(?=.*b)a", []),
      ("k(?<=K)", .caseless),
      ("(?!ſ)s", .caseless),
    ] as [(String, RegexOptions)] {
      #expect(try !#require(RegexTree(pattern, options: options)).cannotMatch, "\(pattern)")
    }
  }

  @Test func noRuleOfOursIsImpossible() {
    for rule in Project.pack.rules {
      for pattern in rule.patterns {
        let tree = RegexTree(pattern.regex, options: pattern.options)
        #expect(tree?.cannotMatch != true, "\(rule.id)")
      }
    }
  }
}
