import Names
import TestSupport
import Testing

@Suite struct PersonEntitiesTests {
  @Test func partsOfANameAreTheSamePerson() {
    var people = PersonEntities()
    #expect(people.entity(for: [1, 2]) == 0)
    #expect(people.entity(for: [1]) == 0)
    #expect(people.entity(for: [2]) == 0)
    #expect(people.entity(for: [2, 1]) == 0)
    #expect(people.entity(for: [3]) == 1)
  }

  @Test func namesWithoutBlanksHaveTwoParts() {
    func words(_ text: String) -> [UInt64] {
      var scratch = NameScratch()
      var words: [UInt64] = []
      let bytes = Array(text.utf8)
      Project.names.appendIdentifyingWords(
        bytes.span, bytes.indices, using: &scratch, to: &words)
      return words
    }
    #expect(words("項紹庭") == words("項") + words("紹庭"))
    #expect(words("佐伯美緒") == words("佐伯") + words("美緒"))
    #expect(words("맹진호") == words("맹") + words("진호"))
    #expect(words("阎松").count == 1)
  }

  @Test func aFirstNameGrowsIntoAWholeName() {
    var people = PersonEntities()
    #expect(people.entity(for: [1]) == 0)
    #expect(people.entity(for: [1, 2]) == 0)
    #expect(people.entity(for: [2]) == 0)
    #expect(people.entity(for: [1, 3]) == 1)
  }

  @Test func twoOfOneFamilyAreTwoPeople() {
    var people = PersonEntities()
    #expect(people.entity(for: [1, 9]) == 0)
    #expect(people.entity(for: [2, 9]) == 1)
    #expect(people.entity(for: [2]) == 1)
    // The family's name alone is that of the first.
    #expect(people.entity(for: [9]) == 0)
  }

  @Test func manyOfOneFamilyAreStillToldApart() {
    var people = PersonEntities()
    for person in 1...200 {
      #expect(people.entity(for: [UInt64(person), 999]) == person - 1)
    }
    for person in 1...200 {
      #expect(people.entity(for: [UInt64(person), 999]) == person - 1)
      #expect(people.entity(for: [UInt64(person)]) == person - 1)
    }
  }

  @Test func numbersBeginAgainAfterForgetting() {
    var people = PersonEntities()
    _ = people.entity(for: [1])
    _ = people.entity(for: [2])
    people.removeAll()
    #expect(people.entity(for: [2]) == 0)
  }

  @Test func theWordsThatTellPeopleApartAreNoTitlesParticlesOrInitials() {
    let names = Project.names
    func words(_ text: String) -> [UInt64] {
      var scratch = NameScratch()
      let bytes = Array(text.utf8)
      var words: [UInt64] = []
      names.appendIdentifyingWords(bytes.span, bytes.indices, using: &scratch, to: &words)
      return words
    }
    let sarah = words("Sarah")
    #expect(sarah.count == 1)
    for text in ["SARAH", "Dr. Sarah", "J. Sarah", "sarah"] {
      #expect(words(text) == sarah, "\(text)")
    }
    #expect(words("Sarah Connor").count == 2)
    #expect(words("Ludwig van Halen").count == 2)
    #expect(words("Dr.") != [])
    #expect(words("林晓澜").count == 2)
    #expect(words("林晓").count == 1)
  }
}
