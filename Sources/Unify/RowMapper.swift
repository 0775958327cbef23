package import Records
package import Redact
internal import Text

/// Why a record has no row. No case holds input.
package enum RowFailure: Error, Equatable {
  /// It is no JSON.
  case record(RecordError)
  /// Nothing is where the format has its turns.
  case noConversation
  /// A transcript does not begin with a mark.
  case noTranscript
  /// Redacting has changed how many conversations the record holds.
  case shapeChanged
  /// A text that was put together could not be redacted.
  case redaction(RecordFailure)

  /// A stable code for the manifest and the quarantine file.
  package var reason: String {
    switch self {
    case .record(let error): error.reason
    case .noConversation: "no-conversation: nothing where the format has its turns"
    case .noTranscript: "no-transcript: no mark at the start"
    case .shapeChanged: "shape-changed"
    case .redaction(let failure): failure.reason
    }
  }
}

/// Makes the rows of one record at a time. Owned by one worker.
///
/// Everything published is read from the redacted record; the record as it was says only who wrote
/// it and when, for keyed ids and for finding the newest of several revisions.
package struct RowMapper: ~Copyable {
  package let plan: CollectionPlan
  var search: TreeSearch
  /// The redacted record.
  var tree = JSONTree()
  /// The record as it was.
  private var original = JSONTree()
  /// What the record last mapped adds to the counts.
  package internal(set) var tally = UnifyTally()

  /// - Throws: never for a plan that could be made.
  package init(plan: CollectionPlan) throws {
    self.plan = plan
    search = try TreeSearch(depthMax: plan.depthMax)
  }

  /// Makes a record's rows.
  ///
  /// - Parameters:
  ///   - record: the record as it was read.
  ///   - clean: what redaction made of it; JSON.
  ///   - hasActs: whether redaction has replaced something in a text.
  /// - Throws: `RowFailure`; the tally is then to be forgotten.
  package mutating func rows(
    _ record: Span<UInt8>, clean: Span<UInt8>, hasActs: Bool
  ) throws(RowFailure) -> [CollectionRow] {
    tally = UnifyTally()
    search.loneSurrogates = 0
    search.hasReadPython = false
    do { try search.check(clean) } catch { throw .record(error) }
    tree.read(clean)
    original.read(record)
    var bases = [JSONTree.root]
    var originalBases = bases
    if !plan.each.isEmpty {
      bases = []
      for each in plan.each where bases.isEmpty {
        bases = search.values(at: each, from: JSONTree.root, in: &tree)
        originalBases = search.values(at: each, from: JSONTree.root, in: &original)
      }
      guard !bases.isEmpty else { throw .noConversation }
      guard bases.count == originalBases.count else { throw .shapeChanged }
    }
    var rows: [CollectionRow] = []
    for (base, originalBase) in zip(bases, originalBases) {
      for variant in plan.variants {
        rows += try self.rows(variant, base, originalBase, hasActs: hasActs)
      }
    }
    countLeftBehind()
    tally.loneSurrogates = search.loneSurrogates
    return rows
  }

  private mutating func rows(
    _ variant: CollectionPlan.Variant, _ base: Int, _ originalBase: Int, hasActs: Bool
  ) throws(RowFailure) -> [CollectionRow] {
    let threads = try threads(variant.turns, from: base)
    var rows: [CollectionRow] = []
    for thread in threads {
      if thread.turns.isEmpty {
        tally.emptyConversations += 1
        continue
      }
      var row = CollectionRow()
      row.turns = thread.turns
      row.isJoined = thread.isJoined || thread.system.count > 1 || search.hasReadPython
      fill(&row, variant, base, system: thread.system)
      if hasActs { row.redacted = Array("True".utf8) }
      identify(&row, variant, base, originalBase, leaf: thread.leaf)
      rows.append(row)
    }
    return rows
  }

  // MARK: - Columns

  private mutating func fill(
    _ row: inout CollectionRow, _ variant: CollectionPlan.Variant, _ base: Int,
    system: [[UInt8]]
  ) {
    row.model = Self.withoutPath(text(.model, variant, base))
    row.source = text(.source, variant, base)
    row.location = text(.location, variant, base)
    row.age = text(.age, variant, base)
    row.gender = text(.gender, variant, base)
    row.language = text(.language, variant, base)
    row.redacted = text(.redacted, variant, base)
    row.toxic = text(.toxic, variant, base)
    row.title = text(.title, variant, base)
    row.status = text(.status, variant, base)
    row.rate = rate(variant, base)
    tally.systemMessages += system.count
    row.customInstruction = text(.customInstruction, variant, base)
    for message in system {
      if !row.customInstruction.isEmpty {
        row.customInstruction += "\n\n".utf8
        row.isJoined = true
      }
      row.customInstruction += message
    }
    let time = text(.timestamp, variant, base)
    if let form = CollectionTime(time)?.reduced(to: plan.timeDetail).text {
      if plan.timeDetail != .nothing { row.timestamp = form }
    } else if !time.isEmpty {
      tally.timesNotUnderstood += 1
    }
  }

  /// The ids, and what is needed to compare the row with others.
  private mutating func identify(
    _ row: inout CollectionRow, _ variant: CollectionPlan.Variant, _ base: Int,
    _ originalBase: Int, leaf: [UInt8]
  ) {
    // The redacted value counts as looked at, too; likewise below.
    _ = text(.user, variant, base)
    let user = originalText(.user, variant, originalBase)
    if isNumbered(user) {
      tally.userIDsLeftOut += 1
    } else if !user.isEmpty {
      if let keys = plan.keys {
        row.user = keys.isPseudonym(user) ? user : keys.pseudonym(of: user, name: "user_id")
      } else {
        tally.userIDsLeftOut += 1
      }
      row.userHash = max(1, ByteHash.of(plan.keys == nil ? user : row.user))
    }
    if let time = CollectionTime(originalText(.timestamp, variant, originalBase)) {
      row.order = time.order
    }
    let isHidden = variant.columns[.id]?.isHidden ?? false
    if isHidden {
      let id = originalText(.id, variant, originalBase)
      _ = text(.id, variant, base)
      if let keys = plan.keys, !id.isEmpty, !isNumbered(id) {
        row.id = keys.isPseudonym(id) ? id : keys.pseudonym(of: id, name: "conversation_id")
      }
    } else {
      row.id = text(.id, variant, base)
    }
    if row.id.isEmpty {
      tally.idsMade += 1
      row.makeID()
      row.id += variant.suffix
    } else {
      let isNamed = !leaf.isEmpty && leaf != row.id
      row.id += variant.suffix + (isNamed ? Array("_".utf8) + leaf : [])
    }
  }

  /// Whether an id is what redaction without a key leaves of one: `[ID_1]` in every record, so that
  /// it tells nobody from anybody.
  private func isNumbered(_ id: [UInt8]) -> Bool {
    id.starts(with: "[ID_".utf8) && id.last == UInt8(ascii: "]")
  }

  /// The rating of the whole, then those of its answers, unless nobody gave any.
  private mutating func rate(_ variant: CollectionPlan.Variant, _ base: Int) -> [UInt8] {
    var rate = text(.rate, variant, base)
    guard let ratings = variant.columns[.ratings] else { return rate }
    var marks: [[UInt8]] = []
    for path in ratings.paths where marks.isEmpty {
      for node in search.values(at: path, from: base, in: &tree) {
        marks.append(search.scalar(node, in: &tree) ?? Array("0".utf8))
      }
    }
    guard marks.contains(where: { $0 != Array("0".utf8) && !$0.isEmpty }) else { return rate }
    if !rate.isEmpty { rate += " ".utf8 }
    rate += "messages:".utf8
    for (index, mark) in marks.enumerated() { rate += (index > 0 ? [44] : []) + mark }
    return rate
  }

  private mutating func text(
    _ column: CollectionColumn, _ variant: CollectionPlan.Variant, _ base: Int
  ) -> [UInt8] {
    guard let value = variant.columns[column] else { return [] }
    return search.text(value, from: base, in: &tree)
  }

  private mutating func originalText(
    _ column: CollectionColumn, _ variant: CollectionPlan.Variant, _ base: Int
  ) -> [UInt8] {
    guard let value = variant.columns[column] else { return [] }
    return search.text(value, from: base, in: &original)
  }

  /// A URL without what leads to a conversation; anything else as it is.
  static func withoutPath(_ text: [UInt8]) -> [UInt8] {
    let slashes = Array("://".utf8)
    var start = text.startIndex
    if let colon = text.firstIndex(of: slashes[0]), text[colon...].starts(with: slashes) {
      start = colon + 3
    } else {
      // An address without its scheme has a point before the first slash; a model's name has none.
      guard let slash = text.firstIndex(of: slashes[1]), text[..<slash].contains(46),
        !text.contains(32)
      else { return text }
    }
    let end = text[start...].firstIndex { "/?#\\".utf8.contains($0) } ?? text.endIndex
    var host = text[start..<end]
    if let at = host.lastIndex(of: UInt8(ascii: "@")) { host = host[(at + 1)...] }
    return Array(text[..<start] + host)
  }

  // MARK: - What no column is for

  /// Counts the topmost values that nothing has looked at, nor at anything in them.
  private mutating func countLeftBehind() {
    let nodes = tree.nodes
    var parents = [Int](repeating: -1, count: nodes.count)
    for index in nodes.indices {
      for child in search.children(of: index, in: tree) { parents[child] = index }
    }
    var isUsed = nodes.map(\.isUsed)
    for index in nodes.indices.reversed() where isUsed[index] && parents[index] >= 0 {
      isUsed[parents[index]] = true
    }
    for index in nodes.indices where !isUsed[index] && parents[index] >= 0 {
      guard isUsed[parents[index]], !isVoid(nodes[index]) else { continue }
      tally.leftBehind[path(to: index, parents), default: 0] += 1
    }
  }

  private func isVoid(_ node: JSONTree.Node) -> Bool {
    switch node.kind {
    case .object, .array: node.child < 0
    case .string: node.range.isEmpty
    case .literal: tree.bytes[node.range.lowerBound] == UInt8(ascii: "n")
    case .number: false
    }
  }

  /// Keys that the format's file does not name may be values of the input: they are `*`.
  private mutating func path(to node: Int, _ parents: [Int]) -> String {
    var steps: [String] = []
    var current = node
    while current > 0, parents[current] >= 0 {
      if tree.nodes[current].key != nil {
        var key: [UInt8] = []
        tree.decodeKey(current, into: &key)
        let isKnown = plan.knownKeys.contains(key)
        steps.append("." + (isKnown ? String(decoding: key, as: UTF8.self) : "*"))
      } else if tree.nodes[parents[current]].kind == .array {
        steps.append("[]")
      } else {
        steps.append(".@json")
      }
      current = parents[current]
    }
    let path = steps.reversed().joined()
    return path.hasPrefix(".") ? String(path.dropFirst()) : path
  }
}
