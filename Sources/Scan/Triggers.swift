internal import Names
internal import Rules
internal import Text

/// Where each rule has to be tried, derived from every rule's prefilter. Frozen, part of the scanner.
struct Triggers: Sendable {
  /// What a literal's place is of interest to.
  enum Target: Sendable {
    case rule(Int)
    /// Index into the cue literals.
    case cue(Int)
    /// Index into `Placeholders.priorLiterals`.
    case placeholder(Int)
  }

  let finder: LiteralFinder
  /// For each literal of `finder`, who wants its places.
  let targets: [[Target]]
  /// Bytes looked for one at a time; the first is always `[`, which begins a placeholder.
  let singles: [UInt8]
  /// For each of `singles`, the rules that want its places.
  let singleRules: [[Int]]
  /// Rules tried where digits stand, by rising `min`.
  let digitRules: [(rule: Int, min: Int, max: Int)]
  /// Rules tried where runs of letters and digits stand, by rising `min`.
  let tokenRules: [(rule: Int, min: Int, max: Int)]

  init(rules: [CompiledRule], cues: Cues?) {
    var order: [[UInt8]] = []
    var wanted: [[UInt8]: [Target]] = [:]
    var singles: [UInt8] = [UInt8(ascii: "[")]
    var singleRules: [[Int]] = [[]]
    var digits: [(rule: Int, min: Int, max: Int)] = []
    var tokens: [(rule: Int, min: Int, max: Int)] = []
    func want(_ literal: [UInt8], _ target: Target) {
      let key = literal.map(FoldTable.asciiFold)
      if wanted[key] == nil { order.append(key) }
      wanted[key, default: []].append(target)
    }
    for (index, rule) in rules.enumerated() {
      switch rule.prefilter {
      case .literals(let literals):
        for literal in literals.map({ Array($0.utf8) }) {
          if literal.count > 1 {
            want(literal, .rule(index))
          } else if let known = singles.firstIndex(of: literal[0]) {
            singleRules[known].append(index)
          } else {
            singles.append(literal[0])
            singleRules.append([index])
          }
        }
      case .digits(let min, let max): digits.append((index, min, max))
      case .token(let min, let max): tokens.append((index, min, max))
      }
    }
    for (index, literal) in (cues?.literals ?? []).enumerated() {
      want(literal.bytes, .cue(index))
      // The first letter may be a capital, which ASCII folding does not undo in other scripts.
      if let capital = Self.capitalised(literal.bytes) { want(capital, .cue(index)) }
    }
    for (index, literal) in Placeholders.priorLiterals.enumerated() {
      want(Array(literal.utf8), .placeholder(index))
    }
    finder = LiteralFinder(order)
    targets = order.map { wanted[$0]! }
    self.singles = singles
    self.singleRules = singleRules
    digitRules = digits.sorted { ($0.min, $0.rule) < ($1.min, $1.rule) }
    tokenRules = tokens.sorted { ($0.min, $0.rule) < ($1.min, $1.rule) }
  }

  private static func capitalised(_ bytes: [UInt8]) -> [UInt8]? {
    guard let first = bytes.first, first >= 0x80 else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    let capital = Array((text.prefix(1).uppercased() + text.dropFirst()).utf8)
    return capital.count == bytes.count && capital != bytes ? capital : nil
  }
}
