import PatternFiles
import Rules
import TestSupport
import Testing

/// The compiled table against one that is read and asked in the plainest way.
@Suite struct PhonePlansTests {
  private static let rows = Project.pack.tables.phonePlans
  private static let plans = try! PhonePlans(rows)

  /// Beginning → lengths of national numbers, as the row lists them.
  private static func leads(of row: PhonePlan) -> [String: Set<Int>] {
    var result: [String: Set<Int>] = [:]
    for entry in row.leads.split(separator: " ") {
      let halves = entry.split(separator: ":")
      let lengths = Set(halves[1].split(separator: ",").map { Int($0)! })
      for range in halves[0].split(separator: ",") {
        let ends = range.split(separator: "-")
        for lead in Int(ends[0])!...Int(ends[ends.count - 1])! {
          let digits = String(lead)
          let zeros = String(repeating: "0", count: ends[0].count - digits.count)
          result[zeros + digits] = lengths
        }
      }
    }
    return result
  }

  private static func isNational(_ digits: String, _ leads: [String: Set<Int>]) -> Bool {
    (1...4).contains { leads[String(digits.prefix($0))]?.contains(digits.count) ?? false }
  }

  private static func fits(_ text: String, _ check: PhoneCheck) -> Bool {
    let bytes = Array(text.utf8)
    return check.fit(bytes.indices, in: bytes.span) != nil
  }

  private static func randomNumber(
    _ leads: [String], _ random: inout SplitMix64
  ) -> String {
    var digits = random.below(4) == 0 ? "" : random.one(of: leads)
    let count = 4 + random.below(12)
    while digits.count < count { digits += String(random.below(10)) }
    return digits
  }

  @Test func thereIsAPlanForEveryRegionAndCodeOfNoCountry() {
    let regions = Set(Self.rows.map(\.region))
    #expect(regions.count > 240)
    for region in ["us", "ca", "gb", "de", "fr", "in", "cn", "jp", "br", "ru", "kz", "za", "tk"] {
      #expect(regions.contains(region))
    }
    // ITU-T E.164, annex: UIFN, Inmarsat, and the networks of no country.
    #expect(
      Self.rows.filter { $0.region == "001" }.map(\.code) == [
        "800", "808", "870", "878", "881", "882", "883", "888", "979",
      ])
  }

  @Test func nationalNumbersAreThoseOfTheTable() {
    var random = SplitMix64(seed: 20_301)
    for row in Self.rows {
      let leads = Self.leads(of: row)
      let beginnings = leads.keys.sorted()
      let check = PhoneCheck(
        .national(groups: .any, plans: .asked), Self.plans, regions: [row.region])
      let shared = Self.rows.filter { $0.region == row.region }
      for _ in 0..<60 {
        var digits = Self.randomNumber(beginnings, &random)
        if row.trunk != "-", random.below(3) == 0 { digits = row.trunk + digits }
        let expected = shared.contains { other in
          let leads = Self.leads(of: other)
          return Self.isNational(digits, leads)
            || other.trunk != "-" && digits.hasPrefix(other.trunk)
              && Self.isNational(String(digits.dropFirst(other.trunk.count)), leads)
        }
        #expect(Self.fits(digits, check) == expected, "\(row.region) \(digits)")
        if row.region == "001" { break }
      }
    }
  }

  @Test func internationalNumbersAreThoseOfTheTable() {
    var random = SplitMix64(seed: 20_302)
    let check = PhoneCheck(.international, Self.plans, regions: [])
    let leads = Self.rows.map { (row: $0, leads: Self.leads(of: $0)) }
    for (row, own) in leads {
      let beginnings = own.keys.sorted()
      for _ in 0..<40 {
        var national = Self.randomNumber(beginnings, &random)
        if row.trunk != "-", random.below(4) == 0 { national = row.trunk + national }
        let sharers = leads.filter { $0.row.code == row.code }
        var expected = sharers.contains { row, leads in
          Self.isNational(national, leads)
            || row.trunk != "-" && national.hasPrefix(row.trunk)
              && Self.isNational(String(national.dropFirst(row.trunk.count)), leads)
        }
        if row.code == "1" {
          // Anything of the plan's form is taken, 555 being everyone's example.
          let own = national.hasPrefix("1") ? String(national.dropFirst()) : national
          for digits in [national, own] where digits.count == 10 {
            let figures = Array(digits.utf8)
            if figures[0] >= 50, figures[3] >= 50 { expected = true }
          }
        }
        let text = "+" + row.code + national
        #expect(Self.fits(text, check) == expected, "\(row.region) \(text)")
      }
    }
  }

  @Test func aRowThatIsNoPlanIsNamed() {
    let good = PhonePlan(
      region: "tv", code: "688", international: "00", trunk: "-", leads: "2:5 9:6,7", groups: "-")
    var changed: [PhonePlan] = []
    for leads in ["", "2", "2:", "a:5", "2:99", "9-2:5", "2-34:5", "12345:9"] {
      var row = good
      row.leads = leads
      changed.append(row)
    }
    for code in ["", "0", "1234", "x"] {
      var row = good
      row.code = code
      changed.append(row)
    }
    for groups in ["3", "3-x", "20-20"] {
      var row = good
      row.groups = groups
      changed.append(row)
    }
    for row in changed {
      #expect(throws: PhonePlanError(row: 1)) { try PhonePlans([good, row]) }
    }
  }
}
