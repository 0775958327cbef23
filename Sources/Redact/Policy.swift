package import Records

/// What happens to a finding.
package enum Operator: String, Codable, Sendable, CaseIterable {
  /// `[PERSON_1]`: one number per entity and conversation, in order of first appearance.
  case replace
  /// The text stays; the finding is reported.
  case keep
  case remove
  /// Letters and digits become `*`.
  case mask
  /// `[PERSON:…]`: a keyed hash, the same in every conversation. Needs a key.
  case hash
}

/// A policy as its file states it.
package struct PolicyDefinition: Codable, Sendable, Equatable {
  package var name: String
  package var about: String
  /// The operator for types that `entities` does not name.
  package var fallback: Operator
  /// Entity type, or a prefix ending in `*`, to operator.
  package var entities: [String: Operator]
  /// Path of a format's field to what happens to its value.
  package var fields: [String: String]
  /// Entity type to the least score that counts.
  package var thresholds: [String: Double]
  /// Values that stay although they are found.
  package var allow = ValueList()
  /// Values that are always found.
  package var deny: [DenyList] = []

  package init(
    name: String, about: String = "", fallback: Operator = .replace,
    entities: [String: Operator] = [:], fields: [String: String] = [:],
    thresholds: [String: Double] = [:]
  ) {
    self.name = name
    self.about = about
    self.fallback = fallback
    self.entities = entities
    self.fields = fields
    self.thresholds = thresholds
  }

  /// The operator for an entity type: its own, else the longest prefix's, else the fallback.
  package func `operator`(for type: String) -> Operator {
    if let own = entities[type] { return own }
    let prefixes = entities.keys.filter { $0.hasSuffix("*") && type.hasPrefix($0.dropLast()) }
    guard let longest = prefixes.max(by: { ($0.utf8.count, $1) < ($1.utf8.count, $0) }) else {
      return fallback
    }
    return entities[longest] ?? fallback
  }

  /// A format with this policy's actions in place of its own.
  ///
  /// A path that the format does not name is added.
  package func applied(to format: FormatDefinition) -> FormatDefinition {
    var result = format
    for (path, action) in fields.sorted(by: { $0.key < $1.key }) {
      let use: FieldUse =
        action == "text" ? .text : FieldAction(rawValue: action).map { .identifier($0) } ?? .keep
      // What only takes note of a value goes on doing so.
      let named = result.fields.indices.filter { result.fields[$0].path == path }
      let used = named.filter { !result.fields[$0].isNote }
      if let first = used.first {
        result.fields[first].use = use
        result.fields[first].details?.conditions = []
        for index in used.dropFirst().reversed() { result.fields.remove(at: index) }
      } else {
        result.fields.append(FieldDefinition(path: path, use: use))
      }
    }
    return result
  }
}
