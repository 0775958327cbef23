import Scan
import TestSupport
import Testing

@Suite struct ResolutionTests {
  /// All ranges within six bytes that are not empty.
  private static let ranges = (0..<6).flatMap { low in (low + 1...6).map { low..<$0 } }
  private static let ranks: [Rank] = [.act, .keep, .protected]

  /// A finding whose score and rule follow from its range, so that equal ones are the same.
  private static func finding(_ range: Range<Int>, _ type: Int) -> Finding {
    Finding(
      range: range, entityType: type, rule: (range.lowerBound * 5 + range.upperBound) % 7 + type,
      score: [0.5, 0.7, 0.9][(range.lowerBound + range.count * 2) % 3])
  }

  private func resolved(_ findings: [Finding]) -> [Finding] {
    var result = findings
    result.resolve(ranks: Self.ranks) { _ in true }
    return result
  }

  private func isDisjointAndSorted(_ findings: [Finding]) -> Bool {
    zip(findings, findings.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound }
  }

  /// The bytes of a text of six that findings of one type cover, as bits.
  private func bytes(_ findings: [Finding], _ type: Int) -> Int {
    findings.filter { $0.entityType == type }.reduce(0) { bits, finding in
      finding.range.reduce(bits) { $0 | 1 << $1 }
    }
  }

  /// Calls `body` with every triple of ranges, each with one of the types.
  private func forEveryTriple(types: [Int], _ body: ([Finding]) -> Void) {
    for first in Self.ranges {
      for second in Self.ranges {
        for third in Self.ranges {
          body(zip([first, second, third], types).map(Self.finding))
        }
      }
    }
  }

  @Test func tripletsBecomeDisjointAndKeepEveryByteThatIsActedOn() {
    var count = 0
    for types in [[0, 0, 0], [0, 1, 0], [1, 0, 1], [1, 1, 1]] {
      forEveryTriple(types: types) { findings in
        count += 1
        let result = resolved(findings)
        let isGood =
          isDisjointAndSorted(result) && bytes(result, 0) == bytes(findings, 0)
          && resolved(result) == result
        if !isGood { Issue.record("\(findings.map(\.range)) of \(types) become \(result)") }
      }
    }
    #expect(count == 4 * 9_261)
  }

  @Test func theOrderOfTheFindingsDoesNotMatter() {
    for types in [[0, 0, 0], [0, 1, 0], [0, 1, 2]] {
      for first in Self.ranges.indices {
        for second in Self.ranges.indices {
          for third in Self.ranges.indices where types[0] != types[2] || third >= first {
            let findings = zip([first, second, third], types).map {
              Self.finding(Self.ranges[$0], $1)
            }
            let (a, b, c) = (findings[0], findings[1], findings[2])
            let result = resolved(findings)
            if resolved([c, b, a]) != result || resolved([b, a, c]) != result {
              Issue.record("the order of \(findings) matters")
            }
          }
        }
      }
    }
  }

  @Test func aSpanKnowsTheOtherTypesItMayBe() {
    func found(_ range: Range<Int>, _ type: Int, _ score: Float) -> Finding {
      Finding(range: range, entityType: type, rule: type, score: score)
    }
    let result = resolved([
      found(0..<6, 0, 0.6), found(0..<6, 1, 0.9), found(1..<3, 0, 0.5), found(8..<9, 0, 0.5),
    ])
    // Type 1 is kept and gives way; what gives way is no candidate.
    #expect(result.map(\.entityType) == [0, 0])
    #expect(result[0].others == SIMD4(repeating: -1))
    var both = [found(0..<6, 0, 0.6), found(0..<5, 3, 0.9), found(4..<6, 4, 0.8)]
    let ranks = [Rank](repeating: .act, count: 5)
    both.resolve(ranks: ranks) { _ in true }
    #expect(both.map(\.entityType) == [3])
    #expect(both[0].others == SIMD4(0, -1, -1, -1))
    // Nothing is forgotten when more is found at the same place.
    both.append(found(0..<6, 2, 0.95))
    both.resolve(ranks: ranks) { _ in true }
    #expect(both.map(\.entityType) == [2])
    #expect(both[0].others == SIMD4(3, 0, -1, -1))
  }

  @Test func placeholdersAreCutOutAndKeptOnesGiveWay() {
    forEveryTriple(types: [0, 1, 2]) { findings in
      let result = resolved(findings)
      let protected = bytes(findings, 2)
      let acted = bytes(findings, 0) & ~protected
      let kept = bytes(findings, 1)
      let isGood =
        isDisjointAndSorted(result) && bytes(result, 2) == protected && bytes(result, 0) == acted
        && bytes(result, 1) == (kept & (protected | acted) == 0 ? kept : 0)
        && resolved(result) == result
      if !isGood { Issue.record("\(findings.map(\.range)) become \(result)") }
    }
  }

  @Test func theStrongestNamesTheUnion() {
    func make(_ range: Range<Int>, _ rule: Int, _ score: Float) -> Finding {
      Finding(range: range, entityType: 0, rule: rule, score: score)
    }
    let table: [([Finding], rule: Int)] = [
      ([make(0..<4, 1, 0.5), make(2..<6, 2, 0.9)], 2),
      ([make(0..<4, 1, 0.9), make(2..<6, 2, 0.5)], 1),
      ([make(0..<2, 1, 0.5), make(1..<6, 2, 0.5)], 2),
      ([make(0..<3, 2, 0.5), make(2..<5, 1, 0.5)], 2),
      ([make(0..<3, 5, 0.5), make(0..<3, 4, 0.5)], 4),
      ([make(0..<3, 1, 0.5), make(2..<5, 2, 0.5), make(4..<6, 3, 0.6)], 3),
    ]
    for (findings, rule) in table {
      let result = resolved(findings)
      #expect(result.map(\.rule) == [rule])
      #expect(result.map(\.range) == [0..<findings.map(\.range.upperBound).max()!])
    }
  }

  @Test func restsWithoutSubstanceAreDropped() {
    let findings = [
      Finding(range: 0..<6, entityType: 0, rule: 1, score: 1),
      Finding(range: 1..<4, entityType: 2, rule: 2, score: 1),
    ]
    var result = findings
    result.resolve(ranks: Self.ranks) { $0.lowerBound >= 4 }
    #expect(result.map(\.range) == [1..<4, 4..<6])
  }

  @Test func neighboursStayApart() {
    let findings = [Self.finding(0..<3, 0), Self.finding(3..<6, 0)]
    #expect(resolved(findings) == findings)
    #expect(resolved([]) == [])
  }
}
