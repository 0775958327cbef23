internal import Rules

extension Scanner {
  /// Tries the expressions of which nothing is known that every match holds: wherever a match can
  /// begin, when that is at few places, and otherwise over the whole text at once.
  func visitEverywhere(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    for attempt in triggers.everywhere {
      var attempt = attempt
      let state = Int(attempt.state)
      guard heads.isSelective(state) else {
        attempt.lookback = .max
        try run(attempt, at: text.count - 1, text, using: &scratch, into: &findings)
        continue
      }
      attempt.lookback = 0
      var start = 0
      while let next = heads.next(state, text, from: start, through: text.count - 1) {
        try run(attempt, at: next, text, using: &scratch, into: &findings)
        start = max(next + 1, scratch.nextStart(of: state))
      }
    }
  }
}
