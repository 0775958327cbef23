/// What the first records of an input look like.
package enum Detection: Sendable {
  /// That format: `matched` records of the `of` that could be read have its shape, and of the
  /// others none has that of another format.
  case one(FormatDefinition, matched: Int, of: Int)
  /// These are equally likely, or each has records that the others have not; the user has to say
  /// which.
  case ambiguous([FormatDefinition])
  /// No format has a single record.
  case none
}

/// Recognises the format of an input by its first records.
package struct FormatDetector: Sendable {
  private let formats: [(definition: FormatDefinition, detection: DetectionAutomaton)]

  /// A detector for these formats; those without `detect` paths are never the answer. Throws for
  /// paths that cannot be read.
  package init(formats: [FormatDefinition]) throws(FormatError) {
    var compiled: [(FormatDefinition, DetectionAutomaton)] = []
    for format in formats where !format.detect.isEmpty && !format.isPlainText {
      compiled.append((format, try DetectionAutomaton(format.detect)))
    }
    self.formats = compiled
  }

  /// The format that most records match, then the one of higher weight, then the one that asks
  /// for more paths; when a record that it does not match is one of another format's, there are two
  /// kinds of records, and neither is the answer. Records that are no JSON count for nothing.
  /// O(formats × bytes).
  package func detect(records: [[UInt8]]) -> Detection {
    let readable = records.filter(Self.isReadable)
    var matches: [(format: FormatDefinition, score: Score, records: Set<Int>)] = []
    for format in formats {
      var visitor = DetectionVisitor(format.detection)
      let matched = readable.indices.filter { visitor.matches(readable[$0]) }
      guard !matched.isEmpty else { continue }
      let score = Score(
        matched: matched.count, weight: format.definition.weight,
        paths: format.definition.detect.map(\.count).max() ?? 0)
      matches.append((format.definition, score, Set(matched)))
    }
    guard let best = matches.map(\.score).max() else { return .none }
    let first = matches.filter { $0.score == best }
    if first.count > 1 { return .ambiguous(first.map(\.format)) }
    let rivals = matches.filter { !$0.records.isSubset(of: first[0].records) }
    if !rivals.isEmpty { return .ambiguous((first + rivals).map(\.format)) }
    return .one(first[0].format, matched: best.matched, of: readable.count)
  }

  private static func isReadable(_ record: [UInt8]) -> Bool {
    var tokenizer = Tokenizer(depthMax: 512)
    var nobody = Nobody()
    return (try? tokenizer.run(record.span, &nobody)) != nil
  }
}

extension FormatDefinition {
  /// Whether each of the first lines of a text looks like one of this format's, and one like the
  /// telling one. Blank lines are left out. O(lines × kinds).
  package func mayHave(lines text: [[UInt8]]) -> Bool {
    let text = text.filter { line in !line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
    return !text.isEmpty
      && lines.contains { way in
        let kinds = way.map { Array($0.utf8) }
        guard let telling = kinds.last else { return false }
        return text.allSatisfy { line in kinds.contains { fitsLine($0, line) } }
          && text.contains { fitsLine(telling, $0) }
      }
  }
}

/// Whether a line fits a pattern in which `#` stands for digits and `*` for any bytes.
private func fitsLine(_ pattern: [UInt8], _ line: [UInt8]) -> Bool {
  var squeezed: [UInt8] = []
  for byte in line {
    guard byte &- 0x30 < 10 else {
      squeezed.append(byte)
      continue
    }
    if squeezed.last != UInt8(ascii: "#") { squeezed.append(UInt8(ascii: "#")) }
  }
  return fits(pattern, squeezed.span, 0..<squeezed.count)
}

/// Listens to nothing.
private struct Nobody: ValueVisitor {
  mutating func key(_ record: Span<UInt8>, _ token: StringToken) {}
  mutating func element() {}
  mutating func begin(_ kind: ValueKind, at start: Int) {}
  mutating func end(_ kind: ValueKind, at end: Int) {}
  mutating func string(_ record: Span<UInt8>, _ token: StringToken) {}
  mutating func scalar(_ record: Span<UInt8>, _ kind: ValueKind, _ range: Range<Int>) {}
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
  let requirement: PathRequirement

  init(_ alternatives: [[String]]) throws(FormatError) {
    requirement = try PathRequirement(alternatives)
    let paths = requirement.paths
    automaton = try PathAutomaton(
      paths.enumerated().map { PathPattern(segments: $1.segments, accept: Int32($0)) })
    masks = automaton.acceptSets.flatMap { accepts in
      ValueKind.allCases.map { kind in
        accepts.reduce(0 as UInt64) { mask, path in
          paths[Int(path)].kinds >> kind.rawValue & 1 == 1 ? mask | 1 << UInt64(path) : mask
        }
      }
    }
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

  /// Whether the record has one of the shapes.
  mutating func matches(_ record: [UInt8]) -> Bool {
    frames.removeAll(keepingCapacity: true)
    state = 0
    found = 0
    var reader = tokenizer
    guard (try? reader.run(record.span, &self)) != nil else { return false }
    tokenizer = reader
    return detection.requirement.isMet(by: found)
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

  mutating func scalar(_ record: Span<UInt8>, _ kind: ValueKind, _ range: Range<Int>) {
    found |= detection.mask(state, kind)
  }
}
