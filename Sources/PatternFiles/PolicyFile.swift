internal import Foundation
internal import Records
package import Redact
internal import Rules
internal import Yams

/// A policy, and on which lines of its file entity types stand.
package struct PolicyFile {
  package private(set) var definition = PolicyDefinition(name: "")
  private let name: String
  private var typeLines: [String: Int] = [:]

  /// Reads a policy file.
  ///
  /// - Parameters:
  ///   - name: what messages call the file.
  ///   - presets: what `extends` may name.
  /// - Throws: `PatternFileError` with the line of what is wrong.
  package init(
    path: String, name: String, presets: [PolicyDefinition]
  ) throws(PatternFileError) {
    self.name = name
    var map = try YAMLMap(contentsOf: path, name: name)
    let extendsLine = map.line(of: "extends")
    if let base = try map.optionalString("extends") {
      guard let preset = presets.first(where: { $0.name == base }) else {
        throw PatternFileError(
          file: name, line: extendsLine,
          message: "there is no preset of the name `extends` gives")
      }
      definition = preset
    }
    definition.name = try map.string("name")
    definition.about = try map.optionalString("about") ?? ""
    if let fallback = try Self.operator("default", in: &map) { definition.fallback = fallback }
    if let entities = try map.map("entities") { try read(entities: entities) }
    if let fields = try map.map("fields") { try read(fields: fields) }
    if let thresholds = try map.map("thresholds") { try read(thresholds: thresholds) }
    if let list = try map.map("allow").map(valueList) { definition.allow = list }
    for node in try map.mapsOrMap("deny") { try read(deny: YAMLMap(node, file: name)) }
    try map.finish()
  }

  /// What is wrong with an entity type, where the file names it first.
  package func error(_ message: String, at type: String) -> PatternFileError {
    PatternFileError(file: name, line: typeLines[type] ?? 0, message: message)
  }

  private static func `operator`(
    _ key: String, in map: inout YAMLMap
  ) throws(PatternFileError) -> Operator? {
    let line = map.line(of: key)
    guard let name = try map.optionalString(key) else { return nil }
    guard let known = Operator(rawValue: name) else {
      let names = Operator.allCases.map(\.rawValue).joined(separator: ", ")
      throw PatternFileError(
        file: map.file, line: line, message: "an operator is one of \(names)")
    }
    return known
  }

  private mutating func read(entities source: YAMLMap) throws(PatternFileError) {
    var entities = source
    for type in entities.keys {
      typeLines[type] = entities.line(of: type)
      definition.entities[type] = try Self.operator(type, in: &entities)
    }
  }

  private mutating func read(fields source: YAMLMap) throws(PatternFileError) {
    var fields = source
    for path in fields.keys {
      let line = fields.line(of: path)
      let action = try fields.string(path)
      guard action == "text" || FieldAction(rawValue: action) != nil else {
        throw PatternFileError(file: name, line: line, message: "unknown action for `\(path)`")
      }
      definition.fields[path] = action
    }
  }

  private mutating func read(thresholds source: YAMLMap) throws(PatternFileError) {
    var thresholds = source
    for type in thresholds.keys {
      let line = thresholds.line(of: type)
      typeLines[type] = typeLines[type] ?? line
      let threshold = try thresholds.number(type)
      // No score is above 1: such a threshold would switch the type off.
      guard (0...1).contains(threshold) else {
        throw PatternFileError(file: name, line: line, message: "a threshold is 0 to 1")
      }
      definition.thresholds[type] = threshold
    }
  }

  private mutating func read(deny source: YAMLMap) throws(PatternFileError) {
    var entry = source
    let typeLine = entry.line(of: "entity_type")
    let type = try entry.optionalString("entity_type") ?? "CUSTOM"
    guard !type.isEmpty, type.utf8.allSatisfy({ $0 &- 65 < 26 || $0 &- 48 < 10 || $0 == 95 })
    else {
      throw PatternFileError(
        file: name, line: typeLine,
        message: "`entity_type` is of capitals, digits and underscores")
    }
    definition.deny.append(DenyList(entityType: type, values: try valueList(entry)))
  }
}

/// The values of an allow-list or a deny-list. Expressions are tried here, where their lines are
/// known.
private func valueList(_ source: YAMLMap) throws(PatternFileError) -> ValueList {
  var map = source
  // Already taken from a deny-list.
  _ = map.take("entity_type")
  let lines = map.lines(of: "regex")
  let list = ValueList(
    exact: try map.strings("exact"), folded: try map.strings("folded"),
    regex: try map.strings("regex"))
  try map.finish()
  if list.isEmpty { throw source.error("`exact`, `folded` or `regex` is missing") }
  guard !(list.exact + list.folded).contains("") else {
    throw source.error("an empty value is on the list")
  }
  for (index, regex) in list.regex.enumerated() {
    let line = lines.indices.contains(index) ? lines[index] : source.line(of: "regex")
    do {
      _ = try Regex(regex, options: [])
    } catch {
      throw PatternFileError(
        file: source.file, line: line,
        message: "`regex`: \(error.message), at offset \(error.offset)")
    }
    let pattern = PatternDefinition(
      regex: regex, score: 1, prefilter: .everywhere, lookback: 0, options: [])
    if let problem = RuleLint.problems(in: pattern, file: source.file, line: line).first {
      throw problem
    }
  }
  return list
}
