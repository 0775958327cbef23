// The first step of the flow: a chat format as data, as its file says it.

/// A chat format as its file says it: which paths are text, which are identifiers, what stays.
package struct FormatDefinition: Codable, Sendable, Equatable {
  /// What the user writes after `--format`.
  package var name: String
  /// One sentence about the format.
  package var about: String
  /// Every path with its use; what no path names is unknown, and unknown strings are text.
  package var fields: [FieldDefinition]
  /// Role names beside the default ones; ASCII case is ignored.
  package var roles: [String: Role]
  /// Paths that all occur in a record of this format; a kind may follow: `messages[].role:string`.
  /// Each inner list is one way to be of this format.
  ///
  /// A format without any is never recognised, it has to be asked for.
  package var detect: [[String]]
  /// Paths that every record has, as `detect`; `nil`: those of `detect`. A record that has them not
  /// is not scrubbed as this format.
  package var shape: [[String]]?
  /// Decides between formats that match equally many records: the higher wins.
  package var weight: Int
  /// Whether a record is text, not JSON.
  package var isPlainText = false
  /// For plain text: what its lines look like, `#` being digits and `*` anything. Each inner list
  /// is one way; the last of it is the telling one.
  package var lines: [[String]] = []
  /// Why the format is never chosen without being asked for, although its records are recognised.
  package var caution: String?
  /// How records become rows of the collection; `nil` when the format does not say.
  package var collection: CollectionDefinition?

  package init(
    name: String, about: String = "", fields: [FieldDefinition], roles: [String: Role] = [:],
    detect: [String] = [], alternatives: [[String]] = [], shape: [[String]]? = nil,
    weight: Int = 0
  ) {
    self.name = name
    self.about = about
    self.fields = fields
    self.roles = roles
    self.detect = (detect.isEmpty ? [] : [detect]) + alternatives
    self.shape = shape
    self.weight = weight
  }
}

/// One path of a format and what is done with the values there.
package struct FieldDefinition: Codable, Sendable, Equatable {
  /// The path in the language of `FieldPath`.
  package var path: String
  /// What the values are.
  package var use: FieldUse
  /// Who speaks here, when the path alone says so (`user_msgs[]`); else the record's role says it.
  package var role: Role?
  /// What few fields have.
  package var details: FieldDetails?

  package init(
    path: String, use: FieldUse, role: Role? = nil, details: FieldDetails? = nil
  ) {
    self.path = path
    self.use = use
    self.role = role
    self.details = details
  }

  /// Whether the field only takes note of a value, beside what another one does with it.
  package var isNote: Bool {
    switch use {
    case .derived, .flag: true
    default: false
    }
  }
}

/// What few fields have.
package struct FieldDetails: Codable, Sendable, Equatable {
  /// Who speaks in the elements of an array, in turn.
  package var cycle: [Role] = []
  /// What cuts a transcript into turns.
  package var turns: [TurnMark] = []
  /// Whether the text is HTML: what its entities stand for is scanned.
  package var isHTML = false
  /// The path of the object a role, a flag or a derived value speaks for.
  package var scope: String?
  /// All must hold.
  package var conditions: [FieldCondition] = []
  /// The path this text repeats, in part or whole. Where it is the whole, it gets the findings of
  /// what it repeats.
  package var copyOf: String?
  /// How a derived value follows from text.
  package var formula: DerivedFormula?

  package init() {}
}

/// How a derived value follows from a text beside or above it.
package struct DerivedFormula: Codable, Sendable, Equatable {
  /// What is computed.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    /// A place in the text, in characters from its start, at which something begins.
    case start = "start-offset"
    /// A place in the text, in characters from its start, at which something ends.
    case end = "end-offset"
    /// The length of the text: in code points, UTF-16 units or bytes, as the value at hand is.
    case length
    /// The SHA-256 digest of the text's UTF-8, in hexadecimal digits, or its beginning.
    case sha256
  }

  package var kind: Kind
  /// The path of the text; without its last key it begins the value's path.
  package var text: String

  package init(_ kind: Kind, of text: String) {
    self.kind = kind
    self.text = text
  }
}

/// What begins a turn of a transcript. It stays as it is.
package struct TurnMark: Codable, Sendable, Equatable {
  package var mark: String
  package var role: Role

  package init(_ mark: String, _ role: Role) {
    self.mark = mark
    self.role = role
  }
}

/// A string beside or above a value that has to be one of some.
package struct FieldCondition: Codable, Sendable, Hashable {
  /// The path of that string; without its last key it begins the field's path.
  package var path: String
  /// What it may be; `*` stands for any bytes.
  package var values: [String]

  package init(path: String, values: [String]) {
    self.path = path
    self.values = values
  }
}

/// What the values at a path are.
package enum FieldUse: Codable, Sendable, Equatable {
  /// Free text, to be scanned.
  case text
  /// Left byte for byte, with everything below it.
  case keep
  /// Says who speaks in its object. A role nobody knows is text: it may be a name.
  case role
  /// The language of the record; kept.
  case language
  /// The conversation's identifier; kept.
  case conversationID
  /// A direct or quasi identifier, with what is done to it.
  case identifier(FieldAction)
  /// A string that holds JSON: paths go on inside it, and strings they do not name are text. One
  /// that holds none is text.
  case embedded
  /// Made from text, and no longer right when that changes. Kept, or dropped then.
  case derived(DerivedAction)
  /// Says whether something was replaced: becomes true, never false.
  case flag
}

/// What becomes of a derived value when the text it was made from has changed.
package enum DerivedAction: String, Codable, Sendable, CaseIterable {
  /// It stays, and the report says that it is stale.
  case report
  /// It becomes `null`.
  case drop
  /// It becomes that of the text as it is written, if it was that of the text as it was read; else
  /// as `report`.
  case recompute
}

/// What is done to an identifier; carried out by `Redact`, only located here.
package enum FieldAction: String, Codable, Sendable, CaseIterable {
  /// As it is, with everything below it.
  case keep
  /// As text, and every string below it.
  case scrub
  /// A string becomes `""`, any other value `null`.
  case empty
  /// Any value becomes `null`.
  case null
  /// A keyed pseudonym.
  case hash
  /// A URL becomes its scheme and host.
  case origin
  /// An age becomes a band of ages.
  case ageBand = "age-band"
  /// A time stamp loses its time of day.
  case day
}

/// Who speaks.
package enum Role: UInt8, Codable, Sendable, CaseIterable {
  case user, assistant, system, tool
  /// A role is said that no table knows.
  case other
  /// No role is said.
  case none

  /// The name used in reports and format files.
  package var name: String {
    switch self {
    case .user: "user"
    case .assistant: "assistant"
    case .system: "system"
    case .tool: "tool"
    case .other: "other"
    case .none: "none"
    }
  }

  /// The role with that `name`, or `nil`.
  package init?(name: String) {
    guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
    self = role
  }

  /// The names seen in published data, in lower case, for all formats.
  package static let defaultNames: [(name: String, role: Role)] = [
    ("user", .user), ("human", .user), ("prompter", .user),
    ("assistant", .assistant), ("gpt", .assistant), ("bing", .assistant), ("bard", .assistant),
    ("chatgpt", .assistant), ("bot", .assistant), ("model", .assistant), ("ai", .assistant),
    ("system", .system), ("developer", .system),
    ("tool", .tool), ("function", .tool),
  ]
}

/// Why a format cannot be compiled. Texts are the format's own, never a record's.
package enum FormatError: Error, Equatable {
  /// The path does not follow the path language; `offset` is in bytes of its UTF-8.
  case badPath(String, offset: Int)
  /// The path is named twice.
  case duplicatePath(String)
  /// The kind after the colon of a `detect` path is none we know.
  case badKind(String)
  /// More than 64 `detect` paths, or more than 64 of `shape`.
  case tooManyDetectPaths
  /// The paths together need more than `PathAutomaton.statesMax` states, or one has more key
  /// patterns side by side than `PathAutomaton.globsMax`.
  case tooManyStates
  /// The path does not lead to an object around the field.
  case badScope(String)
  /// The path is not that of a key beside or above the field, or there are more than 64 of them.
  case badCondition(String)
  /// What a value is computed from is not at the path of a text, beside or above the value.
  case badFormula(String)
  /// The copy is not handled as what it repeats.
  case badCopy(String)

  /// What is wrong, for people.
  package var message: String {
    switch self {
    case .badPath(let path, let offset):
      "the path `\(path)` is not understood at character \(offset + 1)"
    case .duplicatePath(let path): "the path `\(path)` is given twice"
    case .badKind(let path): "the path `\(path)` asks for a kind of value that does not exist"
    case .tooManyDetectPaths: "more than 64 paths of one kind"
    case .tooManyStates: "the paths together are too many"
    case .badScope(let path): "the path `\(path)` leads to no object around the field"
    case .badCondition(let path):
      "the path `\(path)` is not that of a key beside or above the field"
    case .badFormula(let path):
      "nothing can be computed from `\(path)`: it has to be a text beside or above the value"
    case .badCopy(let path): "`copy_of` names no field of the same use: `\(path)`"
    }
  }

  /// The path at fault, to find its line.
  package var path: String? {
    switch self {
    case .badPath(let path, _), .duplicatePath(let path), .badKind(let path), .badScope(let path),
      .badCondition(let path), .badFormula(let path), .badCopy(let path):
      path
    case .tooManyDetectPaths, .tooManyStates: nil
    }
  }
}
