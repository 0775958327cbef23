import PatternFiles
import Records
import Redact
import Testing

@Suite struct FormatFileTests {
  private static let format = """
    name: chats
    about: An invented format.
    sources: [ours]
    weight: 3
    detect: ["turns[].text:string"]
    roles: {caller: user}
    text:
      - "turns[].text"
      - {path: "notes[]", role: system}
    keep: [model]
    role: "turns[].who"
    language: lang
    conversation_id: id
    identifiers: {ip: hash, at: day}
    """

  private func readFormat(_ text: String) throws -> FormatDefinition {
    let folder = try TemporaryFolder()
    return try PatternFiles.readFormat(path: folder.write(text, to: "f.yaml"), name: "chats")
  }

  @Test func everyKeyOfAFormatIsRead() throws {
    let format = try readFormat(Self.format)
    #expect(format.name == "chats" && format.about == "An invented format.")
    #expect(format.weight == 3 && format.detect == ["turns[].text:string"])
    #expect(format.roles == ["caller": .user])
    #expect(
      format.fields == [
        FieldDefinition(path: "turns[].text", use: .text),
        FieldDefinition(path: "notes[]", use: .text, role: .system),
        FieldDefinition(path: "model", use: .keep),
        FieldDefinition(path: "turns[].who", use: .role),
        FieldDefinition(path: "lang", use: .language),
        FieldDefinition(path: "id", use: .conversationID),
        FieldDefinition(path: "ip", use: .identifier(.hash)),
        FieldDefinition(path: "at", use: .identifier(.day)),
      ])
  }

  @Test func mistakesInAFormatAreNamedWithTheirLine() throws {
    for (old, new, line, message) in [
      ("name: chats", "name: chat", 1, "`name` is not the file's name"),
      ("weight: 3", "wieght: 3", 4, "unknown key `wieght`"),
      ("weight: 3", "weight: much", 4, "`weight` wants a whole number"),
      ("{caller: user}", "{caller: boss}", 6, "a role is one of"),
      ("ip: hash", "ip: shred", 14, "unknown action for `ip`"),
      ("sources: [ours]\n", "", 1, "`sources` is missing"),
      ("role: system}", "rôle: system}", 9, "unknown key"),
    ] {
      do {
        _ = try readFormat(Self.format.replacing(old, with: new))
        Issue.record("\(new) is not refused")
      } catch let error as PatternFileError {
        #expect(error.message.hasPrefix(message))
        #expect(error.line == line, "\(error)")
        #expect(error.file == "formats/chats.yaml")
      }
    }
  }

  private func readPolicy(
    _ text: String, presets: [PolicyDefinition] = []
  ) throws -> PolicyDefinition {
    let folder = try TemporaryFolder()
    return try PatternFiles.readPolicy(
      path: folder.write(text, to: "p.yaml"), name: "p.yaml", presets: presets)
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

  @Test func mistakesInAPolicyAreNamedWithTheirLine() throws {
    for (text, line, message) in [
      ("about: x", 1, "key `name` is missing"),
      ("name: x\nextends: nobody", 1, "there is no preset of the name `extends` gives"),
      ("name: x\ndefault: shred", 1, "an operator is one of replace, keep, remove, mask, hash"),
      (
        "name: x\nentities:\n  A: shred", 3,
        "an operator is one of replace, keep, remove, mask, hash"
      ),
      ("name: x\nfields:\n  a: shred", 3, "unknown action for `a`"),
      ("name: x\nthresholds:\n  A: high", 3, "`A` wants a number"),
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
