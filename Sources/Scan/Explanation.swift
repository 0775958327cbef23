internal import Names
internal import Rules
internal import Text

/// A place where an expression matched or a name was seen, with what became of it: the slow answer
/// to why something is found, and why not.
package struct Candidate: Sendable, Equatable {
  /// What became of a candidate before overlaps are resolved.
  package enum Fate: Sendable, Equatable {
    case found
    /// The validator of this index, in the order of the rule's file, refused it.
    case refused(validator: Int)
    /// The rule wants a context word, and there is none, or what is near speaks against it.
    case noContext
    case belowThreshold(Float)
  }

  /// Index into the scanner's `ruleIDs`.
  package var rule: Int
  /// Index into the rule's expressions; `nil` for names, placeholders and lists.
  package var expression: Int?
  package var entityType: Int
  /// Bytes of the text: the whole match, and what of it is reported.
  package var match: Range<Int>
  package var value: Range<Int>
  /// Before context, and after; `nil` after when it was ruled out.
  package var base: Float
  package var score: Float?
  /// The zone that lowered the score.
  package var zone: Zone?
  /// Whether each of the rule's validators accepts the value.
  package var validity: [Bool]
  package var fate: Fate
}

extension Scanner {
  /// Everything that any rule or name rule looks at in a text, found or not, in the order of the
  /// text.
  ///
  /// Each expression is run over the whole text without prefilters, as `--no-prefilter` does.
  /// - Parameter text: valid UTF-8.
  /// - Throws: `ScanFailure` when an expression gave up.
  /// - Complexity: O(rules × text).
  package func candidates(
    in text: Span<UInt8>, using scratch: inout ScanScratch
  ) throws(ScanFailure) -> [Candidate] {
    var result: [Candidate] = []
    scratch.begin()
    scratch.classify(text)
    for rule in rules.indices {
      for expression in rules[rule].expressions.indices {
        try appendCandidates(rule, expression, text, using: &scratch, to: &result)
      }
    }
    var findings: [Finding] = []
    try scan(text, using: &scratch, into: &findings)
    // What a rule found in another script's digits is no candidate yet.
    let known = Set(
      result.filter { $0.fate == .found }.map {
        [$0.rule, $0.value.lowerBound, $0.value.upperBound]
      })
    for finding in findings
    where finding.rule >= rules.count
      || !known.contains([finding.rule, finding.range.lowerBound, finding.range.upperBound])
    {
      result.append(
        Candidate(
          rule: finding.rule, expression: nil, entityType: finding.entityType,
          match: finding.range, value: finding.range, base: finding.score, score: finding.score,
          zone: nil, validity: [], fate: .found))
    }
    return result.sorted {
      ($0.value.lowerBound, $0.value.upperBound, $0.rule, $0.expression ?? -1)
        < ($1.value.lowerBound, $1.value.upperBound, $1.rule, $1.expression ?? -1)
    }
  }

  private func appendCandidates(
    _ index: Int, _ expression: Int, _ text: Span<UInt8>, using scratch: inout ScanScratch,
    to result: inout [Candidate]
  ) throws(ScanFailure) {
    let rule = rules[index]
    let pattern = rule.expressions[expression]
    let state = chains.state(index, expression)
    var lastEnd = -1
    var start = 0
    while start <= text.count {
      let match: RegexMatch?
      do {
        match = try pattern.regex.firstMatch(
          in: text, from: start, startingBy: nil, using: scratch.regex)
      } catch {
        throw ScanFailure(rule: rule.id, cause: error)
      }
      guard let match else { return }
      let language = rule.asksLanguage ? language(of: text, using: &scratch) : nil
      let fitted = rule.fitted(match, in: text, language: language)
      var score: Float?
      if let fitted {
        score = rule.score(
          fitted, in: text, base: pattern.score,
          isAnnounced: chains.reaches(state, from: lastEnd, to: match.range.lowerBound),
          folding: &scratch.names.folding)
      }
      let value = fitted?.value ?? match.value
      let place = placeChange(value, type: rule.entityType, text, using: &scratch)
      if let before = score, place.zone != nil { score = before + place.change }
      let validity = rule.validity(of: fitted ?? match, in: text)
      let threshold = thresholds[rule.entityType]
      let fate: Candidate.Fate
      if let refused = validity.firstIndex(of: false) {
        fate = .refused(validator: refused)
      } else if let score {
        fate = score >= threshold - 0.001 ? .found : .belowThreshold(threshold)
      } else {
        fate = fitted == nil ? .refused(validator: 0) : .noContext
      }
      if fate == .found, let fitted { lastEnd = fitted.range.upperBound }
      result.append(
        Candidate(
          rule: index, expression: expression, entityType: rule.entityType, match: match.range,
          value: value, base: pattern.score, score: score, zone: place.zone,
          validity: validity, fate: fate))
      start = score == nil ? match.range.lowerBound + 1 : (fitted ?? match).range.upperBound
      start = max(start, match.range.lowerBound + 1)
      while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
    }
  }
}

extension [Candidate] {
  /// What is left when overlaps are resolved, and for each candidate the index of what covers it
  /// there; `nil` where nothing does.
  ///
  /// - Parameter ranks: one for each entity type.
  package func resolved(
    _ text: Span<UInt8>, ranks: [Rank]
  ) -> (findings: [Finding], coveredBy: [Int?]) {
    var findings: [Finding] = compactMap { candidate in
      guard candidate.fate == .found, !candidate.value.isEmpty else { return nil }
      return Finding(
        range: candidate.value, entityType: candidate.entityType, rule: candidate.rule,
        score: candidate.score ?? 0)
    }
    findings.resolve(ranks: ranks) { range in
      for index in range {
        let byte = text[index]
        if byte >= 0x80 || (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 { return true }
      }
      return false
    }
    let coveredBy = map { candidate in
      candidate.fate == .found
        ? findings.firstIndex { $0.range.overlaps(candidate.value) } : nil
    }
    return (findings, coveredBy)
  }
}
