internal import Records

/// One conversation of a record, in order.
struct Thread {
  var turns: [CollectionRow.Turn] = []
  /// System messages, in order.
  var system: [[UInt8]] = []
  /// The name of the last message of a tree's thread.
  var leaf: [UInt8] = []
  var isJoined = false
}

extension RowMapper {
  /// The conversations that a layout finds below a value.
  ///
  /// - Throws: when nothing is where the layout has its turns.
  mutating func threads(
    _ turns: CollectionPlan.Turns, from base: Int
  ) throws(RowFailure) -> [Thread] {
    switch turns {
    case .list(let paths, let turn):
      return [try listed(paths, turn, from: base)]
    case .pairs(let user, let assistant):
      return [try paired(user, assistant, from: base)]
    case .alternate(let path):
      return [try alternating(path, from: base)]
    case .transcript(let path, let marks, let answer):
      var thread = try transcribed(path, marks, from: base)
      if let answer {
        for node in search.values(at: answer, from: base, in: &tree) {
          add(.assistant, node, to: &thread)
        }
      }
      return [thread]
    case .fixed(let turns):
      return [try fixed(turns, from: base)]
    case .tree(let root, let children, let turn):
      return try branches(root, children, turn, from: base)
    case .linked(let links, let turn):
      return [try linked(links, turn, from: base)]
    case .first(let layouts):
      for layout in layouts {
        do {
          return try threads(layout, from: base)
        } catch {
          guard error == .noConversation else { throw error }
        }
      }
      throw .noConversation
    }
  }

  // MARK: - Lists

  private mutating func listed(
    _ paths: [CollectionPath], _ turn: CollectionPlan.Turn, from base: Int
  ) throws(RowFailure) -> Thread {
    var isThere = false
    var thread = Thread()
    for path in paths {
      let nodes = search.values(at: path, from: base, in: &tree)
      isThere = isThere || !nodes.isEmpty || isList(path, from: base)
      for node in nodes { add(node, turn, to: &thread) }
    }
    guard isThere else { throw .noConversation }
    return thread
  }

  private mutating func paired(
    _ user: CollectionPath, _ assistant: CollectionPath, from base: Int
  ) throws(RowFailure) -> Thread {
    let first = search.values(at: user, from: base, in: &tree)
    let second = search.values(at: assistant, from: base, in: &tree)
    let isThere =
      !first.isEmpty || !second.isEmpty || isList(user, from: base)
      || isList(assistant, from: base)
    guard isThere else { throw .noConversation }
    var thread = Thread()
    for index in 0..<max(first.count, second.count) {
      if index < first.count { add(.user, first[index], to: &thread) }
      if index < second.count { add(.assistant, second[index], to: &thread) }
    }
    return thread
  }

  private mutating func alternating(
    _ path: CollectionPath, from base: Int
  ) throws(RowFailure) -> Thread {
    let nodes = search.values(at: path, from: base, in: &tree)
    guard !nodes.isEmpty || isList(path, from: base) else { throw .noConversation }
    var thread = Thread()
    for (index, node) in nodes.enumerated() {
      add(index % 2 == 0 ? .user : .assistant, node, to: &thread)
    }
    return thread
  }

  private mutating func fixed(
    _ turns: [(role: Role, content: CollectionPlan.Value)], from base: Int
  ) throws(RowFailure) -> Thread {
    var thread = Thread()
    var isThere = false
    for turn in turns {
      guard let content = search.content(turn.content, from: base, in: &tree) else { continue }
      isThere = true
      thread.isJoined = thread.isJoined || content.isJoined
      add(turn.role, content.text, to: &thread)
    }
    guard isThere else { throw .noConversation }
    return thread
  }

  /// Whether a path leads to an array that is empty.
  private mutating func isList(_ path: CollectionPath, from base: Int) -> Bool {
    guard path.steps.last == .anyElement else { return false }
    let lists = search.values(
      at: CollectionPath(path.steps.dropLast()), from: base, in: &tree)
    return lists.contains { tree.nodes[$0].kind == .array }
  }

  // MARK: - Transcripts

  private mutating func transcribed(
    _ path: CollectionPath, _ marks: [(text: [UInt8], role: Role)], from base: Int
  ) throws(RowFailure) -> Thread {
    guard let node = search.values(at: path, from: base, in: &tree).first,
      let text = search.scalar(node, in: &tree)
    else { throw .noConversation }
    var thread = Thread()
    var start = 0
    var role: Role?
    var position = 0
    func turn(_ end: Int) -> [UInt8] { Self.trimmed(text[start..<end]) }
    while position <= text.count {
      let mark = marks.first { text[position...].starts(with: $0.text) }
      guard mark != nil || position == text.count else {
        position += 1
        continue
      }
      if let role {
        add(role, turn(position), to: &thread)
      } else if !turn(position).isEmpty {
        throw .noTranscript
      }
      guard let mark else { break }
      role = mark.role
      position += mark.text.count
      start = position
    }
    // What stood between the marks is cut at white space, which may make what a rule finds.
    thread.isJoined = true
    return thread
  }

  /// A text without the white space around it.
  private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let isSpace: (UInt8) -> Bool = { [0x20, 0x0A, 0x0D, 0x09].contains($0) }
    guard let first = text.firstIndex(where: { !isSpace($0) }),
      let last = text.lastIndex(where: { !isSpace($0) })
    else { return [] }
    return Array(text[first...last])
  }

  // MARK: - Trees

  /// A branch on its way down: the messages so far, and what comes next.
  private struct Branch {
    var node: Int
    var thread: Thread
  }

  /// One thread for each way from the root to a message without answers, in order. The open
  /// branches are kept in a list, not on the call stack.
  private mutating func branches(
    _ root: CollectionPath, _ children: CollectionPath, _ turn: CollectionPlan.Turn,
    from base: Int
  ) throws(RowFailure) -> [Thread] {
    let roots = search.values(at: root, from: base, in: &tree)
    guard !roots.isEmpty else { throw .noConversation }
    var threads: [Thread] = []
    var open = roots.reversed().map { Branch(node: $0, thread: Thread()) }
    while var branch = open.popLast() {
      if leavesOut(branch.node, turn) {
        countBelow(branch.node, children)
        continue
      }
      add(branch.node, turn, to: &branch.thread)
      if let id = turn.id,
        let node = search.values(at: id, from: branch.node, in: &tree).first
      {
        branch.thread.leaf = search.scalar(node, in: &tree) ?? []
      }
      var answers: [Int] = []
      for answer in search.values(at: children, from: branch.node, in: &tree) {
        if leavesOut(answer, turn) { countBelow(answer, children) } else { answers.append(answer) }
      }
      if answers.isEmpty { threads.append(branch.thread) }
      for answer in answers.reversed() {
        open.append(Branch(node: answer, thread: branch.thread))
      }
    }
    return threads.isEmpty ? [Thread()] : threads
  }

  /// Counts the answers to a message that is left out: they go with it.
  private mutating func countBelow(_ node: Int, _ children: CollectionPath) {
    var open = search.values(at: children, from: node, in: &tree)
    while let answer = open.popLast() {
      tally.messagesLeftOut["below-one-left-out", default: 0] += 1
      open += search.values(at: children, from: answer, in: &tree)
    }
  }

  /// The way from the last message to the first, turned round. What branches off is counted.
  private mutating func linked(
    _ links: CollectionPlan.Links, _ turn: CollectionPlan.Turn, from base: Int
  ) throws(RowFailure) -> Thread {
    let nodes = search.values(at: links.nodes, from: base, in: &tree)
    guard !nodes.isEmpty || isList(links.nodes, from: base) else { throw .noConversation }
    var places: [[UInt8]: Int] = [:]
    for (place, node) in nodes.enumerated() {
      if let id = text(links.id, from: node) { places[id] = place }
    }
    let last = text(links.last, from: base).flatMap { places[$0] } ?? nodes.count - 1
    var way: [Int] = []
    var isOnWay = [Bool](repeating: false, count: nodes.count)
    var place = last
    while nodes.indices.contains(place), !isOnWay[place] {
      isOnWay[place] = true
      way.append(place)
      let parents = search.values(at: links.parent, from: nodes[place], in: &tree)
      // Where messages do not say what is before them, they stand in order.
      guard let parent = parents.first else {
        place -= 1
        continue
      }
      guard let id = search.scalar(parent, in: &tree), let before = places[id] else { break }
      place = before
    }
    var thread = Thread()
    for place in way.reversed() { add(nodes[place], turn, to: &thread) }
    for place in nodes.indices where !isOnWay[place] {
      guard search.content(turn.content, from: nodes[place], in: &tree) != nil else { continue }
      tally.messagesLeftOut["other-branch", default: 0] += 1
    }
    return thread
  }

  private mutating func text(_ path: CollectionPath, from node: Int) -> [UInt8]? {
    guard let value = search.values(at: path, from: node, in: &tree).first else { return nil }
    return search.scalar(value, in: &tree)
  }

  // MARK: - Messages

  /// Adds a message of a list or tree: where its role and its content say.
  private mutating func add(
    _ node: Int, _ turn: CollectionPlan.Turn, to thread: inout Thread
  ) {
    let name = search.text(turn.role, from: node, in: &tree)
    let role: Role = name.isEmpty ? .none : plan.roles[lowercased(name)] ?? .other
    let content = search.content(turn.content, from: node, in: &tree)
    if leavesOut(node, turn) { return }
    guard let content else {
      tally.messagesLeftOut["\(role.name): no text", default: 0] += 1
      return
    }
    thread.isJoined = thread.isJoined || content.isJoined
    add(role, content.text, to: &thread)
  }

  /// Adds a text of a list whose elements do not say who speaks.
  private mutating func add(_ role: Role, _ node: Int, to thread: inout Thread) {
    guard let text = search.scalar(node, in: &tree) else {
      tally.messagesLeftOut["\(role.name): no text", default: 0] += 1
      return
    }
    add(role, text, to: &thread)
  }

  private mutating func add(_ role: Role, _ text: [UInt8], to thread: inout Thread) {
    switch role {
    case .user, .assistant:
      thread.turns.append(CollectionRow.Turn(isUser: role == .user, text: text))
    case .system: thread.system.append(text)
    case .tool, .other, .none: tally.messagesLeftOut[role.name, default: 0] += 1
    }
  }

  /// Whether a message is one the format's file leaves out; counted if it is.
  private mutating func leavesOut(_ node: Int, _ turn: CollectionPlan.Turn) -> Bool {
    for rule in turn.leaveOut {
      for value in search.values(at: rule.path, from: node, in: &tree) {
        guard let text = search.scalar(value, in: &tree), rule.values.contains(text) else {
          continue
        }
        tally.messagesLeftOut[rule.reason, default: 0] += 1
        return true
      }
    }
    return false
  }
}
