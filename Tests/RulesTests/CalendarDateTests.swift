import PatternFiles
import Rules
import TestSupport
import Testing

@Suite struct CalendarDateTests {
  private static let validator = Validator(.date, tables: Project.pack.tables)

  @Test(arguments: [
    "1990-02-28", "28.02.1990", "02/28/1990", "29/2/2000", "1/2/85", "19900228", "28021990",
    "2000-02-29", "1991年4月12日", "13/02/2521",
  ])
  func datesInFigures(text: String) {
    #expect(Self.validator.isValid(Array(text.utf8)))
  }

  @Test(arguments: [
    "3 May 1990", "May 3, 1990", "3. März 1990", "1990 May 3", "12.Jan.1999", "12-SEP-61",
    "7 juin 1968", "9 de abril de 1990", "3 марта 1987", "8 มีนาคม 2519", "8 มี.ค. 2519",
    "29 février 2000", "1987. március 3", "3 Mayıs 1990", "3 مارس 1990",
  ])
  func monthsByName(text: String) {
    #expect(Self.validator.isValid(Array(text.utf8)))
  }

  @Test(arguments: [
    "", "1990", "1990-13-01", "1990-02-30", "31.04.1990", "29.02.1900", "00.01.1990",
    "1.1.1899", "1.1.2100", "19901301", "99999999", "10.22", "30 Feb 1990", "31 avril 1990",
    "3 Otter 1990", "12 May", "May 1990", "3 May 1899", "32/13/2521",
  ])
  func whatIsNoDate(text: String) {
    #expect(!Self.validator.isValid(Array(text.utf8)))
  }
}
