package import Text

/// An expression of a rule, compiled.
package struct CompiledPattern: Sendable {
  package let regex: Regex
  /// What its matches can begin with and behind.
  package let head: MatchHead
  /// What a match starts from.
  package let score: Float
  package let prefilter: Prefilter
  /// How many bytes before a trigger a match may begin.
  package let lookback: Int
}

/// A rule ready to run: its expressions compiled, its parameters turned into what is compared with.
/// Frozen.
package final class CompiledRule: Sendable {
  package let id: String
  /// Index into the ruleset's `entityTypes`.
  package let entityType: Int
  package let expressions: [CompiledPattern]
  private let clean: [Bool]
  private let cleansNothing: Bool
  private let isUpper: Bool
  private let prefixes: [[UInt8]]
  private let validators: [Validator]
  private let phone: PhoneCheck?
  private let context: ContextWords
  private let contextAgainst: ContextWords
  private let refused: ContextWords
  private let window: Int
  private let after: Int
  private let boost: Float
  private let penalty: Float
  private let floor: Float
  private let contextRequired: Bool
  /// Whether one of the rule's regions was asked for by name.
  private let isOfRegion: Bool

  /// - Parameters:
  ///   - phones: the numbering plans; without them telephone numbers are taken as they match.
  ///   - languagePlans: those of the regions where a language is spoken, by language.
  /// - Throws: `RegexError` of the first expression that is refused.
  package init(
    _ definition: RuleDefinition, entityType: Int, tables: ValidatorTables, phones: PhonePlans?,
    languagePlans: [[Int]], regions: Set<String>, folding: inout FoldTable
  ) throws(RegexError) {
    id = definition.id
    self.entityType = entityType
    isOfRegion = definition.regions.contains { regions.contains($0) }
    var compiled: [CompiledPattern] = []
    for pattern in definition.patterns {
      compiled.append(
        CompiledPattern(
          regex: definition.isProved
            ? Regex(proved: pattern.regex, options: pattern.options)
            : try Regex(pattern.regex, options: pattern.options),
          head: pattern.head,
          score: Float(pattern.score),
          prefilter: pattern.prefilter, lookback: pattern.lookback))
    }
    expressions = compiled
    var cleaned = [Bool](repeating: false, count: 256)
    for byte in definition.clean.utf8 { cleaned[Int(byte)] = true }
    clean = cleaned
    cleansNothing = definition.clean.isEmpty
    isUpper = definition.isUpper
    prefixes = definition.prefixes.map { latin1($0) }
    validators = definition.validators.map { Validator($0, tables: tables) }
    var phone: PhoneCheck?
    for case .phone(let use) in definition.validators {
      phone = phones.map {
        PhoneCheck(use, $0, regions: regions, languages: languagePlans)
      }
    }
    self.phone = phone
    context = Self.folded(definition.context?.words ?? [], &folding)
    contextAgainst = Self.folded(definition.context?.against ?? [], &folding)
    refused = Self.folded(definition.context?.refused ?? [], &folding)
    window = definition.context?.window ?? 0
    after = definition.context?.after ?? 0
    boost = Float(definition.context?.boost ?? 0)
    penalty = Float(definition.context?.penalty ?? 0)
    floor = Float(definition.context?.floor ?? 0)
    contextRequired = definition.context?.required ?? false
  }

  /// The beginnings of the words that speak for a match, at most three bytes of each.
  package var contextHeads: [[UInt8]] { context.heads }

  /// How many characters before and behind a match are looked through for words.
  package var contextWindow: (before: Int, after: Int) { (window, after) }

  /// Whether a match of an expression with this score is found only with a context word.
  ///
  /// - Parameter least: the threshold of the rule's type.
  package func needsWord(base: Float, least: Float) -> Bool {
    !context.isEmpty && (contextRequired || base < least - 0.001)
  }

  /// Whether what stands for a value of the rule's type, `[PHONE_NUMBER_1]`, is a context word for
  /// what follows.
  package func isSupported(by label: String, folding: inout FoldTable) -> Bool {
    let text = Array("[\(label)_1] 1".utf8)
    return verdict(around: text.count - 1..<text.count, in: text.span, folding: &folding)
      == .supported
  }

  /// Whether the text's language decides what is found.
  package var asksLanguage: Bool { phone?.asksLanguage ?? false }

  /// The part of a match that the rule is about: all of it, but for telephone numbers, which the
  /// numbering plans may end earlier or refuse.
  ///
  /// - Parameter language: that of the text, as the ruleset's `languages` number them.
  /// - Complexity: O(length of the match) plus O(plans asked).
  package func fitted(
    _ match: RegexMatch, in text: Span<UInt8>, language: Int? = nil
  ) -> RegexMatch? {
    guard let phone else { return match }
    guard let part = phone.fit(match.value, in: text, language: language) else { return nil }
    if part == match.value { return match }
    return RegexMatch(range: match.range.lowerBound..<part.upperBound, value: part)
  }

  private static func folded(_ words: [ContextWord], _ folding: inout FoldTable) -> ContextWords {
    var result: [ContextWords.Word] = []
    for word in words {
      let bytes = Array(word.text.utf8)
      var folded: [UInt8] = []
      folding.fold(bytes.span, bytes.indices, into: &folded)
      if !folded.isEmpty {
        result.append(ContextWords.Word(bytes: folded, endingMax: word.endingMax))
      }
    }
    return ContextWords(result)
  }

  /// The score of a match, or `nil` when a validator or the lack of context rules it out.
  ///
  /// - Parameters:
  ///   - base: the expression's own score.
  ///   - isAnnounced: it goes on with a list, which is as good as a word.
  ///   - folding: the worker's table, used only when there is context to look for.
  /// - Complexity: O(value + window × words).
  package func score(
    _ match: RegexMatch, in text: Span<UInt8>, base: Float, isAnnounced: Bool = false,
    folding: inout FoldTable
  ) -> Float? {
    if !validators.isEmpty {
      let value = cleaned(match.value, of: text)
      for validator in validators where !validator.isValid(value) { return nil }
    }
    var verdict = verdict(around: match.range, in: text, folding: &folding)
    if isAnnounced, verdict != .refused { verdict = .supported }
    switch verdict {
    case .supported: return ranked(min(1, max(floor, base + boost)))
    case .silent: return contextRequired ? nil : ranked(base)
    case .opposed: return contextRequired ? nil : ranked(max(0, base - penalty))
    case .refused: return nil
    }
  }

  /// A number can be a good one of several countries: that of a region asked for goes before, but
  /// is not found more easily.
  private func ranked(_ score: Float) -> Float {
    isOfRegion && score >= 0.5 ? min(1, score + 0.1) : score
  }

  /// Whether ASCII letters stand on both sides of an offset.
  private static func isInWord(_ text: Span<UInt8>, _ offset: Int) -> Bool {
    (text[offset - 1] | 0x20) &- 97 < 26 && (text[offset] | 0x20) &- 97 < 26
  }

  /// What the validators look at.
  private func cleaned(_ range: Range<Int>, of text: Span<UInt8>) -> [UInt8] {
    var value: [UInt8] = []
    value.reserveCapacity(range.count)
    for index in range where cleansNothing || !clean[Int(text[index])] {
      value.append(text[index])
    }
    if isUpper { value = latin1Capitals(value) }
    if let prefix = prefixes.first(where: { value.starts(with: $0) }) {
      value.removeFirst(prefix.count)
    }
    return value
  }

  /// Whether a match passes each of the rule's validators, in the order of its file.
  ///
  /// - Complexity: O(value) for each; for explanations, not for scanning.
  package func validity(of match: RegexMatch, in text: Span<UInt8>) -> [Bool] {
    let value = cleaned(match.value, of: text)
    return validators.map { $0.isValid(value) }
  }

  /// What the words around a match say of it.
  package enum Verdict: Sendable {
    case supported
    /// There is no word for or against it.
    case silent
    case opposed
    /// The last telling word shortly before it says that it is something else.
    case refused
  }

  /// How many characters before a match a refusing word counts.
  private static let refusalWindow = 28

  /// What the words within the rule's window around a range say.
  ///
  /// - Complexity: O(window × words that begin alike).
  package func verdict(
    around range: Range<Int>, in text: Span<UInt8>, folding: inout FoldTable
  ) -> Verdict {
    if context.isEmpty, contextAgainst.isEmpty { return .silent }
    // Two sides, so that no word is made of what stands before and behind the match.
    var left: [UInt8] = []
    if !refused.isEmpty {
      let near = Self.offset(of: Self.refusalWindow, before: range.lowerBound, in: text)
      folding.fold(text, near..<range.lowerBound, into: &left)
      // In "order number" the word that supports is part of the one that refuses.
      if let refusal = refused.last(in: left.span),
        context.last(in: left.span).map({ $0 <= refusal }) ?? true
      {
        return .refused
      }
      left.removeAll(keepingCapacity: true)
    }
    // The window ends between words: the rest of "ARABIC" is no "BIC".
    var before = Self.offset(of: window, before: range.lowerBound, in: text)
    while before > 0, before < range.lowerBound, Self.isInWord(text, before) { before += 1 }
    folding.fold(text, before..<range.lowerBound, into: &left)
    if context.isAny(in: left.span) { return .supported }
    var end = range.upperBound
    var count = after
    while end < text.count, count > 0 || text[end] & 0xC0 == 0x80 {
      if text[end] & 0xC0 != 0x80 { count -= 1 }
      end += 1
    }
    while end < text.count, end > range.upperBound, Self.isInWord(text, end) { end -= 1 }
    var right: [UInt8] = []
    folding.fold(text, range.upperBound..<end, into: &right)
    if context.isAny(in: right.span) { return .supported }
    return contextAgainst.isAny(in: left.span) || contextAgainst.isAny(in: right.span)
      ? .opposed : .silent
  }

  /// The offset of the character so many before one, or of the text's first.
  private static func offset(of count: Int, before start: Int, in text: Span<UInt8>) -> Int {
    var index = start
    var left = count
    while index > 0, left > 0 {
      index -= 1
      if text[index] & 0xC0 != 0x80 { left -= 1 }
    }
    return index
  }
}
