import PatternFiles
import Rules
import TestSupport
import Testing

@Suite struct ValidatorTests {
  private func expect(
    _ definition: ValidatorDefinition, valid: [String], invalid: [String],
    tables: ValidatorTables = noTables
  ) {
    let validator = Validator(definition, tables: tables)
    for text in valid { #expect(validator.isValid(Array(text.utf8)), "\(text)") }
    for text in invalid { #expect(!validator.isValid(Array(text.utf8)), "\(text)") }
  }

  /// The example of each country in the SWIFT IBAN registry.
  private static let ibans = [
    "DE89370400440532013000", "GB29NWBK60161331926819", "FR1420041010050500013M02606",
    "NL91ABNA0417164300", "CH9300762011623852957", "ES9121000418450200051332",
    "IT60X0542811101000000123456", "BE68539007547034", "AT611904300234573201", "NO9386011117947",
    "PL61109010140000071219812874", "SE4550000000058398257466", "SA0380000000608010167519",
    "MT84MALT011000012345MTLCAST001S", "BR1800360305000010009795493C1", "DK5000400440116243",
    "FI2112345600000785", "PT50000201231234567890154", "IE29AIBK93115212345678",
    "LU280019400644750000", "GR1601101250000000012300695", "CZ6508000000192000145399",
    "TR330006100519786457841326", "AE070331234567890123456", "IL620108000000099999999",
  ]

  @Test func ibansOfTheRegistryAreValidAndNoChangeOfADigitIs() {
    let tables = Project.pack.tables
    expect(.iban, valid: Self.ibans + ["de89370400440532013000"], invalid: [], tables: tables)
    let validator = Validator(.iban, tables: tables)
    for text in Self.ibans.map({ Array($0.utf8) }) {
      for index in 2..<text.count where text[index] < 58 {
        var changed = text
        changed[index] = 48 + (text[index] - 48 + 1) % 10
        #expect(!validator.isValid(changed))
      }
      #expect(!validator.isValid(text + [48]))
      #expect(!validator.isValid(Array(text.dropLast())))
    }
    expect(
      .iban, valid: [], invalid: ["", "DE89", "XX89370400440532013000", "GB29 NWBK 6016"],
      tables: tables)
  }

  @Test func aJWTNamesItsAlgorithm() {
    expect(
      .jwt,
      valid: [
        // RFC 7515, A.1, and an unsecured one of A.5.
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UifQ.c2ln",
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ.",
      ],
      invalid: [
        "", ".", "eyJ0eXAiOiJKV1QifQ.e30.x", "W10.e30.x", "eyJhbGciOiJub25lIn0",
        "eyJh!GciOiJub25lIn0.e30.", "YWxn.e30.x",
      ])
  }

  @Test func prefixesDecideTheLengths() {
    expect(
      .prefixLengths([
        PrefixLengths(low: "34", high: "34", lengths: [15]),
        PrefixLengths(low: "51", high: "55", lengths: [16]),
        PrefixLengths(low: "4", high: "4", lengths: [13, 16]),
      ]),
      valid: [
        "345678901234567", "5100000000000000", "5599999999999999", "4000000000000",
        "4000000000000000",
      ],
      invalid: [
        "", "4", "3456789012345678", "355678901234567", "5000000000000000", "5600000000000000",
        "510000000000000", "40000000000000",
      ])
  }

  @Test func wordsAreComparedWithoutCase() {
    expect(
      .notIn(["example", "CHANGEME"]), valid: ["", "examples", "x"],
      invalid: ["example", "Example", "changeme"])
  }

  @Test func theSimpleOnesDoWhatTheirNamesSay() {
    expect(.mixed, valid: ["a1", "1a", "A-1"], invalid: ["", "a", "1", "é1", "--"])
    expect(.notRepeated, valid: ["4155550132", "abca"], invalid: ["1111", "12345", "ab", ""])
    expect(.entropy(min: 2), valid: ["abcd"], invalid: ["aabb", "", "aaaa"])
    expect(.luhn, valid: ["79927398713"], invalid: ["79927398710"])
    expect(.mac, valid: ["00005E0053FF"], invalid: ["000000000000"])
    expect(.ipv4, valid: ["192.0.2.1"], invalid: ["192.0.2"])
    expect(.ipv6, valid: ["2001:db8::1"], invalid: ["::1"])
    expect(
      .eip55, valid: ["0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],
      invalid: ["0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed"])
    expect(
      .base58check(versions: [0]), valid: ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"],
      invalid: ["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"])
    expect(
      .bech32(prefixes: ["bc"]), valid: ["bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs"],
      invalid: ["bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcq"])
  }
}
