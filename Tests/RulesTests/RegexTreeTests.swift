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

  @Test func whatIsDefinedStandsWhereItIsCalled() throws {
    let tree = try #require(
      RegexTree("(?(DEFINE) (?<x> a+ ) (?<y> (?&x) b ) ) c (?&y) (?P>x)", options: .extended))
    #expect(tree.sample == Array("caba".utf8))
    // What is called before it is defined, or calls itself, may be anything.
    let unknown = try #require(RegexTree("(?&x) (?<x> a )", options: .extended))
    #expect(!unknown.cannotMatch)
    let head = MatchHead(
      "(?(DEFINE) (?<s> [0-9]{2} ) ) (?<! [a-z] ) x (?&s)", options: .extended)
    #expect(head.lengthMin == 3)
    #expect(head.digitReach == 2)
    #expect(head.sets == [ByteSet(120...120), ByteSet(48...57), ByteSet(48...57)])
  }
}
