internal import Foundation
package import Rules
internal import Scan

/// What makes a rule bad although its file can be read: refused when the package is built, by
/// `rules check`, and before any input is read with `--rules`.
package enum RuleLint {
  /// How strict the house is with its own rules.
  package enum Owner: Sendable {
    case ours, users
  }

  /// Steps from one place after which an expression counts as one that backtracks without bound, on
  /// near-misses of `pumpedBytes`: what grows with the text stays far below, what grows with its
  /// square is far above.
  private static let stepsMax: UInt32 = 60_000
  private static let pumpedBytes = 3000

  /// Everything that is wrong with a rule, in the order of its file.
  ///
  /// - Complexity: some milliseconds a rule.
  package static func problems(
    in file: RuleFile, tables: ValidatorTables, owner: Owner = .ours
  ) -> [PatternFileError] {
    var problems: [PatternFileError] = []
    let rule = file.definition
    var isCompiled = true
    for (index, pattern) in rule.patterns.enumerated() {
      func report(_ message: String, line: Int? = nil) {
        let number = rule.patterns.count > 1 ? " \(index + 1)" : ""
        problems.append(
          PatternFileError(
            file: file.file, line: line ?? file.patternLines[index],
            message: "`regex` of pattern\(number): \(message)"))
      }
      let regex: Regex
      do {
        regex = try Regex(pattern.regex, options: pattern.options)
      } catch {
        let before = pattern.regex.utf8.prefix(error.offset).count { $0 == 10 }
        report(
          "\(error.message), at offset \(error.offset)",
          line: file.patternLines[index] + before)
        isCompiled = false
        continue
      }
      for reason in reasons(regex, pattern, file.hits) { report(reason) }
      problems += prefilterProblems(pattern.prefilter, file, index, owner)
    }
    if problems.isEmpty, isCompiled { problems += coverProblems(file, tables) }
    return problems
  }

  /// What is wrong with one expression that compiles, as on a policy's lists.
  static func problems(
    in pattern: PatternDefinition, file: String, line: Int
  ) -> [PatternFileError] {
    guard let regex = try? Regex(pattern.regex, options: pattern.options) else { return [] }
    return reasons(regex, pattern, []).map {
      PatternFileError(file: file, line: line, message: "`regex`: \($0)")
    }
  }

  private static func reasons(
    _ regex: Regex, _ pattern: PatternDefinition, _ hits: [RuleExample]
  ) -> [String] {
    var reasons: [String] = []
    if RegexTree(pattern.regex, options: pattern.options)?.cannotMatch == true {
      reasons.append("the expression can match nothing")
    }
    if isUnbounded(regex, pattern, hits) {
      reasons.append("the expression backtracks without bound on near-misses")
    }
    return reasons
  }

  /// What is no error, but may surprise: a score that never counts.
  package static func notes(in file: RuleFile, threshold: Double = 0.5) -> [PatternFileError] {
    let context = file.definition.context
    return zip(file.definition.patterns, file.patternLines).compactMap { pattern, line in
      let most = Swift.max(pattern.score + (context?.boost ?? 0), context?.floor ?? 0)
      guard most < threshold else { return nil }
      let score = (most * 100).rounded() / 100
      return PatternFileError(
        file: file.file, line: line,
        message: "scores at most \(score), below \(threshold): found only with --threshold or "
          + "the policy's `thresholds`")
    }
  }

  // MARK: - Prefilters

  private static func prefilterProblems(
    _ prefilter: Prefilter, _ file: RuleFile, _ index: Int, _ owner: Owner
  ) -> [PatternFileError] {
    let message: String
    switch prefilter {
    // A group of several runs may hold more digits than any one of them.
    case .digits(let least, let most, _) where least < 1 || most < 1:
      message = "`prefilter`: `min` and `max` are 1 or more"
    case .token(let least, let most, _) where least < 1 || most < least:
      message = "`prefilter`: `min` is 1 or more, and not more than `max`"
    case .everywhere where owner == .ours:
      message = "`prefilter` is missing, and none follows from the expression"
    default: return []
    }
    return [PatternFileError(file: file.file, line: file.patternLines[index], message: message)]
  }

  /// Examples in which the prefilter hides what the rule finds.
  private static func coverProblems(
    _ file: RuleFile, _ tables: ValidatorTables
  ) -> [PatternFileError] {
    guard let ruleset = try? Ruleset([file.definition], tables: tables, regions: ["all"]) else {
      return []
    }
    // Every score counts: what is below the threshold today may be above it tomorrow.
    let filtered = Scan.Scanner(
      ruleset: ruleset, names: nil, threshold: { _ in 0 }, readsLabels: false)
    let complete = Scan.Scanner(
      ruleset: ruleset, names: nil, threshold: { _ in 0 }, usesPrefilter: false,
      readsLabels: false)
    var scratch = ScanScratch(for: filtered)
    var completeScratch = ScanScratch(for: complete)
    var problems: [PatternFileError] = []
    for example in file.hits + file.misses + file.knownGaps {
      let text = Array(example.text.utf8)
      var found: [Finding] = []
      var all: [Finding] = []
      do {
        try filtered.scan(text.span, using: &scratch, into: &found)
        try complete.scan(text.span, using: &completeScratch, into: &all)
      } catch {
        problems.append(
          PatternFileError(
            file: file.file, line: example.line, message: "the rule gave up: \(error.reason)"))
        continue
      }
      if all.contains(where: { !found.contains($0) }) {
        problems.append(
          PatternFileError(
            file: file.file, line: example.line,
            message: "`prefilter` does not cover what the rule finds in this example"))
      }
    }
    return problems
  }

  // MARK: - Backtracking

  private static func isUnbounded(
    _ regex: Regex, _ pattern: PatternDefinition, _ hits: [RuleExample]
  ) -> Bool {
    let scratch = RegexScratch(matchLimit: stepsMax)
    for miss in nearMisses(pattern, hits) {
      var start = 0
      do {
        while let match = try regex.firstMatch(
          in: miss.span, from: start, startingBy: nil, using: scratch)
        {
          start = Swift.max(match.range.upperBound, match.range.lowerBound + 1)
          while start < miss.count, miss[start] & 0xC0 == 0x80 { start += 1 }
        }
      } catch {
        return true
      }
    }
    return false
  }

  /// Texts that nearly match over and over: seeds without their end, and seeds in which one
  /// character is repeated, with something behind it that does not belong.
  static func nearMisses(_ pattern: PatternDefinition, _ hits: [RuleExample]) -> [[UInt8]] {
    var seeds = hits.prefix(2).map { Array(($0.find ?? $0.text).unicodeScalars) }
    if let sample = RegexTree(pattern.regex, options: pattern.options)?.sample, !sample.isEmpty {
      seeds.append(Array(String(decoding: sample, as: UTF8.self).unicodeScalars))
    }
    var result: [[UInt8]] = []
    func add(_ head: ArraySlice<Unicode.Scalar>, _ repeated: ArraySlice<Unicode.Scalar>) {
      let unit = bytes(repeated)
      guard !unit.isEmpty else { return }
      var pumped = unit
      while pumped.count < pumpedBytes { pumped += pumped }
      result.append(bytes(head) + pumped + [1])
    }
    for seed in seeds {
      add([], seed.dropLast())
      var kinds: [Int] = []
      for (index, scalar) in seed.enumerated() where kinds.count < 8 {
        let kind = kind(scalar)
        if kinds.last == kind { continue }
        kinds.append(kind)
        add(seed[..<index], seed[index...index])
        if index > 0 { add(seed[..<(index - 1)], seed[(index - 1)...index]) }
      }
    }
    return result
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Int {
    if scalar.properties.isAlphabetic { return 0 }
    return scalar.properties.numericType != nil ? 1 : Int(scalar.value) + 2
  }

  private static func bytes(_ scalars: ArraySlice<Unicode.Scalar>) -> [UInt8] {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return Array(text.utf8)
  }
}
