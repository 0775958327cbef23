internal import Foundation
package import Records
package import Redact
internal import Yams

/// Reads a format file. `Patterns/README.md` has the keys.
///
/// - Throws: `PatternFileError` with the line of what is wrong.
package func readFormat(path: String, name: String) throws(PatternFileError) -> FormatDefinition {
  var map = try YAMLMap(contentsOf: path, name: "formats/\(name).yaml")
  guard try map.string("name") == name else { throw map.error("`name` is not the file's name") }
  let about = try map.string("about")
  guard try !map.strings("sources").isEmpty else { throw map.error("`sources` is missing") }
  let weight = try map.optionalInt("weight") ?? 0
  let detect = try map.strings("detect")
  var roles: [String: Role] = [:]
  if var names = try map.map("roles") {
    for key in names.keys {
      guard let role = Role(name: try names.string(key)) else {
        throw names.error("a role is one of \(Role.allCases.map(\.name).joined(separator: ", "))")
      }
      roles[key] = role
    }
  }
  var fields: [FieldDefinition] = []
  for node in try map.nodes("text") {
    if let path = node.scalar?.string {
      fields.append(FieldDefinition(path: path, use: .text))
      continue
    }
    var entry = try YAMLMap(node, file: map.file)
    let path = try entry.string("path")
    let role = try entry.optionalString("role")
    try entry.finish()
    fields.append(FieldDefinition(path: path, use: .text, role: role.flatMap(Role.init(name:))))
  }
  for path in try map.strings("keep") { fields.append(FieldDefinition(path: path, use: .keep)) }
  for path in try map.strings("role") { fields.append(FieldDefinition(path: path, use: .role)) }
  for path in try map.strings("language") {
    fields.append(FieldDefinition(path: path, use: .language))
  }
  for path in try map.strings("conversation_id") {
    fields.append(FieldDefinition(path: path, use: .conversationID))
  }
  if var identifiers = try map.map("identifiers") {
    for path in identifiers.keys {
      guard let action = FieldAction(rawValue: try identifiers.string(path)) else {
        throw identifiers.error("unknown action for `\(path)`")
      }
      fields.append(FieldDefinition(path: path, use: .identifier(action)))
    }
  }
  try map.finish()
  return FormatDefinition(
    name: name, about: about, fields: fields, roles: roles, detect: detect, weight: weight)
}

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
  try map.finish()
  return policy
}

private let operatorNames = Operator.allCases.map(\.rawValue).joined(separator: ", ")
