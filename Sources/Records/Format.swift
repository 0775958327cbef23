// The first step of the flow: a chat format as data, compiled once and shared by all workers.

internal import Text

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
  ///
  /// A format without any is never recognised, it has to be asked for.
  package var detect: [String]
  /// Decides between formats that match equally many records: the higher wins.
  package var weight: Int
  /// How records become rows of the collection; `nil` when the format does not say.
  package var collection: CollectionDefinition?

  package init(
    name: String, about: String = "", fields: [FieldDefinition], roles: [String: Role] = [:],
    detect: [String] = [], weight: Int = 0
  ) {
    self.name = name
    self.about = about
    self.fields = fields
    self.roles = roles
    self.detect = detect
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

  package init(path: String, use: FieldUse, role: Role? = nil) {
    self.path = path
    self.use = use
    self.role = role
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
    ("chatgpt", .assistant), ("bot", .assistant), ("model", .assistant),
    ("system", .system),
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
  /// More than 64 `detect` paths.
  case tooManyDetectPaths
  /// The paths together need more than `PathAutomaton.statesMax` states.
  case tooManyStates
}

/// A compiled format: immutable, shared by all workers.
package final class Format: Sendable {
  package let definition: FormatDefinition
  /// Path to accept number; an accept is an index into `fields`.
  let automaton: PathAutomaton
  /// What is done at each state of the automaton.
  let dispositions: [Disposition]
  /// The state below a value that is replaced whole: nothing there is looked at.
  let silentState: Int32
  /// Role names in lower case, the format's own first.
  let roleNames: [RoleName]
  /// The paths of `detect`, each accept a set of bits.
  let detection: DetectionAutomaton

  /// The fields, in the order of the definition; `ValueLocation.field` counts in it.
  package var fields: [FieldDefinition] { definition.fields }
  /// The definition's name.
  package var name: String { definition.name }

  /// Compiles a definition.
  ///
  /// Throws for a path that cannot be read or stands twice. O(states), below a millisecond for
  /// the built-in formats.
  package init(_ definition: FormatDefinition) throws(FormatError) {
    self.definition = definition
    var patterns: [PathPattern] = []
    var seen: Set<[FieldPath.Segment]> = []
    for (index, field) in definition.fields.enumerated() {
      let path = try FieldPath(parsing: field.path)
      guard seen.insert(path.segments).inserted else {
        throw .duplicatePath(field.path)
      }
      patterns.append(PathPattern(segments: path.segments, accept: Int32(index)))
      // What covers a container covers all below it, unless a more specific path says otherwise.
      if field.use.coversBelow, path.segments.last != .anyDepth {
        patterns.append(
          PathPattern(segments: path.segments + [.anyDepth], accept: Int32(index)))
      }
    }
    var automaton = try PathAutomaton(patterns)
    let silent = automaton.addSink()
    var dispositions = automaton.states.map { state in
      state.accept < 0
        ? Disposition.record : Disposition(definition.fields[Int(state.accept)].use)
    }
    dispositions[Int(silent)] = .silent
    self.automaton = automaton
    self.dispositions = dispositions
    silentState = silent
    roleNames =
      definition.roles.sorted { $0.key < $1.key }
      .map { RoleName(bytes: Array($0.key.utf8).map(asciiLowercased), role: $0.value) }
      + Role.defaultNames.map { RoleName(bytes: Array($0.name.utf8), role: $0.role) }
    detection = try DetectionAutomaton(definition.detect)
  }
}

/// A role's name in lower-case ASCII.
struct RoleName: Sendable {
  let bytes: [UInt8]
  let role: Role
}

/// What the parser does with a value, decided per state when the format is compiled.
enum Disposition: UInt8, Sendable {
  /// Strings are recorded: text, scrub and unknown.
  case record
  /// Nothing is recorded; paths below may say otherwise.
  case keep
  case role, language, conversationID
  /// The value is recorded whole, nothing below it.
  case whole
  /// Below a whole value.
  case silent

  init(_ use: FieldUse) {
    switch use {
    case .text, .identifier(.scrub): self = .record
    case .keep, .identifier(.keep): self = .keep
    case .role: self = .role
    case .language: self = .language
    case .conversationID: self = .conversationID
    case .identifier: self = .whole
    }
  }
}

extension FieldUse {
  /// Whether the use of a container is also that of everything below it.
  fileprivate var coversBelow: Bool {
    switch self {
    case .keep, .identifier(.keep), .identifier(.scrub): true
    // The other actions replace the container whole; the parser silences what is below.
    case .text, .role, .language, .conversationID, .identifier: false
    }
  }
}

/// The byte in lower case when it is an ASCII capital.
func asciiLowercased(_ byte: UInt8) -> UInt8 {
  byte &- 0x41 < 26 ? byte | 0x20 : byte
}
