import Dispatch
import Foundation
import Names
import PatternFiles
import Rules
import Synchronization

/// Packs `Patterns/` into a Swift file: `packpatterns PATTERNS OUTPUT`, or what is in
/// `Patterns/names/` with `packpatterns --names PATTERNS OUTPUT`. Run by the build; a pattern file
/// that is wrong fails the build with its place.
@main
enum Pack {
  static func main() {
    do {
      if CommandLine.arguments[1] == "--names" {
        try packNames(CommandLine.arguments[2] + "/names", into: CommandLine.arguments[3])
        return
      }
      let patterns = CommandLine.arguments[1]
      let pack = try PatternPack(directory: patterns)
      // A rule that is refused is refused here, not when the command starts.
      let files = try PatternPack.ruleFiles(in: patterns + "/rules")
      try lint(files, tables: pack.tables)
      var source = "// Made by packpatterns from Patterns/. Not to be edited.\n\n"
      let packed = try pack.packedApart()
      source += declaration("packedPatterns", String(decoding: packed.common, as: UTF8.self))
      source += declaration("packedRegional", String(decoding: packed.regional, as: UTF8.self))
      source += declaration(
        "packedDocuments", try RuleDocument.packed(files.map(RuleDocument.init)))
      source += declaration("packedFormatFiles", try formatFiles(patterns + "/formats"))
      try source.write(toFile: CommandLine.arguments[2], atomically: true, encoding: .utf8)
    } catch {
      FileHandle.standardError.write(Data("packpatterns: error: \(error)\n".utf8))
      exit(1)
    }
  }

  /// Compiles the dictionary, and packs the models, cues and the other tables beside it.
  private static func packNames(_ directory: String, into path: String) throws {
    let (table, manifest) = try NameSource.table(directory: directory)
    let image = DictionaryImage.compile(
      table, manifest: manifest, digest: try NameSource.digest(directory: directory))
    var source = "// Made by packpatterns from Patterns/names/. Not to be edited.\n\n"
    source += declaration("packedDictionary", String(decoding: image, as: UTF8.self))
    let models = try NameSource.models(directory: directory).map { group, file in
      "\(group)\t\(file.languages.joined(separator: " "))\t\(file.model.packed)"
    }
    source += declaration("packedModels", models.joined(separator: "\n"))
    for name in ["cues", "languages", "inflections"] {
      guard let data = FileManager.default.contents(atPath: "\(directory)/\(name).tsv") else {
        throw PatternFileError(file: "names/\(name).tsv", message: "cannot be read")
      }
      source += declaration("packed_\(name)", String(decoding: data, as: UTF8.self))
    }
    let list = "\(directory)/public_figures.txt"
    guard let figures = FileManager.default.contents(atPath: list) else {
      throw PatternFileError(file: "names/public_figures.txt", message: "cannot be read")
    }
    source += declaration("packedFigures", String(decoding: figures, as: UTF8.self))
    try source.write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// The format files as they are, for `formats show`, as JSON.
  private static func formatFiles(_ directory: String) throws -> String {
    var texts: [String: String] = [:]
    for file in try PatternPack.formatFiles(in: directory) {
      let name = file.document.name
      texts[name] = try String(contentsOfFile: "\(directory)/\(name).yaml", encoding: .utf8)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(texts), as: UTF8.self)
  }

  /// Looks at the rules on all cores.
  ///
  /// - Throws: all problems, in the order of the files.
  private static func lint(_ files: [RuleFile], tables: ValidatorTables) throws {
    let found = Mutex<[Int: [PatternFileError]]>([:])
    DispatchQueue.concurrentPerform(iterations: files.count) { index in
      let problems = RuleLint.problems(in: files[index], tables: tables)
      if !problems.isEmpty { found.withLock { $0[index] = problems } }
    }
    let problems = found.withLock { $0.sorted { $0.key < $1.key }.flatMap(\.value) }
    if !problems.isEmpty { throw Refused(problems: problems) }
  }

  /// What is wrong with the rules, a line each.
  private struct Refused: Error, CustomStringConvertible {
    let problems: [PatternFileError]
    var description: String { problems.map(\.description).joined(separator: "\n") }
  }

  /// A constant holding a text as it is: no line of the files begins with three quotes and five
  /// number signs.
  private static func declaration(_ name: String, _ text: String) -> String {
    "package let \(name): StaticString = #####\"\"\"\n\(text)\n\"\"\"#####\n\n"
  }
}
