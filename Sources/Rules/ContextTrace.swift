package import Text

extension RuleDefinition {
  /// The first of the rule's context words that changes the score of a match, for explanations.
  ///
  /// Asked of the rule itself, with one word at a time: what counts as a word's being there is
  /// decided in one place.
  /// - Parameter expression: the index of the expression that matched.
  /// - Throws: `RegexError` when the rule is one that is refused.
  /// - Complexity: O(words) compilations.
  package func contextWord(
    of match: RegexMatch, expression: Int, in text: Span<UInt8>, tables: ValidatorTables,
    folding: inout FoldTable
  ) throws(RegexError) -> String? {
    guard let context else { return nil }
    var alone = self
    alone.patterns = [patterns[expression]]
    let base = Float(patterns[expression].score)
    func score(
      _ words: [ContextWord], _ folding: inout FoldTable
    ) throws(RegexError) -> Float? {
      alone.context?.words = words
      alone.context?.against = []
      let rule = try CompiledRule(
        alone, entityType: 0, tables: tables, phones: nil, languagePlans: [], regions: [],
        folding: &folding)
      return rule.score(match, in: text, base: base, folding: &folding)
    }
    // A word that stands nowhere: no text holds the character that is none.
    let without = try score(["\u{FFFF}\u{FFFF}"], &folding)
    for word in context.words where try score([word], &folding) != without { return word.text }
    return nil
  }
}
