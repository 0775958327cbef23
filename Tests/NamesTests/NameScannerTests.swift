import Foundation
import Names
import Rules
import Scan
import TestSupport
import Testing
import Text

@Suite struct NameScannerTests {
  private static let scanner = Scan.Scanner(
    ruleset: try! Ruleset([], tables: noTables), names: Project.names)

  private func found(_ text: String, _ type: Int) throws -> [String] {
    let bytes = Array(text.utf8)
    return try findings(in: text, Self.scanner).settled(Self.scanner)
      .filter { $0.entityType == type }
      .map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test func namesInShortTextsAreFoundAndNothingElse() throws {
    let file = String(
      decoding: Project.bytes(ofFile: "Tests/NamesTests/Cases/names.tsv"), as: UTF8.self)
    var count = 0
    for (index, line) in file.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let columns = line.split(separator: "\t", maxSplits: 2).map(String.init)
      guard columns.count == 3, columns[0] == "ok" else { continue }
      count += 1
      let marked = columns[2].replacing("\\n", with: "\n")
      let names = marked.matches(of: /⟦(.*?)⟧/).map { String($0.1) }
      let text = marked.filter { !"⟦⟧".contains($0) }
      let found = try found(text, Self.scanner.personType)
      if found != names {
        Issue.record("names.tsv:\(index + 1): found \(found), not \(names)")
      }
    }
    #expect(count > 60)
  }

  @Test func placesAreFoundAsPlaces() throws {
    let location = try #require(Self.scanner.entityTypes.firstIndex(of: "LOCATION"))
    for (text, places) in [
      ("I live in Berlin.", ["Berlin"]),
      ("Greetings from Warsaw!", ["Warsaw"]),
      ("Flights from Barcelona to Tokyo.", ["Barcelona", "Tokyo"]), ("I live in a house.", []),
    ] {
      #expect(try found(text, location) == places, "\(text)")
    }
  }

  @Test func moreIsFoundWhenLessEvidenceIsAsked() throws {
    func count(_ mode: NameMode) throws -> Int {
      let all = Project.names
      let names = NameScanner(
        dictionary: all.dictionary, cues: all.cues, inflections: all.inflections,
        languages: all.languages, models: all.models, mode: mode)
      let scanner = Scan.Scanner(ruleset: try Ruleset([], tables: noTables), names: names)
      return try Project.exampleRecords.reduce(0) { sum, record in
        var scratch = ScanScratch(for: scanner)
        return sum + (try findings(in: record, scanner, using: &scratch)).count
      }
    }
    let counts = try NameMode.allCases.map(count)
    #expect(counts[0] <= counts[1] && counts[1] <= counts[2] && counts[0] < counts[2])
  }

  @Test func noCapitalIsPassedOver() {
    var folding = FoldTable()
    var passed: [UInt32] = []
    for codePoint in UInt32(0x80)...0x2FFFF {
      guard let scalar = Unicode.Scalar(codePoint), folding.classes(of: codePoint).contains(.upper)
      else { continue }
      let bytes = Array(String(Character(scalar)).utf8)
      if NameScanner.isNoCapital(bytes.span, 0) { passed.append(codePoint) }
    }
    #expect(passed == [])
    for lower in ["é", "ж", "я", "，", "🙂", "…"] {
      let bytes = Array(lower.utf8)
      let isPassed = NameScanner.isNoCapital(bytes.span, 0)
      #expect(isPassed)
    }
  }

  @Test func everyReasonHasAnIdOfItsOwn() {
    let ids = MentionReason.allCases.map(\.ruleID)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.hasPrefix("names/") })
    // Findings count from the first reason.
    #expect(MentionReason.allCases.map { Int($0.rawValue) } == Array(ids.indices))
  }
}
