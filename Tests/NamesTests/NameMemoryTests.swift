import Names
import TestSupport
import Testing
import Text

@Suite struct NameMemoryTests {
  /// Where the words of `name` are found in `text`.
  private func find(
    _ name: String, score: Float = 1, isCertain: Bool = true, in text: String
  ) -> [String] {
    var scratch = NameScratch()
    var memory = NameMemory()
    let source = Array(name.utf8)
    memory.remember(
      source.span, source.indices, score: score, isCertain: isCertain, names: Project.names,
      using: &scratch)
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

  @Test func namesAreFoundInsideRunsWithoutBlanks() {
    #expect(find("阎松", in: "后来阎松有不同意见，我和阎松谈过") == ["阎松", "阎松"])
    // The given name alone, too.
    #expect(find("項紹庭", in: "紹庭要我幫忙，項紹庭說") == ["紹庭", "項紹庭"])
    #expect(find("佐伯美緒", in: "昨日美緒に会った") == ["美緒"])
    // A word goes over the end of it, or it is a part of a longer run of Katakana.
    #expect(find("文静", in: "英文静音") == [])
    #expect(find("モネ", in: "モネラとアネモネ") == [])
    #expect(find("プラトン", in: "プラトンは、ネオプラトンと") == ["プラトン"])
    // What was taken for a name by a guess, and is a place or a word.
    #expect(find("江苏", score: 0.6, isCertain: false, in: "目前江苏全省") == [])
    #expect(find("安静", score: 0.6, isCertain: false, in: "在安静的地方") == [])
  }

  @Test func namesAreFoundUnderWhatIsJoinedToThem() {
    #expect(find("채원", in: "채원이는 와요. 채원이랑, 채원한테, 채원") == ["채원", "채원", "채원", "채원"])
    #expect(find("채원", in: "채원장과 이채원") == [])
    #expect(find("맹진호", in: "진호가 왔다") == ["진호"])
    #expect(find("जितमान", in: "जितमानले र जितमानको") == ["जितमान", "जितमान"])
    #expect(find("זוהרית", in: "לזוהרית ושזוהרית") == ["זוהרית"])
    #expect(find("كنان", in: "وكنان وكنانة") == ["كنان"])
  }

  @Test func whatIsHardlyANameIsFoundWithACapitalOnly() {
    #expect(find("Orla", score: 0.6, isCertain: false, in: "Orla, orla") == ["Orla"])
    #expect(find("Orla", score: 0.8, isCertain: false, in: "Orla, orla") == ["Orla", "orla"])
    #expect(find("Orla", score: 0.6, in: "Orla, orla") == ["Orla", "orla"])
    #expect(find("orla", score: 0.6, isCertain: false, in: "Orla, orla") == ["Orla", "orla"])
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

  @Test func aPlaceIsNoPersonThatHasItsName() {
    #expect(find("Jose Quintero", in: "Jose lives in San Jose, Jose says") == ["Jose", "Jose"])
    #expect(find("Victoria", in: "Victoria saw Victoria Falls.") == ["Victoria"])
    let street = "so Margaret of Margaret Street"
    #expect(find("Margaret", isCertain: false, in: street) == ["Margaret"])
    // Who is certain to be called so is found on the safe side.
    #expect(find("Margaret", in: street) == ["Margaret", "Margaret"])
    // Its words were those of a name.
    #expect(find("San Jose", in: "so San Jose came") == ["Jose"])
    #expect(find("Emma Street", in: "so Emma Street came") == ["Emma"])
    // A guess is not enough where a place may stand.
    let guessed = find("Livermore", isCertain: false, in: "in Livermore, says Livermore")
    #expect(guessed == ["Livermore"])
    #expect(find("Livermore", in: "in Livermore") == ["Livermore"])
  }

  @Test func whatNothingAnnouncesIsRememberedWithCare() {
    // No list has it: an acronym or a rare word may have been taken for a name.
    #expect(find("QZVA", isCertain: false, in: "the QZVA score") == [])
    #expect(find("QZVA", in: "the QZVA score") == ["QZVA"])
    #expect(find("Brennqick", isCertain: false, in: "so Brennqick and brennqick") == ["Brennqick"])
    #expect(find("Brennqick", in: "so brennqick") == ["brennqick"])
    // A town that gave somebody a name.
    #expect(find("Isaiah Berlin", isCertain: false, in: "to Berlin, said isaiah") == ["isaiah"])
    #expect(find("Isaiah Berlin", in: "so Berlin said") == ["Berlin"])
  }

  @Test func theOrderOfWhatIsRememberedDoesNotMatter() {
    for isCertainFirst in [true, false] {
      var scratch = NameScratch()
      var memory = NameMemory()
      let source = Array("Brennqick".utf8)
      for isCertain in [isCertainFirst, !isCertainFirst] {
        memory.remember(
          source.span, source.indices, isCertain: isCertain, names: Project.names, using: &scratch)
      }
      let text = Array("so brennqick".utf8)
      var maps = ByteMaps(marked: [])
      maps.scan(text.span)
      var mentions: [NameMention] = []
      memory.find(
        in: text.span, maps: maps, names: Project.names, using: &scratch, into: &mentions)
      #expect(mentions.count == 1)
    }
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
