import Names
import TestSupport
import Testing
import Text

@Suite struct NameMemoryTests {
  /// Where the words of `name` are found in `text`.
  private func find(_ name: String, in text: String) -> [String] {
    var scratch = NameScratch()
    var memory = NameMemory()
    let source = Array(name.utf8)
    memory.remember(source.span, source.indices, names: Project.names, using: &scratch)
    let bytes = Array(text.utf8)
    var mentions: [NameMention] = []
    var maps = ByteMaps(marked: [])
    maps.scan(bytes.span)
    memory.find(in: bytes.span, maps: maps, names: Project.names, using: &scratch, into: &mentions)
    #expect(mentions.allSatisfy { $0.kind == .person && $0.reason == .propagated })
    return mentions.map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test func aNameIsFoundInWholeAndInPart() {
    let name = "Orla Brennick"
    #expect(find(name, in: "Orla Brennick") == ["Orla Brennick"])
    #expect(find(name, in: "Brennick, Orla's ORLA orla") == ["Brennick", "Orla", "ORLA orla"])
    #expect(find(name, in: "Orla-Brennick and Örla") == ["Orla-Brennick", "Örla"])
    #expect(find(name, in: "Orlando Brennickson Orl") == [])
  }

  @Test func capitalisedNeighboursBelongToTheName() {
    #expect(find("Rhodri", in: "Rhodri Penllwyn came") == ["Rhodri Penllwyn"])
    #expect(find("Penllwyn", in: "so Rhodri Penllwyn came") == ["Rhodri Penllwyn"])
    #expect(find("Rhodri", in: "Monday Rhodri came") == ["Rhodri"])
  }

  @Test func codeIsLeftAlone() {
    for text in ["orla_id", "my_orla", "orla(", "orla2", "2orla"] {
      #expect(find("Orla Brennick", in: text) == [], "\(text)")
    }
  }

  @Test func aCommonWordCountsOnlyAsAName() {
    #expect(find("Will Brennick", in: "Did Will call? I will.") == ["Will"])
  }

  @Test func titlesParticlesAndInitialsAreNotRemembered() {
    #expect(find("Dr. Brennick", in: "the dr. said") == [])
    #expect(find("J. Brennick", in: "J. said") == [])
    #expect(find("Orla van Brennick", in: "a van came") == [])
  }

  @Test func namesWithoutCaseAreFound() {
    #expect(find("Ёлкина", in: "елкина и Ёлкина") == ["елкина", "Ёлкина"])
  }

  @Test func nothingIsLeftAfterForgetting() {
    var scratch = NameScratch()
    var memory = NameMemory()
    let source = Array("Orla".utf8)
    memory.remember(source.span, source.indices, names: Project.names, using: &scratch)
    #expect(!memory.isEmpty)
    memory.removeAll()
    #expect(memory.isEmpty)
    var mentions: [NameMention] = []
    var maps = ByteMaps(marked: [])
    maps.scan(source.span)
    memory.find(
      in: source.span, maps: maps, names: Project.names, using: &scratch, into: &mentions)
    #expect(mentions.isEmpty)
  }
}
