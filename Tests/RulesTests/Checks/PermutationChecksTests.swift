import Rules
import TestSupport
import Testing

@Suite struct PermutationChecksTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func publishedNumbersPass() {
    // Verhoeff 1969 and the examples that are passed on with it.
    for text in ["2363", "123451", "1428570"] {
      #expect(PermutationChecks.verhoeff(bytes(text)), "\(text)")
    }
    // Damm 2004.
    #expect(PermutationChecks.damm(bytes("5724")))
    // ISO/IEC 7064:2003 examples, and identifiers built on it.
    let systems: [(Check.ISO7064System, [String])] = [
      (.elevenTwo, ["07940", "0000000218250097", "000000021694233X"]),
      (.ninetySevenTen, ["079444"]),
      (.thirtySevenTwo, ["G123489654321Y"]), (.elevenTen, ["07945"]),
      (.thirtySevenThirtySix, ["A12425GABC1234002M"]),
    ]
    for (system, texts) in systems {
      for text in texts {
        let check = Check.iso7064(system, .whole)
        #expect(check.isValid(bytes(text), tables: noTables), "\(text)")
        #expect(!check.isValid(bytes(text + "0"), tables: noTables), "\(text)")
      }
    }
    // SIX, Swiss Implementation Guidelines QR-bill: a reference of 27 digits.
    let reference = bytes("210000000003139471430009017")
    #expect(
      PermutationChecks.carry(
        Array(reference.dropLast()), row: bytes("0946827135"), check: reference.last!))
    #expect(PermutationChecks.luhn(bytes("abcdefe"), alphabet: Alphabet("abcdef")))
    #expect(PermutationChecks.luhn(bytes("79927398713"), alphabet: .digits))
  }

  @Test func whatIsNoNumberFails() {
    for text in ["", "1", "12-4", "x"] {
      #expect(!PermutationChecks.verhoeff(bytes(text)))
      #expect(!PermutationChecks.damm(bytes(text)))
      #expect(!PermutationChecks.luhn(bytes(text), alphabet: .digits))
      #expect(!PermutationChecks.mod97(bytes(text)))
      #expect(!PermutationChecks.hybrid(bytes(text), modulus: 10, alphabet: .digits))
    }
    // X is a check character, and stands nowhere else.
    let alphabet = Alphabet("0123456789X")
    #expect(!PermutationChecks.pure(bytes("X0940"), modulus: 11, alphabet: alphabet))
  }

  /// Each of these finds every wrong digit: exactly one check character completes any number.
  @Test func exactlyOneCheckCharacterFits() {
    var random = SplitMix64(seed: 5)
    let digits = bytes("0123456789")
    let base36 = digits + bytes("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    let systems: [(Check, [UInt8], [UInt8])] = [
      (.verhoeff(.whole), digits, digits), (.damm(.whole), digits, digits),
      (.iso7064(.elevenTwo, .whole), digits, digits + bytes("X")),
      (.iso7064(.thirtySevenTwo, .whole), base36, base36 + bytes("*")),
      (.iso7064(.elevenTen, .whole), digits, digits),
      (.iso7064(.twentySevenTwentySix, .whole), Array(base36[10...]), Array(base36[10...])),
      (.iso7064(.thirtySevenThirtySix, .whole), base36, base36),
      (.luhn(.whole, .base36, prefix: "", expandsLetters: false), base36, base36),
    ]
    for _ in 0..<200 {
      for (check, body, last) in systems {
        let value = (0..<1 + random.below(20)).map { _ in random.one(of: body) }
        let passing = last.filter { check.isValid(value + [$0], tables: noTables) }
        #expect(passing.count == 1, "\(check)")
      }
    }
  }

  @Test func verhoeffAndDammFindNeighboursChangedRound() {
    var random = SplitMix64(seed: 6)
    for _ in 0..<300 {
      let body = (0..<6).map { _ in 48 + UInt8(random.below(10)) }
      for check in [PermutationChecks.verhoeff, PermutationChecks.damm] {
        let last = (UInt8(48)...57).first { check(body + [$0]) }!
        let value = body + [last]
        for index in 1..<value.count where value[index] != value[index - 1] {
          var changed = value
          changed.swapAt(index, index - 1)
          #expect(!check(changed))
        }
      }
    }
  }

  /// The symmetries of a pentagon as permutations of its corners give Verhoeff's group.
  @Test func verhoeffAgreesWithTheSymmetriesOfAPentagon() {
    let corners = Array(0..<5)
    let symmetries =
      corners.map { turn in corners.map { ($0 + turn) % 5 } }
      + corners.map { turn in corners.map { (turn - $0 + 5) % 5 } }
    let first = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    var random = SplitMix64(seed: 8)
    for _ in 0..<500 {
      let digits = (0..<2 + random.below(12)).map { _ in random.below(10) }
      var product = corners
      for (place, digit) in digits.reversed().enumerated() {
        var number = digit
        for _ in 0..<(place % 8) { number = first[number] }
        let next = symmetries[number]
        product = next.map { product[$0] }
      }
      #expect(
        PermutationChecks.verhoeff(digits.map { 48 + UInt8($0) }) == (product == corners),
        "\(digits)")
    }
  }

  @Test func mod97AgreesWithLongDivision() {
    var random = SplitMix64(seed: 9)
    let alphabet = bytes("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for _ in 0..<2_000 {
      let value = (0..<3 + random.below(20)).map { _ in random.one(of: alphabet) }
      let figures = value.map { $0 < 65 ? String($0 - 48) : String($0 - 55) }.joined()
      var remainder = 0
      for figure in figures.compactMap(\.wholeNumberValue) {
        remainder = (remainder * 10 + figure) % 97
      }
      #expect(PermutationChecks.mod97(value) == (remainder == 1))
    }
  }
}
