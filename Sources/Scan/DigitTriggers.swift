internal import Text

/// What is tried where a run of digits stands, found by the run's length and that of its group.
/// Frozen, part of the scanner.
struct DigitTriggers: Sendable {
  /// What is tried.
  let attempts: [Triggers.Attempt]
  private let templates: Templates
  /// What may stand behind the run, one of it, as indices into `templates`; empty: anything.
  private let thens: [Range<Int>]
  /// How many words the bits of all attempts take.
  let width: Int
  /// The attempts for a run of so many digits in a group that has so many left, one bit each.
  private let table: [UInt64]
  /// The attempts that the byte behind the run, and the one after that, do not rule out.
  private let byNext: [UInt64]
  private let bySecond: [UInt64]

  var isEmpty: Bool { attempts.isEmpty }

  /// Longer runs and groups are as these.
  private static let lengthMax = 63

  init(_ wanted: [(Triggers.RunAttempt, then: [Template])]) {
    let width = (wanted.count + 63) / 64
    self.width = width
    attempts = wanted.map(\.0.attempt)
    var templates = Templates()
    var thens: [Range<Int>] = []
    for (_, then) in wanted {
      let first = templates.count
      for template in then { templates.append(template) }
      thens.append(first..<templates.count)
    }
    self.templates = templates
    self.thens = thens
    let side = Self.lengthMax + 1
    var table = [UInt64](repeating: 0, count: side * side * width)
    var byNext = [UInt64](repeating: 0, count: 256 * width)
    var bySecond = byNext
    for (index, (attempt, then)) in wanted.enumerated() {
      for count in 1...Self.lengthMax {
        for remaining in count...Self.lengthMax
        where attempt.min <= remaining && count <= attempt.max {
          table[(count * side + remaining) * width + index / 64] |= 1 << UInt64(index % 64)
        }
      }
      let next = then.map { $0.possibleBytes(at: 0) }
      let second = then.map { $0.possibleBytes(at: 1) }
      for byte in 0..<256 {
        let (word, bit) = (byte * width + index / 64, UInt64(1) << UInt64(index % 64))
        if then.isEmpty || next.contains(where: { $0[byte] }) { byNext[word] |= bit }
        if then.isEmpty || second.contains(where: { $0[byte] }) { bySecond[word] |= bit }
      }
    }
    self.table = table
    self.byNext = byNext
    self.bySecond = bySecond
  }

  /// The attempts worth making at a run, one bit each: those from 64 × `word` on.
  ///
  /// - Parameters:
  ///   - remaining: digits in this and the later runs of its group.
  ///   - next: the byte behind the run, and `second` the one after that; 0 behind the end of the
  ///     text.
  @inline(__always)
  func attempts(
    _ word: Int, count: Int, remaining: Int, next: UInt8, second: UInt8
  ) -> UInt64 {
    let row = min(count, Self.lengthMax) &* (Self.lengthMax + 1)
    return table[(row &+ min(remaining, Self.lengthMax)) &* width &+ word]
      & byNext[Int(next) &* width &+ word] & bySecond[Int(second) &* width &+ word]
  }

  /// Whether what stands behind a run, at `end`, is what the attempt wants there.
  @inline(__always)
  func mayFollow(_ attempt: Int, _ text: Span<UInt8>, at end: Int) -> Bool {
    let possible = thens[attempt]
    if possible.isEmpty { return true }
    for template in possible where templates.matches(template, text, at: end) { return true }
    return false
  }
}

/// Runs of ASCII digits, with how many digits the group they belong to still has. Scratch, reused
/// from text to text.
///
///     call 415-555-0132 at 10
///          ^3  ^3  ^4      ^2     one group of ten, one of two
struct DigitGroups {
  struct Run {
    var start: Int
    /// Digits in this run.
    var count: Int
    /// Digits in this and the later runs of the group.
    var remaining: Int
  }

  private(set) var runs: [Run] = []
  /// Where the group begins that `add` is gathering.
  private var groupStart = 0

  /// Finds the runs of all groups.
  ///
  /// - Complexity: O(number of runs) plus O(1) for each 64 bytes.
  mutating func find(_ text: Span<UInt8>, _ maps: borrowing ByteMaps) {
    runs.removeAll(keepingCapacity: true)
    var groupStart = 0
    var lastEnd = -8
    var carry: UInt64 = 0
    for block in 0..<maps.blockCount {
      let digits = maps.digit(block)
      var starts = digits & ~(digits << 1 | carry)
      carry = digits >> 63
      while starts != 0 {
        let start = block &* 64 &+ starts.trailingZeroBitCount
        starts &= starts &- 1
        if !Self.joins(text, lastEnd, start) {
          close(from: groupStart)
          groupStart = runs.count
        }
        let end = Self.runEnd(maps, start)
        runs.append(Run(start: start, count: end - start, remaining: 0))
        lastEnd = end
      }
    }
    close(from: groupStart)
  }

  /// Forgets all runs, before `add`.
  mutating func removeAll() {
    runs.removeAll(keepingCapacity: true)
    groupStart = 0
  }

  /// Adds a digit.
  mutating func add(_ start: Int, continuesRun: Bool, continuesGroup: Bool) {
    if continuesRun {
      runs[runs.count - 1].count += 1
      return
    }
    if !continuesGroup { closeLast() }
    runs.append(Run(start: start, count: 1, remaining: 0))
  }

  /// Ends the group that is being gathered.
  mutating func closeLast() {
    close(from: groupStart)
    groupStart = runs.count
  }

  /// Counts a finished group backwards.
  @inline(__always)
  private mutating func close(from first: Int) {
    var total = 0
    var index = runs.count - 1
    while index >= first {
      total += runs[index].count
      runs[index].remaining = total
      index -= 1
    }
  }

  @inline(__always)
  private static func runEnd(_ maps: borrowing ByteMaps, _ start: Int) -> Int {
    var end = start
    while true {
      let room = 64 - (end & 63)
      let ones = (~(maps.digit(end >> 6) >> UInt64(end & 63))).trailingZeroBitCount
      if ones < room { return end + ones }
      end += room
    }
  }

  /// Whether what stands between two runs joins them: one to four of ` .-/()`, or with some of them
  /// their like outside ASCII, six bytes in all.
  @inline(__always)
  private static func joins(_ text: Span<UInt8>, _ end: Int, _ start: Int) -> Bool {
    let gap = start - end
    if gap > 6 || end < 0 { return false }
    for index in end..<start {
      switch text[index] {
      case 32, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"):
        continue
      default: return text[index] >= 0x80 && WideDigits.joins(text, end, start)
      }
    }
    return gap <= 4
  }
}
