// From the fields of a format to the patterns of its automaton, and to what is done where they end.

/// Collects the patterns of a format. Used once.
struct FormatCompiler {
  private let definition: FormatDefinition
  private(set) var patterns: [PathPattern] = []
  private(set) var traits: [FieldTraits] = []
  /// What is noted at the ends of patterns; their accepts follow those of the fields.
  private(set) var notes: [Note] = []
  /// The conditions asked for, each once.
  private(set) var facts: [FieldCondition] = []
  private var paths: [[FieldPath.Segment]] = []
  private var scopes: Set<[FieldPath.Segment]> = []

  init(_ definition: FormatDefinition) { self.definition = definition }

  /// Reads every path, and settles which fields share one.
  mutating func addFields() throws(FormatError) {
    var groups: [[FieldPath.Segment]: [Int]] = [:]
    var noted: Set<[FieldPath.Segment]> = []
    for (index, field) in definition.fields.enumerated() {
      let segments = try FieldPath(parsing: field.path).segments
      paths.append(segments)
      traits.append(Self.traits(of: field))
      traits[index].keepsKeys =
        segments.last == .anyDepth || segments.last == .anyKey || field.use.coversBelow
      if field.isNote {
        guard noted.insert(segments).inserted else { throw .duplicatePath(field.path) }
      } else {
        groups[segments, default: []].append(index)
      }
    }
    for (index, field) in definition.fields.enumerated() {
      let segments = paths[index]
      if field.isNote {
        note(segments, .field(Int32(index)))
        if groups[segments] == nil {
          addPatterns(segments, index, coversBelow: field.use.coversBelow)
        }
      } else if let group = groups[segments], group[0] == index {
        try addGroup(group, segments)
      }
    }
  }

  /// Fields with one path: those with conditions are tried in order, then the one without.
  private mutating func addGroup(
    _ group: [Int], _ segments: [FieldPath.Segment]
  ) throws(FormatError) {
    let first = group[0]
    let conditional = group.filter {
      definition.fields[$0].details?.conditions.isEmpty == false
    }
    guard group.count - conditional.count <= 1 else {
      throw .duplicatePath(definition.fields[group[1]].path)
    }
    let coversBelow = conditional.isEmpty && definition.fields[first].use.coversBelow
    if !conditional.isEmpty {
      let others = group.filter { !conditional.contains($0) }
      traits[first].alternatives = (conditional + others).map { Int32($0) }
      traits[first].disposition = .conditional
    }
    addPatterns(segments, first, coversBelow: coversBelow)
  }

  private static func traits(of field: FieldDefinition) -> FieldTraits {
    var traits = FieldTraits(disposition: Disposition(field), role: field.role)
    guard let details = field.details else { return traits }
    traits.cycle = details.cycle
    traits.turns = details.turns.map { (Array($0.mark.utf8), $0.role) }
    traits.turnHeads = Array(repeating: false, count: 256)
    for turn in traits.turns {
      if let head = turn.mark.first { traits.turnHeads[Int(head)] = true }
    }
    traits.isHTML = details.isHTML
    return traits
  }

  private mutating func addPatterns(
    _ segments: [FieldPath.Segment], _ index: Int, coversBelow: Bool
  ) {
    patterns.append(PathPattern(segments: segments, accept: Int32(index)))
    // What covers a container covers all below it, unless a more specific path says otherwise.
    if coversBelow, segments.last != .anyDepth {
      patterns.append(PathPattern(segments: segments + [.anyDepth], accept: Int32(index)))
    }
  }

  private mutating func note(_ segments: [FieldPath.Segment], _ note: Note) {
    let accept = Int32(definition.fields.count + notes.count)
    notes.append(note)
    patterns.append(PathPattern(segments: segments, accept: accept))
  }

  // MARK: - Scopes and conditions

  /// Works out how far out the objects are that fields speak for, and where conditions look.
  mutating func addDetails() throws(FormatError) {
    for (index, field) in definition.fields.enumerated() {
      if field.details?.formula != nil, field.details?.scope != nil {
        // The text says what the value is about.
        throw .badScope(field.details?.scope ?? "")
      }
      if let scope = field.details?.scope {
        traits[index].objectsUp = try objectsUp(index, scope, isRole: field.use == .role)
      } else if case .derived = field.use {
        traits[index].objectsUp = -1
      }
      for condition in field.details?.conditions ?? [] {
        traits[index].conditions.append(try add(condition, of: index))
      }
      if let formula = field.details?.formula { try add(formula, of: index) }
      if let original = field.details?.copyOf { try addCopy(of: original, index) }
    }
  }

  /// Finds the text that a derived value is computed from, and the object both stand in.
  private mutating func add(
    _ formula: DerivedFormula, of field: Int
  ) throws(FormatError) {
    let source = try FieldPath(parsing: formula.text).segments
    let sources = paths.indices.filter { paths[$0] == source && !definition.fields[$0].isNote }
    let areTexts = sources.allSatisfy { index in
      let details = definition.fields[index].details
      if details?.isHTML == true || details?.turns.isEmpty == false { return false }
      switch definition.fields[index].use {
      case .text, .embedded, .identifier(.scrub): return true
      default: return false
      }
    }
    let container = Array(source.dropLast())
    let path = paths[field]
    guard !sources.isEmpty, areTexts, source.last?.isKey == true, container.count < path.count,
      Array(path[..<container.count]) == container, path[container.count].isKey
    else { throw .badFormula(formula.text) }
    traits[field].sources = sources.map { Int32($0) }
    traits[field].objectsUp =
      try objectCount(path, from: container.count, or: .badFormula(formula.text)) - 1
  }

  /// Puts a field among the copies of another one.
  private mutating func addCopy(of original: String, _ field: Int) throws(FormatError) {
    let segments = try FieldPath(parsing: original).segments
    let copy = definition.fields[field]
    let found = paths.indices.first { index in
      let other = definition.fields[index]
      return paths[index] == segments && index != field && other.use == copy.use
        && other.details?.turns ?? [] == copy.details?.turns ?? []
        && other.details?.isHTML ?? false == copy.details?.isHTML ?? false
    }
    guard let found else { throw .badCopy(original) }
    // Copies of copies and of one original are all in one class, named by its first field.
    let classes = [traits[field].copies, traits[found].copies, Int32(field), Int32(found)]
    guard let first = classes.filter({ $0 >= 0 }).min() else { return }
    for index in traits.indices {
      let known = traits[index].copies
      if index == field || index == found || known >= 0 && classes.contains(known) {
        traits[index].copies = first
      }
    }
  }

  private mutating func objectsUp(
    _ field: Int, _ scope: String, isRole: Bool
  ) throws(FormatError) -> Int32 {
    let outer = try FieldPath(parsing: scope).segments
    let path = paths[field]
    guard outer.count < path.count, Array(path[..<outer.count]) == outer else {
      throw .badScope(scope)
    }
    var objects = try objectCount(path, from: outer.count, or: .badScope(scope))
    if !path[outer.count].isKey {
      // Only roles may speak for an array: it then counts as an object.
      guard isRole else { throw .badScope(scope) }
      if scopes.insert(outer).inserted { note(outer, .scope) }
      objects += 1
    }
    return objects - 1
  }

  /// How many objects stand on the path from the container at `start` steps down, that included.
  private func objectCount(
    _ path: [FieldPath.Segment], from start: Int, or error: FormatError
  ) throws(FormatError) -> Int32 {
    var count: Int32 = 0
    for segment in path[start...] {
      if segment == .anyDepth { throw error }
      if segment.isKey { count += 1 }
    }
    return count
  }

  private mutating func add(
    _ condition: FieldCondition, of field: Int
  ) throws(FormatError) -> (bit: Int, objectsUp: Int32) {
    let sibling = try FieldPath(parsing: condition.path).segments
    let container = Array(sibling.dropLast())
    let path = paths[field]
    guard sibling.last?.isKey == true, container.count < path.count,
      Array(path[..<container.count]) == container, path[container.count].isKey
    else { throw .badCondition(condition.path) }
    let objects = try objectCount(path, from: container.count, or: .badCondition(condition.path))
    if let known = facts.firstIndex(of: condition) { return (known, objects - 1) }
    guard facts.count < 64 else { throw .badCondition(condition.path) }
    facts.append(condition)
    note(sibling, .fact(bit: facts.count - 1))
    return (facts.count - 1, objects - 1)
  }

  // MARK: - Shape

  /// Adds the paths that every record has.
  mutating func addShape() throws(FormatError) -> PathRequirement {
    let requirement = try PathRequirement(definition.shape ?? definition.detect)
    for (bit, path) in requirement.paths.enumerated() {
      note(path.segments, .shape(kinds: path.kinds, bit: bit))
    }
    return requirement
  }
}

/// Ways to have a shape: paths that all occur, of a kind if one is asked for.
struct PathRequirement: Sendable {
  /// Each path once; its place is its bit.
  private(set) var paths: [(segments: [FieldPath.Segment], kinds: UInt8)] = []
  /// For each way, the bits of its paths.
  private(set) var ways: [UInt64] = []

  /// Throws `badPath`, `badKind`, and `tooManyDetectPaths` above 64.
  init(_ alternatives: [[String]]) throws(FormatError) {
    for way in alternatives {
      var bits: UInt64 = 0
      for text in way {
        let (segments, kinds) = try FieldPath.parseWithKinds(text)
        let known = paths.firstIndex { $0.segments == segments && $0.kinds == kinds }
        if known == nil { paths.append((segments, kinds)) }
        let bit = known ?? paths.count - 1
        guard bit < 64 else { throw .tooManyDetectPaths }
        bits |= 1 << UInt64(bit)
      }
      ways.append(bits)
    }
  }

  /// Whether a record with these paths has the shape. Without any way, every record has it.
  func isMet(by found: UInt64) -> Bool {
    ways.isEmpty || ways.contains { found & $0 == $0 }
  }
}

extension FieldPath.Segment {
  /// Whether the step leads into an object.
  var isKey: Bool {
    switch self {
    case .key, .keyPattern, .anyKey: true
    case .index, .anyElement, .anyDepth: false
    }
  }
}
