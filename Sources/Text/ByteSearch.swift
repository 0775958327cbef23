internal import Glibc

/// The offset of the first `byte` at or after `start`, or `nil`.
///
/// O(n) through `memchr`, about ten times a loop over bytes.
package func firstIndex(of byte: UInt8, in bytes: Span<UInt8>, from start: Int = 0) -> Int? {
  precondition(start >= 0 && start <= bytes.count, "the search starts inside the bytes")
  guard start < bytes.count else { return nil }
  return unsafe bytes.withUnsafeBufferPointer { buffer -> Int? in
    // Unsafe: a C call. The pointer and the length describe the rest of the span, which
    // outlives the call, and the result is only subtracted from the base.
    guard let base = buffer.baseAddress,
      let hit = unsafe memchr(base + start, Int32(byte), buffer.count - start)
    else { return nil }
    return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }
}
