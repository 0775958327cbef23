import Foundation

/// Messages to standard error. None holds a value of the input.
enum Console {
  static func note(_ message: String) {
    FileHandle.standardError.write(Data("chatscrub: \(message)\n".utf8))
  }

  static func error(_ message: String) {
    note("error: \(message)")
  }
}
