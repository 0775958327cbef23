internal import Text

/// Finds the zones of a text that are made of whole lines.
///
/// Fences are read as CommonMark 0.30, 4.5, has them. Other lines are judged one at a time by signs
/// that prose does not have, and make a zone where two or more of a kind follow each other.
enum LineZones {
  /// Appends the zones of a text in order.
  ///
  /// - Complexity: O(`text.count`).
  static func find(_ text: Span<UInt8>, into blocks: inout [(range: Range<Int>, zone: Zone)]) {
    var run = LineRun()
    var fence: Fence?
    var start = 0
    while start < text.count {
      let end = firstIndex(of: 10, in: text, from: start) ?? text.count
      let line = trimmed(text, start..<end)
      if let open = fence {
        if open.isClosed(by: line, text) {
          open.append(upTo: start, into: &blocks)
          fence = nil
        }
      } else if let open = Fence(line, indent: line.lowerBound - start, next: end + 1, text) {
        run.close(into: &blocks)
        fence = open
      } else {
        run.add(kind(of: line, text, follows: run.kind), start..<end, into: &blocks)
      }
      start = end + 1
    }
    if let fence { fence.append(upTo: text.count, into: &blocks) }
    run.close(into: &blocks)
  }

  private static func trimmed(_ text: Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    var start = line.lowerBound
    var end = line.upperBound
    while start < end, text[start] <= 32 { start += 1 }
    while end > start, text[end - 1] <= 32 { end -= 1 }
    return start..<end
  }
}

/// A fenced block that is open.
private struct Fence {
  private let mark: UInt8
  private let count: Int
  private let start: Int
  /// What is inside, as the word behind the fence says; `nil`: prose.
  private let zone: Zone?

  /// - Parameter next: where the line behind the fence begins.
  init?(_ line: Range<Int>, indent: Int, next: Int, _ text: Span<UInt8>) {
    guard line.count >= 3, indent < 4 else { return nil }
    mark = text[line.lowerBound]
    guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
    var end = line.lowerBound
    while end < line.upperBound, text[end] == mark { end += 1 }
    count = end - line.lowerBound
    guard count >= 3 else { return nil }
    for index in end..<line.upperBound where text[index] == UInt8(ascii: "`") { return nil }
    start = next
    zone = Self.zone(of: end..<line.upperBound, text)
  }

  func isClosed(by line: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard line.count >= count else { return false }
    for index in line where text[index] != mark { return false }
    return true
  }

  func append(upTo end: Int, into blocks: inout [(range: Range<Int>, zone: Zone)]) {
    if let zone, start < end { blocks.append((start..<end, zone)) }
  }

  private static let prose: Set<String> = [
    "text", "txt", "plaintext", "plain", "markdown", "md", "email", "eml", "letter", "vcard",
  ]
  private static let words: [String: Zone] = [
    "diff": .diff, "patch": .diff, "log": .log, "logs": .log, "json": .data, "jsonl": .data,
    "json5": .data, "csv": .data, "tsv": .data, "xml": .data, "yaml": .data, "yml": .data,
    "toml": .data, "ini": .data,
  ]

  private static func zone(of info: Range<Int>, _ text: Span<UInt8>) -> Zone? {
    var word: [UInt8] = []
    for index in info.prefix(24) {
      let byte = text[index]
      if byte <= 32, word.isEmpty { continue }
      guard (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 else { break }
      word.append(FoldTable.asciiFold(byte))
    }
    let name = String(decoding: word, as: UTF8.self)
    return prose.contains(name) ? nil : words[name] ?? .codeBlock
  }
}

/// What a line outside of fences looks like.
enum LineKind: Equatable {
  case blank
  case prose
  /// Of one zone.
  case of(Zone)
  /// A brace alone, and the like: goes on with whatever there is.
  case brace
  /// So many separators of a kind.
  case table(UInt8, Int)
}

/// Lines of one kind that follow each other.
private struct LineRun {
  private(set) var kind = LineKind.prose
  private var range = 0..<0
  private var lines = 0

  mutating func add(
    _ next: LineKind, _ line: Range<Int>, into blocks: inout [(range: Range<Int>, zone: Zone)]
  ) {
    switch next {
    case .blank:
      // Code has empty lines, a table has not.
      if case .table = kind { close(into: &blocks) }
    case .brace where kind != .prose:
      range = range.lowerBound..<line.upperBound
    case kind where next != .prose:
      range = range.lowerBound..<line.upperBound
      lines += 1
    default:
      close(into: &blocks)
      kind = next
      range = line
      lines = 1
    }
  }

  /// Ends the run; a line alone is no zone, and two lines are no table.
  mutating func close(into blocks: inout [(range: Range<Int>, zone: Zone)]) {
    switch kind {
    case .of(let zone) where lines > 1 || zone == .stackTrace: blocks.append((range, zone))
    case .table where lines > 2: blocks.append((range, .data))
    default: break
    }
    kind = .prose
    lines = 0
  }
}
