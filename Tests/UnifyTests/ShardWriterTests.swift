import Foundation
import Pipeline
import Testing

@testable import Unify

@Suite struct ShardWriterTests {
  private let folder = FileManager.default.temporaryDirectory.path + "/shards-\(UUID().uuidString)"

  private func names() -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
  }

  private func write(
    _ rows: [String], to name: String, bytesMax: Int?, publishes: Bool = true
  ) throws -> [Shard] {
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    var writer = ShardWriter(.file(folder + "/" + name), bytesMax: bytesMax)
    for row in rows { try writer.write(bytes(row)[...]) }
    let shards = try writer.finish()
    if publishes { for shard in shards { try shard.file.publish() } }
    return shards
  }

  @Test func rowsGoOnInTheNextShard() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let shards = try write(
      ["aaaa\n", "bbbb\n", "cc\n", "a row that is too long\n", "d\n"], to: "x.y.jsonl",
      bytesMax: 10)
    #expect(names() == (0...3).map { "x.y-0000\($0).jsonl" })
    #expect(shards.map(\.rows) == [2, 1, 1, 1])
    #expect(shards.map(\.file.summary.bytes) == [10, 3, 23, 2])
    let first = FileManager.default.contents(atPath: folder + "/x.y-00000.jsonl")
    #expect(first == Data("aaaa\nbbbb\n".utf8))
  }

  @Test func nothingHasItsNameBeforeItIsPublished() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var shards = try write(["a\n", "b\n"], to: "x.jsonl", bytesMax: 1, publishes: false)
    #expect(names() == ["x-00000.jsonl.partial", "x-00001.jsonl.partial"])
    shards.removeAll()
    #expect(names().isEmpty, "what nobody publishes goes away")
  }

  @Test func noRowsAreAnEmptyFile() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(try write([], to: "x.jsonl", bytesMax: 5).map(\.rows) == [0])
    #expect(try write([], to: "x.jsonl.gz", bytesMax: nil)[0].file.summary.bytes > 0)
    #expect(names() == ["x-00000.jsonl", "x.jsonl.gz"])
  }

  @Test func packedFilesHoldTheSameRows() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let rows = (0..<60_000).map { "row \($0) of many, so that there are several blocks\n" }
    for name in ["x.jsonl.gz", "x.jsonl.zst"] {
      _ = try write(rows, to: name, bytesMax: nil)
      let source = try InputSource(.file(folder + "/" + name))
      var read: [UInt8] = []
      while try source.read(into: &read, countMax: 1 << 20) > 0 {}
      #expect(read == bytes(rows.joined()))
    }
  }

  @Test(arguments: [
    ("collection.jsonl", "collection-00012.jsonl"), ("a.b/c", "a.b/c-00012"),
    ("a/c.jsonl.zst", "a/c-00012.jsonl.zst"), ("x.gz", "x-00012.gz"), (".hidden", ".hidden-00012"),
  ])
  func namesHaveTheirNumberBeforeTheEnding(_ path: String, _ wanted: String) {
    #expect(ShardWriter.name(path, shard: 12) == wanted)
  }
}
