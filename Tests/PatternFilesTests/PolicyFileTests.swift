import PatternFiles
import Records
import Redact
import Testing

@Suite struct PolicyFileTests {
  private func readPolicy(
    _ text: String, presets: [PolicyDefinition] = []
  ) throws -> PolicyDefinition {
    let folder = try TemporaryFolder()
    return try PolicyFile(
      path: folder.write(text, to: "p.yaml"), name: "p.yaml", presets: presets
    ).definition
  }

  private static let base = PolicyDefinition(
    name: "base", about: "The base.", fallback: .mask, entities: ["A": .keep, "B": .remove],
    fields: ["x": "keep"], thresholds: ["A": 0.3])

  @Test func aPolicyAddsToTheOneItExtends() throws {
    let policy = try readPolicy(
      """
      extends: base
      name: mine
      entities: {B: hash, "SECRET_*": remove}
      fields: {y: empty, z: text}
      thresholds: {B: 0.9}
      """, presets: [Self.base])
    #expect(
      policy
        == PolicyDefinition(
          name: "mine", fallback: .mask,
          entities: ["A": .keep, "B": .hash, "SECRET_*": .remove],
          fields: ["x": "keep", "y": "empty", "z": "text"], thresholds: ["A": 0.3, "B": 0.9]))
  }

  @Test func aPolicyMayStandAlone() throws {
    #expect(try readPolicy("name: mine") == PolicyDefinition(name: "mine"))
    #expect(try readPolicy("name: m\ndefault: keep").fallback == .keep)
  }

  @Test func listsOfValuesAreRead() throws {
    let policy = try readPolicy(
      """
      name: lists
      allow: {exact: [a@example.com], folded: Möwe, regex: ['[a-z]+@example[.]org']}
      deny:
        - {exact: [Titan], entity_type: PROJECT}
        - regex: ['PX-[0-9]+']
      """)
    #expect(
      policy.allow
        == ValueList(
          exact: ["a@example.com"], folded: ["Möwe"], regex: ["[a-z]+@example[.]org"]))
    #expect(
      policy.deny == [
        DenyList(entityType: "PROJECT", values: ValueList(exact: ["Titan"])),
        DenyList(entityType: "CUSTOM", values: ValueList(regex: ["PX-[0-9]+"])),
      ])
    let one = try readPolicy("name: x\ndeny: {exact: a, entity_type: B}")
    #expect(one.deny == [DenyList(entityType: "B", values: ValueList(exact: ["a"]))])
  }

  @Test func typesAreFoundAgainInTheFile() throws {
    let folder = try TemporaryFolder()
    let text = "name: x\nentities:\n  A: keep\nthresholds:\n  A: 1\n  B: 0"
    let file = try PolicyFile(
      path: folder.write(text, to: "p.yaml"), name: "p.yaml", presets: [Self.base])
    for (type, line) in [("A", 3), ("B", 6), ("C", 0)] {
      #expect(
        file.error("no", at: type) == PatternFileError(file: "p.yaml", line: line, message: "no"))
    }
  }

  @Test func mistakesInAPolicyAreNamedWithTheirLine() throws {
    for (text, line, message) in [
      ("about: x", 1, "key `name` is missing"),
      ("name: x\nextends: nobody", 2, "there is no preset of the name `extends` gives"),
      ("name: x\ndefault: shred", 2, "an operator is one of replace, keep, remove, mask, hash"),
      (
        "name: x\nentities:\n  A: keep\n  B: shred", 4,
        "an operator is one of replace, keep, remove, mask, hash"
      ),
      ("name: x\nfields:\n  b: keep\n  a: shred", 4, "unknown action for `a`"),
      ("name: x\nthresholds:\n  A: high", 3, "`A` wants a number"),
      ("name: x\nthresholds:\n  B: 1\n  A: 90", 4, "a threshold is 0 to 1"),
      ("name: x\nthresholds: {A: -0.1}", 2, "a threshold is 0 to 1"),
      ("name: x\nthresholds: {A: nan}", 2, "a threshold is 0 to 1"),
      ("name: x\nallow: {}", 2, "`exact`, `folded` or `regex` is missing"),
      ("name: x\nallow: {exat: [a]}", 2, "unknown key `exat`"),
      ("name: x\nallow: {exact: ['']}", 2, "an empty value is on the list"),
      (
        "name: x\nallow:\n  regex:\n    - a\n    - '(b'", 5,
        "`regex`: missing closing parenthesis, at offset 2"
      ),
      (
        "name: x\nallow:\n  regex:\n    - '(a+)+$'", 4,
        "`regex`: the expression backtracks without bound on near-misses"
      ),
      (
        "name: x\ndeny:\n  regex: a?", 3,
        "`regex`: the expression can match the empty string, at offset 0"
      ),
      (
        "name: x\ndeny:\n  exact: a\n  entity_type: b c", 4,
        "`entity_type` is of capitals, digits and underscores"
      ),
      ("name: x\nentites: {}", 2, "unknown key `entites`"),
    ] {
      do {
        _ = try readPolicy(text)
        Issue.record("\(text) is not refused")
      } catch let error as PatternFileError {
        #expect(error == PatternFileError(file: "p.yaml", line: line, message: message))
      }
    }
  }
}
