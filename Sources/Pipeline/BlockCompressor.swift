internal import CZlib
internal import CZstd

/// Packs blocks, each into one complete gzip member or Zstandard frame.
///
/// Members and frames put one after another are a valid file, so workers can compress
/// independently. The same block gives the same bytes: no time, no name, a fixed system byte.
@safe package struct BlockCompressor: ~Copyable {
  private var deflater: UnsafeMutablePointer<z_stream>?
  private var zstd: OpaquePointer?

  /// A compressor for a codec that is not `plain`. Traps when there is no memory for it.
  package init(_ codec: Codec) {
    unsafe deflater = nil
    unsafe zstd = nil
    switch codec {
    case .plain: preconditionFailure("Plain output is not compressed.")
    case .gzip:
      let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
      unsafe stream.initialize(to: z_stream())
      // A negative window asks for raw data: the header and trailer are written here.
      let status = unsafe deflateInit2_(
        stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size))
      precondition(status == Z_OK, "There is no memory for a compressor.")
      unsafe deflater = stream
    case .zstd:
      let context = unsafe ZSTD_createCCtx()!
      unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 3)
      unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
      unsafe zstd = context
    }
  }

  deinit {
    if let stream = unsafe deflater {
      unsafe deflateEnd(stream)
      unsafe stream.deallocate()
    }
    unsafe ZSTD_freeCCtx(zstd)
  }

  /// Appends the packed form of a block, which may be empty.
  package mutating func compress(_ block: Span<UInt8>, into target: inout [UInt8]) {
    if unsafe deflater != nil {
      compressGzip(block, into: &target)
    } else {
      compressZstd(block, into: &target)
    }
  }

  private mutating func compressGzip(_ block: Span<UInt8>, into target: inout [UInt8]) {
    precondition(block.count < 1 << 31, "A block is smaller than 2 GiB.")
    let stream = unsafe deflater!
    // Magic, deflate, no flags, no time, no hint, unknown system.
    target.append(contentsOf: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
    unsafe deflateReset(stream)
    let bound = unsafe Int(deflateBound(stream, UInt(block.count)))
    var checksum: UInt = 0
    target.append(addingCapacity: bound) { (output: inout OutputSpan<UInt8>) in
      unsafe output.withUnsafeMutableBufferPointer { buffer, count in
        unsafe block.withUnsafeBufferPointer { bytes in
          checksum = unsafe crc32(0, bytes.baseAddress, UInt32(bytes.count))
          unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
          unsafe stream.pointee.avail_in = UInt32(bytes.count)
          unsafe stream.pointee.next_out = buffer.baseAddress
          unsafe stream.pointee.avail_out = UInt32(bound)
          let status = unsafe deflate(stream, Z_FINISH)
          precondition(status == Z_STREAM_END, "The bound holds every block.")
          count = unsafe bound - Int(stream.pointee.avail_out)
        }
      }
    }
    appendLittleEndian(UInt32(truncatingIfNeeded: checksum), to: &target)
    appendLittleEndian(UInt32(truncatingIfNeeded: block.count), to: &target)
  }

  private mutating func compressZstd(_ block: Span<UInt8>, into target: inout [UInt8]) {
    let context = unsafe zstd
    let bound = ZSTD_compressBound(block.count)
    target.append(addingCapacity: bound) { (output: inout OutputSpan<UInt8>) in
      unsafe output.withUnsafeMutableBufferPointer { buffer, count in
        unsafe block.withUnsafeBufferPointer { bytes in
          count = unsafe ZSTD_compress2(
            context, buffer.baseAddress, bound, bytes.baseAddress, bytes.count)
          precondition(ZSTD_isError(count) == 0, "The bound holds every block.")
        }
      }
    }
  }

  private func appendLittleEndian(_ value: UInt32, to target: inout [UInt8]) {
    for shift in stride(from: 0, to: 32, by: 8) {
      target.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
    }
  }
}
