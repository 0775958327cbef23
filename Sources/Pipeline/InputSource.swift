internal import Crypto
internal import Glibc
internal import SystemPackage

/// Where input comes from.
package enum InputLocation: Equatable, Sendable {
  /// A file, by its path.
  case file(String)
  /// Standard input.
  case standardInput
  /// An input that can be opened only once (standard input, a pipe), open, of which these first
  /// bytes have been read.
  case opened(descriptor: Int32, name: String, first: [UInt8])
  /// Bytes in memory, given out in reads of at most `readMax` bytes. For tests.
  case memory(name: String, bytes: [UInt8], readMax: Int)

  /// The name that quarantine lines, checkpoints and messages use.
  package var name: String {
    switch self {
    case .file(let path): path
    case .standardInput: "-"
    case .opened(_, let name, _): name
    case .memory(let name, _, _): name
    }
  }

  /// The size of a regular file as it is, before it is opened.
  var byteCount: Int64? {
    switch self {
    case .file(let path):
      var status = stat()
      guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      return Int64(status.st_size)
    case .standardInput, .opened: return nil
    case .memory(_, let bytes, _): return Int64(bytes.count)
    }
  }
}

/// One input, decoded as it is read.
///
/// Compression is recognised by the first bytes of the file. A reader of plain input gets its bytes
/// from the system straight into its own buffer.
package final class InputSource {
  /// The path, `-`, or a test's name.
  package let name: String
  /// How the input is packed.
  package private(set) var codec = Codec.plain
  /// The bytes read so far, as they are in the file.
  package private(set) var rawCount: Int64 = 0
  /// The size of the file as it is, when it is a regular file.
  package private(set) var rawTotal: Int64?

  /// The open file; `nil` for memory.
  private let descriptor: FileDescriptor?
  private var ownsDescriptor: Bool
  /// Whether reads can wait for another program, so that they must watch for cancellation.
  private let canWait: Bool
  private let memory: [UInt8]
  private let memoryReadMax: Int
  private var memoryPosition = 0

  /// Bytes read from the file, but not decoded or given out yet: `held[heldStart...]`.
  private var held: [UInt8] = []
  private var heldStart = 0
  private var isAtRawEnd = false
  private var decoder: (any Decoder)?
  private var hasher = SHA256()

  /// The size of the reads from compressed files.
  private static let rawReadBytes = 256 << 10

  /// Opens an input and looks at its first bytes.
  package init(
    _ location: InputLocation, cancellation: Cancellation? = nil
  ) throws(IOFailure) {
    name = location.name
    decoder = nil
    var memory: [UInt8] = []
    var readMax = 0
    var mode: mode_t = 0
    switch location {
    case .file(let path):
      let file = try Self.open(path)
      descriptor = file
      ownsDescriptor = true
      (mode, rawTotal) = Self.status(of: file)
    case .standardInput:
      descriptor = .standardInput
      ownsDescriptor = false
      (mode, rawTotal) = Self.status(of: .standardInput)
    case .opened(let number, _, let bytes):
      let file = FileDescriptor(rawValue: number)
      descriptor = file
      ownsDescriptor = number != FileDescriptor.standardInput.rawValue
      (mode, _) = Self.status(of: file)
      held = bytes
      rawCount = Int64(bytes.count)
    case .memory(_, let bytes, let max):
      descriptor = nil
      ownsDescriptor = false
      memory = bytes
      readMax = max
      rawTotal = Int64(bytes.count)
    }
    canWait = descriptor != nil && mode & S_IFMT != S_IFREG
    self.memory = memory
    memoryReadMax = readMax
    try detectCodec(cancellation)
  }

  deinit {
    if ownsDescriptor { try? descriptor?.close() }
  }

  /// Appends at least one and at most `countMax` decoded bytes to `target`.
  ///
  /// - Returns: the number of bytes appended; 0 only at the end of the input, or when the run was
  ///   cancelled while this waited.
  package func read(
    into target: inout [UInt8], countMax: Int, cancellation: Cancellation? = nil
  ) throws(IOFailure) -> Int {
    let before = target.count
    guard decoder != nil else {
      if heldStart < held.count {
        let count = min(countMax, held.count - heldStart)
        let source = held
        target.append(source.span, heldStart..<heldStart + count)
        heldStart += count
        return count
      }
      return try readRaw(into: &target, countMax: countMax, cancellation)
    }
    while target.count == before {
      if heldStart == held.count, !isAtRawEnd {
        held.removeAll(keepingCapacity: true)
        heldStart = 0
        if try readRaw(into: &held, countMax: Self.rawReadBytes, cancellation) == 0, !isAtRawEnd {
          return 0
        }
      }
      // At the end the decoder is asked once more: it may still hold decoded bytes.
      let source = held
      do throws(CodecProblem) {
        heldStart += try decoder!.decode(
          source.span.extracting(droppingFirst: heldStart), into: &target, countMax: countMax)
        if isAtRawEnd, heldStart == held.count, target.count == before {
          guard decoder!.isComplete else { throw .truncated }
          return 0
        }
      } catch {
        throw .compressed(path: name, problem: error)
      }
    }
    return target.count - before
  }

  /// Appends bytes as they are in the file, whatever its codec: for looking at the beginning of an
  /// input that cannot be opened twice.
  ///
  /// - Returns: the number of bytes; 0 at the end.
  package func readRawPrefix(
    into target: inout [UInt8], cancellation: Cancellation?
  ) throws(IOFailure) -> Int {
    if heldStart < held.count {
      let source = held
      target.append(source.span, heldStart..<held.count)
      defer { heldStart = held.count }
      return held.count - heldStart
    }
    return try readRaw(into: &target, countMax: Self.rawReadBytes, cancellation)
  }

  /// Gives the open file away, so that it outlives this object: its bytes cannot be had twice.
  package func releaseDescriptor() -> Int32? {
    ownsDescriptor = false
    return descriptor?.rawValue
  }

  /// SHA-256 of the bytes read so far, as they are in a compressed file.
  ///
  /// Plain bytes are not hashed here, because whoever reads them may want to hash the same bytes.
  package func compressedDigest() -> [UInt8] {
    Array(hasher.finalize())
  }

  // MARK: - The file

  private static func open(_ path: String) throws(IOFailure) -> FileDescriptor {
    do {
      var options: FileDescriptor.OpenOptions = [.closeOnExec]
      var status = stat()
      // To open a pipe waits for its writer, and no signal would end that: `waitForBytes` does.
      let isPipe = unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
      if isPipe { options.insert(.nonBlocking) }
      let file = try FileDescriptor.open(FilePath(path), .readOnly, options: options)
      if isPipe {
        _ = fcntl(file.rawValue, F_SETFL, fcntl(file.rawValue, F_GETFL) & ~O_NONBLOCK)
      }
      if unsafe fstat(file.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        try? file.close()
        throw Errno.isDirectory
      }
      // The whole file is read once, from its start. This is advice, its failure means nothing.
      _ = posix_fadvise(file.rawValue, 0, 0, POSIX_FADV_SEQUENTIAL)
      return file
    } catch {
      throw .input(path: path, code: (error as? Errno)?.rawValue ?? EIO)
    }
  }

  /// The kind of a file, and its size if it is a regular one.
  private static func status(of file: FileDescriptor) -> (mode_t, Int64?) {
    var status = stat()
    guard unsafe fstat(file.rawValue, &status) == 0 else { return (0, nil) }
    return (status.st_mode, status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : nil)
  }

  private func detectCodec(_ cancellation: Cancellation?) throws(IOFailure) {
    while held.count < 6, !isAtRawEnd {
      let count = try readRaw(into: &held, countMax: Self.rawReadBytes, cancellation)
      if count == 0, !isAtRawEnd { return }
    }
    codec = Codec(magic: held)
    guard codec != .plain else { return }
    let bytes = held
    unsafe bytes.span.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    do throws(CodecProblem) {
      decoder = codec == .gzip ? try GzipDecoder() : try ZstdDecoder()
    } catch {
      throw .compressed(path: name, problem: error)
    }
  }

  /// Appends bytes of the file as they are. Returns 0 at the end, or when cancelled.
  private func readRaw(
    into target: inout [UInt8], countMax: Int, _ cancellation: Cancellation?
  ) throws(IOFailure) -> Int {
    let before = target.count
    if let descriptor {
      if canWait, try !waitForBytes(descriptor, cancellation) { return 0 }
      var code: Int32 = 0
      target.append(addingCapacity: countMax) { (output: inout OutputSpan<UInt8>) in
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
          do {
            // The system writes at most `countMax` bytes, and the buffer is at least that large.
            let room = UnsafeMutableRawBufferPointer(buffer)
            count = try unsafe descriptor.read(
              into: UnsafeMutableRawBufferPointer(rebasing: room[..<countMax]))
          } catch {
            code = (error as? Errno)?.rawValue ?? EIO
          }
        }
      }
      if code != 0 { throw .input(path: name, code: code) }
    } else {
      let end = min(memory.count, memoryPosition + min(countMax, memoryReadMax))
      let source = memory
      target.append(source.span, memoryPosition..<end)
      memoryPosition = end
    }
    let count = target.count - before
    rawCount += Int64(count)
    isAtRawEnd = count == 0
    if decoder != nil {
      unsafe target.span.extracting(before..<target.count).withUnsafeBytes {
        unsafe hasher.update(bufferPointer: $0)
      }
    }
    return count
  }

  /// Waits until a pipe or a terminal has bytes, a named pipe also until it has a writer. Returns
  /// false when the run was cancelled.
  private func waitForBytes(
    _ file: FileDescriptor, _ cancellation: Cancellation?
  ) throws(IOFailure) -> Bool {
    while cancellation?.wasRequested != true {
      var request = pollfd(fd: file.rawValue, events: Int16(POLLIN), revents: 0)
      // A tenth of a second is how late a cancellation may be noticed.
      let count = unsafe poll(&request, 1, 100)
      // Errors and hang-ups are left to the read that follows.
      if count > 0 || (count < 0 && errno != EINTR) { return true }
    }
    return false
  }
}
