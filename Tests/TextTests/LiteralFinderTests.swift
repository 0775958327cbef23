import Testing
import Text

@Suite struct LiteralFinderTests {
  private struct Place: Hashable, Comparable {
    let position: Int
    let literal: Int

    static func < (left: Place, right: Place) -> Bool {
      (left.position, left.literal) < (right.position, right.literal)
    }
  }

  @Test func literalsAreFoundWhereALoopFindsThem() {
    var random = SplitMix64(seed: 41)
    let alphabet = Array("abAB.".utf8)
    for _ in 0..<400 {
      let literals = (0..<1 + random.below(12)).map { _ in
        (0..<3 + random.below(10)).map { _ in alphabet[random.below(alphabet.count)] }
      }
      let text = (0..<random.below(300)).map { _ in alphabet[random.below(alphabet.count)] }
      expectSame(literals, text)
    }
  }

  @Test func literalsAreFoundAtTheVeryEndAndOverlapping() {
    let literals = ["aaa", "aaaa", "AAAAAAAAAAAA", "baa"].map { Array($0.utf8) }
    for count in 0...40 {
      expectSame(literals, [UInt8](repeating: UInt8(ascii: "a"), count: count))
      expectSame(literals, [UInt8](repeating: UInt8(ascii: "A"), count: count) + Array("b".utf8))
      expectSame(literals, Array("b".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: count))
    }
  }

  @Test func caseIsThatOfASCIIOnly() {
    // `@` and `[` differ from `` ` `` and `{` in the bit that tells letters' cases apart.
    let literals = ["x@y", "key[", "{a}", "Grüße", "0_0"].map { Array($0.utf8) }
    for text in ["X@Y x`y", "KEY[ key{", "[A]{A}", "GRüßE GRÜSSE", "0_0 0\u{7F}0 \u{10}_0"] {
      expectSame(literals, Array(text.utf8))
    }
  }

  @Test func manyLiteralsOfAllBytesAreFound() {
    var random = SplitMix64(seed: 43)
    for _ in 0..<20 {
      let text = (0..<2_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let literals = (0..<300).map { _ in
        let start = random.below(text.count - 12)
        return Array(text[start..<start + 3 + random.below(10)])
      }
      expectSame(literals, text)
    }
  }

  /// As many as the rules have, so that a third of those of six bytes and more share a place.
  @Test func literalsThatShareAPlaceAreFound() {
    var random = SplitMix64(seed: 47)
    let letters = "абвгдежзикл".map { Array(String($0).utf8) }
    func word(_ count: Int) -> [UInt8] {
      (0..<count).flatMap { _ in letters[random.below(letters.count)] }
    }
    let text = word(3_000)
    var numbers: [[UInt8]: Int] = [:]
    while numbers.count < 15_000 {
      let literal: [UInt8]
      if numbers.count % 4 == 0 {
        let start = random.below(text.count - 16)
        literal = Array(text[start..<start + 3 + random.below(14)])
      } else {
        literal = word(2 + random.below(7))
      }
      if numbers[literal] == nil { numbers[literal] = numbers.count }
    }
    var scratch = LiteralFinder.Scratch()
    var hits: [LiteralFinder.Hit] = []
    LiteralFinder(numbers.sorted { $0.value < $1.value }.map(\.key))
      .find(in: text.span, using: &scratch, into: &hits)
    var expected: [Place] = []
    for start in text.indices {
      for end in start + 3..<max(start + 3, min(start + 18, text.count + 1)) {
        if let number = numbers[Array(text[start..<end])] {
          expected.append(Place(position: start, literal: number))
        }
      }
    }
    #expect(expected.count > 3_000)
    let found = hits.map { Place(position: $0.position, literal: $0.literal) }
    #expect(found.sorted() == expected.sorted())
  }

  @Test func noLiteralIsFoundNowhere() {
    expectSame([], Array("some text".utf8))
  }

  private func expectSame(_ literals: [[UInt8]], _ text: [UInt8]) {
    var hits: [LiteralFinder.Hit] = []
    var scratch = LiteralFinder.Scratch()
    LiteralFinder(literals).find(in: text.span, using: &scratch, into: &hits)
    #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.position <= $1.position })
    let found = hits.map { Place(position: $0.position, literal: $0.literal) }
    let lower = text.map(FoldTable.asciiFold)
    var expected: [Place] = []
    for (number, literal) in literals.enumerated() {
      let wanted = literal.map(FoldTable.asciiFold)
      guard text.count >= wanted.count else { continue }
      for start in 0...text.count - wanted.count where lower[start] == wanted[0] {
        if lower[start..<start + wanted.count].elementsEqual(wanted) {
          expected.append(Place(position: start, literal: number))
        }
      }
    }
    #expect(found.sorted() == expected.sorted())
  }
}
