import Foundation
package import Names

/// Labelled text to fit weights on: span sets, or text with the names marked in it.
package struct GoldFile {
  /// One text.
  package struct Document {
    package let text: [UInt8]
    package let names: [NameTrainer.Gold]

    /// The same document in small letters; characters whose small form has another length stay, so
    /// that the names are where they were.
    package var inSmallLetters: Document {
      var small: [UInt8] = []
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        let lower = scalar.properties.lowercaseMapping.utf8
        small += lower.count == UTF8.width(scalar) ? Array(lower) : Array(String(scalar).utf8)
      }
      return Document(text: small, names: names)
    }
  }

  package private(set) var documents: [Document] = []

  /// Reads a file: `.jsonl` is a record a line with "text" and "spans" ("start" and "end" in code
  /// points, "type" PERSON, LOCATION or ORGANIZATION; spans of other types are neither right nor
  /// wrong); anything else is text, its documents set apart by lines `---`, names marked as
  /// `⟦P Ada Lovelace⟧`, `⟦L …⟧`, `⟦O …⟧`, and `⟦X …⟧` for what is neither right nor wrong; a first
  /// document that begins with `# Origin` is left out.
  ///
  /// - Throws: `PatternFileError` with the line.
  package init(path: String) throws {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(validating: data, as: UTF8.self)
    else { throw PatternFileError(file: path, message: "cannot be read as UTF-8") }
    if path.hasSuffix(".jsonl") {
      try readSpans(text, path)
    } else {
      try readMarked(text, path)
    }
  }

  /// Puts all documents into small letters.
  package mutating func useSmallLetters() { documents = documents.map(\.inSmallLetters) }

  private struct Record: Decodable {
    struct Span: Decodable {
      let start: Int
      let end: Int
      let type: String
    }
    let text: String
    let spans: [Span]
  }

  private mutating func readSpans(_ text: String, _ path: String) throws {
    let decoder = JSONDecoder()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      guard let record = try? decoder.decode(Record.self, from: Data(line.utf8)) else {
        throw PatternFileError(
          file: path, line: index + 1, message: "no record with \"text\" and \"spans\"")
      }
      var offsets: [Int] = []
      var bytes = 0
      for scalar in record.text.unicodeScalars {
        offsets.append(bytes)
        bytes += UTF8.width(scalar)
      }
      offsets.append(bytes)
      var names: [NameTrainer.Gold] = []
      for span in record.spans {
        guard span.start >= 0, span.start < span.end, span.end < offsets.count else {
          throw PatternFileError(
            file: path, line: index + 1, message: "a span is not inside its text")
        }
        names.append(
          NameTrainer.Gold(
            range: offsets[span.start]..<offsets[span.end], kind: Self.kinds[span.type]))
      }
      add(Array(record.text.utf8), names)
    }
  }

  private static let kinds: [String: MentionKind] = [
    "PERSON": .person, "LOCATION": .location, "ORGANIZATION": .organization, "ORG": .organization,
  ]

  private mutating func readMarked(_ text: String, _ path: String) throws {
    var bytes: [UInt8] = []
    var names: [NameTrainer.Gold] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line == "---" {
        add(bytes, names)
        bytes = []
        names = []
        continue
      }
      guard Self.append(line, to: &bytes, &names) else {
        throw PatternFileError(
          file: path, line: index + 1, message: "a mark is not closed, or of an unknown kind")
      }
      bytes.append(10)
    }
    add(bytes, names)
  }

  /// Appends a line without its marks; `false` when one of them is wrong.
  private static func append(
    _ line: Substring, to bytes: inout [UInt8], _ names: inout [NameTrainer.Gold]
  ) -> Bool {
    var rest = line[...]
    while let open = rest.firstIndex(of: "⟦") {
      bytes += Array(rest[..<open].utf8)
      let inside = rest[rest.index(after: open)...]
      guard let close = inside.firstIndex(of: "⟧"), inside.count > 2 else { return false }
      let mark = inside[..<close]
      // Another one opens before this one is closed.
      if mark.contains("⟦") { return false }
      let kinds: [Character: MentionKind?] = [
        "P": .person, "L": .location, "O": .organization, "X": nil,
      ]
      guard let letter = mark.first, let kind = kinds[letter], mark.dropFirst().first == " " else {
        return false
      }
      let start = bytes.count
      bytes += Array(mark.dropFirst(2).utf8)
      guard bytes.count > start else { return false }
      names.append(NameTrainer.Gold(range: start..<bytes.count, kind: kind))
      rest = inside[inside.index(after: close)...]
    }
    bytes += Array(rest.utf8)
    return !rest.contains("⟧")
  }

  private mutating func add(_ text: [UInt8], _ names: [NameTrainer.Gold]) {
    guard text.contains(where: { $0 > 32 }) else { return }
    if documents.isEmpty, text.starts(with: Array("# Origin".utf8)), names.isEmpty { return }
    documents.append(
      Document(text: text, names: names.sorted { $0.range.lowerBound < $1.range.lowerBound }))
  }
}
