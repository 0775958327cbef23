import Foundation
import TestSupport
import Testing

@testable import Unify

@Suite struct RowFrameTests {
  @Test func rowsComeBackAsTheyWere() throws {
    var random = SplitMix64(seed: 3)
    var expected: [(RowFrame.Head, [UInt8])] = []
    var file: [UInt8] = []
    for number in 0..<300 {
      let row = (0..<random.below(number % 50 == 0 ? 700_000 : 300)).map { _ in
        UInt8(truncatingIfNeeded: random.next())
      }
      let head = RowFrame.Head(
        input: random.below(1 << 30), record: random.below(1 << 40), line: random.below(1 << 40),
        length: row.count)
      RowFrame.append(head, to: &file)
      file += row
      expected.append((head, row))
    }
    let path = FileManager.default.temporaryDirectory.path + "/frames-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(file).write(to: URL(filePath: path))
    var frames = try RowFrames(path: path)
    for (head, row) in expected {
      guard let next = try frames.next() else {
        Issue.record("the frames end too early")
        return
      }
      #expect(next.head == head)
      #expect(Array(next.row) == row)
    }
    let end = try frames.next()
    #expect(end == nil)
  }
}
