import TestSupport
import Testing
import Text

@testable import Names

@Suite struct DescriptionsTests {
  private func description(_ name: String, _ rest: String) -> Description {
    let text = Array((name + rest).utf8)
    var scratch = NameScratch()
    return Project.names.description(text.span, behind: name.utf8.count, using: &scratch)
  }

  @Test(arguments: [
    (" is a village in Kent.", Description.person, Description.place),
    (" was the former Danish chain of shops", .place, .organization),
    (" is a singer from a village", .place, .person),
    (", a professional football player and trainer", .thing, .person),
    (" (born 3 May 1950) is a retired judge.", .none, .person),
    (" is the sixth album by the band", .organization, .thing),
    (" ist ein deutscher Fußballspieler", .none, .person),
    (" ist eine Kleinstadt in Hessen", .none, .place),
    (" est l'auteur de ce livre", .thing, .person),
    (" es una ciudad española", .person, .place),
  ])
  func theNounOfADescriptionTells(rest: String, other: Description, expected: Description) {
    let found = description("Ashcombe", rest)
    #expect(found == expected)
    #expect(found != other)
  }

  @Test(arguments: [
    " is here.", ", the", ", singer of songs", " in a village", " is a.\nvillage", "",
    " (a village",
    "\nis a village", " is a very big and rather old and really nice and quiet village",
    ". A village is it.",
  ])
  func whereNoneIsNothingIsTold(rest: String) {
    #expect(description("Ashcombe", rest) == .none)
  }

  @Test func whatANounSaysItselfGoesBeforeWhatItSaysAsPartOfAName() {
    var words = DescriptionWords(capacity: 4)
    words.insert(1 << 40, .organization.asPartOfName)
    #expect(words.parts(1 << 40) == .organization)
    words.insert(1 << 40, .thing)
    words.insert(1 << 40, .article)
    #expect(words.parts(1 << 40) == [.thing, .article])
    #expect(words.parts(3 << 40) == [])
  }
}
