import Names
import PatternFiles
import Testing

@Suite struct WikidataListsTests {
  @Test func tablesWithTabs() throws {
    let text = """
      ?item\t?itemLabel\t?type
      <http://www.wikidata.org/entity/Q1>\t"Zörbelle"@de\t<http://www.wikidata.org/entity/Q101352>
      <http://www.wikidata.org/entity/Q2>\t"Quill\\"on"\t<http://www.wikidata.org/entity/Q202444>
      <http://www.wikidata.org/entity/Q3>\t"Nothing"@en
      <http://www.wikidata.org/entity/Q4>\t"Thing"@en\t<http://www.wikidata.org/entity/Q35120>
      <http://www.wikidata.org/entity/Q5>\t"Q5"\t<http://www.wikidata.org/entity/Q515>

      """
    var list = try ReadList(text, path: "query.tsv")
    #expect(list.file.kind == .wikidataTSV && list.badLines == [4, 5] && list.file.entries == 2)
    #expect(list.classes("Zorbelle") == .surname && list.classes("Quill\"on") == .given)
  }

  @Test func tablesWithCommas() throws {
    let text = """
      item,itemLabel,itemAltLabel,typeLabel
      http://www.wikidata.org/entity/Q1,Fernwick,"Fern Wick, Fernwyk",city
      http://www.wikidata.org/entity/Q2,"Acme, Widgets",,business

      """
    var list = try ReadList(text, path: "query.csv")
    #expect(list.file.kind == .wikidataCSV && list.badLines.isEmpty)
    for name in ["fernwick", "Fern Wick", "Fernwyk"] { #expect(list.classes(name) == .place) }
    #expect(list.classes("Acme, Widgets") == .organization)
    let untyped = "item,itemLabel\nhttp://www.wikidata.org/entity/Q1,Fernwick\n"
    #expect(refusal(Array(untyped.utf8))?.contains("--as") == true)
    var said = try ReadList(untyped, classes: .surname)
    #expect(said.classes("Fernwick") == .surname)
  }

  @Test func labelsOfOtherThingsNameNoItem() throws {
    let text = """
      item,itemLabel,genderLabel,typeLabel
      http://www.wikidata.org/entity/Q1,Oswin Tarbeck,female,human

      """
    var list = try ReadList(text, path: "query.csv")
    #expect(list.classes("Oswin Tarbeck") == .person && !list.classes("female").contains(.person))
    let person = "person,genderLabel,personLabel\nx,female,Oswin Tarbeck\n"
    var own = try ReadList(Array(person.utf8), kind: .wikidataCSV, classes: .person)
    #expect(own.classes("Oswin Tarbeck") == .person && !own.classes("female").contains(.person))
    let button =
      #"[{"item":"wikidata.org/entity/Q1","genderLabel":"female","itemLabel":"Oswin Tarbeck","#
      + #""typeLabel":"human","otherType":"family name"}]"#
    var rows = try ReadList(button, path: "query.json")
    #expect(rows.classes("Oswin Tarbeck") == [.person, .surname])
    #expect(!rows.classes("female").contains(.person))
  }

  @Test func jsonOfTheServiceAndOfItsButton() throws {
    let service = """
      {"head":{"vars":["item","itemLabel","type"]},"results":{"bindings":[
      {"itemLabel":{"type":"literal","xml:lang":"en","value":"Zorbelle"},
       "type":{"type":"uri","value":"http://www.wikidata.org/entity/Q101352"}},
      {"itemLabel":{"type":"literal","value":"Quillon"}}]}}
      """
    var list = try ReadList(service, path: "query.json")
    #expect(list.file.kind == .wikidataJSON && list.badLines == [2])
    #expect(list.classes("Zorbelle") == .surname)
    let button =
      #"[{"item":"http://www.wikidata.org/entity/Q1","itemLabel":"Fernwick","typeLabel":"town"}]"#
    var rows = try ReadList(button, path: "query.json")
    #expect(rows.classes("Fernwick") == .place)
    let other = refusal(Array(#"{"names":["Zorbelle"]}"#.utf8))
    #expect(other?.contains("no kind that is known") == true)
  }
}
