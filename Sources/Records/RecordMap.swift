/// What a JSON value is.
package enum ValueKind: UInt8, Sendable, CaseIterable {
  case string, number, literal, object, array

  /// The name used after the colon of a `detect` path.
  package var name: String {
    switch self {
    case .string: "string"
    case .number: "number"
    case .literal: "literal"
    case .object: "object"
    case .array: "array"
    }
  }

  init?(name: String) {
    guard let kind = ValueKind.allCases.first(where: { $0.name == name }) else { return nil }
    self = kind
  }
}

/// Where a value stands in its record, and what the format says about it.
package struct ValueLocation: Sendable, Equatable {
  /// Bytes of the record: inside the quotes for a string, the whole value else.
  package var range: Range<Int>
  /// The index into `Format.fields`; -1 when no path of the format leads here.
  package var field: Int32
  /// The number of the innermost object around the value, counted from 0 as they open; -1: none.
  package var object: Int32
  package var kind: ValueKind
  /// Whether a string holds a backslash, so that it has to be unescaped.
  package var hasEscapes: Bool
  /// Whether a string's raw bytes are all ASCII; an escape may still stand for another character.
  package var isASCII: Bool

  package init(
    range: Range<Int>, field: Int32, object: Int32, kind: ValueKind, hasEscapes: Bool,
    isASCII: Bool
  ) {
    self.range = range
    self.field = field
    self.object = object
    self.kind = kind
    self.hasEscapes = hasEscapes
    self.isASCII = isASCII
  }
}

/// What the parser found in one record. Reused from record to record by its worker.
package struct RecordMap: Sendable {
  /// An object of the record.
  struct ObjectInfo: Sendable {
    /// The object around it, or -1.
    let parent: Int32
    /// The role said in it; after the parse, the role said in it or around it.
    var role: Role
  }

  /// The values to look at, in the order of the record; disjoint.
  package internal(set) var values: [ValueLocation] = []
  /// The conversation's identifier: inside the quotes, or a number's digits.
  package internal(set) var conversationID: Range<Int>?
  /// The record's language, inside the quotes.
  package internal(set) var language: Range<Int>?
  /// The objects in the order they open.
  var objects: [ObjectInfo] = []
  /// The fixed roles of the format's fields.
  var fieldRoles: [Role?] = []

  package init() {}

  /// Who speaks in a value: the role of its field, else the role its object says, before or after
  /// it, else what the nearest object around that says. O(1).
  package func role(of value: ValueLocation) -> Role {
    if value.field >= 0, let role = fieldRoles[Int(value.field)] { return role }
    return value.object < 0 ? .none : objects[Int(value.object)].role
  }

  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    objects.removeAll(keepingCapacity: true)
    conversationID = nil
    language = nil
  }
}
