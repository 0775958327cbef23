/// Check characters made by permutation or by recursion over the digits.
package enum PermutationChecks {
  /// Luhn's formula over any alphabet of even size, of which decimal digits are one (ISO/IEC 7812-1
  /// annex B; "Luhn mod N").
  package static func luhn(_ characters: [UInt8], alphabet: Alphabet) -> Bool {
    let size = alphabet.count
    guard characters.count > 1 else { return false }
    var sum = 0
    for (place, character) in characters.reversed().enumerated() {
      guard var number = alphabet.number(character) else { return false }
      if place % 2 == 1 {
        number *= 2
        number = number / size + number % size
      }
      sum += number
    }
    return sum % size == 0
  }

  /// ISO/IEC 7064:2003, pure systems with one check character: `radix` is 2.
  package static func pure(_ characters: [UInt8], modulus: Int, alphabet: Alphabet) -> Bool {
    guard characters.count > 1 else { return false }
    var product = 0
    for (index, character) in characters.enumerated() {
      guard let number = alphabet.number(character) else { return false }
      // The supplementary character of the alphabet stands at the end only.
      if number == modulus - 1, index < characters.count - 1 { return false }
      product = (product * 2 + number) % modulus
    }
    return product == 1
  }

  /// ISO/IEC 7064:2003 mod 97-10, letters read as 10 … 35.
  package static func mod97(_ characters: [UInt8]) -> Bool {
    guard characters.count > 2 else { return false }
    var remainder = 0
    for character in characters {
      guard let number = base36Number(character) else { return false }
      remainder = (remainder * (number > 9 ? 100 : 10) + number) % 97
    }
    return remainder == 1
  }

  private static func base36Number(_ character: UInt8) -> Int? {
    if character &- 48 < 10 { return Int(character - 48) }
    return character &- 65 < 26 ? Int(character - 55) : nil
  }

  /// ISO/IEC 7064:2003, hybrid systems of `modulus` and one more.
  package static func hybrid(_ characters: [UInt8], modulus: Int, alphabet: Alphabet) -> Bool {
    guard let last = characters.last, characters.count > 1,
      let check = alphabet.number(last), check < modulus
    else { return false }
    var product = modulus
    for character in characters.dropLast() {
      guard let number = alphabet.number(character), number < modulus else { return false }
      product = (product + number) % modulus
      product = (product == 0 ? modulus : product) * 2 % (modulus + 1)
    }
    return (product + check) % modulus == 1
  }

  private static let verhoeffPermutation: [[Int]] = {
    // Each row is the first permutation applied once more.
    let first = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    var rows = [Array(0...9)]
    for _ in 1..<8 { rows.append(rows[rows.count - 1].map { first[$0] }) }
    return rows
  }()

  /// The product in the dihedral group D5, the symmetries of a pentagon.
  private static func dihedral(_ a: Int, _ b: Int) -> Int {
    switch (a < 5, b < 5) {
    case (true, true): (a + b) % 5
    case (true, false): (a + b - 5) % 5 + 5
    case (false, true): (a - 5 + 5 - b) % 5 + 5
    case (false, false): (a - 5 + 5 - (b - 5)) % 5
    }
  }

  /// J. Verhoeff, "Error Detecting Decimal Codes" (1969).
  package static func verhoeff(_ digits: [UInt8]) -> Bool {
    guard digits.count > 1 else { return false }
    var check = 0
    for (place, digit) in digits.reversed().enumerated() {
      guard digit &- 48 < 10 else { return false }
      check = dihedral(check, verhoeffPermutation[place % 8][Int(digit - 48)])
    }
    return check == 0
  }

  private static let dammTable: [[Int]] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2], [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9], [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8], [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4], [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5], [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
  ]

  /// H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004): a quasigroup of order 10.
  package static func damm(_ digits: [UInt8]) -> Bool {
    guard digits.count > 1 else { return false }
    var interim = 0
    for digit in digits {
      guard digit &- 48 < 10 else { return false }
      interim = dammTable[interim][Int(digit - 48)]
    }
    return interim == 0
  }

  /// Recursive modulo 10: the carry is looked up in a row by carry plus digit (Swiss inpayment
  /// slips, SIX "Swiss Implementation Guidelines QR-bill", annex B).
  package static func carry(_ digits: [UInt8], row: [UInt8], check: UInt8) -> Bool {
    guard !digits.isEmpty, row.count == 10 else { return false }
    var carry = 0
    for digit in digits {
      guard digit &- 48 < 10 else { return false }
      carry = Int(row[(carry + Int(digit - 48)) % 10]) - 48
    }
    return check == 48 + UInt8((10 - carry) % 10)
  }
}
