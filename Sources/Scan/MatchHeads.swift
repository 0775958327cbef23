internal import Rules
internal import Text

/// The heads of all expressions, laid out for being asked millions of times a second. Frozen, part
/// of the scanner.
struct MatchHeads: Sendable {
  /// For each expression one set of bytes after another, of four words each: what a match can begin
  /// behind, what can stand in it before the trigger, and what can stand at each of its first
  /// offsets. What is asked first lies together.
  private let sets: [UInt64]
  private let bounds: [Bounds]

  private struct Bounds: Sendable {
    /// Where in `sets` the expression's begin.
    var base: Int32
    var lengthMin: Int32
    /// How many offsets have a set; any byte can stand behind them.
    var count: Int16
    var isSelective: Bool
    /// Whether the second set rules anything out.
    var hasLead: Bool
    /// As `MatchHead.digitReach`.
    var digitReach: UInt8
  }

  init(_ heads: [MatchHead]) {
    var sets: [UInt64] = []
    bounds = heads.map { head in
      let base = sets.count
      for set in [head.before, head.lead] + head.sets {
        let words = set.words
        for word in 0..<4 { sets.append(words[word]) }
      }
      return Bounds(
        base: Int32(base), lengthMin: Int32(head.lengthMin), count: Int16(head.sets.count),
        isSelective: head.isSelective, hasLead: head.lead != .all,
        digitReach: UInt8(head.digitReach))
    }
    self.sets = sets
  }

  /// Whether a byte is in one of an expression's sets, counted from `base`.
  @inline(__always)
  private func has(_ byte: UInt8, _ set: Int, from base: Int) -> Bool {
    sets[base &+ set &* 4 &+ Int(byte >> 6)] &>> UInt64(byte & 63) & 1 != 0
  }

  private static let before = 0
  private static let lead = 1
  private static let first = 2

  /// Where before a trigger the bytes begin that a match can have there, not before `start`.
  @inline(__always)
  func leadStart(_ state: Int, _ text: Span<UInt8>, from start: Int, trigger: Int) -> Int {
    let bounds = bounds[state]
    guard bounds.hasLead else { return start }
    var index = trigger
    while index > start, has(text[index &- 1], Self.lead, from: Int(bounds.base)) { index &-= 1 }
    return index
  }

  private func isPossible(_ byte: Int, _ state: Int, _ offset: Int) -> Bool {
    offset >= bounds[state].count
      || has(UInt8(byte), Self.first + offset, from: Int(bounds[state].base))
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
          ? has(UInt8(byte), Self.before, from: Int(bounds[state].base))
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

  /// Whether the digit stands that every match that begins in a range needs.
  ///
  /// - Complexity: O(1) for each 64 bytes of the range, and 250 more.
  @inline(__always)
  func mayHaveDigit(
    _ state: Int, _ maps: borrowing ByteMaps, from start: Int, through last: Int
  ) -> Bool {
    let reach = Int(bounds[state].digitReach)
    if reach == 0 { return true }
    let range = start..<min(maps.count, last &+ reach)
    for block in ScanScope.blocks(range)
    where maps.digit(block) & ScanScope.mask(block, range) != 0 {
      return true
    }
    return false
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
    let bounds = bounds[state]
    let base = Int(bounds.base)
    let count = Int(bounds.count)
    let last = min(limit, text.count &- Int(bounds.lengthMin))
    var index = start
    while index <= last {
      if count == 0 || has(text[index], Self.first, from: base),
        index == 0 || has(text[index &- 1], Self.before, from: base)
      {
        var offset = 1
        while offset < count, has(text[index &+ offset], Self.first &+ offset, from: base) {
          offset &+= 1
        }
        if offset >= count { return index }
      }
      index &+= 1
    }
    return nil
  }
}
