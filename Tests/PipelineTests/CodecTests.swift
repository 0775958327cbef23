import Pipeline
import Testing

struct CodecTests {
  private static let blocks: [[UInt8]] = {
    var random = SplitMix64(seed: 3)
    return [0, 1, 10, 1000, 70_000].map { count in
      (0..<count).map { _ in UInt8.random(in: 97...104, using: &random) }
    }
  }()

  @Test func membersAndFramesDecodeAtEveryReadSize() throws {
    for codec in Codec.allCases {
      let file = packed(Self.blocks, codec)
      #expect(Codec(magic: file) == codec)
      for readMax in [1, 2, 3, 5, 17, 64, 1000, .max] {
        #expect(try unpacked(file, readMax: readMax) == Array(Self.blocks.joined()))
      }
    }
  }

  @Test func theSameBlockGivesTheSameBytes() {
    for codec in [Codec.gzip, .zstd] {
      let once = packed(Self.blocks, codec)
      #expect(once == packed(Self.blocks, codec))
      #expect(once == Self.blocks.flatMap { packed([$0], codec) })
    }
    #expect(packed([[]], .gzip).prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
  }

  @Test func paddingWithZerosIsAllowed() throws {
    let file = packed([[1, 2]], .gzip)
    #expect(try unpacked(file + [0, 0, 0], readMax: 1) == [1, 2])
    #expect(throws: IOFailure.compressed(path: "memory", problem: .trailingBytes)) {
      try unpacked(file + [0, 1])
    }
    #expect(throws: IOFailure.compressed(path: "memory", problem: .trailingBytes)) {
      try unpacked(file + [7])
    }
    #expect(throws: IOFailure.compressed(path: "memory", problem: .trailingBytes)) {
      try unpacked(packed([[1, 2]], .zstd) + [7, 7, 7, 7, 7])
    }
  }

  @Test func everyTruncationIsFound() {
    for codec in [Codec.gzip, .zstd] {
      let blocks = [[UInt8](repeating: 65, count: 300), Array(0...255)]
      let file = packed(blocks, codec)
      let firstEnd = packed([blocks[0]], codec).count
      for count in 6..<file.count where count != firstEnd {
        #expect(throws: IOFailure.compressed(path: "memory", problem: .truncated)) {
          try unpacked(Array(file[..<count]))
        }
      }
    }
  }

  @Test func everyChangedByteIsFoundOrHarmless() {
    for codec in [Codec.gzip, .zstd] {
      let block = Self.blocks[3]
      let file = packed([block], codec)
      for index in 4..<file.count {
        var damaged = file
        damaged[index] ^= 0x10
        // Header bytes such as the time change nothing; the checksum guards all others.
        let decoded = try? unpacked(damaged)
        #expect(decoded == nil || decoded == block, "\(codec) \(index)")
      }
    }
  }

  @Test func namesAskForCodecs() {
    #expect(Codec(outputName: "a.jsonl.gz") == .gzip)
    #expect(Codec(outputName: "a.zst") == .zstd)
    #expect(Codec(outputName: "a.json") == .plain)
  }
}
