import Rules
import Testing

@Suite struct RegexTreeTests {
  @Test func ourOwnSyntaxAndThatOfOthersIsRead() {
    for pattern in [
      "a b # c\n c", #"(?<![0-9A-Za-z]) (?<value> \d{3,} ) (?= - ) [^\]x-] (?i: ab | c?+ )"#,
      #"(?P<x>a)(?P=x)\1"#, #"[]a] [[:alpha:]_] [\w.-]"#, #"\x2d \x{1F600} \p{L} \QA+B\E"#,
      "(?>a|b)*? x{2} {y}", "(?#c)(?m)^a$",
    ] {
      #expect(RegexTree(pattern, options: .extended) != nil, "\(pattern)")
    }
  }

  @Test func whatIsNotUnderstoodHasNoTree() {
    for pattern in ["(?(1)a|b)", "(*UCP)a", "a)", "(a", "[a", "*a", #"\Kx\c1"#] {
      #expect(RegexTree(pattern, options: .extended) == nil, "\(pattern)")
    }
  }

  @Test func blanksCountUnlessTheSyntaxIsExtended() throws {
    let plain = try #require(RegexTree("a b", options: []))
    #expect(plain.sample == Array("a b".utf8))
    let extended = try #require(RegexTree("a b", options: .extended))
    #expect(extended.sample == Array("ab".utf8))
    let inside = try #require(RegexTree("(?x: a b) c", options: []))
    #expect(inside.sample == Array("ab c".utf8))
  }
}
