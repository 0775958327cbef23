// Records that are no JSON: a text is one string, a row of a table is an object of strings.

internal import Text

/// Tells a visitor of a record that is text. Throws for what is not UTF-8. O(n).
func readText<Visitor: ValueVisitor>(
  _ record: Span<UInt8>, from start: Int = 0, _ visitor: inout Visitor
) throws(RecordError) {
  visitor.string(record, try plainToken(record, start..<record.count, .verbatim))
}

/// Tells a visitor of a row of a table as of an object: the names of the columns are its keys.
///
/// RFC 4180, with what is seen beside it: bytes behind a closing quote belong to the cell, and a
/// quote inside a cell that does not begin with one is a quote. A cell beyond the columns has an
/// empty key. Throws for what is not UTF-8 and for a quote that nothing closes. O(n).
func readRow<Visitor: ValueVisitor>(
  _ record: Span<UInt8>, from start: Int = 0, separator: UInt8, columns: [[UInt8]],
  _ visitor: inout Visitor
) throws(RecordError) {
  // The object has no bracket: it must not seem to begin where its first cell does.
  visitor.begin(.object, at: -1)
  var position = start
  var number = 0
  let empty: [UInt8] = []
  while true {
    let name = number < columns.count ? columns[number] : empty
    visitor.key(
      name.span, StringToken(range: 0..<name.count, hasEscapes: false, isASCII: true))
    let cell = try readCell(record, from: position, separator)
    visitor.string(record, try plainToken(record, cell.text, cell.encoding))
    position = cell.end
    guard position < record.count else { break }
    position += 1
    number += 1
  }
  visitor.end(.object, at: record.count)
}

/// The decoded cells of a row: of a table's first one, the names of its columns. O(n).
package func columnNames(_ row: Span<UInt8>, separator: UInt8) -> [[UInt8]] {
  var names: [[UInt8]] = []
  var position = 0
  var map = EscapeMap()
  while let cell = try? readCell(row, from: position, separator) {
    var name: [UInt8] = []
    decode(row, cell.text, as: cell.encoding, into: &name, map: &map)
    names.append(name)
    guard cell.end < row.count else { break }
    position = cell.end + 1
  }
  return names
}

/// A row as a JSON object, for what looks at records only to learn their shape. O(n).
package func rowAsObject(
  _ row: Span<UInt8>, separator: UInt8, columns: [[UInt8]]
) -> [UInt8] {
  var object = Array("{".utf8)
  for (name, cell) in zip(columns, columnNames(row, separator: separator)) {
    if object.count > 1 { object.append(UInt8(ascii: ",")) }
    for (text, end) in [(name, "\":"), (cell, "\"")] {
      object.append(UInt8(ascii: "\""))
      appendJSONEscaped(text.span, into: &object)
      object += Array(end.utf8)
    }
  }
  return object + Array("}".utf8)
}

/// The cell that starts at an offset: where its text stands, and the offset of what ends it.
private func readCell(
  _ record: Span<UInt8>, from start: Int, _ separator: UInt8
) throws(RecordError) -> (text: Range<Int>, encoding: TextEncoding, end: Int) {
  let quote = UInt8(ascii: "\"")
  guard start < record.count, record[start] == quote else {
    let end = firstIndex(of: separator, in: record, from: start) ?? record.count
    return (start..<end, .verbatim, end)
  }
  var position = start + 1
  while let next = firstIndex(of: quote, in: record, from: position) {
    if next + 1 < record.count, record[next + 1] == quote {
      position = next + 2
      continue
    }
    let end = firstIndex(of: separator, in: record, from: next) ?? record.count
    // What stands behind the closing quote would be lost if the cell ended there.
    return end == next + 1
      ? (start + 1..<next, .cell, end) : (start..<end, .verbatim, end)
  }
  throw .invalidJSON(offset: record.count, fault: .unterminatedString)
}

private func plainToken(
  _ record: Span<UInt8>, _ range: Range<Int>, _ encoding: TextEncoding
) throws(RecordError) -> StringToken {
  if let bad = firstInvalidUTF8(in: record.extracting(range)) {
    throw .invalidUTF8(offset: range.lowerBound + bad)
  }
  return StringToken(range: range, hasEscapes: false, isASCII: false, encoding: encoding)
}
