import Foundation
import Rules
import TestSupport
import Testing

@Suite struct DateCheckTests {
  private func check(_ centuries: DateCheck.Centuries) -> DateCheck {
    DateCheck(
      year: Slices(["0:2"])!, month: Slices(["2:4"])!, day: Slices(["4:6"])!, centuries: centuries)
  }

  private func holds(_ check: DateCheck, _ text: String) -> Bool { check.isValid(Array(text.utf8)) }

  @Test func agreesWithTheCalendar() {
    let whole = DateCheck(
      year: Slices(["0:4"])!, month: Slices(["4:6"])!, day: Slices(["6:8"])!, centuries: .list([0]))
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0)!
    for year in [1799, 1800, 1896, 1900, 1999, 2000, 2023, 2024, 2100, 2299, 2300] {
      for month in 0...13 {
        for day in 0...32 {
          let parts = DateComponents(calendar: calendar, year: year, month: month, day: day)
          let isDay = parts.isValidDate && (1800...2299).contains(year)
          let text = String(format: "%04d%02d%02d", year, month, day)
          #expect(whole.isValid(Array(text.utf8)) == isDay, "\(text)")
        }
      }
    }
  }

  @Test func centuriesDecideLeapYears() {
    #expect(!holds(check(.list([1900])), "000229"))
    #expect(holds(check(.list([1900, 2000])), "000229"))
    let byDigit = check(.by(Slices(["6"])!, ["1": [1900], "3": [2000], "5": [1800, 2000]]))
    #expect(!holds(byDigit, "0002291"))
    #expect(holds(byDigit, "0002293"))
    #expect(holds(byDigit, "0002295"))
    #expect(!holds(byDigit, "0002287"))
    let three = DateCheck(
      year: Slices(["4:7"])!, month: Slices(["2:4"])!, day: Slices(["0:2"])!,
      centuries: .threeDigits)
    #expect(holds(three, "0101006"))
    #expect(holds(three, "2902000"))
    #expect(!holds(three, "2902900"))
    #expect(!holds(three, "0101500"))
  }

  @Test func monthsAndDaysMayBeRaised() {
    var polish = check(.list([0]))
    polish.monthOffsets = [
      DateCheck.MonthOffset(added: 0, century: 1900),
      DateCheck.MonthOffset(added: 20, century: 2000),
    ]
    #expect(holds(polish, "440514"))
    #expect(holds(polish, "002229"))
    #expect(!holds(polish, "000229"))
    #expect(!holds(polish, "441514"))
    var women = check(.list([1900]))
    women.dayOffsets = [0, 40]
    #expect(holds(women, "800171"))
    #expect(!holds(women, "800172"))
    #expect(!holds(women, "800140"))
  }

  @Test func lettersStandForMonthsAndDigits() {
    var italian = DateCheck(
      year: Slices(["6:8"])!, month: Slices(["8"])!, day: Slices(["9:11"])!,
      centuries: .list([1900]))
    italian.monthLetters = "ABCDEHLMPRST"
    italian.dayOffsets = [0, 40]
    (italian.letters, italian.digits) = ("LMNPQRSTUV", "0123456789")
    #expect(holds(italian, "RCCMNL83S18D969H"))
    #expect(holds(italian, "RCCMNLUPSMUD969H"))
    #expect(!holds(italian, "RCCMNL83F18D969H"))
    #expect(!holds(italian, "RCCMNL83S31D969H"))
    #expect(!holds(italian, "RCC"))
  }
}
