internal import Rules
internal import Text

/// Lets a number speak for the next one: in a list of telephone numbers the word stands only above
/// the first. Frozen, part of the scanner.
///
/// What stands for a number that was found, `[PHONE_NUMBER_1]`, holds such a word itself, so that
/// looking again would find the second number of the list, and then the third, one in each round.
/// Matches of one expression come in the order of the text, and here each finds the last one.
struct ContextChains: Sendable {
  /// For each rule, the number of its first expression among all, as `Triggers.Attempt.state`.
  private var first: [Int] = []
  /// For each expression, how many bytes behind a match the next may begin that needs no word of
  /// its own; 0: each needs one.
  private var reaches: [Int] = []

  /// What follows a label in a placeholder.
  private static let numberLength = 5

  /// - Parameters:
  ///   - types: the names of the entity types.
  ///   - thresholds: the least score of each type.
  init(_ rules: [CompiledRule], types: [String], thresholds: [Float]) {
    var folding = FoldTable()
    for rule in rules {
      first.append(reaches.count)
      let label = types[rule.entityType]
      let reach = rule.contextWindow.before - label.utf8.count - Self.numberLength
      let needs = rule.expressions.map {
        rule.needsWord(base: $0.score, least: thresholds[rule.entityType])
      }
      let isChain =
        reach > 0 && needs.contains(true) && rule.isSupported(by: label, folding: &folding)
      for isNeeded in needs { reaches.append(isChain && isNeeded ? reach : 0) }
    }
  }

  /// Whether matches of an expression may speak for one another.
  func isChain(_ state: Int) -> Bool { reaches[state] > 0 }

  @inline(__always)
  func state(_ rule: Int, _ expression: Int) -> Int { first[rule] &+ expression }

  /// Whether a match of an expression that ended at `last`, -1 if there was none, speaks for one
  /// that begins at `start` or behind.
  @inline(__always)
  func reaches(_ state: Int, from last: Int, to start: Int) -> Bool {
    last >= 0 && reaches[state] > 0 && start &- last <= reaches[state]
  }
}
