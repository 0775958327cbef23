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
  private let validators: [Validator]
  private let phone: PhoneCheck?
  private let context: ContextWords
  private let refused: ContextWords
  private let window: Int
  private let after: Int
  private let boost: Float
  private let contextRequired: Bool

  /// - Throws: `RegexError` of the first expression that is refused.
  package init(
    _ definition: RuleDefinition, entityType: Int, tables: ValidatorTables, phones: PhonePlans,
    regions: Set<String>, folding: inout FoldTable
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
    validators = definition.validators.map { Validator($0, tables: tables) }
    var phone: PhoneCheck?
    for case .phone(let use) in definition.validators {
      phone = PhoneCheck(use, phones, regions: regions)
    }
    self.phone = phone
    context = Self.folded(definition.context?.words ?? [], &folding)
    refused = Self.folded(definition.context?.refused ?? [], &folding)
    window = definition.context?.window ?? 0
    after = definition.context?.after ?? 0
    boost = Float(definition.context?.boost ?? 0)
    contextRequired = definition.context?.required ?? false
  }

  private static func folded(_ words: [String], _ folding: inout FoldTable) -> ContextWords {
    var result: [[UInt8]] = []
    for word in words {
      let bytes = Array(word.utf8)
      var folded: [UInt8] = []
      folding.fold(bytes.span, bytes.indices, into: &folded)
      if !folded.isEmpty { result.append(folded) }
    }
    return ContextWords(result)
  }

  /// The part of a match that the rule is about: all of it, but for telephone numbers, which the
  /// numbering plans may end earlier or refuse.
  ///
  /// - Complexity: O(length of the match) plus O(plans asked).
  package func fitted(_ match: RegexMatch, in text: Span<UInt8>) -> RegexMatch? {
    guard let phone else { return match }
    guard let part = phone.fit(match.value, in: text) else { return nil }
    if part == match.value { return match }
    return RegexMatch(range: match.range.lowerBound..<part.upperBound, value: part)
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
      for validator in validators where !validator.isValid(value) { return nil }
    }
    guard !context.isEmpty else { return base }
    if !refused.isEmpty, isRefused(match.range.lowerBound, in: text, folding: &folding) {
      return nil
    }
    if hasContext(around: match.range, in: text, folding: &folding) { return min(1, base + boost) }
    return contextRequired ? nil : base
  }

  /// How many characters before a match a refusing word counts.
  private static let refusalWindow = 28

  /// Whether the last telling word shortly before a match says that it is something else.
  private func isRefused(
    _ start: Int, in text: Span<UInt8>, folding: inout FoldTable
  ) -> Bool {
    var folded: [UInt8] = []
    let before = Self.offset(of: Self.refusalWindow, before: start, in: text)
    folding.fold(text, before..<start, into: &folded)
    guard let refusal = refused.last(in: folded.span) else { return false }
    guard let support = context.last(in: folded.span) else { return true }
    // In "order number" the word that supports is part of the one that refuses.
    return support <= refusal
  }

  private func hasContext(
    around range: Range<Int>, in text: Span<UInt8>, folding: inout FoldTable
  ) -> Bool {
    // A word may run from the text before into the match ("tel:+44…" matched whole), so the value's
    // own bytes count only on the side before.
    var folded: [UInt8] = []
    let before = Self.offset(of: window, before: range.lowerBound, in: text)
    folding.fold(text, before..<range.lowerBound, into: &folded)
    if context.isAny(in: folded.span) { return true }
    folded.removeAll(keepingCapacity: true)
    var end = range.upperBound
    var left = after
    while end < text.count, left > 0 || text[end] & 0xC0 == 0x80 {
      if text[end] & 0xC0 != 0x80 { left -= 1 }
      end += 1
    }
    folding.fold(text, range.upperBound..<end, into: &folded)
    return context.isAny(in: folded.span)
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
