import Records
import Testing

@testable import Unify

/// Each layout of turns.
@Suite struct RowMapperTurnsTests {
  private func spoken(
    _ turns: CollectionTurns, _ record: String, roles: [String: Role] = [:]
  ) throws -> (rows: [[String]], left: [String: Int]) {
    var mapper = try mapper(collection(turns), roles: roles)
    return (try mapper.rows(record).map(\.spoken), mapper.tally.messagesLeftOut)
  }

  private let plain = CollectionTurn(role: value("r"), content: value("c", "c[].t"))

  @Test func rolesAreUserOrAssistant() throws {
    let said = try spoken(
      .list(["m[]"], plain),
      #"""
      {"m": [{"r": "Human", "c": "1"}, {"r": "GPT", "c": "2"}, {"r": "guest", "c": "3"},
      {"r": "tool", "c": "4"}, {"r": "nobody knows", "c": "5"}, {"c": "6"},
      {"r": "assistant", "c": null}, {"r": "user", "c": ""}]}
      """#, roles: ["Guest": .user])
    #expect(said.rows == [["user: 1", "assistant: 2", "user: 3", "user: "]])
    #expect(said.left == ["tool": 1, "other": 1, "none": 1, "assistant: no text": 1])
  }

  @Test func systemMessagesAreTheCustomInstruction() throws {
    var collection = collection(.list(["m[]"], plain))
    collection.columns[.customInstruction] = value("s")
    var mapper = try mapper(collection)
    let row = try mapper.rows(
      #"""
      {"s": "First.", "m": [{"r": "system", "c": "Second."}, {"r": "user", "c": "Hi"},
      {"r": "system", "c": "Third."}]}
      """#)[0]
    #expect(text(row.customInstruction) == "First.\n\nSecond.\n\nThird.")
    #expect(row.spoken == ["user: Hi"] && mapper.tally.systemMessages == 2)
    #expect(row.isJoined, "it is scanned again")
  }

  @Test func partsOfAMessageAreJoined() throws {
    var mapper = try mapper(collection(.list(["m[]"], plain)))
    let rows = try mapper.rows(
      #"{"m": [{"r": "user", "c": [{"t": "a"}, {"x": 1}, {"t": "b"}]}]}"#)
    #expect(rows[0].spoken == ["user: a\n\nb"] && rows[0].isJoined)
    let single = try mapper.rows(#"{"m": [{"r": "user", "c": [{"t": "a"}]}]}"#)
    #expect(!single[0].isJoined)
  }

  @Test func listsOfDifferentLengthArePaired() throws {
    let layout = CollectionTurns.pairs(user: "u[]", assistant: "b[]")
    #expect(
      try spoken(layout, #"{"u": ["1", "3"], "b": ["2"]}"#).rows
        == [["user: 1", "assistant: 2", "user: 3"]])
    #expect(
      try spoken(layout, #"{"u": ["1"], "b": ["2", "3"]}"#).rows
        == [["user: 1", "assistant: 2", "assistant: 3"]])
    #expect(try spoken(layout, #"{"u": [], "b": []}"#).rows.isEmpty)
    #expect(throws: RowFailure.noConversation) { try spoken(layout, #"{"x": []}"#) }
    let holes = try spoken(layout, #"{"u": [null, "3"], "b": ["2"]}"#)
    #expect(holes.rows == [["assistant: 2", "user: 3"]] && holes.left == ["user: no text": 1])
  }

  @Test func speakersTakeTurns() throws {
    #expect(
      try spoken(.alternate("d[]"), #"{"d": ["1", "2", "3"]}"#).rows
        == [["user: 1", "assistant: 2", "user: 3"]])
  }

  /// Quotes and escapes may have hidden something from redaction.
  @Test func whatPythonPrintedIsScannedAgain() throws {
    var mapper = try mapper(collection(.alternate("d.@json[]")))
    let printed = try mapper.rows(#"{"d": "['a', 'b']"}"#)[0]
    #expect(printed.spoken == ["user: a", "assistant: b"] && printed.isJoined)
    let json = try mapper.rows(#"{"d": "[\"a\"]"}"#)[0]
    #expect(json.spoken == ["user: a"] && !json.isJoined)
  }

  @Test func transcriptsAreCutAtTheirMarks() throws {
    let layout = CollectionTurns.transcript(
      "t", marks: ["\n\nHuman:": .user, "\n\nAssistant:": .assistant], answer: "a")
    let record =
      #"{"t": "\n\nHuman: a\nHuman: b\n\nAssistant: c \n\n d\n\nHuman:\n\nAssistant: é"}"#
    #expect(
      try spoken(layout, record).rows == [
        ["user: a\nHuman: b", "assistant: c \n\n d", "user: ", "assistant: é"]
      ])
    #expect(throws: RowFailure.noTranscript) { try spoken(layout, #"{"t": "x\n\nHuman: a"}"#) }
    #expect(throws: RowFailure.noConversation) { try spoken(layout, #"{"t": null}"#) }
  }

  @Test func fixedTurnsAreThoseThatAreThere() throws {
    var question = CollectionValue()
    question.all = ["instruction", "input"]
    let layout = CollectionTurns.fixed([
      CollectionFixedTurn(role: .system, content: value("system")),
      CollectionFixedTurn(role: .user, content: question),
      CollectionFixedTurn(role: .assistant, content: value("output")),
    ])
    #expect(
      try spoken(layout, #"{"instruction": "Add.", "input": "1 2", "output": "3"}"#).rows
        == [["user: Add.\n\n1 2", "assistant: 3"]])
    #expect(
      try spoken(layout, #"{"instruction": "Hi", "input": "", "output": "Ho"}"#).rows
        == [["user: Hi", "assistant: Ho"]])
    #expect(throws: RowFailure.noConversation) { try spoken(layout, #"{"text": "x"}"#) }
  }

  @Test func everyLeafOfATreeIsAConversation() throws {
    var turn = CollectionTurn(role: value("r"), content: value("c"))
    turn.id = "id"
    turn.leaveOut = [CollectionExclusion(reason: "deleted", path: "deleted", values: ["True"])]
    var collection = collection(.tree(root: "p", children: "k[]", turn))
    collection.columns[.id] = value("tree")
    var mapper = try mapper(collection)
    let rows = try mapper.rows(
      #"""
      {"tree": "T", "p": {"id": 1, "r": "user", "c": "q", "k": [
        {"id": 2, "r": "assistant", "c": "a", "k": [{"id": 4, "r": "user", "c": "x", "k": []},
          {"id": 5, "r": "user", "c": "y", "deleted": true,
           "k": [{"id": 7, "r": "assistant", "c": "z", "k": []}]}]},
        {"id": 3, "r": "assistant", "c": "b", "deleted": false}]}}
      """#)
    #expect(
      rows.map(\.spoken) == [
        ["user: q", "assistant: a", "user: x"], ["user: q", "assistant: b"],
      ])
    #expect(rows.map { text($0.id) } == ["T_4", "T_3"])
    #expect(mapper.tally.messagesLeftOut == ["deleted": 1, "below-one-left-out": 1])
  }

  @Test func linkedMessagesAreReadFromTheLastOne() throws {
    let layout = CollectionTurns.linked(
      nodes: "m.*", id: "id", parent: "parent", last: "current",
      CollectionTurn(role: value("r"), content: value("c")))
    let record = #"""
      {"current": "d", "m": {
        "x": {"id": "root", "parent": null},
        "1": {"id": "a", "parent": "root", "r": "user", "c": "1"},
        "2": {"id": "b", "parent": "a", "r": "assistant", "c": "old"},
        "3": {"id": "c", "parent": "a", "r": "assistant", "c": "2"},
        "4": {"id": "d", "parent": "c", "r": "user", "c": "3"}}}
      """#
    let said = try spoken(layout, record)
    #expect(said.rows == [["user: 1", "assistant: 2", "user: 3"]])
    #expect(said.left == ["other-branch": 1, "none: no text": 1])
    let circle = try spoken(layout, record.replacing("null", with: #""d""#))
    #expect(circle.rows == said.rows, "a circle is walked once")
    let inOrder = try spoken(
      layout, #"{"m": {"1": {"r": "user", "c": "1"}, "2": {"r": "assistant", "c": "2"}}}"#)
    #expect(inOrder.rows == [["user: 1", "assistant: 2"]])
  }
}
