import Foundation
package import Names
internal import Text

/// The name lists of a directory: which file holds words of which classes.
package enum NameSource {
  /// A list, what its entries are, the bucket of those that name none, and whether they are words
  /// of other languages than English alone.
  package struct List: Sendable {
    package let file: String
    package let classes: WordClasses
    package let bucket: Int
    package var isForeign = false
  }

  /// The lists in the order of their files.
  package static let lists = [
    List(file: "given.txt", classes: .given, bucket: 2),
    List(file: "surname.txt", classes: .surname, bucket: 2),
    List(file: "person.txt", classes: .given, bucket: 2),
    List(file: "han_given.txt", classes: .given, bucket: 2),
    List(file: "hangul_given.txt", classes: .given, bucket: 2),
    List(file: "place.txt", classes: .place, bucket: 4),
    List(file: "organization.txt", classes: .organization, bucket: 3),
    List(file: "demonym.txt", classes: .demonym, bucket: 4),
    List(file: "common.txt", classes: .common, bucket: 5),
    List(file: "common_foreign.txt", classes: .common, bucket: 5, isForeign: true),
  ]

  /// Reads the lists and the cues of a directory into one table.
  ///
  /// - Throws: `PatternFileError` when a list or the cues cannot be read.
  /// - Complexity: O(bytes of the lists).
  package static func table(directory: String) throws -> (table: WordTable, manifest: String) {
    var builder = DictionaryBuilder()
    var counts: [String] = []
    for list in lists {
      let bytes = try bytes(of: "\(directory)/\(list.file)")
      builder.addList(
        bytes.span, classes: list.classes, bucket: list.bucket, isForeign: list.isForeign)
      counts.append("{\"list\":\"\(list.file)\",\"bytes\":\(bytes.count)}")
    }
    let cues = "\(directory)/cues.tsv"
    do {
      _ = try Cues(file: bytes(of: cues), into: &builder)
    } catch let error as CueFileError {
      throw PatternFileError(file: cues, line: error.line, message: "not a cue")
    }
    return (builder.table(), "{\"lists\":[\(counts.joined(separator: ","))]}")
  }

  /// A digest of 64 bits over the lists and the cues, each with its length before it, in
  /// hexadecimal. It tells dictionaries apart; nobody is kept by it from making two alike.
  package static func digest(directory: String) throws -> String {
    var hash = ByteHash()
    for file in lists.map(\.file) + ["cues.tsv"] {
      let data = FileManager.default.contents(atPath: "\(directory)/\(file)") ?? Data()
      for byte in "\(data.count):".utf8 { hash.combine(byte) }
      for byte in data { hash.combine(byte) }
    }
    let digits = String(hash.finalize(), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The models of `models/` below a directory, the one for all languages first.
  ///
  /// - Throws: `PatternFileError` with the line.
  package static func models(
    directory: String
  ) throws -> [(group: String, file: NameModelFile)] {
    let folder = "\(directory)/models"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    var models: [(group: String, file: NameModelFile)] = []
    for name in names where name.hasSuffix(".tsv") {
      do {
        let file = try NameModelFile(file: bytes(of: "\(folder)/\(name)"))
        models.append((String(name.dropLast(4)), file))
      } catch let error as NameModelFileError {
        throw PatternFileError(file: "\(folder)/\(name)", line: error.line, message: error.reason)
      }
    }
    return models.sorted { first, second in
      let firstIsGeneral = first.file.languages == ["*"]
      let secondIsGeneral = second.file.languages == ["*"]
      return firstIsGeneral == secondIsGeneral ? first.group < second.group : firstIsGeneral
    }
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PatternFileError(file: path, message: "cannot be read")
    }
    return Array(data)
  }
}
