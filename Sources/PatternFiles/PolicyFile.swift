internal import Foundation
internal import Records
package import Redact
internal import Rules
internal import Yams

/// Reads a policy file.
///
/// - Parameter presets: what `extends` may name.
/// - Throws: `PatternFileError` with the line of what is wrong.
package func readPolicy(
  path: String, name: String, presets: [PolicyDefinition]
) throws(PatternFileError) -> PolicyDefinition {
  var map = try YAMLMap(contentsOf: path, name: name)
  var policy = PolicyDefinition(name: "")
  if let base = try map.optionalString("extends") {
    guard let preset = presets.first(where: { $0.name == base }) else {
      throw map.error("there is no preset of the name `extends` gives")
    }
    policy = preset
  }
  policy.name = try map.string("name")
  policy.about = try map.optionalString("about") ?? ""
  if let fallback = try map.optionalString("default") {
    guard let known = Operator(rawValue: fallback) else {
      throw map.error("an operator is one of \(operatorNames)")
    }
    policy.fallback = known
  }
  if var entities = try map.map("entities") {
    for type in entities.keys {
      guard let known = Operator(rawValue: try entities.string(type)) else {
        throw entities.error("an operator is one of \(operatorNames)")
      }
      policy.entities[type] = known
    }
  }
  if var fields = try map.map("fields") {
    for path in fields.keys {
      let action = try fields.string(path)
      guard action == "text" || FieldAction(rawValue: action) != nil else {
        throw fields.error("unknown action for `\(path)`")
      }
      policy.fields[path] = action
    }
  }
  if var thresholds = try map.map("thresholds") {
    for type in thresholds.keys { policy.thresholds[type] = try thresholds.number(type) }
  }
  if let list = try map.map("allow").map(valueList) { policy.allow = list }
  for node in try map.mapsOrMap("deny") {
    var entry = try YAMLMap(node, file: map.file)
    let typeLine = entry.line(of: "entity_type")
    let type = try entry.optionalString("entity_type") ?? "CUSTOM"
    guard !type.isEmpty, type.utf8.allSatisfy({ $0 &- 65 < 26 || $0 &- 48 < 10 || $0 == 95 })
    else {
      throw PatternFileError(
        file: map.file, line: typeLine,
        message: "`entity_type` is of capitals, digits and underscores")
    }
    policy.deny.append(DenyList(entityType: type, values: try valueList(entry)))
  }
  try map.finish()
  return policy
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

private let operatorNames = Operator.allCases.map(\.rawValue).joined(separator: ", ")
