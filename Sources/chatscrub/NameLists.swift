import Builtin
import Foundation
import Names
import PatternFiles
import Text

/// The dictionaries, cues and models, the user's list or compiled dictionary included.
struct NameLists: Sendable {
  let pack: NamePack
  /// What they were made from, for the digest.
  let sources: [[UInt8]]
  /// Lines of the user's list that were skipped, with the reason.
  let skipped: [String]

  /// What the build packed.
  static var builtin: NamePack.Parts {
    NamePack.Parts(
      dictionary: ConstantBytes(Builtin.dictionary), models: Builtin.models, cues: Builtin.cues,
      languages: Builtin.languages, inflections: Builtin.inflections)
  }

  /// - Parameter path: the user's list or compiled dictionary.
  /// - Throws: `PatternFileError` when it cannot be read or used.
  /// - Complexity: O(bytes of the cues), so it is done beside the rules (`Later`).
  static func load(userList path: String?) throws -> NameLists {
    let parts = builtin
    var sources = [parts.models, parts.cues, parts.languages, parts.inflections]
    var skipped: [String] = []
    var images: [DictionaryImage] = []
    var added: WordTable?
    if let path {
      switch try UserDictionary(path: path) {
      case .image(let image):
        images.append(image)
        sources.append(Array(image.digest.utf8))
      case .list(let table, let issues, let bytes):
        added = table
        skipped = issues.map { "\(path):\($0.line): \($0.reason); the line is skipped" }
        sources.append(bytes)
      }
    }
    let pack = try NamePack(parts, images: images, added: added)
    sources.append(Array(try DictionaryImage(parts.dictionary).digest.utf8))
    return NameLists(pack: pack, sources: sources, skipped: skipped)
  }
}

/// What `--dictionary` names: a compiled dictionary or a list.
enum UserDictionary {
  case image(DictionaryImage)
  case list(WordTable, [DictionaryIssue], [UInt8])

  /// - Throws: `PatternFileError` when the file cannot be read, or is a compiled dictionary that
  ///   cannot be used.
  init(path: String) throws {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw PatternFileError(file: path, message: "cannot be read")
    }
    let start = try handle.read(upToCount: 16) ?? Data()
    if start.elementsEqual(Data("chatscrub-names ".utf8)) {
      do {
        self = .image(try DictionaryImage(ConstantBytes(mapping: path)))
      } catch let error as DictionaryImageError {
        throw PatternFileError(file: path, message: error.description)
      } catch {
        throw PatternFileError(file: path, message: "cannot be mapped")
      }
      return
    }
    let rest = try handle.readToEnd() ?? Data()
    let bytes = Array(start) + Array(rest)
    try NameListFile.refuseBinary(bytes, path: path)
    var builder = DictionaryBuilder()
    let issues = builder.addUserList(bytes.span)
    self = .list(builder.table(), issues, bytes)
  }
}
