import Names
import PatternFiles
import Testing

@Suite struct GeonamesListsTests {
  private func place(_ name: String, _ others: String, _ feature: String, _ people: Int) -> String {
    "9\t\(name)\t\(name)\t\(others)\t1.5\t-2.5\t\(feature)\tPPL\tXX\t\t01\t\t\t\t\(people)\t\t5\t"
      + "Etc/UTC\t2020-01-01\n"
  }

  @Test func placesComeWithTheirOtherNames() throws {
    let text =
      place("Zorbstadt", "Zorbville,Зорбград,42", "P", 400_000) + place("Quillmere", "", "H", 0)
      + place("Hotel Fernwick", "", "S", 0)
    var list = try ReadList(text, path: "cities500.txt")
    #expect(list.file.kind == .geonames && list.badLines.isEmpty)
    #expect(list.classes("Zorbstadt") == .place && list.entry("Zorbstadt").placeBucket == 5)
    #expect(list.entry("зорбград").placeBucket == 4 && list.entry("Quillmere").placeBucket == 1)
    #expect(list.classes("Hotel Fernwick") == [] && list.classes("42") == [])
    let broken = try ReadList(Array((text + "9\tZorb\n").utf8), kind: .geonames)
    #expect(broken.badLines == [4])
  }

  @Test func alternateNamesWithoutLinksAndCodes() throws {
    let text = """
      1\t9\tde\tZorbstadt\t1\t\t\t\t\t
      2\t9\tlink\thttps://example.org/Zorb\t\t\t\t\t\t
      3\t9\tiata\tZRB\t\t\t\t\t\t
      4\t9\t\tZorbopolis\t\t\t\t\t\t

      """
    var list = try ReadList(text, path: "alternateNamesV2.txt")
    #expect(list.file.kind == .geonamesAlternate && list.file.entries == 2)
    #expect(list.entry("Zorbstadt").placeBucket == 3 && list.entry("Zorbopolis").placeBucket == 2)
    #expect(list.classes("ZRB") == [])
  }

  @Test func countriesAndRegions() throws {
    let country =
      "#ISO\tISO3\n"
      + "ZB\tZRB\t999\tZB\tZorbania\tQuill City\t1\t2\tEU\t.zb"
      + "\tZZZ\tCoin\t1\t\t\ten\t7\t\t\n"
    var countries = try ReadList(country, path: "countryInfo.txt")
    #expect(countries.file.kind == .geonamesCountries)
    #expect(countries.entry("Zorbania").placeBucket == 7)
    #expect(countries.entry("Quill City").placeBucket == 5)
    var regions = try ReadList(
      "ZB.01\tNørd Zorb\tNord Zorb\t77\nZB.02\tFernshire\tFernshire\t78\n",
      path: "admin1CodesASCII.txt")
    #expect(regions.file.kind == .geonamesRegions)
    #expect(regions.entry("nord zorb").placeBucket == 4 && regions.classes("Fernshire") == .place)
  }
}
