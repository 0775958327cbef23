package import Text

/// An expression of a rule, compiled.
package struct CompiledPattern: Sendable {
  package let regex: Regex
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
  private let validators: [Validator]
  private let context: ContextWords
  private let contextAgainst: ContextWords
  private let window: Int
  private let boost: Float
  private let penalty: Float
  private let contextRequired: Bool

  /// - Throws: `RegexError` of the first expression that is refused.
  package init(
    _ definition: RuleDefinition, entityType: Int, tables: ValidatorTables,
    folding: inout FoldTable
  ) throws(RegexError) {
    id = definition.id
    self.entityType = entityType
    var compiled: [CompiledPattern] = []
    for pattern in definition.patterns {
      compiled.append(
        CompiledPattern(
          regex: try Regex(pattern.regex), score: Float(pattern.score),
          prefilter: pattern.prefilter, lookback: pattern.lookback))
    }
    expressions = compiled
    var cleaned = [Bool](repeating: false, count: 256)
    for byte in definition.clean.utf8 { cleaned[Int(byte)] = true }
    clean = cleaned
    cleansNothing = definition.clean.isEmpty
    isUpper = definition.isUpper
    validators = definition.validators.map { Validator($0, tables: tables) }
    context = Self.folded(definition.context?.words ?? [], &folding)
    contextAgainst = Self.folded(definition.context?.against ?? [], &folding)
    window = definition.context?.window ?? 0
    boost = Float(definition.context?.boost ?? 0)
    penalty = Float(definition.context?.penalty ?? 0)
    contextRequired = definition.context?.required ?? false
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
  ///   - folding: the worker's table, used only when there is context to look for.
  /// - Complexity: O(value + window × words).
  package func score(
    _ match: RegexMatch, in text: Span<UInt8>, base: Float, folding: inout FoldTable
  ) -> Float? {
    if !validators.isEmpty {
      var value: [UInt8] = []
      value.reserveCapacity(match.value.count)
      for index in match.value where cleansNothing || !clean[Int(text[index])] {
        value.append(text[index])
      }
      if isUpper { value = latin1Capitals(value) }
      for validator in validators where !validator.isValid(value) { return nil }
    }
    return contextScore(match.range, in: text, base: base, folding: &folding)
  }

  /// A score after the words around a match, or `nil` where a word is needed and not there.
  private func contextScore(
    _ range: Range<Int>, in text: Span<UInt8>, base: Float, folding: inout FoldTable
  ) -> Float? {
    if context.isEmpty, contextAgainst.isEmpty { return base }
    var before = max(0, range.lowerBound - window)
    while before < range.lowerBound, text[before] & 0xC0 == 0x80 { before += 1 }
    var after = min(text.count, range.upperBound + window)
    while after > range.upperBound, after < text.count, text[after] & 0xC0 == 0x80 { after -= 1 }
    // Two sides, so that no word is made of what stands before and behind the match.
    var left: [UInt8] = []
    folding.fold(text, before..<range.lowerBound, into: &left)
    if context.isAny(in: left.span) { return min(1, base + boost) }
    var right: [UInt8] = []
    folding.fold(text, range.upperBound..<after, into: &right)
    if context.isAny(in: right.span) { return min(1, base + boost) }
    if contextRequired { return nil }
    if contextAgainst.isAny(in: left.span) || contextAgainst.isAny(in: right.span) {
      return max(0, base - penalty)
    }
    return base
  }
}
