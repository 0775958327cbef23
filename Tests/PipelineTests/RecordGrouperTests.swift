import Pipeline
import Testing

/// Which records go together, as the batches of a reader say it.
@Suite struct RecordGrouperTests {
  /// The records of each group, joined, in order; and how many groups go on with a full one.
  private func groups(
    _ text: String, path: String = "c", batchBytes: Int = 1, container: Container? = nil
  ) throws -> (groups: [String], cut: Int) {
    var options = ReaderOptions()
    options.groupPath = path
    options.batchBytes = batchBytes
    options.container = container
    let reader = try BatchReader(
      [.memory(name: "a", bytes: Array(text.utf8), readMax: 50)], options: options)
    var batch = Batch()
    var found: [String] = []
    var cut = 0
    while try reader.next(&batch) {
      for (index, slice) in batch.records.enumerated() {
        let record = String(decoding: batch.bytes[slice.range], as: UTF8.self)
        if slice.isCutFromGroup { cut += 1 }
        if slice.continuesGroup {
          #expect(index > 0, "a batch begins amid a group")
          found[found.count - 1] += record
        } else {
          found.append(record)
        }
      }
    }
    return (found, cut)
  }

  @Test func neighboursWithTheSameValueGoTogether() throws {
    let a = #"{"c":"x","n":1}"#
    let b = #"{"n":2,"c":"x"}"#
    let c = #"{"c":"y"}"#
    for batchBytes in [1, 20, 40, 1 << 20] {
      let (groups, cut) = try groups(
        [a, b, c, c, a, "{}", "{}", "broken", #"{"c":7}"#, #"{"c":7}"#].joined(separator: "\n"),
        batchBytes: batchBytes)
      #expect(groups == [a + b, c + c, a, "{}", "{}", "broken", #"{"c":7}{"c":7}"#])
      #expect(cut == 0)
    }
  }

  @Test func aGroupThatIsFullIsCutWhereverBatchesEnd() throws {
    let text = (0..<2500).map { "{\"c\":\"x\",\"n\":\($0)}" }.joined(separator: "\n")
    let whole = try groups(text, batchBytes: 1 << 20)
    #expect(whole.groups.count == 3 && whole.cut == 2)
    let small = try groups(text, batchBytes: 1)
    #expect(small.groups == whole.groups && small.cut == 2)
  }

  @Test func rowsOfATableAreGroupedByAColumn() throws {
    let (groups, _) = try groups(
      "n,c\n1,x\n2,\"x\"\n3,x\n4,c\n", container: .csv)
    #expect(groups == ["n,c", "1,x2,\"x\"3,x", "4,c"])
  }
}
