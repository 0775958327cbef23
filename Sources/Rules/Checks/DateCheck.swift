/// A day of the calendar inside a number.
package struct DateCheck: Codable, Sendable, Equatable {
  /// Which centuries a year of two digits may be of.
  package enum Centuries: Codable, Sendable, Equatable {
    /// One of these is added; 0 for a year written whole.
    case list([Int])
    /// What stands at the place says which.
    case by(Slices, [String: [Int]])
    /// Three digits: 800 and above are of the second millennium, the rest of the third.
    case threeDigits
  }

  package var year: Slices
  package var month: Slices
  package var day: Slices
  package var centuries: Centuries
  /// What may have been added to the month, and the century it then stands for (0: as
  /// `centuries` say).
  package var monthOffsets: [MonthOffset] = [MonthOffset(added: 0, century: 0)]
  package var dayOffsets: [Int] = [0]
  /// Letters for the months, January first.
  package var monthLetters = ""
  /// Letters that stand for digits, and those digits.
  package var letters = ""
  package var digits = ""

  package struct MonthOffset: Codable, Sendable, Equatable {
    package var added: Int
    package var century: Int

    package init(added: Int, century: Int) {
      self.added = added
      self.century = century
    }
  }

  package init(year: Slices, month: Slices, day: Slices, centuries: Centuries) {
    self.year = year
    self.month = month
    self.day = day
    self.centuries = centuries
  }

  /// Whether one of the readings is a day of the Gregorian calendar.
  package func isValid(_ value: [UInt8]) -> Bool {
    guard let year = number(year, value), let day = number(day, value),
      let month = monthNumber(value)
    else { return false }
    return monthOffsets.contains { offset in
      let months = offset.century > 0 ? [offset.century] : centuries(value)
      return months.contains { century in
        dayOffsets.contains { added in
          let full =
            if case .threeDigits = centuries {
              year < 800 ? year + 2000 : year + 1000
            } else {
              year + century
            }
          return Self.isDay(day - added, month - offset.added, full)
        }
      }
    }
  }

  /// Whether there is such a day. Years before 1800 and after 2299 are in no number of a person.
  private static func isDay(_ day: Int, _ month: Int, _ year: Int) -> Bool {
    guard (1...12).contains(month), (1800...2299).contains(year), day >= 1 else { return false }
    if month == 2 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      return day <= (isLeap ? 29 : 28)
    }
    return day <= ([4, 6, 9, 11].contains(month) ? 30 : 31)
  }

  private func centuries(_ value: [UInt8]) -> [Int] {
    switch centuries {
    case .list(let list): return list
    case .by(let place, let table):
      guard let text = place.read(value) else { return [] }
      return table[String(decoding: text, as: UTF8.self)] ?? []
    case .threeDigits: return [0]
    }
  }

  private func monthNumber(_ value: [UInt8]) -> Int? {
    if monthLetters.isEmpty { return number(month, value) }
    guard let text = month.read(value), text.count == 1 else { return nil }
    return Array(monthLetters.utf8).firstIndex(of: text[0]).map { $0 + 1 }
  }

  private func number(_ place: Slices, _ value: [UInt8]) -> Int? {
    guard let text = place.read(value), (1...9).contains(text.count) else { return nil }
    var number = 0
    for byte in text {
      var digit = byte
      if let index = Array(letters.utf8).firstIndex(of: byte) { digit = Array(digits.utf8)[index] }
      guard digit &- 48 < 10 else { return nil }
      number = number * 10 + Int(digit - 48)
    }
    return number
  }
}
