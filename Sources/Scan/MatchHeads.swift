internal import Rules

/// The heads of all expressions, laid out for being asked millions of times a second. Frozen, part
/// of the scanner.
struct MatchHeads: Sendable {
  /// For each expression and byte, at which of the first eight offsets of a match it can stand: bit
  /// n is offset n.
  private let masks: [UInt8]
  private let bounds: [Bounds]

  private struct Bounds: Sendable {
    /// The bytes a match can begin behind.
    var before: InlineArray<4, UInt64>
    /// The bytes a match can have before its trigger.
    var lead: InlineArray<4, UInt64>
    /// Whether `lead` rules anything out.
    var hasLead: Bool
    /// How many offsets of `masks` rule anything out.
    var count: Int32
    var lengthMin: Int32
    var isSelective: Bool
  }

  init(_ heads: [MatchHead]) {
    var masks = [UInt8](repeating: 0, count: heads.count * 256)
    bounds = heads.map { head in
      Bounds(
        before: Self.bits(head.before), lead: Self.bits(head.lead), hasLead: head.lead != .all,
        count: Int32(head.sets.count), lengthMin: Int32(head.lengthMin),
        isSelective: head.isSelective)
    }
    for (index, head) in heads.enumerated() {
      for (offset, set) in head.sets.enumerated() {
        for byte in UInt8.min...UInt8.max where set.contains(byte) {
          masks[index * 256 + Int(byte)] |= 1 << UInt8(offset)
        }
      }
    }
    self.masks = masks
  }

  private static func bits(_ set: ByteSet) -> InlineArray<4, UInt64> {
    var bits = InlineArray<4, UInt64>(repeating: 0)
    for byte in UInt8.min...UInt8.max where set.contains(byte) {
      bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
    }
    return bits
  }

  /// Where before a trigger the bytes begin that a match can have there, not before `start`.
  @inline(__always)
  func leadStart(_ state: Int, _ text: Span<UInt8>, from start: Int, trigger: Int) -> Int {
    guard bounds[state].hasLead else { return start }
    var index = trigger
    while index > start {
      let byte = Int(text[index &- 1])
      if bounds[state].lead[byte >> 6] &>> UInt64(byte & 63) & 1 == 0 { break }
      index &-= 1
    }
    return index
  }

  private func isPossible(_ byte: Int, _ state: Int, _ offset: Int) -> Bool {
    offset >= bounds[state].count || masks[state * 256 + byte] >> UInt8(offset) & 1 != 0
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
      for byte in 0..<256 where isPossible(byte, state, offset) { at[byte] = true }
      guard (48...57).contains(where: { isPossible($0, state, offset) }) else { continue }
      for byte in 0..<256 {
        let isBefore =
          offset == 0
          ? bounds[state].before[byte >> 6] >> UInt64(byte & 63) & 1 != 0
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
    next(
      Int(attempt.state), text, from: max(0, trigger &- Int(attempt.lookback)), through: trigger)
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
      defer { index &+= 1 }
      if index > 0 {
        let byte = Int(text[index &- 1])
        if bounds[state].before[byte >> 6] &>> UInt64(byte & 63) & 1 == 0 { continue }
      }
      var offset = 0
      while offset < count, masks[row &+ Int(text[index &+ offset])] &>> UInt8(offset) & 1 != 0 {
        offset &+= 1
      }
      if offset == count { return index }
    }
    return nil
  }
}
