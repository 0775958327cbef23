import Foundation
import Rules
import TestSupport
import Testing

@Suite struct ChecksumsTests {
  @Test func luhnAgreesWithAdditionByHand() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<5_000 {
      let digits = (0..<2 + random.below(18)).map { _ in 48 + UInt8(random.below(10)) }
      #expect(Checksums.luhn(digits) == naiveLuhn(digits))
    }
  }

  @Test func exactlyOneLastDigitPassesLuhn() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<500 {
      let body = (0..<1 + random.below(18)).map { _ in 48 + UInt8(random.below(10)) }
      let passing = (UInt8(48)...57).filter { Checksums.luhn(body + [$0]) }
      #expect(passing.count == 1)
    }
  }

  @Test func luhnTakesPublishedTestCardsAndNothingThatIsNoDigit() {
    for card in ["4111111111111111", "5555555555554444", "378282246310005", "79927398713"] {
      #expect(Checksums.luhn(Array(card.utf8)))
    }
    for text in ["", "0", "4111111111111112", "4111-1111-1111-1111", "７９９２７３９８７１３"] {
      #expect(!Checksums.luhn(Array(text.utf8)), "\(text)")
    }
  }

  @Test func mod97AgreesWithLongDivision() {
    var random = SplitMix64(seed: 3)
    let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    var passed = 0
    for _ in 0..<5_000 {
      let value = (0..<5 + random.below(30)).map { _ in random.one(of: alphabet) }
      let found = Checksums.mod97(rotated: value)
      #expect(found == naiveMod97(value))
      if found { passed += 1 }
    }
    #expect(passed > 20, "the cases hold both outcomes")
  }

  @Test func mod97IsBlindToCaseAndRefusesOtherBytes() {
    #expect(Checksums.mod97(rotated: Array("GB29NWBK60161331926819".utf8)))
    #expect(Checksums.mod97(rotated: Array("gb29nwbk60161331926819".utf8)))
    for text in ["", "GB29", "GB29 NWBK60161331926819", "GB29NWBK6016133192681é"] {
      #expect(!Checksums.mod97(rotated: Array(text.utf8)), "\(text)")
    }
  }

  @Test func entropyAgreesWithTheLibraryLogarithm() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<2_000 {
      let value = (0..<1 + random.below(100)).map { _ in UInt8(random.below(1 + random.below(255)))
      }
      #expect(abs(Checksums.entropy(value) - naiveEntropy(value)) < 1e-12)
    }
  }

  @Test func entropyOfEvenlySpreadBytesIsTheLogarithmOfTheirNumber() {
    #expect(Checksums.entropy([]) == 0)
    #expect(Checksums.entropy([7, 7, 7]) == 0)
    for bits in 1...8 {
      let value = (0..<1 << bits).map { UInt8($0) }
      #expect(abs(Checksums.entropy(value) - Double(bits)) < 1e-12)
    }
  }

  @Test func runsAndRepetitionsAreRepeated() {
    let repeated = [
      "", "a", "ab", "aaaa", "1111-1111", "12345678", "1234567890", "987654321", "0987654321",
      "abcdef", "FEDcba", "x.x.x", "--",
    ]
    for text in repeated { #expect(Checksums.isRepeated(Array(text.utf8)), "\(text)") }
    for text in ["121", "1123", "13579", "4155550132", "abd", "aaab", "123457"] {
      #expect(!Checksums.isRepeated(Array(text.utf8)), "\(text)")
    }
  }
}

private func naiveLuhn(_ digits: [UInt8]) -> Bool {
  var sum = 0
  for (place, digit) in digits.reversed().map({ Int($0) - 48 }).enumerated() {
    sum += place % 2 == 0 ? digit : String(digit * 2).compactMap(\.wholeNumberValue).reduce(0, +)
  }
  return sum % 10 == 0
}

private func naiveMod97(_ value: [UInt8]) -> Bool {
  let turned = value.dropFirst(4) + value.prefix(4)
  let figures = turned.map { $0 < 65 ? String($0 - 48) : String($0 - 55) }.joined()
  var remainder = 0
  for figure in figures.compactMap(\.wholeNumberValue) {
    remainder = (remainder * 10 + figure) % 97
  }
  return remainder == 1
}

private func naiveEntropy(_ value: [UInt8]) -> Double {
  Dictionary(grouping: value) { $0 }.values.reduce(0) { sum, group in
    let share = Double(group.count) / Double(value.count)
    return sum - share * log2(share)
  }
}
