import Records
import Testing

@testable import PatternFiles

@Suite struct CollectionFileTests {
  private func read(_ yaml: String) throws -> CollectionDefinition {
    try readCollection(YAMLMap(text: yaml, name: "formats/x.yaml"))
  }

  @Test func sectionsAreRead() throws {
    let section = try read(
      """
      each: [chats, ""]
      id: {path: id, hidden: true}
      title: [title, name]
      rows:
        - suffix: _a
          turns: {list: "a[]", role: {path: r, default: user}, content: {all: [c, d], join: " "}}
          rate: {path: winner, words: {a: win}}
        - suffix: _b
          turns:
            tree: b
            children: "replies[]"
            id: n
            role: r
            content: c
            leave_out: {counted: deleted, path: gone, is: [True, "1"]}
      """)
    #expect(section.each == ["chats", ""])
    #expect(section.columns[.id]?.isHidden == true)
    #expect(section.columns[.title]?.paths == ["title", "name"])
    #expect(section.variants.map(\.suffix) == ["_a", "_b"])
    #expect(section.variants[0].columns[.rate]?.words == ["a": "win"])
    guard case .list(let paths, let message) = section.variants[0].turns,
      case .tree(root: "b", children: "replies[]", let answer) = section.variants[1].turns
    else {
      Issue.record("the layouts are others")
      return
    }
    #expect(paths == ["a[]"])
    #expect(message.role.fallback == "user" && message.content.all == ["c", "d"])
    #expect(message.content.joiner == " ")
    #expect(answer.id == "n" && answer.leaveOut.map(\.values) == [["True", "1"]])
    #expect(try read("none: because").refusal == "because")
  }

  @Test(arguments: [
    ("turns: {list: a, role: r}", 1, "`content` is missing"),
    ("turns: {list: a, content: c}", 1, "`role` is missing"),
    ("id: a", 1, "`turns` is missing"),
    ("turns: {alternate: a}\nid: 'a..b'", 2, "the path is not understood at character 3"),
    ("turns: {alternate: 'a['}", 1, "the path is not understood at character 3"),
    ("turns: {alternate: a}\nidd: a", 2, "unknown key `idd`"),
    ("turns: {alternate: a, more: b}", 1, "unknown key `more`"),
    ("turns: {transcript: a, marks: {}}", 1, "`marks` is empty"),
    ("turns: {pairs: {user: a}}", 1, "`pairs` wants `user` and `assistant`"),
    ("turns: {linked: a, node: b, parent: c}", 1, "`linked` wants `node`, `parent` and `last`"),
    ("turns: {tree: a, role: r, content: c}", 1, "`children` is missing"),
    ("turns: {alternate: a}\nid: {hidden: maybe}", 2, "`hidden` is true or false"),
    ("turns: {alternate: a}\nid: {path: a, all: b}", 1, "`path` and `all` exclude each other"),
    ("none: because\nturns: {alternate: a}", 2, "unknown key `turns`"),
    ("rows: []", 1, "`rows` is a list"),
  ])
  func whatIsWrongIsAnErrorWithItsLine(_ yaml: String, _ line: Int, _ message: String) {
    do {
      _ = try read(yaml)
      Issue.record("it was read")
    } catch let error as PatternFileError {
      #expect(error.message == message)
      #expect(error.line == line && error.file == "formats/x.yaml")
    } catch {
      Issue.record("\(error)")
    }
  }
}
