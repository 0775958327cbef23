internal import Names
internal import Rules
internal import Text

/// Where each expression has to be tried, derived from every rule's prefilters. Frozen, part of the
/// scanner.
struct Triggers: Sendable {
  /// An expression and how it is tried.
  struct Attempt: Sendable {
    /// Index into the scanner's `rules`.
    var rule: Int32
    /// Index into the rule's `expressions`.
    var expression: Int32
    /// Index of the expression among those of all rules.
    var state: Int32
    /// How many bytes before the trigger a match may begin.
    var lookback: Int32
  }

  /// What a literal's place is of interest to.
  enum Target: Sendable {
    case attempt(Attempt)
    /// Where one of the followers at an index into `thens` stands behind the literal.
    case attemptBefore(Attempt, then: Int)
    /// Index into the cue literals.
    case cue(Int)
    /// A word of so many bytes that names fields.
    case field(Int)
    /// Index into `Placeholders.priorLiterals`.
    case placeholder(Int)
  }

  /// Tried where digits or long tokens stand.
  struct RunAttempt: Sendable {
    var min: Int
    var max: Int
    /// A token must hold a letter and a digit.
    var isMixed = false
    var attempt: Attempt
  }

  let finder: LiteralFinder
  /// Who wants the places of literal i of `finder`: `targets[targetStarts[i]..<targetStarts[i +
  /// 1]]`.
  let targets: [Target]
  let targetStarts: [Int]
  /// The length of literal i in bytes.
  private let lengths: [Int]
  private let followers: Templates
  /// What may stand behind a literal, one of it, as indices into `followers`.
  private let thens: [Range<Int>]
  let labels: LabelTriggers
  let marks: MarkTriggers
  let digits: DigitTriggers
  /// Tried where digits that are not ASCII stand.
  let wideDigits: [RunAttempt]
  let tokens: TokenTriggers
  /// Tried wherever a match can begin.
  let everywhere: [Attempt]
  /// How many expressions all rules have together.
  let expressionCount: Int

  init(rules: [CompiledRule], heads: MatchHeads, cues: Cues?) {
    var gathered = Gathered()
    var state: Int32 = 0
    for (index, rule) in rules.enumerated() {
      for (expression, pattern) in rule.expressions.enumerated() {
        let attempt = Attempt(
          rule: Int32(index), expression: Int32(expression), state: state,
          lookback: Int32(pattern.lookback))
        gathered.add(pattern.prefilter, attempt)
        state += 1
      }
    }
    for (index, literal) in (cues?.literals ?? []).enumerated() {
      gathered.want(literal.bytes.span, .cue(index))
      // The first letter may be a capital, which ASCII folding does not undo in other scripts.
      if let capital = Self.capitalised(literal.bytes) { gathered.want(capital.span, .cue(index)) }
    }
    for literal in cues?.fieldLiterals ?? [] { gathered.wantField(literal) }
    for (index, literal) in Placeholders.priorLiterals.enumerated() {
      gathered.want(literal.utf8.span, .placeholder(index))
    }
    expressionCount = Int(state)
    finder = LiteralFinder(gathered.literals)
    (targets, targetStarts) = gathered.wanted.sorted(count: gathered.literals.count)
    lengths = (0..<gathered.literals.count).map(gathered.literals.length)
    followers = gathered.followers
    thens = gathered.thens
    labels = LabelTriggers(gathered.labels)
    marks = MarkTriggers(gathered.marks)
    digits = DigitTriggers(gathered.digits, heads: heads)
    everywhere = gathered.everywhere
    wideDigits = gathered.wideDigits
    tokens = TokenTriggers(gathered.tokens, heads: heads)
  }

  /// Whether what stands behind a literal at `position` is what an attempt waits for.
  @inline(__always)
  func isFollowed(
    _ hit: LiteralFinder.Hit, then: Int, _ text: Span<UInt8>
  ) -> Bool {
    for follower in thens[then]
    where followers.matches(follower, text, at: hit.position + lengths[hit.literal]) {
      return true
    }
    return false
  }

  /// What the prefilters ask for, before it is put in order.
  private struct Gathered {
    var literals = LiteralSet()
    var wanted = ByLiteral<Target>()
    var marks = MarkTriggers.Gathered()
    var followers = Templates()
    var thens: [Range<Int>] = []
    var labels: [LabelTriggers.Wanted] = []
    var digits: [(RunAttempt, then: [Template])] = []
    var wideDigits: [RunAttempt] = []
    var tokens: [RunAttempt] = []
    var everywhere: [Attempt] = []

    mutating func want(_ literal: Span<UInt8>, _ target: Target) {
      wanted.append(target, for: literals.insert(literal))
    }

    /// A short word, which ends many others, is looked for with what can stand behind it.
    mutating func wantField(_ word: [UInt8]) {
      let ends: [[UInt8]] = word.count > 3 ? [[]] : [[34], [39], [44], [59], [58], [32, 58]]
      for end in ends {
        want((word + end).span, .field(word.count))
        if let capital = Triggers.capitalised(word) {
          want((capital + end).span, .field(word.count))
        }
      }
    }

    mutating func add(_ prefilter: Prefilter, _ attempt: Attempt) {
      switch prefilter {
      case .literals(let literals, let then) where !then.isEmpty:
        let first = followers.count
        for template in then { followers.append(Template(template)) }
        thens.append(first..<followers.count)
        for literal in literals {
          want(literal.utf8.span, .attemptBefore(attempt, then: thens.count - 1))
        }
      case .literals(let literals, _):
        for literal in literals {
          if literal.utf8.count > 1 {
            want(literal.utf8.span, .attempt(attempt))
          } else {
            marks.add(literal.utf8.first!, nil, attempt)
          }
        }
      case .labels(let lines, let digits):
        labels.append(LabelTriggers.Wanted(labels: lines, digits: digits, attempt: attempt))
      case .shapes(let shapes):
        for shape in shapes { marks.add(shape.utf8.first!, Template(shape), attempt) }
      case .digits(let min, let max, let then):
        digits.append(
          (RunAttempt(min: min, max: max, attempt: attempt), then: then.map(Template.init)))
      case .wideDigits(let min):
        wideDigits.append(RunAttempt(min: min, max: .max, attempt: attempt))
      case .token(let min, let max, let mixed):
        tokens.append(RunAttempt(min: min, max: max, isMixed: mixed, attempt: attempt))
      case .everywhere:
        everywhere.append(attempt)
      }
    }
  }

  private static func capitalised(_ bytes: [UInt8]) -> [UInt8]? {
    guard let first = bytes.first, first >= 0x80 else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    let capital = Array((text.prefix(1).uppercased() + text.dropFirst()).utf8)
    return capital.count == bytes.count && capital != bytes ? capital : nil
  }
}
