import PatternFiles
import Pipeline
import Records
import Redact
import TestSupport
import Testing

@testable import Unify

/// Bytes of a text.
func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Bytes as a text.
func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

extension Project {
  static let formats = Dictionary(
    uniqueKeysWithValues: pack.formats.map { ($0.name, $0) })
  /// For user ids.
  static let keys = Keyring(secret: Array("an invented key of 32 characters".utf8))
}

/// A mapper for a format of `Patterns/formats`.
func mapper(_ format: String, keys: Keyring? = nil, source: String? = nil) throws -> RowMapper {
  let definition = try #require(Project.formats[format], "there is no format \(format)")
  return try RowMapper(
    plan: try CollectionPlan(format: try Format(definition), source: source, keys: keys))
}

/// A mapper for a format made up of a mapping.
func mapper(_ collection: CollectionDefinition, roles: [String: Role] = [:]) throws -> RowMapper {
  var definition = FormatDefinition(name: "invented", fields: [], roles: roles)
  definition.collection = collection
  return try RowMapper(
    plan: try CollectionPlan(format: try Format(definition), source: nil, keys: nil))
}

/// A mapping of turns alone.
func collection(_ turns: CollectionTurns) -> CollectionDefinition {
  var definition = CollectionDefinition()
  definition.variants = [CollectionVariant(turns: turns)]
  return definition
}

/// A value at one path, or the first of several.
func value(_ paths: String...) -> CollectionValue {
  var value = CollectionValue()
  value.paths = paths
  return value
}

extension RowMapper {
  /// The rows of a record that is not redacted.
  mutating func rows(_ record: String) throws -> [CollectionRow] {
    let bytes = bytes(record)
    return try rows(bytes.span, clean: bytes.span, hasActs: false)
  }
}

extension CollectionRow {
  /// The turns as `user: …`, for comparing.
  var spoken: [String] {
    turns.map { ($0.isUser ? "user: " : "assistant: ") + String(decoding: $0.text, as: UTF8.self) }
  }

  var line: String {
    var line: [UInt8] = []
    append(to: &line)
    return String(decoding: line, as: UTF8.self)
  }
}
