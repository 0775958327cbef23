package import Names
package import Rules
package import Text

/// Why a text could not be scanned. No answer is never "nothing found": the record goes to
/// quarantine.
package struct ScanFailure: Error, Equatable {
  /// The id of the rule whose search gave up.
  package let rule: String
  package let cause: SearchFailure

  /// A stable code for the report and the quarantine file.
  package var reason: String {
    switch cause {
    case .matchLimit: "match-limit: \(rule)"
    case .stackLimit: "stack-limit: \(rule)"
    case .uncompiled: "engine-refused: \(rule)"
    case .other(let code): "engine-error \(code): \(rule)"
    }
  }
}

/// Finds everything the rules and the dictionaries know in one text at a time.
///
/// Compiled once, frozen and shared by all workers; what changes lives in each worker's
/// `ScanScratch`.
package final class Scanner: Sendable {
  let rules: [CompiledRule]
  /// What matches can begin with, by `Triggers.Attempt.state`: beside the rules, so that an attempt
  /// that comes to nothing touches none of them.
  let heads: MatchHeads
  let names: NameScanner?
  let triggers: Triggers
  let zones: ZoneTable
  let gate: ContextGate
  let chains: ContextChains
  /// Of the attempts at digits, one bit each, those that are not made where no letter is near.
  let digitsNeedingLetters: [UInt64]
  let usesPrefilter: Bool
  private let readsLabels: Bool
  /// The types of findings, indexed by `Finding.entityType`.
  package let entityTypes: [String]
  /// The ids of rules, indexed by `Finding.rule`.
  package let ruleIDs: [String]
  /// Findings below their type's threshold are dropped; indexed as `entityTypes`.
  let thresholds: [Float]

  /// The type of people's names.
  package let personType: Int
  let location: Int
  let organization: Int
  package var locationType: Int { location }
  package var organizationType: Int { organization }
  /// The type of what earlier runs and other tools put in.
  package let placeholder: Int
  let firstNameRule: Int
  /// The rules that findings of names have.
  package var nameRules: Range<Int> { firstNameRule..<ownPlaceholderRule }
  /// Whether a text itself says that a person is named: by a cue, or by a rule.
  package func isCertain(_ finding: Finding) -> Bool {
    guard nameRules.contains(finding.rule) else { return true }
    return MentionReason(rawValue: UInt8(finding.rule - firstNameRule))?.isCertain ?? false
  }
  let ownPlaceholderRule: Int
  let priorPlaceholderRule: Int
  /// The rule of values recalled from another place of the record.
  package let sameValueRule: Int

  /// What a policy says is always found, and the entity type of each of its types.
  let denied: FoldedPhrases
  let deniedTypes: [Int]
  let deniedRule: Int

  /// How many characters from a replaced part something else can have changed: a match, and the
  /// words that are looked for around it.
  package let scopeReach: ScanScope.Reach

  private let languages: PhoneLanguages

  /// How many rules are on.
  package var ruleCount: Int { rules.count }

  /// - Parameters:
  ///   - names: `nil` looks for no names.
  ///   - zones: what the place of a finding does to its score.
  ///   - threshold: the least score for each entity type.
  ///   - readsLabels: `false` shows the rules a text only as it stands: no name of a column, key or
  ///     line of a form is put before its value.
  ///   - denied: what is always found, whatever the threshold.
  ///   - usesPrefilter: `false` runs every expression over every byte: slow, and finds the same.
  package init(
    ruleset: Ruleset, names: NameScanner?, zones: [ZoneDefinition] = [],
    threshold: (String) -> Float = { _ in 0.5 },
    usesPrefilter: Bool = true, readsLabels: Bool = true,
    denied: FoldedPhrases = FoldedPhrases()
  ) {
    self.readsLabels = readsLabels
    rules = ruleset.rules
    languages = ruleset.languages.reading(names?.languages)
    let windows = ruleset.rules.map(\.contextWindow)
    let lookbacks = ruleset.rules.flatMap { $0.expressions.map(\.lookback) }
    // A match is tried where its trigger stands, which may be its lookback behind its beginning.
    scopeReach = ScanScope.Reach(
      before: ScanScope.matchMax + (windows.map(\.after).max() ?? 0),
      behind: (windows.map(\.before).max() ?? 0)
        + (lookbacks.map { min($0, ScanScope.matchMax) }.max() ?? 0))
    heads = MatchHeads(ruleset.rules.flatMap { $0.expressions.map(\.head) })
    self.names = names
    self.usesPrefilter = usesPrefilter
    triggers = Triggers(rules: ruleset.rules, heads: heads, cues: names?.cues)
    var types = ruleset.entityTypes
    func index(_ type: String) -> Int {
      if let known = types.firstIndex(of: type) { return known }
      types.append(type)
      return types.count - 1
    }
    personType = index("PERSON")
    location = index("LOCATION")
    organization = index("ORGANIZATION")
    placeholder = index("PLACEHOLDER")
    self.denied = denied
    deniedTypes = denied.entityTypes.map(index)
    entityTypes = types
    thresholds = types.map(threshold)
    self.zones = ZoneTable(zones, types: types)
    gate = ContextGate(ruleset.rules, thresholds: thresholds)
    chains = ContextChains(ruleset.rules, types: types, thresholds: thresholds)
    digitsNeedingLetters = gate.needingLetters(triggers.digits.attempts, chains)
    var ids = ruleset.rules.map(\.id)
    firstNameRule = ids.count
    ids += MentionReason.allCases.map(\.ruleID)
    ownPlaceholderRule = ids.count
    priorPlaceholderRule = ids.count + 1
    sameValueRule = ids.count + 2
    deniedRule = ids.count + 3
    ids += ["placeholders/own", "placeholders/prior", "record/same_value", "policy/deny/folded"]
    ruleIDs = ids
  }

  /// Appends what is in a text, unresolved: findings may overlap and come in any order.
  ///
  /// - Parameters:
  ///   - text: valid UTF-8.
  ///   - scope: the parts of the text in which something may begin, in order, disjoint; empty: all.
  ///   - rest: what names need not be looked for in again; without it they are looked for
  ///     everywhere.
  /// - Throws: `ScanFailure` when an expression gave up.
  package func scan(
    _ text: Span<UInt8>, within scope: [Range<Int>] = [], rest: NameRest? = nil,
    using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    scratch.begin()
    scratch.names.beginText()
    scratch.classify(text)
    guard text.count > 1 else { return }
    scratch.scope.removeAll(keepingCapacity: true)
    scratch.scope += scope.isEmpty ? [0..<text.count] : scope
    try visitRules(text, using: &scratch, into: &findings)
    try visitNarrowed(text, using: &scratch, into: &findings)
    if readsLabels {
      let first = findings.count
      try visitTables(text, using: &scratch, into: &findings)
      try visitFields(text, using: &scratch, into: &findings)
      try visitForms(text, using: &scratch, into: &findings)
      dropKnown(in: &findings, from: first)
    }
    if !denied.isEmpty {
      denied.find(
        in: text, rule: deniedRule, types: deniedTypes, folding: &scratch.names.folding,
        into: &findings)
    }
    if let names {
      names.scan(
        text, maps: scratch.maps, rest: rest, using: &scratch.names, into: &scratch.mentions)
      let first = findings.count
      append(scratch.mentions, to: &findings)
      weighPlaces(of: &findings, from: first, text, using: &scratch)
    }
  }

  /// The language that rules take a text for, which `scratch` remembers.
  ///
  /// - Parameter text: the one that was classified last.
  func language(of text: Span<UInt8>, using scratch: inout ScanScratch) -> Int? {
    if case .known(let language) = scratch.language { return language }
    let language = languages.language(
      of: text, maps: scratch.maps, folding: &scratch.names.folding)
    scratch.language = .known(language)
    return language
  }

  /// The language that rules take a text for.
  ///
  /// - Parameter text: valid UTF-8.
  /// - Complexity: O(`text.count`).
  package func language(
    of text: Span<UInt8>, classifying scratch: inout ScanScratch
  ) -> AskedLanguage {
    scratch.classify(text)
    return .known(
      languages.language(of: text, maps: scratch.maps, folding: &scratch.names.folding))
  }

  /// Tries the rules where their triggers stand in the scratch's scope, and notes the cues of
  /// names.
  func visitRules(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    scratch.hits.removeAll(keepingCapacity: true)
    for part in scratch.scope {
      triggers.finder.find(in: text, within: part, using: &scratch.windows, into: &scratch.hits)
    }
    scratch.mentions.removeAll(keepingCapacity: true)
    try visitLiterals(text, using: &scratch, into: &findings)
    for part in scratch.scope.indices {
      let range = scratch.scope[part]
      try visitMarks(text, within: range, using: &scratch, into: &findings)
      if usesPrefilter {
        try visitTokens(text, within: range, using: &scratch, into: &findings)
      }
    }
    if usesPrefilter {
      try visitLabels(text, using: &scratch, into: &findings)
      try visitDigits(text, using: &scratch, into: &findings)
      try visitWideDigits(text, using: &scratch, into: &findings)
      try visitEverywhere(text, using: &scratch, into: &findings)
    } else {
      for rule in rules.indices { try runEverywhere(rule, text, using: &scratch, into: &findings) }
    }
  }

  /// Lowers the scores of names by their zones, and drops those that are then too low.
  private func weighPlaces(
    of findings: inout [Finding], from first: Int, _ text: Span<UInt8>,
    using scratch: inout ScanScratch
  ) {
    var kept = first
    for index in first..<findings.count {
      var finding = findings[index]
      if zones.affects(finding.entityType) {
        finding.score +=
          placeChange(
            finding.range, type: finding.entityType, text, using: &scratch
          ).change
        if finding.score < thresholds[finding.entityType] - 0.001 {
          scratch.isSwayed = true
          continue
        }
      }
      findings[kept] = finding
      kept += 1
    }
    findings.removeSubrange(kept...)
  }

  /// What the zones a range is in do to the score of a type: the one that lowers it most counts.
  func placeChange(
    _ range: Range<Int>, type: Int, _ text: Span<UInt8>, using scratch: inout ScanScratch
  ) -> (change: Float, zone: Zone?) {
    let set = scratch.zones.zones(text, around: range)
    var lowest: (change: Float, zone: Zone?) = (0, nil)
    for index in 0..<set.count {
      let change = zones.change(set.list[index], type: type)
      if change < lowest.change { lowest = (change, set.list[index]) }
    }
    return lowest
  }

  /// Appends mentions as findings, without those below their type's threshold.
  package func append(_ mentions: [NameMention], to findings: inout [Finding]) {
    for mention in mentions {
      let type = type(of: mention.kind)
      guard mention.score >= thresholds[type] else { continue }
      findings.append(
        Finding(
          range: mention.range, entityType: type,
          rule: firstNameRule + Int(mention.reason.rawValue), score: mention.score))
    }
  }

  /// Appends mentions of names that were found elsewhere; those that were hardly names there, below
  /// `NameMemory.certain`, count less in some zones.
  ///
  /// - Parameter text: the one that was scanned or classified last.
  package func append(
    _ mentions: [NameMention], weighing text: Span<UInt8>, using scratch: inout ScanScratch,
    to findings: inout [Finding]
  ) {
    let first = findings.count
    append(mentions, to: &findings)
    guard zones.affects(personType) else { return }
    var kept = first
    for index in first..<findings.count {
      let finding = findings[index]
      if finding.score < NameMemory.certain {
        let change = placeChange(finding.range, type: personType, text, using: &scratch).change
        if finding.score + change < thresholds[personType] - 0.001 {
          scratch.isSwayed = true
          continue
        }
      }
      findings[kept] = finding
      kept += 1
    }
    findings.removeSubrange(kept...)
  }

  private func type(of kind: MentionKind) -> Int {
    switch kind {
    case .person: personType
    case .location: location
    case .organization: organization
    }
  }

  private func visitLiterals(
    _ text: Span<UInt8>, using scratch: inout ScanScratch, into findings: inout [Finding]
  ) throws(ScanFailure) {
    for index in scratch.hits.indices {
      let hit = scratch.hits[index]
      for target in triggers.targetStarts[hit.literal]..<triggers.targetStarts[hit.literal + 1] {
        switch triggers.targets[target] {
        case .attempt(let attempt):
          if usesPrefilter {
            try run(attempt, at: hit.position, text, using: &scratch, into: &findings)
          }
        case .attemptBefore(let attempt, let then):
          if usesPrefilter, triggers.isFollowed(hit, then: then, text) {
            try run(attempt, at: hit.position, text, using: &scratch, into: &findings)
          }
        case .cue(let cue):
          names?.scanBeside(
            cue: cue, at: hit.position, in: text, using: &scratch.names, into: &scratch.mentions)
        case .field(let count):
          guard Self.mayEndLabel(text, hit.position + count) else { continue }
          names?.scanField(
            at: hit.position, count: count, in: text, using: &scratch.names,
            into: &scratch.mentions)
        case .placeholder(let literal):
          guard let end = Placeholders.priorEnd(text, at: hit.position, literal: literal) else {
            continue
          }
          findings.append(
            Finding(
              range: hit.position..<end, entityType: placeholder, rule: priorPlaceholderRule,
              score: 1))
        }
      }
    }
  }

  /// Whether a word may be the end of a label: not where a sentence goes on.
  @inline(__always)
  private static func mayEndLabel(_ text: Span<UInt8>, _ end: Int) -> Bool {
    guard end + 1 < text.count else { return false }
    let next = text[end] == 32 ? text[end + 1] : text[end]
    return !((next | 0x20) &- 97 < 26 || next &- 48 < 10 || next == 95)
  }

  /// Whether an account name may begin with a mark: most of them stand in code and addresses.
  @inline(__always)
  private static func mayBeginHandle(_ text: Span<UInt8>, _ position: Int) -> Bool {
    let before = position > 0 ? text[position - 1] : 10
    if text[position] == UInt8(ascii: "<") { return before == 10 || before == 32 }
    return text[position] == UInt8(ascii: "@") && !(before &- 48 < 10 || (before | 0x20) &- 97 < 26)
  }

  private func visitMarks(
    _ text: Span<UInt8>, within range: Range<Int>, using scratch: inout ScanScratch,
    into findings: inout [Finding]
  ) throws(ScanFailure) {
    for block in ScanScope.blocks(range) {
      var bits = scratch.maps.mark(block) & ScanScope.mask(block, range)
      while bits != 0 {
        let position = block &* 64 &+ bits.trailingZeroBitCount
        bits &= bits &- 1
        guard position + 1 < text.count else { continue }
        let mark = triggers.marks.index(of: text[position])
        let second = text[position + 1]
        if mark == 0, second &- 65 < 26, let end = Placeholders.ownEnd(text, at: position) {
          findings.append(
            Finding(
              range: position..<end, entityType: placeholder, rule: ownPlaceholderRule, score: 1))
        }
        if Self.mayBeginHandle(text, position) {
          names?.scanHandle(
            at: position, in: text, using: &scratch.names, into: &scratch.mentions)
        }
        let third = position + 2 < text.count ? text[position + 2] : 0
        guard usesPrefilter else { continue }
        for index in triggers.marks.range(mark, second: second, third: third) {
          let wanted = triggers.marks[index]
          if wanted.shape >= 0, !triggers.marks.shapes.matches(wanted.shape, text, at: position) {
            continue
          }
          try run(wanted.attempt, at: position, text, using: &scratch, into: &findings)
        }
      }
    }
  }
}

/// The language of a text, as far as rules have asked for it.
package enum AskedLanguage: Equatable, Sendable {
  case notAsked
  /// An index into the ruleset's languages, or `nil` where the text does not say.
  case known(Int?)
}

/// The memory one worker needs to scan. Owned by that worker, never shared, never copied.
package struct ScanScratch: ~Copyable {
  package var names = NameScratch()
  /// The maps of the text scanned or classified last.
  package private(set) var maps: ByteMaps
  var windows = LiteralFinder.Scratch()
  /// The parts of the text that are scanned.
  var scope: [Range<Int>] = []
  var hits: [LiteralFinder.Hit] = []
  /// Where runs of digits begin that labels are looked for before.
  var runs: [Int] = []
  var mentions: [NameMention] = []
  var groups = DigitGroups()
  var zones = ZoneMap()
  var filter = ContextFilter()
  /// Whether something would have been found in the text scanned last, were it not for its zone,
  /// which lines far from it can decide.
  package internal(set) var isSwayed = false
  /// Whether the text scanned last holds lines that may be a table, whose first says what the
  /// others hold.
  package internal(set) var hasTable = false
  /// Where keys of pasted fields may end.
  var fieldMarks: [Int] = []
  /// For texts made of parts of the one that is scanned; made when the first is.
  var second: SecondScratch?
  /// That of the text scanned last, when a rule asked for it.
  package internal(set) var language = AskedLanguage.notAsked
  let regex = RegexScratch()
  /// For each expression, the least offset the next match may begin at, valid in the text numbered
  /// `epochs`.
  var nextStarts: [Int]
  /// Where the match found last ended, or -1; as `nextStarts`.
  var lastEnds: [Int]
  private var epochs: [UInt32]
  private var epoch: UInt32 = 0

  package init(for scanner: borrowing Scanner) {
    maps = ByteMaps(marked: scanner.triggers.marks.bytes)
    let count = scanner.triggers.expressionCount
    nextStarts = [Int](repeating: 0, count: count)
    lastEnds = [Int](repeating: -1, count: count)
    epochs = [UInt32](repeating: 0, count: count)
  }

  /// Fills `maps` for a text that is looked at without being scanned.
  ///
  /// - Complexity: O(`text.count`).
  package mutating func classify(_ text: Span<UInt8>) {
    maps.scan(text)
    zones.begin()
  }

  /// Forgets the text before, in constant time.
  mutating func begin() {
    filter.begin()
    isSwayed = false
    hasTable = false
    language = .notAsked
    epoch &+= 1
    if epoch == 0 {
      for index in epochs.indices { epochs[index] = 0 }
      epoch = 1
    }
  }

  mutating func nextStart(of expression: Int) -> Int {
    if epochs[expression] != epoch {
      epochs[expression] = epoch
      nextStarts[expression] = 0
      lastEnds[expression] = -1
    }
    return nextStarts[expression]
  }

  mutating func lastEnd(of expression: Int) -> Int {
    _ = nextStart(of: expression)
    return lastEnds[expression]
  }
}
