import Foundation
import PatternFiles
import Rules
import TestSupport
import Testing

/// What is derived from an expression must never rule out a match.
@Suite struct MatchHeadTests {
  /// The ASCII characters of a set, in order.
  private func ascii(_ set: ByteSet) -> String {
    String(decoding: (UInt8(0x20)..<0x7F).filter { set.contains($0) }, as: UTF8.self)
  }

  private func head(_ pattern: String) -> MatchHead { MatchHead(pattern, options: .extended) }

  @Test func whatStandsAtEachOffsetIsDerived() {
    let plate = head("[AB][0-9]{2}-?x")
    #expect(plate.lengthMin == 4)
    #expect(plate.sets.map(ascii) == ["AB", "0123456789", "0123456789", "-x"])
    let name = head("(?: glpat- | GR134 ) [0-9a-c]")
    #expect(name.sets.prefix(2).map(ascii) == ["Gg", "Rl"])
    #expect(ascii(head("(?i) key").sets[0]) == "Kk")
    // The Kelvin sign is a k, too.
    #expect(head("(?i) key").sets[0].contains(0xE2))
    // Beyond ASCII only lead bytes and the bytes that go on are told apart.
    #expect(head("é1").sets.map { $0.contains(0xC3) } == [true, false, false])
    // What is optional, unknown or behind the shortest match rules out nothing.
    #expect(head("a?b?c").sets.map(ascii) == ["abc"])
    #expect(head("(?<x>a|b)\\1").sets.count == 1)
    #expect(head("\\X\\C").sets.isEmpty)
  }

  @Test func theNearestDigitIsDerived() {
    func reach(_ pattern: String) -> Int { head(pattern).digitReach }
    #expect(reach("no [ ]? [0-9]{3}") == 4)
    #expect(reach("key \\s{0,2} (?= [a-z]{0,20} [0-9] ) \\w+") > 23)
    #expect(reach("key (?= (?: [a-z]{0,5} [0-9] ){3} ) [a-z0-9]{9}") == 9)
    #expect(reach("(?: a[0-9] | bcd[1-9] | \\d ) x") == 4)
    #expect(reach("[0-9] | [a-z]") == 0)
    #expect(reach("x+ [0-9]") == 0)
    #expect(reach("x{251} [0-9]") == 0)
    #expect(reach("x [0-9a]") == 0)
    #expect(reach("x [0-9]? y") == 0)
    #expect(reach("x (?! [0-9] )") == 0)
    #expect(reach("(?<= [0-9] ) x") == 0)
    // A digit of another script may be meant.
    #expect(reach("x \\p{Nd}") == 0)
  }

  @Test func whatStandsBeforeIsReadFromTheFirstConditions() {
    func ruledOut(_ pattern: String) -> String {
      let before = head(pattern).before
      return String(
        decoding: (UInt8(0x20)..<0x7F).filter { !before.contains($0) }, as: UTF8.self)
    }
    #expect(ruledOut("(?<! [0-2a.] ) x") == ".012a")
    #expect(ruledOut("(?<![A-C\\#_-])(?<! [+] ) x") == "#+-ABC_")
    #expect(ruledOut("(?i) (?<! [ab] ) x") == "ABab")
    #expect(ruledOut("(?<! [a] ) x # y | z)") == "a")
    #expect(ruledOut("(?<! [\\d] ) x") == "0123456789")
    #expect(ruledOut("(?<! [\\p{Nd}b] ) x") == "0123456789b")
    #expect(ruledOut("(?<! [a] | b | cd ) x") == "ab")
    #expect(ruledOut("(?: (?<! [ab] ) x | (?<! [bc] ) y )") == "b")
    #expect(ruledOut("\\b \\#").contains(" "))
    #expect(ruledOut("\\b 1").contains("a") && !ruledOut("\\b 1").contains(" "))
    // What is not understood, optional or only one of several rules out nothing.
    for pattern in [
      "(?<! [[:alpha:]] ) x", "(?<! [^\\x00-\\x{10ffff}] ) x", "(?<! ab ) x", "(?<! [a] b ) x",
      "(?<! [a] ) x | y", "(?: (?<! [a] ) x | y )", "(?= x ) x", "(?<! [é] ) x",
      "(?<! [a] ) x # y\n | z",
    ] {
      #expect(ruledOut(pattern) == "", "\(pattern)")
    }
  }

  @Test func whatAMatchHasBeforeItsLiteralIsDerived() {
    func lead(_ pattern: String, _ literals: [String]) -> String {
      ascii(MatchHead(pattern, options: .extended, literals: literals).lead)
    }
    #expect(lead("[ab]{1,9} @ [c-e]", ["@"]) == "ab")
    #expect(lead("[ab] (?: xyz | [c] XYW ) [d]", ["xyz", "xyw"]) == "abc")
    // Where it is not seen that each match holds one, all that a match can hold is meant, also of
    // what stands behind it.
    #expect(lead("[ab] (?: x | y )", ["xyz"]) == "abxy")
    #expect(lead("[ab] (?= [cd] )", ["c"]) == "abcd")
  }

  @Test func aHeadIsPackedAsText() throws {
    for pattern in ["(?<! [0-9a] ) [A-C]é?[0-9]{3}", "a|b", "\\C", "x@y"] {
      let head = MatchHead(pattern, options: .extended, literals: ["@"])
      let packed = try JSONEncoder().encode([head])
      #expect(try JSONDecoder().decode([MatchHead].self, from: packed) == [head])
    }
    func decode(_ text: String) throws {
      _ = try JSONDecoder().decode([MatchHead].self, from: Data("[\"\(text)\"]".utf8))
    }
    try decode("1;9;2030;3039")
    for text in [
      "", "x", "1;9", "1;9;2030", "1;9;2030;0", "1;9;2030;0g", "1;9;2030;3020", "1;9;3020;3039",
      ";9;2030;3039", "1;;2030;3039", "1;-1;2030;3039", "1;251;2030;3039", "1;9;2030;3039;",
    ] {
      #expect(throws: (any Error).self, "\(text)") {
        try decode(text)
      }
    }
  }

  /// Every place where an expression of the project matches in its examples agrees with its head.
  @Test func noExampleIsRuledOut() throws {
    let scratch = RegexScratch()
    var matches = 0
    for file in Project.ruleFiles {
      let texts = (file.hits + file.misses).map { Array($0.text.utf8) }
      for pattern in file.definition.patterns {
        let regex = Regex(proved: pattern.regex, options: pattern.options)
        for text in texts {
          for start in text.indices where text[start] & 0xC0 != 0x80 {
            let match = try regex.firstMatch(
              in: text.span, from: start, startingBy: start, using: scratch)
            guard let range = match?.range else { continue }
            matches += 1
            let head = pattern.head
            #expect(range.count >= head.lengthMin, "\(file.definition.id)")
            if range.lowerBound > 0 {
              #expect(head.before.contains(text[range.lowerBound - 1]), "\(file.definition.id)")
            }
            if head.digitReach > 0 {
              let end = min(text.count, range.lowerBound + head.digitReach)
              let near = text[range.lowerBound..<end]
              #expect(near.contains { $0 &- 48 < 10 }, "\(file.definition.id)")
            }
            for (offset, set) in head.sets.enumerated() {
              #expect(set.contains(text[range.lowerBound + offset]), "\(file.definition.id)")
            }
          }
        }
      }
    }
    #expect(matches > 100)
  }
}
