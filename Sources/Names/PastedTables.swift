internal import Text

/// Tables pasted into a text, as far as one of their columns holds people's names.
///
///     employee_id;nachname;vorname;ort
///     17;Schön;Ilse;Ulm
extension NameScanner {
  /// The longest line of names of columns, in bytes.
  private static let headerMax = 2048

  /// Appends the names of a table whose line of columns a position is in, if that is one.
  ///
  /// A line below is in the table when it has as many cells or more; one of a single cell, or a
  /// blank one, ends it. What stands in one is looked at once: a line of a table begins no other.
  ///
  /// - Parameter mark: where the cell ends, or a line.
  /// - Complexity: O(bytes of the table).
  func scanTable(
    _ position: Int, mark: Int, _ text: Span<UInt8>, using scratch: inout NameScratch,
    into mentions: inout [NameMention]
  ) {
    guard position >= scratch.table.upperBound else { return }
    guard let line = Self.headerLine(text, around: position),
      line.upperBound < text.count,
      let separator = Self.separator(text, line, position, mark)
    else { return }
    var cells: [Range<Int>] = []
    TextTable.split(text, line, separator, into: &cells)
    guard cells.count > 1,
      cells.allSatisfy({
        TextTable.mayNameColumn(text, $0, lengthMax: Self.fieldLengthMax)
      })
    else { return }
    let kinds = cells.map { cell in
      Self.trimmed(text, cell).map { fieldKind(text, $0, using: &scratch) } ?? .none
    }
    guard kinds.contains(where: { $0 >= .maybeName }) else { return }
    let most: FieldKind =
      kinds.contains(.name) ? .name : kinds.contains(.ofPerson) ? .ofPerson : .none
    let count = kinds.count
    var start = line.upperBound + 1
    var row = 0
    while start < text.count {
      let end = TextTable.lineEnd(text, start)
      defer { start = end + 1 }
      if row == 0, separator == UInt8(ascii: "|"), TextTable.isRule(text, start..<end) { continue }
      TextTable.split(text, start..<end, separator, into: &cells)
      guard cells.count > 1 else { break }
      guard cells.count >= count else { continue }
      row += 1
      for column in 0..<count {
        if kinds[column] == .ofPlace { scratch.placeCells.append(cells[column]) }
        guard kinds[column] >= .maybeName else { continue }
        appendName(
          cells[column], kinds[column], isForm: true, text, using: &scratch, into: &mentions,
          beside: { _ in most })
      }
    }
    // A line below may come to be one of the table when something in it is replaced.
    scratch.table = line.lowerBound..<min(row > 0 ? start : line.upperBound, text.count)
  }

  /// The line around a position, `nil` when it is too long for one of names of columns.
  private static func headerLine(_ text: Span<UInt8>, around position: Int) -> Range<Int>? {
    let floor = max(0, position - headerMax)
    var low = position
    while low > floor, text[low - 1] != 10 { low -= 1 }
    if low == floor, floor > 0 { return nil }
    let limit = min(text.count, low + headerMax)
    var high = position
    while high < limit, text[high] != 10 { high += 1 }
    return high < limit || high == text.count ? low..<high : nil
  }

  /// What keeps the cells of a line apart: the mark behind a cell, or of the last one that before.
  private static func separator(
    _ text: Span<UInt8>, _ line: Range<Int>, _ position: Int, _ mark: Int
  ) -> UInt8? {
    if mark < line.upperBound, isSeparator(text[mark]) { return text[mark] }
    var index = position
    while index > line.lowerBound {
      index -= 1
      if isSeparator(text[index]) { return text[index] }
    }
    return nil
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|")
      || byte == 9
  }
}
