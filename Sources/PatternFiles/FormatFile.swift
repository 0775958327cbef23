internal import Foundation
package import Records
internal import Yams

/// A format file, read. `Patterns/formats/README.md` has the keys.
package struct FormatFile: Sendable {
  package let definition: FormatDefinition
  package let document: FormatDocument
  /// What error messages call the file.
  let file: String
  /// The lines on which paths stand.
  private let pathLines: [String: Int]

  /// Reads a file and compiles it.
  ///
  /// - Parameters:
  ///   - name: what the format has to be called.
  ///   - file: what error messages call the file; `nil`: its place below `Patterns/`.
  /// - Throws: `PatternFileError` with the line of what is wrong and the key.
  package init(path: String, name: String, file: String? = nil) throws(PatternFileError) {
    var reader = FormatReader(
      try YAMLMap(contentsOf: path, name: file ?? "formats/\(name).yaml"))
    try reader.readHead(name: name)
    try reader.readFields()
    try reader.readRest()
    definition = reader.definition
    document = reader.document
    self.file = reader.map.file
    pathLines = reader.pathLines
    do {
      _ = try Format(definition)
    } catch {
      throw self.error(error)
    }
  }

  private func error(_ error: FormatError) -> PatternFileError {
    PatternFileError(
      file: file, line: error.path.flatMap { pathLines[$0] } ?? 0, message: error.message)
  }
}

/// What a format file says beside the format itself: for `formats show` and the proofs.
///
/// Packed apart from the formats, so that scrubbing does not pay for it.
package struct FormatDocument: Codable, Sendable, Equatable {
  package var name: String
  package var sources: [String] = []
  package var examples: [FormatExample] = []

  package init(name: String) { self.name = name }
}

/// An invented record, and what the format says of it.
package struct FormatExample: Codable, Sendable, Equatable {
  /// The record as it stands in an input.
  package var record: String
  /// The names of a table's columns; empty for JSON and text.
  package var columns: [String] = []
  /// The paths of its strings that are text, without the numbers of elements.
  package var text: [String] = []
  /// Path to action of what is handled as an identifier.
  package var identifiers: [String: String] = [:]
  /// Paths of what is text because no path of the format names it.
  package var unknown: [String] = []
  /// Paths of what goes stale when the text changes, and of flags that are set then.
  package var derived: [String] = []
  /// Paths of strings that stay as they are.
  package var stays: [String] = []
  /// Who speaks in the texts, one after the other; empty: not said.
  package var roles: [String] = []
  /// 1-based.
  package var line: Int

  package init(record: String, line: Int) {
    self.record = record
    self.line = line
  }
}

/// Reads the keys of a format file, in turn.
private struct FormatReader {
  var map: YAMLMap
  var definition = FormatDefinition(name: "", fields: [])
  var document = FormatDocument(name: "")
  var pathLines: [String: Int] = [:]

  init(_ map: YAMLMap) { self.map = map }

  mutating func readHead(name: String) throws(PatternFileError) {
    let nameLine = map.line(of: "name")
    definition.name = try map.string("name")
    guard definition.name == name else {
      throw PatternFileError(
        file: map.file, line: nameLine, message: "`name` is not the file's name")
    }
    document.name = name
    definition.about = try map.string("about")
    document.sources = try map.strings("sources")
    guard !document.sources.isEmpty else { throw map.error("`sources` is missing") }
    definition.weight = try map.optionalInt("weight") ?? 0
    definition.caution = try map.optionalString("caution")
    switch try map.optionalString("container") {
    case nil, "json": break
    case "text": definition.isPlainText = true
    default: throw map.error("`container` is json or text")
    }
    definition.lines = try ways("lines") ?? []
    definition.detect = try ways("detect") ?? []
    definition.shape = try ways("shape")
    if var names = try map.map("roles") {
      for key in names.keys {
        guard let role = Role(name: try names.string(key)) else { throw roleError(names) }
        definition.roles[key] = role
      }
    }
  }

  private func roleError(_ map: YAMLMap) -> PatternFileError {
    map.error("a role is one of \(Role.allCases.map(\.name).joined(separator: ", "))")
  }

  private func role(_ name: String, _ map: YAMLMap) throws(PatternFileError) -> Role {
    guard let role = Role(name: name) else { throw roleError(map) }
    return role
  }

  /// A list of paths or lines, or a list of such lists, of which one has to fit.
  private mutating func ways(_ key: String) throws(PatternFileError) -> [[String]]? {
    let line = map.line(of: key)
    guard let node = map.take(key) else { return nil }
    guard let sequence = node.sequence else {
      throw PatternFileError(file: map.file, line: line, message: "`\(key)` wants a list")
    }
    let nodes = Array(sequence)
    let isPlain = nodes.allSatisfy { $0.scalar != nil }
    var ways: [[String]] = []
    for way in isPlain ? [nodes] : nodes.map({ $0.sequence.map { Array($0) } ?? [$0] }) {
      var paths: [String] = []
      for path in way {
        guard let text = path.scalar?.string else {
          throw PatternFileError(
            file: map.file, line: path.mark?.line ?? line, message: "`\(key)` wants strings")
        }
        pathLines[text] = path.mark?.line ?? line
        paths.append(text)
      }
      if !paths.isEmpty { ways.append(paths) }
    }
    return ways
  }

  // MARK: - Fields

  mutating func readFields() throws(PatternFileError) {
    try read("text", .text)
    try read("json", .embedded)
    try read("keep", .keep)
    try read("role", .role)
    try read("language", .language)
    try read("conversation_id", .conversationID)
    try readIdentifiers()
    try readActions("derived")
    try read("flags", .flag)
  }

  /// Paths, or mappings with a `path` and more, or one of either.
  private mutating func read(_ key: String, _ use: FieldUse) throws(PatternFileError) {
    for (node, line) in nodes(key) {
      if let path = node.scalar?.string {
        add(path, use, line)
        continue
      }
      var entry = try YAMLMap(node, file: map.file)
      try add(&entry, use, line)
    }
  }

  private mutating func nodes(_ key: String) -> [(Node, Int)] {
    let line = map.line(of: key)
    guard let node = map.take(key) else { return [] }
    let nodes = node.sequence.map { Array($0) } ?? [node]
    return nodes.map { ($0, $0.mark?.line ?? line) }
  }

  private mutating func add(_ path: String, _ use: FieldUse, _ line: Int) {
    pathLines[path] = line
    definition.fields.append(FieldDefinition(path: path, use: use))
  }

  private mutating func add(
    _ entry: inout YAMLMap, _ use: FieldUse, _ line: Int
  ) throws(PatternFileError) {
    let path = try entry.string("path")
    pathLines[path] = line
    var field = FieldDefinition(path: path, use: use)
    if let name = try entry.optionalString("role") { field.role = try role(name, entry) }
    var details = FieldDetails()
    for name in try entry.strings("roles") { details.cycle.append(try role(name, entry)) }
    if var turns = try entry.map("turns") {
      for mark in turns.keys {
        guard !mark.isEmpty else { throw turns.error("a turn begins with something") }
        details.turns.append(TurnMark(mark, try role(try turns.string(mark), turns)))
      }
    }
    switch try entry.optionalString("markup") {
    case nil: break
    case "html": details.isHTML = true
    default: throw entry.error("`markup` is html")
    }
    details.scope = try entry.optionalString("of")
    if let scope = details.scope { pathLines[scope] = line }
    details.copyOf = try entry.optionalString("copy_of")
    try readFormula(&entry, use, line, into: &details)
    if var conditions = try entry.map("when") {
      for path in conditions.keys {
        pathLines[path] = line
        let values = try conditions.strings(path)
        details.conditions.append(FieldCondition(path: path, values: values))
      }
    }
    try entry.finish()
    if details != FieldDetails() { field.details = details }
    definition.fields.append(field)
  }

  /// `as` and `from` of a derived value that is computed anew.
  private mutating func readFormula(
    _ entry: inout YAMLMap, _ use: FieldUse, _ line: Int, into details: inout FieldDetails
  ) throws(PatternFileError) {
    guard use == .derived(.recompute) else { return }
    let name = try entry.string("as")
    guard let kind = DerivedFormula.Kind(rawValue: name) else {
      let names = DerivedFormula.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw entry.error("`as` is one of \(names)")
    }
    let text = try entry.string("from")
    pathLines[text] = pathLines[text] ?? line
    details.formula = DerivedFormula(kind, of: text)
  }

  /// `path: action`, or a list of mappings with `path` and `action` where more has to be said.
  private mutating func readIdentifiers() throws(PatternFileError) {
    try readActions("identifiers")
  }

  private mutating func readActions(_ key: String) throws(PatternFileError) {
    let isDerived = key == "derived"
    if map.isMapping(key), var actions = try map.map(key) {
      for path in actions.keys {
        let line = actions.line(of: path)
        let use = try use(try actions.string(path), path, isDerived, actions)
        guard use != .derived(.recompute) else {
          throw actions.error("`recompute` wants a mapping with `path`, `as` and `from`")
        }
        add(path, use, line)
      }
      return
    }
    for (node, line) in nodes(key) {
      if let path = node.scalar?.string, isDerived {
        add(path, .derived(.report), line)
        continue
      }
      var entry = try YAMLMap(node, file: map.file)
      let path = entry.word("path") ?? ""
      let action = try entry.optionalString("action") ?? (isDerived ? "report" : "")
      try add(&entry, try use(action, path, isDerived, entry), line)
    }
  }

  private func use(
    _ action: String, _ path: String, _ isDerived: Bool, _ map: YAMLMap
  ) throws(PatternFileError) -> FieldUse {
    if isDerived, let known = DerivedAction(rawValue: action) { return .derived(known) }
    if !isDerived, let known = FieldAction(rawValue: action) { return .identifier(known) }
    throw map.error("unknown action for `\(path)`")
  }

  // MARK: - Copies and examples

  mutating func readRest() throws(PatternFileError) {
    for field in definition.fields {
      guard let original = field.details?.copyOf else { continue }
      let isKnown = definition.fields.contains {
        $0.path == original && $0.use == field.use
          && $0.details?.turns ?? [] == field.details?.turns ?? []
          && $0.details?.isHTML ?? false == field.details?.isHTML ?? false
      }
      guard isKnown else {
        throw PatternFileError(
          file: map.file, line: pathLines[field.path] ?? 0,
          message: "`copy_of` names no field of the same use: `\(original)`")
      }
    }
    definition.collection = try map.map("collection").map(readCollection)
    for node in try map.nodes("examples") {
      var entry = try YAMLMap(node, file: map.file)
      let line = entry.line
      var example = FormatExample(record: try entry.string("record"), line: line)
      example.columns = try entry.strings("columns")
      example.text = try entry.strings("text")
      example.unknown = try entry.strings("unknown")
      example.stays = try entry.strings("stays")
      example.derived = try entry.strings("derived")
      example.roles = try entry.strings("roles")
      if var identifiers = try entry.map("identifiers") {
        for path in identifiers.keys {
          example.identifiers[path] = try identifiers.string(path)
        }
      }
      try entry.finish()
      document.examples.append(example)
    }
    try map.finish()
  }
}
