internal import Text

/// Finds the zone of a place that is made of whole lines.
///
/// Fences are read as CommonMark 0.30, 4.5, has them. Other lines are judged one at a time by signs
/// that prose does not have, and are in a zone where two or more of a kind follow each other. Only
/// the lines around a place are looked at.
enum LineZones {
  /// How many lines are looked at before and behind a line.
  private static let reach = 100

  /// Appends the fenced blocks of a text in order.
  ///
  /// - Complexity: O(`text.count`), at the speed of a search for one byte where there is no fence.
  static func fences(_ text: Span<UInt8>, into blocks: inout [FencedBlock]) {
    guard
      firstIndex(of: UInt8(ascii: "`"), in: text) != nil
        || firstIndex(of: UInt8(ascii: "~"), in: text) != nil
    else { return }
    var fence: Fence?
    var start = 0
    while start < text.count {
      let end = firstIndex(of: 10, in: text, from: start) ?? text.count
      var first = start
      while first < end, text[first] <= 32 { first += 1 }
      if first < end, text[first] == UInt8(ascii: "`") || text[first] == UInt8(ascii: "~") {
        let line = trimmed(text, start..<end)
        if let open = fence {
          if open.isClosed(by: line, text) {
            blocks.append(open.block(upTo: start))
            fence = nil
          }
        } else {
          fence = Fence(line, indent: first - start, next: end + 1, text)
        }
      }
      start = end + 1
    }
    if let fence { blocks.append(fence.block(upTo: text.count)) }
  }

  /// Whether a line of the text is the head of a diff, so that others may go on with it.
  ///
  /// - Complexity: O(lines), and the speed of a search for one byte in them.
  static func hasDiff(_ text: Span<UInt8>) -> Bool {
    var start = 0
    while start < text.count {
      var first = start
      while first < text.count, text[first] <= 32, text[first] != 10 { first += 1 }
      if first < text.count, isDiffHead(first, text) { return true }
      start = (firstIndex(of: 10, in: text, from: first) ?? text.count) + 1
    }
    return false
  }

  /// The zone of a line outside of fences.
  ///
  /// - Parameters:
  ///   - hasDiff: as `hasDiff` says of the text.
  ///   - kinds: what is known of the text's lines.
  /// - Complexity: O(length of the line and of those around it that are of its kind).
  static func zone(
    of line: TextLine, _ text: Span<UInt8>, hasDiff: Bool, kinds: inout LineKinds
  ) -> Zone? {
    var line = line
    var kind = kinds.kind(of: line, text)
    // A brace goes on with what stands before it.
    var left = reach
    while kind == .brace, left > 0, let before = previous(line, text) {
      line = before
      kind = kinds.kind(of: line, text)
      left -= 1
    }
    if let zone = own(kind) { return zone }
    if hasDiff, isPartOfDiff(line, kind, text, &kinds) { return .diff }
    switch kind {
    case .blank, .prose, .brace: return nil
    case .of(let zone):
      let isRun =
        neighbour(of: line, text, forward: false, &kinds) == kind
        || neighbour(of: line, text, forward: true, &kinds) == kind
      return isRun ? zone : nil
    case .table:
      let lines =
        1 + count(of: kind, beside: line, text, forward: false, &kinds)
        + count(of: kind, beside: line, text, forward: true, &kinds)
      return lines > 2 ? .data : nil
    }
  }

  /// The zone of a line that is one by itself.
  private static func own(_ kind: LineKind) -> Zone? {
    switch kind {
    case .of(.stackTrace): .stackTrace
    case .of(.diff): .diff
    default: nil
    }
  }

  /// Whether a line goes on with a diff whose head stands before it.
  private static func isPartOfDiff(
    _ line: TextLine, _ kind: LineKind, _ text: Span<UInt8>, _ kinds: inout LineKinds
  ) -> Bool {
    var line = line
    var kind = kind
    for _ in 0..<reach {
      if kind == .of(.diff) { return true }
      guard
        kind == .of(.codeLines) || kind == .brace || kind == .blank
          || isDiffLine(line.trimmed, text), let before = previous(line, text)
      else { return false }
      line = before
      kind = kinds.kind(of: line, text)
    }
    return false
  }

  /// The kind of the nearest line that is neither empty nor a brace.
  private static func neighbour(
    of line: TextLine, _ text: Span<UInt8>, forward: Bool, _ kinds: inout LineKinds
  ) -> LineKind {
    var line = line
    for _ in 0..<reach {
      guard let next = forward ? next(line, text) : previous(line, text) else { break }
      let kind = kinds.kind(of: next, text)
      if kind != .blank, kind != .brace { return kind }
      line = next
    }
    return .prose
  }

  /// How many lines of a kind follow each other beside a line, at most two.
  private static func count(
    of kind: LineKind, beside line: TextLine, _ text: Span<UInt8>, forward: Bool,
    _ kinds: inout LineKinds
  ) -> Int {
    var line = line
    for count in 0..<2 {
      guard let next = forward ? next(line, text) : previous(line, text),
        kinds.kind(of: next, text) == kind
      else { return count }
      line = next
    }
    return 2
  }

  private static func next(_ line: TextLine, _ text: Span<UInt8>) -> TextLine? {
    line.range.upperBound + 1 < text.count ? TextLine(text, at: line.range.upperBound + 1) : nil
  }

  private static func previous(_ line: TextLine, _ text: Span<UInt8>) -> TextLine? {
    line.range.lowerBound > 0 ? TextLine(text, at: line.range.lowerBound - 1) : nil
  }

  fileprivate static func trimmed(_ text: Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    var start = line.lowerBound
    var end = line.upperBound
    while start < end, text[start] <= 32 { start += 1 }
    while end > start, text[end - 1] <= 32 { end -= 1 }
    return start..<end
  }
}

/// A line of a text.
struct TextLine {
  /// Without the line's end.
  let range: Range<Int>
  /// Without white space at its ends.
  let trimmed: Range<Int>

  /// - Parameter offset: in the line or at its end.
  init(_ text: Span<UInt8>, at offset: Int) {
    var start = offset
    while start > 0, text[start - 1] != 10 { start -= 1 }
    range = start..<(firstIndex(of: 10, in: text, from: offset) ?? text.count)
    trimmed = LineZones.trimmed(text, range)
  }
}

/// What stands between fences.
struct FencedBlock {
  /// Bytes of the text.
  var range: Range<Int>
  /// `nil` where the fence's word says that it is prose.
  var zone: Zone?
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

  func block(upTo end: Int) -> FencedBlock {
    FencedBlock(range: min(start, end)..<end, zone: zone)
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
