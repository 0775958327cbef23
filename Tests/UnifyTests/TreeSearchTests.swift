import Records
import Testing

@testable import Unify

@Suite struct TreeSearchTests {
  private static let record = #"""
    {"a": {"b": [{"c": 1, "t": "x"}, {"c": 2, "t": "y"}, {"c": 3, "t": "x"}]}, "n": null,
     "list": ["p", "q"], "j": "{\"k\": [true, false]}", "bad": "{", "odd.key": "o"}
    """#

  private func found(_ path: String) throws -> [String] {
    var search = try TreeSearch(depthMax: 64)
    var tree = JSONTree()
    let record = bytes(Self.record)
    tree.read(record.span)
    let nodes = search.values(
      at: try CollectionPath(parsing: path), from: JSONTree.root, in: &tree)
    #expect(nodes.allSatisfy { tree.nodes[$0].isUsed })
    return nodes.map { node in search.scalar(node, in: &tree).map { text($0) } ?? "-" }
  }

  @Test(arguments: [
    ("a.b[].c", ["1", "2", "3"]), ("a.b[1].c", ["2"]), ("a.b[-1].c", ["3"]), ("a.b[3].c", []),
    ("a.b[-4].c", []), ("a.b[t=x].c", ["1", "3"]), ("a.b[c=2].t", ["y"]), ("a.b[t=z].c", []),
    ("a.*[].c", ["1", "2", "3"]), ("list[]", ["p", "q"]), ("list", ["-"]), ("n", ["-"]),
    ("missing.b", []), ("j.@json.k[]", ["True", "False"]), ("bad.@json.k", []),
    ("a.@json.b[0].c", ["1"]), ("list.@json[1]", ["q"]), ("a.b[2][t=x].c", ["3"]),
    ("a.b[2][t=y].c", []),
    (#""odd.key""#, ["o"]), ("list.x", []), ("a[]", []), ("", ["-"]),
  ])
  func pathsLeadToValues(_ path: String, _ wanted: [String]) throws {
    #expect(try found(path) == wanted)
  }

  @Test func theFirstPathWithATextDecides() throws {
    var search = try TreeSearch(depthMax: 64)
    var tree = JSONTree()
    let record = bytes(#"{"a": "", "b": null, "c": "x", "d": ["x", "y", "x"], "e": "yes"}"#)
    tree.read(record.span)
    func column(_ value: CollectionValue) throws -> String {
      var collection = collection(.alternate("d[]"))
      collection.columns[.model] = value
      let plan = try mapper(collection).plan
      return text(search.text(plan.variants[0].columns[.model]!, from: 0, in: &tree))
    }
    #expect(try column(value("a", "b", "c", "d[]")) == "x")
    var parts = value("d[]")
    parts.joiner = "_"
    #expect(try column(parts) == "x_y", "each name once")
    parts = CollectionValue()
    parts.all = ["e", "c"]
    parts.joiner = "+"
    parts.words = ["yes": "sure"]
    #expect(try column(parts) == "sure+x")
    parts = value("nothing")
    parts.fallback = "none"
    #expect(try column(parts) == "none")
  }
}
