import Records

/// One step of a concrete path.
enum Step: Equatable {
  case key([UInt8])
  case index(Int)
}

/// What the parser has to find, worked out on the built value with every path tried in turn.
struct MapOracle {
  private let definition: FormatDefinition
  private let paths: [(segments: [FieldPath.Segment], field: Int)]
  private(set) var values: [ValueLocation] = []
  private(set) var roles: [Role] = []
  private(set) var conversationID: Range<Int>?
  private(set) var language: Range<Int>?
  private var saidRoles: [Role] = []
  private var parents: [Int] = []

  init(_ definition: FormatDefinition, _ value: OracleValue, record: [UInt8]) {
    self.definition = definition
    paths = definition.fields.enumerated().flatMap { index, field in
      let segments = try! FieldPath(parsing: field.path).segments
      let covers = [.keep, .identifier(.keep), .identifier(.scrub)].contains(field.use)
      return covers ? [(segments, index), (segments + [.anyDepth], index)] : [(segments, index)]
    }
    walk(value, [], object: -1, record)
    for number in saidRoles.indices {
      var ancestor = number
      while ancestor >= 0, saidRoles[ancestor] == .none { ancestor = parents[ancestor] }
      roles.append(ancestor < 0 ? .none : saidRoles[ancestor])
    }
  }

  /// Who speaks in a value.
  func role(of value: ValueLocation) -> Role {
    if let role = value.role { return role }
    return value.object < 0 ? .none : roles[Int(value.object)]
  }

  private mutating func walk(
    _ value: OracleValue, _ path: [Step], object: Int, _ record: [UInt8]
  ) {
    let field = bestField(path)
    let use = field.map { definition.fields[$0].use }
    var isWhole = false
    if case .identifier(let action)? = use { isWhole = action != .keep && action != .scrub }
    let place = (field ?? -1, object)
    switch value {
    case .object(let members, let range):
      saidRoles.append(.none)
      parents.append(object)
      let number = saidRoles.count - 1
      if isWhole {
        note(.object, range, place)
        countObjects(members.map(\.value), parent: number)
        return
      }
      for member in members {
        walk(member.value, path + [.key(member.key)], object: number, record)
      }
    case .array(let elements, let range):
      if isWhole {
        note(.array, range, place)
        return countObjects(elements, parent: object)
      }
      for (index, element) in elements.enumerated() {
        walk(element, path + [.index(index)], object: object, record)
      }
    case .string(let text, let range): string(text, range, use, place, record)
    case .number(let range):
      if isWhole { note(.number, range, place) }
      if use == .conversationID, conversationID == nil { conversationID = range }
    case .literal(let range):
      if isWhole { note(.literal, range, place) }
    }
  }

  private mutating func string(
    _ text: [UInt8], _ range: Range<Int>, _ use: FieldUse?, _ place: (Int, Int), _ record: [UInt8]
  ) {
    switch use {
    case .keep, .identifier(.keep): return
    case .conversationID: conversationID = conversationID ?? range
    case .language: language = language ?? range
    case .role:
      // ASCII case is ignored and no other.
      let name = String(decoding: text, as: UTF8.self)
      let names = definition.roles.map { ($0.key, $0.value) } + Role.defaultNames.map { ($0, $1) }
      let known = names.first { lowercased($0.0) == lowercased(name) }?.1
      if known == nil { note(.string, range, place, record) }
      if place.1 >= 0, [.none, .other].contains(saidRoles[place.1]) {
        saidRoles[place.1] = known ?? .other
      }
    default: note(.string, range, place, record)
    }
  }

  private mutating func note(
    _ kind: ValueKind, _ range: Range<Int>, _ place: (Int, Int), _ record: [UInt8] = []
  ) {
    let raw = kind == .string ? Array(record[range]) : []
    values.append(
      ValueLocation(
        range: range, field: Int32(place.0), object: Int32(place.1), kind: kind,
        hasEscapes: raw.contains(0x5C), isASCII: raw.allSatisfy { $0 < 0x80 },
        role: place.0 < 0 ? nil : definition.fields[place.0].role))
  }

  /// Objects below a value replaced whole are still counted.
  private mutating func countObjects(_ values: [OracleValue], parent: Int) {
    for value in values {
      switch value {
      case .object(let members, _):
        saidRoles.append(.none)
        parents.append(parent)
        countObjects(members.map(\.value), parent: saidRoles.count - 1)
      case .array(let elements, _): countObjects(elements, parent: parent)
      default: break
      }
    }
  }

  private func bestField(_ path: [Step]) -> Int? {
    paths.filter { matches($0.segments[...], path[...]) }
      .min { ranks($0.segments).lexicographicallyPrecedes(ranks($1.segments)) }?.field
  }

  /// Key or number, key pattern, wildcard, end, any depth: the order of precedence, step by step.
  private func ranks(_ segments: [FieldPath.Segment]) -> [Int] {
    segments.map { segment in
      switch segment {
      case .key, .index: 0
      case .keyPattern: 1
      case .anyKey, .anyElement: 2
      case .anyDepth: 4
      }
    } + [3]
  }

  private func matches(_ pattern: ArraySlice<FieldPath.Segment>, _ path: ArraySlice<Step>) -> Bool {
    guard let segment = pattern.first else { return path.isEmpty }
    let rest = pattern.dropFirst()
    if segment == .anyDepth {
      return matches(rest, path) || (!path.isEmpty && matches(pattern, path.dropFirst()))
    }
    guard let step = path.first else { return false }
    switch (segment, step) {
    case (.anyKey, .key), (.anyElement, .index): break
    case (.key(let name), .key(let key)) where name == key: break
    case (.keyPattern(let pattern), .key(let key)) where fits(pattern[...], key[...]): break
    case (.index(let wanted), .index(let index)) where wanted == index: break
    default: return false
    }
    return matches(rest, path.dropFirst())
  }
}

/// Tries every length for every asterisk.
private func fits(_ pattern: ArraySlice<UInt8>, _ key: ArraySlice<UInt8>) -> Bool {
  guard let first = pattern.first else { return key.isEmpty }
  let rest = pattern.dropFirst()
  if first == UInt8(ascii: "*") {
    return fits(rest, key) || !key.isEmpty && fits(pattern, key.dropFirst())
  }
  return key.first == first && fits(rest, key.dropFirst())
}

/// The text with its ASCII capitals in lower case.
private func lowercased(_ text: String) -> [UInt32] {
  text.unicodeScalars.map { ("A"..."Z").contains($0) ? $0.value + 32 : $0.value }
}
