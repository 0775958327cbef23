import Names
import Scan
import TestSupport
import Testing
import Text

/// A text in which something was replaced need not be scanned whole: what is found near what was
/// replaced is what a scan of all of it finds there, and elsewhere nothing has changed.
@Suite struct NameRestTests {
  private static let pieces = [
    "Sarah", "Anna Becker", "Becker", "the plan of", "met", "in", "Berlin", "王伟", "来了。", "Иван",
    "said", ". ", ".\n", "\n", "\n\n", "Dear ", ", ", "emily", "will", "My name is", "Will", "and",
    "der Plan von", "ist gut", "Dr.", "김민수", "أحمد", "قال", "best,\n", "Rose", "I", "Acme Corp",
    "from leeds", "Berlin,\nParis", "*\n", "\nأحمد سالم\n", "Best regards", "he said that we",
    "太郎さん", "\"", "Hope", "Grace",
  ]

  private static let opening = String(
    repeating: "he said that the plan of it was in the house and we are at that, ", count: 3)

  private struct Scan {
    var mentions: [NameMention] = []
    var words: [ScannedWord] = []
    var language = -1
    var reach = Int.max
    var style = TextStyle()
  }

  private static func scan(_ text: [UInt8], rest: NameRest? = nil) -> Scan {
    var scratch = NameScratch()
    var maps = ByteMaps(marked: [])
    maps.scan(text.span)
    var scan = Scan()
    Project.names.scan(
      text.span, maps: maps, rest: rest, using: &scratch, into: &scan.mentions)
    scratch.appendWords(to: &scan.words)
    scan.language = scratch.language
    scan.reach = scratch.languageReach
    scan.style = scratch.style
    return scan
  }

  @Test func whatIsFoundAnewIsWhatAScanOfAllOfItFinds() {
    var random = SplitMix64(seed: 404)
    var replacedCount = 0
    var keptCount = 0
    var knownCount = 0
    for _ in 0..<1_500 {
      // Of some the language is told before anything is found.
      let opening = random.below(4) == 0 ? Self.opening : ""
      let text = Array(
        (opening
          + (0..<2 + random.below(40)).map { _ in random.one(of: Self.pieces) }
          .joined(separator: random.below(4) == 0 ? "" : " ")).utf8)
      let before = Self.scan(text)
      let replaced = before.mentions.filter { _ in random.below(3) > 0 }
      var redacted: [UInt8] = []
      var marks: [Range<Int>] = []
      /// Where each byte of the text is now.
      var places: [Int?] = []
      for (offset, byte) in text.enumerated() {
        if let mention = replaced.first(where: { $0.range.contains(offset) }) {
          places.append(nil)
          guard offset == mention.range.lowerBound else { continue }
          let start = redacted.count
          redacted += Array("[PERSON_1]".utf8)
          marks.append(start..<redacted.count)
        } else {
          places.append(redacted.count)
          redacted.append(byte)
        }
      }
      let parts = ScanScope.lines(around: marks, in: redacted.span)
      func isOutside(_ range: Range<Int>) -> Bool { !parts.contains { $0.overlaps(range) } }
      var kept: [ScannedWord] = []
      for var word in before.words {
        guard let place = places[word.position] else { continue }
        word.position = place
        if isOutside(place..<place + 1) { kept.append(word) }
      }
      let isKnown = marks.first.map { $0.lowerBound > before.reach } ?? false
      if isKnown { knownCount += 1 }
      let rest = NameRest(
        parts: parts, language: before.language, isLanguageKnown: isKnown, style: before.style,
        words: kept)
      let some = Self.scan(redacted, rest: rest).mentions
      let all = Self.scan(redacted).mentions
      if some != all {
        #expect(some == all.filter { !isOutside($0.range) })
        let unchanged = before.mentions.compactMap { mention in
          places[mention.range.lowerBound].map { $0..<$0 + mention.range.count }
        }
        #expect(all.map(\.range).filter(isOutside).allSatisfy(unchanged.contains))
        keptCount += 1
      }
      replacedCount += marks.count
    }
    #expect(replacedCount > 1_000 && keptCount > 100 && knownCount > 100)
  }
}
