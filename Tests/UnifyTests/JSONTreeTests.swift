import Foundation
import Records
import TestSupport
import Testing

@testable import Unify

@Suite struct JSONTreeTests {
  /// What the tree says, with sorted keys, in the form of Foundation's own coder.
  private func rebuilt(_ tree: inout JSONTree, _ node: Int) -> Any {
    var decoded: [UInt8] = []
    switch tree.nodes[node].kind {
    case .string:
      tree.decode(node, into: &decoded)
      return text(decoded)
    case .number:
      tree.decode(node, into: &decoded)
      return NSNumber(value: Double(text(decoded))!)
    case .literal:
      tree.decode(node, into: &decoded)
      return text(decoded) == "null" ? NSNull() : NSNumber(value: text(decoded) == "true")
    case .array:
      return children(of: node, in: tree).map { rebuilt(&tree, $0) }
    case .object:
      var object: [String: Any] = [:]
      for child in children(of: node, in: tree) {
        var key: [UInt8] = []
        tree.decodeKey(child, into: &key)
        object[text(key)] = rebuilt(&tree, child)
      }
      return object
    }
  }

  private func children(of node: Int, in tree: JSONTree) -> [Int] {
    var result: [Int] = []
    var child = Int(tree.nodes[node].child)
    while child >= 0 {
      result.append(child)
      child = Int(tree.nodes[child].next)
    }
    return result
  }

  private func canonical(_ value: Any) throws -> String {
    text(
      try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed]))
  }

  @Test func treesSayWhatTheRecordSays() throws {
    var random = SplitMix64(seed: 5)
    var tree = JSONTree()
    for _ in 0..<400 {
      let record = Self.value(&random, depth: 0)
      let expected = try JSONSerialization.jsonObject(
        with: Data(record.utf8), options: [.fragmentsAllowed])
      let written = bytes(record)
      tree.read(written.span)
      #expect(try canonical(rebuilt(&tree, JSONTree.root)) == canonical(expected), "\(record)")
    }
  }

  @Test func numbersKeepTheirSpelling() {
    var tree = JSONTree()
    let record = bytes(#"[1784164500.0, -0, 1e5,1E-7 ,12345678901234567890]"#)
    tree.read(record.span)
    let spelled = children(of: 0, in: tree).map { node in
      var spelling: [UInt8] = []
      tree.decode(node, into: &spelling)
      return text(spelling)
    }
    #expect(spelled == ["1784164500.0", "-0", "1e5", "1E-7", "12345678901234567890"])
  }

  @Test func membersAreFoundByTheirKeyHoweverItIsWritten() {
    var tree = JSONTree()
    let record = bytes(#"{"a": 1, "\u0062": 2, "a": 3, "": 4, "c\"": {"a": 5}}"#)
    tree.read(record.span)
    for (key, number) in [("a", "3"), ("b", "2"), ("", "4")] {
      let node = tree.member(bytes(key), of: 0)
      let isFound = node.map { tree.says($0, bytes(number)) }
      #expect(isFound == true, "\(key)")
    }
    let (none, some) = (tree.member(bytes("c"), of: 0), tree.member(bytes("c\""), of: 0))
    let inner = some.flatMap { tree.member(bytes("a"), of: $0) }
    #expect(none == nil && inner != nil)
  }

  @Test func aStringGivesTheValueItHolds() {
    var tree = JSONTree()
    let record = bytes(#"{"a": "{\"b\": [\"\\u00e9\"]}", "c": "{"}"#)
    tree.read(record.span)
    let embedded = tree.embedded(in: tree.member(bytes("a"), of: 0)!) { $0 }
    let list = tree.member(bytes("b"), of: embedded!)!
    let isDecoded = tree.says(children(of: list, in: tree)[0], bytes("é"))
    #expect(isDecoded)
    let none = tree.embedded(in: tree.member(bytes("c"), of: 0)!) { _ in nil }
    #expect(none == nil)
  }

  @Test func halvesOfPairsAreNoticed() {
    var tree = JSONTree()
    for (written, isLone) in [
      (#""\ud83d\ude00""#, false), (#""\ud83d""#, true), (#""\ude00 x""#, true), (#""�""#, false),
      (#""\ufffd""#, false), (#""\uFFFD\ud800""#, true), (#""plain""#, false),
    ] {
      let record = bytes(written)
      tree.read(record.span)
      var decoded: [UInt8] = []
      tree.decode(0, into: &decoded)
      #expect(tree.hasLoneSurrogate(0, decoded: decoded) == isLone, "\(written)")
    }
  }

  @Test func depthIsNoDanger() {
    var tree = JSONTree()
    let depth = 200_000
    let record = bytes(
      String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth))
    tree.read(record.span)
    #expect(tree.nodes.count == depth + 1)
  }

  /// A random JSON value.
  static func value(_ random: inout SplitMix64, depth: Int) -> String {
    func space() -> String { ["", "", " ", "\n", "\t "][random.below(5)] }
    switch random.below(depth > 4 ? 5 : 8) {
    case 0: return ["true", "false", "null"][random.below(3)]
    case 1: return ["0", "-1", "12.5", "3e2", "1E-2", "100"][random.below(6)]
    case 2...4: return string(&random)
    case 5, 6:
      let members = (0..<random.below(4)).map { number in
        "\"k\(number)\\u0041\"" + space() + ":" + space() + value(&random, depth: depth + 1)
      }
      return "{" + space() + members.joined(separator: space() + ",") + space() + "}"
    default:
      let elements = (0..<random.below(4)).map { _ in space() + value(&random, depth: depth + 1) }
      return "[" + elements.joined(separator: ",") + space() + "]"
    }
  }

  private static func string(_ random: inout SplitMix64) -> String {
    let parts = [
      "a", "é", "漢", "😀", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00", "{", "]", ",", ":",
      " ",
    ]
    let text = (0..<random.below(8)).map { _ in parts[random.below(parts.count)] }.joined()
    return "\"\(text)\""
  }
}
