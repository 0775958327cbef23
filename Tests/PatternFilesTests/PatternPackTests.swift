import PatternFiles
import Records
import Redact
import Rules
import TestSupport
import Testing

@Suite struct PatternPackTests {
  @Test func unpackingGivesWhatWasPacked() throws {
    let pack = Project.pack
    let packed = try pack.packed()
    let unpacked = try PatternPack(packed: Array(packed))
    #expect(unpacked.rules == pack.rules)
    #expect(unpacked.tables == pack.tables)
    #expect(unpacked.formats == pack.formats)
    #expect(unpacked.policies == pack.policies)
    #expect(try unpacked.packed() == packed)
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
    #expect(throws: PatternFileError(file: "tables/calling_codes.tsv", message: "cannot be read")) {
      try PatternPack(directory: folder.path)
    }
    try folder.write(
      "1\t10\t10\tNANP\n44\t7\t10\tGB\n44\t6\t9\tJE\n", to: "tables/calling_codes.tsv")
    try folder.write("# months\nmai\t5\nlistopad\t10,13\n", to: "tables/months.tsv")
    #expect(
      throws: PatternFileError(file: "tables/months.tsv", line: 3, message: "expected 2 columns")
    ) { try PatternPack(directory: folder.path) }
    try folder.write("mai\t5\tde\nlistopad\t10,11\thr,pl\n", to: "tables/months.tsv")
    let tables = try PatternPack(directory: folder.path).tables
    #expect(tables.monthNames == ["mai": [5], "listopad": [10, 11]])
    #expect(tables.ibanLengths == ["DE": 22])
    #expect(tables.callingCodes == ["1": [10, 10], "44": [6, 10]])
  }
}
