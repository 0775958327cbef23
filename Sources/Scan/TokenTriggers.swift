/// What is tried where a run of letters and digits stands, found by its length. Frozen, part of the
/// scanner.
struct TokenTriggers: Sendable {
  /// What is tried, for one kind and length of run behind another.
  let attempts: [Triggers.Attempt]
  private let plain: [Range<Int>]
  private let mixed: [Range<Int>]
  /// The shortest run of letters alone, or digits alone, that anything is tried at, at most 64.
  let leastPlain: Int
  /// The same with both in it.
  let leastMixed: Int
  /// The same, where the run does not begin with two capitals.
  let leastPlainInSmallLetters: Int

  /// The shortest run that anything is tried at, at most 64.
  var least: Int { min(leastPlain, leastMixed) }

  /// Longer runs are as these.
  private static let lengthMax = 255

  init(_ wanted: [Triggers.RunAttempt], heads: MatchHeads) {
    var attempts: [Triggers.Attempt] = []
    var tables: [[Range<Int>]] = []
    for isMixed in [false, true] {
      tables.append(
        (0...Self.lengthMax).map { count in
          let first = attempts.count
          for run in wanted where (isMixed || !run.isMixed) && run.min <= count {
            if count <= run.max || count == Self.lengthMax { attempts.append(run.attempt) }
          }
          return first..<attempts.count
        })
    }
    self.attempts = attempts
    (plain, mixed) = (tables[0], tables[1])
    leastPlain = min(64, plain.firstIndex { !$0.isEmpty } ?? 64)
    leastMixed = min(64, mixed.firstIndex { !$0.isEmpty } ?? 64)
    let free = wanted.filter { run in
      let begin = heads.beginnings(Int(run.attempt.state))
      return !run.isMixed
        && [begin.first, begin.second].contains { bytes in
          bytes.indices.contains { bytes[$0] && !(65...90).contains($0) }
        }
    }
    leastPlainInSmallLetters = min(64, free.map(\.min).min() ?? 64)
  }

  /// The attempts at a run of so many bytes.
  @inline(__always)
  func range(_ count: Int, isMixed: Bool) -> Range<Int> {
    let row = min(count, Self.lengthMax)
    return isMixed ? mixed[row] : plain[row]
  }
}
