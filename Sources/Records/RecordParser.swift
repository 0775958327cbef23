/// Finds, in one pass over a record, the values its format says something about.
///
/// One per worker; its stacks are reused. No object is built and no byte is copied.
package struct RecordParser: ~Copyable {
  /// The longest record, in bytes: locations inside must fit 32 bits.
  package static let recordBytesMax = Int(Int32.max)

  private var tokenizer: Tokenizer
  private var builder: MapBuilder

  /// A parser for records of that format, refusing containers nested deeper than `depthMax`.
  package init(format: Format, depthMax: Int = 512) {
    tokenizer = Tokenizer(depthMax: depthMax)
    builder = MapBuilder(format)
  }

  /// Reads one record, white space around it allowed, and writes what it found over `map`.
  ///
  /// After an error `map` is empty. O(n).
  package mutating func parse(
    _ record: Span<UInt8>, into map: inout RecordMap
  ) throws(RecordError) {
    swap(&map, &builder.map)
    defer { swap(&map, &builder.map) }
    builder.start()
    guard record.count <= Self.recordBytesMax else {
      throw .tooLong(limit: Self.recordBytesMax)
    }
    do {
      try tokenizer.run(record, &builder)
    } catch {
      builder.map.removeAll()
      throw error
    }
    builder.finish()
  }
}

/// Follows the path of each value through the format's automaton and notes what it asks for.
private struct MapBuilder: ValueVisitor {
  /// An open container.
  private struct Frame {
    /// The state of the container, from which its members' states follow.
    let state: Int32
    /// The object around the container.
    let outer: Int32
    /// The number of the element read last.
    var element: Int32 = -1
    /// Its place in `values` when it is recorded whole, else -1.
    let whole: Int32
  }

  private let automaton: PathAutomaton
  private let dispositions: [Disposition]
  private let silentState: Int32
  private let roleNames: [RoleName]
  private let fields: [FieldDefinition]
  private let fieldRoles: [Role?]
  private var frames: [Frame] = []
  /// The state of the value that comes next.
  private var state: Int32 = 0
  /// The innermost open object.
  private var object: Int32 = -1
  /// A decoded key or role, when the raw one has escapes.
  private var decoded: [UInt8] = []
  private var escapes = EscapeMap()
  var map = RecordMap()

  init(_ format: Format) {
    automaton = format.automaton
    dispositions = format.dispositions
    silentState = format.silentState
    roleNames = format.roleNames
    fields = format.fields
    fieldRoles = format.fields.map(\.role)
  }

  mutating func start() {
    map.removeAll()
    map.fieldRoles = fieldRoles
    frames.removeAll(keepingCapacity: true)
    state = 0
    object = -1
  }

  /// Gives every object that says no role the role of the object around it.
  mutating func finish() {
    for number in map.objects.indices where map.objects[number].role == .none {
      // Parents open before their children, so theirs is settled.
      let parent = map.objects[number].parent
      if parent >= 0 { map.objects[number].role = map.objects[Int(parent)].role }
    }
  }

  @inline(__always)
  mutating func key(_ record: Span<UInt8>, _ token: StringToken) {
    let origin = frames[frames.count - 1].state
    if token.hasEscapes {
      decode(record, token.range)
      state = automaton.next(from: origin, key: decoded.span, 0..<decoded.count)
    } else {
      state = automaton.next(from: origin, key: record, token.range)
    }
  }

  @inline(__always)
  mutating func element() {
    let top = frames.count - 1
    frames[top].element &+= 1
    state = automaton.next(from: frames[top].state, element: frames[top].element)
  }

  mutating func begin(_ kind: ValueKind, at start: Int) {
    let isWhole = dispositions[Int(state)] == .whole
    frames.append(
      Frame(
        state: isWhole ? silentState : state, outer: object,
        whole: isWhole ? Int32(map.values.count) : -1))
    if isWhole { record(kind, start..<start) }
    if kind == .object {
      map.objects.append(RecordMap.ObjectInfo(parent: object, role: .none))
      object = Int32(map.objects.count - 1)
    }
  }

  mutating func end(_ kind: ValueKind, at end: Int) {
    let frame = frames.removeLast()
    object = frame.outer
    if frame.whole >= 0 {
      let start = map.values[Int(frame.whole)].range.lowerBound
      map.values[Int(frame.whole)].range = start..<end
    }
  }

  @inline(__always)
  mutating func string(_ record: Span<UInt8>, _ token: StringToken) {
    switch dispositions[Int(state)] {
    case .record, .whole: append(token)
    case .keep, .silent: break
    case .role: noteRole(record, token)
    case .language: if map.language == nil { map.language = token.range }
    case .conversationID:
      if map.conversationID == nil { map.conversationID = token.range }
    }
  }

  mutating func scalar(_ kind: ValueKind, _ range: Range<Int>) {
    switch dispositions[Int(state)] {
    case .whole: record(kind, range)
    case .conversationID where kind == .number && map.conversationID == nil:
      map.conversationID = range
    default: break
    }
  }

  private mutating func append(_ token: StringToken) {
    map.values.append(
      ValueLocation(
        range: token.range, field: automaton.states[Int(state)].accept, object: object,
        kind: .string, hasEscapes: token.hasEscapes, isASCII: token.isASCII))
  }

  private mutating func record(_ kind: ValueKind, _ range: Range<Int>) {
    map.values.append(
      ValueLocation(
        range: range, field: automaton.states[Int(state)].accept, object: object, kind: kind,
        hasEscapes: false, isASCII: true))
  }

  /// Notes who speaks in the innermost object; a role no table knows is recorded as text.
  private mutating func noteRole(_ record: Span<UInt8>, _ token: StringToken) {
    decode(record, token.range)
    for index in decoded.indices { decoded[index] = asciiLowercased(decoded[index]) }
    let known = roleNames.first { $0.bytes == decoded }?.role
    // A role that is no role may well be a name, so it is scanned like any text.
    if known == nil { append(token) }
    guard object >= 0 else { return }
    let said = map.objects[Int(object)].role
    if said == .none || said == .other { map.objects[Int(object)].role = known ?? .other }
  }

  private mutating func decode(_ record: Span<UInt8>, _ range: Range<Int>) {
    decoded.removeAll(keepingCapacity: true)
    escapes.removeAll()
    unescape(record, range, into: &decoded, map: &escapes)
  }
}
