import Foundation
import Rules
import TestSupport
import Testing

@Suite struct CheckTests {
  private func holds(_ check: Check, _ text: String) -> Bool {
    check.isValid(Array(text.utf8), tables: noTables)
  }

  private static let isDigit = Check.matches(Slices(["0"])!, Form("\\d")!)
  private static let isLong = Check.matches(.whole, Form(".{4,}")!)

  @Test func combinationsAreThoseOfLogic() {
    let any = Check.any([[Self.isDigit, Self.isLong], [.notPalindrome]])
    #expect(holds(any, "1221"))
    #expect(holds(any, "ab"))
    #expect(!holds(any, "aba"))
    let not = Check.not([Self.isDigit, Self.isLong])
    #expect(holds(not, "122"))
    #expect(!holds(not, "1221"))
    let when = Check.when([Self.isDigit], then: [Self.isLong], else: [.notPalindrome])
    #expect(holds(when, "1221"))
    #expect(!holds(when, "122"))
    #expect(holds(when, "ab"))
    #expect(!holds(when, "aa"))
  }

  @Test func partsAreCheckedApart() {
    let check = Check.split(at: "-/", [[Self.isDigit], [Self.isLong], []])
    #expect(holds(check, "1-abcd/"))
    #expect(!holds(check, "1-abc/"))
    #expect(!holds(check, "x-abcd/"))
    #expect(!holds(check, "1-abcd"))
    #expect(!holds(check, "1-abcd/-"))
  }

  @Test func setsAndRanges() {
    let among = Check.among(Slices(["0:2"])!, ["AB", "Ñ1"])
    #expect(holds(among, "ABC"))
    #expect(among.isValid([0xD1, 0x31], tables: noTables))
    #expect(!holds(among, "BA"))
    let range = Check.range(Slices(["1:3"])!, [5...7, 90...99])
    #expect(holds(range, "x05"))
    #expect(holds(range, "x99"))
    #expect(!holds(range, "x08"))
    #expect(!holds(range, "x"))
    #expect(!holds(range, "xab"))
    #expect(!holds(.range(.whole, [0...9]), "0000000000000000000"))
  }

  @Test func luhnTakesAPrefixAndLetters() {
    // A national provider identifier is checked as card number of health care (CMS).
    let npi = Check.luhn(.whole, .digits, prefix: "80840", expandsLetters: false)
    #expect(holds(npi, "1234567893"))
    #expect(!holds(npi, "1234567890"))
    // ISO 6166's own examples.
    let isin = Check.luhn(.whole, .digits, prefix: "", expandsLetters: true)
    #expect(holds(isin, "US0378331005"))
    #expect(holds(isin, "GB0002634946"))
    #expect(!holds(isin, "US0378331006"))
  }

  @Test func theOtherValidatorsCanBePartOfOne() {
    let check = Check.any([[.plain(.luhn)], [.plain(.notIn(["x"])), Self.isLong]])
    #expect(holds(check, "79927398713"))
    #expect(holds(check, "abcd"))
    #expect(!holds(check, "x"))
  }

  @Test func packingKeepsEveryKind() throws {
    var sum = WeightedSum(of: .whole, weights: [1], modulus: 7, verdict: .remainders([0]))
    sum.alphabets = [Alphabet("AÑ"), .base36]
    let date = DateCheck(
      year: .whole, month: .whole, day: .whole, centuries: .by(.whole, ["1": [1900]]))
    let modulo = Modulo(of: .whole, modulus: 3, verdict: .characters(["a"], at: -1))
    let table = SubstitutedSum(
      of: .whole, tables: [[1]], alphabet: .digits, modulus: 2, verdict: .digits(at: .whole))
    let check = Check.any([
      [.weighted(sum), .substituted(table), .modulo(modulo), .date(date), .notPalindrome],
      [
        .luhn(.whole, .digits, prefix: "1", expandsLetters: true),
        .iso7064(.thirtySevenThirtySix, .whole),
      ],
      [.verhoeff(.whole), .damm(.whole), .carry(.whole, row: "0", at: 1), Self.isDigit],
      [.among(.whole, ["a"]), .range(.whole, [1...2]), .oneRepeats(.whole, times: [2])],
      [.not([.frenchVATKey(.whole)]), .crc32Base62(.whole, at: .whole), .plain(.jwt)],
      [.when([], then: [], else: [.split(at: "-", [[], []])])],
    ])
    let packed = try JSONEncoder().encode(check)
    #expect(try JSONDecoder().decode(Check.self, from: packed) == check)
  }
}
