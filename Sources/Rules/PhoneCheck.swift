/// What a rule wants of a telephone number.
package enum PhoneUse: Codable, Sendable, Equatable {
  /// `+` or a prefix that leaves the country, a calling code, a national number.
  case international
  /// A national number of a plan, with or without its trunk prefix.
  case national(groups: PhoneGroups, plans: PhoneRegions)
}

/// How the digits of a national number have to be grouped.
package enum PhoneGroups: String, Codable, Sendable {
  /// In any way, or not at all.
  case any
  /// As numbers of that plan are, as `strong` wants it, or ten and more undivided digits with a
  /// trunk prefix; with all regions on, only as `strong` wants it.
  case written
  /// With a trunk prefix or brackets, and the first group as long as in that plan.
  case strong
}

/// Whose plans are asked.
package enum PhoneRegions: String, Codable, Sendable {
  /// Those of the regions asked for.
  case asked
  /// Those of the regions where the text's language is spoken.
  case language
  /// All there are.
  case all
}

/// Checks a match against the numbering plans and says where the number in it ends. Frozen, part of
/// a rule.
package struct PhoneCheck: Sendable {
  private let plans: PhonePlans
  private let use: PhoneUse
  /// Of `plans`, those whose national numbers are looked for.
  private let asked: [Int]
  private let asksAll: Bool
  /// By language the plans whose national numbers are looked for, where it decides.
  private let ofLanguage: [[Int]]

  /// Whether the text's language decides what is a number.
  package var asksLanguage: Bool { !ofLanguage.isEmpty }

  /// - Parameters:
  ///   - regions: those asked for; ISO 3166, lower case, or `all`.
  ///   - languages: by language its plans (`PhonePlans.plans(of:)`), for rules that ask by it.
  package init(
    _ use: PhoneUse, _ plans: PhonePlans, regions: Set<String>, languages: [[Int]] = []
  ) {
    self.plans = plans
    self.use = use
    if case .national(_, .language) = use {
      ofLanguage = languages
      asked = []
      asksAll = false
      return
    }
    ofLanguage = []
    if case .national(_, .all) = use {
      asked = plans.indices(of: ["all"])
      asksAll = true
    } else {
      asked = plans.indices(of: regions)
      asksAll = regions.contains("all")
    }
  }

  /// The part of a range that is a number, or `nil`. A number that ends with the range keeps what
  /// stands behind its digits, as an extension; what follows a shorter one is left out.
  ///
  /// - Parameter language: that of the text, an index into `languages`.
  /// - Complexity: O(length of the range) plus O(plans asked).
  package func fit(
    _ range: Range<Int>, in text: Span<UInt8>, language: Int? = nil
  ) -> Range<Int>? {
    let number = PhoneDigits(text, range)
    let end: Int?
    switch use {
    case .international: end = internationalEnd(number)
    case .national(let groups, .language):
      guard let language, language < ofLanguage.count else { return nil }
      end = nationalEnd(number, groups, ofLanguage[language])
    case .national(let groups, _): end = nationalEnd(number, groups, asked)
    }
    guard let end else { return nil }
    if end == number.count, !number.isCut { return range }
    return range.lowerBound..<number.ends[end - 1]
  }

  // MARK: - International

  /// After how many digits an international number ends.
  private func internationalEnd(_ number: PhoneDigits) -> Int? {
    if number.hasPlus {
      // "+00 44" and "+0044" are written, too.
      let start = number.has([0, 0], at: 0) ? 2 : 0
      return internationalEnd(number, from: start)
    }
    for prefix in plans.prefixes where number.has(prefix, at: 0) {
      if let end = internationalEnd(number, from: prefix.count) { return end }
    }
    return nil
  }

  private func internationalEnd(_ number: PhoneDigits, from start: Int) -> Int? {
    var code = 0
    for length in 1...3 where start + length < number.count {
      code = code * 10 + Int(number.digits[start + length - 1])
      if code == 0 { return nil }
      let sharers = plans.plans(ofCode: code)
      guard !sharers.isEmpty else { continue }
      var best: Int?
      for plan in sharers {
        for skipped in [0, plans.plans[plan].trunk.count] {
          let first = start + length + skipped
          if skipped > 0, !number.has(plans.plans[plan].trunk, at: start + length) { continue }
          var lengths = plans.lengths(plan, number, from: first)
          if lengths == 0, mayBeUnassigned(number, code: code, from: first) {
            lengths = plans.plans[plan].lengths
          }
          if let end = longest(lengths, number, from: first), end > best ?? 0 { best = end }
        }
      }
      return best
    }
    return nil
  }

  /// Whether a number is taken for one although its plan has no such beginning: it is grouped as
  /// only numbers are, or has the form of the North American plan, in which 555 is everyone's
  /// example.
  private func mayBeUnassigned(
    _ number: PhoneDigits, code: Int, from first: Int
  ) -> Bool {
    if number.groupCount(through: number.count) >= 3 { return true }
    return code == 1 && number.count >= first + 10 && number.digits[first] >= 2
      && number.digits[first + 3] >= 2
  }

  /// The last place at which a number of one of the lengths ends where the match or a group does.
  private func longest(
    _ lengths: UInt32, _ number: PhoneDigits, from first: Int
  ) -> Int? {
    guard lengths != 0 else { return nil }
    var end = number.count
    while end > first {
      if end - first < 32, lengths >> UInt32(end - first) & 1 != 0,
        end == number.count && !number.isCut || number.breaks >> UInt32(end) & 1 != 0
      {
        return end
      }
      end -= 1
    }
    return nil
  }

  // MARK: - National

  /// After how many digits a national number ends.
  private func nationalEnd(
    _ number: PhoneDigits, _ groups: PhoneGroups, _ asked: [Int]
  ) -> Int? {
    guard !number.isCut, number.count >= 4, asksAll ? number.count >= 6 : true else { return nil }
    // With every plan asked, some plan takes nearly any digits.
    if groups == .strong || asksAll && groups == .written {
      guard number.hasBracket || number.digits[0] == 0 || number.digits[0] == 8 else { return nil }
    }
    if isNational(number, through: number.count, groups, asked) { return number.count }
    var end = number.count - 1
    while end >= 7 {
      if mayEnd(number, after: end), isNational(number, through: end, groups, asked) {
        return end
      }
      end -= 1
    }
    return nil
  }

  /// Whether what follows `end` digits may be no part of the number: one or two digits, such as an
  /// hour, or a next number with its trunk prefix.
  private func mayEnd(_ number: PhoneDigits, after end: Int) -> Bool {
    guard number.breaks >> UInt32(end) & 1 != 0 else { return false }
    let later = number.boundaries >> UInt32(end + 1)
    let next = later == 0 ? number.count - end : later.trailingZeroBitCount + 1
    return next <= 2 || number.digits[end] == 0
  }

  private func isNational(
    _ number: PhoneDigits, through end: Int, _ groups: PhoneGroups, _ asked: [Int]
  ) -> Bool {
    for index in asked {
      let trunk = plans.plans[index].trunk.count
      if trunk > 0, number.has(plans.plans[index].trunk, at: 0),
        hasLength(index, number, from: trunk, through: end),
        isGrouped(index, number, through: end, trunk: trunk, groups)
      {
        return true
      }
      if hasLength(index, number, from: 0, through: end),
        isGrouped(index, number, through: end, trunk: 0, groups)
      {
        return true
      }
    }
    return false
  }

  private func hasLength(
    _ plan: Int, _ number: PhoneDigits, from first: Int, through end: Int
  ) -> Bool {
    plans.lengths(plan, number, from: first) >> UInt32(end - first) & 1 != 0
  }

  private func isGrouped(
    _ plan: Int, _ number: PhoneDigits, through end: Int, trunk: Int,
    _ groups: PhoneGroups
  ) -> Bool {
    if groups == .any { return true }
    var boundaries = PhoneDigits.below(number.boundaries, end)
    let isMarked = trunk > 0 || number.hasBracket
    // Where a trunk prefix is written, three groups of three without it are a quantity.
    let isBareEnough = !asksAll && (!asksLanguage || plans.plans[plan].trunk.isEmpty)
    if isMarked || groups == .written && isBareEnough,
      plans.plans[plan].groupings.contains(.init(count: end, boundaries: boundaries))
    {
      return true
    }
    guard isMarked, end >= 8 else { return false }
    // Undivided digits of one region asked for are enough with a trunk prefix before them.
    if boundaries == 0, trunk > 0 { return groups == .written && !asksAll && end >= 10 }
    let first = plans.plans[plan].firstBoundaries
    // The trunk prefix may stand apart: "(0)30", "8 (495)".
    if boundaries & (0 &- boundaries) & first == 0, trunk > 0 {
      boundaries &= ~(1 << UInt32(trunk))
    }
    guard boundaries & (0 &- boundaries) & first != 0 else { return false }
    // No group behind the first is a single digit.
    return boundaries & boundaries << 1 == 0 && boundaries >> UInt32(end - 1) & 1 == 0
  }
}
