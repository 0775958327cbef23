internal import CByteMaps
internal import Glibc

/// Bytes that never change and stay where they are as long as somebody holds them: a string of the
/// program, a mapped file, or a copy of an array.
public struct ConstantBytes: Sendable {
  /// What keeps the bytes.
  private let owner: Owner
  package let count: Int

  /// The bytes without what keeps them: a copy costs nothing, and whoever has one must also hold
  /// the `ConstantBytes`.
  ///
  /// SAFETY: the memory is never written, so it may be read from any thread.
  @safe public struct View: @unchecked Sendable {
    @usableFromInline let base: UnsafePointer<UInt8>
    @usableFromInline let count: Int

    init(_ base: UnsafePointer<UInt8>, _ count: Int) {
      unsafe self.base = base
      self.count = count
    }

    /// Eight bytes, the first in the lowest place.
    ///
    /// - Precondition: all eight are inside.
    @inlinable @inline(__always)
    public func eightBytes(at offset: Int) -> UInt64 {
      precondition(offset >= 0 && offset &+ 8 <= count)
      // SAFETY: the bounds are checked above; the load need not be aligned.
      return UInt64(
        littleEndian: unsafe UnsafeRawPointer(base).loadUnaligned(
          fromByteOffset: offset, as: UInt64.self))
    }
  }

  package var view: View { unsafe View(owner.base, count) }

  /// SAFETY: the memory is never written after it was made, so it may be read from any thread, and
  /// it is given back when nobody holds it any more.
  @safe private final class Owner: @unchecked Sendable {
    let base: UnsafePointer<UInt8>
    let release: (UnsafePointer<UInt8>) -> Void

    init(
      _ base: UnsafePointer<UInt8>, release: @escaping (UnsafePointer<UInt8>) -> Void
    ) {
      unsafe self.base = base
      unsafe self.release = release
    }

    deinit { unsafe release(base) }
  }

  /// The UTF-8 of a string of the program.
  package init(_ text: StaticString) {
    // SAFETY: a static string lives as long as the process.
    count = text.utf8CodeUnitCount
    owner = unsafe Owner(text.utf8Start) { _ in }
  }

  /// A copy.
  package init(_ bytes: [UInt8]) {
    count = bytes.count
    // SAFETY: the memory is filled whole before it is shared, and freed by its only owner.
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    for index in bytes.indices { unsafe copy[index] = bytes[index] }
    owner = unsafe Owner(copy) { unsafe $0.deallocate() }
  }

  /// A file, mapped for reading.
  ///
  /// - Throws: `MappingError` with `errno` when it cannot be opened or mapped, or is empty.
  package init(mapping path: String) throws(MappingError) {
    // SAFETY: C calls; the mapping is private and undone by its only owner. A file that another
    // process makes shorter under our hands would be a fault: compiled files are replaced by
    // rename.
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw MappingError(code: errno) }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else { throw MappingError(code: errno) }
    guard status.st_size > 0 else { throw MappingError(code: EINVAL) }
    let size = status.st_size
    let base = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0)
    guard let base = unsafe base, unsafe base != MAP_FAILED else {
      throw MappingError(code: errno)
    }
    count = size
    owner = unsafe Owner(UnsafePointer(base.assumingMemoryBound(to: UInt8.self))) {
      _ = unsafe munmap(UnsafeMutableRawPointer(mutating: $0), size)
    }
  }

  /// Eight bytes, the first in the lowest place.
  ///
  /// - Precondition: all eight are inside.
  package func eightBytes(at offset: Int) -> UInt64 { view.eightBytes(at: offset) }

  /// The text from an offset to the next line feed, without it; `nil` when there is none within
  /// `limit` bytes or the bytes are no UTF-8.
  package func line(from start: Int, limit: Int) -> String? {
    var line: [UInt8] = []
    for offset in start..<max(start, min(count, start + limit)) {
      let byte = unsafe owner.base[offset]
      if byte == 10 { return String(validating: line, as: UTF8.self) }
      line.append(byte)
    }
    return nil
  }
}

/// A file could not be mapped.
package struct MappingError: Error, Equatable {
  /// `errno`.
  package let code: Int32

  package init(code: Int32) { self.code = code }
}

/// Asks for the memory at an offset.
@inline(__always)
package func prefetch(_ bytes: ConstantBytes.View, at offset: Int) {
  // SAFETY: a prefetch of any address is no access.
  unsafe chatscrub_prefetch_byte(bytes.base + offset)
}
