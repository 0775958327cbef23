import Foundation
import TestSupport

/// The collection's schema, with as much of JSON Schema (draft 2020-12) as it uses. A keyword it
/// does not know is an error, so that nothing in the file is without effect.
struct HubSchema {
  private let schema: [String: Any]

  init() {
    let bytes = Project.bytes(ofFile: "Patterns/formats/sharelm_hub.schema.json")
    let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    guard let object else { fatalError("the schema is no JSON") }
    schema = object
  }

  /// What is wrong with a row; empty when it is valid.
  func problems(in row: String) -> [String] {
    guard let value = try? JSONSerialization.jsonObject(with: Data(row.utf8)) else {
      return ["no JSON"]
    }
    return problems(value, schema, at: "$")
  }

  private static let notes: Set<String> = ["$schema", "$id", "title", "description"]

  private func problems(_ value: Any, _ schema: [String: Any], at path: String) -> [String] {
    schema.sorted { $0.key < $1.key }.flatMap { keyword, wanted -> [String] in
      if Self.notes.contains(keyword) { return [] }
      switch (keyword, wanted) {
      case ("type", let type as String): return type == kind(of: value) ? [] : ["\(path): \(type)"]
      case ("enum", let values as [String]):
        return values.contains(value as? String ?? "") ? [] : ["\(path): enum"]
      case ("pattern", let pattern as String):
        guard let text = value as? String else { return [] }
        return text.range(of: pattern, options: .regularExpression) == nil
          ? ["\(path): pattern"] : []
      case ("not", let other as [String: Any]):
        return problems(value, other, at: path).isEmpty ? ["\(path): not"] : []
      case ("minLength", let count as Int):
        return (value as? String).map { $0.unicodeScalars.count < count } == true
          ? ["\(path): minLength"] : []
      case ("minItems", let count as Int):
        return (value as? [Any]).map { $0.count < count } == true ? ["\(path): minItems"] : []
      case ("items", let items as [String: Any]):
        return (value as? [Any] ?? []).enumerated().flatMap { index, item in
          problems(item, items, at: "\(path)[\(index)]")
        }
      case ("required", let keys as [String]):
        let object = value as? [String: Any] ?? [:]
        return keys.filter { object[$0] == nil }.map { "\(path).\($0): required" }
      case ("properties", let properties as [String: Any]):
        return (value as? [String: Any] ?? [:]).flatMap { key, member in
          (properties[key] as? [String: Any]).map { problems(member, $0, at: "\(path).\(key)") }
            ?? []
        }
      case ("additionalProperties", let isAllowed as Bool):
        let known = Set((schema["properties"] as? [String: Any] ?? [:]).keys)
        let others = Set((value as? [String: Any] ?? [:]).keys).subtracting(known)
        return isAllowed ? [] : others.sorted().map { "\(path).\($0): additional" }
      default: return ["the schema's keyword \(keyword) is not understood"]
      }
    }
  }

  private func kind(of value: Any) -> String {
    switch value {
    case is String: "string"
    case is [Any]: "array"
    case is [String: Any]: "object"
    default: "other"
    }
  }
}
