import ArgumentParser
import Foundation
import Names
import PatternFiles
import Pipeline
import Text

extension NameListKind: ExpressibleByArgument {}

/// What the entries of a list are, as typed.
enum ListedAs: String, CaseIterable, ExpressibleByArgument {
  case person, given, surname, place, organization, common, keep

  var classes: WordClasses {
    switch self {
    case .person: .person
    case .given: .given
    case .surname: .surname
    case .place: .place
    case .organization: .organization
    case .common: .common
    case .keep: .keep
    }
  }
}

/// `chatscrub names build`.
struct NamesBuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Compiles lists of names into one file for --dictionary.",
    discussion: """
      A plain list has one entry a line: entry [TAB type[,type] [TAB count [TAB language]]], with \
      the types person, given, surname, place, organization, common and keep. Other kinds of files \
      are recognised: names of the US censuses and of Social Security, GeoNames, results of \
      Wikidata's query service, hunspell and MeCab dictionaries, gettext catalogues; each may be \
      compressed (.gz, .zst). What the compiled file was made from stands in its second line.
      """)

  @Argument(help: "Lists.")
  var inputs: [String] = []

  @Option(name: [.customShort("o"), .long], help: "The compiled dictionary.")
  var output: String

  @Option(help: "The kind of all inputs, instead of recognising it.")
  var kind: NameListKind?

  @Option(name: .customLong("as"), help: "What entries are where their file does not say it.")
  var listedAs: ListedAs?

  @Option(help: "The character set of all inputs, such as EUC-JP (default: UTF-8).")
  var encoding: String?

  @Flag(help: "Also countries and languages, as ICU names them in all its languages.")
  var icu = false

  @Option(help: "The inputs' licence, for the file: once for all, or for each in their order.")
  var licence: [String] = []

  @Option(help: "The inputs' version, for the file: once for all, or for each in their order.")
  var sourceVersion: [String] = []

  func validate() throws {
    if output != "-" {
      var files = RunFiles()
      for path in inputs { files.input(path) }
      files.writes(output, "--output")
      try files.check()
    }
    if inputs.isEmpty, !icu { throw ValidationError("Give lists, or --icu.") }
    for (option, values) in [("--licence", licence), ("--source-version", sourceVersion)]
    where values.count > 1 && values.count != inputs.count {
      throw ValidationError("\(option) is given once, or once for each list.")
    }
  }

  /// What the compiled file says of one source.
  private struct Source: Encodable {
    var source: String
    var kind: String
    var bytes: Int
    var sha256: String
    var entries: Int
    var skipped: Int
    var licence: String?
    var version: String?
  }

  private struct Manifest: Encodable {
    var sources: [Source]
  }

  func run() throws {
    try failingWithTwo {
      var builder = DictionaryBuilder()
      var manifest = Manifest(sources: [])
      for (index, path) in inputs.enumerated() {
        manifest.sources.append(try read(path, number: index, into: &builder))
      }
      if icu {
        let entries = NameListFile.addICU(to: &builder)
        Console.note("ICU \(icuVersion()): countries and languages, \(entries) entries")
        manifest.sources.append(
          Source(
            source: "ICU", kind: "icu", bytes: 0, sha256: "", entries: entries, skipped: 0,
            licence: "Unicode-3.0", version: icuVersion()))
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let said = try encoder.encode(manifest)
      let table = builder.table()
      let image = DictionaryImage.compile(
        table, manifest: String(decoding: said, as: UTF8.self),
        digest: Engine.digest([Array(said)]))
      // It appears under its name when it is whole: a build that fails leaves the old file.
      var file = try OutputFile(output == "-" ? .standardOutput : .file(output))
      try file.write(image.span)
      _ = try file.finish()
      Console.note("\(output): \(table.count) entries, \(image.count) bytes")
    }
  }

  private func read(
    _ path: String, number: Int, into builder: inout DictionaryBuilder
  ) throws -> Source {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PatternFileError(file: path, message: "cannot be read")
    }
    let packed = Array(data)
    var request = NameListFile.Request()
    request.kind = kind
    request.classes = listedAs?.classes
    request.encoding = encoding
    request.affixes = try Self.affixes(beside: path)
    let file = try NameListFile(
      Self.unpacked(packed, path), path: path, request, into: &builder)
    for issue in file.issues {
      Console.note("\(path):\(issue.line): \(issue.reason); the line is skipped")
    }
    Console.note(
      "\(path): \(file.kind.name), entries: \(file.entries), skipped: \(file.skipped)")
    func own(_ values: [String]) -> String? {
      values.count > 1 ? values[number] : values.first
    }
    return Source(
      source: path, kind: file.kind.rawValue, bytes: packed.count,
      sha256: Engine.hexSHA256(packed), entries: file.entries, skipped: file.skipped,
      licence: own(licence), version: own(sourceVersion))
  }

  /// More bytes of a list are not unpacked.
  private static let unpackedMax = 512 << 20

  /// - Throws: `IOFailure` for a compressed file that is broken, `PatternFileError` for one that is
  ///   too large.
  private static func unpacked(_ bytes: [UInt8], _ path: String) throws -> [UInt8] {
    guard Codec(magic: Array(bytes.prefix(6))) != .plain else { return bytes }
    let source = try InputSource(.memory(name: path, bytes: bytes, readMax: .max))
    var text: [UInt8] = []
    while try source.read(into: &text, countMax: 16 << 20) > 0 {
      if text.count > unpackedMax {
        throw PatternFileError(file: path, message: "unpacks to more than 512 MiB")
      }
    }
    return text
  }

  /// The affix file that belongs to a hunspell dictionary: of the same name, beside it.
  ///
  /// - Throws: `IOFailure` when it is compressed and broken.
  private static func affixes(beside path: String) throws -> [UInt8]? {
    guard let suffix = [".dic", ".dic.gz"].first(where: { path.hasSuffix($0) }) else { return nil }
    let stem = String(path.dropLast(suffix.count))
    for name in [stem + ".aff", stem + ".aff.gz"] {
      if let data = FileManager.default.contents(atPath: name) {
        return try unpacked(Array(data), name)
      }
    }
    return nil
  }
}
