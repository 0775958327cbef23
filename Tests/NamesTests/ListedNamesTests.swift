import Names
import Rules
import Scan
import TestSupport
import Testing
import Text

@Suite struct ListedNamesTests {
  private static let list = """
    Nightjar Falcon Project
    Zorbella Quint
    Zorbella
    Window
    Acme-Quillon Inc.\torganization
    L’Étoile Zorb\tplace
    Möwenblick\tplace
    Kept Phrase\tperson,keep
    Зорбелла Квинт
    """

  private static func table() -> WordTable {
    var builder = DictionaryBuilder()
    let bytes = Array(list.utf8)
    #expect(builder.addUserList(bytes.span).isEmpty)
    return builder.table()
  }

  /// What is found because it stands in the list, with the built-in dictionary beside it.
  private func found(_ text: String, _ dictionary: NameDictionary) -> [String] {
    let all = Project.names
    let scanner = NameScanner(
      dictionary: dictionary, cues: all.cues, inflections: all.inflections,
      languages: all.languages, models: all.models, mode: .balanced)
    var scratch = NameScratch()
    var maps = ByteMaps(marked: [])
    var mentions: [NameMention] = []
    let bytes = Array(text.utf8)
    maps.scan(bytes.span)
    scanner.scan(bytes.span, maps: maps, using: &scratch, into: &mentions)
    return mentions.filter { $0.reason == .userList && $0.score == 0.95 }.map {
      "\($0.kind) \(String(decoding: bytes[$0.range], as: UTF8.self))"
    }
  }

  /// The list as it is, and compiled: hashes only.
  private static let dictionaries: [NameDictionary] = {
    var common = DictionaryBuilder()
    let words = Array("window\t6\nproject\t6\n".utf8)
    common.addList(words.span, classes: .common, bucket: 5)
    let compiled = DictionaryImage.compile(common.table(), manifest: "{}", digest: "")
    let own = DictionaryImage.compile(table(), manifest: "{}", digest: "")
    let image = try! DictionaryImage(ConstantBytes(compiled))
    return [
      NameDictionary(images: [image], added: table()),
      NameDictionary(images: [image, try! DictionaryImage(ConstantBytes(own))]),
    ]
  }()

  @Test(arguments: [0, 1])
  func anEntryMayEndAmidARunOfSeveralWords(_ number: Int) {
    #expect(
      found("ask zorbella quint—möwenblick…zorbella and go", Self.dictionaries[number])
        == ["person zorbella quint", "location möwenblick", "person zorbella"])
  }

  @Test(arguments: [0, 1])
  func theBeginningOfALongerEntryIsNone(_ number: Int) {
    #expect(found("the nightjar falcon flew, the nightjar, too", Self.dictionaries[number]) == [])
  }

  @Test(arguments: [0, 1])
  func entriesAreFoundInAnyCase(_ number: Int) {
    let dictionary = Self.dictionaries[number]
    for (text, names) in [
      ("the nightjar falcon project is late", ["person nightjar falcon project"]),
      ("NIGHTJAR  FALCON\nPROJECT!", ["person NIGHTJAR  FALCON\nPROJECT"]),
      ("ask zorbella quint's boss", ["person zorbella quint"]),
      ("ask zorbella now; zorbella_id", ["person zorbella"]),
      (
        "at acme-quillon inc. and acme-quillon inc",
        [
          "organization acme-quillon inc", "organization acme-quillon inc",
        ]
      ),
      ("in l’étoile zorb, in MOWENBLICK", ["location l’étoile zorb", "location MOWENBLICK"]),
      ("тут зорбелла квинт", ["person зорбелла квинт"]),
      ("см.—зорбелла квинт—", ["person зорбелла квинт"]),
    ] {
      #expect(found(text, dictionary) == names, "\(text)")
    }
  }

  @Test(arguments: [0, 1])
  func whatIsNoNameThereIsLeftAlone(_ number: Int) {
    let dictionary = Self.dictionaries[number]
    for text in [
      "open the window", "nightjar falcon", "the nightjar and the falcon project",
      "zorbella() and zorbellas", "a kept phrase", "nightjar\n\nfalcon project",
      "xzorbella quint", "zorbella_quint", "",
    ] {
      #expect(found(text, dictionary) == [], "\(text)")
    }
  }

  @Test func aLongListIsFoundWhole() {
    var builder = DictionaryBuilder()
    let words = (0..<20_000).map { "zorb\($0 * 7919) quill\($0)" }
    let list = Array(words.joined(separator: "\n").utf8)
    _ = builder.addUserList(list.span)
    let dictionary = builder.build()
    for number in stride(from: 0, to: 20_000, by: 997) {
      #expect(found("a \(words[number]) b", dictionary) == ["person \(words[number])"])
    }
    #expect(found("zorb0 quill1", dictionary) == [])
  }
}
