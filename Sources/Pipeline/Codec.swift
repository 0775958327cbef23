/// How a file's bytes are packed.
package enum Codec: String, Codable, Sendable, CaseIterable {
  case plain, gzip, zstd

  /// Recognises a codec by the first bytes of a file, whatever its name is. Six bytes are enough.
  package init(magic: [UInt8]) {
    if magic.starts(with: [0x1F, 0x8B]) {
      self = .gzip
    } else if magic.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      self = .zstd
    } else if magic.count >= 4, magic[0] & 0xF0 == 0x50, magic[1...3] == [0x2A, 0x4D, 0x18] {
      // A skippable frame, with which some tools begin a file.
      self = .zstd
    } else {
      self = .plain
    }
  }

  /// The codec that an output's name asks for: `.gz`, `.zst`, or neither.
  package init(outputName: String) {
    if outputName.hasSuffix(".gz") {
      self = .gzip
    } else if outputName.hasSuffix(".zst") {
      self = .zstd
    } else {
      self = .plain
    }
  }
}

/// A streaming decoder of one file.
///
/// It is given whole stretches of compressed bytes and appends what it decodes. Used by one thread
/// at a time.
protocol Decoder: AnyObject {
  /// Decodes from the start of `source` until it is used up or `countMax` bytes were appended.
  ///
  /// - Returns: the number of source bytes used.
  func decode(
    _ source: Span<UInt8>, into target: inout [UInt8], countMax: Int
  ) throws(CodecProblem) -> Int

  /// Whether the file may end after the bytes decoded so far.
  var isComplete: Bool { get }
}
