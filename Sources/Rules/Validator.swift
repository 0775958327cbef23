/// A validator ready to run: its parameters turned into what it compares with.
package final class Validator: Sendable {
  private let definition: ValidatorDefinition
  private let tables: ValidatorTables
  /// For `notIn`: the values in lower case.
  private let words: Set<[UInt8]>
  /// For `notHolding`: the parts in lower case.
  private let parts: [[UInt8]]
  private let seeds: SeedPhrase?

  package init(_ definition: ValidatorDefinition, tables: ValidatorTables) {
    self.definition = definition
    self.tables = tables
    seeds = definition == .seedPhrase ? SeedPhrase(words: tables.seedWords) : nil
    if case .notIn(let values) = definition {
      words = Set(values.map { Array($0.utf8).map(Checksums.asciiLower) })
    } else {
      words = []
    }
    if case .notHolding(let values) = definition {
      parts = values.map { Array($0.utf8).map(Checksums.asciiLower) }
    } else {
      parts = []
    }
  }

  /// Whether a value passes. `value` is what was matched without the rule's `clean` characters.
  package func isValid(_ value: [UInt8]) -> Bool {
    switch definition {
    case .luhn: Checksums.luhn(value)
    case .iban: isIBAN(value)
    case .prefixLengths(let rows): rows.contains { Self.fits(value, $0) }
    case .base58check(let versions, let ripple):
      WalletChecks.base58check(value, versions: versions, ripple: ripple)
    case .bech32(let prefixes): WalletChecks.bech32(value, prefixes: prefixes)
    case .eip55: WalletChecks.eip55(value)
    case .wallet(let kind): kind.isValid(value)
    case .seedPhrase: seeds?.isValid(value) ?? false
    case .ipv4: NetworkChecks.ipv4(value)
    case .ipv6: NetworkChecks.ipv6(value)
    case .mac: NetworkChecks.mac(value)
    case .jwt: Self.isJWT(value)
    case .entropy(let min): Checksums.entropy(value) >= min
    case .notIn: !words.contains(value.map(Checksums.asciiLower))
    case .notHolding: !SecretChecks.holds(value, anyOf: parts)
    case .unreadable(let max): SecretChecks.readableShare(value) <= max
    case .notRepeated: !Checksums.isRepeated(value)
    case .mixed: value.contains { $0 &- 48 < 10 } && value.contains { ($0 | 0x20) &- 97 < 26 }
    // `CompiledRule` asks `PhoneCheck`, which sees how the number is written.
    case .phone: true
    case .date: CalendarDate.isPlausible(value, monthNames: tables.monthNames)
    case .check(let check): check.isValid(value, tables: tables)
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
