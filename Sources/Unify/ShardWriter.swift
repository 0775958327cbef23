package import Pipeline

/// One file of the collection, whole.
package struct Shard {
  /// The file, which has not got its name yet.
  package let file: ClosedOutput
  package let rows: Int
}

/// Writes rows into one file, or into files of a size. None has its name before all are whole.
package struct ShardWriter: ~Copyable {
  /// The target: the one file, or what the names of the shards are made of.
  private let target: OutputLocation
  /// The size in bytes, before compression, beyond which a shard takes no more rows; `nil`: one
  /// file.
  private let bytesMax: Int?
  private let codec: Codec
  private var compressor: BlockCompressor?
  private var file: OutputFile?
  private var block: [UInt8] = []
  /// Bytes and rows of the shard that is open.
  private var bytes = 0
  private var rows = 0
  private var shards: [Shard] = []

  /// The size of what is compressed at once.
  private static let blockBytes = 1 << 20

  package init(_ target: OutputLocation, bytesMax: Int?) {
    self.target = target
    self.bytesMax = bytesMax
    codec = Codec(outputName: target.name)
    compressor = codec == .plain ? nil : BlockCompressor(codec)
    file = nil
  }

  /// Writes a row's line.
  package mutating func write(_ row: ArraySlice<UInt8>) throws(IOFailure) {
    if let bytesMax, rows > 0, bytes + row.count > bytesMax { try close() }
    if file == nil { try open() }
    block += row
    bytes += row.count
    rows += 1
    if block.count >= Self.blockBytes { try flush() }
  }

  /// Ends the last file. There is at least one, though it may be empty.
  package consuming func finish() throws(IOFailure) -> [Shard] {
    if file == nil, shards.isEmpty { try open() }
    if file != nil { try close() }
    return shards
  }

  private mutating func open() throws(IOFailure) {
    var location = target
    if bytesMax != nil, case .file(let path) = target {
      location = .file(Self.name(path, shard: shards.count))
    }
    file = try OutputFile(location, isHashed: true)
  }

  private mutating func flush() throws(IOFailure) {
    // The copy is a reference; it lets the file change while the bytes are read.
    let rows = block
    if compressor != nil {
      var packed: [UInt8] = []
      compressor!.compress(rows.span, into: &packed)
      try file!.write(packed.span)
    } else {
      try file!.write(rows.span)
    }
    block.removeAll(keepingCapacity: true)
  }

  private mutating func close() throws(IOFailure) {
    // A compressed file holds at least one frame.
    if !block.isEmpty || (compressor != nil && rows == 0) { try flush() }
    guard let whole = file.take() else { return }
    shards.append(Shard(file: try whole.close(), rows: rows))
    bytes = 0
    rows = 0
  }

  /// `chats.jsonl.zst` is `chats-00000.jsonl.zst` as a shard.
  package static func name(_ path: String, shard: Int) -> String {
    let (stem, ending) = split(path)
    let number = String(shard)
    let zeros = String(repeating: "0", count: max(0, 5 - number.utf8.count))
    return "\(stem)-\(zeros)\(number)\(ending)"
  }

  /// A path without the endings of its name, and those: `.jsonl.zst`.
  package static func split(_ path: String) -> (stem: String, ending: String) {
    let nameStart = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    var end = path.endIndex
    for codec in [".gz", ".zst"] where path.hasSuffix(codec) {
      end = path.index(end, offsetBy: -codec.count)
    }
    let name = path[nameStart..<end]
    if let dot = name.lastIndex(of: "."), dot > name.startIndex { end = dot }
    return (String(path[..<end]), String(path[end...]))
  }
}
