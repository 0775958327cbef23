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
  private let prefixes: [[UInt8]]
  private let validators: [Validator]
  private let context: ContextWords
  private let window: Int
  private let boost: Float
  private let contextRequired: Bool
  /// Whether one of the rule's regions was asked for by name.
  private let isOfRegion: Bool

  /// - Throws: `RegexError` of the first expression that is refused.
  package init(
    _ definition: RuleDefinition, entityType: Int, tables: ValidatorTables,
    isOfRegion: Bool = false, folding: inout FoldTable
  ) throws(RegexError) {
    id = definition.id
    self.entityType = entityType
    self.isOfRegion = isOfRegion
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
    prefixes = definition.prefixes.map { latin1($0) }
    validators = definition.validators.map { Validator($0, tables: tables) }
    var words: [[UInt8]] = []
    for word in definition.context?.words ?? [] {
      let bytes = Array(word.utf8)
      var folded: [UInt8] = []
      folding.fold(bytes.span, bytes.indices, into: &folded)
      if !folded.isEmpty { words.append(folded) }
    }
    context = ContextWords(words)
    window = definition.context?.window ?? 0
    boost = Float(definition.context?.boost ?? 0)
    contextRequired = definition.context?.required ?? false
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
      if let prefix = prefixes.first(where: { value.starts(with: $0) }) {
        value.removeFirst(prefix.count)
      }
      for validator in validators where !validator.isValid(value) { return nil }
    }
    guard !context.isEmpty else { return ranked(base) }
    if hasContext(around: match.range, in: text, folding: &folding) {
      return ranked(min(1, base + boost))
    }
    return contextRequired ? nil : ranked(base)
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

  private func hasContext(
    around range: Range<Int>, in text: Span<UInt8>, folding: inout FoldTable
  ) -> Bool {
    var before = max(0, range.lowerBound - window)
    while before < range.lowerBound, text[before] & 0xC0 == 0x80 { before += 1 }
    var after = min(text.count, range.upperBound + window)
    while after > range.upperBound, after < text.count, text[after] & 0xC0 == 0x80 { after -= 1 }
    // The window ends between words: the rest of "ARABIC" is no "BIC".
    while before > 0, before < range.lowerBound, Self.isInWord(text, before) { before += 1 }
    while after < text.count, after > range.upperBound, Self.isInWord(text, after) { after -= 1 }
    // A word may run from the text before into the match ("tel:+44…" matched whole), so the value's
    // own bytes count only on the side before.
    var folded: [UInt8] = []
    folding.fold(text, before..<range.lowerBound, into: &folded)
    if context.isAny(in: folded.span) { return true }
    folded.removeAll(keepingCapacity: true)
    folding.fold(text, range.upperBound..<after, into: &folded)
    return context.isAny(in: folded.span)
  }
}
