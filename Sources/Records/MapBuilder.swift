internal import Text

/// Follows the path of each value through the format's automaton and notes what it asks for.
struct MapBuilder: ValueVisitor {
  /// An open container.
  private struct Frame {
    /// The state of the container, from which its members' states follow.
    let state: Int32
    /// The object around the container.
    let outer: Int32
    /// The number of the element read last; -1 in an object.
    var element: Int32 = -1
    /// Its place in `values` when it is recorded whole, else -1.
    let whole: Int32
    /// Its place in `noted`, else -1.
    let noted: Int32
  }

  private let format: Format
  // Copies of the format's own, so that the hot path does not go through it.
  private let automaton: PathAutomaton
  private let states: [StateUse]
  private let traits: [FieldTraits]
  private let depthMax: Int
  private let hasConditions: Bool
  private let objectsUp: [Int32]
  private let keepsKeys: [Bool]
  private var frames: [Frame] = []
  /// The state of the value that comes next.
  private var state: Int32 = 0
  /// The innermost open object.
  private var object: Int32 = -1
  /// The layer that is read, and how many there are around it.
  private var layer: Int32 = 0
  private var layerDepth = 0
  /// Bits of the paths that every record has.
  private var shape: UInt64 = 0
  /// The field of what no path names, inside a string that turned out to hold JSON; else -1.
  private var inherited: Int32 = -1
  /// A decoded key or role, when the raw one has escapes.
  private var decoded: [UInt8] = []
  private var escapes = EscapeMap()
  var map = RecordMap()

  /// The key read last, where it is none of the format's; else empty.
  private var lastKey: [UInt8] = []

  /// The lengths in bytes of the keys that are kept, and of the values they are kept for.
  private static let keyMax = 64
  private static let keyedValueMax = 160
  /// The length in bytes of the longest number that is looked at, and of the shortest in an array.
  private static let numberMax = 32
  private static let elementMin = 7

  /// Strings that hold JSON are read so deep; below they are text.
  private static let layersMax = 8

  init(_ format: Format, depthMax: Int) {
    self.format = format
    self.depthMax = depthMax
    automaton = format.automaton
    states = format.states
    traits = format.traits
    objectsUp = format.traits.map(\.objectsUp)
    keepsKeys = format.traits.map(\.keepsKeys)
    hasConditions = format.traits.contains { !$0.alternatives.isEmpty }
  }

  /// How much of the map is of earlier records.
  private var before = (values: 0, noted: 0, objects: 0, layers: 0)

  /// Forgets all records.
  mutating func start() {
    map.removeAll()
    map.objectsUp = objectsUp
  }

  /// Begins another record of the same map.
  mutating func startRecord() {
    before = (map.values.count, map.noted.count, map.objects.count, map.layers.count)
    frames.removeAll(keepingCapacity: true)
    state = 0
    object = -1
    layer = 0
    layerDepth = 0
    shape = 0
    lastKey.removeAll(keepingCapacity: true)
  }

  /// Forgets the record begun last.
  mutating func leaveOut() {
    map.values.removeLast(map.values.count - before.values)
    map.noted.removeLast(map.noted.count - before.noted)
    map.objects.removeLast(map.objects.count - before.objects)
    map.layers.removeLast(map.layers.count - before.layers)
    if map.values.isEmpty, map.objects.isEmpty {
      map.conversationID = nil
      map.language = nil
    }
  }

  /// Settles what only the whole record tells.
  ///
  /// Throws `otherShape`.
  mutating func finish(_ record: Span<UInt8>) throws(RecordError) {
    guard format.shape.isMet(by: shape) else { throw .otherShape }
    if hasConditions { settleConditions(record) }
    // Every object that says no role has the role of the object around it.
    for number in before.objects..<map.objects.count where map.objects[number].role == .none {
      // Parents open before their children, so theirs is settled.
      let parent = map.objects[number].parent
      if parent >= 0 { map.objects[number].role = map.objects[Int(parent)].role }
    }
  }

  @inline(__always)
  mutating func key(_ record: Span<UInt8>, _ token: StringToken) {
    let origin = frames[frames.count - 1].state
    if token.hasEscapes {
      decode(record, token)
      state = automaton.next(from: origin, key: decoded.span, 0..<decoded.count)
    } else {
      state = automaton.next(from: origin, key: record, token.range)
    }
    if keepsKey(automaton.states[Int(state)].accept) {
      noteKey(record, token)
    } else {
      lastKey.removeAll(keepingCapacity: true)
    }
  }

  @inline(__always)
  private func keepsKey(_ field: Int32) -> Bool { field < 0 || keepsKeys[Int(field)] }

  /// Keeps the key of what no path of the format names, unless it is longer than any label.
  private mutating func noteKey(_ record: Span<UInt8>, _ token: StringToken) {
    lastKey.removeAll(keepingCapacity: true)
    if token.hasEscapes {
      if decoded.count <= Self.keyMax { lastKey += decoded }
    } else if token.range.count <= Self.keyMax {
      for index in token.range { lastKey.append(record[index]) }
    }
  }

  @inline(__always)
  mutating func element() {
    let top = frames.count - 1
    frames[top].element &+= 1
    state = automaton.next(from: frames[top].state, element: frames[top].element)
  }

  mutating func begin(_ kind: ValueKind, at start: Int) {
    let use = states[Int(state)]
    let isWhole = use.disposition == .whole
    let outer = object
    var noted: Int32 = -1
    if kind == .object { openObject() }
    if use.notesStart != use.notesEnd {
      let before = map.noted.count
      note(use, kind, start..<start, object: outer)
      if map.noted.count > before { noted = Int32(before) }
    }
    frames.append(
      Frame(
        state: isWhole ? format.silentState : state, outer: outer,
        whole: isWhole ? Int32(map.values.count) : -1, noted: noted))
    if isWhole { record(kind, start..<start, object: outer) }
  }

  private mutating func openObject() {
    map.objects.append(RecordMap.ObjectInfo(parent: object, role: .none))
    object = Int32(map.objects.count - 1)
  }

  mutating func end(_ kind: ValueKind, at end: Int) {
    let frame = frames.removeLast()
    object = frame.outer
    // What follows in an array is of no key that was inside.
    lastKey.removeAll(keepingCapacity: true)
    if frame.whole >= 0 {
      let start = map.values[Int(frame.whole)].range.lowerBound
      map.values[Int(frame.whole)].range = start..<end
    }
    if frame.noted >= 0 {
      let start = map.noted[Int(frame.noted)].range.lowerBound
      map.noted[Int(frame.noted)].range = start..<end
    }
  }

  @inline(__always)
  mutating func string(_ record: Span<UInt8>, _ token: StringToken) {
    let use = states[Int(state)]
    switch use.disposition {
    case .record where inherited >= 0: readEmbedded(record, token)
    case .record, .whole, .conditional: append(token)
    case .keep, .silent: break
    case .role: noteRole(record, token)
    case .language:
      if map.language == nil, layer == 0 { map.language = token.range }
    case .conversationID:
      if map.conversationID == nil, layer == 0 { map.conversationID = token.range }
    case .embedded: readEmbedded(record, token)
    case .layered: readLayered(record, token, automaton.states[Int(state)].accept)
    }
    if use.notesStart != use.notesEnd { note(use, record, token) }
  }

  mutating func scalar(_ record: Span<UInt8>, _ kind: ValueKind, _ range: Range<Int>) {
    let use = states[Int(state)]
    switch use.disposition {
    case .whole, .conditional: self.record(kind, range, object: object)
    case .conversationID where kind == .number && map.conversationID == nil && layer == 0:
      map.conversationID = range
    case .record where kind == .number && !lastKey.isEmpty,
      .embedded where kind == .number && !lastKey.isEmpty:
      if mayBeNumberOfSomeone(record, range) { appendNumber(range) }
    default: break
    }
    if use.notesStart != use.notesEnd { note(use, kind, range, object: object) }
  }

  // MARK: - Values

  @inline(__always)
  private mutating func append(_ token: StringToken) {
    let accept = automaton.states[Int(state)].accept
    let field = accept < 0 ? inherited : accept
    map.values.append(
      ValueLocation(
        range: token.range, field: field, object: object, kind: .string,
        hasEscapes: token.hasEscapes, isASCII: token.isASCII, encoding: token.encoding,
        role: field < 0 ? nil : role(of: Int(field)), layer: layer))
    if keepsKey(accept), !lastKey.isEmpty, token.range.count <= Self.keyedValueMax {
      map.values[map.values.count - 1].key = Int32(map.keys.count)
      map.keys.append(lastKey)
    }
  }

  /// Whether a number is looked at: not one of exponents, and in an array, which may be vectors and
  /// tokens, only a whole one of seven digits and more.
  private func mayBeNumberOfSomeone(_ record: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= Self.numberMax else { return false }
    var isWhole = true
    for index in range {
      if record[index] | 0x20 == UInt8(ascii: "e") { return false }
      if record[index] == UInt8(ascii: ".") { isWhole = false }
    }
    let isElement = (frames.last?.element ?? -1) >= 0
    return !isElement || isWhole && range.count >= Self.elementMin
  }

  /// Notes a number with its key.
  private mutating func appendNumber(_ range: Range<Int>) {
    let accept = automaton.states[Int(state)].accept
    let field = accept < 0 ? inherited : accept
    guard keepsKey(accept) else { return }
    var value = ValueLocation(
      range: range, field: field, object: object, kind: .number, hasEscapes: false, isASCII: true,
      role: field < 0 ? nil : role(of: Int(field)), layer: layer)
    value.key = Int32(map.keys.count)
    map.keys.append(lastKey)
    map.values.append(value)
  }

  private mutating func record(_ kind: ValueKind, _ range: Range<Int>, object: Int32) {
    let field = automaton.states[Int(state)].accept
    map.values.append(
      ValueLocation(
        range: range, field: field, object: object, kind: kind, hasEscapes: false, isASCII: true,
        role: traits[Int(field)].role, layer: layer))
  }

  /// Who speaks in a field by its path alone.
  @inline(__always)
  private func role(of field: Int) -> Role? {
    if traits[field].cycle.isEmpty { return traits[field].role }
    let cycle = traits[field].cycle
    let element = Int(frames.last?.element ?? 0)
    return cycle[max(0, element) % cycle.count]
  }

  /// Notes who speaks in an object; a role no table knows is recorded as text.
  private mutating func noteRole(_ record: Span<UInt8>, _ token: StringToken) {
    decode(record, token)
    for index in decoded.indices { decoded[index] = asciiLowercased(decoded[index]) }
    let known = format.roleNames.first { $0.bytes == decoded }?.role
    // A role that is no role may well be a name, so it is scanned like any text.
    if known == nil { append(token) }
    let field = automaton.states[Int(state)].accept
    let speaker = map.outer(object, traits[Int(field)].objectsUp)
    guard speaker >= 0 else { return }
    let said = map.objects[Int(speaker)].role
    if said == .none || said == .other { map.objects[Int(speaker)].role = known ?? .other }
  }

  private mutating func decode(_ record: Span<UInt8>, _ token: StringToken) {
    decoded.removeAll(keepingCapacity: true)
    escapes.removeAll()
    Records.decode(record, token.range, as: token.encoding, into: &decoded, map: &escapes)
  }

  // MARK: - Texts inside strings

  /// Makes a layer of a string's text and returns its bytes.
  private mutating func open(_ record: Span<UInt8>, _ token: StringToken) -> [UInt8] {
    var bytes: [UInt8] = []
    let segment = Records.decode(
      record, token.range, as: token.encoding, into: &bytes, map: &map.escapes)
    map.layers.append(
      TextLayer(
        bytes: bytes, encoding: token.encoding, outer: layer, start: token.range.lowerBound,
        segment: segment))
    return bytes
  }

  /// Reads a string that holds JSON; one that holds none is text.
  private mutating func readEmbedded(_ record: Span<UInt8>, _ token: StringToken) {
    guard layerDepth < Self.layersMax, mayHoldJSON(record, token.range) else {
      return append(token)
    }
    let before = (
      frames: frames.count, values: map.values.count, noted: map.noted.count,
      objects: map.objects.count, layers: map.layers.count, state: state, object: object,
      layer: layer, shape: shape
    )
    let key = lastKey
    let bytes = open(record, token)
    layer = Int32(map.layers.count)
    layerDepth += 1
    var inner = Tokenizer(depthMax: depthMax)
    let isRead = (try? inner.run(bytes.span, &self)) != nil
    layerDepth -= 1
    layer = before.layer
    state = before.state
    object = before.object
    lastKey = key
    if isRead { return }
    frames.removeLast(frames.count - before.frames)
    map.values.removeLast(map.values.count - before.values)
    map.noted.removeLast(map.noted.count - before.noted)
    map.objects.removeLast(map.objects.count - before.objects)
    map.layers.removeLast(map.layers.count - before.layers)
    shape = before.shape
    append(token)
  }

  /// Whether a string's first byte but white space opens a container, which may be escaped white
  /// space.
  private func mayHoldJSON(_ record: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for position in range {
      switch record[position] {
      case 0x20, 0x09, 0x0A, 0x0D: continue
      case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\\"): return true
      default: return false
      }
    }
    return false
  }

  /// Cuts a transcript into turns, each a value of its own; what begins them is in none. A text in
  /// HTML is one value.
  private mutating func readLayered(
    _ record: Span<UInt8>, _ token: StringToken, _ field: Int32
  ) {
    let trait = traits[Int(field)]
    let bytes = open(record, token)
    let inside = Int32(map.layers.count)
    var role = role(of: Int(field))
    var start = 0
    var position = 0
    func piece(_ range: Range<Int>) -> ValueLocation {
      ValueLocation(
        range: range, field: field, object: object, kind: .string, hasEscapes: false,
        isASCII: false, encoding: trait.isHTML ? .html : .verbatim, role: role, layer: inside)
    }
    while position < bytes.count {
      guard !trait.turns.isEmpty else { break }
      guard trait.turnHeads[Int(bytes[position])],
        let mark = longestMark(trait.turns, in: bytes, at: position)
      else {
        position += 1
        continue
      }
      if start < position { map.values.append(piece(start..<position)) }
      position += mark.mark.count
      start = position
      role = mark.role
    }
    if start < bytes.count { map.values.append(piece(start..<bytes.count)) }
  }

  private func longestMark(
    _ marks: [(mark: [UInt8], role: Role)], in bytes: [UInt8], at position: Int
  ) -> (mark: [UInt8], role: Role)? {
    var best: (mark: [UInt8], role: Role)?
    for mark in marks where bytes[position...].starts(with: mark.mark) {
      if best.map({ $0.mark.count < mark.mark.count }) ?? true { best = mark }
    }
    return best
  }

  // MARK: - Notes

  private mutating func note(
    _ use: StateUse, _ kind: ValueKind, _ range: Range<Int>, object: Int32
  ) {
    for number in Int(use.notesStart)..<Int(use.notesEnd) {
      switch format.notes[number] {
      case .shape(let kinds, let bit):
        if kinds >> kind.rawValue & 1 == 1 { shape |= 1 << UInt64(bit) }
      case .field(let field):
        map.noted.append(
          ValueLocation(
            range: range, field: field, object: object, kind: kind, hasEscapes: false,
            isASCII: true, layer: layer))
      case .scope: if kind == .array { openObject() }
      case .fact: break
      }
    }
  }

  private mutating func note(_ use: StateUse, _ record: Span<UInt8>, _ token: StringToken) {
    for number in Int(use.notesStart)..<Int(use.notesEnd) {
      switch format.notes[number] {
      case .shape(let kinds, let bit):
        if kinds >> ValueKind.string.rawValue & 1 == 1 { shape |= 1 << UInt64(bit) }
      case .field(let field):
        map.noted.append(
          ValueLocation(
            range: token.range, field: field, object: object, kind: .string,
            hasEscapes: token.hasEscapes, isASCII: token.isASCII, encoding: token.encoding,
            layer: layer))
      case .fact(let bit):
        guard object >= 0 else { continue }
        decode(record, token)
        if format.facts[bit].contains(where: { fits($0, decoded.span, 0..<decoded.count) }) {
          map.objects[Int(object)].facts |= 1 << UInt64(bit)
        }
      case .scope: break
      }
    }
  }

  /// Gives every value at a path of several fields to the first whose conditions hold; when none
  /// do, it is unknown.
  private mutating func settleConditions(_ record: Span<UInt8>) {
    let found = Array(map.values[before.values...])
    map.values.removeLast(found.count)
    for value in found {
      guard value.field >= 0, !traits[Int(value.field)].alternatives.isEmpty else {
        map.values.append(value)
        continue
      }
      let chosen = traits[Int(value.field)].alternatives.first { holds($0, for: value) }
      settle(value, as: chosen ?? -1, record)
    }
  }

  private mutating func settle(_ value: ValueLocation, as field: Int32, _ record: Span<UInt8>) {
    var value = value
    value.field = field
    value.role = field < 0 ? nil : traits[Int(field)].role
    let use = field < 0 ? Disposition.record : Disposition(format.fields[Int(field)])
    switch use {
    case .keep: return
    case .whole: map.values.append(value)
    default:
      guard value.kind == .string else { return }
      guard use == .embedded || use == .layered else { return map.values.append(value) }
      readInside(value, use, record)
    }
  }

  /// Reads a string whose conditions say that it holds JSON, or is cut into turns.
  ///
  /// What the record's paths name is not looked for in such JSON: of a value that is now this and
  /// now that, a path inside it may mean either, so all of it is text.
  private mutating func readInside(
    _ value: ValueLocation, _ use: Disposition, _ record: Span<UInt8>
  ) {
    object = value.object
    layer = value.layer
    layerDepth = map.encodings(of: value).count - 1
    state = format.textState
    let token = StringToken(
      range: value.range, hasEscapes: value.hasEscapes, isASCII: value.isASCII,
      encoding: value.encoding)
    let outer = value.layer > 0 ? map.layers[Int(value.layer - 1)].bytes : []
    let bytes = value.layer > 0 ? outer.span : record
    if use == .layered { return readLayered(bytes, token, value.field) }
    inherited = value.field
    readEmbedded(bytes, token)
    inherited = -1
  }

  private func holds(_ field: Int32, for value: ValueLocation) -> Bool {
    traits[Int(field)].conditions.allSatisfy { condition in
      let object = map.outer(value.object, condition.objectsUp)
      return object >= 0 && map.objects[Int(object)].facts >> UInt64(condition.bit) & 1 == 1
    }
  }
}
