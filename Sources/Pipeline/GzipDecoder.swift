internal import CZlib

/// Decodes gzip files of any number of members, followed by zeros or by nothing.
@safe final class GzipDecoder: Decoder {
  private enum Place { case member, between, padding }

  // zlib keeps a pointer back to the stream, so the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var place = Place.between

  init() throws(CodecProblem) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 16 asks for the gzip wrapper, with its checksum; 15 is the largest window.
    let status = unsafe inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw .outOfMemory }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Whether the file may end here.
  var isComplete: Bool { place != .member }

  /// See `Decoder.decode`.
  func decode(
    _ source: Span<UInt8>, into target: inout [UInt8], countMax: Int
  ) throws(CodecProblem) -> Int {
    var used = 0
    var room = countMax
    while used < source.count, room > 0 {
      switch place {
      case .padding:
        guard source[used] == 0 else { throw .trailingBytes }
        used += 1
      case .between:
        if source[used] == 0 {
          // Tapes and some archivers fill the last block with zeros.
          place = .padding
        } else {
          guard source[used] == 0x1F else { throw .trailingBytes }
          place = .member
        }
      case .member:
        let before = target.count
        used += try inflateMember(source.extracting(droppingFirst: used), &target, room)
        room -= target.count - before
      }
    }
    if source.isEmpty, place == .member {
      // zlib may have read everything and still hold bytes that found no room before.
      _ = try inflateMember(source, &target, countMax)
    }
    return used
  }

  /// Decodes a part of one member and returns the number of source bytes used.
  private func inflateMember(
    _ source: Span<UInt8>, _ target: inout [UInt8], _ room: Int
  ) throws(CodecProblem) -> Int {
    let stream = unsafe stream
    var status = Z_OK
    // The counters of zlib have 32 bits.
    let sourceCount = min(source.count, 1 << 30)
    let targetCount = min(room, 1 << 30)
    target.append(addingCapacity: targetCount) { (output: inout OutputSpan<UInt8>) in
      unsafe output.withUnsafeMutableBufferPointer { buffer, count in
        unsafe source.withUnsafeBufferPointer { bytes in
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
          unsafe stream.pointee.avail_in = UInt32(sourceCount)
          unsafe stream.pointee.next_out = buffer.baseAddress
          unsafe stream.pointee.avail_out = UInt32(targetCount)
          status = unsafe inflate(stream, Z_NO_FLUSH)
          count = unsafe targetCount - Int(stream.pointee.avail_out)
        }
      }
    }
    let used = unsafe sourceCount - Int(stream.pointee.avail_in)
    switch status {
    case Z_STREAM_END:
      unsafe inflateReset(stream)
      place = .between
    case Z_OK, Z_BUF_ERROR: break
    case Z_MEM_ERROR: throw .outOfMemory
    default: throw .corrupt
    }
    return used
  }
}
