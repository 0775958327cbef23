import ArgumentParser
import Names
import PatternFiles

/// The options of the commands that look at rules without reading conversations.
struct PatternFlags: ParsableArguments {
  @Option(help: "A rule file, a file of Presidio's recognizers, or a directory of either.")
  var rules: String?

  @Option(help: "A folder laid out as Patterns/, used instead of the built-in rules.")
  var patterns: String?

  /// The built-in or `--patterns` rules, and the user's.
  func book() throws -> RuleBook { try RuleBook(rules: rules, patterns: patterns) }
}
