import PatternFiles
import Records
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
    return try FormatFile(path: folder.write(text, to: "f.yaml"), name: "chats").definition
  }

  @Test func everyKeyOfAFormatIsRead() throws {
    let format = try readFormat(Self.format)
    #expect(format.name == "chats" && format.about == "An invented format.")
    #expect(format.weight == 3 && format.detect == [["turns[].text:string"]])
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
      ("keep: [model]", "keep: [\"m[\"]", 10, "the path `m[` is not understood at character 3"),
      ("keep: [model]", "keep: [\"turns[].text\"]", 10, "the path `turns[].text` is given twice"),
      ("keep: [model]", "keep:\n- {path: x, when: {y.z: a}}", 11, "the path `y.z` is not that of"),
      ("keep: [model]", "flags:\n- {path: a.b, of: c}", 11, "the path `c` leads to no object"),
      ("keep: [model]", "derived: {x: forget}", 10, "unknown action for `x`"),
      ("[\"turns[].text:string\"]", "[\"turns:strings\"]", 5, "the path `turns:strings` asks for"),
      ("weight: 3", "container: xml", 1, "`container` is json or text"),
      ("keep: [model]", "json: [{path: x, copy_of: y}]", 10, "`copy_of` names no field"),
      (
        "keep: [model]", "json: [{path: x, copy_of: y}, {path: y, markup: html}]", 10,
        "`copy_of` names no field of the same use: `y`"
      ),
      ("keep: [model]", "derived: {x: recompute}", 10, "`recompute` wants a mapping"),
      ("keep: [model]", "derived: [{path: x, action: recompute}]", 10, "key `as` is missing"),
      (
        "keep: [model]", "derived: [{path: x, action: recompute, as: md5, from: y}]", 10,
        "`as` is one of start-offset, end-offset, length, sha256"
      ),
      (
        "keep: [model]", "derived: [{path: x, action: recompute, as: length, from: y}]", 10,
        "nothing can be computed from `y`"
      ),
      ("keep: [model]", "derived: [{path: x, as: length, from: y}]", 10, "unknown key `as`"),
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

  @Test func whatFewFieldsHaveIsRead() throws {
    let format = try readFormat(
      """
      name: chats
      about: An invented format.
      sources: ours
      container: text
      caution: it is odd
      lines: [["# *", "# *\\t"], ["acts:*"]]
      detect: [[a, "b:string|array"], [c]]
      shape: ["a:object"]
      text:
        - {path: t, markup: html, copy_of: v}
        - {path: v, markup: html}
        - w
        - {path: u, turns: {"\\nHuman:": user, "\\nBot:": assistant}}
        - {path: "d[]", roles: [user, assistant]}
        - {path: "m[].x", when: {"m[].type": [a, "b*"], kind: c}}
      json: args
      role: {path: m.author.role, of: m}
      identifiers:
        - {path: "m[].x", action: empty}
      derived:
        - hash
        - {path: m.sig, action: drop, of: m}
        - {path: m.size, action: recompute, as: length, from: w}
      flags: redacted
      examples:
        - {record: "{}", text: [t], identifiers: {a: hash}, roles: [user], stays: [b]}
      """)
    func field(_ path: String, _ use: FieldUse, _ change: (inout FieldDetails) -> Void)
      -> FieldDefinition
    {
      var details = FieldDetails()
      change(&details)
      return FieldDefinition(path: path, use: use, details: details)
    }
    #expect(format.isPlainText && format.caution == "it is odd")
    #expect(format.lines == [["# *", "# *\t"], ["acts:*"]])
    #expect(format.detect == [["a", "b:string|array"], ["c"]] && format.shape == [["a:object"]])
    #expect(
      format.fields == [
        field("t", .text) {
          $0.isHTML = true
          $0.copyOf = "v"
        },
        field("v", .text) { $0.isHTML = true },
        FieldDefinition(path: "w", use: .text),
        field("u", .text) {
          $0.turns = [TurnMark("\nHuman:", .user), TurnMark("\nBot:", .assistant)]
        },
        field("d[]", .text) { $0.cycle = [.user, .assistant] },
        field("m[].x", .text) {
          $0.conditions = [
            FieldCondition(path: "m[].type", values: ["a", "b*"]),
            FieldCondition(path: "kind", values: ["c"]),
          ]
        },
        FieldDefinition(path: "args", use: .embedded),
        field("m.author.role", .role) { $0.scope = "m" },
        FieldDefinition(path: "m[].x", use: .identifier(.empty)),
        FieldDefinition(path: "hash", use: .derived(.report)),
        field("m.sig", .derived(.drop)) { $0.scope = "m" },
        field("m.size", .derived(.recompute)) { $0.formula = DerivedFormula(.length, of: "w") },
        FieldDefinition(path: "redacted", use: .flag),
      ])
  }
}
