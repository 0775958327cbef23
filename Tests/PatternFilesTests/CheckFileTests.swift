import Foundation
import PatternFiles
import Rules
import TestSupport
import Testing

@Suite struct CheckFileTests {
  /// A rule with these lines as its validators, each indented.
  private func rule(_ validators: String, head: String = "") throws -> RuleDefinition {
    let folder = try TemporaryFolder()
    let examples = """
        hits: [{text: x1, find: x1}, {text: x2, find: x2}, {text: x3, find: x3}]
        misses: [{text: a, because: b}, {text: b, because: b}, {text: c, because: b}]
      """
    let text = """
      id: t
      entity_type: T
      about: t
      sources: [t]
      tier: 1
      patterns: [{score: 0.5, regex: 'x\\d'}]
      prefilter: {token: {min: 2}}
      \(head)
      validators:
      \(validators)
      examples:
      \(examples)
      """
    try folder.write(text, to: "t.yaml")
    return try RuleFile(path: folder.path + "/t.yaml", id: "t").definition
  }

  private func checks(_ yaml: String) throws -> [Check] {
    try rule(yaml).validators.map { validator in
      guard case .check(let check) = validator else { return .plain(validator) }
      return check
    }
  }

  @Test func everyKindIsRead() throws {
    let read = try checks(
      """
        - not_repeated
        - verhoeff
        - damm: {of: "0:5"}
        - luhn: {of: "0:9", prefix: "80840", alphabet: base36, expand_letters: true}
        - iso7064: {system: "97-10", of: ["4:", "0:4"]}
        - carry: {of: ":-1", row: "0946827135", at: -1}
        - matches: '[AB]\\d{2}'
        - matches: {of: "0", form: '\\d'}
        - among: {of: "0:2", values: [AB, CD]}
        - range: {of: "0:2", between: [[1, 12], [21, 32]]}
        - one_repeats: {of: "0:10", times: [2, 3]}
        - not_palindrome
        - french_vat_key
        - crc32_base62: {of: "4:34", at: "34:"}
        - any: [[verhoeff, damm], not_palindrome]
        - not: [verhoeff]
        - when: {if: [verhoeff], then: [damm], else: [not_palindrome]}
        - split: {at: "-/", parts: [[verhoeff], []]}
      """)
    #expect(read[0] == .plain(.notRepeated))
    #expect(read[1] == .verhoeff(.whole))
    #expect(read[2] == .damm(Slices(["0:5"])!))
    #expect(read[3] == .luhn(Slices(["0:9"])!, .base36, prefix: "80840", expandsLetters: true))
    #expect(read[4] == .iso7064(.ninetySevenTen, Slices(["4:", "0:4"])!))
    #expect(read[5] == .carry(Slices([":-1"])!, row: "0946827135", at: -1))
    #expect(read[6] == .matches(.whole, Form("[AB]\\d{2}")!))
    #expect(read[7] == .matches(Slices(["0"])!, Form("\\d")!))
    #expect(read[8] == .among(Slices(["0:2"])!, ["AB", "CD"]))
    #expect(read[9] == .range(Slices(["0:2"])!, [1...12, 21...32]))
    #expect(read[10] == .oneRepeats(Slices(["0:10"])!, times: [2, 3]))
    #expect(read[11] == .notPalindrome)
    #expect(read[12] == .frenchVATKey(.whole))
    #expect(read[13] == .crc32Base62(Slices(["4:34"])!, at: Slices(["34:"])!))
    #expect(read[14] == .any([[.verhoeff(.whole), .damm(.whole)], [.notPalindrome]]))
    #expect(read[15] == .not([.verhoeff(.whole)]))
    #expect(read[16] == .when([read[1]], then: [.damm(.whole)], else: [.notPalindrome]))
    #expect(read[17] == .split(at: "-/", [[.verhoeff(.whole)], []]))
  }

  @Test func sumsAreReadWithAllTheirParameters() throws {
    let read = try checks(
      """
        - weighted: {of: "0:3", weights: "4..2", modulus: 11, check: "0!987654321", at: 3}
        - weighted: {weights: [1, -2], modulus: 7, remainder: [0, 3], cyclic: true,
            from_right: true, alphabets: [base36, {A: 5}], fold: digit_sum,
            times: 10, plus: -3, then_modulus: 5,
            instead: {when: [1], weights: "1..2"}}
        - substituted: {tables: [[0, 1], [1, 0]], modulus: 2, check: [AB, C], at: -1}
        - modulo: {of: "0:2", replace: {X: "0"}, modulus: 97, divided_by: 2, subtracted_from: 97,
            zero_is: 97, then_modulus: 10, at: "2:4"}
        - date: {year: "0:2", month: "2:4", day: "4:6", centuries: [1900], day_offsets: [0, 40],
            month_offsets: {0: 1900, 20: 2000}, months: ABC, letters: {L: 0, M: 1}}
        - date: {year: "0:2", month: "2", day: "4:6", centuries: {at: "6", of: {"1": [1800, 1900]}},
            month_offsets: [0, 20]}
      """)
    var first = WeightedSum(
      of: Slices(["0:3"])!, weights: [4, 3, 2], modulus: 11,
      verdict: .characters("0!987654321".map { String($0) }, at: 3))
    #expect(read[0] == .weighted(first))
    first = WeightedSum(of: .whole, weights: [1, -2], modulus: 7, verdict: .remainders([0, 3]))
    (first.isCyclic, first.isFromRight, first.fold) = (true, true, .digitSum)
    first.alphabets = [.base36, Alphabet([(UInt8(ascii: "A"), 5)])]
    (first.times, first.plus, first.thenModulus) = (10, -3, 5)
    (first.insteadWhen, first.insteadWeights) = ([1], [1, 2])
    #expect(read[1] == .weighted(first))
    #expect(
      read[2]
        == .substituted(
          SubstitutedSum(
            of: .whole, tables: [[0, 1], [1, 0]], alphabet: .digits, modulus: 2,
            verdict: .characters(["AB", "C"], at: -1))))
    var modulo = Modulo(
      of: Slices(["0:2"])!, modulus: 97, verdict: .digits(at: Slices(["2:4"])!))
    modulo.replacements = [Modulo.Replacement(text: "X", digits: "0")]
    (modulo.dividedBy, modulo.subtractedFrom, modulo.zeroIs, modulo.thenModulus) = (2, 97, 97, 10)
    #expect(read[3] == .modulo(modulo))
    var date = DateCheck(
      year: Slices(["0:2"])!, month: Slices(["2:4"])!, day: Slices(["4:6"])!,
      centuries: .list([1900]))
    date.monthOffsets = [
      DateCheck.MonthOffset(added: 0, century: 1900),
      DateCheck.MonthOffset(added: 20, century: 2000),
    ]
    (date.dayOffsets, date.monthLetters, date.letters, date.digits) = ([0, 40], "ABC", "LM", "01")
    #expect(read[4] == .date(date))
    date = DateCheck(
      year: Slices(["0:2"])!, month: Slices(["2"])!, day: Slices(["4:6"])!,
      centuries: .by(Slices(["6"])!, ["1": [1800, 1900]]))
    date.monthOffsets.append(DateCheck.MonthOffset(added: 20, century: 0))
    #expect(read[5] == .date(date))
  }

  @Test func theFormComesFirstAndPrefixesAreKept() throws {
    let rule = try rule("  - verhoeff", head: "case: upper\nprefix: [DE, D]\nform: '\\d{3}'")
    let form = Check.matches(.whole, Form("\\d{3}")!)
    #expect(rule.validators == [.check(form), .check(.verhoeff(.whole))])
    #expect(rule.isUpper)
    #expect(rule.prefixes == ["DE", "D"])
  }

  @Test(arguments: [
    ("- weighted: {weights: [1], modulus: 11}", "remainder"),
    ("- weighted: {weights: [1], modulus: 1, remainder: 0}", "modulus"),
    ("- weighted: {weights: a, modulus: 11, remainder: 0}", "weights"),
    ("- weighted: {weights: 1..b, modulus: 11, remainder: 0}", "weights"),
    ("- weighted: {modulus: 11, remainder: 0}", "weights"),
    ("- weighted: {weights: [1], modulus: 11, remainder: x}", "remainder"),
    ("- weighted: {weights: [1], modulus: 11, check: ab}", "at"),
    ("- weighted: {weights: [1], modulus: 11, remainder: 0, fold: up}", "fold"),
    ("- weighted: {weights: [1], modulus: 11, remainder: 0, cyclic: 1}", "cyclic"),
    ("- weighted: {weights: [1], modulus: 11, remainder: 0, alphabet: {AB: 1}}", "alphabet"),
    ("- weighted: {weights: [1], modulus: 11, remainder: 0, wrong: 1}", "wrong"),
    ("- weighted: {of: x, weights: [1], modulus: 11, remainder: 0}", "of"),
    ("- modulo: {modulus: 11, replace: {A: x}, remainder: 0}", "replace"),
    ("- substituted: {modulus: 11, remainder: 0}", "tables"),
    ("- iso7064: {system: '12-3'}", "system"), ("- carry: {row: '123', at: 1}", "row"),
    ("- date: {year: '0:2', month: '2:4'}", "day"), ("- among: {of: '0'}", "values"),
    ("- range: {between: [[2, 1]]}", "between"), ("- range: {}", "between"),
    ("- matches: '['", "matches"), ("- matches: {of: '0'}", "form"), ("- when: {if: []}", "then"),
    ("- split: {at: '-', parts: [[]]}", "parts"), ("- any: 3", "any"), ("- nothing", "nothing"),
    ("- not: [nothing]", "nothing"), ("- one_repeats: {of: '0'}", "times"),
  ])
  func whatIsWrongIsNamedWithItsLine(yaml: String, key: String) throws {
    do {
      _ = try rule("  " + yaml)
      Issue.record("taken as it is")
    } catch let error as PatternFileError {
      #expect(error.line == 10)
      #expect(error.message.contains("`\(key)`"), "\(error.message)")
    }
  }
}
