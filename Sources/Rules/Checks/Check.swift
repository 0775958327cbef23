/// A check that a rule states by parameters alone, so that a new national number needs no Swift.
/// `Patterns/README.md` lists them; all are true or false of a value and cannot fail.
///
/// The value is in ISO 8859-1 when the rule says `case: upper`, so every character is one byte.
package indirect enum Check: Codable, Sendable, Equatable {
  case weighted(WeightedSum)
  case substituted(SubstitutedSum)
  case modulo(Modulo)
  case luhn(Slices, Alphabet, prefix: String, expandsLetters: Bool)
  case iso7064(ISO7064System, Slices)
  case verhoeff(Slices)
  case damm(Slices)
  case carry(Slices, row: String, at: Int)
  case date(DateCheck)
  case among(Slices, [String])
  case range(Slices, [ClosedRange<Int>])
  case matches(Slices, Form)
  case notPalindrome
  case oneRepeats(Slices, times: [Int])
  case frenchVATKey(Slices)
  case crc32Base62(Slices, at: Slices)
  /// All of one of the lists hold.
  case any([[Check]])
  /// Not all of the list hold.
  case not([Check])
  case when([Check], then: [Check], else: [Check])
  /// The value is cut at each of the characters; every list is of one part, and sees it alone.
  case split(at: String, [[Check]])
  /// One of the checks that have no slices.
  case plain(ValidatorDefinition)

  /// A system of ISO/IEC 7064:2003.
  package enum ISO7064System: String, Codable, Sendable, CaseIterable {
    case elevenTwo = "11-2"
    case thirtySevenTwo = "37-2"
    case ninetySevenTen = "97-10"
    case elevenTen = "11,10"
    case twentySevenTwentySix = "27,26"
    case thirtySevenThirtySix = "37,36"
  }

  /// Whether a value passes.
  package func isValid(_ value: [UInt8], tables: ValidatorTables) -> Bool {
    switch self {
    case .weighted(let sum): return sum.isValid(value)
    case .substituted(let sum): return sum.isValid(value)
    case .modulo(let modulo): return modulo.isValid(value)
    case .date(let date): return date.isValid(value)
    case .notPalindrome: return !OtherChecks.isPalindrome(value)
    case .carry(let slices, let row, let place):
      guard let digits = slices.read(value), let at = Slices.index(place, value.count) else {
        return false
      }
      return PermutationChecks.carry(digits, row: Array(row.utf8), check: value[at])
    case .crc32Base62(let body, let check):
      guard let body = body.read(value), let check = check.read(value) else { return false }
      return OtherChecks.crc32Base62(body, check: check)
    case .any(let lists): return lists.contains { $0.all(value, tables) }
    case .not(let list): return !list.all(value, tables)
    case .when(let condition, let then, let otherwise):
      return (condition.all(value, tables) ? then : otherwise).all(value, tables)
    case .split(let separators, let lists):
      let cuts = latin1(separators)
      let parts = value.split(omittingEmptySubsequences: false) { cuts.contains($0) }
      return parts.count == lists.count
        && zip(parts, lists).allSatisfy { $1.all(Array($0), tables) }
    case .plain(let definition): return Validator(definition, tables: tables).isValid(value)
    default: return isValidSlice(value)
    }
  }

  /// The checks of one text that is read from the value.
  private func isValidSlice(_ value: [UInt8]) -> Bool {
    switch self {
    case .luhn(let slices, let alphabet, let prefix, let expandsLetters):
      guard var text = slices.read(value) else { return false }
      if expandsLetters { text = Self.expanded(text) }
      return PermutationChecks.luhn(Array(prefix.utf8) + text, alphabet: alphabet)
    case .iso7064(let system, let slices):
      return slices.read(value).map { Self.iso7064(system, $0) } ?? false
    case .verhoeff(let slices): return slices.read(value).map(PermutationChecks.verhoeff) ?? false
    case .damm(let slices): return slices.read(value).map(PermutationChecks.damm) ?? false
    case .among(let slices, let values):
      guard let text = slices.read(value) else { return false }
      return values.contains { latin1($0) == text }
    case .range(let slices, let ranges):
      guard let text = slices.read(value), (1...18).contains(text.count),
        text.allSatisfy({ $0 &- 48 < 10 })
      else { return false }
      let number = text.reduce(0) { $0 * 10 + Int($1 - 48) }
      return ranges.contains { $0.contains(number) }
    case .matches(let slices, let form): return slices.read(value).map(form.matches) ?? false
    case .oneRepeats(let slices, let times):
      return slices.read(value).map { OtherChecks.oneRepeats($0, times: times) } ?? false
    case .frenchVATKey(let slices):
      return slices.read(value).map(OtherChecks.frenchVATKey) ?? false
    default: return false
    }
  }

  private static func iso7064(_ system: ISO7064System, _ text: [UInt8]) -> Bool {
    switch system {
    case .elevenTwo:
      PermutationChecks.pure(text, modulus: 11, alphabet: Alphabet("0123456789X"))
    case .thirtySevenTwo:
      PermutationChecks.pure(
        text, modulus: 37, alphabet: Alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"))
    case .ninetySevenTen: PermutationChecks.mod97(text)
    case .elevenTen: PermutationChecks.hybrid(text, modulus: 10, alphabet: .digits)
    case .twentySevenTwentySix:
      PermutationChecks.hybrid(
        text, modulus: 26, alphabet: Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    case .thirtySevenThirtySix: PermutationChecks.hybrid(text, modulus: 36, alphabet: .base36)
    }
  }

  /// Letters written as 10 … 35 (ISO 6166 does so before Luhn's formula).
  private static func expanded(_ text: [UInt8]) -> [UInt8] {
    text.flatMap { byte -> [UInt8] in
      byte &- 65 < 26 ? [48 + (byte - 55) / 10, 48 + (byte - 55) % 10] : [byte]
    }
  }
}

extension [Check] {
  fileprivate func all(_ value: [UInt8], _ tables: ValidatorTables) -> Bool {
    allSatisfy { $0.isValid(value, tables: tables) }
  }
}
