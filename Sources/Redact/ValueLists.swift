package import Rules
internal import Scan
internal import Text

/// Values a policy names: as they are, through folding, or by expressions.
package struct ValueList: Codable, Sendable, Equatable {
  package var exact: [String]
  package var folded: [String]
  /// In plain, not extended, syntax; `\d` and `\w` are ASCII.
  package var regex: [String]

  package init(exact: [String] = [], folded: [String] = [], regex: [String] = []) {
    self.exact = exact
    self.folded = folded
    self.regex = regex
  }

  package var isEmpty: Bool { exact.isEmpty && folded.isEmpty && regex.isEmpty }
}

/// Values that a policy says are always found, as one entity type.
package struct DenyList: Codable, Sendable, Equatable {
  package var entityType: String
  package var values: ValueList

  package init(entityType: String, values: ValueList) {
    self.entityType = entityType
    self.values = values
  }

  /// The id all rules made from deny-lists begin with.
  package static let idPrefix = "policy/deny/"

  /// Exact values and expressions as a rule; `nil` when there are none.
  ///
  /// An exact value is not found inside a longer word, in scripts that put blanks between words.
  /// - Parameter number: tells the rules of several lists apart.
  package func rule(number: Int) -> RuleDefinition? {
    let expressions = values.exact.filter { !$0.isEmpty }.map(Self.expression) + values.regex
    guard !expressions.isEmpty else { return nil }
    let patterns = expressions.map { regex in
      let derived = DerivedPrefilter(regex, options: [])
      return PatternDefinition(
        regex: regex, score: 1, prefilter: derived.prefilter, lookback: derived.lookback,
        options: [])
    }
    return RuleDefinition(
      id: "\(Self.idPrefix)\(number)", entityType: entityType, about: "A list of the policy.",
      tier: 1, regions: [], patterns: patterns, clean: "", validators: [], context: nil)
  }

  private static func expression(_ value: String) -> String {
    var text = ""
    for scalar in value.unicodeScalars {
      if scalar.value < 0x80, !isASCIIWord(scalar) { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
    if let first = value.unicodeScalars.first, hasBlanks(first) {
      text = #"(?<![\p{L}\p{N}])"# + text
    }
    if let last = value.unicodeScalars.last, hasBlanks(last) { text += #"(?![\p{L}\p{N}])"# }
    return text
  }

  private static func isASCIIWord(_ scalar: Unicode.Scalar) -> Bool {
    let byte = UInt8(truncatingIfNeeded: scalar.value)
    return (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || byte == 95
  }

  /// Letters and digits of scripts that put blanks between words: not Thai, Lao, Han, Kana.
  private static func hasBlanks(_ scalar: Unicode.Scalar) -> Bool {
    let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    return isWord && scalar.value < 0x2E80 && !(0x0E00...0x0EFF).contains(scalar.value)
  }
}

/// A policy's allow-list, ready: values that stay although a rule finds them. Frozen.
package struct AllowList: Sendable {
  /// Names of people, places and organisations that stay, by rules of their own.
  package var names = KeptNames()
  private let exact: Set<[UInt8]>
  private let folded: Set<[UInt8]>
  private let expressions: [Regex]

  package init() {
    exact = []
    folded = []
    expressions = []
  }

  /// - Throws: `RegexError` of the first expression that is refused.
  package init(_ list: ValueList) throws(RegexError) {
    exact = Set(list.exact.map { Array($0.utf8) })
    var folding = FoldTable()
    var words: Set<[UInt8]> = []
    for word in list.folded {
      let bytes = Array(word.utf8)
      words.insert(Self.fold(bytes.span, bytes.indices, &folding))
    }
    folded = words
    var compiled: [Regex] = []
    for regex in list.regex {
      compiled.append(try Regex(#"\A(?:"# + regex + #")\z"#, options: []))
    }
    expressions = compiled
  }

  package var isEmpty: Bool { exact.isEmpty && folded.isEmpty && expressions.isEmpty }

  private static func fold(
    _ text: Span<UInt8>, _ range: Range<Int>, _ folding: inout FoldTable
  ) -> [UInt8] {
    var result: [UInt8] = []
    folding.fold(text, range, into: &result)
    return result
  }

  /// Whether a value is on the list. An expression that gives up does not allow.
  func allows(
    _ text: Span<UInt8>, _ range: Range<Int>, folding: inout FoldTable,
    using scratch: borrowing RegexScratch
  ) -> Bool {
    let value = text.extracting(range)
    if !exact.isEmpty {
      var bytes: [UInt8] = []
      for index in 0..<value.count { bytes.append(value[index]) }
      if exact.contains(bytes) { return true }
    }
    if !folded.isEmpty, folded.contains(Self.fold(text, range, &folding)) { return true }
    for regex in expressions {
      let match = try? regex.firstMatch(in: value, from: 0, startingBy: 0, using: scratch)
      if match != nil { return true }
    }
    return false
  }

  /// Takes what is allowed out of a text's findings, with everything found inside it.
  ///
  /// - Parameters:
  ///   - allowed: what was allowed in this text before; grows.
  ///   - isExempt: whether the findings of a rule, by index, are never allowed.
  /// - Complexity: O(findings × allowed).
  func sift(
    _ findings: inout [Finding], in text: Span<UInt8>, allowed: inout [Finding],
    isExempt: [Bool], folding: inout FoldTable, using scratch: borrowing RegexScratch
  ) {
    guard !isEmpty else { return }
    for finding in findings where !isExempt[finding.rule] && !allowed.contains(finding) {
      if allows(text, finding.range, folding: &folding, using: scratch) {
        allowed.append(finding)
      }
    }
    guard !allowed.isEmpty else { return }
    let ranges = allowed.map(\.range)
    findings.removeAll { finding in
      !isExempt[finding.rule]
        && ranges.contains {
          $0.lowerBound <= finding.range.lowerBound && finding.range.upperBound <= $0.upperBound
        }
    }
  }
}

extension [Finding] {
  /// Of what was allowed in a text, one finding for each place that stays.
  ///
  /// - Parameter others: the disjoint findings of the text.
  func kept(beside others: [Finding]) -> [Finding] {
    var result = filter { allowed in !others.contains { $0.range.overlaps(allowed.range) } }
    guard let types = result.map(\.entityType).max() else { return [] }
    result.resolve(ranks: [Rank](repeating: .act, count: types + 1)) { _ in true }
    return result
  }
}
