internal import CZstd

/// Decodes Zstandard files of any number of frames.
@safe final class ZstdDecoder: Decoder {
  private let context: OpaquePointer
  /// Whether the bytes so far end with a frame. Nothing at all is not a file.
  private(set) var isComplete = false
  /// Whether anything was decoded; what is not a frame after that is not damage, but another thing.
  private var isStarted = false

  init() throws(CodecProblem) {
    guard let context = unsafe ZSTD_createDCtx() else { throw .outOfMemory }
    unsafe self.context = context
  }

  deinit { unsafe ZSTD_freeDCtx(context) }

  /// See `Decoder.decode`.
  func decode(
    _ source: Span<UInt8>, into target: inout [UInt8], countMax: Int
  ) throws(CodecProblem) -> Int {
    // Asked for more of nothing, the library would wait for another frame.
    if source.isEmpty, isComplete { return 0 }
    let context = unsafe context
    var used = 0
    var status = 0
    var sawFrame = isStarted
    target.append(addingCapacity: countMax) { (output: inout OutputSpan<UInt8>) in
      unsafe output.withUnsafeMutableBufferPointer { buffer, count in
        unsafe source.withUnsafeBufferPointer { bytes in
          var input = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
          var room = unsafe ZSTD_outBuffer(dst: buffer.baseAddress, size: countMax, pos: 0)
          repeat {
            status = unsafe ZSTD_decompressStream(context, &room, &input)
            if status == 0 { sawFrame = true }
          } while unsafe ZSTD_isError(status) == 0 && input.pos < input.size && room.pos < room.size
          used = unsafe input.pos
          count = unsafe room.pos
        }
      }
    }
    guard ZSTD_isError(status) == 0 else { throw Self.problem(status, isStart: !sawFrame) }
    isStarted = true
    isComplete = status == 0
    return used
  }

  private static func problem(_ status: Int, isStart: Bool) -> CodecProblem {
    switch ZSTD_getErrorCode(status) {
    case ZSTD_error_prefix_unknown: isStart ? .corrupt : .trailingBytes
    case ZSTD_error_frameParameter_windowTooLarge: .windowTooLarge
    case ZSTD_error_memory_allocation: .outOfMemory
    default: .corrupt
    }
  }
}
