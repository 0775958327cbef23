/// A validator ready to run: its parameters turned into what it compares with.
package struct Validator: Sendable {
  private let definition: ValidatorDefinition
  private let tables: ValidatorTables
  /// For `notIn`: the values in lower case.
  private let words: Set<[UInt8]>

  package init(_ definition: ValidatorDefinition, tables: ValidatorTables) {
    self.definition = definition
    self.tables = tables
    if case .notIn(let values) = definition {
      words = Set(values.map { Array($0.utf8).map(Checksums.asciiLower) })
    } else {
      words = []
    }
  }

  /// Whether a value passes. `value` is what was matched without the rule's `clean` characters.
  package func isValid(_ value: [UInt8]) -> Bool {
    switch definition {
    case .luhn: Checksums.luhn(value)
    case .iban: isIBAN(value)
    case .prefixLengths(let rows): rows.contains { Self.fits(value, $0) }
    case .base58check(let versions): WalletChecks.base58check(value, versions: versions)
    case .bech32(let prefixes): WalletChecks.bech32(value, prefixes: prefixes)
    case .eip55: WalletChecks.eip55(value)
    case .ipv4: NetworkChecks.ipv4(value)
    case .ipv6: NetworkChecks.ipv6(value)
    case .mac: NetworkChecks.mac(value)
    case .jwt: Self.isJWT(value)
    case .entropy(let min): Checksums.entropy(value) >= min
    case .notIn: !words.contains(value.map(Checksums.asciiLower))
    case .notRepeated: !Checksums.isRepeated(value)
    case .mixed: value.contains { $0 &- 48 < 10 } && value.contains { ($0 | 0x20) &- 97 < 26 }
    // `CompiledRule` asks `PhoneCheck`, which sees how the number is written.
    case .phone: true
    case .date: CalendarDate.isPlausible(value)
    }
  }

  private func isIBAN(_ value: [UInt8]) -> Bool {
    guard value.count > 4 else { return false }
    let upper = value.map { $0 &- 97 < 26 ? $0 & 0xDF : $0 }
    let country = String(decoding: upper[..<2], as: UTF8.self)
    return tables.ibanLengths[country] == upper.count && Checksums.mod97(rotated: upper)
  }

  private static func fits(_ value: [UInt8], _ row: PrefixLengths) -> Bool {
    let prefix = Array(value.prefix(row.low.utf8.count))
    guard prefix.count == row.low.utf8.count, row.lengths.contains(value.count) else {
      return false
    }
    return !prefix.lexicographicallyPrecedes(Array(row.low.utf8))
      && !Array(row.high.utf8).lexicographicallyPrecedes(prefix)
  }

  /// Whether the first part is base64url of a JSON object that names an algorithm (RFC 7515,
  /// 4.1.1).
  private static func isJWT(_ value: [UInt8]) -> Bool {
    guard let end = value.firstIndex(of: UInt8(ascii: ".")) else { return false }
    var bits: UInt32 = 0
    var count = 0
    var header: [UInt8] = []
    for byte in value[..<end] {
      let digit: UInt32
      switch byte {
      case 65...90: digit = UInt32(byte) - 65
      case 97...122: digit = UInt32(byte) - 71
      case 48...57: digit = UInt32(byte) + 4
      case 45, 43: digit = 62
      case 95, 47: digit = 63
      default: return false
      }
      bits = bits << 6 | digit
      count += 6
      if count >= 8 {
        count -= 8
        header.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    guard header.first == UInt8(ascii: "{") else { return false }
    let wanted = Array("\"alg\"".utf8)
    return header.indices.contains { header[$0...].starts(with: wanted) }
  }
}

/// Calendar dates as people write them in figures.
enum CalendarDate {
  /// Whether the value holds a day, a month and a year of 1900–2099 in one of the usual orders; a
  /// month in letters stands for itself.
  static func isPlausible(_ value: [UInt8]) -> Bool {
    let numbers = value.split { !($0 &- 48 < 10) }.map { digits in
      (value: digits.prefix(9).reduce(0) { $0 * 10 + Int($1 - 48) }, count: digits.count)
    }
    let hasLetters = value.contains { ($0 | 0x20) &- 97 < 26 || $0 >= 0x80 }
    if numbers.count == 1, numbers[0].count == 8 {
      let all = numbers[0].value
      return isDay(all % 100, all / 100 % 100, all / 10000)
        || isDay(all / 1_000_000, all / 10000 % 100, all % 10000)
    }
    guard numbers.count >= (hasLetters ? 2 : 3) else { return false }
    if hasLetters {
      return zip(numbers, numbers.dropFirst()).contains { first, second in
        (isYear(second) && (1...31).contains(first.value))
          || (isYear(first) && (1...31).contains(second.value))
      } || numbers.count >= 3
    }
    let (a, b, c) = (numbers[0], numbers[1], numbers[2])
    if isYear(a), a.count == 4 { return isDay(c.value, b.value, a.value) }
    guard isYear(c) else { return false }
    let year = fullYear(c)
    return isDay(a.value, b.value, year) || isDay(b.value, a.value, year)
  }

  private static func isYear(_ number: (value: Int, count: Int)) -> Bool {
    number.count == 2 || number.count == 4 && (1900...2099).contains(number.value)
  }

  private static func fullYear(_ number: (value: Int, count: Int)) -> Int {
    number.count == 2 ? 1900 + number.value : number.value
  }

  private static func isDay(_ day: Int, _ month: Int, _ year: Int) -> Bool {
    guard (1...12).contains(month), (1900...2099).contains(year), day >= 1 else { return false }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= days[month - 1]
  }
}
