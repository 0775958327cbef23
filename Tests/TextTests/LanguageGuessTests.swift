import Testing
import Text

@Suite struct LanguageGuessTests {
  private func guess(_ text: String, _ file: String) throws -> String? {
    let guess = try LanguageGuess(file: Array(file.utf8))
    var maps = ByteMaps(marked: [])
    let bytes = Array(text.utf8)
    maps.scan(bytes.span)
    var folding = FoldTable()
    let found = guess.guess(bytes.span, maps: maps, folding: &folding)
    return found.language.map { guess.languages[$0] }
  }

  private let file = "# words\nen\tthe and of is\nde\tder und ist für\nru\tи не на\nxx\tis ist\n"

  @Test func theMostWordsWin() throws {
    #expect(try guess("The dog and the cat", file) == "en")
    #expect(try guess("Der Hund UND die Katze", file) == "de")
    #expect(try guess("кот и пёс не на месте", file) == "ru")
    #expect(try guess("Das ist fur mich", file) == "de")
  }

  @Test func noWordAndNoDecisionSayNothing() throws {
    #expect(try guess("Hund Katze Maus", file) == nil)
    #expect(try guess("is", file) == nil)
    #expect(try guess("", file) == nil)
    // A word inside another is none.
    #expect(try guess("theory undone", file) == nil)
  }

  @Test func whatIsANameElsewhereSaysNothingWithACapital() throws {
    let file = "en\tand\ntr\t!ben ve\n"
    #expect(try guess("ben geldim", file) == "tr")
    #expect(try guess("Ben and Ben", file) == "en")
    let guess = try LanguageGuess(file: Array(file.utf8))
    let ben = ByteHash.of(Array("ben".utf8))
    #expect(guess.isFrequent(ben, in: 1))
    #expect(!guess.isFrequent(ben, in: 0))
  }

  @Test func onlyTheBeginningIsRead() throws {
    let german = String(repeating: "und der ", count: 600)
    #expect(try guess(german + String(repeating: "the of and ", count: 2_000), file) == "de")
  }

  /// It ends as soon as the words that are left cannot change the answer, and not before.
  @Test func itEndsNoEarlierThanCountingAllWords() throws {
    let words = [
      "the": "a", "and": "a", "of": "ab", "is": "abc", "der": "b", "und": "b", "la": "c",
      "et": "cd",
      "i": "d",
    ]
    let file = ["a", "b", "c", "d"].map { language in
      let own = words.filter { $0.value.contains(language) }.map(\.key).sorted()
      return "\(language)\t\(own.joined(separator: " "))\n"
    }.joined()
    var random = SplitMix64(seed: 11)
    let known = words.keys.sorted()
    var early = 0
    for round in 0..<2_000 {
      // Some texts are of one language nearly throughout, others of all.
      let bias = round % 4
      let text = (0..<1 + random.below(40)).map { _ in
        random.below(4) < bias ? "the" : known[random.below(known.count)]
      }
      var counts: [Character: Int] = [:]
      for word in text.prefix(24) {
        for language in words[word]! { counts[language, default: 0] += 1 }
      }
      let most = counts.values.max() ?? 0
      let best = counts.filter { $0.value == most }.map(\.key)
      let expected = best.count == 1 ? String(best[0]) : nil
      #expect(try guess(text.joined(separator: " "), file) == expected, "\(text)")
      if expected != nil, most >= 20 { early += 1 }
    }
    #expect(early > 100)
  }

  @Test func aWrongLineIsNamed() {
    #expect(throws: LanguageFileError(line: 2)) {
      _ = try LanguageGuess(file: Array("en\tthe\nde der\n".utf8))
    }
    let many = (0..<65).map { "l\($0)\tw" }.joined(separator: "\n")
    #expect(throws: LanguageFileError(line: 65)) { _ = try LanguageGuess(file: Array(many.utf8)) }
  }

  @Test func whatStandsBehindItsReachChangesNothing() throws {
    let guess = try LanguageGuess(file: Array(file.utf8))
    var folding = FoldTable()
    func found(_ text: String) -> (language: Int?, reach: Int) {
      var maps = ByteMaps(marked: [])
      let bytes = Array(text.utf8)
      maps.scan(bytes.span)
      return guess.guess(bytes.span, maps: maps, folding: &folding)
    }
    let english = String(repeating: "the dog and the cat of it, ", count: 8)
    let german = String(repeating: "Der Hund und die Katze der Frau, ", count: 20)
    let known = found(english)
    #expect(known.language == 0)
    #expect(known.reach < english.utf8.count)
    #expect(found(english + german) == known)
    #expect(found(String(english.prefix(known.reach)) + "; " + german) == known)
    // Where fewer words are known than count, all of the text has been looked at.
    #expect(found("the dog").reach == 7)
    #expect(found("the dog " + german).language == 1)
  }
}
