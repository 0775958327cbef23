import Builtin
import Foundation
import Names
import PatternFiles
import Text

/// The dictionaries and cues, the user's list included.
struct NameLists: Sendable {
  let dictionary: NameDictionary
  let cues: Cues
  /// What they were made from, for the digest.
  let sources: [[UInt8]]
  /// Lines of the user's list that were skipped, with the reason.
  let skipped: [String]

  /// - Parameter path: the user's list.
  /// - Throws: `PatternFileError` when it cannot be read.
  /// - Complexity: the longest part of the start, so it is done beside the rules (`Later`).
  static func load(userList path: String?) throws -> NameLists {
    var builder = DictionaryBuilder()
    var sources: [[UInt8]] = []
    let lists: [([UInt8], WordClasses, Int)] = [
      (Builtin.given, .given, 2), (Builtin.surnames, .surname, 2), (Builtin.places, .place, 4),
      (Builtin.commonWords, .common, 5),
    ]
    for (list, classes, bucket) in lists {
      builder.addList(list.span, classes: classes, bucket: bucket)
      sources.append(list)
    }
    sources.append(Builtin.cues)
    let cues = try Cues(file: Builtin.cues, into: &builder)
    var skipped: [String] = []
    if let path {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw PatternFileError(file: path, message: "cannot be read")
      }
      let list = Array(data)
      for issue in builder.addUserList(list.span) {
        skipped.append("\(path):\(issue.line): \(issue.reason); the line is skipped")
      }
      sources.append(list)
    }
    return NameLists(dictionary: builder.build(), cues: cues, sources: sources, skipped: skipped)
  }
}
