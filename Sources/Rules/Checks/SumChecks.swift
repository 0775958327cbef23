/// How a remainder decides. One table says what "11 minus the remainder, and 10 is written X" says
/// in words: the characters allowed for each remainder.
package enum Verdict: Codable, Sendable, Equatable {
  /// The character at a place (from the end when negative) is one of those listed for the
  /// remainder; `!` is none.
  case characters([String], at: Int)
  /// The slices hold the remainder in decimal, with leading zeros.
  case digits(at: Slices)
  /// The remainder is one of these.
  case remainders([Int])

  func holds(_ remainder: Int, _ value: [UInt8]) -> Bool {
    switch self {
    case .characters(let table, let place):
      guard table.indices.contains(remainder), let index = Slices.index(place, value.count) else {
        return false
      }
      let character = value[index]
      return character != UInt8(ascii: "!") && latin1(table[remainder]).contains(character)
    case .digits(let slices):
      guard let written = slices.read(value), !written.isEmpty else { return false }
      var rest = remainder
      for digit in written.reversed() {
        guard digit == 48 + UInt8(rest % 10) else { return false }
        rest /= 10
      }
      return rest == 0
    case .remainders(let list): return list.contains(remainder)
    }
  }
}

/// The sum of the characters' numbers, each times its weight, and what its remainder has to be.
package struct WeightedSum: Codable, Sendable, Equatable {
  /// What is done to each product before it is added.
  package enum Fold: Codable, Sendable, Equatable {
    case nothing
    /// The sum of its decimal digits.
    case digitSum
    /// 9 is taken off when it is above 9.
    case minusNine
    case modulo(Int)
  }

  package var of: Slices
  package var weights: [Int]
  package var modulus: Int
  /// None for decimal digits, one for all characters, or one for each of the first; digits follow.
  package var alphabets: [Alphabet] = []
  /// The weights begin again when they are used up.
  package var isCyclic = false
  /// The first weight is the last character's.
  package var isFromRight = false
  package var fold = Fold.nothing
  /// What the sum is multiplied with, and what is added then.
  package var times = 1
  package var plus = 0
  /// Remainders for which the sum is formed again, with other weights.
  package var insteadWhen: [Int] = []
  package var insteadWeights: [Int] = []
  /// The remainder is divided once more.
  package var thenModulus = 0
  package var verdict: Verdict

  package init(of: Slices, weights: [Int], modulus: Int, verdict: Verdict) {
    self.of = of
    self.weights = weights
    self.modulus = modulus
    self.verdict = verdict
  }

  /// - Complexity: O(value × alphabet).
  package func isValid(_ value: [UInt8]) -> Bool {
    guard let characters = of.read(value), !characters.isEmpty,
      let sum = sum(characters, weights)
    else { return false }
    var remainder = floorRemainder(sum * times + plus, modulus)
    if insteadWhen.contains(remainder) {
      guard let other = self.sum(characters, insteadWeights) else { return false }
      remainder = floorRemainder(other * times + plus, modulus)
    }
    if thenModulus > 0 { remainder %= thenModulus }
    return verdict.holds(remainder, value)
  }

  /// `nil` when a character has no number. Characters beyond the weights do not count.
  private func sum(_ characters: [UInt8], _ weights: [Int]) -> Int? {
    var sum = 0
    for (index, character) in characters.enumerated() {
      guard let number = number(character, index) else { return nil }
      var place = isFromRight ? characters.count - 1 - index : index
      if isCyclic { place %= weights.count }
      if place < weights.count { sum += folded(number * weights[place]) }
    }
    return sum
  }

  private func number(_ character: UInt8, _ index: Int) -> Int? {
    if alphabets.count == 1 { return alphabets[0].number(character) }
    if index < alphabets.count { return alphabets[index].number(character) }
    return character &- 48 < 10 ? Int(character - 48) : nil
  }

  private func folded(_ product: Int) -> Int {
    switch fold {
    case .nothing: return product
    case .digitSum:
      var rest = product
      var sum = 0
      while rest > 0 {
        sum += rest % 10
        rest /= 10
      }
      return sum
    case .minusNine: return product > 9 ? product - 9 : product
    case .modulo(let divisor): return floorRemainder(product, divisor)
    }
  }
}

/// The sum of what tables say of each character's number; the tables take turns.
package struct SubstitutedSum: Codable, Sendable, Equatable {
  package var of: Slices
  package var tables: [[Int]]
  package var alphabet: Alphabet
  package var modulus: Int
  package var verdict: Verdict

  package init(
    of: Slices, tables: [[Int]], alphabet: Alphabet, modulus: Int, verdict: Verdict
  ) {
    self.of = of
    self.tables = tables
    self.alphabet = alphabet
    self.modulus = modulus
    self.verdict = verdict
  }

  package func isValid(_ value: [UInt8]) -> Bool {
    guard let characters = of.read(value), !characters.isEmpty else { return false }
    var sum = 0
    for (index, character) in characters.enumerated() {
      let table = tables[index % tables.count]
      guard let number = alphabet.number(character), table.indices.contains(number) else {
        return false
      }
      sum += table[number]
    }
    return verdict.holds(floorRemainder(sum, modulus), value)
  }
}

/// The remainder of the value read as one decimal number.
package struct Modulo: Codable, Sendable, Equatable {
  package var of: Slices
  /// Texts that are read as other digits, the first that fits.
  package var replacements: [Replacement] = []
  package var modulus: Int
  /// The quotient by this, when it is not 0, takes the remainder's place.
  package var dividedBy = 0
  /// When it is not 0: the remainder is taken from it.
  package var subtractedFrom = 0
  /// When it is not 0: what remainder 0 becomes.
  package var zeroIs = 0
  package var thenModulus = 0
  package var verdict: Verdict

  package struct Replacement: Codable, Sendable, Equatable {
    package var text: String
    package var digits: String

    package init(text: String, digits: String) {
      self.text = text
      self.digits = digits
    }
  }

  package init(of: Slices, modulus: Int, verdict: Verdict) {
    self.of = of
    self.modulus = modulus
    self.verdict = verdict
  }

  package func isValid(_ value: [UInt8]) -> Bool {
    guard let characters = of.read(value), !characters.isEmpty else { return false }
    var remainder = 0
    var index = 0
    while index < characters.count {
      var digits = characters[index...index]
      var used = 1
      for replacement in replacements {
        let text = latin1(replacement.text)
        if characters[index...].starts(with: text) {
          digits = Array(replacement.digits.utf8)[...]
          used = text.count
          break
        }
      }
      for digit in digits {
        guard digit &- 48 < 10 else { return false }
        remainder = (remainder * 10 + Int(digit - 48)) % modulus
      }
      index += used
    }
    if dividedBy > 0 { remainder /= dividedBy }
    if subtractedFrom > 0 { remainder = subtractedFrom - remainder }
    if remainder == 0, zeroIs > 0 { remainder = zeroIs }
    if thenModulus > 0 { remainder %= thenModulus }
    return verdict.holds(remainder, value)
  }
}

/// The remainder that is never negative.
func floorRemainder(_ number: Int, _ divisor: Int) -> Int {
  let remainder = number % divisor
  return remainder < 0 ? remainder + divisor : remainder
}
