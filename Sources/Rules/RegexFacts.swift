/// What follows from an expression's tree alone: for its matches as a whole, never for one text.
///
/// Every conclusion errs on the safe side: a set holds at least what is possible, a length is at
/// least or at most what a match can have, and `cannotMatch` is only said of what is certain.
extension RegexTree {
  /// Whether nothing can ever match: two conditions on one place exclude each other.
  package var cannotMatch: Bool { Self.isNever(root) }

  /// A text that the expression asks for as far as its look-arounds are left aside: a seed for
  /// near-misses.
  package var sample: [UInt8] {
    var bytes: [UInt8] = []
    Self.appendSample(root, to: &bytes)
    return bytes
  }

  // MARK: - Lengths and ends

  enum End { case first, last }

  /// The bytes a match of a node takes; no greatest where there is no bound.
  static func length(_ node: Node) -> (min: Int, max: Int?) {
    switch node {
    case .one(let span): return (span.width.lowerBound, span.width.upperBound)
    case .sequence(let nodes):
      return nodes.reduce((0, 0)) { sum, node in
        let next = length(node)
        return (sum.min + next.min, sum.max.flatMap { left in next.max.map { left + $0 } })
      }
    case .choice(let nodes):
      let all = nodes.map(length)
      let longest = all.allSatisfy { $0.max != nil } ? all.compactMap(\.max).max() : nil
      return (all.map(\.min).min() ?? 0, longest)
    case .repeated(let inner, let least, let most):
      let once = length(inner)
      let longest = once.max == 0 ? 0 : most.flatMap { count in once.max.map { $0 * count } }
      return (once.min * least, longest)
    case .look, .edge: return (0, 0)
    case .unknown: return (0, nil)
    case .never: return (0, 0)
    }
  }

  /// The characters a node's matches can begin or end with; `nil` when it can match nothing, or is
  /// unknown.
  static func end(of node: Node, _ end: End) -> CharacterSpan? {
    switch node {
    case .one(let span): return span
    case .sequence(let nodes): return Self.end(of: nodes[...], end)
    case .choice(let nodes):
      var all = CharacterSpan.none
      for node in nodes {
        guard let span = Self.end(of: node, end) else { return nil }
        all = all.union(span)
      }
      return all
    case .repeated(let inner, let least, _): return least > 0 ? Self.end(of: inner, end) : nil
    case .look, .edge, .unknown: return nil
    case .never: return CharacterSpan.none
    }
  }

  /// The same for nodes that follow one another: what is optional adds to what comes behind it.
  private static func end(of nodes: ArraySlice<Node>, _ end: End) -> CharacterSpan? {
    var all = CharacterSpan.none
    var rest = nodes
    while let node = end == .first ? rest.popFirst() : rest.popLast() {
      if let span = Self.end(of: node, end) { return all.union(span) }
      switch node {
      case .look, .edge: continue
      case .repeated(let inner, _, _):
        guard let span = Self.end(of: inner, end) else { return nil }
        all = all.union(span)
      case .sequence(let inner):
        // Spelled out, so that its own optional parts add up with what follows.
        rest = end == .first ? (inner + rest)[...] : (rest + inner)[...]
      default: return nil
      }
    }
    return nil
  }

  // MARK: - Impossible

  private static func isNever(_ node: Node) -> Bool {
    switch node {
    case .never: return true
    case .one(let span): return span.isEmpty
    case .choice(let nodes): return nodes.allSatisfy(isNever)
    case .repeated(let inner, let least, _): return least > 0 && isNever(inner)
    case .look(let inner, _, let isNegative):
      return isNegative ? isAlwaysEmpty(inner) : isNever(inner)
    case .sequence(let nodes):
      return nodes.contains(where: isNever)
        || nodes.indices.contains { contradicts(nodes, at: $0) }
    case .edge, .unknown: return false
    }
  }

  /// Whether a node matches the empty string wherever it is tried, as in `(?!)`.
  private static func isAlwaysEmpty(_ node: Node) -> Bool {
    switch node {
    case .sequence(let nodes): nodes.allSatisfy(isAlwaysEmpty)
    case .choice(let nodes): nodes.contains(where: isAlwaysEmpty)
    case .repeated(_, let least, _): least == 0
    default: false
    }
  }

  /// Whether the condition at `index` of a sequence excludes what stands beside it.
  private static func contradicts(_ nodes: [Node], at index: Int) -> Bool {
    let before = end(of: nodes[..<index], .last)
    let after = end(of: nodes[(index + 1)...], .first)
    switch nodes[index] {
    case .look(let inner, isAhead: true, isNegative: false):
      guard let wanted = end(of: inner, .first), let after else { return false }
      return wanted.isDisjoint(with: after)
    case .look(let inner, isAhead: false, isNegative: false):
      guard let wanted = end(of: inner, .last), let before else { return false }
      return wanted.isDisjoint(with: before)
    case .look(let inner, let isAhead, isNegative: true):
      guard case .one(let refused) = inner, refused.isExact, !refused.beyond else { return false }
      guard let beside = isAhead ? after : before else { return false }
      return beside.isSubset(of: refused)
    case .edge(.textStart): return before != nil
    case .edge(.textEnd): return after.map { !$0.contains(10) } ?? false
    case .edge(.wordEdge):
      guard let before, let after else { return false }
      return before.isSubset(of: .word) && after.isSubset(of: .word)
    default: return false
    }
  }

  // MARK: - Samples

  private static func appendSample(_ node: Node, to bytes: inout [UInt8]) {
    guard bytes.count < 4096 else { return }
    switch node {
    case .one(let span): bytes += span.sample
    case .sequence(let nodes): for node in nodes { appendSample(node, to: &bytes) }
    case .choice(let nodes): if let first = nodes.first { appendSample(first, to: &bytes) }
    case .repeated(let inner, let least, let most):
      for _ in 0..<Swift.max(least, Swift.min(1, most ?? 1)) { appendSample(inner, to: &bytes) }
    case .look, .edge, .unknown, .never: return
    }
  }
}
