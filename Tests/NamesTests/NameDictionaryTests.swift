import Names
import TestSupport
import Testing
import Text

@Suite struct NameDictionaryTests {
  private func entry(_ word: String, _ dictionary: NameDictionary) -> WordEntry {
    var scratch = NameScratch()
    let bytes = Array(word.utf8)
    return dictionary.entry(scratch.hash(bytes.span, bytes.indices))
  }

  private func list(_ text: String, _ classes: WordClasses, bucket: Int = 2) -> NameDictionary {
    var builder = DictionaryBuilder()
    let bytes = Array(text.utf8)
    builder.addList(bytes.span, classes: classes, bucket: bucket)
    return builder.build()
  }

  @Test func wordsAreFoundInEverySpelling() {
    let dictionary = list("# a comment\nSarah\t6\nJosé\nŁódź\t9\n\nMüller\t0\r\n", .given)
    for word in ["Sarah", "SARAH", "sarah", "ｓａｒａｈ"] {
      let entry = entry(word, dictionary)
      #expect(entry.classes == .given && entry.nameBucket == 6 && entry.commonBucket == 0)
    }
    #expect(entry("Jose", dictionary).nameBucket == 2)
    #expect(entry("MULLER", dictionary).nameBucket == 1)
    #expect(entry("Łódź", dictionary).nameBucket == 7)
    #expect(entry("Sara", dictionary) == .unknown)
    #expect(entry("# a comment", dictionary) == .unknown)
    #expect(dictionary.count == 4)
  }

  @Test func classesOfAllListsAreJoined() {
    var builder = DictionaryBuilder()
    let names = Array("Mark\t6".utf8)
    let words = Array("mark\t5".utf8)
    builder.addList(names.span, classes: .given, bucket: 2)
    builder.addList(words.span, classes: .common, bucket: 5)
    let dictionary = builder.build()
    let mark = entry("Mark", dictionary)
    #expect(mark.classes == [.given, .common] && mark.nameBucket == 6 && mark.commonBucket == 5)
    #expect(dictionary.count == 1)
  }

  @Test func theFirstWordOfAPlaceSaysThatMoreMayFollow() {
    let dictionary = list("New York City", .place, bucket: 4)
    #expect(entry("new york city", dictionary).classes == .place)
    #expect(entry("New", dictionary).classes == .phraseHead)
  }

  @Test func aUsersListIsReadAndItsMistakesAreNamed() {
    var builder = DictionaryBuilder()
    let text =
      "\u{FEFF}Zorblax\n# comment\nQuill\tgiven,surname\nX\tvillain\nActing\tkeep\t3\ten\n\tgiven\n"
      + String(repeating: "a", count: 81) + "\nNew Zorb\tplace\n"
    // The last line is Latin-1.
    let bytes = Array(text.utf8) + [0x4A, 0xFC, 0x72, 0x67]
    let issues = builder.addUserList(bytes.span)
    #expect(issues.map(\.line) == [4, 6, 7, 9])
    let tooLong = "an entry has 1 to 80 bytes"
    #expect(issues.map(\.reason) == ["unknown type", tooLong, tooLong, "no UTF-8"])
    let dictionary = builder.build()
    #expect(entry("zorblax", dictionary).classes == [.person, .listed])
    #expect(entry("quill", dictionary).classes == [.given, .surname])
    #expect(entry("acting", dictionary).classes == .keep)
    #expect(entry("new zorb", dictionary).classes == [.place, .listed])
    #expect(entry("x", dictionary) == .unknown)
  }

  @Test func aThousandWordsAreAllThereAndNoOthers() {
    var random = SplitMix64(seed: 71)
    let letters = Array("abcdefghij".utf8)
    let words = Set((0..<2_000).map { _ in (0..<8).map { _ in random.one(of: letters) } })
    var builder = DictionaryBuilder()
    for word in words.prefix(1_000) { builder.add(word.span, classes: .surname) }
    let dictionary = builder.build()
    let sorted = Array(words)
    #expect(dictionary.count == min(1_000, sorted.count))
    for (index, word) in sorted.enumerated() {
      let isIn = dictionary.entry(ByteHash.of(word)).classes == .surname
      #expect(isIn == (index < 1_000))
    }
  }

  @Test func theProjectsOwnListsSayWhatTheyShould() {
    let dictionary = Project.names.dictionary
    #expect(entry("Sarah", dictionary).classes.contains(.given))
    #expect(entry("Müller", dictionary).classes.contains(.surname))
    #expect(entry("Berlin", dictionary).classes.contains(.place))
    #expect(entry("the", dictionary).classes.contains(.common))
    #expect(entry("Dr", dictionary).classes.contains(.title))
    #expect(dictionary.count > 500_000)
  }
}
