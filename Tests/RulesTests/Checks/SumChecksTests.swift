import Rules
import TestSupport
import Testing

@Suite struct SumChecksTests {
  private func sum(
    _ of: String, _ weights: [Int], _ modulus: Int, _ table: String, at place: Int,
    _ change: (inout WeightedSum) -> Void = { _ in }
  ) -> Check {
    var sum = WeightedSum(
      of: Slices([of])!, weights: weights, modulus: modulus,
      verdict: .characters(table.map { String($0) }, at: place))
    change(&sum)
    return .weighted(sum)
  }

  private func expect(
    _ checks: [Check], valid: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for text in valid {
      let value = Array(text.utf8)
      #expect(
        checks.allSatisfy { $0.isValid(value, tables: noTables) }, "\(text)",
        sourceLocation: sourceLocation)
      // No other last digit fits.
      let last = value.lastIndex { $0 &- 48 < 10 }!
      for digit in UInt8(48)...57 where digit != value[last] {
        var changed = value
        changed[last] = digit
        #expect(
          !checks.allSatisfy { $0.isValid(changed, tables: noTables) },
          "\(String(decoding: changed, as: UTF8.self))", sourceLocation: sourceLocation)
      }
      #expect(!checks.allSatisfy { $0.isValid([], tables: noTables) })
    }
  }

  @Test func publishedNumbersPass() {
    // Receita Federal's CPF: two check digits.
    expect(
      [
        sum("0:9", Array((2...10).reversed()), 11, "00987654321", at: 9),
        sum("0:10", Array((2...11).reversed()), 11, "00987654321", at: 10),
      ], valid: ["39053344705"])
    // ISO 2108: 10 is written X.
    expect(
      [sum("0:9", Array(1...9), 11, "0123456789X", at: 9)], valid: ["0306406152", "080442957X"])
    // GS1 General Specifications, 7.9.
    expect(
      [
        sum(":-1", [3, 1], 10, "0987654321", at: -1) {
          ($0.isCyclic, $0.isFromRight) = (true, true)
        }
      ],
      valid: ["4006381333931", "036000291452", "96385074"])
    // NHS number of the NHS Data Dictionary.
    expect(
      [sum("0:9", Array((2...10).reversed()), 11, "0!987654321", at: 9)], valid: ["9434765919"])
    // Estonian isikukood: other weights where the remainder is 10.
    expect(
      [
        sum("0:10", [1, 2, 3, 4, 5, 6, 7, 8, 9, 1], 11, "01234567890", at: 10) {
          ($0.insteadWhen, $0.insteadWeights) = ([10], [3, 4, 5, 6, 7, 8, 9, 1, 2, 3])
        }
      ], valid: ["37605030299"])
    // CUSIP of Apple: digits of the products are added.
    expect(
      [
        sum("0:8", [1, 2], 10, "0987654321", at: 8) {
          ($0.isCyclic, $0.fold, $0.alphabets) = (true, .digitSum, [.base36])
        }
      ], valid: ["037833100"])
  }

  @Test func lettersCountAsTheirAlphabetSays() {
    // ISO 6346's own example.
    let container = sum(
      "0:10", (0..<10).map { 1 << $0 }, 11, "01234567890", at: 10
    ) { $0.alphabets = [Alphabet("0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ")] }
    expect([container], valid: ["CSQU3054383"])
    #expect(!container.isValid(Array("CSQU305438-".utf8), tables: noTables))
    // The first character by one alphabet, the others as digits.
    let rif = sum("0:9", [1, 3, 2, 7, 6, 5, 4, 3, 2], 11, "00987654321", at: 9) {
      $0.alphabets = [Alphabet([(UInt8(ascii: "V"), 4), (UInt8(ascii: "J"), 12)]), .digits]
    }
    #expect(rif.isValid(Array("V114702834".utf8), tables: noTables))
    #expect(!rif.isValid(Array("J114702834".utf8), tables: noTables))
  }

  @Test func remaindersAndWrittenRemaindersDecide() {
    let bsn = WeightedSum(
      of: .whole, weights: [9, 8, 7, 6, 5, 4, 3, 2, -1], modulus: 11, verdict: .remainders([0]))
    expect([.weighted(bsn)], valid: ["111222333"])
    // SNILS: the remainder by 101, and by 100 then, in two digits.
    var snils = WeightedSum(
      of: Slices(["0:9"])!, weights: Array((1...9).reversed()), modulus: 101,
      verdict: .digits(at: Slices(["9:11"])!))
    snils.thenModulus = 100
    expect([.weighted(snils)], valid: ["11223344595"])
    var australian = WeightedSum(
      of: .whole, weights: [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19], modulus: 89,
      verdict: .remainders([0]))
    australian.plus = -10
    expect([.weighted(australian)], valid: ["51824753556"])
  }

  @Test func wholeNumbersAreDivided() {
    let nie = Modulo(
      of: Slices(["0:8"])!, modulus: 23,
      verdict: .characters("TRWAGMYFPDXBNJZSQVHLCKE".map { String($0) }, at: 8))
    var foreigner = nie
    foreigner.replacements = [Modulo.Replacement(text: "X", digits: "0")]
    expect([.modulo(nie)], valid: ["12345678Z"])
    expect([.modulo(foreigner)], valid: ["X1234567L"])
    #expect(!nie.isValid(Array("X1234567L".utf8)))
    var nir = Modulo(
      of: Slices(["0:13"])!, modulus: 97, verdict: .digits(at: Slices(["13:15"])!))
    nir.subtractedFrom = 97
    nir.replacements = [
      Modulo.Replacement(text: "2A", digits: "19"), Modulo.Replacement(text: "2B", digits: "18"),
    ]
    expect([.modulo(nir)], valid: ["295109912611193", "253072B07300470"])
    // CUPS: the quotient of the remainder by 529 names a letter.
    var letters = Modulo(
      of: Slices(["2:18"])!, modulus: 529,
      verdict: .characters("TRWAGMYFPDXBNJZSQVHLCKE".map { String($0) }, at: 18))
    letters.dividedBy = 23
    #expect(letters.isValid(Array("ES1234123456789012JY".utf8)))
    #expect(!letters.isValid(Array("ES1234123456789012YJ".utf8)))
    var zero = Modulo(of: Slices(["0:2"])!, modulus: 97, verdict: .digits(at: Slices(["2:4"])!))
    zero.zeroIs = 97
    #expect(zero.isValid(Array("9797".utf8)))
    #expect(!zero.isValid(Array("9700".utf8)))
  }

  @Test func substitutionTakesTurns() {
    // Codice fiscale, D.M. 23/12/1976: characters at odd places by one table, at even by another.
    let odd = [
      1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6,
      8, 12, 14, 16, 10, 22, 25, 24, 23,
    ]
    let check = SubstitutedSum(
      of: Slices(["0:15"])!, tables: [odd, Array(0..<10) + Array(0..<26)], alphabet: .base36,
      modulus: 26,
      verdict: .characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { String($0) }, at: 15))
    expect([.substituted(check)], valid: ["RCCMNL83S18D969H"])
    #expect(!check.isValid(Array("RCCMNL83S18D969-".utf8)))
  }

  /// Every parameter that changes the sum, against a sum written out in the plainest way.
  @Test func agreesWithASumWrittenOut() {
    var random = SplitMix64(seed: 11)
    var passed = 0
    for _ in 0..<3_000 {
      let weights = (0..<1 + random.below(12)).map { _ in random.below(40) - 5 }
      let modulus = 2 + random.below(40)
      var sum = WeightedSum(
        of: .whole, weights: weights, modulus: modulus, verdict: .remainders([random.below(3)]))
      (sum.isCyclic, sum.isFromRight) = (random.below(2) == 0, random.below(2) == 0)
      (sum.times, sum.plus) = (1 + random.below(10), random.below(30) - 15)
      let digits = (0..<1 + random.below(13)).map { _ in random.below(10) }
      var total = 0
      let ordered = sum.isFromRight ? digits.reversed() : digits
      for (index, digit) in ordered.enumerated() {
        if index < weights.count {
          total += digit * weights[index]
        } else if sum.isCyclic {
          total += digit * weights[index % weights.count]
        }
      }
      total = total * sum.times + sum.plus
      while total < 0 { total += modulus }
      var isValid = false
      if case .remainders(let list) = sum.verdict { isValid = list == [total % modulus] }
      #expect(sum.isValid(digits.map { 48 + UInt8($0) }) == isValid)
      if isValid { passed += 1 }
    }
    #expect(passed > 50, "the cases hold both outcomes")
  }
}
