/// A table pasted into a text: CSV, TSV, Markdown, what databases print.
///
///     id;born;phone
///     17;1990-01-31;0151 23456789
package struct TextTable {
  /// The line of the names of the columns, in bytes of the text, without its end.
  package let header: Range<Int>
  /// Where the lines below it end.
  package let end: Int
  /// Tab, bar, semicolon or comma.
  package let separator: UInt8
  /// The cells of the header.
  package let columns: [Range<Int>]

  /// The most cells of a line, and the longest name of a column, in bytes.
  private static let cellsMax = 64
  private static let nameMax = 48
  /// How many lines may stand before the header that look like rows.
  private static let headersMax = 8

  /// The next table of a text.
  ///
  /// Lines are rows when each has as many of a separator as the first, or more; the first of them
  /// whose cells are all short and of few words names the columns.
  ///
  /// - Parameter position: where a line begins; moved behind the table.
  /// - Returns: `nil` when there are no more.
  /// - Complexity: O(bytes passed over), many of them a step.
  package static func next(in text: Span<UInt8>, from position: inout Int) -> TextTable? {
    while let lines = nextTableLines(in: text, from: &position) {
      if let table = TextTable(text, lines.range, lines.separator) { return table }
    }
    return nil
  }

  /// All lines of a text that may be the rows of tables, for tests.
  package static func runs(in text: Span<UInt8>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var position = 0
    while let lines = nextTableLines(in: text, from: &position) { result.append(lines.range) }
    return result
  }

  private init?(_ text: Span<UInt8>, _ lines: Range<Int>, _ separator: UInt8) {
    var cells: [Range<Int>] = []
    var start = lines.lowerBound
    for _ in 0..<Self.headersMax where start < lines.upperBound {
      let end = Self.lineEnd(text, start)
      Self.split(text, start..<end, separator, into: &cells)
      if end < lines.upperBound, Self.mayNameColumns(text, cells) {
        header = start..<end
        self.end = lines.upperBound
        self.separator = separator
        columns = cells
        return
      }
      start = end + 1
    }
    return nil
  }

  /// Calls a function with the cells of each row that has as many as the header, or more.
  ///
  /// - Complexity: O(bytes of the table).
  package func forEachRow(in text: Span<UInt8>, _ body: ([Range<Int>]) -> Void) {
    var cells: [Range<Int>] = []
    var start = header.upperBound + 1
    while start < end {
      let lineEnd = Self.lineEnd(text, start)
      if !Self.isRule(text, start..<lineEnd) {
        Self.split(text, start..<lineEnd, separator, into: &cells)
        if cells.count >= columns.count { body(cells) }
      }
      start = lineEnd + 1
    }
  }

  private static func mayNameColumns(_ text: Span<UInt8>, _ cells: [Range<Int>]) -> Bool {
    guard cells.count > 1, cells.allSatisfy({ mayNameColumn(text, $0, lengthMax: nameMax) }),
      let end = cells.last?.upperBound, text[end - 1] != UInt8(ascii: ".")
    else { return false }
    // A table may have nothing above its first column; lines of code end with a separator.
    return cells.dropFirst().allSatisfy { cell in cell.contains { isWordByte(text[$0]) } }
  }

  // MARK: - Lines

  /// Where the line ends that an offset is in.
  package static func lineEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    firstIndex(of: 10, in: text, from: min(start, text.count)) ?? text.count
  }

  /// Cuts a line into cells; separators inside quotes are none, unless a quote is left open, and
  /// what stands outside the first and last bar of a line of bars is no cell.
  package static func split(
    _ text: Span<UInt8>, _ line: Range<Int>, _ separator: UInt8, into cells: inout [Range<Int>]
  ) {
    let quotes = line.count { text[$0] == 34 }
    cells.removeAll(keepingCapacity: true)
    var start = line.lowerBound
    var isQuoted = false
    var index = start
    while index < line.upperBound, cells.count < cellsMax {
      let byte = text[index]
      if byte == 34, quotes & 1 == 0 {
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        let isOutside =
          separator == UInt8(ascii: "|") && cells.isEmpty
          && (line.lowerBound..<index).allSatisfy { text[$0] <= 32 }
        if !isOutside { cells.append(start..<index) }
        start = index + 1
      }
      index += 1
    }
    guard cells.count < cellsMax else { return }
    let isOutside =
      separator == UInt8(ascii: "|") && (start..<line.upperBound).allSatisfy { text[$0] <= 32 }
    if !isOutside { cells.append(start..<line.upperBound) }
  }

  /// Whether a cell is short and of letters and digits, a few words.
  package static func mayNameColumn(
    _ text: Span<UInt8>, _ cell: Range<Int>, lengthMax: Int
  ) -> Bool {
    guard cell.count <= lengthMax else { return false }
    for index in cell {
      switch text[index] {
      // "Change %", "Price [$]", a placeholder.
      case 36, 37, 38, 43, 64, 91, 93: continue
      case 32, 13, 34, 35, 39, 40, 41, 42, 45, 46, 47, 95: continue
      default: guard isWordByte(text[index]) else { return false }
      }
    }
    return true
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20) &- 97 < 26 || byte &- 48 < 10
  }

  /// Whether a line is that of dashes below the names of columns.
  package static func isRule(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
    line.allSatisfy { index in
      switch text[index] {
      case 13, 32, 9, UInt8(ascii: "|"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "+"):
        true
      default: false
      }
    }
  }
}
