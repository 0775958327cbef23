internal import Foundation
package import Records

/// What a format says of a record, path by path.
package struct FormatReading: Equatable, Sendable {
  /// The generalised paths of strings that are text, each once, in the order of the record.
  package var text: [String] = []
  /// Path to action of what is handled as an identifier.
  package var identifiers: [String: String] = [:]
  /// Paths of what is text because no path of the format names it.
  package var unknown: [String] = []
  /// Paths of derived values and flags.
  package var derived: [String] = []
  /// Paths of strings that stay.
  package var stays: [String] = []
  /// Who speaks in the texts, one after the other.
  package var roles: [String] = []

  /// Reads a record. Throws for one that is broken or has not the format's shape.
  package init(
    _ record: [UInt8], format: Format, layout: RecordLayout = .json, columns: [[UInt8]] = []
  ) throws(RecordError) {
    var parser = RecordParser(format: format)
    parser.layout = layout
    parser.columns = columns
    var map = RecordMap()
    try parser.parse(record.span, into: &map)
    let reader = PathReader(record: record, layout: layout, columns: columns, map: map)
    var covered: Set<Int> = []
    for value in map.values where !value.isKeyedNumber {
      covered.insert(map.start(of: value))
      let path = reader.path(of: value)
      guard value.field >= 0 else {
        Self.add(path, to: &unknown)
        continue
      }
      switch format.fields[Int(value.field)].use {
      case .identifier(let action) where action != .scrub:
        identifiers[path] = action.rawValue
      default:
        Self.add(path, to: &text)
        roles.append(map.role(of: value).name)
      }
    }
    for value in map.noted { Self.add(reader.path(of: value), to: &derived) }
    stays = Self.strings(of: record, layout, columns, but: covered, map, format)
  }

  /// The paths of all strings that nothing is done with.
  private static func strings(
    of record: [UInt8], _ layout: RecordLayout, _ columns: [[UInt8]], but covered: Set<Int>,
    _ map: RecordMap, _ format: Format
  ) -> [String] {
    guard
      let all = try? Format(
        FormatDefinition(name: "all", fields: [FieldDefinition(path: "**", use: .text)]))
    else { return [] }
    var parser = RecordParser(format: all)
    parser.layout = layout
    parser.columns = columns
    var every = RecordMap()
    guard (try? parser.parse(record.span, into: &every)) != nil else { return [] }
    // Below what is replaced whole nothing stays.
    let whole = map.values.filter { $0.kind == .object || $0.kind == .array }.map(\.range)
    var paths: [String] = []
    let reader = PathReader(record: record, layout: layout, columns: columns, map: every)
    for value in every.values
    where !value.isKeyedNumber && !covered.contains(value.range.lowerBound)
      && !whole.contains(where: { $0.contains(value.range.lowerBound) })
    {
      add(reader.path(of: value), to: &paths)
    }
    return paths
  }

  private static func add(_ path: String, to paths: inout [String]) {
    if !paths.contains(path) { paths.append(path) }
  }
}

/// The paths of values, those inside strings behind those of the strings.
private struct PathReader {
  let record: [UInt8]
  let layout: RecordLayout
  let columns: [[UInt8]]
  let map: RecordMap

  func path(of value: ValueLocation) -> String {
    let places = map.places(of: value)
    var path = renderPaths(
      of: record.span, at: [places[0].start], layout: layout, columns: columns, generalised: true)[
        0]
    for place in places.dropFirst() where place.encoding == .json {
      let bytes = map.layers[Int(place.layer - 1)].bytes
      let inner = renderPaths(of: bytes.span, at: [place.start], generalised: true)[0]
      path = inner.hasPrefix("[") ? path + inner : "\(path).\(inner)"
    }
    return path
  }
}

/// The examples of a format file, tried.
package struct FormatProof {
  /// What an example says and what is read differ.
  package private(set) var problems: [PatternFileError] = []
  package private(set) var count = 0

  /// - Throws: `FormatError` for a format that does not compile.
  package init(
    _ definition: FormatDefinition, _ document: FormatDocument, file: String
  ) throws(FormatError) {
    let format = try Format(definition)
    let detector = try FormatDetector(formats: [definition])
    var unproven = Set(
      definition.fields.indices.filter {
        definition.fields[$0].details?.copyOf != nil
      })
    for (index, example) in document.examples.enumerated() {
      count += 1
      let record = Array(example.record.utf8)
      let layout: RecordLayout =
        definition.isPlainText
        ? .text : example.columns.isEmpty ? .json : .table(separator: UInt8(ascii: ","))
      var found: FormatReading
      do {
        found = try FormatReading(
          record, format: format, layout: layout, columns: example.columns.map { Array($0.utf8) })
      } catch {
        say(file, example, index, "the record is refused: \(error.reason)")
        continue
      }
      if !definition.detect.isEmpty, layout == .json {
        guard case .one = detector.detect(records: [record]) else {
          say(file, example, index, "the record is not recognised")
          continue
        }
      }
      unproven.subtract(
        Self.copies(
          in: record, format: format, layout: layout,
          columns: example.columns.map { Array($0.utf8) }))
      if example.roles.isEmpty { found.roles = [] }
      for (key, said, read) in [
        ("text", example.text, found.text), ("unknown", example.unknown, found.unknown),
        ("derived", example.derived, found.derived), ("stays", example.stays, found.stays),
        ("roles", example.roles, found.roles),
      ] where key == "roles" ? said != read : Set(said) != Set(read) {
        say(file, example, index, "`\(key)` is \(read)")
      }
      if example.identifiers != found.identifiers {
        let read = found.identifiers.sorted(by: <).map { "\($0.key): \($0.value)" }
        say(file, example, index, "`identifiers` is {\(read.joined(separator: ", "))}")
      }
    }
    for index in unproven.sorted() where count > 0 {
      problems.append(
        PatternFileError(
          file: file, line: document.examples[0].line,
          message: "no example shows that `\(definition.fields[index].path)` is a copy"))
    }
  }

  /// The fields of a record whose text is in that of what they repeat, or has it in itself.
  private static func copies(
    in record: [UInt8], format: Format, layout: RecordLayout, columns: [[UInt8]]
  ) -> [Int] {
    var parser = RecordParser(format: format)
    parser.layout = layout
    parser.columns = columns
    var map = RecordMap()
    guard (try? parser.parse(record.span, into: &map)) != nil else { return [] }
    var texts: [String: [String]] = [:]
    for value in map.values where value.field >= 0 && value.kind == .string {
      var text: [UInt8] = []
      var escapes = EscapeMap()
      decode(value, of: record.span, in: map.layers, into: &text, map: &escapes)
      let path = format.fields[Int(value.field)].path
      if !text.isEmpty { texts[path, default: []].append(String(decoding: text, as: UTF8.self)) }
    }
    return format.fields.indices.filter { index in
      guard let original = format.fields[index].details?.copyOf else { return false }
      return (texts[format.fields[index].path] ?? []).contains { copy in
        (texts[original] ?? []).contains { $0.contains(copy) || copy.contains($0) }
      }
    }
  }

  private mutating func say(
    _ file: String, _ example: FormatExample, _ index: Int, _ message: String
  ) {
    problems.append(
      PatternFileError(
        file: file, line: example.line, message: "example \(index + 1): \(message)"))
  }
}
