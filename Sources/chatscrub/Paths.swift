import Glibc
import Pipeline

/// Paths as text, split at their slashes. (Foundation's `NSString` paths trap on names of one
/// character here.)
enum Paths {
  /// The part before the last slash; `nil` when there is none.
  static func directory(of path: String) -> String? {
    guard let slash = path.lastIndex(of: "/") else { return nil }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The part behind the last slash.
  static func name(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return path }
    return String(path[path.index(after: slash)...])
  }

  static func join(_ directory: String, _ name: String) -> String {
    directory.isEmpty || directory.hasSuffix("/") ? directory + name : directory + "/" + name
  }

  /// Whether a path is a regular file, or nothing yet.
  static func isRegularOrNew(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: the path is copied for the call, and the status is written during it.
    return unsafe stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }

  /// Whether anything is there.
  static func isThere(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: as above.
    return unsafe stat(path, &status) == 0
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: as above.
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The path without links, `.` and `..` in its directory; the last part need not exist, nor
  /// must directories that are yet to be made.
  static func resolved(_ path: String) -> String {
    let name = name(of: path)
    let folder = directory(of: path) ?? "."
    guard let real = realPath(folder) else {
      // The root and the working directory exist.
      if folder == "/" || folder == "." { return path }
      return resolved(name, below: resolved(folder))
    }
    return resolved(name, below: real)
  }

  private static func resolved(_ name: String, below folder: String) -> String {
    switch name {
    case "", ".": folder
    case "..": directory(of: folder) ?? folder
    default: join(folder, name)
    }
  }
}

/// A file by what it is, whatever path leads to it.
enum FileIdentity: Hashable {
  case existing(device: UInt64, inode: UInt64)
  /// By the path without links where it will be.
  case new(String)

  /// `nil` for what is no regular file: devices and pipes may be used twice.
  init?(_ path: String) {
    // A directory that is yet to be made may be on the way to a file that exists: `new/../file`.
    let path = Paths.resolved(path)
    var status = stat()
    // SAFETY: the path is copied for the call, and the status is written during it.
    guard unsafe stat(path, &status) == 0 else {
      self = .new(path)
      return
    }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    self = .existing(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }
}
