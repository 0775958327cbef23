/// A prefilter read from an expression: what every one of its matches holds.
///
/// Used where a rule states none, as those of other tools do. What is derived covers every possible
/// match; where nothing does, the expression is tried everywhere.
package struct DerivedPrefilter: Equatable {
  package var prefilter: Prefilter
  /// How many bytes before a trigger a match may begin.
  package var lookback: Int

  package init(_ pattern: String, options: RegexOptions) {
    prefilter = .everywhere
    lookback = 0
    guard let tree = RegexTree(pattern, options: options) else { return }
    if let found = Self.literals(in: tree.root) {
      prefilter = .literals(found.texts.map { String(decoding: $0, as: UTF8.self) })
      lookback = found.offset
    } else if let found = Self.digits(in: tree.root) {
      prefilter = .digits(min: found.count, max: .max, then: [])
      lookback = found.offset
    }
  }

  /// Texts in lower case of which every match holds one, beginning at most `offset` bytes after it.
  private struct Literals {
    var texts: [[UInt8]]
    var offset: Int

    /// The more bytes at least, the rarer.
    var worth: Int { texts.map(\.count).min() ?? 0 }
  }

  private static let textsMax = 256
  private static let offsetMax = 4096

  private static func literals(in node: RegexTree.Node) -> Literals? {
    switch node {
    case .choice(let nodes):
      var all = Literals(texts: [], offset: 0)
      for node in nodes {
        guard let own = literals(in: node) else { return nil }
        all.texts += own.texts.filter { !all.texts.contains($0) }
        all.offset = max(all.offset, own.offset)
      }
      // A finder looks for single signs and for words in different ways.
      let isSingle = all.texts.map { $0.count == 1 }
      guard all.texts.count <= textsMax, isSingle.allSatisfy({ $0 == isSingle[0] }) else {
        return nil
      }
      return all
    case .repeated(let inner, let least, _): return least > 0 ? literals(in: inner) : nil
    case .one: return literals(in: [node])
    case .sequence(let nodes): return literals(in: nodes)
    case .look, .edge, .unknown, .never: return nil
    }
  }

  private static func literals(in nodes: [RegexTree.Node]) -> Literals? {
    var best: Literals?
    var run: [UInt8] = []
    var runOffset = 0
    // Bytes before the next part, at most.
    var offset: Int? = 0
    func consider(_ found: Literals) {
      if found.worth > best?.worth ?? 0 { best = found }
    }
    func endRun() {
      if run.count >= 3 { consider(Literals(texts: [run], offset: runOffset)) }
      if let sign = run.first(where: isRareSign) {
        // Where in the run it stands does not matter: the bound is that of the run's end.
        consider(Literals(texts: [[sign]], offset: runOffset + run.count))
      }
      run = []
    }
    for node in flattened(nodes) {
      guard let before = offset, before <= offsetMax else { break }
      if case .one(let span) = node {
        if let byte = span.fixed {
          if run.isEmpty { runOffset = before }
          run.append(byte)
        } else {
          endRun()
        }
      } else {
        let length = RegexTree.length(node)
        if length.max != 0 {
          endRun()
          if var inner = literals(in: node) {
            inner.offset += before
            consider(inner)
          }
        }
      }
      offset = RegexTree.length(node).max.map { before + $0 }
    }
    endRun()
    guard let best, best.offset <= offsetMax else { return nil }
    return best
  }

  /// Sequences within sequences, and characters repeated a few times, spelled out.
  private static func flattened(_ nodes: [RegexTree.Node]) -> [RegexTree.Node] {
    nodes.flatMap { node -> [RegexTree.Node] in
      switch node {
      case .sequence(let inner): return flattened(inner)
      case .repeated(.one(let span), let least, let most)
      where span.fixed != nil && least == most && least <= 8:
        return Array(repeating: .one(span), count: least)
      default: return [node]
      }
    }
  }

  /// A sign that most texts do not hold.
  private static func isRareSign(_ byte: UInt8) -> Bool {
    let isSign = byte > 32 && byte < 127 && !CharacterSpan.word.contains(byte)
    return isSign && !".,-/()'\"".utf8.contains(byte) || byte == 95
  }

  // MARK: - Digits

  /// A run of at least `count` ASCII digits that no digit stands before, as every match has it.
  ///
  /// Without the condition on what stands before, the run could begin before the match does, and
  /// no trigger would stand in it.
  private static func digits(in node: RegexTree.Node) -> (count: Int, offset: Int)? {
    guard case .sequence(let nodes) = node else { return nil }
    var isAfterNoDigit = false
    var offset = 0
    for node in flattened(nodes) {
      switch node {
      case .edge(.wordEdge): isAfterNoDigit = true
      case .look(.one(let span), isAhead: false, isNegative: true):
        isAfterNoDigit = isAfterNoDigit || CharacterSpan.digits.isSubset(of: span) && span.isExact
      case .look, .edge: break
      case .repeated(.one(let span), let least, _)
      where span.isSubset(of: .digits) && least >= 2 && isAfterNoDigit:
        return (least, offset)
      default:
        let length = RegexTree.length(node)
        guard let most = length.max, offset + most <= offsetMax else { return nil }
        offset += most
        let last = RegexTree.end(of: node, .last)
        if length.min > 0, let last {
          isAfterNoDigit = last.isDisjoint(with: .digits)
        } else if most > 0 {
          isAfterNoDigit = isAfterNoDigit && (last.map { $0.isDisjoint(with: .digits) } ?? false)
        }
      }
    }
    return nil
  }
}
