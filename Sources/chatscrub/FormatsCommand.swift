import ArgumentParser
import Builtin
import Foundation
import PatternFiles
import Pipeline
import Records

/// `chatscrub formats`.
struct FormatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formats",
    abstract: "Shows, checks and proposes chat formats.",
    subcommands: [
      FormatsListCommand.self, FormatsShowCommand.self, FormatsCheckCommand.self,
      FormatsInferCommand.self,
    ])
}

/// `chatscrub formats list`.
struct FormatsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the formats: name, what it is.")

  @Option(help: "A folder laid out as Patterns/, used instead of the built-in formats.")
  var patterns: String?

  func run() throws {
    try failingWithTwo {
      let formats =
        try patterns.map { try PatternPack.formatFiles(in: $0 + "/formats").map(\.definition) }
        ?? PatternPack(common: Builtin.patterns, regional: nil).formats
      let width = formats.map(\.name.count).max() ?? 0
      for format in formats {
        let pad = String(repeating: " ", count: width - format.name.count)
        print("\(format.name)\(pad)  \(RuleText.oneLine(format.about))")
      }
    }
  }
}

/// `chatscrub formats show`.
struct FormatsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows a format's file: what is text, an identifier, kept.")

  @Option(help: "A folder laid out as Patterns/, used instead of the built-in formats.")
  var patterns: String?

  @Argument(help: "The format's name, as `formats list` has it.")
  var name: String

  func run() throws {
    try failingWithTwo {
      let texts = try Self.texts(patterns)
      guard let text = texts[name] else {
        throw PatternFileError(
          file: name, message: "there is no format of that name; see `formats list`")
      }
      print(text, terminator: "")
    }
  }

  private static func texts(_ patterns: String?) throws -> [String: String] {
    guard let patterns else {
      return try JSONDecoder().decode([String: String].self, from: Data(Builtin.formatFiles))
    }
    var texts: [String: String] = [:]
    for file in try PatternPack.formatFiles(in: patterns + "/formats") {
      let name = file.definition.name
      texts[name] = try String(
        contentsOfFile: "\(patterns)/formats/\(name).yaml", encoding: .utf8)
    }
    return texts
  }
}

/// `chatscrub formats check`.
struct FormatsCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reads format files and tries their examples; a line for each problem, exit 2.")

  @Argument(help: "Format files.")
  var paths: [String]

  func run() throws {
    try failingWithTwo {
      var problems: [PatternFileError] = []
      var examples = 0
      for path in paths {
        let stem = Paths.name(of: path).split(separator: ".").dropLast().joined(separator: ".")
        do {
          let file = try FormatFile(path: path, name: stem, file: path)
          let proof = try FormatProof(file.definition, file.document, file: path)
          problems += proof.problems
          examples += proof.count
        } catch let error as PatternFileError {
          problems.append(error)
        }
      }
      for problem in problems { print(problem) }
      Console.note(
        "formats: \(paths.count), examples: \(examples), problems: \(problems.count)")
      if !problems.isEmpty { throw Failure.two }
    }
  }
}

/// `chatscrub formats infer`.
struct FormatsInferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer",
    abstract: "Proposes a format file from the shape of a data set; no value is shown.")

  @Option(help: "The format's name.")
  var name = "proposed"

  @Option(help: "How many records are looked at.")
  var records = 1000

  @Option(help: "How records are held together: auto, lines, array, values, csv, ssv, tsv.")
  var container = "auto"

  @Argument(help: "A file of the data set.")
  var input: String

  func run() throws {
    guard container == "auto" || Container(rawValue: container) != nil else {
      throw ValidationError("--container is auto, lines, array, values, csv, ssv or tsv.")
    }
    do {
      var inference = try FormatInference()
      var options = ReaderOptions()
      options.container = Container(rawValue: container)
      let reader = try BatchReader([.file(input)], options: options)
      var batch = Batch()
      while inference.records + inference.broken < records, try reader.next(&batch) {
        for slice in batch.records where inference.records + inference.broken < records {
          // The first row of a table names its columns.
          if slice.number == 1, !batch.columns.isEmpty { continue }
          inference.add(
            Array(batch.bytes[slice.range]), layout: batch.container.layout,
            columns: batch.columns)
        }
      }
      if inference.broken > 0 {
        Console.note("records that could not be read: \(inference.broken)")
      }
      guard inference.records > 0 else {
        Console.error("\(input): there is nothing to infer a format from")
        throw Failure.two
      }
      print(inference.yaml(name: name), terminator: "")
    } catch let error as IOFailure {
      Console.error("\(error)")
      throw Failure.two
    }
  }
}
