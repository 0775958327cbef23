internal import Names
internal import Rules
internal import Text

extension Scanner {
  /// Tries an expression where a trigger stands: a match begins at most `lookback` bytes before it,
  /// and not after.
  ///
  /// - Parameter first: where a match can begin at the earliest, when `heads` was asked already.
  func run(
    _ attempt: Triggers.Attempt, at trigger: Int, _ text: Span<UInt8>, first: Int? = nil,
    isGated: Bool = false, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    let state = Int(attempt.state)
    let free = scratch.nextStart(of: state)
    let start: Int
    if let first, first >= free {
      start = first
    } else {
      let least = max(free, trigger - Int(attempt.lookback), 0)
      guard least <= trigger else { return }
      let lead = heads.leadStart(state, text, from: least, trigger: trigger)
      guard let next = heads.next(state, text, from: lead, through: trigger) else {
        scratch.nextStarts[state] = trigger + 1
        return
      }
      start = next
    }
    guard heads.mayHaveDigit(state, scratch.maps, from: start, through: trigger) else {
      scratch.nextStarts[state] = trigger + 1
      return
    }
    if isGated,
      !chains.reaches(state, from: scratch.lastEnds[state], to: trigger - Int(attempt.lookback)),
      !mayHaveWord(state, at: trigger, text, using: &scratch)
    {
      return
    }
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
    let state = chains.state(index, expression)
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
      let language = rule.asksLanguage ? language(of: text, using: &scratch) : nil
      if let fitted = rule.fitted(match, in: text, language: language),
        var score = rule.score(
          fitted, in: text, base: rule.expressions[expression].score,
          isAnnounced: chains.reaches(
            state, from: scratch.lastEnd(of: state), to: match.range.lowerBound),
          folding: &scratch.names.folding)
      {
        if zones.affects(rule.entityType), score >= thresholds[rule.entityType] - 0.001 {
          score += placeChange(fitted.value, type: rule.entityType, text, using: &scratch).change
          if score < thresholds[rule.entityType] - 0.001 { scratch.isSwayed = true }
        }
        if score >= thresholds[rule.entityType] - 0.001, !fitted.value.isEmpty {
          findings.append(
            Finding(
              range: fitted.value, entityType: rule.entityType, rule: index, score: score))
          scratch.lastEnds[state] = fitted.range.upperBound
        }
        start = max(fitted.range.upperBound, match.range.lowerBound + 1)
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
    guard !triggers.digits.isEmpty else { return }
    scratch.groups.find(text, scratch.maps, within: scratch.scope)
    for index in scratch.groups.runs.indices {
      let run = scratch.groups.runs[index]
      let end = run.start + run.count
      let around = triggers.digits.around(run.start..<end, remaining: run.remaining, text)
      var followed = DigitTriggers.Followed()
      // So many digits are waited for by dozens of expressions: asking for words pays.
      let isGated = run.remaining >= ContextGate.digitsMin
      let isBare =
        isGated && !ContextGate.mayHoldLetters(scratch.maps, around: run.start)
      for word in 0..<around.width {
        var bits = triggers.digits.attempts(word, around)
        if isBare { bits &= ~digitsNeedingLetters[word] }
        while bits != 0 {
          let index = word &* 64 &+ bits.trailingZeroBitCount
          bits &= bits &- 1
          let attempt = triggers.digits.attempts[index]
          guard let first = heads.next(attempt, text, at: run.start),
            triggers.digits.mayFollow(index, text, at: end, &followed)
          else { continue }
          try self.run(
            attempt, at: run.start, text, first: first, isGated: isGated,
            using: &scratch, into: &findings)
        }
      }
    }
  }

  /// Tries the rules that wait for a long run of letters and digits.
  func visitTokens(
    _ text: Span<UInt8>, within range: Range<Int>, using scratch: inout ScanScratch,
    into findings: inout [Finding]
  ) throws(ScanFailure) {
    let tokens = triggers.tokens
    let blocks = ScanScope.blocks(range)
    var row = TokenRow(scratch.maps, blocks.lowerBound, after: TokenRow())
    for block in blocks {
      let next = TokenRow(scratch.maps, block + 1, after: row)
      defer { row = next }
      // A run with letters and digits has one beside the other, in this block or the next; a run
      // that goes on behind that may have it there.
      let mayMix = row.mixes || row.endsInRun && (next.mixes || next.bits == .max)
      var starts = row.starts & ScanScope.mask(block, range)
      let upper = scratch.maps.upper(block)
      let capitals = upper & (upper >> 1 | scratch.maps.upper(block + 1) << 63)
      if !mayMix {
        if starts == 0 { continue }
        starts &= capitals | Self.runStarts(row.bits, next.bits, tokens.leastPlainInSmallLetters)
      }
      if starts == 0 { continue }
      starts &= Self.runStarts(row.bits, next.bits, mayMix ? tokens.least : tokens.leastPlain)
      while starts != 0 {
        let offset = starts.trailingZeroBitCount
        let start = block &* 64 &+ offset
        starts &= starts &- 1
        let count = Self.runEnd(scratch.maps, start) - start
        let isMixed = mayMix && Self.hasDigit(scratch.maps, start, count)
        if !isMixed, count < tokens.leastPlainInSmallLetters,
          capitals >> UInt64(offset) & 1 == 0
        {
          continue
        }
        // Nothing begins with the word of a placeholder.
        if start > 0, text[start - 1] == UInt8(ascii: "["),
          Placeholders.ownEnd(text, at: start - 1) != nil
        {
          continue
        }
        for index in tokens.range(count, isMixed: isMixed) {
          try run(tokens.attempts[index], at: start, text, using: &scratch, into: &findings)
        }
      }
    }
  }

  /// Letters and digits of a block.
  private struct TokenRow {
    var bits: UInt64 = 0
    /// Where runs begin.
    var starts: UInt64 = 0
    /// Whether a letter stands beside a digit, the last byte of the block before included.
    var mixes = false
    private var letters: UInt64 = 0

    init() {}

    @inline(__always)
    init(_ maps: borrowing ByteMaps, _ block: Int, after row: TokenRow) {
      letters = maps.letter(block)
      let digits = maps.digit(block)
      bits = letters | digits
      starts = bits & ~(bits << 1 | row.bits >> 63)
      let lettersBefore = letters << 1 | row.letters >> 63
      let digitsBefore = digits << 1 | (row.bits & ~row.letters) >> 63
      mixes = letters & digitsBefore | digits & lettersBefore != 0
    }

    var endsInRun: Bool { bits >> 63 != 0 }
  }

  /// Whether an expression needs no context word, or one may stand around a trigger.
  @inline(__always)
  private func mayHaveWord(
    _ state: Int, at trigger: Int, _ text: Span<UInt8>, using scratch: inout ScanScratch
  ) -> Bool {
    guard gate.isGated(state) else { return true }
    scratch.filter.fill(text, around: trigger, folding: &scratch.names.folding)
    return gate.mayStand(state, scratch.filter)
  }

  /// Whether a run of letters and digits has a digit and is not of digits alone.
  private static func hasDigit(_ maps: borrowing ByteMaps, _ start: Int, _ count: Int) -> Bool {
    var digits = 0
    var index = start
    let end = start + count
    while index < end {
      let room = min(64 - (index & 63), end - index)
      let mask = room == 64 ? UInt64.max : (UInt64(1) << UInt64(room)) &- 1
      digits += (maps.digit(index >> 6) >> UInt64(index & 63) & mask).nonzeroBitCount
      index += room
    }
    return digits > 0 && digits < count
  }

  /// The places in `low` from which at least `length` (1…64) bits are set, going on in `high`.
  ///
  /// - Complexity: O(log `length`).
  @inline(__always)
  private static func runStarts(_ low: UInt64, _ high: UInt64, _ length: Int) -> UInt64 {
    var bits = UInt128(high) << 64 | UInt128(low)
    var done = 1
    while done &* 2 <= length {
      bits &= bits &>> UInt128(truncatingIfNeeded: done)
      done &*= 2
    }
    if length > done { bits &= bits &>> UInt128(truncatingIfNeeded: length &- done) }
    return UInt64(truncatingIfNeeded: bits)
  }

  /// Where the run of letters and digits that goes through `start` ends.
  private static func runEnd(_ maps: borrowing ByteMaps, _ start: Int) -> Int {
    var end = start
    while true {
      let bits = maps.letter(end >> 6) | maps.digit(end >> 6)
      let room = 64 - (end & 63)
      let ones = (~(bits >> UInt64(end & 63))).trailingZeroBitCount
      if ones < room { return end + ones }
      end += room
    }
  }
}
