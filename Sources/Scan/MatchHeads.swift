internal import Rules

/// The heads of all expressions, laid out for being asked millions of times a second. Frozen, part
/// of the scanner.
struct MatchHeads: Sendable {
  /// For each expression and byte, at which of the first 16 offsets of a match it can stand: bit n
  /// is offset n.
  private let masks: [UInt16]
  /// For each expression and byte, whether a match can begin behind it: bit 0; and whether it can
  /// stand in a match before the trigger: bit 1.
  private let edges: [UInt8]
  private let bounds: [Bounds]

  private struct Bounds: Sendable {
    /// How many offsets of `masks` rule anything out.
    var count: Int32
    var lengthMin: Int32
    var isSelective: Bool
    /// Whether bit 1 of `edges` rules anything out.
    var hasLead: Bool
  }

  init(_ heads: [MatchHead]) {
    var masks = [UInt16](repeating: 0, count: heads.count * 256)
    var edges = [UInt8](repeating: 0, count: heads.count * 256)
    bounds = heads.map { head in
      Bounds(
        count: Int32(head.sets.count), lengthMin: Int32(head.lengthMin),
        isSelective: head.isSelective, hasLead: head.lead != .all)
    }
    for (index, head) in heads.enumerated() {
      let row = index * 256
      for (offset, set) in head.sets.enumerated() {
        Self.forEach(set) { masks[row + $0] |= 1 << UInt16(offset) }
      }
      Self.forEach(head.before) { edges[row + $0] |= 1 }
      Self.forEach(head.lead) { edges[row + $0] |= 2 }
    }
    self.masks = masks
    self.edges = edges
  }

  private static func forEach(_ set: ByteSet, _ body: (Int) -> Void) {
    let words = set.words
    for word in 0..<4 {
      var bits = words[word]
      while bits != 0 {
        body(word * 64 + bits.trailingZeroBitCount)
        bits &= bits &- 1
      }
    }
  }

  /// Where before a trigger the bytes begin that a match can have there, not before `start`.
  @inline(__always)
  func leadStart(_ state: Int, _ text: Span<UInt8>, from start: Int, trigger: Int) -> Int {
    guard bounds[state].hasLead else { return start }
    let row = state &* 256
    var index = trigger
    while index > start, edges[row &+ Int(text[index &- 1])] & 2 != 0 { index &-= 1 }
    return index
  }

  private func isPossible(_ byte: Int, _ state: Int, _ offset: Int) -> Bool {
    offset >= bounds[state].count || masks[state * 256 + byte] >> UInt16(offset) & 1 != 0
  }

  /// What can stand at a trigger of digits, and before it, when a match begins there or at most
  /// `lookback` bytes before.
  func bytesAround(_ attempt: Triggers.Attempt) -> (before: [Bool], at: [Bool]) {
    let state = Int(attempt.state)
    var before = [Bool](repeating: false, count: 256)
    var at = before
    // Byte 0 stands for the beginning of the text, too.
    before[0] = true
    for offset in 0...min(Int(attempt.lookback), MatchHead.reach + 1) {
      if offset > bounds[state].count {
        return ([Bool](repeating: true, count: 256), [Bool](repeating: true, count: 256))
      }
      for byte in 0..<256 where isPossible(byte, state, offset) { at[byte] = true }
      guard (48...57).contains(where: { isPossible($0, state, offset) }) else { continue }
      for byte in 0..<256 {
        let isBefore =
          offset == 0
          ? edges[state * 256 + byte] & 1 != 0
          : isPossible(byte, state, offset - 1)
        if isBefore { before[byte] = true }
      }
    }
    return (before, at)
  }

  /// The bytes that can stand at the first two offsets of a match.
  func beginnings(_ state: Int) -> (first: [Bool], second: [Bool]) {
    (
      (0..<256).map { isPossible($0, state, 0) }, (0..<256).map { isPossible($0, state, 1) }
    )
  }

  /// Whether few bytes can begin a match, so that looking for one saves attempts.
  func isSelective(_ state: Int) -> Bool { bounds[state].isSelective }

  /// The first offset at which a match can begin that an attempt at a trigger looks for, or `nil`.
  @inline(__always)
  func next(_ attempt: Triggers.Attempt, _ text: Span<UInt8>, at trigger: Int) -> Int? {
    let state = Int(attempt.state)
    let least = max(0, trigger &- Int(attempt.lookback))
    return next(
      state, text, from: leadStart(state, text, from: least, trigger: trigger), through: trigger)
  }

  /// The first offset from `start` to `limit` at which a match can begin, or `nil`.
  ///
  /// - Complexity: O(`limit` - `start`).
  @inline(__always)
  func next(_ state: Int, _ text: Span<UInt8>, from start: Int, through limit: Int) -> Int? {
    let row = state &* 256
    let count = Int(bounds[state].count)
    let last = min(limit, text.count &- Int(bounds[state].lengthMin))
    var index = start
    while index <= last {
      if masks[row &+ Int(text[index])] & 1 != 0 || count == 0,
        index == 0 || edges[row &+ Int(text[index &- 1])] & 1 != 0
      {
        var offset = 1
        while offset < count,
          masks[row &+ Int(text[index &+ offset])] &>> UInt16(offset) & 1 != 0
        {
          offset &+= 1
        }
        if offset >= count { return index }
      }
      index &+= 1
    }
    return nil
  }
}
