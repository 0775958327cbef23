internal import Foundation
internal import Names

/// What a column of Wikidata's query results holds, by its name: what users call them in queries.
private enum WikidataColumn {
  case label, aliases, type, other

  init(_ name: String) {
    let name = name.lowercased()
    if name.contains("type") || name.contains("class") || name.contains("instance") {
      self = .type
    } else if name.contains("altlabel") || name.contains("alias") {
      self = .aliases
    } else if name.contains("label") || name.hasSuffix("name") {
      self = .label
    } else {
      self = .other
    }
  }

  /// The columns by their names. Of several labels only the item's is one: `genderLabel` names no
  /// item.
  static func columns(_ names: [String]) -> [WikidataColumn] {
    let columns = names.map { WikidataColumn($0) }
    let lower = names.map { $0.lowercased() }
    let item = lower.first.map { $0 + "label" }
    let own =
      columns.indices.first { columns[$0] == .label && lower[$0] == "itemlabel" }
      ?? columns.indices.first { columns[$0] == .label && lower[$0] == item }
      ?? columns.firstIndex(of: .label)
    return columns.indices.map { columns[$0] == .label && $0 != own ? .other : columns[$0] }
  }
}

/// What instances of a class of Wikidata are, by its number or its English label.
private func wikidataClasses(_ value: String) -> WordClasses? {
  let name = value.split(separator: "/").last.map(String.init) ?? value
  switch name.lowercased() {
  case "q101352", "family name", "surname": return .surname
  case "q202444", "q11879590", "q12308941", "q3409032", "given name", "female given name",
    "male given name", "unisex given name":
    return .given
  case "q5", "human": return .person
  case "q515", "q486972", "q3957", "q532", "q6256", "q3624078", "q5119", "q1549591", "q10864048",
    "city", "human settlement", "town", "village", "country", "sovereign state", "capital city",
    "big city", "first-level administrative division":
    return .place
  case "q4830453", "q43229", "q783794", "q6881511", "q891723", "q3918", "q875538", "business",
    "organization", "organisation", "company", "enterprise", "public company", "university",
    "public university":
    return .organization
  default: return nil
  }
}

/// One row of results: labels and aliases, with what they are.
private struct WikidataRow {
  var names: [String] = []
  var type: WordClasses?
  var hasType = false

  mutating func add(_ value: String, _ column: WikidataColumn) {
    switch column {
    case .other: break
    case .type:
      guard !value.isEmpty else { return }
      hasType = true
      if let known = wikidataClasses(value) { type = (type ?? []).union(known) }
    case .label: names.append(value)
    // The label service joins aliases with commas.
    case .aliases: names += value.components(separatedBy: ", ")
    }
  }

  /// - Parameter chosen: what the user said that all are.
  func append(to sink: inout ListSink, _ chosen: WordClasses?) throws(ListProblem) {
    guard let classes = chosen ?? type else {
      throw ListProblem(
        reason: hasType ? "an instance of a class that is not known" : "no instance type")
    }
    for name in names {
      // An item without a label in the languages asked for is shown as its number.
      let isItem = name.first == "Q" && name.count > 1 && name.dropFirst().allSatisfy(\.isNumber)
      if !isItem, !name.isEmpty { sink.add(name, classes, bucket: 2) }
    }
  }
}

/// Results of Wikidata's query service as TSV (`"Müller"@de`, `<http://…/Q123>`) or CSV, with the
/// variables of the query as header.
struct WikidataReader: NameListReader {
  private let isTSV: Bool
  private let classes: WordClasses?
  private var columns: [WikidataColumn] = []

  init(kind: NameListKind, classes: WordClasses?) {
    isTSV = kind == .wikidataTSV
    self.classes = classes
  }

  static func kind(of sample: ListSample) -> NameListKind? {
    guard let header = sample.lines.first else { return nil }
    if header.first == UInt8(ascii: "?"), names(header, isTSV: true).contains(where: isLabel) {
      return .wikidataTSV
    }
    let names = names(header, isTSV: false)
    let rest = sample.lines.dropFirst().contains { $0.string.contains("wikidata.org/entity/Q") }
    let isCSV = names.contains(where: isLabel) && (rest || names.contains { $0.hasSuffix("Label") })
    return isCSV ? .wikidataCSV : nil
  }

  private static func isLabel(_ name: String) -> Bool { WikidataColumn(name) == .label }

  private static func names(_ header: ArraySlice<UInt8>, isTSV: Bool) -> [String] {
    isTSV
      ? header.columns(9).map { $0.drop { $0 == UInt8(ascii: "?") }.string }
      : (header.fields ?? []).map(\.string)
  }

  mutating func read(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    if columns.isEmpty {
      columns = WikidataColumn.columns(Self.names(line, isTSV: isTSV))
      guard columns.contains(.label) || columns.contains(.aliases) else {
        throw ListProblem(reason: "the header has no variable whose name ends in Label")
      }
      return
    }
    let fields = isTSV ? line.columns(9) : line.fields ?? []
    guard fields.count == columns.count else {
      throw ListProblem(reason: "not as many columns as the header")
    }
    var row = WikidataRow()
    for (field, column) in zip(fields, columns) {
      row.add(isTSV ? Self.literal(field) : field.string, column)
    }
    try row.append(to: &sink, classes)
  }

  /// A literal or an address of SPARQL's TSV without its marks.
  private static func literal(_ field: ArraySlice<UInt8>) -> String {
    let text = field.string
    if text.hasPrefix("<"), text.hasSuffix(">") { return String(text.dropFirst().dropLast()) }
    guard text.hasPrefix("\""), let end = text.lastIndex(of: "\""), end > text.startIndex else {
      return text
    }
    let inside = String(text[text.index(after: text.startIndex)..<end])
    return inside.replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
  }
}

/// Results of Wikidata's query service as JSON: `results.bindings[].NAME.value`, or a plain list of
/// objects, as the service's own download button gives it.
struct WikidataJSONReader {
  /// - Returns: what each row gives, and the numbers of the rows, from 1, that give nothing; `nil`
  ///   when the bytes are no such results.
  static func read(
    _ bytes: [UInt8], _ classes: WordClasses?
  ) -> (sink: ListSink, problems: [(row: Int, problem: ListProblem)])? {
    let parsed = try? JSONSerialization.jsonObject(with: Data(bytes))
    let root = parsed as? [String: Any]
    let results = root?["results"] as? [String: Any]
    guard let rows = (results?["bindings"] ?? parsed) as? [[String: Any]], !rows.isEmpty else {
      return nil
    }
    var sink = ListSink()
    var problems: [(row: Int, problem: ListProblem)] = []
    var hasLabels = false
    for (number, row) in rows.enumerated() {
      var read = WikidataRow()
      let values = row.sorted { $0.key < $1.key }
      for (column, (_, value)) in zip(WikidataColumn.columns(values.map(\.key)), values) {
        let text = (value as? [String: Any])?["value"] as? String ?? value as? String
        if column == .label || column == .aliases { hasLabels = true }
        if let text { read.add(text, column) }
      }
      do throws(ListProblem) {
        try read.append(to: &sink, classes)
      } catch {
        problems.append((number + 1, error))
      }
    }
    return hasLabels ? (sink, problems) : nil
  }
}
