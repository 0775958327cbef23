// All paths of a format as one deterministic automaton, so that a key costs a few compares.
//
// Built by the subset construction: a state is the set of places the patterns have reached. A
// key that some pattern names has an edge of its own; every other key takes `otherKey`.

internal import Text

/// A path with the number reported where it ends.
struct PathPattern {
  let segments: [FieldPath.Segment]
  let accept: Int32

  /// Whether this path says more about a place both match.
  ///
  /// Step by step from the record down: a key or a number says more than a key pattern, that more
  /// than `*` or `[]`, those more than the path's end, and `**` says least. Equal paths keep their
  /// order.
  func isMoreSpecific(than other: PathPattern) -> Bool {
    for step in 0..<max(segments.count, other.segments.count) {
      let mine = rank(at: step)
      let theirs = other.rank(at: step)
      if mine != theirs { return mine < theirs }
    }
    return false
  }

  private func rank(at step: Int) -> Int {
    guard step < segments.count else { return 3 }
    return switch segments[step] {
    case .key, .index: 0
    case .keyPattern: 1
    case .anyKey, .anyElement: 2
    case .anyDepth: 4
    }
  }
}

/// A deterministic automaton over the steps of a path. State 0 is the record's own value.
struct PathAutomaton: Sendable {
  /// A state; the ranges count in `keyEdges` and `indexEdges`.
  struct State: Sendable {
    var keyEdgesStart: Int32 = 0
    var keyEdgesEnd: Int32 = 0
    var indexEdgesStart: Int32 = 0
    var indexEdgesEnd: Int32 = 0
    /// Key patterns, nearly always none, and where the table of their targets starts.
    var globsStart: Int32 = 0
    var globsEnd: Int32 = 0
    var globTargets: Int32 = 0
    /// Where any other key leads.
    var otherKey: Int32 = 0
    /// Where any other element leads.
    var otherElement: Int32 = 0
    /// The most specific pattern that ends here, or -1.
    var accept: Int32 = -1
  }

  /// A key that some pattern names.
  struct KeyEdge: Sendable {
    /// The key's first eight bytes, the first lowest, zeros behind a shorter key.
    let head: UInt64
    /// The key's length in bytes.
    let count: Int32
    /// Where the key starts in `keyBytes`.
    let start: Int32
    let target: Int32
  }

  /// An element that some pattern names.
  struct IndexEdge: Sendable {
    let index: Int32
    let target: Int32
  }

  /// A format that needs more is refused: its paths hold too many `**`.
  static let statesMax = 4096
  /// The most key patterns that one key may fit.
  static let globsMax = 6

  private(set) var states: [State] = []
  private(set) var acceptSets: [[Int32]] = []
  private var keyEdges: [KeyEdge] = []
  private var indexEdges: [IndexEdge] = []
  private var keyBytes: [UInt8] = []
  private var globs: [[UInt8]] = []
  /// For each state with key patterns, the target for each set of patterns that a key fits.
  private var globTargets: [Int32] = []

  /// Compiles the patterns. Throws `tooManyStates`.
  ///
  /// - Parameter rivals: of the patterns with accepts below this number, only the most specific
  ///   counts at any place, so that those that can never be it are left out.
  init(_ patterns: [PathPattern], rivals: Int32 = 0) throws(FormatError) {
    let ranked = patterns.enumerated().sorted { left, right in
      if left.element.isMoreSpecific(than: right.element) { return true }
      if right.element.isMoreSpecific(than: left.element) { return false }
      return left.offset < right.offset
    }.map(\.element)
    var builder = SubsetBuilder(patterns: ranked, rivals: rivals)
    _ = builder.state(for: builder.start)
    while states.count < builder.sets.count {
      guard builder.sets.count <= Self.statesMax else { throw .tooManyStates }
      try append(&builder, builder.sets[states.count])
    }
  }

  /// Changes what is reported where a path ends.
  mutating func setAccept(_ accept: Int32, of state: Int) { states[state].accept = accept }

  private mutating func append(
    _ builder: inout SubsetBuilder, _ set: [SubsetBuilder.Item]
  ) throws(FormatError) {
    var state = State()
    state.keyEdgesStart = Int32(keyEdges.count)
    for (key, next) in builder.keySteps(of: set) {
      let target = builder.state(for: next)
      keyEdges.append(
        KeyEdge(
          head: keyHead(key.span, 0..<key.count), count: Int32(key.count),
          start: Int32(keyBytes.count), target: target))
      keyBytes += key
    }
    state.keyEdgesEnd = Int32(keyEdges.count)
    keyEdges[Int(state.keyEdgesStart)...].sort { $0.head < $1.head }
    try appendGlobs(&builder, set, to: &state)
    state.otherKey = builder.state(for: builder.step(set) { $0 == .anyKey })
    state.indexEdgesStart = Int32(indexEdges.count)
    for index in builder.indexes(of: set) {
      let target = builder.state(
        for: builder.step(set) { $0 == .anyElement || $0 == .index(index) })
      indexEdges.append(IndexEdge(index: Int32(index), target: target))
    }
    state.indexEdgesEnd = Int32(indexEdges.count)
    state.otherElement = builder.state(for: builder.step(set) { $0 == .anyElement })
    let accepts = builder.accepts(of: set)
    state.accept = accepts.first ?? -1
    acceptSets.append(accepts)
    states.append(state)
  }

  private mutating func appendGlobs(
    _ builder: inout SubsetBuilder, _ set: [SubsetBuilder.Item], to state: inout State
  ) throws(FormatError) {
    let own = builder.globs(of: set)
    guard own.count <= Self.globsMax else { throw .tooManyStates }
    state.globsStart = Int32(globs.count)
    state.globTargets = Int32(globTargets.count)
    globs += own
    state.globsEnd = Int32(globs.count)
    guard !own.isEmpty else { return }
    for subset in 0..<(1 << own.count) {
      let fitting = own.indices.filter { subset >> $0 & 1 == 1 }.map { own[$0] }
      globTargets.append(
        builder.state(
          for: builder.step(set) { segment in
            if case .keyPattern(let pattern) = segment { return fitting.contains(pattern) }
            return segment == .anyKey
          }))
    }
  }

  /// Adds a state that every step leaves where it is, and returns it.
  mutating func addSink() -> Int32 {
    let sink = Int32(states.count)
    var state = State()
    state.otherKey = sink
    state.otherElement = sink
    states.append(state)
    acceptSets.append([])
    return sink
  }

  /// The state behind the key that stands, without escapes, at `range` of `bytes`.
  @inline(__always)
  func next(from state: Int32, key bytes: Span<UInt8>, _ range: Range<Int>) -> Int32 {
    let origin = states[Int(state)]
    if origin.keyEdgesStart == origin.keyEdgesEnd {
      return origin.globsStart == origin.globsEnd
        ? origin.otherKey : globTarget(origin, bytes, range)
    }
    let head = keyHead(bytes, range)
    let count = Int32(truncatingIfNeeded: range.count)
    var number = Int(origin.keyEdgesStart)
    let end = Int(origin.keyEdgesEnd)
    var span = end - number
    // Few edges are looked at one by one, of many half are left out again and again.
    while span > 8 {
      let half = span / 2
      if keyEdges[number + half].head < head { number += half }
      span -= half
    }
    while number < end {
      let edge = keyEdges[number]
      if edge.head == head, edge.count == count, hasTail(of: edge, bytes, range) {
        return edge.target
      }
      if edge.head > head { break }
      number += 1
    }
    return origin.globsStart == origin.globsEnd
      ? origin.otherKey : globTarget(origin, bytes, range)
  }

  /// The state behind a key that no pattern names, where key patterns may fit it.
  private func globTarget(
    _ origin: State, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) -> Int32 {
    var subset = 0
    for (bit, number) in (Int(origin.globsStart)..<Int(origin.globsEnd)).enumerated()
    where fits(globs[number], bytes, range) {
      subset |= 1 << bit
    }
    return globTargets[Int(origin.globTargets) + subset]
  }

  /// The state behind the element with that number.
  @inline(__always)
  func next(from state: Int32, element: Int32) -> Int32 {
    let origin = states[Int(state)]
    for number in Int(origin.indexEdgesStart)..<Int(origin.indexEdgesEnd)
    where indexEdges[number].index == element {
      return indexEdges[number].target
    }
    return origin.otherElement
  }

  /// Whether the bytes behind the first eight are those of the edge.
  private func hasTail(of edge: KeyEdge, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var offset = 8
    while offset < range.count {
      if keyBytes[Int(edge.start) + offset] != bytes[range.lowerBound + offset] { return false }
      offset += 1
    }
    return true
  }
}

/// The first eight bytes of a key as one number, the first lowest, zeros behind a shorter key.
@inline(__always)
func keyHead(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
  let length = min(range.count, 8)
  if range.lowerBound &+ 8 <= bytes.count {
    // Unsafe: a load without a bounds check, for which the line above looks.
    let word = unsafe UInt64(
      littleEndian: bytes.bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: range.lowerBound, as: UInt64.self))
    return length == 8 ? word : word & ~(UInt64.max << UInt64(length * 8))
  }
  var head: UInt64 = 0
  for offset in 0..<length {
    head |= UInt64(bytes[range.lowerBound + offset]) << UInt64(offset * 8)
  }
  return head
}

/// The subset construction: numbers the sets of places as they are met.
private struct SubsetBuilder {
  /// A place in a pattern: the step that comes next.
  struct Item: Hashable, Comparable {
    let pattern: Int
    let step: Int

    static func < (left: Item, right: Item) -> Bool {
      left.pattern == right.pattern ? left.step < right.step : left.pattern < right.pattern
    }
  }

  let patterns: [PathPattern]
  let rivals: Int32
  private(set) var sets: [[Item]] = []
  private var numbers: [[Item]: Int32] = [:]

  init(patterns: [PathPattern], rivals: Int32) {
    self.patterns = patterns
    self.rivals = rivals
  }

  /// The places before any step.
  var start: [Item] {
    closed(expanded(patterns.indices.map { Item(pattern: $0, step: 0) }).sorted())
  }

  mutating func state(for set: [Item]) -> Int32 {
    if let number = numbers[set] { return number }
    let number = Int32(sets.count)
    numbers[set] = number
    sets.append(set)
    return number
  }

  /// The places after a step that the given segments take; `**` takes any and stays.
  func step(_ set: [Item], _ takes: (FieldPath.Segment) -> Bool) -> [Item] {
    closed(expanded(stepped(set, takes)).sorted())
  }

  private func stepped(_ set: [Item], _ takes: (FieldPath.Segment) -> Bool) -> [Item] {
    var next: [Item] = []
    for item in set {
      guard let segment = segment(item) else { continue }
      if segment == .anyDepth {
        next.append(item)
      } else if takes(segment) {
        next.append(Item(pattern: item.pattern, step: item.step + 1))
      }
    }
    return next
  }

  /// The keys the places name, each once, in the order of the patterns, and the places behind
  /// them.
  ///
  /// - Complexity: O(keys · places): what any key leads to is worked out once.
  func keySteps(of set: [Item]) -> [(key: [UInt8], next: [Item])] {
    var keys: [[UInt8]] = []
    var next: [[Item]] = []
    var numbers: [[UInt8]: Int] = [:]
    for item in set {
      guard case .key(let key)? = segment(item) else { continue }
      let number = numbers[key] ?? keys.count
      if number == keys.count {
        numbers[key] = number
        keys.append(key)
        next.append([])
      }
      next[number].append(Item(pattern: item.pattern, step: item.step + 1))
    }
    for item in set {
      guard case .keyPattern(let pattern)? = segment(item) else { continue }
      for (number, key) in keys.enumerated() where fits(pattern, key.span, key.indices) {
        next[number].append(Item(pattern: item.pattern, step: item.step + 1))
      }
    }
    guard !keys.isEmpty else { return [] }
    let carried = expanded(stepped(set) { $0 == .anyKey }).sorted()
    return keys.indices.map { number in
      var places = carried
      for item in expanded(next[number]) { Self.insert(item, into: &places) }
      return (keys[number], closed(places))
    }
  }

  /// Inserts a place where it belongs among sorted ones, unless it is there.
  private static func insert(_ item: Item, into places: inout [Item]) {
    let index = places.partitioningIndex { $0 >= item }
    if index == places.count || places[index] != item { places.insert(item, at: index) }
  }

  /// The key patterns of the places, each once.
  func globs(of set: [Item]) -> [[UInt8]] {
    var patterns: [[UInt8]] = []
    for item in set {
      if case .keyPattern(let pattern)? = segment(item), !patterns.contains(pattern) {
        patterns.append(pattern)
      }
    }
    return patterns
  }

  /// The element numbers the places name.
  func indexes(of set: [Item]) -> [Int] {
    var indexes: [Int] = []
    for item in set {
      if case .index(let index)? = segment(item), !indexes.contains(index) {
        indexes.append(index)
      }
    }
    return indexes
  }

  /// What the finished patterns report, the most specific first.
  func accepts(of set: [Item]) -> [Int32] {
    set.filter { segment($0) == nil }.map { patterns[$0.pattern].accept }
  }

  private func segment(_ item: Item) -> FieldPath.Segment? {
    let segments = patterns[item.pattern].segments
    return item.step < segments.count ? segments[item.step] : nil
  }

  /// The places with those behind a `**` that takes nothing.
  private func expanded(_ items: [Item]) -> Set<Item> {
    var all: Set<Item> = []
    for item in items {
      var place = item
      all.insert(place)
      while segment(place) == .anyDepth {
        place = Item(pattern: place.pattern, step: place.step + 1)
        all.insert(place)
      }
    }
    return all
  }

  /// Of sorted places those that count.
  private func closed(_ sorted: [Item]) -> [Item] {
    // A rival that ends in `**` is met here and everywhere below: less specific ones never count.
    // Without this, patterns with `**` at both ends double the sets with each of them.
    let last = sorted.first { item in
      patterns[item.pattern].accept < rivals && segment(item) == .anyDepth
        && item.step == patterns[item.pattern].segments.count - 1
    }
    guard let last else { return sorted }
    return sorted.filter {
      $0.pattern <= last.pattern || patterns[$0.pattern].accept >= rivals
    }
  }
}
