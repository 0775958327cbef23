import PatternFiles
import Records
import Redact
import Rules
import Scan
import TestSupport
import Testing

@Suite struct PatternPackTests {
  @Test func unpackingGivesWhatWasPacked() throws {
    let pack = Project.pack
    let packed = try pack.packedApart()
    let common = packed.common
    let whole = try PatternPack(common: common, regional: packed.regional)
    let proved = pack.rules.map { rule in
      var rule = rule
      rule.isProved = true
      return rule
    }
    #expect(whole.rules == proved)
    #expect(whole.others.isEmpty)
    #expect(whole.tables == pack.tables)
    #expect(whole.formats == pack.formats)
    #expect(whole.policies == pack.policies)
    #expect(try whole.packed() == pack.packed())
    let part = try PatternPack(common: common, regional: nil)
    #expect(part.rules == proved.filter { $0.tier < 3 })
    #expect(part.others.count == pack.rules.count - part.rules.count)
    #expect(part.others.allSatisfy { !$0.regions.isEmpty && !$0.entityType.isEmpty })
  }

  @Test func everyFormatCompilesUnderEveryPolicy() throws {
    for format in Project.pack.formats {
      for policy in Project.pack.policies { _ = try Format(policy.applied(to: format)) }
    }
  }

  @Test func aBadRowOfATableIsNamedWithItsLine() throws {
    let folder = try TemporaryFolder()
    try folder.write("# ibans\nDE\t22\nFR\ttwenty\n", to: "tables/iban_lengths.tsv")
    #expect(
      throws: PatternFileError(
        file: "tables/iban_lengths.tsv", line: 3, message: "expected 2 columns")
    ) { try PatternPack(directory: folder.path) }
    try folder.write("DE\t22\n", to: "tables/iban_lengths.tsv")
    #expect(throws: PatternFileError(file: "tables/phone_plans.tsv", message: "cannot be read")) {
      try PatternPack(directory: folder.path)
    }
    try folder.write("tv\t688\t00\t-\t2,9:x\t2-3\n", to: "tables/phone_plans.tsv")
    #expect(
      throws: PatternFileError(
        file: "tables/phone_plans.tsv", line: 1, message: "expected 6 columns")
    ) { try PatternPack(directory: folder.path) }
    try folder.write("tv\t688\t00\t-\t2:5 9:6,7\t2-3\n", to: "tables/phone_plans.tsv")
    try folder.write("# months\nmai\t5\nlistopad\t10,13\n", to: "tables/months.tsv")
    #expect(
      throws: PatternFileError(file: "tables/months.tsv", line: 3, message: "expected 2 columns")
    ) { try PatternPack(directory: folder.path) }
    try folder.write("mai\t5\tde\nlistopad\t10,11\thr,pl\n", to: "tables/months.tsv")
    try folder.write("en\tzoo able\nen\n", to: "tables/seed_words.tsv")
    #expect(
      throws: PatternFileError(
        file: "tables/seed_words.tsv", line: 2, message: "expected 2 columns")
    ) { try PatternPack(directory: folder.path) }
    try folder.write("en\tzoo able\nen\tpond\nel\tα\n", to: "tables/seed_words.tsv")
    try folder.write(
      Zone.allCases.map { "\($0.rawValue): {}\n" }.joined(), to: "zones.yaml")
    try folder.write("th\tth\t0E7F-0E00\n", to: "tables/language_regions.tsv")
    #expect(
      throws: PatternFileError(
        file: "tables/language_regions.tsv", line: 1, message: "expected 3 columns")
    ) { try PatternPack(directory: folder.path) }
    try folder.write("fr\tfr be\t-\nth\tth\t0E00-0E7F\n", to: "tables/language_regions.tsv")
    try folder.write("fr\tet\nla\n", to: "names/languages.tsv")
    #expect(
      throws: PatternFileError(
        file: "names/languages.tsv", line: 2, message: "is no language and its words")
    ) { try PatternPack(directory: folder.path) }
    try folder.write("fr\tet la\n", to: "names/languages.tsv")
    let tables = try PatternPack(directory: folder.path).tables
    #expect(
      LanguageRegions.rows(of: tables.languageRegions) == [
        LanguageRegions(language: "fr", regions: ["fr", "be"], characters: 0..<0),
        LanguageRegions(language: "th", regions: ["th"], characters: 0xE00..<0xE80),
      ])
    #expect(tables.languageWords == "fr\tet la\n")
    #expect(tables.monthNames == ["mai": [5], "listopad": [10, 11]])
    #expect(tables.ibanLengths == ["DE": 22])
    #expect(tables.seedWords == ["en": "able 1\npond 2\nzoo 0", "el": "α 0"])
    #expect(
      tables.phonePlans == [
        PhonePlan(
          region: "tv", code: "688", international: "00", trunk: "-", leads: "2:5 9:6,7",
          groups: "2-3")
      ])
  }
}
