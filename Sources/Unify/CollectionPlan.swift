package import Records
package import Redact

/// What all workers share: how the records of one format become rows. Frozen.
package struct CollectionPlan: Sendable {
  package let format: Format
  /// Makes user ids, and the ids of conversations that must not be published; `nil` leaves them
  /// out.
  package let keys: Keyring?
  package let depthMax: Int
  let timeDetail: TimeDetail
  let each: [CollectionPath]
  let variants: [Variant]
  /// By name in lower-case ASCII.
  let roles: [[UInt8]: Role]
  /// The keys that may stand in a manifest: those the format's file names.
  let knownKeys: Set<[UInt8]>

  /// How much of a time a row tells.
  package enum TimeDetail: Sendable {
    case all, day, nothing
  }

  /// One kind of row.
  struct Variant: Sendable {
    let suffix: [UInt8]
    let turns: Turns
    let columns: [CollectionColumn: Value]
  }

  /// `CollectionTurns` with its paths read.
  indirect enum Turns: Sendable {
    case list([CollectionPath], Turn)
    case pairs(user: CollectionPath, assistant: CollectionPath)
    case alternate(CollectionPath)
    case transcript(
      CollectionPath, marks: [(text: [UInt8], role: Role)], answer: CollectionPath?)
    case fixed([(role: Role, content: Value)])
    case tree(root: CollectionPath, children: CollectionPath, Turn)
    case linked(Links, Turn)
    case first([Turns])
  }

  struct Links: Sendable {
    let nodes, id, parent, last: CollectionPath
  }

  /// `CollectionTurn` with its paths read.
  struct Turn: Sendable {
    let role: Value
    let content: Value
    let id: CollectionPath?
    let leaveOut: [(reason: String, path: CollectionPath, values: [[UInt8]])]
  }

  /// `CollectionValue` with its paths read.
  struct Value: Sendable {
    let paths: [CollectionPath]
    let all: [CollectionPath]
    let joiner: [UInt8]
    let words: [[UInt8]: [UInt8]]
    var fallback: [UInt8]
    let isHidden: Bool
  }

  /// - Parameters:
  ///   - source: what stands in `source` where records do not say it themselves; `nil` for what the
  ///     format's file says.
  ///   - timeDetail: what stays of a row's time; records keep theirs where the order of their
  ///     messages depends on them.
  /// - Throws: `CollectionRefusal` when the format's records are no conversations, `FormatError`
  ///   for a path that cannot be read.
  package init(
    format: Format, source: String?, keys: Keyring?, depthMax: Int = 512,
    timeDetail: TimeDetail = .all
  ) throws {
    guard let definition = format.definition.collection else {
      throw CollectionRefusal(format: format.name, reason: "its file does not say how")
    }
    if let reason = definition.refusal {
      throw CollectionRefusal(format: format.name, reason: reason)
    }
    self.format = format
    self.keys = keys
    self.depthMax = depthMax
    self.timeDetail = timeDetail
    each = try Self.paths(definition.each)
    variants = try definition.variants.map { variant in
      let all = definition.columns.merging(variant.columns) { $1 }
      var columns = try all.mapValues(Self.value)
      if let source {
        var value = try columns[.source] ?? Self.value(CollectionValue())
        value.fallback = Array(source.utf8)
        columns[.source] = value
      }
      return Variant(
        suffix: Array(variant.suffix.utf8), turns: try Self.turns(variant.turns),
        columns: columns)
    }
    var roles: [[UInt8]: Role] = [:]
    for (name, role) in Role.defaultNames { roles[Array(name.utf8)] = role }
    for (name, role) in format.definition.roles { roles[lowercased(Array(name.utf8))] = role }
    self.roles = roles
    knownKeys = Self.keys(of: format.definition)
  }

  private static func turns(_ turns: CollectionTurns) throws(FormatError) -> Turns {
    switch turns {
    case .list(let list, let turn):
      return .list(try paths(list), try Self.turn(turn))
    case .pairs(let user, let assistant):
      return .pairs(
        user: try CollectionPath(parsing: user),
        assistant: try CollectionPath(parsing: assistant))
    case .alternate(let path): return .alternate(try CollectionPath(parsing: path))
    case .transcript(let path, let marks, let answer):
      return .transcript(
        try CollectionPath(parsing: path),
        marks: marks.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), $0.value) },
        answer: try paths(answer.map { [$0] } ?? []).first)
    case .fixed(let turns):
      var result: [(role: Role, content: Value)] = []
      for turn in turns { result.append((turn.role, try value(turn.content))) }
      return .fixed(result)
    case .tree(let root, let children, let turn):
      return .tree(
        root: try CollectionPath(parsing: root), children: try CollectionPath(parsing: children),
        try Self.turn(turn))
    case .linked(let nodes, let id, let parent, let last, let turn):
      let links = Links(
        nodes: try CollectionPath(parsing: nodes), id: try CollectionPath(parsing: id),
        parent: try CollectionPath(parsing: parent), last: try CollectionPath(parsing: last))
      return .linked(links, try Self.turn(turn))
    case .first(let layouts):
      var result: [Turns] = []
      for layout in layouts { result.append(try Self.turns(layout)) }
      return .first(result)
    }
  }

  private static func turn(_ turn: CollectionTurn) throws(FormatError) -> Turn {
    var leaveOut: [(reason: String, path: CollectionPath, values: [[UInt8]])] = []
    for item in turn.leaveOut {
      let path = try CollectionPath(parsing: item.path)
      leaveOut.append((item.reason, path, item.values.map { Array($0.utf8) }))
    }
    var id: CollectionPath?
    if let path = turn.id { id = try CollectionPath(parsing: path) }
    return Turn(
      role: try value(turn.role), content: try value(turn.content), id: id,
      leaveOut: leaveOut)
  }

  private static func value(_ value: CollectionValue) throws(FormatError) -> Value {
    var words: [[UInt8]: [UInt8]] = [:]
    for (word, other) in value.words { words[Array(word.utf8)] = Array(other.utf8) }
    return Value(
      paths: try paths(value.paths), all: try paths(value.all), joiner: Array(value.joiner.utf8),
      words: words,
      fallback: Array(value.fallback.utf8), isHidden: value.isHidden)
  }

  private static func paths(_ texts: [String]) throws(FormatError) -> [CollectionPath] {
    var paths: [CollectionPath] = []
    for text in texts { paths.append(try CollectionPath(parsing: text)) }
    return paths
  }

  /// The words between the marks of all paths: of fields, of recognition, of the mapping.
  private static func keys(of definition: FormatDefinition) -> Set<[UInt8]> {
    var paths = definition.fields.map(\.path) + definition.detect.flatMap { $0 }
    if let collection = definition.collection { paths += collection.paths }
    var keys: Set<[UInt8]> = []
    for path in paths {
      for key in path.utf8.split(whereSeparator: { ".[]*:\"=@|(),! ".utf8.contains($0) }) {
        keys.insert(Array(key))
      }
    }
    return keys
  }
}

/// Records of a format are no conversations.
package struct CollectionRefusal: Error, CustomStringConvertible {
  package let format: String
  package let reason: String

  package var description: String {
    "records of the format \(format) cannot become conversations of the collection: \(reason)"
  }
}

extension CollectionDefinition {
  /// Every path of the section, in no order.
  fileprivate var paths: [String] {
    var values = Array(columns.values)
    var paths = each
    for variant in variants {
      values += variant.columns.values
      paths += variant.turns.paths
    }
    return paths + values.flatMap { $0.paths + $0.all }
  }
}

extension CollectionTurns {
  /// Every path of the layout, in no order.
  fileprivate var paths: [String] {
    switch self {
    case .list(let list, let turn): list + turn.allPaths
    case .pairs(let user, let assistant): [user, assistant]
    case .alternate(let path): [path]
    case .transcript(let path, _, let answer): [path, answer ?? ""]
    case .fixed(let turns): turns.flatMap { $0.content.paths + $0.content.all }
    case .tree(let root, let children, let turn): [root, children, turn.id ?? ""] + turn.allPaths
    case .linked(let nodes, let id, let parent, let last, let turn):
      [nodes, id, parent, last] + turn.allPaths
    case .first(let layouts): layouts.flatMap(\.paths)
    }
  }
}

extension CollectionTurn {
  fileprivate var allPaths: [String] {
    leaveOut.map(\.path) + [role, content].flatMap { $0.paths + $0.all }
  }
}

/// Bytes with ASCII capitals in lower case.
func lowercased(_ bytes: [UInt8]) -> [UInt8] {
  bytes.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
}
