/// Calendar dates as people write them.
enum CalendarDate {
  /// A run of digits: its value, and how many there are.
  private typealias Number = (value: Int, count: Int)

  /// Whether the value holds a day, a month and a year in one of the usual orders; the month in
  /// figures, or by its name.
  ///
  /// Years are 1900–2099, of four digits or two, or those of the Thai calendar (543 more). One run
  /// of eight digits is a year, a month and a day, or the reverse.
  ///
  /// - Parameter monthNames: lower case without full stops → the months (1…12) a name can mean.
  /// - Complexity: O(`value.count`).
  static func isPlausible(_ value: [UInt8], monthNames: [String: [Int]]) -> Bool {
    let numbers: [Number] = value.split { !($0 &- 48 < 10) }.map { digits in
      (value: digits.prefix(9).reduce(0) { $0 * 10 + Int($1 - 48) }, count: digits.count)
    }
    if numbers.count == 1, numbers[0].count == 8 {
      let all = numbers[0].value
      return isDay(all % 100, all / 100 % 100, all / 10000)
        || isDay(all / 1_000_000, all / 10000 % 100, all % 10000)
    }
    guard numbers.count >= 2 else { return false }
    if value.contains(where: { ($0 | 0x20) &- 97 < 26 || $0 >= 0x80 }) {
      let months = months(in: value, monthNames)
      if !months.isEmpty { return isDate(numbers, in: months) }
    }
    guard numbers.count >= 3 else { return false }
    let (a, b, c) = (numbers[0], numbers[1], numbers[2])
    if isYear(a), a.count == 4 { return isDay(c.value, b.value, year(a)) }
    guard isYear(c) else { return false }
    return isDay(a.value, b.value, year(c)) || isDay(b.value, a.value, year(c))
  }

  /// The months that a word of the value can mean.
  private static func months(in value: [UInt8], _ monthNames: [String: [Int]]) -> [Int] {
    let text = String(decoding: value, as: UTF8.self).lowercased()
    for word in text.split(whereSeparator: { !$0.isLetter && $0 != "." }) {
      if let months = monthNames[String(word.filter { $0 != "." })] { return months }
      // "12.Jan.1999": what stands between full stops may be a name of its own.
      for part in word.split(separator: ".") {
        if let months = monthNames[String(part)] { return months }
      }
    }
    return []
  }

  /// Whether one number is a day of one of the months, and the other a year.
  private static func isDate(_ numbers: [Number], in months: [Int]) -> Bool {
    let (a, b) = (numbers[0], numbers[1])
    return months.contains { month in
      isYear(b) && a.count < 3 && isDay(a.value, month, year(b))
        || isYear(a) && b.count < 3 && isDay(b.value, month, year(a))
    }
  }

  private static func isYear(_ number: Number) -> Bool {
    number.count == 2 || number.count == 4 && (1900...2099).contains(year(number))
  }

  /// The year meant: a short one is of the century before (any will do for a check), one above 2400
  /// is of the Thai calendar.
  private static func year(_ number: Number) -> Int {
    if number.count == 2 { return 1900 + number.value }
    return number.value >= 2400 ? number.value - 543 : number.value
  }

  private static func isDay(_ day: Int, _ month: Int, _ year: Int) -> Bool {
    guard (1...12).contains(month), (1900...2099).contains(year), day >= 1 else { return false }
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= days[month - 1]
  }
}
