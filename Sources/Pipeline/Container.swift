package import Records

/// How the records of an input are held together.
package enum Container: String, Codable, Sendable, CaseIterable {
  /// A record is a line (JSON Lines). Blank lines belong to no record.
  case lines
  /// A record is an element of one top-level JSON array, on one line or many.
  case array
  /// A record is a top-level JSON value; values follow each other with or without white space.
  case values
  /// A record is a piece of text, not JSON: a whole file, or, of a long one, as many paragraphs as
  /// `RecordSplitter.textBytes` is reached with.
  case text
  /// A record is a row of a table (RFC 4180) whose first row names the columns. A quoted cell may
  /// hold line endings.
  case csv
  /// The same with semicolons between the cells, as spreadsheets write it where a comma is the
  /// decimal mark.
  case ssv
  /// The same with tabs between the cells.
  case tsv
}

extension Container {
  /// How a record is written.
  package var layout: RecordLayout {
    switch self {
    case .lines, .array, .values: .json
    case .text: .text
    case .csv: .table(separator: UInt8(ascii: ","))
    case .ssv: .table(separator: UInt8(ascii: ";"))
    case .tsv: .table(separator: UInt8(ascii: "\t"))
    }
  }

  /// Whether a record is a row of a table.
  package var isTable: Bool { self == .csv || self == .ssv || self == .tsv }

  /// Whether a record ends with its line, which is then no part of it.
  var hasLineEndings: Bool { self == .lines || isTable }
}

extension Container {
  /// Finds out from the first bytes of an input how its records are held together.
  ///
  /// Names say which are tables (`.csv`, `.tsv`), the first line of a `.csv` whether its cells are
  /// kept apart by semicolons, and names again which are text (`.txt`, `.md`, `.log` and the
  /// like) when they do not begin as JSON does. Of the others, an input that begins with `[` is an
  /// array, unless its first line is a complete array and more lines follow. Names in `.jsonl` and
  /// `.ndjson` are lines. For other names it is lines when the first line is one complete value (or
  /// too long to tell) or ends inside a string, else values.
  ///
  /// - Parameters:
  ///   - firstBytes: the decoded beginning of the input.
  ///   - name: the name of the file; a last `.gz` or `.zst` is not looked at.
  ///   - isWhole: whether `firstBytes` is all that will be looked at.
  /// - Returns: `nil` when more bytes are needed, never when `isWhole`.
  package static func detect(firstBytes: [UInt8], name: String, isWhole: Bool) -> Container? {
    if let table = table(name) {
      return table == .csv ? separated(firstBytes, isWhole: isWhole) : table
    }
    // The first byte of a byte order mark says nothing of what follows.
    if !isWhole, firstBytes.count < 3, firstBytes.first == 0xEF { return nil }
    var start = firstBytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < firstBytes.count, isWhiteSpace(firstBytes[start]) { start += 1 }
    guard start < firstBytes.count else { return isWhole ? .lines : nil }

    if firstBytes[start] == UInt8(ascii: "["), !isWhole,
      firstBytes[(start + 1)...].allSatisfy(isWhiteSpace)
    {
      return nil
    }
    let isArray = firstBytes[start] == UInt8(ascii: "[") && mayBeginElement(firstBytes, start + 1)
    // A stream of values that are no objects is nothing anybody writes; a broken first line is.
    let isObject = firstBytes[start] == UInt8(ascii: "{")
    if !isArray, !isObject, isNamedText(name) { return .text }
    if !isArray, !isObject || stem(name).hasSuffix(".jsonl") || stem(name).hasSuffix(".ndjson") {
      return .lines
    }

    var scanner = ValueScanner(first: firstBytes[start])
    var position = start
    let end = scanner.end(in: firstBytes, from: &position)
    let valueEnd = end ?? firstBytes.count
    let hasNewline = firstBytes[start..<valueEnd].contains(UInt8(ascii: "\n"))
    if end == nil, !hasNewline, !isWhole { return nil }
    if isArray {
      if end == nil || hasNewline { return .array }
      return isFollowedByLine(firstBytes, valueEnd, isWhole).map { $0 ? .lines : .array }
    }
    if hasNewline { return isBrokenLine(firstBytes[start...]) ? .lines : .values }
    // A line that is longer than what may be looked at is a line.
    guard end != nil else { return .lines }
    return endsLine(firstBytes, valueEnd, isWhole).map { $0 ? .lines : .values }
  }

  /// Whether what follows a `[` may be an element, or the array's end: a broken line is no array.
  private static func mayBeginElement(_ bytes: [UInt8], _ position: Int) -> Bool {
    guard let first = bytes[position...].first(where: { !isWhiteSpace($0) }) else { return true }
    // Until the next byte is known, `detect` asks for more.
    return "{[\"]-0123456789tfn".utf8.contains(first)
  }

  /// Whether the first line ends inside a string, which no JSON does: what is cut off is a line.
  private static func isBrokenLine(_ bytes: ArraySlice<UInt8>) -> Bool {
    var isString = false
    var isEscaped = false
    for byte in bytes {
      if byte == UInt8(ascii: "\n") { return isString }
      if byte == UInt8(ascii: "\""), !isEscaped { isString.toggle() }
      isEscaped = isString && !isEscaped && byte == UInt8(ascii: "\\")
    }
    return false
  }

  /// Whether nothing but blanks stands between `position` and the end of its line.
  private static func endsLine(_ bytes: [UInt8], _ position: Int, _ isWhole: Bool) -> Bool? {
    for byte in bytes[position...] {
      if byte == UInt8(ascii: "\n") { return true }
      if !isWhiteSpace(byte) { return false }
    }
    return isWhole ? true : nil
  }

  /// Whether the line ends at `position` and another line with something on it follows.
  private static func isFollowedByLine(
    _ bytes: [UInt8], _ position: Int, _ isWhole: Bool
  ) -> Bool? {
    var sawNewline = false
    for byte in bytes[position...] {
      if byte == UInt8(ascii: "\n") {
        sawNewline = true
      } else if !isWhiteSpace(byte) {
        return sawNewline
      }
    }
    return isWhole ? false : nil
  }

  /// The table a name says an input is.
  private static func table(_ name: String) -> Container? {
    let stem = stem(name).lowercased()
    return stem.hasSuffix(".csv") ? .csv : stem.hasSuffix(".tsv") ? .tsv : nil
  }

  /// The kind of a table by its first line: of semicolons when there are some and no comma, both
  /// outside of quotes; `nil` when the line goes on.
  private static func separated(_ bytes: [UInt8], isWhole: Bool) -> Container? {
    var isQuoted = false
    var hasSemicolon = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted: return .csv
      case UInt8(ascii: ";") where !isQuoted: hasSemicolon = true
      case UInt8(ascii: "\n") where !isQuoted: return hasSemicolon ? .ssv : .csv
      default: continue
      }
    }
    return isWhole ? hasSemicolon ? .ssv : .csv : nil
  }

  /// Whether the name is one of a text.
  private static func isNamedText(_ name: String) -> Bool {
    let stem = stem(name).lowercased()
    return [".txt", ".text", ".md", ".log", ".yml", ".yaml"].contains { stem.hasSuffix($0) }
  }

  /// The name without the suffix of its compression.
  private static func stem(_ name: String) -> Substring {
    var stem = name[...]
    for suffix in [".gz", ".zst"] where stem.hasSuffix(suffix) {
      stem = stem.dropLast(suffix.count)
    }
    return stem
  }
}

/// Whether a byte is one of JSON's four kinds of white space.
func isWhiteSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
}
