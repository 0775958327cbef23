import Rules
import Scan
import TestSupport
import Testing

@Suite struct ExplanationTests {
  private func scanner() throws -> Scan.Scanner {
    Scan.Scanner(
      ruleset: try Ruleset(
        [
          rule(
            "a/number", type: "NUMBER", regex: "[0-9]{4}", score: 0.4,
            validators: [.notRepeated],
            context: ContextDefinition(words: ["pin"], window: 10, boost: 0.3, required: false)),
          rule("b/word", type: "WORD", regex: "[0-9]{4}-x", score: 0.9),
          rule(
            "c/needs", type: "NEED", regex: "q[0-9]+",
            context: ContextDefinition(words: ["zz"], window: 10, boost: 0, required: true)),
        ], tables: noTables), names: nil)
  }

  private func candidates(_ text: String) throws -> [Candidate] {
    let scanner = try scanner()
    var scratch = ScanScratch(for: scanner)
    let bytes = Array(text.utf8)
    return try scanner.candidates(in: bytes.span, using: &scratch)
  }

  @Test func everyFateIsTold() throws {
    #expect(try candidates("pin 2941").map(\.fate) == [.found])
    #expect(try candidates("2941").map(\.fate) == [.belowThreshold(0.5)])
    #expect(try candidates("pin 1111").first?.fate == .refused(validator: 0))
    #expect(try candidates("pin 1111").first?.validity == [false])
    #expect(try candidates("q7").map(\.fate) == [.noContext])
    let found = try #require(try candidates("pin 2941").first)
    #expect(found.base == 0.4 && abs((found.score ?? 0) - 0.7) < 0.001)
    #expect(found.value == 4..<8 && found.expression == 0)
  }

  @Test func whatLostIsCoveredByWhatWon() throws {
    let text = "pin 2941-x"
    let found = try candidates(text)
    #expect(found.count == 2)
    let bytes = Array(text.utf8)
    let scanner = try scanner()
    let ranks = [Rank](repeating: .act, count: scanner.entityTypes.count)
    let (findings, coveredBy) = found.resolved(bytes.span, ranks: ranks)
    #expect(findings.count == 1)
    #expect(scanner.ruleIDs[findings[0].rule] == "b/word")
    #expect(coveredBy == [0, 0])
  }

  /// The slow path and the scanner find the same.
  @Test func whatIsFoundIsWhatTheScannerFinds() throws {
    var corpus = Corpus(seed: 7)
    var scratch = ScanScratch(for: Project.scanner)
    for _ in 0..<60 {
      let text = corpus.text(count: 300)
      let slow = try Project.scanner.candidates(in: text.span, using: &scratch)
        .filter { $0.fate == .found }
        .map { "\($0.value) \($0.rule)" }
      let fast = try findings(in: text, Project.scanner, using: &scratch)
        .map { "\($0.range) \($0.rule)" }
      #expect(Set(slow) == Set(fast))
    }
  }
}
