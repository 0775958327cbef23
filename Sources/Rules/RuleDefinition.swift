/// A rule as its file states it, before anything is compiled. `Patterns/README.md` is the schema.
package struct RuleDefinition: Codable, Sendable, Equatable {
  /// The rule's path under `rules/`, without the extension.
  package var id: String
  /// What it finds, as Presidio names it.
  package var entityType: String
  package var about: String
  /// 1 on; 2 on, with context or a checksum; 3 on only for the regions asked for.
  package var tier: Int
  /// ISO 3166 codes in lower case; empty when the rule belongs to no region.
  package var regions: [String]
  package var patterns: [PatternDefinition]
  /// ASCII characters taken out of the value before the validators look.
  package var clean: String
  /// Whether the validators see the letters as capitals.
  package var isUpper: Bool
  /// Texts of which the first that fits is taken off the value's front before the validators look.
  package var prefixes: [String]
  package var validators: [ValidatorDefinition]
  package var context: ContextDefinition?
  /// Whether the build has compiled its expressions, as those of the built-in rules.
  package var isProved = false

  private enum CodingKeys: CodingKey {
    case id, entityType, about, tier, regions, patterns, clean, isUpper, prefixes, validators
    case context
  }

  package init(
    id: String, entityType: String, about: String, tier: Int, regions: [String],
    patterns: [PatternDefinition], clean: String, isUpper: Bool = false,
    prefixes: [String] = [], validators: [ValidatorDefinition], context: ContextDefinition?
  ) {
    self.id = id
    self.entityType = entityType
    self.about = about
    self.tier = tier
    self.regions = regions
    self.patterns = patterns
    self.clean = clean
    self.isUpper = isUpper
    self.prefixes = prefixes
    self.validators = validators
    self.context = context
  }
}

/// One expression of a rule, the score a match starts from, and where the expression has to be
/// tried.
package struct PatternDefinition: Codable, Sendable, Equatable {
  package let regex: String
  /// 0…1, before context.
  package var score: Double
  package let prefilter: Prefilter
  /// How many bytes before a trigger a match may begin.
  package var lookback: Int
  /// How `regex` is read.
  package let options: RegexOptions
  /// What its matches can begin with, read from `regex`.
  package let head: MatchHead

  package init(
    regex: String, score: Double, prefilter: Prefilter, lookback: Int,
    options: RegexOptions = .extended
  ) {
    self.options = options
    self.regex = regex
    self.score = score
    self.prefilter = prefilter
    self.lookback = lookback
    var literals: [String] = []
    switch prefilter {
    case .literals(let texts, _): literals = texts
    case .labels(let lines, _): literals = lines.split(separator: "\n").map(String.init)
    default: break
    }
    head = MatchHead(
      regex, options: options, literals: literals, hasTrigger: prefilter != .everywhere)
  }
}

/// What must stand in a text, and where, before a rule's expressions are run.
package enum Prefilter: Codable, Sendable, Equatable {
  /// One of these ASCII strings, any case, of one byte or of three and more; behind it stands one
  /// of `then` (as in `shapes`), if there are any.
  case literals([String], then: [String] = [])
  /// One of these texts, in lines, each of three bytes and more, any ASCII case; at most
  /// `labelReach` bytes behind its beginning a run of `digits` (1…3) or more decimal digits begins,
  /// of ASCII or not. In one string, since they are thousands and most texts ask for none.
  case labels(String, digits: Int)
  /// Such a text, whose first byte is no letter, digit, backslash or blank: `\d` a digit, `\h` a
  /// hexadecimal digit, `\H` one to four of them, `\u` a capital, `\a` a letter (all ASCII), any
  /// other byte itself.
  case shapes([String])
  /// A group of ASCII digits joined by one to four of ` .-/()` or the like of them outside ASCII,
  /// so many in all; a single run of more than `max` digits is no place to begin, and behind the
  /// run stands one of `then` (as in `shapes`), if there are any.
  case digits(min: Int, max: Int, then: [String])
  /// A group of decimal digits that are not ASCII, such as ٠ or ０, joined as the others are and so
  /// many in all.
  case wideDigits(min: Int)
  /// A run of ASCII letters and digits of such a length in bytes; `mixed`: with both in it.
  case token(min: Int, max: Int, mixed: Bool = false)
  /// Nothing is known that every match holds: it is tried wherever a match can begin.
  case everywhere

  /// How many bytes before digits one of `labels` begins, at most.
  package static let labelReach = 160
}

/// A word of a rule's context, as written in the file.
package struct ContextWord: Codable, Sendable, Equatable, ExpressibleByStringLiteral {
  package var text: String
  /// How many letters may follow it in one word: the endings of its language.
  package var endingMax: Int

  package init(_ text: String, endingMax: Int = 0) {
    self.text = text
    self.endingMax = endingMax
  }

  package init(stringLiteral text: String) { self.init(text) }

  /// As one short text, since there are thousands: `2 telefon`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode("\(endingMax) \(text)")
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let blank = text.utf8.firstIndex(of: 32), let endingMax = Int(text[..<blank]) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "no word of a context")
    }
    self.init(String(text[text.utf8.index(after: blank)...]), endingMax: endingMax)
  }
}

/// Words that make a finding more or less likely when they stand near it.
package struct ContextDefinition: Codable, Sendable, Equatable {
  /// The words of all languages that speak for it.
  package var words: [ContextWord]
  /// The words that speak against it.
  package var against: [ContextWord]
  /// Characters looked at before the match.
  package var window: Int
  /// Characters looked at behind the match.
  package var after: Int
  /// Added to the score when one of `words` is there.
  package var boost: Double
  /// Taken from the score when one of `against` is there and none of `words`.
  package var penalty: Double
  /// Whether there is no finding without one of `words`.
  package var required: Bool
  /// The least score with a word.
  package var floor: Double
  /// Words that say of what follows that it is something else; one of them shortly before a match,
  /// with none of `words` behind it, rules the match out.
  package var refused: [ContextWord]

  package init(
    words: [ContextWord], against: [ContextWord] = [], window: Int, after: Int? = nil,
    boost: Double, penalty: Double = 0, required: Bool, floor: Double = 0,
    refused: [ContextWord] = []
  ) {
    self.floor = floor
    self.words = words
    self.against = against
    self.window = window
    self.after = after ?? window
    self.boost = boost
    self.penalty = penalty
    self.required = required
    self.refused = refused
  }
}

/// A check of a value that an expression cannot make.
package enum ValidatorDefinition: Codable, Sendable, Equatable {
  case luhn
  case iban
  case prefixLengths([PrefixLengths])
  case base58check(versions: [Int], ripple: Bool = false)
  case bech32(prefixes: [String])
  case eip55
  case wallet(WalletKind)
  case seedPhrase
  case ipv4
  case ipv6
  case mac
  case jwt
  case entropy(min: Double)
  case notIn([String])
  case notHolding([String])
  case unreadable(max: Double)
  case notRepeated
  case mixed
  /// A telephone number by the numbering plans, which may also end before the match does.
  case phone(PhoneUse)
  case date
  indirect case check(Check)
}

/// Values that begin with `low` up to `high` (digits of equal count, or one and the same string)
/// have one of these lengths.
package struct PrefixLengths: Codable, Sendable, Equatable {
  package var low: String
  package var high: String
  package var lengths: [Int]

  package init(low: String, high: String, lengths: [Int]) {
    self.low = low
    self.high = high
    self.lengths = lengths
  }
}

/// Tables that validators read, from `Patterns/tables`.
package struct ValidatorTables: Codable, Sendable, Equatable {
  /// Country code → length of its IBAN.
  package var ibanLengths: [String: Int]
  /// The numbering plans of all regions.
  package var phonePlans: [PhonePlan]
  /// Where languages are spoken: the lines of `Patterns/tables/language_regions.tsv`. Read when the
  /// rules are compiled: decoding them one by one takes longer.
  package var languageRegions = ""
  /// The frequent words of languages, as `names/languages.tsv` lists them.
  package var languageWords = ""
  /// A month's name, in lower case without full stops → the months (1…12) it can mean.
  package var monthNames: [String: [Int]]
  /// Language → its words for seed phrases, sorted by their bytes, each in a line with its place in
  /// the list (0…2047) behind a blank.
  package var seedWords: [String: String]

  package init(
    ibanLengths: [String: Int], phonePlans: [PhonePlan], monthNames: [String: [Int]] = [:],
    seedWords: [String: String] = [:]
  ) {
    self.ibanLengths = ibanLengths
    self.phonePlans = phonePlans
    self.monthNames = monthNames
    self.seedWords = seedWords
  }
}
