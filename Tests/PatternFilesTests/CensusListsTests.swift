import Names
import PatternFiles
import Testing

@Suite struct CensusListsTests {
  @Test func namesOf1990StandInColumnsOfBlanks() throws {
    let text = """
      ZORBELLE       1.006  1.006      1
      FERNWICK       0.810  1.816    250
      broken line
      QUILLON        0.001  9.900  60000

      """
    // One line in twenty may be broken where the kind is recognised; here it is said.
    var list = try ReadList(
      Array(text.utf8), path: "/data/dist.all.last", kind: .census1990)
    #expect(list.file.kind == .census1990 && list.file.entries == 3 && list.badLines == [3])
    #expect(list.classes("Zorbelle") == .surname && list.entry("zorbelle").surnameBucket == 7)
    #expect(list.entry("Fernwick").surnameBucket == 6 && list.entry("Quillon").surnameBucket == 2)
    let good = text.replacing("broken line\n", with: "")
    var given = try ReadList(good, path: "dist.male.first")
    #expect(given.file.kind == .census1990 && given.classes("Quillon") == .given)
    #expect(refusal(Array(good.utf8), path: "names.txt")?.contains("--as given") == true)
    var said = try ReadList(good, path: "names.txt", classes: .given)
    #expect(said.classes("Fernwick") == .given)
  }

  @Test func namesOf2010HaveAHeader() throws {
    let text = [
      "\u{FEFF}name,rank,count,prop100k,cum_prop100k,pctwhite",
      "ZORBELLE,1,2442977,828.19,828.19,70.9", "FERNWICK,900,4,1,2,(S)", "SHORT,3",
      "QUILLON,none,4,1,2,3", "ALL OTHER NAMES,0,29312001,9936.97,9936.97,66.65",
    ].joined(separator: "\r\n")
    var list = try ReadList(text, path: "Names_2010Census.csv")
    #expect(list.file.kind == .census && list.file.entries == 2)
    #expect(list.badLines == [4, 5] && list.file.skipped == 2)
    #expect(list.entry("Zorbelle").surnameBucket == 7 && list.entry("Fernwick").surnameBucket == 6)
    #expect(list.classes("All Other Names") == [])
  }

  @Test func birthsAreByYearOrByState() throws {
    var year = try ReadList("Zorbelle,F,7065\nQuillon,M,12\n", path: "yob1999.txt")
    #expect(year.file.kind == .ssa && year.file.entries == 2)
    #expect(year.classes("ZORBELLE") == .given && year.entry("Zorbelle").givenBucket == 6)
    #expect(year.entry("Quillon").givenBucket == 1)
    var state = try ReadList("CA,F,1910,Zorbelle,295\nCA,M,1910,Quillon,25\n", path: "CA.TXT")
    #expect(state.file.kind == .ssa && state.entry("Zorbelle").givenBucket == 4)
    let broken = try ReadList(Array("Zorbelle,F,70\nQuillon,X,9\n".utf8), kind: .ssa)
    #expect(broken.badLines == [2])
  }
}
