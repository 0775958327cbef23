/// What the first bytes of an expression's matches can be, and the byte before them: most attempts
/// end here, before the expression is run.
///
/// Derived from the expression's tree and packed with it, so that no expression has to be compiled
/// before it is needed. Every set holds at least what is possible.
package struct MatchHead: Sendable, Equatable {
  /// How many bytes of a match are looked at, at most.
  package static let reach = 16

  /// The least bytes a match has.
  package private(set) var lengthMin = 1
  /// The bytes a match can begin behind; the beginning of a text is always one.
  package private(set) var before = ByteSet.all
  /// The bytes that can stand at each offset of a match, up to the shortest match's end.
  package private(set) var sets: [ByteSet] = []

  /// The bytes that a match can have before what it is found by.
  package private(set) var lead = ByteSet.all

  /// Within how many bytes of where a match begins an ASCII digit stands; 0: perhaps none.
  package private(set) var digitReach = 0
  /// What is asked for farther away hardly ever rules anything out.
  package static let digitReachMax = 250

  /// - Parameters:
  ///   - literals: one of which every match holds, whatever the case of its letters.
  ///   - hasTrigger: whether every match is found by something in it.
  package init(
    _ pattern: String, options: RegexOptions, literals: [String] = [], hasTrigger: Bool = true
  ) {
    guard let tree = RegexTree(pattern, options: options) else { return }
    let literals = literals.map { $0.lowercased() }
    lead =
      !hasTrigger
      ? .all : (literals.isEmpty ? nil : tree.bytesBefore(literals: literals)) ?? tree.bytes
    lengthMin = max(1, RegexTree.length(tree.root).min)
    before = tree.bytesBefore(options)
    let reach = RegexTree.digitReach(tree.root) ?? 0
    digitReach = reach > Self.digitReachMax ? 0 : reach
    sets = Array(tree.bytesAtOffsets(Self.reach).prefix(lengthMin))
    while sets.last == .all { sets.removeLast() }
  }

  /// Whether few bytes can begin a match, so that looking for one saves attempts.
  package var isSelective: Bool {
    guard let first = sets.first else { return false }
    return (UInt8.min...UInt8.max).count { first.contains($0) } < 160
  }
}

extension MatchHead: Codable {
  /// As one short text, since there are a thousand: `11;1;00ff;0020,3039,3039` begins behind a
  /// blank or a control character with two digits and has eleven bytes.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    let parts = ([before] + sets).map(\.text).joined(separator: ",")
    try container.encode("\(lengthMin);\(digitReach);\(lead.text);\(parts)")
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = Array(try container.decode(String.self).utf8)
    let fields = text.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let parts = fields.last?.split(
      separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let sets = (parts ?? []).compactMap { ByteSet(text: $0) }
    guard fields.count == 4, sets.count == parts?.count, let lead = ByteSet(text: fields[2]),
      let lengthMin = Int(String(decoding: fields[0], as: UTF8.self)),
      let digitReach = Int(String(decoding: fields[1], as: UTF8.self)),
      (0...Self.digitReachMax).contains(digitReach)
    else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "no head of a match")
    }
    self.lengthMin = lengthMin
    self.digitReach = digitReach
    self.lead = lead
    before = sets[0]
    self.sets = Array(sets.dropFirst())
  }
}

// MARK: - From the tree

extension RegexTree {
  /// The bytes that can stand at the offsets 0 ..< `count` of a match; all where a match can have
  /// ended.
  func bytesAtOffsets(_ count: Int) -> [ByteSet] {
    var walk = OffsetWalk(count: count)
    let ends = walk.visit(root, from: 1)
    if ends != 0 {
      for offset in ends.trailingZeroBitCount..<max(count, ends.trailingZeroBitCount) {
        walk.sets[offset] = .all
      }
    }
    return walk.sets
  }

  /// The bytes that a match can begin behind.
  ///
  /// - Parameter options: what the expression was read with.
  func bytesBefore(_ options: RegexOptions) -> ByteSet {
    Self.bytesBefore(root, isUnicode: options.contains(.unicode))
  }

  private static func bytesBefore(_ node: Node, isUnicode: Bool) -> ByteSet {
    switch node {
    case .choice(let nodes):
      var all = ByteSet.none
      for node in nodes { all.formUnion(bytesBefore(node, isUnicode: isUnicode)) }
      return all
    case .sequence(let nodes):
      var left = ByteSet.all
      for (index, node) in nodes.enumerated() {
        switch node {
        case .look, .edge:
          let next = Self.end(of: .sequence(Array(nodes[(index + 1)...])), .first)
          left.formIntersection(condition(node, next: next, isUnicode: isUnicode))
        case .sequence, .choice:
          // What a group asks for holds for all, since the group is not optional.
          left.formIntersection(bytesBefore(node, isUnicode: isUnicode))
          if length(node).max != 0 { return left }
        default: return left
        }
      }
      return left
    case .look, .edge: return condition(node, next: nil, isUnicode: isUnicode)
    case .one, .repeated, .unknown: return .all
    case .never: return .none
    }
  }

  /// What a condition at the beginning of a match says of the byte before it.
  ///
  /// - Parameter next: what the match can begin with.
  private static func condition(
    _ node: Node, next: CharacterSpan?, isUnicode: Bool
  ) -> ByteSet {
    switch node {
    case .look(let inner, isAhead: false, isNegative: true):
      return ByteSet(leading: refused(inner)).complement
    case .look(let inner, isAhead: false, isNegative: false):
      guard let last = end(of: inner, .last) else { return .all }
      return ByteSet(trailing: last)
    case .edge(.wordEdge):
      guard let next, !next.isEmpty else { return .all }
      let word = CharacterSpan.word
      // Beyond ASCII it depends on the options what a word is.
      let beyond = CharacterSpan(ascii: 0, beyond: true)
      if next.isSubset(of: word) {
        let others = CharacterSpan(ascii: ~word.ascii, beyond: true)
        return ByteSet(leading: others).union(ByteSet(trailing: beyond))
      }
      if next.isDisjoint(with: word), !next.beyond {
        return isUnicode
          ? ByteSet(leading: word).union(ByteSet(trailing: beyond)) : ByteSet(leading: word)
      }
      return .all
    default: return .all
    }
  }

  /// The ASCII characters that a negative condition surely excludes.
  private static func refused(_ node: Node) -> CharacterSpan {
    switch node {
    case .one(let span):
      return CharacterSpan(ascii: span.isASCIIExact ? span.ascii : 0)
    case .choice(let nodes):
      return nodes.reduce(CharacterSpan.none) { $0.union(refused($1)) }
    default: return .none
    }
  }
}

extension RegexTree {
  /// Within how many bytes of where a match of a node begins an ASCII digit stands; `nil` where
  /// that is not seen.
  static func digitReach(_ node: Node) -> Int? {
    switch node {
    case .one(let span): return span.isSubset(of: .digits) && !span.isEmpty ? 1 : nil
    case .sequence(let nodes):
      var nearest: Int?
      var passed = 0
      for node in nodes {
        if let reach = digitReach(node) { nearest = min(nearest ?? .max, passed + reach) }
        guard let most = length(node).max else { break }
        passed += most
      }
      return nearest
    case .choice(let nodes):
      let all = nodes.map(digitReach)
      return all.contains(nil) ? nil : all.compactMap { $0 }.max()
    case .repeated(let inner, let least, _): return least > 0 ? digitReach(inner) : nil
    case .look(let inner, isAhead: true, isNegative: false): return digitReach(inner)
    case .look, .edge, .unknown, .never: return nil
    }
  }

  /// All bytes that a match can hold.
  var bytes: ByteSet { Self.bytes(of: root) }

  /// The bytes that a match can have before one of several literals; `nil` when it is not seen that
  /// every match holds one.
  ///
  /// - Parameter literals: in lower case.
  func bytesBefore(literals: [String]) -> ByteSet? {
    Self.bytesBefore(literals.map { Array($0.utf8) }, in: Self.flat([root])[...])
  }

  private static func bytesBefore(
    _ literals: [[UInt8]], in nodes: ArraySlice<Node>
  ) -> ByteSet? {
    var all = ByteSet.none
    var rest = nodes
    while let node = rest.first {
      if literals.contains(where: { begins(rest, with: $0) }) { return all }
      if case .choice(let branches) = node {
        var within: ByteSet? = all
        for branch in branches {
          let own = bytesBefore(literals, in: flat([branch])[...])
          within = own.flatMap { within?.union($0) }
        }
        if let within { return within }
      }
      all.formUnion(bytes(of: node))
      if all == .all { return nil }
      rest.removeFirst()
    }
    return nil
  }

  /// Sequences within sequences, spelled out.
  private static func flat(_ nodes: [Node]) -> [Node] {
    nodes.flatMap { node -> [Node] in
      if case .sequence(let inner) = node { return flat(inner) }
      return [node]
    }
  }

  private static func begins(_ nodes: ArraySlice<Node>, with literal: [UInt8]) -> Bool {
    guard nodes.count >= literal.count else { return false }
    return zip(nodes, literal).allSatisfy { node, byte in
      guard case .one(let span) = node, let fixed = span.fixed else { return false }
      return fixed == byte
    }
  }

  /// All bytes that a node's matches can hold.
  private static func bytes(of node: Node) -> ByteSet {
    switch node {
    case .one(let span):
      var bytes = ByteSet(leading: span)
      if span.beyond { bytes.formUnion(ByteSet(0x80...0xBF)) }
      return bytes
    case .sequence(let nodes), .choice(let nodes):
      return nodes.reduce(.none) { $0.union(bytes(of: $1)) }
    case .repeated(let inner, _, _): return bytes(of: inner)
    // What is looked for behind a match may hold what it is found by.
    case .look(let inner, isAhead: true, isNegative: false): return bytes(of: inner)
    case .look, .edge, .never: return .none
    case .unknown: return .all
    }
  }
}

/// Follows all ways through a tree for a few bytes. Offsets are bits: 1 << n is n bytes behind the
/// beginning.
private struct OffsetWalk {
  let count: Int
  var sets: [ByteSet]
  private let mask: UInt64

  init(count: Int) {
    self.count = count
    sets = [ByteSet](repeating: .none, count: count)
    mask = (1 << UInt64(count)) - 1
  }

  /// Records what a node can have at its offsets.
  ///
  /// - Returns: the offsets it can end at, without those that are no longer looked at.
  mutating func visit(_ node: RegexTree.Node, from starts: UInt64) -> UInt64 {
    guard starts != 0 else { return 0 }
    switch node {
    case .one(let span): return visit(span, from: starts)
    case .sequence(let nodes):
      var ends = starts
      for node in nodes { ends = visit(node, from: ends) }
      return ends
    case .choice(let nodes):
      var ends: UInt64 = 0
      for node in nodes { ends |= visit(node, from: starts) }
      return ends
    case .repeated(let inner, let least, let most):
      var ends: UInt64 = least == 0 ? starts : 0
      var now = starts
      for turn in 1...max(1, min(most ?? count, count)) where most != 0 {
        now = visit(inner, from: now)
        if turn >= least { ends |= now }
        if now == 0 { break }
      }
      // More turns than there are offsets: what is empty may go on where it stands.
      return least > count ? ends | now : ends
    case .look, .edge: return starts
    case .unknown:
      let first = starts.trailingZeroBitCount
      for offset in first..<count { sets[offset] = .all }
      return mask & ~((1 << UInt64(first)) - 1)
    case .never: return 0
    }
  }

  private mutating func visit(_ span: CharacterSpan, from starts: UInt64) -> UInt64 {
    var ends: UInt64 = 0
    let lead = ByteSet(leading: span)
    let rest = ByteSet(0x80...0xBF)
    for offset in 0..<count where starts >> UInt64(offset) & 1 != 0 {
      sets[offset].formUnion(lead)
      if span.ascii != 0 { ends |= 1 << UInt64(offset + 1) }
      guard span.beyond else { continue }
      for next in offset + 1...offset + 3 where next < count { sets[next].formUnion(rest) }
      ends |= 0b11100 << UInt64(offset)
    }
    return ends & mask
  }
}
