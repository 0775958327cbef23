internal import Crypto
internal import Glibc
internal import SystemPackage

/// Where output goes.
package enum OutputLocation: Equatable, Sendable {
  /// A file, by its path. Devices, pipes and descriptors are written to directly.
  case file(String)
  /// Standard output.
  case standardOutput
  /// Nowhere: what is written is let go.
  case nowhere

  /// The name that messages use.
  package var name: String {
    switch self {
    case .file(let path): path
    case .standardOutput: "-"
    case .nowhere: ""
    }
  }

  /// Where the bytes of a regular file are until it is whole.
  package var partialPath: String { filePath + ".partial" }
}

/// Who may read an output.
package enum OutputAccess: Sendable {
  /// Everybody (0644).
  case shared
  /// The owner (0600): the file holds what was to be removed.
  case secret
}

/// What is known of an output that is whole.
package struct OutputSummary: Codable, Equatable, Sendable {
  /// The path, or `-`.
  package var name: String
  /// The size of the file as it is, compressed or not.
  package var bytes: Int64
  /// SHA-256 of the file as it is, in hexadecimal digits, if it was asked for.
  package var sha256: String?
}

/// A file that appears under its name when it is whole, and not before.
///
/// The bytes are written to `NAME.partial`, which `finish` renames. When the file is let go of
/// before, the partial file stays if it can be resumed, and is removed if it cannot. Where the name
/// is a link, the partial file is beside what the link leads to, and the link stays.
package struct OutputFile: ~Copyable {
  /// Where the output goes.
  package let location: OutputLocation
  /// The number of bytes written, those kept by `resume` included.
  package private(set) var count: Int64

  private let descriptor: FileDescriptor
  /// A regular file of our own, which has another name until it is whole; else `nil`.
  private let partial: PartialFile?
  private let isResumable: Bool
  private var isOpen: Bool
  private var hasher: SHA256?

  /// Opens an output for writing from its start. What a partial file held is lost.
  ///
  /// - Parameter isHashed: whether `finish` is to report the digest of the bytes.
  package init(
    _ location: OutputLocation, access: OutputAccess = .shared, isHashed: Bool = false,
    isResumable: Bool = false
  ) throws(IOFailure) {
    try self.init(location, access, isHashed, isResumable, keeping: nil)
  }

  /// Opens the partial file of an interrupted run and keeps its first `count` bytes.
  ///
  /// - Throws: `outputTooShort` when there are fewer.
  package init(
    resuming location: OutputLocation, keeping count: Int64, access: OutputAccess = .shared,
    isHashed: Bool = false
  ) throws(IOFailure) {
    try self.init(location, access, isHashed, true, keeping: count)
  }

  private init(
    _ location: OutputLocation, _ access: OutputAccess, _ isHashed: Bool, _ isResumable: Bool,
    keeping kept: Int64?
  ) throws(IOFailure) {
    ignoreSignalsOfWriting()
    let opened = try Self.open(location, access, isResumed: kept != nil)
    // All that can fail comes first: a value is made whole or not at all.
    var hasher = isHashed ? SHA256() : nil
    if opened.partial != nil, let kept {
      try Self.keep(kept, of: opened.descriptor, path: location.name, &hasher)
      count = kept
    } else {
      count = 0
    }
    descriptor = opened.descriptor
    isOpen = opened.isOwned
    partial = opened.partial
    self.hasher = hasher
    self.location = location
    self.isResumable = isResumable
  }

  deinit {
    guard isOpen else { return }
    try? descriptor.close()
    if let partial, !isResumable { partial.remove() }
  }

  /// Writes bytes at the end.
  package mutating func write(_ bytes: Span<UInt8>) throws(IOFailure) {
    guard !bytes.isEmpty, location != .nowhere else { return }
    do {
      try unsafe bytes.withUnsafeBytes { buffer in
        _ = try unsafe descriptor.writeAll(buffer)
        if hasher != nil { unsafe hasher!.update(bufferPointer: buffer) }
      }
    } catch {
      throw failure(error)
    }
    count += Int64(bytes.count)
  }

  /// Waits until the bytes written are on the disk.
  package func synchronize() throws(IOFailure) {
    guard partial != nil else { return }
    if fdatasync(descriptor.rawValue) != 0 { throw failure(Errno(rawValue: errno)) }
  }

  /// Gives the file its name. The output is whole.
  package consuming func finish() throws(IOFailure) -> OutputSummary {
    try complete()
    let path = location.name
    let digest = hasher.map { hexadecimal(Array($0.finalize())) }
    return OutputSummary(name: path, bytes: count, sha256: digest)
  }

  private mutating func complete() throws(IOFailure) {
    guard isOpen else { return }
    try end()
    try partial?.publish(as: location.name)
  }

  /// Closes the file without giving it its name, for outputs that are to appear together.
  package consuming func close() throws(IOFailure) -> ClosedOutput {
    let partial = partial
    try end()
    let digest = hasher.map { hexadecimal(Array($0.finalize())) }
    let summary = OutputSummary(name: location.name, bytes: count, sha256: digest)
    return ClosedOutput(location, summary, partial)
  }

  /// Waits for the disk and closes the file. When that fails, the partial file goes.
  private mutating func end() throws(IOFailure) {
    guard isOpen else { return }
    try synchronize()
    isOpen = false
    do {
      try descriptor.close()
    } catch {
      throw failure(error)
    }
  }

  // MARK: - The system

  /// Hashes the bytes to keep and cuts off the others.
  private static func keep(
    _ kept: Int64, of file: FileDescriptor, path: String, _ hasher: inout SHA256?
  ) throws(IOFailure) {
    do {
      var buffer = [UInt8](repeating: 0, count: 1 << 20)
      var left = kept
      while left > 0 {
        let wanted = Int(min(left, Int64(buffer.count)))
        let read = try unsafe buffer.withUnsafeMutableBytes {
          try unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<wanted]))
        }
        guard read > 0 else { throw IOFailure.outputTooShort(path: path) }
        unsafe buffer.span.extracting(0..<read).withUnsafeBytes {
          unsafe hasher?.update(bufferPointer: $0)
        }
        left -= Int64(read)
      }
      guard ftruncate(file.rawValue, Int(kept)) == 0 else { throw Errno(rawValue: errno) }
    } catch {
      try? file.close()
      if let failure = error as? IOFailure { throw failure }
      throw .output(path: path, code: (error as? Errno)?.rawValue ?? EIO)
    }
  }

  private static func open(
    _ location: OutputLocation, _ access: OutputAccess, isResumed: Bool
  ) throws(IOFailure) -> (descriptor: FileDescriptor, isOwned: Bool, partial: PartialFile?) {
    guard case .file(let name) = location else { return (.standardOutput, false, nil) }
    do {
      switch OutputTarget(name) {
      case .file(let path):
        let partial = PartialFile(path: path)
        if isResumed, !isThere(partial.partialPath) {
          // A run that ended while it gave several outputs their names: take this one's back.
          _ = unsafe rename(path, partial.partialPath)
        }
        let file = try openPartial(partial.partialPath, access, isEmptied: !isResumed)
        return (file, true, partial)
      case .descriptor(let number):
        // The same open file, and so the same place in it, whatever else is written there.
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw Errno(rawValue: errno) }
        return (FileDescriptor(rawValue: copy), true, nil)
      case .stream(let path):
        let options: FileDescriptor.OpenOptions = [.append, .closeOnExec]
        return (try FileDescriptor.open(FilePath(path), .writeOnly, options: options), true, nil)
      case .unusable(let code): throw Errno(rawValue: code)
      }
    } catch {
      throw .output(path: name, code: (error as? Errno)?.rawValue ?? EIO)
    }
  }

  private static func openPartial(
    _ path: String, _ access: OutputAccess, isEmptied: Bool
  ) throws -> FileDescriptor {
    let permissions: FilePermissions =
      access == .secret ? [.ownerReadWrite] : [.ownerReadWrite, .groupRead, .otherRead]
    var options: FileDescriptor.OpenOptions = [.create, .closeOnExec]
    if isEmptied { options.insert(.truncate) }
    let file = try FileDescriptor.open(
      FilePath(path), .readWrite, options: options, permissions: permissions)
    // A file that was there before keeps its own mode otherwise.
    if fchmod(file.rawValue, permissions.rawValue) != 0 {
      let code = errno
      try? file.close()
      throw Errno(rawValue: code)
    }
    return file
  }

  private func failure(_ error: any Error) -> IOFailure {
    .output(path: location.name, code: (error as? Errno)?.rawValue ?? EIO)
  }
}

/// A regular file that is written under another name until it is whole.
struct PartialFile {
  /// The name it gets; no link.
  let path: String

  var partialPath: String { path + ".partial" }

  /// Gives the file its name.
  ///
  /// - Parameter name: what messages call it.
  func publish(as name: String) throws(IOFailure) {
    guard unsafe rename(partialPath, path) == 0 else { throw .output(path: name, code: errno) }
    synchronizeDirectory(of: path)
  }

  /// Removes the partial file, if there is one.
  func remove() {
    unsafe _ = unlink(partialPath)
  }
}

/// Lets a write to a closed pipe, or beyond the size a file may have (`ulimit -f`), fail instead of
/// ending the process.
///
/// Output may be lost then, and the caller must have a chance to say so.
private func ignoreSignalsOfWriting() {
  _ = signal(SIGPIPE, SIG_IGN)
  _ = signal(SIGXFSZ, SIG_IGN)
}

/// Makes a new name last. Directories that cannot be opened or synchronised are left alone.
func synchronizeDirectory(of path: String) {
  let directory = FilePath(path).removingLastComponent()
  let name = directory.isEmpty ? FilePath(".") : directory
  guard let file = try? FileDescriptor.open(name, .readOnly, options: .closeOnExec) else { return }
  _ = fsync(file.rawValue)
  try? file.close()
}

/// Whether there is a file of this name.
func isThere(_ path: String) -> Bool {
  unsafe access(path, F_OK) == 0
}
