internal import Records
internal import Yams

/// Reads the section `collection` of a format file. `Patterns/formats/README.md` has the keys.
///
/// - Throws: `PatternFileError` with the line of what is wrong.
func readCollection(_ section: YAMLMap) throws(PatternFileError) -> CollectionDefinition {
  var map = section
  var definition = CollectionDefinition()
  if let refusal = try map.optionalString("none") {
    definition.refusal = refusal
    try map.finish()
    return definition
  }
  if let each = map.take("each") { definition.each = try paths(each, key: "each", map) }
  if let rows = map.take("rows") {
    definition.columns = try columns(of: &map)
    guard let nodes = rows.sequence, !nodes.isEmpty else { throw map.error("`rows` is a list") }
    for node in nodes {
      var entry = try YAMLMap(node, file: map.file)
      let suffix = try entry.string("suffix")
      var variant = CollectionVariant(turns: try turns(of: &entry))
      variant.suffix = suffix
      variant.columns = try columns(of: &entry)
      try entry.finish()
      definition.variants.append(variant)
    }
  } else {
    definition.variants = [CollectionVariant(turns: try turns(of: &map))]
    definition.columns = try columns(of: &map)
  }
  try map.finish()
  return definition
}

private func columns(
  of map: inout YAMLMap
) throws(PatternFileError) -> [CollectionColumn: CollectionValue] {
  var columns: [CollectionColumn: CollectionValue] = [:]
  for column in CollectionColumn.allCases {
    guard let node = map.take(column.rawValue) else { continue }
    columns[column] = try value(node, key: column.rawValue, map)
  }
  return columns
}

/// A path, a list of paths, or a mapping.
private func value(
  _ node: Node, key: String, _ map: YAMLMap
) throws(PatternFileError) -> CollectionValue {
  var value = CollectionValue()
  guard node.mapping != nil else {
    value.paths = try paths(node, key: key, map)
    return value
  }
  var entry = try YAMLMap(node, file: map.file)
  if let found = entry.take("path") { value.paths = try paths(found, key: "path", entry) }
  if let all = entry.take("all") { value.all = try paths(all, key: "all", entry) }
  value.joiner = try entry.optionalString("join") ?? value.joiner
  value.fallback = try entry.optionalString("default") ?? ""
  if var words = try entry.map("words") {
    for word in words.keys { value.words[word] = try words.string(word) }
  }
  if let hidden = try entry.optionalString("hidden") {
    guard ["true", "false"].contains(hidden) else { throw entry.error("`hidden` is true or false") }
    value.isHidden = hidden == "true"
  }
  try entry.finish()
  guard value.paths.isEmpty || value.all.isEmpty else {
    throw map.error("`path` and `all` exclude each other")
  }
  return value
}

private func paths(_ node: Node, key: String, _ map: YAMLMap) throws(PatternFileError) -> [String] {
  guard let sequence = node.sequence else {
    return [try checked(YAMLMap.string(node, key: key, file: map.file), node, map)]
  }
  var result: [String] = []
  for element in sequence {
    result.append(
      try checked(YAMLMap.string(element, key: key, file: map.file), element, map))
  }
  return result
}

private func checked(
  _ path: String, _ node: Node, _ map: YAMLMap
) throws(PatternFileError) -> String {
  do {
    _ = try CollectionPath(parsing: path)
  } catch {
    guard case .badPath(_, let offset) = error else { return path }
    throw PatternFileError(
      file: map.file, line: node.mark?.line ?? map.line,
      message: "the path is not understood at character \(offset + 1)")
  }
  return path
}

/// The one layout that the keys of a mapping name, or several in a list.
private func turns(of map: inout YAMLMap) throws(PatternFileError) -> CollectionTurns {
  let nodes = try map.mapsOrMap("turns")
  guard !nodes.isEmpty else { throw map.error("`turns` is missing") }
  var layouts: [CollectionTurns] = []
  for node in nodes {
    var entry = try YAMLMap(node, file: map.file)
    layouts.append(try layout(&entry))
  }
  return layouts.count == 1 ? layouts[0] : .first(layouts)
}

private func layout(_ entry: inout YAMLMap) throws(PatternFileError) -> CollectionTurns {
  let result: CollectionTurns
  if let list = entry.take("list") {
    result = .list(try paths(list, key: "list", entry), try turn(of: &entry))
  } else if var pairs = try entry.map("pairs") {
    guard let user = try pairs.path("user"), let assistant = try pairs.path("assistant") else {
      throw pairs.error("`pairs` wants `user` and `assistant`")
    }
    try pairs.finish()
    result = .pairs(user: user, assistant: assistant)
  } else if let path = try entry.path("alternate") {
    result = .alternate(path)
  } else if let path = try entry.path("transcript") {
    result = .transcript(path, marks: try marks(of: &entry), answer: try entry.path("answer"))
  } else if let root = try entry.path("tree") {
    guard let children = try entry.path("children") else {
      throw entry.error("`children` is missing")
    }
    result = .tree(root: root, children: children, try turn(of: &entry))
  } else if let nodes = try entry.path("linked") {
    guard let id = try entry.path("node"), let parent = try entry.path("parent"),
      let last = try entry.path("last")
    else { throw entry.error("`linked` wants `node`, `parent` and `last`") }
    result = .linked(nodes: nodes, id: id, parent: parent, last: last, try turn(of: &entry))
  } else {
    result = .fixed(try fixedTurns(of: &entry))
  }
  try entry.finish()
  return result
}

private func turn(of map: inout YAMLMap) throws(PatternFileError) -> CollectionTurn {
  guard let role = map.take("role") else { throw map.error("`role` is missing") }
  guard let content = map.take("content") else { throw map.error("`content` is missing") }
  var turn = CollectionTurn(
    role: try value(role, key: "role", map), content: try value(content, key: "content", map))
  turn.id = try map.path("id")
  for node in try map.mapsOrMap("leave_out") {
    var entry = try YAMLMap(node, file: map.file)
    let reason = try entry.string("counted")
    guard let path = try entry.path("path") else { throw entry.error("`path` is missing") }
    let values = try entry.strings("is")
    guard !values.isEmpty else { throw entry.error("`is` is missing") }
    try entry.finish()
    turn.leaveOut.append(CollectionExclusion(reason: reason, path: path, values: values))
  }
  return turn
}

private func marks(of map: inout YAMLMap) throws(PatternFileError) -> [String: Role] {
  guard var entry = try map.map("marks") else { throw map.error("`marks` is missing") }
  var marks: [String: Role] = [:]
  for mark in entry.keys where !mark.isEmpty { marks[mark] = try role(&entry, mark) }
  try entry.finish()
  guard !marks.isEmpty else { throw map.error("`marks` is empty") }
  return marks
}

private func fixedTurns(
  of map: inout YAMLMap
) throws(PatternFileError) -> [CollectionFixedTurn] {
  var turns: [CollectionFixedTurn] = []
  for node in try map.nodes("fixed") {
    var entry = try YAMLMap(node, file: map.file)
    let role = try role(&entry, "role")
    guard let content = entry.take("content") else { throw entry.error("`content` is missing") }
    turns.append(
      CollectionFixedTurn(role: role, content: try value(content, key: "content", entry)))
    try entry.finish()
  }
  guard !turns.isEmpty else {
    throw map.error(
      "`turns` wants `list`, `pairs`, `alternate`, `transcript`, `fixed`, `tree` or `linked`")
  }
  return turns
}

private func role(_ map: inout YAMLMap, _ key: String) throws(PatternFileError) -> Role {
  let line = map
  guard let role = Role(name: try map.string(key)) else {
    let roles = Role.allCases.map(\.name).joined(separator: ", ")
    throw line.error("a role is one of \(roles)", at: key)
  }
  return role
}

extension YAMLMap {
  /// A path of a `collection` section, checked.
  fileprivate mutating func path(_ key: String) throws(PatternFileError) -> String? {
    guard let node = take(key) else { return nil }
    return try checked(Self.string(node, key: key, file: file), node, self)
  }
}
