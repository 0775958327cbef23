/// What the first records of an input look like.
package enum Detection: Sendable {
  /// That format: `matched` records of the `of` looked at have its shape.
  case one(Format, matched: Int, of: Int)
  /// These are equally likely; the user has to say which.
  case ambiguous([Format])
  /// No format has a single record.
  case none
}

/// Recognises the format of an input by its first records.
package struct FormatDetector: Sendable {
  private let formats: [Format]

  /// A detector for these formats; those without `detect` paths are never the answer.
  package init(formats: [Format]) {
    self.formats = formats.filter { $0.detection.required != 0 }
  }

  /// The format that most records match, then the one of higher weight, then the one that asks
  /// for more paths. Records that are no JSON match nothing. O(formats × bytes).
  package func detect(records: [[UInt8]]) -> Detection {
    var best: [(format: Format, score: Score)] = []
    for format in formats {
      var visitor = DetectionVisitor(format.detection)
      var matched = 0
      for record in records where visitor.matches(record) { matched += 1 }
      guard matched > 0 else { continue }
      let score = Score(
        matched: matched, weight: format.definition.weight,
        paths: format.definition.detect.count)
      if let first = best.first {
        if first.score > score { continue }
        if first.score < score { best.removeAll() }
      }
      best.append((format, score))
    }
    guard let first = best.first else { return .none }
    if best.count > 1 { return .ambiguous(best.map(\.format)) }
    return .one(first.format, matched: first.score.matched, of: records.count)
  }
}

/// What formats are compared by, the first first.
private struct Score: Comparable {
  let matched: Int
  let weight: Int
  let paths: Int

  static func < (left: Score, right: Score) -> Bool {
    (left.matched, left.weight, left.paths) < (right.matched, right.weight, right.paths)
  }
}

/// The `detect` paths of a format, compiled: each has a bit.
struct DetectionAutomaton: Sendable {
  let automaton: PathAutomaton
  /// For each state and kind of value, at `state * kinds + kind`, the paths that end there.
  private let masks: [UInt64]
  /// One bit for every path.
  let required: UInt64

  init(_ paths: [String]) throws(FormatError) {
    guard paths.count <= 64 else { throw .tooManyDetectPaths }
    var patterns: [PathPattern] = []
    var kinds: [ValueKind?] = []
    for (index, text) in paths.enumerated() {
      let (segments, kind) = try FieldPath.parseWithKind(text)
      patterns.append(PathPattern(segments: segments, accept: Int32(index)))
      kinds.append(kind)
    }
    automaton = try PathAutomaton(patterns)
    masks = automaton.acceptSets.flatMap { accepts in
      ValueKind.allCases.map { kind in
        accepts.reduce(0 as UInt64) { mask, path in
          kinds[Int(path)] == nil || kinds[Int(path)] == kind ? mask | 1 << UInt64(path) : mask
        }
      }
    }
    required = paths.count == 64 ? .max : 1 << UInt64(paths.count) - 1
  }

  /// The paths that a value of that kind in that state fulfils.
  func mask(_ state: Int32, _ kind: ValueKind) -> UInt64 {
    masks[Int(state) * ValueKind.allCases.count + Int(kind.rawValue)]
  }
}

/// Collects the paths that occur in a record.
private struct DetectionVisitor: ValueVisitor {
  private let detection: DetectionAutomaton
  private var tokenizer = Tokenizer(depthMax: 512)
  private var frames: [(state: Int32, element: Int32)] = []
  private var state: Int32 = 0
  private var found: UInt64 = 0

  init(_ detection: DetectionAutomaton) { self.detection = detection }

  /// Whether every path occurs in the record.
  mutating func matches(_ record: [UInt8]) -> Bool {
    frames.removeAll(keepingCapacity: true)
    state = 0
    found = 0
    var reader = tokenizer
    guard (try? reader.run(record.span, &self)) != nil else { return false }
    tokenizer = reader
    return found == detection.required
  }

  mutating func key(_ record: Span<UInt8>, _ token: StringToken) {
    let origin = frames[frames.count - 1].state
    guard token.hasEscapes else {
      state = detection.automaton.next(from: origin, key: record, token.range)
      return
    }
    var key: [UInt8] = []
    var escapes = EscapeMap()
    unescape(record, token.range, into: &key, map: &escapes)
    state = detection.automaton.next(from: origin, key: key.span, 0..<key.count)
  }

  mutating func element() {
    let top = frames.count - 1
    frames[top].element += 1
    state = detection.automaton.next(from: frames[top].state, element: frames[top].element)
  }

  mutating func begin(_ kind: ValueKind, at start: Int) {
    found |= detection.mask(state, kind)
    frames.append((state, -1))
  }

  mutating func end(_ kind: ValueKind, at end: Int) { frames.removeLast() }

  mutating func string(_ record: Span<UInt8>, _ token: StringToken) {
    found |= detection.mask(state, .string)
  }

  mutating func scalar(_ kind: ValueKind, _ range: Range<Int>) {
    found |= detection.mask(state, kind)
  }
}
