internal import Names
internal import Rules
internal import Text

extension Scanner {
  /// Tries an expression where a trigger stands: a match begins at most `lookback` bytes before it,
  /// and not after.
  func run(
    _ attempt: Triggers.Attempt, at trigger: Int, _ text: Span<UInt8>,
    using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    let state = Int(attempt.state)
    let start = max(scratch.nextStart(of: state), trigger - Int(attempt.lookback))
    guard start <= trigger else { return }
    let next = try search(
      Int(attempt.rule), Int(attempt.expression), text, from: start, startingBy: trigger,
      using: &scratch, into: &findings)
    scratch.nextStarts[state] = max(next, trigger + 1)
  }

  /// Tries a rule over the whole text, as `run` does where there is a trigger.
  func runEverywhere(
    _ index: Int, _ text: Span<UInt8>, using scratch: inout ScanScratch,
    into findings: inout [Finding]
  ) throws(ScanFailure) {
    for expression in rules[index].expressions.indices {
      _ = try search(
        index, expression, text, from: 0, startingBy: nil, using: &scratch, into: &findings)
    }
  }

  /// Appends an expression's matches that begin from `start` to `limit`; returns where the next may
  /// begin.
  ///
  /// A match that a validator refuses does not hide one that begins inside it.
  private func search(
    _ index: Int, _ expression: Int, _ text: Span<UInt8>, from start: Int, startingBy limit: Int?,
    using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) -> Int {
    let rule = rules[index]
    let regex = rule.expressions[expression].regex
    var start = start
    while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
    while start <= limit ?? text.count {
      let match: RegexMatch?
      do {
        match = try regex.firstMatch(
          in: text, from: start, startingBy: limit, using: scratch.regex)
      } catch {
        throw ScanFailure(rule: rule.id, cause: error)
      }
      guard let match else { break }
      if let score = rule.score(
        match, in: text, base: rule.expressions[expression].score, folding: &scratch.names.folding)
      {
        if score >= thresholds[rule.entityType] - 0.001, !match.value.isEmpty {
          findings.append(
            Finding(
              range: match.value, entityType: rule.entityType, rule: index, score: score))
        }
        start = max(match.range.upperBound, match.range.lowerBound + 1)
      } else {
        start = match.range.lowerBound + 1
      }
      while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
    }
    return start
  }

  /// Tries the rules that wait for digits at the start of each run of a group.
  func visitDigits(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    let attempts = triggers.digitAttempts
    let firsts = triggers.thenFirsts
    guard let least = attempts.first?.min else { return }
    var groups = scratch.groups
    scratch.groups = DigitGroups()
    defer { scratch.groups = groups }
    groups.find(text, digits: scratch.maps.digit, least: least)
    for run in groups.runs {
      for index in attempts.indices {
        if attempts[index].min > run.remaining { break }
        if run.count > attempts[index].max { continue }
        let then = attempts[index].then
        if then >= 0 {
          let end = run.start + run.count
          guard end < text.count, firsts[then * 256 + Int(text[end])],
            triggers.thens[then].contains(where: { $0.matches(text, at: end) })
          else { continue }
        }
        try self.run(
          attempts[index].attempt, at: run.start, text, using: &scratch, into: &findings)
      }
    }
  }

  /// Tries the rules that wait for a long run of letters and digits.
  func visitTokens(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    let attempts = triggers.tokenAttempts
    guard let least = attempts.first?.min else { return }
    var position = 0
    while let (start, count) = nextToken(scratch.maps, from: position, least: least) {
      for index in attempts.indices {
        if attempts[index].min > count { break }
        if count <= attempts[index].max {
          try run(attempts[index].attempt, at: start, text, using: &scratch, into: &findings)
        }
      }
      position = start + count
    }
  }

  /// The next run of at least `least` ASCII letters and digits that begins at or after `position`.
  ///
  /// - Complexity: O(1) for each `least` bytes passed.
  private func nextToken(
    _ maps: borrowing ByteMaps, from position: Int, least: Int
  ) -> (start: Int, count: Int)? {
    var index = position
    while index + least <= maps.count {
      // A run that covers [index, index + least) covers its last byte: when that one is no
      // letter or digit, no run begins before it.
      let last = index + least - 1
      let start = last + 1 - Self.runBefore(maps, last)
      if start > last {
        index = last + 1
        continue
      }
      if start > index {
        index = start
        continue
      }
      var end = last + 1
      while end < maps.count {
        let ones = (~(Self.word(maps, end >> 6) >> UInt64(end & 63))).trailingZeroBitCount
        let room = 64 - (end & 63)
        end += min(ones, room)
        if ones < room { break }
      }
      end = min(end, maps.count)
      return (index, end - index)
    }
    return nil
  }

  /// How many letters and digits end at `last`, itself included; no more than reach back to the
  /// start of its word.
  private static func runBefore(_ maps: borrowing ByteMaps, _ last: Int) -> Int {
    var count = 0
    var index = last
    while index >= 0 {
      let shifted = word(maps, index >> 6) << UInt64(63 - (index & 63))
      let ones = (~shifted).leadingZeroBitCount
      let room = (index & 63) + 1
      count += min(ones, room)
      if ones < room { break }
      index -= room
    }
    return count
  }

  private static func word(_ maps: borrowing ByteMaps, _ index: Int) -> UInt64 {
    maps.letter[index] | maps.digit[index]
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

  /// Finds the runs of all groups that have at least `least` digits.
  ///
  /// - Complexity: O(number of runs).
  mutating func find(_ text: Span<UInt8>, digits: [UInt64], least: Int) {
    runs.removeAll(keepingCapacity: true)
    var groupStart = 0
    var lastEnd = -1
    for word in 0..<(text.count + 63) / 64 {
      var bits = digits[word]
      // A run that came over from the word before is not begun again.
      if word > 0, digits[word - 1] >> 63 == 1, bits & 1 == 1 {
        let carried = (~bits).trailingZeroBitCount
        bits = carried == 64 ? 0 : bits & (.max << UInt64(carried))
      }
      while bits != 0 {
        let start = word * 64 + bits.trailingZeroBitCount
        let count = Self.runLength(digits, from: start, limit: text.count)
        if lastEnd < 0 || !Self.joins(text, lastEnd, start) {
          close(from: groupStart, least: least)
          groupStart = runs.count
        }
        runs.append(Run(start: start, count: count, remaining: 0))
        lastEnd = start + count
        let inWord = start & 63
        bits = inWord + count >= 64 ? 0 : bits & (.max << UInt64(inWord + count))
      }
    }
    close(from: groupStart, least: least)
  }

  /// Counts a finished group backwards, or drops it when it has too few digits.
  private mutating func close(from first: Int, least: Int) {
    var total = 0
    for index in stride(from: runs.count - 1, through: first, by: -1) {
      total += runs[index].count
      runs[index].remaining = total
    }
    if total < least { runs.removeSubrange(first...) }
  }

  private static func runLength(_ digits: [UInt64], from start: Int, limit: Int) -> Int {
    var index = start
    while index < limit {
      let ones = (~(digits[index >> 6] >> UInt64(index & 63))).trailingZeroBitCount
      let room = 64 - (index & 63)
      index += min(ones, room)
      if ones < room { break }
    }
    return index - start
  }

  private static func joins(_ text: Span<UInt8>, _ end: Int, _ start: Int) -> Bool {
    guard start - end <= 4 else { return false }
    for index in end..<start {
      switch text[index] {
      case 32, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"):
        continue
      default: return false
      }
    }
    return true
  }
}
