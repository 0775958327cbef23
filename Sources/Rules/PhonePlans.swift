/// A region's numbering plan, as a line of `Patterns/tables/phone_plans.tsv` states it.
package struct PhonePlan: Codable, Sendable, Equatable {
  /// ISO 3166, lower case; `001` for codes of no country.
  package var region: String
  /// The calling code of ITU-T E.164.
  package var code: String
  /// What is dialled to leave the country, parted by commas.
  package var international: String
  /// What is dialled before a number inside the country.
  package var trunk: String
  /// `201-203,205:10 3:7,8`: beginnings of national numbers, and how many digits those have.
  package var leads: String
  /// `3-3-4 3-7`: how the digits are grouped in writing, the trunk prefix counted in the first.
  package var groups: String

  package init(
    region: String, code: String, international: String, trunk: String, leads: String,
    groups: String
  ) {
    self.region = region
    self.code = code
    self.international = international
    self.trunk = trunk
    self.leads = leads
    self.groups = groups
  }
}

/// The numbering plans of all regions (ITU-T E.164), ready to be asked. Frozen, shared.
///
/// What a plan's numbers begin with is a tree of digits; a leaf knows their lengths:
///
///     gb   2 ─ 0 ─ 0      {10}
///          │   └── 1      {10}
///          8 ─ 0 ─ 0      {7, 9, 10}
package struct PhonePlans: Sendable {
  /// How the digits of a number are grouped.
  struct Grouping: Sendable, Equatable {
    var count: Int
    /// Bit `n` is set when a group ends after `n` digits, and the number does not.
    var boundaries: UInt32
  }

  struct Plan: Sendable {
    var region: String
    var code: Int
    var codeCount: Int
    var trunk: [UInt8]
    var root: Int
    /// All lengths of its numbers: bit `n` for `n` digits.
    var lengths: UInt32
    var groupings: [Grouping]
    /// Where a first group may end, as in `Grouping.boundaries`.
    var firstBoundaries: UInt32
  }

  /// Sorted by calling code.
  private(set) var plans: [Plan] = []
  /// The prefixes dialled to leave some country, the longest first.
  private(set) var prefixes: [[UInt8]] = []
  /// The range of `plans` of each calling code, which has three digits at most.
  private var byCode = [Range<Int>](repeating: 0..<0, count: 1000)
  /// Ten for each node: the node after a digit, or 0.
  private var children: [UInt16] = []
  /// For each node the lengths of the numbers that begin so, when they are the same however it goes
  /// on; 0 otherwise.
  private var lengths: [UInt32] = []

  /// - Throws: `PhonePlanError` for the first row that is no plan.
  /// - Complexity: O(size of the rows).
  package init(_ rows: [PhonePlan]) throws(PhonePlanError) {
    var international: Set<[UInt8]> = []
    // Node 0 means "none", so it is nobody's root.
    _ = addNode()
    for (index, row) in rows.enumerated() {
      guard let plan = read(row) else { throw PhonePlanError(row: index) }
      plans.append(plan)
      for prefix in row.international.utf8.split(separator: UInt8(ascii: ","))
      where !prefix.elementsEqual("-".utf8) {
        international.insert(prefix.map { $0 &- 48 })
      }
    }
    plans.sort { $0.code < $1.code }
    for (index, plan) in plans.enumerated() {
      let known = byCode[plan.code]
      byCode[plan.code] = (known.isEmpty ? index : known.lowerBound)..<index + 1
    }
    prefixes = international.sorted { ($1.count, $0.last ?? 0) < ($0.count, $1.last ?? 0) }
  }

  /// The plans of some regions; of all when `all` is among them.
  func indices(of regions: Set<String>) -> [Int] {
    plans.indices.filter { regions.contains("all") || regions.contains(plans[$0].region) }
  }

  /// By language the plans of the regions where it is spoken.
  ///
  /// - Complexity: O(plans + regions of all languages).
  package func plans(of languages: [LanguageRegions]) -> [[Int]] {
    var known: [String: [Int]] = [:]
    for index in plans.indices { known[plans[index].region, default: []].append(index) }
    return languages.map { language in language.regions.flatMap { known[$0] ?? [] }.sorted() }
  }

  /// The plans that share a calling code.
  func plans(ofCode code: Int) -> Range<Int> { byCode[code] }

  /// How many digits the numbers of a plan have that begin as some digits do from an offset on, as
  /// bits; 0 when there are none.
  ///
  /// - Complexity: O(1): a beginning has four digits at most.
  func lengths(_ plan: Int, _ number: PhoneDigits, from start: Int) -> UInt32 {
    var node = plans[plan].root
    var index = start
    while index < number.count {
      node = Int(children[node * 10 + Int(number.digits[index])])
      if node == 0 { return 0 }
      if lengths[node] != 0 { return lengths[node] }
      index += 1
    }
    return 0
  }

  // MARK: - Reading

  private mutating func addNode() -> Int {
    children += repeatElement(0, count: 10)
    lengths.append(0)
    return lengths.count - 1
  }

  private mutating func read(_ row: PhonePlan) -> Plan? {
    let code = Array(row.code.utf8)
    guard (1...3).contains(code.count), let number = Int(row.code), number > 0 else { return nil }
    let trunk = row.trunk == "-" ? [] : row.trunk.utf8.map { $0 &- 48 }
    guard trunk.allSatisfy({ $0 < 10 }) else { return nil }
    var plan = Plan(
      region: row.region, code: number, codeCount: code.count, trunk: trunk, root: addNode(),
      lengths: 0, groupings: [], firstBoundaries: 0)
    guard readLeads(Array(row.leads.utf8), into: &plan) else { return nil }
    for text in row.groups.utf8.split(separator: 32) where !text.elementsEqual("-".utf8) {
      var grouping = Grouping(count: 0, boundaries: 0)
      for group in text.split(separator: UInt8(ascii: "-")) {
        guard let size = Self.number(group) else { return nil }
        if grouping.count > 0 { grouping.boundaries |= 1 << UInt32(grouping.count) }
        grouping.count += size
      }
      guard grouping.count < 32, grouping.boundaries != 0 else { return nil }
      plan.groupings.append(grouping)
      plan.firstBoundaries |= grouping.boundaries & (0 &- grouping.boundaries)
    }
    return plan
  }

  /// Reads `201-203,205:10 3:7,8`; false when it is not of that form.
  private mutating func readLeads(_ text: [UInt8], into plan: inout Plan) -> Bool {
    for entry in text.split(separator: 32) {
      let halves = entry.split(separator: UInt8(ascii: ":"))
      guard halves.count == 2 else { return false }
      var mask: UInt32 = 0
      for length in halves[1].split(separator: UInt8(ascii: ",")) {
        guard let length = Self.number(length), length < 32 else { return false }
        mask |= 1 << UInt32(length)
      }
      for range in halves[0].split(separator: UInt8(ascii: ",")) {
        let ends = range.split(separator: UInt8(ascii: "-"))
        guard (1...2).contains(ends.count), let low = Self.number(ends[0]),
          let high = Self.number(ends[ends.count - 1]), low <= high,
          ends[0].count == ends[ends.count - 1].count, ends[0].count <= 4
        else { return false }
        for lead in low...high {
          guard insert(lead, digits: ends[0].count, mask, below: plan.root) else { return false }
        }
      }
      plan.lengths |= mask
    }
    return plan.lengths != 0
  }

  private mutating func insert(_ lead: Int, digits: Int, _ mask: UInt32, below root: Int) -> Bool {
    var node = root
    var power = 1
    for _ in 1..<max(digits, 1) { power *= 10 }
    while power > 0 {
      let place = node * 10 + lead / power % 10
      if children[place] == 0 {
        let added = addNode()
        guard added <= Int(UInt16.max) else { return false }
        children[place] = UInt16(added)
      }
      node = Int(children[place])
      power /= 10
    }
    lengths[node] = mask
    return true
  }

  private static func number(_ digits: some Collection<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count < 6, digits.allSatisfy({ $0 &- 48 < 10 }) else {
      return nil
    }
    return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }
}

/// A row of the table that states no numbering plan; counted from 0.
package struct PhonePlanError: Error, Equatable {
  package let row: Int

  package init(row: Int) { self.row = row }
}
