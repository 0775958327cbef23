internal import Rules
internal import Synchronization
internal import Text

/// What is tried where a label of a number stands ("customer no.", "Kundennummer"), which is looked
/// for in the bytes before digits only: there are thousands of them in eighty languages, and most
/// of a text has no digits near. Frozen; the finder is made when the first digits ask for it.
struct LabelTriggers: Sendable {
  /// How many bytes before the digits a label begins, at most.
  static let reach = Prefilter.labelReach

  /// The labels of an expression, in lines, and how it is tried.
  struct Wanted: Sendable {
    var labels: String
    /// So many digits stand behind them in a row.
    var digits: Int
    var attempt: Triggers.Attempt
  }

  /// How an expression is tried behind so many digits.
  struct Try: Sendable {
    var digits: Int
    var attempt: Triggers.Attempt
  }

  /// The labels of all expressions as they are looked for.
  final class Index: Sendable {
    let finder: LiteralFinder
    /// What is tried where label i stands: `tries[starts[i]..<starts[i + 1]]`.
    let tries: [Try]
    let starts: [Int]

    /// - Complexity: O(bytes of the labels).
    init(_ all: [Wanted]) {
      var literals = LiteralSet()
      var wanted = ByLiteral<Try>()
      for one in all {
        let own = Try(digits: one.digits, attempt: one.attempt)
        let lines = one.labels.utf8.span
        var start = 0
        while start < lines.count {
          var end = start
          while end < lines.count, lines[end] != 10 { end += 1 }
          if end > start {
            wanted.append(own, for: literals.insert(lines.extracting(start..<end)))
          }
          start = end + 1
        }
      }
      finder = LiteralFinder(literals)
      (tries, starts) = wanted.sorted(count: literals.count)
    }
  }

  private let wanted: [Wanted]
  private let made = Made()

  private final class Made: Sendable {
    let index = AtomicLazyReference<Index>()
  }

  init(_ wanted: [Wanted]) { self.wanted = wanted }

  var isEmpty: Bool { wanted.isEmpty }

  /// The same at every call.
  ///
  /// - Complexity: O(bytes of the labels) for the first call, O(1) for others.
  var index: Index { made.index.load() ?? made.index.storeIfNil(Index(wanted)) }

  /// Appends where runs of decimal digits begin, in order.
  ///
  /// - Parameter range: the part of the text whose labels are wanted.
  /// - Returns: whether some of the digits are not ASCII.
  /// - Complexity: O(1) for each 64 bytes and each run, and O(characters that are not ASCII).
  static func appendRuns(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, _ range: Range<Int>, to starts: inout [Int]
  ) -> Bool {
    let range = range.lowerBound..<min(text.count, range.upperBound + reach)
    var last: UInt64 = 0
    for block in ScanScope.blocks(range) {
      let digits = maps.digit(block)
      var bits = digits & ~(digits << 1 | last >> 63) & ScanScope.mask(block, range)
      last = digits
      while bits != 0 {
        starts.append(block &* 64 &+ bits.trailingZeroBitCount)
        bits &= bits &- 1
      }
    }
    guard maps.hasHigh else { return false }
    let count = starts.count
    var end = -1
    WideDigits.visit(text, maps, range) { start, length in
      if start != end { starts.append(start) }
      end = start + length
    }
    if starts.count == count { return false }
    if count > 0 { starts.sort() }
    return true
  }

  /// Whether so many ASCII digits (one to three) in a row begin within `reach` behind an offset.
  ///
  /// - Complexity: O(1).
  static func hasRun(_ digits: Int, behind start: Int, _ maps: borrowing ByteMaps) -> Bool {
    let range = start..<min(maps.count, start + reach + 1)
    for block in ScanScope.blocks(range) {
      var bits = maps.digit(block)
      if bits == 0 { continue }
      let next = maps.digit(block + 1)
      if digits > 2 { bits &= maps.digit(block) >> 2 | next << 62 }
      if digits > 1 { bits &= maps.digit(block) >> 1 | next << 63 }
      if bits & ScanScope.mask(block, range) != 0 { return true }
    }
    return false
  }
}

extension Scanner {
  /// Tries the rules that wait for a label before digits.
  func visitLabels(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    guard !triggers.labels.isEmpty else { return }
    scratch.hits.removeAll(keepingCapacity: true)
    var isWide = false
    for part in scratch.scope {
      scratch.runs.removeAll(keepingCapacity: true)
      if LabelTriggers.appendRuns(text, scratch.maps, part, to: &scratch.runs) { isWide = true }
      findLabels(text, part, using: &scratch)
    }
    if scratch.hits.isEmpty { return }
    let index = triggers.labels.index
    for place in scratch.hits.indices {
      let hit = scratch.hits[place]
      for number in index.starts[hit.literal]..<index.starts[hit.literal + 1] {
        let wanted = index.tries[number]
        guard isWide || LabelTriggers.hasRun(wanted.digits, behind: hit.position, scratch.maps)
        else { continue }
        try run(wanted.attempt, at: hit.position, text, using: &scratch, into: &findings)
      }
    }
  }

  /// Appends the labels before the runs of digits in `scratch.runs`, each once.
  private func findLabels(
    _ text: Span<UInt8>, _ part: Range<Int>, using scratch: inout ScanScratch
  ) {
    var window = part.lowerBound..<part.lowerBound
    for run in scratch.runs {
      let start = max(part.lowerBound, run - LabelTriggers.reach)
      let end = min(part.upperBound, run)
      if start > window.upperBound {
        findLabels(text, within: window, using: &scratch)
        window = start..<max(start, end)
      } else if end > window.upperBound {
        window = window.lowerBound..<end
      }
    }
    findLabels(text, within: window, using: &scratch)
  }

  private func findLabels(
    _ text: Span<UInt8>, within window: Range<Int>, using scratch: inout ScanScratch
  ) {
    if window.isEmpty { return }
    triggers.labels.index.finder.find(
      in: text, within: window, using: &scratch.windows, into: &scratch.hits)
  }
}
