import PatternFiles
import Rules
import TestSupport
import Testing

@Suite struct RuleProofTests {
  private func proof(_ hits: [RuleExample], misses: [RuleExample] = [], gaps: [RuleExample] = [])
    throws -> RuleProof
  {
    let folder = try TemporaryFolder()
    let path = try folder.write(RuleSourceTests.badge("mine/badge"), to: "badge.yaml")
    let file = try #require(RuleSource(path: path, tables: noTables).files.first)
    var document = RuleDocument(file)
    document.hits = hits
    document.misses = misses
    document.knownGaps = gaps
    return try RuleProof(file.definition, document, tables: noTables)
  }

  private func example(_ text: String, _ find: String? = nil) -> RuleExample {
    RuleExample(text: text, find: find, because: nil, line: 7)
  }

  @Test func examplesThatHoldGiveNothing() throws {
    let proof = try proof(
      [example("a BDG-1024", "BDG-1024")], misses: [example("b"), example("[PERSON_1]")],
      gaps: [example("BDG 7", "BDG 7")])
    #expect(proof.failures.isEmpty && proof.closedGaps.isEmpty && proof.count == 4)
  }

  @Test func examplesThatFailAreTold() throws {
    let proof = try proof(
      [example("a BDG-10245", "BDG-10245"), example("x", "x")], misses: [example("BDG-1024")],
      gaps: [example("BDG-1024", "BDG-1024")])
    #expect(
      proof.failures == [
        .init(kind: .hit, number: 1, line: 7, found: [2..<10]),
        .init(kind: .hit, number: 2, line: 7, found: []),
        .init(kind: .miss, number: 1, line: 7, found: [0..<8]),
      ])
    #expect(proof.closedGaps == [.init(kind: .knownGap, number: 1, line: 7, found: [0..<8])])
  }
}
