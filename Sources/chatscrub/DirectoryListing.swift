import Glibc
import Pipeline

/// A file or directory whose name is no text, so that nothing can name it.
struct UnreadableName: Error, Equatable, CustomStringConvertible {
  /// The path with the bytes that are no UTF-8 as `\xE9`.
  let path: String

  var description: String { "cannot read \(path): its name is not UTF-8" }

  init(_ bytes: [UInt8]) {
    var text = ""
    var rest = bytes[...]
    while let first = rest.first {
      // A character has four bytes at most; the first of its length that is one is it.
      let length = (1...4).first { String(validating: rest.prefix($0), as: UTF8.self) != nil }
      if let length {
        text += String(decoding: rest.prefix(length), as: UTF8.self)
      } else {
        let digits = String(first, radix: 16, uppercase: true)
        text += "\\x" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
      rest = rest.dropFirst(length ?? 1)
    }
    path = text
  }
}

/// The files in and below a directory that are data.
struct DirectoryListing {
  /// Paths below the directory, in order.
  private(set) var names: [String] = []
  /// Files that hold records which were kept back.
  private(set) var quarantineCount = 0
  /// Files that an earlier run wrote.
  private(set) var outputCount = 0

  private let root: String
  /// The directory that is written to, as `realPath` gives it.
  private let excluded: String?

  private static let suffixes = [".jsonl", ".ndjson", ".json"]

  /// Lists a directory: regular files, and links to them. Links to directories are not followed.
  ///
  /// - Parameter output: the directory that is written to; what is in it is left out.
  /// - Throws: `IOFailure` for a directory or a file that cannot be read, `UnreadableName`.
  init(_ root: String, besides output: String?) throws {
    self.root = root
    excluded = output.flatMap(realPath)
    try list("", isOutput: false)
    names.sort()
  }

  private mutating func list(_ folder: String, isOutput: Bool) throws {
    let path = folder.isEmpty ? root : Paths.join(root, folder)
    // The directory that is written to may also be the one that is read; then names decide.
    let isOutput = isOutput || (!folder.isEmpty && excluded != nil && realPath(path) == excluded)
    for bytes in try Self.entries(path) {
      guard let name = String(validating: bytes, as: UTF8.self) else {
        let whole = Array(Paths.join(path, "").utf8) + bytes
        if try Self.isDirectory(whole) || Self.isData(String(decoding: bytes, as: UTF8.self)) {
          throw UnreadableName(whole)
        }
        continue
      }
      let relative = Paths.join(folder, name)
      let full = Paths.join(path, name)
      if try Self.isDirectory(Array(full.utf8)) {
        try list(relative, isOutput: isOutput)
      } else if Self.isData(name), try Self.isRegular(full) {
        if isOutput {
          outputCount += 1
        } else if Self.isQuarantine(name) {
          quarantineCount += 1
        } else {
          try Self.checkAccess(full)
          names.append(relative)
        }
      }
    }
  }

  private static func isData(_ name: String) -> Bool {
    let stem = stem(name)
    return suffixes.contains { stem.hasSuffix($0) }
  }

  /// Whether a file has the name of a quarantine file, beside an output or where there was none.
  private static func isQuarantine(_ name: String) -> Bool {
    stem(name).hasSuffix(".quarantine.jsonl") || name.hasPrefix(ScrubFiles.looseQuarantineStem)
  }

  /// The name without the suffix of its compression.
  private static func stem(_ name: String) -> String {
    for codec in [".gz", ".zst"] where name.hasSuffix(codec) {
      return String(name.dropLast(codec.count))
    }
    return name
  }

  // MARK: - The system

  /// The names in a directory, as bytes.
  private static func entries(_ path: String) throws -> [[UInt8]] {
    guard let directory = unsafe opendir(path) else {
      throw IOFailure.input(path: path, code: errno)
    }
    defer { unsafe _ = closedir(directory) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(directory) else { break }
      // SAFETY: the name ends with a zero and stays where it is until the next call.
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      if name != [46], name != [46, 46] { names.append(name) }
    }
    if errno != 0 { throw IOFailure.input(path: path, code: errno) }
    return names
  }

  private static func isDirectory(_ path: [UInt8]) throws -> Bool {
    var status = stat()
    // SAFETY: the path ends with a zero, and the status is written during the call.
    let result = unsafe (path + [0]).withUnsafeBytes { bytes in
      unsafe lstat(bytes.baseAddress!.assumingMemoryBound(to: CChar.self), &status)
    }
    if result != 0 {
      throw IOFailure.input(path: String(decoding: path, as: UTF8.self), code: errno)
    }
    return status.st_mode & S_IFMT == S_IFDIR
  }

  private static func isRegular(_ path: String) throws -> Bool {
    var status = stat()
    // SAFETY: the path is copied for the call, and the status is written during it.
    if unsafe stat(path, &status) != 0 { throw IOFailure.input(path: path, code: errno) }
    return status.st_mode & S_IFMT == S_IFREG
  }

  private static func checkAccess(_ path: String) throws {
    // SAFETY: the path is copied for the call.
    if unsafe access(path, R_OK) != 0 { throw IOFailure.input(path: path, code: errno) }
  }
}
