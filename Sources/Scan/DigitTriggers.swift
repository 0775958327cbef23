internal import Text

/// What is tried where a run of digits stands. Frozen, part of the scanner.
///
/// Hundreds of expressions wait for digits. Each has a bit; what a run is like, its length, that of
/// its group, the bytes around it, chooses rows of bits, and what is set in all of them is tried.
struct DigitTriggers: Sendable {
  /// What is tried, those that want the fewest digits first.
  let attempts: [Triggers.Attempt]
  private let templates: Templates
  /// What may stand behind the run, one of it, as indices into `templates`; empty: anything. Equal
  /// lists are one.
  private let thens: [Range<Int>]
  /// How many words the bits of all attempts take.
  private let width: Int
  /// The attempts for a run of so many digits in a group that has so many left.
  private let byLength: [UInt64]
  /// How many words of a row may have bits, for a group that has so many digits left.
  private let widths: [Int]
  /// The attempts that a byte at a place around the run does not rule out.
  private let byByte: [UInt64]

  var isEmpty: Bool { attempts.isEmpty }

  /// Longer runs and groups are as these.
  private static let lengthMax = 63
  /// The bytes looked at: that before the run, its first, and three behind it. Where the text has
  /// none, the row is that of byte 0.
  private static let places = 5

  init(_ wanted: [(Triggers.RunAttempt, then: [Template])], heads: MatchHeads) {
    let wanted = wanted.sorted {
      ($0.0.min, $0.0.attempt.state) < ($1.0.min, $1.0.attempt.state)
    }
    let width = max(1, (wanted.count + 63) / 64)
    self.width = width
    attempts = wanted.map(\.0.attempt)
    var templates = Templates()
    var thens: [Range<Int>] = []
    var lists: [[Template]: Range<Int>] = [:]
    for (_, then) in wanted {
      let list = lists[then] ?? templates.count..<templates.count + then.count
      if list.lowerBound == templates.count {
        for template in then { templates.append(template) }
        lists[then] = list
      }
      thens.append(list)
    }
    self.templates = templates
    self.thens = thens
    let side = Self.lengthMax + 1
    var byLength = [UInt64](repeating: 0, count: side * side * width)
    var byByte = [UInt64](repeating: 0, count: Self.places * 256 * width)
    for (index, (attempt, then)) in wanted.enumerated() {
      let (word, bit) = (index / 64, UInt64(1) << UInt64(index % 64))
      for count in 1...Self.lengthMax {
        for remaining in count...Self.lengthMax
        where attempt.min <= remaining && count <= attempt.max {
          byLength[(count * side + remaining) * width + word] |= bit
        }
      }
      let around = heads.bytesAround(attempt.attempt)
      let behind = (0..<3).map { step in Self.union(then, at: step) }
      for (place, possible) in ([around.before, around.at] + behind).enumerated() {
        for byte in 0..<256 where possible[byte] {
          byByte[(place * 256 + byte) * width + word] |= bit
        }
      }
    }
    self.byLength = byLength
    self.byByte = byByte
    widths = (0...Self.lengthMax).map { remaining in
      (wanted.prefix { $0.0.min <= remaining }.count + 63) / 64
    }
  }

  /// The bytes that one of several templates can have at an offset; all, when there are none.
  private static func union(_ templates: [Template], at step: Int) -> [Bool] {
    if templates.isEmpty { return [Bool](repeating: true, count: 256) }
    var all = [Bool](repeating: false, count: 256)
    for template in templates {
      for (byte, isPossible) in template.possibleBytes(at: step).enumerated() where isPossible {
        all[byte] = true
      }
    }
    return all
  }

  /// What chooses the attempts at a run.
  struct Around {
    fileprivate let rows: InlineArray<6, Int>
    /// How many words of bits there are.
    let width: Int
  }

  /// - Parameter run: where digits stand, in a group that has `remaining` left.
  @inline(__always)
  func around(_ run: Range<Int>, remaining: Int, _ text: Span<UInt8>) -> Around {
    let (start, end) = (run.lowerBound, run.upperBound)
    let left = min(remaining, Self.lengthMax)
    let row = min(end &- start, Self.lengthMax) &* (Self.lengthMax + 1) &+ left
    let previous = start > 0 ? Int(text[start &- 1]) : 0
    let next = end < text.count ? Int(text[end]) : 0
    let second = end &+ 1 < text.count ? Int(text[end &+ 1]) : 0
    let third = end &+ 2 < text.count ? Int(text[end &+ 2]) : 0
    return Around(
      rows: [
        row &* width, previous &* width, (256 &+ Int(text[start])) &* width,
        (512 &+ next) &* width, (768 &+ second) &* width, (1024 &+ third) &* width,
      ],
      width: widths[left])
  }

  /// The attempts worth making at a run, one bit each: those from 64 × `word` on.
  @inline(__always)
  func attempts(_ word: Int, _ around: Around) -> UInt64 {
    let rows = around.rows
    // Length and the byte before leave nothing of most words.
    let left = byLength[rows[0] &+ word] & byByte[rows[1] &+ word]
    if left == 0 { return 0 }
    return left & byByte[rows[2] &+ word] & byByte[rows[3] &+ word] & byByte[rows[4] &+ word]
      & byByte[rows[5] &+ word]
  }

  /// What was said of the list asked for last at a run: attempts with the same follow one another.
  struct Followed {
    fileprivate var list = -1
    fileprivate var stands = false
  }

  /// Whether what stands behind a run, at `end`, is what the attempt wants there.
  ///
  /// - Parameter last: of this run.
  @inline(__always)
  func mayFollow(
    _ attempt: Int, _ text: Span<UInt8>, at end: Int, _ last: inout Followed
  ) -> Bool {
    let possible = thens[attempt]
    if possible.isEmpty { return true }
    if last.list != possible.lowerBound {
      last.list = possible.lowerBound
      last.stands = possible.contains { templates.matches($0, text, at: end) }
    }
    return last.stands
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

  /// Finds the runs of all groups in the parts of a text.
  ///
  /// - Complexity: O(number of runs) plus O(1) for each 64 bytes.
  mutating func find(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, within scope: [Range<Int>]
  ) {
    runs.removeAll(keepingCapacity: true)
    for range in scope { find(text, maps, range) }
  }

  private mutating func find(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, _ range: Range<Int>
  ) {
    var groupStart = runs.count
    var lastEnd = -8
    var carry: UInt64 = 0
    for block in ScanScope.blocks(range) {
      let digits = maps.digit(block) & ScanScope.mask(block, range)
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
