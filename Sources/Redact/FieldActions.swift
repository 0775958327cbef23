internal import Records

/// What the identifier fields of a format become. Every action leaves its own results as they are.
enum FieldActions {
  /// What an action does to a value.
  enum Outcome: Equatable {
    case unchanged
    /// These bytes replace the value: the content of the string, not yet escaped.
    case string([UInt8])
    /// These bytes replace the whole value, quotes and all.
    case raw([UInt8])
    /// The action does not fit the value: it is scrubbed as text.
    case scrub
    /// A numbered placeholder stands for the whole value.
    case placeholder
  }

  static func apply(
    _ action: FieldAction, to text: [UInt8], kind: ValueKind, keys: Keyring?, name: String
  ) -> Outcome {
    let isNull = kind == .literal && text == Array("null".utf8)
    switch action {
    case .keep: return .unchanged
    case .scrub: return kind == .string ? .scrub : .unchanged
    case .empty:
      if kind == .string { return text.isEmpty ? .unchanged : .string([]) }
      return isNull ? .unchanged : .raw(Array("null".utf8))
    case .null: return isNull ? .unchanged : .raw(Array("null".utf8))
    case .hash:
      if isNull || text.isEmpty { return .unchanged }
      guard let keys else { return kind == .string ? .placeholder : nullValue }
      if keys.isPseudonym(text) { return .unchanged }
      let pseudonym = keys.pseudonym(of: text, name: name)
      return kind == .string ? .string(pseudonym) : .raw([34] + pseudonym + [34])
    case .origin: return kind == .string ? origin(text) : isNull ? .unchanged : nullValue
    case .ageBand: return isNull || text.isEmpty ? .unchanged : ageBand(text, kind: kind)
    case .day: return isNull || text.isEmpty ? .unchanged : day(text, kind: kind)
    }
  }

  private static let nullValue = Outcome.raw(Array("null".utf8))

  /// A URL becomes its scheme and host; what is no URL stays.
  private static func origin(_ text: [UInt8]) -> Outcome {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")),
      text[(colon + 1)...].starts(with: [47, 47])
    else {
      // "chatgpt.com/c/…" without a scheme is an address all the same.
      if let slash = text.firstIndex(of: 47), text[..<slash].contains(46), !text.contains(32) {
        return .string(Array(text[..<slash]))
      }
      return .scrub
    }
    var end = colon + 3
    while end < text.count, ![47, 63, 35, 92].contains(text[end]) { end += 1 }
    var host = text[(colon + 3)..<end]
    if let at = host.lastIndex(of: UInt8(ascii: "@")) { host = host[(at + 1)...] }
    let result = Array(text[..<(colon + 3)] + host)
    return result == text ? .unchanged : .string(result)
  }

  /// "27" becomes "20-29", ninety and above "90+"; a number becomes its decade.
  private static func ageBand(_ text: [UInt8], kind: ValueKind) -> Outcome {
    let isBand =
      text.count == 5 && text[2] == 45 && text[1] == 48 && text[4] == 57 && text[0] == text[3]
    if isBand || text == Array("90+".utf8) || text == Array("0-9".utf8) { return .unchanged }
    guard text.count <= 3, text.allSatisfy({ $0 &- 48 < 10 }) else {
      return kind == .string ? .string([]) : nullValue
    }
    let age = text.reduce(0) { $0 * 10 + Int($1 - 48) }
    let low = min(90, age / 10 * 10)
    if kind != .string {
      return low == age ? .unchanged : .raw(Array(String(low).utf8))
    }
    return .string(Array((low == 90 ? "90+" : "\(low)-\(low + 9)").utf8))
  }

  /// The time of day becomes zeros, in the spelling the value has; Unix times are cut to the day.
  private static func day(_ text: [UInt8], kind: ValueKind) -> Outcome {
    let digits = text.prefix { $0 &- 48 < 10 }.count
    if digits == 4, text.count >= 10, text[4] == 45, text[7] == 45 {
      var result = text
      for index in result.indices.dropFirst(10) where result[index] &- 48 < 10 {
        // The offset from UTC stays: it is at the end, after a sign.
        if result[10..<index].contains(where: { $0 == 43 || $0 == 45 }) { break }
        result[index] = 48
      }
      return result == text ? .unchanged : kind == .string ? .string(result) : .raw(result)
    }
    guard (9...16).contains(digits),
      text.dropFirst(digits).allSatisfy({ $0 == 46 || $0 &- 48 < 10 })
    else { return kind == .string ? .scrub : nullValue }
    let value = text.prefix(digits).reduce(0) { $0 * 10 + Int($1 - 48) }
    let unit = digits <= 11 ? 86_400 : digits <= 14 ? 86_400_000 : 86_400_000_000
    let result =
      Array(String(value / unit * unit).utf8)
      + text.dropFirst(digits).map { $0 == 46 ? 46 : 48 }
    return result == text ? .unchanged : kind == .string ? .string(result) : .raw(result)
  }
}
