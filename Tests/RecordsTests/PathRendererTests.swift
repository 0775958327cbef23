import Records
import Testing

@Suite struct PathRendererTests {
  private let record = Array(
    #"""
    {"id":"0","conversation":[{"content":"1"},{"content":"2","parts":[["3"],{}]}],
    "we ird":{"user-agent":"4","q\"":"5","":"6"},"12345678":{"x":"7"},"dead-beef":"8","a":null}
    """#.utf8)

  @Test func pathsNameKeysAndElements() throws {
    #expect(
      renderPaths(of: record.span, at: try starts()) == [
        "id", "conversation[0].content", "conversation[1].content",
        "conversation[1].parts[0][0]", #"["we ird"]["user-agent"]"#, #"["we ird"]["q\""]"#,
        #"["we ird"][""]"#, #"["12345678"].x"#, #"["dead-beef"]"#,
      ])
  }

  @Test func generalisedPathsHoldNoNumbersAndNoInput() throws {
    #expect(
      renderPaths(of: record.span, at: try starts(), generalised: true) == [
        "id", "conversation[].content", "conversation[].content", "conversation[].parts[][]",
        "*.user-agent", "*.*", "*.*", "*.x", "*",
      ])
  }

  @Test func offsetsWithoutAValueGiveEmptyPaths() {
    #expect(renderPaths(of: record.span, at: [0, 1, 7, 9_999]) == ["", "", "id", ""])
    #expect(renderPaths(of: record.span, at: []) == [])
  }

  @Test func containersHavePathsToo() {
    let record = Array(#"[{"a":[1]}]"#.utf8)
    #expect(renderPaths(of: record.span, at: [0, 1, 6, 7]) == ["", "[0]", "[0].a", "[0].a[0]"])
  }

  private func starts() throws -> [Int] {
    var parser = RecordParser(format: Samples.plainFormat)
    var map = RecordMap()
    try parser.parse(record.span, into: &map)
    return map.values.map(\.range.lowerBound)
  }
}
