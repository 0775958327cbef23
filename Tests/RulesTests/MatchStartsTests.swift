import PatternFiles
import Rules
import TestSupport
import Testing

/// What is derived from an expression must never rule out a match.
@Suite struct MatchStartsTests {
  /// The bytes before which, and behind which, a match is not ruled out.
  private func allowed(_ pattern: String) throws -> (first: Set<UInt8>, before: Set<UInt8>) {
    let starts = try Regex(pattern).starts
    let all = Set(UInt8.min...UInt8.max)
    let first = all.filter { starts.next([$0].span, from: 0, through: 0) == 0 }
    let begin = first.first ?? 0
    let before = all.filter { starts.next([$0, begin].span, from: 1, through: 1) == 1 }
    return (first, before)
  }

  @Test func whatAMatchBeginsWithIsDerived() throws {
    #expect(try allowed("[0-9]{4}").first == Set(UInt8(ascii: "0")...UInt8(ascii: "9")))
    #expect(try allowed("AKIA[0-9]").first == [UInt8(ascii: "A"), UInt8(ascii: "a")])
    // PCRE2's study makes one unit without case of these.
    #expect(try allowed("(?: glpat- | GR134 )").first == [UInt8(ascii: "g"), UInt8(ascii: "G")])
    #expect(try allowed("(?<! x ) \\+ [0-9]").first == [UInt8(ascii: "+")])
    #expect(try allowed("(?: A | [aA]b )").first.isSuperset(of: [0x61, 0x41]))
    // The Kelvin sign is a k, too.
    #expect(try allowed("(?i) key").first.isSuperset(of: [0x6B, 0x4B, 0xE2]))
    #expect(try allowed("(?: a | [.] | é )").first.isSuperset(of: [0x61, 0x2E, 0xC3]))
  }

  @Test func whatStandsBeforeIsReadFromTheFirstLookbehinds() throws {
    func ruledOut(_ pattern: String) throws -> String {
      let before = try allowed(pattern).before
      return String(
        decoding: (UInt8(0x20)..<0x7F).filter { !before.contains($0) }, as: UTF8.self)
    }
    #expect(try ruledOut("(?<! [0-2a.] ) x") == ".012a")
    #expect(try ruledOut("(?<![A-C\\#_-])(?<! [+] ) x") == "#+-ABC_")
    #expect(try ruledOut("(?i) (?<! [ab] ) x") == "ABab")
    #expect(try ruledOut("(?<! [a] ) x # y | z)") == "a")
    // What is not understood, optional or only one of several rules out nothing.
    for pattern in [
      "(?<! [\\d] ) x", "(?<! [[:alpha:]] ) x", "(?<! [^a] ) x", "(?<! ab ) x", "(?<! [a] b ) x",
      "(?<! [a] )? x", "(?<! [a] ) x | y", "(?: (?<! [a] ) x | y )", "(?= x ) x", "(?<! [é] ) x",
      "(?<! [a] ) x # y\n | z", "(?-x)(?<![a])x",
    ] {
      #expect(try ruledOut(pattern) == "", "\(pattern)")
    }
  }

  /// Every place where an expression of the project matches in its examples is one where a match
  /// may begin.
  @Test func noExampleIsRuledOut() throws {
    let scratch = RegexScratch()
    var matches = 0
    for file in Project.ruleFiles {
      let texts = (file.hits + file.misses).map { Array($0.text.utf8) }
      for pattern in file.definition.patterns {
        let regex = try Regex(pattern.regex)
        for text in texts {
          for start in text.indices where text[start] & 0xC0 != 0x80 {
            let match = try regex.firstMatch(
              in: text.span, from: start, startingBy: start, using: scratch)
            guard let match else { continue }
            matches += 1
            let place = match.range.lowerBound
            #expect(regex.starts.next(text.span, from: place, through: place) == place)
          }
        }
      }
    }
    #expect(matches > 100)
  }
}
