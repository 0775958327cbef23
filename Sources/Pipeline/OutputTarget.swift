internal import Glibc

/// What the path of an output leads to, behind all links.
///
/// A link is followed and stays: what it leads to is written.
package enum OutputTarget: Equatable, Sendable {
  /// A regular file, or none yet, by a path that is no link itself.
  case file(String)
  /// A descriptor of this process by its number: `/dev/stdout`, `/dev/fd/3`.
  case descriptor(Int32)
  /// A device, a pipe, a descriptor of another process: by a path that is no link itself.
  case stream(String)
  /// Nothing that can be written, with the system's reason.
  case unusable(Int32)

  /// As many links in a row as the system follows.
  private static let linksMax = 40

  /// Follows the links of a path; nothing is opened.
  package init(_ path: String) {
    var path = path
    for _ in 0...Self.linksMax {
      if let number = Self.descriptor(path) {
        self = number.isOwn ? .descriptor(number.value) : .stream(path)
        return
      }
      guard let link = Self.link(path) else {
        self = Self.isRegularOrNew(path) ? .file(path) : .stream(path)
        return
      }
      guard let text = String(validating: link, as: UTF8.self) else {
        self = .unusable(EILSEQ)
        return
      }
      let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
      let directory = slash.map { path[...$0] } ?? ""
      path = text.utf8.first == UInt8(ascii: "/") ? text : directory + text
    }
    self = .unusable(ELOOP)
  }

  /// The number a path below `/proc/…/fd` has, and whether it is one of this process's.
  ///
  /// What stands behind it is asked for by number and never by name: the name is that of a file
  /// that somebody else has open, which must not be replaced.
  private static func descriptor(_ path: String) -> (value: Int32, isOwn: Bool)? {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let name = parts.last, let value = Int32(Substring(name)), value >= 0 else { return nil }
    let directory = path.dropLast(name.count)
    guard let real = realPath(directory.isEmpty ? "." : String(directory)) else { return nil }
    // `/proc/7/fd`, or `/proc/7/task/8/fd`.
    let folders = real.split(separator: "/")
    guard folders.count >= 3, folders.first == "proc", folders.last == "fd",
      let process = Int32(folders[1])
    else { return nil }
    return (value, process == getpid())
  }

  /// What a link says; `nil` for what is no link.
  private static func link(_ path: String) -> [UInt8]? {
    var text = [UInt8](repeating: 0, count: Int(PATH_MAX))
    // SAFETY: the system writes at most as many bytes as the buffer has.
    let count = unsafe text.withUnsafeMutableBytes { buffer in
      unsafe readlink(
        path, buffer.baseAddress!.assumingMemoryBound(to: CChar.self), buffer.count)
    }
    return count < 0 ? nil : Array(text[..<count])
  }

  private static func isRegularOrNew(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: the path is copied for the call, and the status is written during it.
    return unsafe stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }
}

extension OutputLocation {
  /// Whether this is a regular file, or none yet: one that gets its name when it is whole.
  package var isRegular: Bool {
    guard case .file(let path) = self, case .file = OutputTarget(path) else { return false }
    return true
  }

  /// The path of the file itself, where the name is a link.
  package var filePath: String {
    guard case .file(let path) = self, case .file(let real) = OutputTarget(path) else {
      return name
    }
    return real
  }
}

/// A path without links, `.` and `..`; `nil` when there is nothing of that name.
package func realPath(_ path: String) -> String? {
  // SAFETY: what is returned ends with a zero, and is ours to free.
  guard let found = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(found) }
  return unsafe String(cString: found)
}
