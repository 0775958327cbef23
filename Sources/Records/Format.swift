// A chat format, compiled once and shared by all workers.

internal import Text

/// A compiled format: immutable, shared by all workers.
package final class Format: Sendable {
  package let definition: FormatDefinition
  /// Path to accept number; an accept is an index into `fields`.
  let automaton: PathAutomaton
  /// What is done at each state of the automaton.
  let states: [StateUse]
  /// What is noted at states, by ranges of `StateUse`.
  let notes: [Note]
  /// The state below a value that is replaced whole: nothing there is looked at.
  let silentState: Int32
  /// The state inside a string that turned out to hold JSON: everything there is text.
  let textState: Int32
  /// Role names in lower case, the format's own first.
  let roleNames: [RoleName]
  /// What the record must have.
  let shape: PathRequirement
  /// By field: what the parser has to know of it.
  let traits: [FieldTraits]
  /// The strings conditions ask for, each a bit of an object's facts.
  let facts: [[[UInt8]]]

  /// By field: which of the others, this one included, repeat one text; -1 for none.
  package var copies: [Int32] { traits.map(\.copies) }
  /// By field: those of the text a derived value is computed from.
  package var sources: [[Int32]] { traits.map(\.sources) }
  /// The fields, in the order of the definition; `ValueLocation.field` counts in it.
  package var fields: [FieldDefinition] { definition.fields }
  /// The definition's name.
  package var name: String { definition.name }

  /// Compiles a definition.
  ///
  /// Throws for a path that cannot be read or stands twice, and for a scope or condition that is
  /// not around its field. O(states), some milliseconds for the longest of the built-in formats.
  package init(_ definition: FormatDefinition) throws(FormatError) {
    self.definition = definition
    var compiler = FormatCompiler(definition)
    try compiler.addFields()
    try compiler.addDetails()
    shape = try compiler.addShape()
    _ = try PathRequirement(definition.detect)
    let fieldCount = Int32(definition.fields.count)
    var automaton = try PathAutomaton(compiler.patterns, rivals: fieldCount)
    let silent = automaton.addSink()
    let text = automaton.addSink()
    var notes: [Note] = []
    var states: [StateUse] = []
    for (number, accepts) in automaton.acceptSets.enumerated() {
      let field = accepts.first { $0 < fieldCount } ?? -1
      automaton.setAccept(field, of: number)
      let start = notes.count
      for accept in accepts where accept >= fieldCount {
        notes.append(compiler.notes[Int(accept - fieldCount)])
      }
      states.append(
        StateUse(
          disposition: field < 0 ? .record : compiler.traits[Int(field)].disposition,
          notesStart: Int32(start), notesEnd: Int32(notes.count)))
    }
    states[Int(silent)].disposition = .silent
    self.automaton = automaton
    self.states = states
    self.notes = notes
    silentState = silent
    textState = text
    traits = compiler.traits
    facts = compiler.facts.map { $0.values.map { Array($0.utf8) } }
    roleNames =
      definition.roles.sorted { $0.key < $1.key }
      .map { RoleName(bytes: Array($0.key.utf8).map(asciiLowercased), role: $0.value) }
      + Role.defaultNames.map { RoleName(bytes: Array($0.name.utf8), role: $0.role) }
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
  /// A string is read as JSON.
  case embedded
  /// A string is cut into turns, or is HTML.
  case layered
  /// Recorded, until the end of the record says what it is.
  case conditional
}

/// What happens at a state of the automaton.
struct StateUse: Sendable {
  var disposition: Disposition
  /// A range of `Format.notes`, nearly always empty.
  var notesStart: Int32
  var notesEnd: Int32
}

/// What is noted of a value beside what is done with it.
enum Note: Sendable {
  /// A string that a condition asks for; the bit is set in its object when it is one of its values.
  case fact(bit: Int)
  /// The value is one of those that every record has.
  case shape(kinds: UInt8, bit: Int)
  /// A flag, or a derived value.
  case field(Int32)
  /// An array that a role inside it speaks for.
  case scope
}

/// What the parser has to know of a field.
struct FieldTraits: Sendable {
  var disposition: Disposition
  var role: Role?
  var cycle: [Role] = []
  var turns: [(mark: [UInt8], role: Role)] = []
  /// By byte: whether a mark begins with it.
  var turnHeads: [Bool] = []
  var isHTML = false
  /// How many objects further out than its own the field speaks for; -1: the record.
  var objectsUp: Int32 = 0
  /// Whether keys of its values say more than its path does: `**`, and what is below `profile`.
  var keepsKeys = false
  /// Fields with the same path and conditions, in order; only for the first of them.
  var alternatives: [Int32] = []
  /// All must hold: a bit of the facts of an object so many further out.
  var conditions: [(bit: Int, objectsUp: Int32)] = []
  /// The fields of the text a derived value is computed from.
  var sources: [Int32] = []
  /// The first field at the path that copies of one text share; -1: there are none.
  var copies: Int32 = -1
}

extension Disposition {
  init(_ field: FieldDefinition) {
    switch field.use {
    case .text:
      let details = field.details
      self = details?.isHTML == true || details?.turns.isEmpty == false ? .layered : .record
    case .identifier(.scrub): self = .record
    case .keep, .identifier(.keep), .derived, .flag: self = .keep
    case .role: self = .role
    case .language: self = .language
    case .conversationID: self = .conversationID
    case .identifier: self = .whole
    case .embedded: self = .embedded
    }
  }
}

extension FieldUse {
  /// Whether the use of a container is also that of everything below it.
  var coversBelow: Bool {
    switch self {
    case .keep, .identifier(.keep), .identifier(.scrub), .embedded, .derived: true
    // The other actions replace the container whole; the parser silences what is below.
    case .text, .role, .language, .conversationID, .identifier, .flag: false
    }
  }
}

/// The byte in lower case when it is an ASCII capital.
func asciiLowercased(_ byte: UInt8) -> UInt8 {
  byte &- 0x41 < 26 ? byte | 0x20 : byte
}
