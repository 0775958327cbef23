/// Times as the collection writes them: `2023-10-02 16:48:51.829000000Z`.
struct CollectionTime: Equatable {
  /// Seconds since 1970-01-01 00:00 UTC.
  var seconds: Int64
  /// 0 to 999,999,999.
  var nanoseconds: Int64

  init(seconds: Int64, nanoseconds: Int64) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Reads RFC 3339 and its relatives (a space for the T, no zone, `UTC`, offsets without a
  /// colon), and Unix times in seconds, milliseconds, microseconds or nanoseconds by their size.
  ///
  /// A time without a zone is taken for UTC. A midnight with an offset keeps its date: it is what
  /// is left of a time whose hours were taken away.
  ///
  /// - Returns: `nil` for anything else, and for dates that no calendar has.
  init?(_ text: [UInt8]) {
    var reader = TimeReader(text)
    guard let time = reader.readDate() ?? TimeReader.unix(text) else { return nil }
    self = time
  }

  /// The midnight (UTC) before, where no more than the day is to be told.
  func reduced(to detail: CollectionPlan.TimeDetail) -> CollectionTime {
    if detail == .all { return self }
    return CollectionTime(seconds: Self.divide(seconds, 86_400).0 * 86_400, nanoseconds: 0)
  }

  /// The collection's form. Years of four digits; `nil` for others.
  var text: [UInt8]? {
    let (days, rest) = Self.divide(seconds, 86_400)
    let (year, month, day) = Self.civil(days)
    guard (1...9999).contains(year) else { return nil }
    var result: [UInt8] = []
    func append(_ value: Int64, _ width: Int) {
      let digits = Array(String(value).utf8)
      result += [UInt8](repeating: 48, count: max(0, width - digits.count)) + digits
    }
    append(year, 4)
    for (mark, value) in [("-", month), ("-", day), (" ", rest / 3600), (":", rest / 60 % 60)] {
      result += mark.utf8
      append(value, 2)
    }
    result += ":".utf8
    append(rest % 60, 2)
    result += ".".utf8
    append(nanoseconds, 9)
    return result + "Z".utf8
  }

  /// What times are compared by, in nanoseconds since 1970; the ends of the scale stand for all
  /// beyond 1677 and 2262.
  var order: Int64 {
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min + 1 : .max }
    let (sum, isOver) = scaled.addingReportingOverflow(nanoseconds)
    return isOver ? .max : sum
  }

  /// Days since 1970-01-01 of a date of the Gregorian calendar (H. Hinnant, "chrono-compatible
  /// low-level date algorithms").
  static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = divide(shifted, 400)
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The date of a day; the inverse of `days`.
  static func civil(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = divide(days + 719_468, 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }

  /// Quotient and remainder, the remainder never negative.
  private static func divide(_ value: Int64, _ divisor: Int64) -> (Int64, Int64) {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }
}

private struct TimeReader {
  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8]) { self.text = text }

  private var byte: UInt8? { position < text.count ? text[position] : nil }

  mutating func readDate() -> CollectionTime? {
    guard let year = digits(4), skip("-"), let month = digits(2), skip("-"), let day = digits(2),
      (1...12).contains(month), day >= 1
    else { return nil }
    let days = CollectionTime.days(year, month, day)
    guard CollectionTime.civil(days) == (year, month, day) else { return nil }
    guard byte != nil else { return CollectionTime(seconds: days * 86_400, nanoseconds: 0) }
    guard skip("T") || skip("t") || skip(" "), let hour = digits(2), skip(":"),
      let minute = digits(2), hour < 24, minute < 60
    else { return nil }
    var second: Int64 = 0
    var nanoseconds: Int64 = 0
    if skip(":") {
      guard let read = digits(2), read < 60 else { return nil }
      second = read
      if skip(".") || skip(",") {
        guard let fraction = Self.fraction(readDigits()) else { return nil }
        nanoseconds = fraction
      }
    }
    guard let offset = readZone(), byte == nil else { return nil }
    let time = hour * 3600 + minute * 60 + second
    let isMidnight = time == 0 && nanoseconds == 0
    return CollectionTime(
      seconds: days * 86_400 + time - (isMidnight ? 0 : offset), nanoseconds: nanoseconds)
  }

  /// Seconds east of UTC.
  private mutating func readZone() -> Int64? {
    if byte == nil || skip("Z") || skip("z") { return 0 }
    _ = skip(" ")
    if skip("UTC") || skip("GMT") { return 0 }
    let sign: Int64 = byte == UInt8(ascii: "-") ? -1 : 1
    guard skip("+") || skip("-"), let hours = digits(2), hours < 24 else { return nil }
    if byte == nil { return sign * hours * 3600 }
    _ = skip(":")
    guard let minutes = digits(2), minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }

  private mutating func skip(_ expected: String) -> Bool {
    guard text[position...].starts(with: expected.utf8) else { return false }
    position += expected.utf8.count
    return true
  }

  private mutating func digits(_ count: Int) -> Int64? {
    guard position + count <= text.count else { return nil }
    var value: Int64 = 0
    for index in position..<position + count {
      guard text[index] &- 48 < 10 else { return nil }
      value = value * 10 + Int64(text[index] - 48)
    }
    position += count
    return value
  }

  private mutating func readDigits() -> ArraySlice<UInt8> {
    let start = position
    while let next = byte, next &- 48 < 10 { position += 1 }
    return text[start..<position]
  }

  /// Nanoseconds of the digits behind a point; more than nine are cut off.
  private static func fraction(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for place in 0..<9 {
      let index = digits.startIndex + place
      value = value * 10 + (index < digits.endIndex ? Int64(digits[index] - 48) : 0)
    }
    return value
  }

  /// A Unix time of 9 to 19 digits, with a fraction or without.
  static func unix(_ text: [UInt8]) -> CollectionTime? {
    let whole = text.prefix { $0 &- 48 < 10 }
    var rest = text[whole.endIndex...]
    guard (9...19).contains(whole.count) else { return nil }
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst()
      rest = []
      guard !fraction.isEmpty, fraction.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
    }
    guard rest.isEmpty else { return nil }
    // Seconds have up to 11 digits until the year 5138; each finer unit has three more.
    let unitDigits = whole.count <= 11 ? 0 : whole.count <= 14 ? 3 : whole.count <= 17 ? 6 : 9
    let seconds = whole.dropLast(unitDigits)
    guard let value = Int64(String(decoding: seconds, as: UTF8.self)) else { return nil }
    let below = Array(whole.suffix(unitDigits)) + fraction
    return CollectionTime(
      seconds: value, nanoseconds: below.isEmpty ? 0 : Self.fraction(below[...]) ?? 0)
  }
}
