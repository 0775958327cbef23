import Names
import PatternFiles
import Records
import Redact
import TestSupport
import Testing

@Suite struct KeptNamesTests {
  private static func plan(_ names: KeptNames) throws -> ScrubPlan {
    var allow = AllowList()
    allow.names = names
    let generic = try #require(Project.pack.formats.first { $0.name == "generic" })
    let policy = try #require(Project.pack.policies.first { $0.name == "strict" })
    return ScrubPlan(
      scanner: Project.scanner, names: Project.names, format: try Format(generic), policy: policy,
      keys: nil, allow: allow)
  }

  private static let people: ScrubPlan = {
    var names = KeptNames()
    names.addPeople(Array("# a list\nMichael Jordan\nSherlock Holmes\tfiction\n".utf8))
    return try! plan(names)
  }()

  private func scrubbed(_ record: String, _ plan: ScrubPlan) throws -> String {
    var scrubber = RecordScrubber(plan: plan)
    let bytes = Array(record.utf8)
    guard try scrubber.scrub(bytes.span) else { return record }
    var output: [UInt8] = []
    scrubber.append(bytes.span, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test func wellKnownPeopleStayWithTheirParts() throws {
    let record =
      #"{"a":"Was Sherlock Holmes better than Daniel Whitfield?","#
      + #""b":"I think Holmes was, said Daniel."}"#
    let expected =
      #"{"a":"Was Sherlock Holmes better than [PERSON_1]?","#
      + #""b":"I think Holmes was, said [PERSON_1]."}"#
    #expect(try scrubbed(record, Self.people) == expected)
  }

  @Test func aPartAloneDoesNotStay() throws {
    let record = #"{"a":"Please ask Michael Whitfield. My colleague Sherlock Whitfield knows."}"#
    let output = try scrubbed(record, Self.people)
    #expect(!output.contains("Michael") && !output.contains("Sherlock"))
  }

  @Test func partsOfTwoPeopleAreAThird() throws {
    let record =
      #"{"a":"Was Sherlock Holmes taller than Michael Jordan? Ask my dentist Sherlock Jordan.","#
      + #""b":"Jordan is taller than Holmes. So is Dr. K. Jordan."}"#
    let output = try scrubbed(record, Self.people)
    #expect(!output.contains("Sherlock Jordan") && !output.contains("K. Jordan"))
    #expect(output.contains("Sherlock Holmes") && output.contains("Jordan is taller than Holmes"))
  }

  @Test func anInitialMayBeAnothers() throws {
    var names = KeptNames()
    names.addPeople(Array("Лев Толстой\nMichael Jordan\n".utf8))
    let record = #"{"a":"Лев Толстой и Michael Jordan.","b":"Меня зовут К. Толстой."}"#
    let output = try scrubbed(record, Self.plan(names))
    #expect(output.contains("Michael Jordan") && !output.contains("К. Толстой"))
  }

  @Test func whoeverBearsTheNameIsRedacted() throws {
    for record in [
      #"{"a":"My name is Michael Jordan and I live here.","b":"Hello Michael Jordan!"}"#,
      #"{"a":"Hello Sherlock Holmes!","b":"My name is Sherlock."}"#,
      #"{"a":"Was Michael Jordan good?","b":"Thanks for all.\n\nBest regards,\nMichael Jordan"}"#,
      #"{"a":"I'm Michael Jordan from the second floor.","b":"Hello Michael Jordan!"}"#,
    ] {
      let output = try scrubbed(record, Self.people)
      for word in ["Michael", "Jordan", "Sherlock", "Holmes"] {
        #expect(!output.contains(word), "\(output)")
      }
    }
  }

  @Test func aSecondRunChangesNothing() throws {
    let record =
      #"{"a":"Sherlock Holmes met Daniel Whitfield.","b":"Daniel wrote to Sherlock Holmes."}"#
    let once = try scrubbed(record, Self.people)
    #expect(once.contains("Sherlock Holmes met [PERSON_1]") && !once.contains("Daniel"))
    #expect(try scrubbed(once, Self.people) == once)
  }

  @Test func aSurveysListIsByType() throws {
    var names = KeptNames()
    let list =
      "# name\ttype\tusers\nDaniel Whitfield\tPERSON\t12\nX\nY\tOTHER\nBerlin\tLOCATION\t30\n"
    #expect(names.addSurvey(Array(list.utf8)) == [3, 4])
    #expect(names.count == 2)
    let output = try scrubbed(
      #"{"a":"My friend Daniel Whitfield lives in Berlin. Then I flew to Warsaw."}"#,
      try Self.plan(names))
    #expect(output.contains("Daniel Whitfield lives in Berlin.") && output.contains("[LOCATION_1]"))
  }
}
