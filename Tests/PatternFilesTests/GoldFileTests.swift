import Foundation
import Names
import PatternFiles
import Testing

@Suite struct GoldFileTests {
  private func read(_ text: String, _ suffix: String) throws -> [GoldFile.Document] {
    let path = NSTemporaryDirectory() + "gold-\(UUID().uuidString)\(suffix)"
    try Data(text.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try GoldFile(path: path).documents
  }

  private func names(_ document: GoldFile.Document) -> [String] {
    document.names.map { name in
      let kind = name.kind.map { "\($0)" } ?? "-"
      return "\(kind) " + String(decoding: document.text[name.range], as: UTF8.self)
    }
  }

  @Test func marksAreTakenOutOfTheText() throws {
    let documents = try read(
      "Grüße an ⟦P Jürgen⟧ in ⟦L Köln⟧.\n---\nnichts\n---\n⟦O Möwe⟧ und ⟦X Parkinson⟧\n", ".txt")
    #expect(documents.count == 3)
    #expect(String(decoding: documents[0].text, as: UTF8.self) == "Grüße an Jürgen in Köln.\n")
    #expect(names(documents[0]) == ["person Jürgen", "location Köln"])
    #expect(names(documents[2]) == ["organization Möwe", "- Parkinson"])
  }

  @Test func smallLettersLeaveNamesWhereTheyAre() throws {
    // The small form of İ has another length: it stays.
    let document = try read("İ: Grüße an ⟦P JÜRGEN Ж⟧ in ⟦L Köln⟧.", ".txt")[0].inSmallLetters
    #expect(String(decoding: document.text, as: UTF8.self) == "İ: grüße an jürgen ж in köln.\n")
    #expect(names(document) == ["person jürgen ж", "location köln"])
  }

  @Test func spansAreCountedInCodePoints() throws {
    let documents = try read(
      #"{"text": "é Ana 🙂 Rom", "spans": [{"start": 8, "end": 11, "type": "LOCATION"}, "#
        + #"{"start": 2, "end": 5, "type": "PERSON"}, {"start": 0, "end": 1, "type": "DATE"}]}"#
        + "\n\n", ".jsonl")
    #expect(documents.map(names) == [["- é", "person Ana", "location Rom"]])
  }

  @Test func mistakesAreNamedWithTheirLine() {
    func message(_ text: String, _ suffix: String) -> String {
      do {
        _ = try read(text, suffix)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(message("a\n⟦P Anna\n", ".txt").contains(":2: a mark is not closed"))
    #expect(message("My ⟦P Ada and ⟦L Rome⟧\n", ".txt").contains(":1: a mark is not closed"))
    #expect(message("⟦Q Anna⟧\n", ".txt").contains(":1: a mark"))
    #expect(message("{\"text\": 1}\n", ".jsonl").contains(":1: no record"))
    #expect(
      message(#"{"text": "ab", "spans": [{"start": 1, "end": 3, "type": "PERSON"}]}"#, ".jsonl")
        .contains(":1: a span is not inside"))
  }
}
