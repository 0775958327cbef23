import PatternFiles
import Rules
import TestSupport
import Testing

@Suite struct RuleSourceTests {
  static func badge(_ id: String, regex: String = "BDG-[0-9]{4}") -> String {
    """
    id: \(id)
    entity_type: BADGE
    about: A badge.
    sources: [ours]
    tier: 1
    patterns: [{score: 0.8, regex: "\(regex)"}]
    examples:
      hits:
        - {text: "BDG-1024", find: "BDG-1024"}
        - {text: "a BDG-1025", find: "BDG-1025"}
        - {text: "BDG-1026 b", find: "BDG-1026"}
      misses:
        - {text: "BDG-1", because: "too short"}
        - {text: "BDG", because: "no number"}
        - {text: "1024", because: "no letters"}
    """
  }

  private static let presidio =
    "recognizers: [{name: x, supported_entity: X, deny_list: [hello]}]"

  @Test func filesOfBothKindsAreReadFromAFolder() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.badge("mine/badge"), to: "mine/badge.yaml")
    try folder.write(Self.presidio, to: "other.yml")
    let source = RuleSource(path: folder.path, tables: noTables)
    #expect(source.problems.isEmpty)
    #expect(source.files.map(\.definition.id) == ["mine/badge", "presidio/x-1"])
  }

  @Test func oneFileNeedsNoFolderOfItsId() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.badge("mine/badge"), to: "badge.yaml")
    #expect(RuleSource(path: path, tables: noTables).files.map(\.definition.id) == ["mine/badge"])
    let other = try folder.write(Self.badge("mine/badge"), to: "b.yaml")
    #expect(
      RuleSource(path: other, tables: noTables).problems.map(\.message)
        == ["id `mine/badge` is not the file's place"])
  }

  @Test func everyProblemIsToldWithTheFileAsItWasGiven() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.badge("a/one", regex: "BDG-("), to: "a/one.yaml")
    try folder.write(Self.badge("b/two").replacing("tier", with: "tear"), to: "b/two.yaml")
    try folder.write(Self.badge("c/known"), to: "c/known.yaml")
    let known = rule("c/known", regex: "x")
    let source = RuleSource(path: folder.path + "/", tables: noTables, known: [known])
    #expect(
      source.problems.map(\.description) == [
        "\(folder.path)/b/two.yaml:1: `tier` is 1, 2 or 3",
        "\(folder.path)/a/one.yaml:6: `regex` of pattern: missing closing parenthesis, at offset 5",
        "\(folder.path)/c/known.yaml:1: `id`: there is a rule c/known already",
      ])
  }

  @Test func nothingThereIsAProblem() throws {
    let folder = try TemporaryFolder()
    #expect(
      RuleSource(path: folder.path, tables: noTables).problems.map(\.message)
        == ["holds no rule files (.yaml)"])
    #expect(
      RuleSource(path: folder.path + "/x.yaml", tables: noTables).problems.map(\.message)
        == ["cannot be read"])
  }
}
