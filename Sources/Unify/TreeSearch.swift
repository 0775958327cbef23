internal import Records

/// Follows paths down a tree. Owned by one worker.
struct TreeSearch: ~Copyable {
  /// Says whether the text of a string is JSON.
  private var parser: RecordParser
  private var map = RecordMap()
  /// Texts with half a pair of surrogates that were asked for.
  var loneSurrogates = 0
  /// Whether a text was read from what Python prints: redaction has seen it with quotes and
  /// escapes, which may have hidden something.
  var hasReadPython = false

  init(depthMax: Int) throws(FormatError) {
    // Of any shape: a string's JSON is not of its record's format.
    let format = try Format(FormatDefinition(name: "any", fields: []))
    parser = RecordParser(format: format, depthMax: depthMax)
  }

  /// Whether bytes are one JSON value.
  ///
  /// - Throws: what is wrong with them.
  mutating func check(_ bytes: Span<UInt8>) throws(RecordError) {
    try parser.parse(bytes, into: &map)
  }

  /// The values a path leads to from a node, in their order, marked as used. O(values looked at).
  mutating func values(
    at path: CollectionPath, from node: Int, in tree: inout JSONTree
  ) -> [Int] {
    var current = [node]
    for step in path.steps {
      var next: [Int] = []
      for node in current { follow(step, from: node, in: &tree, into: &next) }
      current = next
      if current.isEmpty { break }
    }
    for node in current { tree.markUsed(node) }
    return current
  }

  private mutating func follow(
    _ step: CollectionPath.Step, from node: Int, in tree: inout JSONTree, into next: inout [Int]
  ) {
    switch step {
    case .key(let key):
      if let member = tree.member(key, of: node) { next.append(member) }
    case .anyKey:
      if tree.nodes[node].kind == .object { next += children(of: node, in: tree) }
    case .anyElement:
      if tree.nodes[node].kind == .array { next += children(of: node, in: tree) }
    case .index(let index):
      guard tree.nodes[node].kind == .array else { return }
      let elements = children(of: node, in: tree)
      let place = index < 0 ? elements.count + index : index
      if elements.indices.contains(place) { next.append(elements[place]) }
    case .elements(let key, let text):
      let isArray = tree.nodes[node].kind == .array
      for element in isArray ? children(of: node, in: tree) : [node] {
        guard let member = tree.member(key, of: element), tree.says(member, text) else { continue }
        tree.markUsed(member)
        next.append(element)
      }
    case .root: next.append(JSONTree.root)
    case .embedded:
      guard tree.nodes[node].kind == .string else {
        next.append(node)
        return
      }
      let value = tree.embedded(in: node) { text in
        if (try? parser.parse(text.span, into: &map)) != nil { return text }
        guard let json = pythonAsJSON(text), (try? parser.parse(json.span, into: &map)) != nil
        else { return nil }
        hasReadPython = true
        return json
      }
      if let value { next.append(value) }
    }
  }

  /// The values directly in a container.
  func children(of node: Int, in tree: JSONTree) -> [Int] {
    var result: [Int] = []
    var child = tree.nodes[node].child
    while child >= 0 {
      result.append(Int(child))
      child = tree.nodes[Int(child)].next
    }
    return result
  }

  // MARK: - Texts

  /// The text of a column: its parts, each once.
  mutating func text(
    _ value: CollectionPlan.Value, from base: Int, in tree: inout JSONTree
  ) -> [UInt8] {
    var parts: [[UInt8]] = []
    for path in value.paths where parts.isEmpty {
      addParts(at: path, from: base, in: &tree, to: &parts)
    }
    for path in value.all { addParts(at: path, from: base, in: &tree, to: &parts) }
    if parts.isEmpty { return value.fallback }
    let whole = Array(parts.joined(separator: value.joiner))
    if let word = value.words[whole] { return word }
    return Array(parts.map { value.words[$0] ?? $0 }.joined(separator: value.joiner))
  }

  private mutating func addParts(
    at path: CollectionPath, from base: Int, in tree: inout JSONTree, to parts: inout [[UInt8]]
  ) {
    for node in values(at: path, from: base, in: &tree) {
      if let text = scalar(node, in: &tree), !text.isEmpty, !parts.contains(text) {
        parts.append(text)
      }
    }
  }

  /// What a message says: every part of it, in order.
  ///
  /// - Returns: `nil` when nothing is there, and whether it was put together.
  mutating func content(
    _ value: CollectionPlan.Value, from node: Int, in tree: inout JSONTree
  ) -> (text: [UInt8], isJoined: Bool)? {
    var parts: [[UInt8]] = []
    for path in value.paths where parts.isEmpty {
      for node in values(at: path, from: node, in: &tree) {
        if let text = scalar(node, in: &tree) { parts.append(text) }
      }
    }
    for path in value.all {
      for node in values(at: path, from: node, in: &tree) {
        if let text = scalar(node, in: &tree), !text.isEmpty { parts.append(text) }
      }
    }
    if parts.isEmpty { return nil }
    return (Array(parts.joined(separator: value.joiner)), parts.count > 1)
  }

  /// The text of a string, the spelling of a number, `True`, `False`; `nil` for null and
  /// containers.
  mutating func scalar(_ node: Int, in tree: inout JSONTree) -> [UInt8]? {
    var text: [UInt8] = []
    switch tree.nodes[node].kind {
    case .object, .array: return nil
    case .string:
      tree.decode(node, into: &text)
      if tree.hasLoneSurrogate(node, decoded: text) { loneSurrogates += 1 }
    case .number: tree.decode(node, into: &text)
    case .literal:
      tree.decode(node, into: &text)
      if text.first == UInt8(ascii: "n") { return nil }
      text[0] -= 32
    }
    return text
  }
}
