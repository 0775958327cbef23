import Foundation

/// Messages to standard error. None holds a value of the input.
enum Console {
  static func note(_ message: String) {
    // A message that cannot be written is no reason to stop.
    try? FileHandle.standardError.write(
      contentsOf: Data("chatscrub: \(escaped(message))\n".utf8))
  }

  static func error(_ message: String) {
    note("error: \(message)")
  }

  /// A message on one line: names of files may hold line endings and other control characters,
  /// which are written as `\u{A}`.
  static func escaped(_ message: String) -> String {
    var text = ""
    for scalar in message.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator:
        text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
