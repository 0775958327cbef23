internal import Text

/// How the records of an input are written.
package enum RecordLayout: Sendable, Equatable {
  /// A JSON value.
  case json
  /// Text as it is.
  case text
  /// A row of a table (RFC 4180), its cells separated by that byte.
  case table(separator: UInt8)
}

/// A record that could not be read: its place among those read together, from 0.
package struct RefusedRecord: Sendable {
  package let number: Int
  package let error: RecordError
}

/// Finds, in one pass over a record, the values its format says something about.
///
/// One per worker; its stacks are reused. No object is built, and no byte is copied but those of
/// strings whose text is looked into.
package struct RecordParser: ~Copyable {
  /// The longest record, in bytes: locations inside must fit 32 bits.
  package static let recordBytesMax = Int(Int32.max)

  /// How the records are written.
  package var layout = RecordLayout.json
  /// The names of a table's columns, in UTF-8; a cell beyond them has an empty name.
  package var columns: [[UInt8]] = []

  private var tokenizer: Tokenizer
  private var builder: MapBuilder

  /// A parser for records of that format, refusing containers nested deeper than `depthMax`.
  package init(format: Format, depthMax: Int = 512) {
    tokenizer = Tokenizer(depthMax: depthMax)
    builder = MapBuilder(format, depthMax: depthMax)
  }

  /// Reads one record, white space around it allowed, and writes what it found over `map`.
  ///
  /// After an error `map` is empty. O(n).
  package mutating func parse(
    _ record: Span<UInt8>, into map: inout RecordMap
  ) throws(RecordError) {
    var refused: [RefusedRecord] = []
    parse(record, records: [0..<record.count], into: &map, refused: &refused)
    if let first = refused.first { throw first.error }
  }

  /// Reads several records of the same bytes into one map, as if they were one. Those that are
  /// refused are left out of it. O(n).
  package mutating func parse(
    _ bytes: Span<UInt8>, records: [Range<Int>], into map: inout RecordMap,
    refused: inout [RefusedRecord]
  ) {
    swap(&map, &builder.map)
    defer { swap(&map, &builder.map) }
    builder.start()
    for (number, range) in records.enumerated() {
      builder.startRecord()
      do throws(RecordError) {
        guard range.upperBound <= Self.recordBytesMax else {
          throw .tooLong(limit: Self.recordBytesMax)
        }
        let record = bytes.extracting(0..<range.upperBound)
        let start = range.lowerBound
        switch layout {
        case .json: try tokenizer.run(record, from: start, &builder)
        case .text: try readText(record, from: start, &builder)
        case .table(let separator):
          try readRow(record, from: start, separator: separator, columns: columns, &builder)
        }
        try builder.finish(record)
      } catch {
        builder.leaveOut()
        refused.append(RefusedRecord(number: number, error: error))
      }
    }
  }
}
