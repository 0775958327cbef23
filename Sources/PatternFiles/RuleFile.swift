internal import Foundation
package import Rules
internal import Yams

/// A text in which a rule finds something, or nothing.
package struct RuleExample: Codable, Sendable, Equatable {
  package var text: String
  /// What is found in `text`; `nil` when nothing is.
  package var find: String?
  package var because: String?
  package var line: Int

  package init(text: String, find: String?, because: String?, line: Int) {
    self.text = text
    self.find = find
    self.because = because
    self.line = line
  }
}

/// A rule file: the rule, and its proof.
package struct RuleFile: Sendable {
  /// The file, as errors name it.
  package let file: String
  package let definition: RuleDefinition
  /// For each pattern, the line its expression begins on.
  package let patternLines: [Int]
  package let sources: [String]
  /// The context words by language.
  package let words: [String: [String]]
  package let hits: [RuleExample]
  package let misses: [RuleExample]
  package let knownGaps: [RuleExample]

  /// A rule that another tool's file states, without examples.
  init(
    file: String, definition: RuleDefinition, patternLines: [Int], words: [String: [String]]
  ) {
    self.file = file
    self.definition = definition
    self.patternLines = patternLines
    self.words = words
    sources = []
    hits = []
    misses = []
    knownGaps = []
  }

  /// Reads one file.
  ///
  /// - Parameters:
  ///   - path: where the file is.
  ///   - id: what its place says its id is, such as `network/mac_address`.
  ///   - name: what errors call the file.
  /// - Throws: `PatternFileError` with the line of what is wrong.
  package init(path: String, id: String, name: String? = nil) throws(PatternFileError) {
    let map = try YAMLMap(contentsOf: path, name: name ?? "rules/\(id).yaml")
    try self.init(map, id: id, below: Self.root(of: path, id: id))
  }

  /// The folder above that of the rules, with its slash: words that rules share stand in its
  /// `context/`.
  static func root(of path: String, id: String) -> String {
    let levels = id.split(separator: "/").count
    let folders = path.split(separator: "/", omittingEmptySubsequences: false).dropLast(levels)
    return folders.isEmpty ? "../" : folders.joined(separator: "/") + "/../"
  }

  /// - Parameters:
  ///   - id: what the file's place says its id is, or the end of it.
  ///   - root: the directory that has `context/` in it, with its slash.
  init(_ source: YAMLMap, id: String, below root: String) throws(PatternFileError) {
    var map = source
    file = map.file
    let stated = try map.string("id")
    guard stated == id || !id.contains("/") && stated.hasSuffix("/" + id) else {
      throw map.error("id `\(stated)` is not the file's place")
    }
    let type = try map.string("entity_type")
    let about = try map.string("about")
    sources = try map.strings("sources")
    guard !sources.isEmpty else { throw map.error("`sources` is missing") }
    guard let tier = try map.optionalInt("tier"), (1...3).contains(tier) else {
      throw map.error("`tier` is 1, 2 or 3")
    }
    let regions = try Self.regions(&map)
    _ = try map.strings("languages")
    let (patterns, lines) = try Self.patterns(&map)
    patternLines = lines
    let clean = try map.optionalString("clean") ?? ""
    let letters = try map.optionalString("case")
    guard letters == nil || letters == "upper" else { throw map.error("`case` is upper") }
    let prefixes = try map.strings("prefix")
    var validators: [ValidatorDefinition] = []
    if let form = try CheckFile.form(&map) { validators.append(.check(.matches(.whole, form))) }
    for node in try map.nodes("validators") {
      validators.append(try Self.validator(node, file: map.file))
    }
    let (context, words) = try Self.context(&map, below: root)
    self.words = words
    guard var examples = try map.map("examples") else { throw map.error("`examples` is missing") }
    hits = try Self.examples(&examples, "hits", finds: true)
    misses = try Self.examples(&examples, "misses", finds: false)
    try examples.finish()
    knownGaps = try Self.examples(&map, "known_gaps", finds: true)
    try map.finish()
    guard hits.count >= 3, misses.count >= 3 else {
      throw map.error("a rule has at least 3 hits and 3 misses")
    }
    definition = RuleDefinition(
      id: stated, entityType: type, about: about, tier: tier, regions: regions, patterns: patterns,
      clean: clean, isUpper: letters == "upper", prefixes: prefixes, validators: validators,
      context: context)
  }

  private static func patterns(
    _ map: inout YAMLMap
  ) throws(PatternFileError) -> (patterns: [PatternDefinition], lines: [Int]) {
    var patterns: [PatternDefinition] = []
    var lines: [Int] = []
    // The rule's prefilter is that of every pattern without one of its own.
    let common = try optionalPrefilter(&map)
    for node in try map.nodes("patterns") {
      var pattern = try YAMLMap(node, file: map.file)
      let score = try pattern.number("score")
      guard (0...1).contains(score) else { throw pattern.error("`score` is between 0 and 1") }
      lines.append(pattern.firstLine(of: "regex"))
      let regex = try pattern.string("regex")
      let filter = try optionalPrefilter(&pattern) ?? common ?? derivedPrefilter(regex)
      patterns.append(
        PatternDefinition(
          regex: regex, score: score, prefilter: filter.filter, lookback: filter.lookback))
      _ = try pattern.optionalString("name")
      try pattern.finish()
    }
    guard !patterns.isEmpty else { throw map.error("`patterns` is missing") }
    return (patterns, lines)
  }

  private static func derivedPrefilter(_ regex: String) -> (filter: Prefilter, lookback: Int) {
    let derived = DerivedPrefilter(regex, options: .extended)
    return (derived.prefilter, derived.lookback)
  }

  /// A prefilter as a mapping, the word `everywhere`, or nothing.
  private static func optionalPrefilter(
    _ map: inout YAMLMap
  ) throws(PatternFileError) -> (filter: Prefilter, lookback: Int)? {
    if let word = map.word("prefilter") {
      guard word == "everywhere" else { throw map.error("unknown prefilter", at: "prefilter") }
      _ = map.take("prefilter")
      return (.everywhere, 0)
    }
    return try map.map("prefilter").map(prefilter)
  }

  private static func prefilter(
    _ map: YAMLMap
  ) throws(PatternFileError) -> (filter: Prefilter, lookback: Int) {
    var filter = map
    let lookback = try filter.optionalInt("lookback") ?? 0
    let literals = try filter.strings("literals")
    let result: Prefilter
    if !literals.isEmpty {
      let isShort = literals.map { $0.utf8.count == 1 }
      guard literals.allSatisfy({ $0.utf8.count != 2 && !$0.isEmpty }),
        isShort.allSatisfy({ $0 == isShort[0] })
      else {
        throw filter.error("literals are all of one byte, or all of three bytes and more")
      }
      let then = try filter.strings("then")
      guard then.isEmpty || !isShort[0] else {
        throw filter.error("`then` goes with literals of three bytes and more")
      }
      result = .literals(literals, then: then)
    } else if case let labels = try filter.strings("labels"), !labels.isEmpty {
      guard labels.allSatisfy({ $0.utf8.count > 2 && !$0.utf8.contains(10) }) else {
        throw filter.error("labels have three bytes and more, and no line ends")
      }
      let digits = try filter.optionalInt("digits") ?? 1
      guard (1...3).contains(digits) else { throw filter.error("`digits` is 1, 2 or 3") }
      result = .labels(labels.joined(separator: "\n"), digits: digits)
    } else if case let shapes = try filter.strings("shapes"), !shapes.isEmpty {
      guard shapes.allSatisfy({ isShape($0) }) else {
        throw filter.error("a shape begins with a sign that is not a letter, digit or blank")
      }
      result = .shapes(shapes)
    } else if var range = try filter.map("digits") {
      result = .digits(
        min: try range.optionalInt("min") ?? 1, max: try range.optionalInt("max") ?? .max,
        then: try range.strings("then"))
      try range.finish()
    } else if var range = try filter.map("wide_digits") {
      result = .wideDigits(min: try range.optionalInt("min") ?? 1)
      try range.finish()
    } else if var range = try filter.map("token") {
      let mixed = try range.optionalString("mixed") ?? "false"
      guard ["true", "false"].contains(mixed) else {
        throw range.error("`mixed` is true or false")
      }
      result = .token(
        min: try range.optionalInt("min") ?? 1, max: try range.optionalInt("max") ?? .max,
        mixed: mixed == "true")
      try range.finish()
    } else {
      throw filter.error(
        "a prefilter has `literals`, `labels`, `shapes`, `digits`, `wide_digits` or `token`")
    }
    try filter.finish()
    return (result, lookback)
  }

  private static func isShape(_ shape: String) -> Bool {
    guard let first = shape.utf8.first, shape.utf8.count > 1 else { return false }
    return first < 0x80 && first > 0x20 && first != UInt8(ascii: "\\")
      && !(first &- 48 < 10) && !((first | 0x20) &- 97 < 26)
  }

  /// - Parameter root: the directory that has `context/` in it, with its slash.
  private static func context(
    _ map: inout YAMLMap, below root: String
  ) throws(PatternFileError) -> (context: ContextDefinition?, words: [String: [String]]) {
    guard var context = try map.map("context") else { return (nil, [:]) }
    func take(_ key: String) throws(PatternFileError) -> [String: [String]] {
      guard let languages = try context.map(key) else { return [:] }
      return try contextWords(languages, below: root)
    }
    let byLanguage = try take("words")
    let words = forms(of: byLanguage)
    let against = forms(of: try take("against"))
    let refused = forms(of: try take("refuse"))
    guard !words.isEmpty || !against.isEmpty else { throw context.error("`words` is missing") }
    let required = try context.optionalString("required") ?? "false"
    guard ["true", "false"].contains(required) else {
      throw context.error("`required` is true or false")
    }
    guard required == "false" || !words.isEmpty else {
      throw context.error("`required` wants `words`")
    }
    let window = try context.optionalInt("window") ?? 60
    let after = try context.optionalInt("after") ?? window
    let boost = context.keys.contains("boost") ? try context.number("boost") : 0
    let penalty = context.keys.contains("penalty") ? try context.number("penalty") : 0
    guard against.isEmpty == (penalty == 0) else {
      throw context.error("`against` and `penalty` belong together")
    }
    try context.finish()
    let definition = ContextDefinition(
      words: words, against: against, window: window, after: after, boost: boost,
      penalty: penalty, required: required == "true", refused: refused)
    return (definition, byLanguage)
  }

  /// The words of each language as they are looked for.
  static func forms(of words: [String: [String]]) -> [ContextWord] {
    words.sorted { $0.key < $1.key }.flatMap { language, list in
      list.flatMap { WordEndings.words($0, language: language) }
    }
  }

  private static func examples(
    _ map: inout YAMLMap, _ key: String, finds: Bool
  ) throws(PatternFileError) -> [RuleExample] {
    var examples: [RuleExample] = []
    for node in try map.nodes(key) {
      var example = try YAMLMap(node, file: map.file)
      let line = example.line
      let text = try example.string("text")
      let find = finds ? try example.string("find") : nil
      let because = try example.optionalString("because")
      if !finds, because == nil { throw example.error("a miss says why: `because`") }
      try example.finish()
      if let find, !text.contains(find) { throw example.error("`find` is not in `text`") }
      examples.append(RuleExample(text: text, find: find, because: because, line: line))
    }
    return examples
  }

  private static func regions(_ map: inout YAMLMap) throws(PatternFileError) -> [String] {
    let regions = try map.strings("regions")
    for region in regions where region != "hipaa" {
      guard region.utf8.count == 2, region.utf8.allSatisfy({ $0 &- 97 < 26 }) else {
        throw map.error(
          "`regions` lists countries by their ISO 3166-1 codes in small letters, such as de "
            + "(`chatscrub rules list` shows those in use), or hipaa")
      }
    }
    return regions
  }

  /// A validator: a name, or a name with parameters.
  static func validator(
    _ node: Node, file: String
  ) throws(PatternFileError) -> ValidatorDefinition {
    if let name = node.scalar?.string {
      if let known = plainValidators[name] { return known }
      if let check = CheckFile.plain[name] { return .check(check) }
      throw PatternFileError(
        file: file, line: node.mark?.line ?? 0, message: "unknown validator `\(name)`")
    }
    var map = try YAMLMap(node, file: file)
    guard map.keys.count == 1, let name = map.keys.first else {
      throw map.error("a validator is one name with its parameters")
    }
    guard let parameters = map.take(name) else { throw map.error("`\(name)` wants parameters") }
    if let check = try CheckFile.check(name, parameters, file: file) { return .check(check) }
    if name == "wallet" {
      guard let kind = parameters.scalar.flatMap({ WalletKind(rawValue: $0.string) }) else {
        let kinds = WalletKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw PatternFileError(
          file: file, line: parameters.mark?.line ?? 0, message: "`wallet` is one of \(kinds)")
      }
      return .wallet(kind)
    }
    var values = try YAMLMap(parameters, file: file)
    let result: ValidatorDefinition
    switch name {
    case "phone":
      guard let groups = PhoneGroups(rawValue: try values.string("groups")),
        let plans = PhoneRegions(rawValue: try values.string("plans"))
      else {
        throw values.error("`groups` is any, written or strong, `plans` is asked, language or all")
      }
      result = .phone(.national(groups: groups, plans: plans))
    case "base58check":
      let versions = try values.strings("versions").compactMap { Int($0) }
      let digits = try values.optionalString("digits") ?? "bitcoin"
      guard ["bitcoin", "ripple"].contains(digits) else {
        throw values.error("`digits` is bitcoin or ripple")
      }
      result = .base58check(versions: versions, ripple: digits == "ripple")
    case "bech32": result = .bech32(prefixes: try values.strings("prefixes"))
    case "entropy": result = .entropy(min: try values.number("min"))
    case "not_in": result = .notIn(try values.strings("values"))
    case "not_holding": result = .notHolding(try values.strings("values"))
    case "unreadable": result = .unreadable(max: try values.number("max"))
    case "prefix_lengths":
      guard var table = try values.map("table") else { throw values.error("`table` is missing") }
      var rows: [PrefixLengths] = []
      for key in table.keys {
        let lengths = try table.strings(key).compactMap { Int($0) }
        let ends = key.split(separator: "-").map(String.init)
        guard (1...2).contains(ends.count), !lengths.isEmpty else {
          throw table.error("`\(key)` is a prefix or a range of prefixes, with lengths")
        }
        rows.append(PrefixLengths(low: ends[0], high: ends[ends.count - 1], lengths: lengths))
      }
      result = .prefixLengths(rows)
    default: throw values.error("unknown validator `\(name)`")
    }
    try values.finish()
    return result
  }

  private static let plainValidators: [String: ValidatorDefinition] = [
    "luhn": .luhn, "iban": .iban, "eip55": .eip55, "ipv4": .ipv4, "ipv6": .ipv6, "mac": .mac,
    "jwt": .jwt, "not_repeated": .notRepeated, "mixed": .mixed, "e164": .phone(.international),
    "date": .date, "seed_phrase": .seedPhrase,
  ]
}
