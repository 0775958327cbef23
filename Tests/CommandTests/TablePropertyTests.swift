import Foundation
import Testing

/// A small seeded generator (SplitMix64), so that a failing case can be had again.
private struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % UInt64(limit))
  }

  mutating func one(of words: [String]) -> String { words[below(words.count)] }
}

/// Tables of all kinds go through the command as a reader of RFC 4180 says they should.
@Suite struct TablePropertyTests {
  private static let cells = [
    "", "x", "some words here", "dana@example.org", "né", "write to orla@example.org, soon",
    "say \"hello\"", "one\ntwo", "one\r\ntwo", "a,b\tc", " blank ", "'", "\"",
  ]

  /// A table with rows of unequal length, and its cells.
  private static func table(
    separator: Character, lineEnd: String, endsWithLine: Bool, _ random: inout SplitMix64
  ) -> (text: String, rows: [[String]]) {
    var rows = [["id", "who", "more"]]
    for number in 0..<60 {
      rows.append(["\(number)"] + (0..<random.below(5)).map { _ in random.one(of: cells) })
    }
    let lines = rows.map { row in
      row.map { cell in
        let isQuoted =
          cell.contains { $0 == separator || "\"\n\r".contains($0) || $0 == "\r\n" }
          || random.below(4) == 0
        return isQuoted ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
      }.joined(separator: String(separator))
    }
    return (lines.joined(separator: lineEnd) + (endsWithLine ? lineEnd : ""), rows)
  }

  /// The cells of a table, read one character after the other.
  private static func read(_ text: String, separator: Character) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    var characters = Array(text.unicodeScalars)[...]
    while let next = characters.popFirst() {
      let row = rows.count - 1
      let cell = rows[row].count - 1
      if isQuoted {
        if next != "\"" {
          rows[row][cell].unicodeScalars.append(next)
        } else if characters.first == "\"" {
          rows[row][cell] += "\""
          characters.removeFirst()
        } else {
          isQuoted = false
        }
      } else if next == "\"", rows[row][cell].isEmpty {
        isQuoted = true
      } else if Character(next) == separator {
        rows[row].append("")
      } else if next == "\n" {
        rows.append([""])
      } else if next == "\r", characters.first == "\n" {
        continue
      } else {
        rows[row][cell].unicodeScalars.append(next)
      }
    }
    if rows.last == [""] { rows.removeLast() }
    return rows
  }

  /// A row as it has to be: addresses have numbers in the order they stand in it.
  private static func expected(_ row: [String]) -> [String] {
    var numbers: [String: Int] = [:]
    return row.map { cell in
      cell.replacing(/(dana|orla)@example\.org/) { match in
        let number = numbers[String(match.output.0)] ?? numbers.count + 1
        numbers[String(match.output.0)] = number
        return "[EMAIL_ADDRESS_\(number)]"
      }
    }
  }

  @Test func cellsAreReplacedAndNothingElse() throws {
    var random = SplitMix64(seed: 77)
    for (kind, lineEnd, endsWithLine) in [
      ("csv", "\n", true), ("csv", "\r\n", false), ("tsv", "\n", false), ("ssv", "\n", true),
    ] {
      let separator: Character = kind == "csv" ? "," : kind == "ssv" ? ";" : "\t"
      let (text, rows) = Self.table(
        separator: separator, lineEnd: lineEnd, endsWithLine: endsWithLine, &random)
      #expect(Self.read(text, separator: separator) == rows)
      let folder = try TemporaryFolder()
      try Data(text.utf8).write(to: folder.url.appending(path: "in.\(kind)"))
      // Names of formats say what the container is, but for semicolons.
      let format = kind == "ssv" ? "csv --container ssv" : kind
      let common = "chatscrub redact --format \(format) -o"
      let result = try Shell.run(
        """
        set -e
        \(common) out.\(kind) in.\(kind)
        \(common) one.\(kind) --jobs 1 --batch-bytes 1 in.\(kind)
        \(common) two.\(kind) --jobs 2 --batch-bytes 300 in.\(kind)
        \(common) seven.\(kind) --jobs 7 --batch-bytes 2000 in.\(kind)
        \(common) again.\(kind) out.\(kind)
        for name in one two seven again; do cmp out.\(kind) $name.\(kind); done
        """, in: folder.url)
      #expect(result.status == 0, "\(String(decoding: result.standardError, as: UTF8.self))")
      let data = try Data(contentsOf: folder.url.appending(path: "out.\(kind)"))
      let output = String(decoding: data, as: UTF8.self)
      #expect(Self.read(output, separator: separator) == rows.map(Self.expected))
      // Quotes and line ends are those that were read.
      let addresses = /(dana|orla)@example\.org/
      let placeholders = /\[EMAIL_ADDRESS_[0-9]+\]/
      #expect(output.replacing(placeholders, with: "@") == text.replacing(addresses, with: "@"))
    }
  }
}
