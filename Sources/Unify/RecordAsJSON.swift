internal import Records

/// A record as JSON: a text is a string, a row of a table is an object. Cells beyond the columns
/// have an empty key.
func recordAsJSON(
  _ record: Span<UInt8>, _ layout: RecordLayout, _ columns: [[UInt8]]
) -> [UInt8] {
  var json: [UInt8] = []
  func appendString(_ text: [UInt8]) {
    json.append(UInt8(ascii: "\""))
    appendJSONEscaped(text.span, into: &json)
    json.append(UInt8(ascii: "\""))
  }
  switch layout {
  case .json: json = Array(copying: record)
  case .text: appendString(Array(copying: record))
  case .table(let separator):
    json.append(UInt8(ascii: "{"))
    for (index, cell) in columnNames(record, separator: separator).enumerated() {
      if index > 0 { json.append(UInt8(ascii: ",")) }
      appendString(index < columns.count ? columns[index] : [])
      json.append(UInt8(ascii: ":"))
      appendString(cell)
    }
    json.append(UInt8(ascii: "}"))
  }
  return json
}

extension [UInt8] {
  /// The bytes of a span.
  init(copying span: Span<UInt8>) {
    self.init()
    reserveCapacity(span.count)
    for index in span.indices { append(span[index]) }
  }
}
