import Foundation
import Glibc

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

  /// Whether two paths are one file that exists.
  static func areSame(_ left: String, _ right: String) -> Bool {
    guard let first = identity(left), let second = identity(right) else { return false }
    return first == second
  }

  /// Whether a path is a regular file, or nothing yet.
  static func isRegularOrNew(_ path: String) -> Bool {
    var status = stat()
    // SAFETY: the path is copied for the call, and the status is written during it.
    return unsafe stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }

  private static func identity(_ path: String) -> [UInt64]? {
    var status = stat()
    // SAFETY: as above.
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return [UInt64(status.st_dev), UInt64(status.st_ino)]
  }
}
