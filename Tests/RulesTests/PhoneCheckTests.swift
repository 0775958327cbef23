import PatternFiles
import Rules
import TestSupport
import Testing

/// Numbers that authorities publish, mostly those set aside for films and books, and what is near
/// them.
@Suite struct PhoneCheckTests {
  private static let plans = try! PhonePlans(Project.pack.tables.phonePlans)

  /// What of a text is taken for a number; the whole text is the match.
  private func fit(_ text: String, _ use: PhoneUse, _ regions: Set<String> = []) -> String? {
    let bytes = Array(text.utf8)
    let check = PhoneCheck(use, Self.plans, regions: regions)
    return check.fit(bytes.indices, in: bytes.span).map {
      String(decoding: bytes[$0], as: UTF8.self)
    }
  }

  private func fit(_ text: String, _ groups: PhoneGroups, _ regions: Set<String>) -> String? {
    fit(text, .national(groups: groups, plans: .asked), regions)
  }

  @Test func publishedInternationalNumbersFit() {
    for number in [
      "+442079460123", "+44 (0)20 7946 0123", "+44 020 7946 0123", "+44 7700 900123",
      "+1 (415) 555-0132", "+14155550132", "+1 555 123 4567", "0014155550132",
      "011 44 20 7946 0123", "0011 44 20 7946 0123", "010 33 6 39 98 12 34", "+61 491 570 006",
      "+33\u{A0}6\u{A0}39\u{A0}98\u{A0}12\u{A0}34", "+49\u{202F}30\u{2011}23125\u{2013}123",
      "+46 70 174 06 05", "+353 20 913 1234", "+39 06 6982",
      "+ (44) 20 7946 0123", "+0044 20 7946 0123",
      "＋８１－３－３０００－０１２３", "+٩٦٦ ٥٠ ٠٠٠ ٠١٢٣", "+۹۸ ۹۱۲ ۰۰۰ ۰۱۲۳",
      "+९१ ९०००० ००१२३", "+৮৮০ ১৮১২ ৩৪৫৬৭৮", "+๖๖ ๘๑ ๒๓๔ ๕๖๗๘", "+800 1234 5678",
      "+870 301 234 567", "+1 415 555 0132 ext. 12", "+7 495 000-45-67 доб. 101",
    ] {
      #expect(fit(number, .international) == number)
    }
  }

  @Test func whatIsNoInternationalNumberDoesNotFit() {
    for text in [
      "", "+", "+1415555013", "+141555501321", "+44770", "+0123456789", "+1700000000",
      "+1234567890123", "+999 1234 5678", "+49 12", "442079460123", "+20000000", "+21 123 456 789",
      "+1 1", "00", "0012345678", "+33 0000 00",
    ] {
      #expect(fit(text, .international) == nil, "\(text)")
    }
  }

  @Test func anInternationalNumberEndsWhereAGroupDoes() {
    for (text, number) in [
      ("+33 6 39 98 12 34 2 times", "+33 6 39 98 12 34"),
      ("+1 415 555 0132 / 1 415 555 0147", "+1 415 555 0132"),
      ("+1 415 555 0132 (1)", "+1 415 555 0132"),
      ("+44 20 7946 0123 2024 2025 2026 2027 2028 2029", "+44 20 7946 0123"),
    ] {
      #expect(fit(text, .international) == number)
    }
    #expect(fit("+33-6-39-98-12-34-5", .international) == nil, "a hyphen goes on")
    #expect(fit("+336399812345", .international) == nil, "a digit too many")
  }

  @Test func nationalNumbersFitTheirRegionOnly() {
    for (number, region, other) in [
      ("020 7946 0123", "gb", "fr"), ("07700 900123", "gb", "us"), ("0117 496 0123", "gb", "dk"),
      ("05 36 49 12 34", "fr", "us"), ("01.99.00.12.34", "fr", "us"),
      ("(415) 555-0132", "us", "fr"), ("0491 570 006", "au", "no"), ("(02) 5550 1234", "au", "no"),
      ("030 23125 123", "de", "dk"), ("0171 39200 12", "de", "dk"),
      ("8 (495) 000-45-67", "ru", "gb"),
      ("06 1 234 5678", "hu", "us"), ("070-174 06 05", "se", "us"),
      ("(11) 90000-0123", "br", "fr"), ("03-3000-4567", "jp", "us"),
    ] {
      #expect(fit(number, .any, [region]) == number, "\(number) in \(region)")
      #expect(fit(number, .written, [region]) == number, "\(number) as in \(region)")
      #expect(fit(number, .any, [other]) == nil, "\(number) in \(other)")
    }
    #expect(fit("020 7946 0123", .any, []) == nil, "no region is asked")
  }

  @Test func groupsAreThoseOfTheRegion() {
    for (text, region, isWritten) in [
      ("32 12 34 56", "dk", true), ("3212 3456", "dk", false), ("32123456", "dk", false),
      ("3000 0123", "hk", true), ("30000123", "hk", false),
      ("0199001234", "fr", true), ("199001234", "fr", false), ("01 99001234", "fr", true),
      ("0 1 9 9 0 0 1 2 3 4", "fr", false), ("019 900 1234", "fr", false),
      ("030/23125 123", "de", true), ("(030) 23125123", "de", true), ("30 23125123", "de", false),
    ] {
      #expect((fit(text, .written, [region]) != nil) == isWritten, "\(text) as in \(region)")
    }
    // With all plans asked, only a trunk prefix or brackets tell.
    for (text, isStrong) in [
      ("32 12 34 56", false), ("3000 0123", false), ("0199001234", false), ("020 7946 0123", true),
      ("(0117) 496 0123", true), ("0000 0000 0000", false),
    ] {
      #expect((fit(text, .written, ["all"]) != nil) == isStrong, "\(text)")
      #expect((fit(text, .strong, ["all"]) != nil) == isStrong, "\(text)")
    }
  }

  @Test func aNationalNumberEndsBeforeAnHourOrTheNextNumber() {
    for (text, number) in [
      ("01 99 00 12 34 10-12", "01 99 00 12 34"),
      ("020 7946 0123 020 7946 0456", "020 7946 0123"),
      ("020 7946 0123 ext 7", "020 7946 0123 ext 7"),
    ] {
      #expect(fit(text, .written, ["gb", "fr"]) == number)
    }
    #expect(fit("020 7946 0123 4567", .written, ["gb"]) == nil)
    #expect(fit("020-7946-0123-12", .written, ["gb"]) == nil)
  }

  private static func endsWithDigit(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.last?.properties.generalCategory
      == .decimalNumber
  }

  @Test func anyRangeOfAnyTextIsReadWithoutHarm() {
    var random = SplitMix64(seed: 20_303)
    let pieces = [
      "+", "0", "1", "44", "20", "7946", " ", "-", "(", ")", "９", "٩", "é", "x", "/", "\u{A0}",
    ]
    let international = PhoneCheck(.international, Self.plans, regions: [])
    let national = PhoneCheck(.national(groups: .strong, plans: .all), Self.plans, regions: [])
    for _ in 0..<5_000 {
      let text = (0..<random.below(30)).map { _ in random.one(of: pieces) }.joined()
      let bytes = Array(text.utf8)
      for check in [international, national] {
        guard let part = check.fit(bytes.indices, in: bytes.span) else { continue }
        #expect(part.lowerBound == 0 && part.upperBound <= bytes.count && !part.isEmpty)
        #expect(part == bytes.indices || Self.endsWithDigit(bytes[part]), "\(text)")
      }
    }
  }
}
