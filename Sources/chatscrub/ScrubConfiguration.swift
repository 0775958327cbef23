import ArgumentParser
import Builtin
import Foundation
import Names
import PatternFiles
import Pipeline
import Records
import Redact

/// Where `redact` writes.
enum Destination: Equatable {
  case standardOutput
  case file(String)
  case directory(String)
}

/// Which command, with what only it has.
enum ScrubCommand: Equatable {
  case redact(Destination, resumes: Bool)
  case scan
  /// The rows go elsewhere first; this is where the collection goes.
  case unify(OutputLocation)

  /// What reports call it.
  var name: String {
    switch self {
    case .redact: "redact"
    case .scan: "scan"
    case .unify: "unify"
    }
  }
}

/// One output and the inputs that go into it.
struct ScrubUnit {
  var inputs: [InputLocation]
  /// `nil` when no data are written.
  var output: OutputLocation?
}

/// What a run does, decided: everything after this is valid and does not change.
struct ScrubConfiguration {
  let flags: ScrubFlags
  let command: ScrubCommand
  let sarif: String?
  let units: [ScrubUnit]
  let policy: PolicyDefinition
  let keys: Keyring?
  let engine: Engine
  let formats: [FormatDefinition]
  /// What `--format` names: `auto`, or one of `formats`.
  let formatName: String
  /// How the records of all inputs are held together; `nil`: each is looked at.
  let container: Container?
  let jobs: Int
  let resumes: Bool
  /// Where quarantined records go when there is no output file to put them beside.
  let looseQuarantine: String

  /// - Throws: `ValidationError` for what the user has to change (exit 64), other errors for
  ///   files that are wrong (exit 2).
  init(_ flags: ScrubFlags, command: ScrubCommand, sarif: String?) throws {
    self.flags = flags
    self.command = command
    self.sarif = sarif
    jobs = flags.jobs ?? ProcessInfo.processInfo.activeProcessorCount
    guard jobs >= 1, jobs <= 1024 else { throw ValidationError("--jobs is 1 to 1024.") }
    guard flags.batchBytes >= 1, flags.maxRecordBytes >= 1, flags.maxDepth >= 1 else {
      throw ValidationError("Sizes and depths are at least 1.")
    }
    if let threshold = flags.threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold is 0 to 1.")
    }
    if flags.showValues, flags.findings == nil {
      throw ValidationError("--show-values needs --findings.")
    }
    let dictionary = flags.dictionary
    let lists = Later { try NameLists.load(userList: dictionary) }
    let pack: PatternPack
    let packed: [[UInt8]]
    if let folder = flags.patterns {
      pack = try PatternPack(directory: folder)
      packed = [try pack.packed()]
    } else {
      packed = [Builtin.patterns, Builtin.regionalRules]
      // A user's rules are compared with all of them.
      let needsAll = flags.regions != nil || flags.rules != nil
      pack = try PatternPack(common: packed[0], regional: needsAll ? packed[1] : nil)
    }
    if let path = flags.groupBy {
      do { _ = try FieldPath(parsing: path) } catch {
        throw ValidationError("--group-by: \(error.message).")
      }
    }
    let userFormat = try Self.userFormat(flags.format)
    formats = pack.formats + (userFormat.map { [$0] } ?? [])
    let formatName = userFormat?.name ?? flags.format
    self.formatName = formatName
    container = try Self.container(flags, formats, named: formatName)
    policy = try Self.policy(flags.policy, presets: pack.policies)
    keys = try flags.keyFile.map(Self.key)
    if keys == nil, policy.entities.values.contains(.hash) || policy.fallback == .hash {
      throw ValidationError("The policy's operator `hash` needs --key-file.")
    }
    if formatName != "auto", !formats.contains(where: { $0.name == formatName }) {
      let known = formats.map(\.name).joined(separator: ", ")
      throw ValidationError("There is no format of that name; there are auto, \(known).")
    }
    units = try Self.units(Inputs.find(flags.inputs), command: command)
    try Self.checkPaths(flags, units, sarif: sarif)
    looseQuarantine = Self.freeQuarantineName()
    if case .redact(_, let resumes) = command { self.resumes = resumes } else { resumes = false }
    if resumes, units.contains(where: { $0.inputs.contains(.standardInput) }) {
      throw ValidationError("--resume cannot read standard input again.")
    }
    engine = try Engine(flags, policy: policy, pack: pack, patterns: packed, lists: lists)
    try Self.checkTypes(policy, engine.entityTypes)
  }

  /// A type that nothing finds is a slip of the pen, and with `default: keep` a leak.
  private static func checkTypes(_ policy: PolicyDefinition, _ known: Set<String>) throws {
    for type in Set(policy.entities.keys).union(policy.thresholds.keys).sorted() {
      let isKnown =
        type.hasSuffix("*")
        ? known.contains { $0.hasPrefix(type.dropLast()) } : known.contains(type)
      if !isKnown, type != "ORGANIZATION" {
        throw PatternFileError(
          file: policy.name, message: "nothing finds the entity type \(type)")
      }
    }
  }

  /// The format of a file that `--format` names.
  private static func userFormat(_ name: String) throws -> FormatDefinition? {
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { return nil }
    let stem = Paths.name(of: name).split(separator: ".").dropLast().joined(separator: ".")
    return try FormatFile(path: name, name: stem, file: name).definition
  }

  private static func container(
    _ flags: ScrubFlags, _ formats: [FormatDefinition], named name: String
  ) throws -> Container? {
    var container: Container?
    if flags.container != "auto" {
      container = Container(rawValue: flags.container)
      guard container != nil else {
        throw ValidationError("--container is auto, lines, array, values, text, csv or tsv.")
      }
    } else if let table = Container(rawValue: name), table == .csv || table == .tsv {
      container = table
    } else if formats.contains(where: { $0.name == name && $0.isPlainText }) {
      container = .text
    }
    if !flags.textColumns.isEmpty {
      if !flags.textPaths.isEmpty {
        throw ValidationError("Give --text-column or --text-path, not both.")
      }
      if let known = container, known != .csv, known != .tsv {
        throw ValidationError("--text-column is for tables; the container is \(known.rawValue).")
      }
    }
    return container
  }

  static func policy(
    _ name: String, presets: [PolicyDefinition]
  ) throws -> PolicyDefinition {
    if let preset = presets.first(where: { $0.name == name }) { return preset }
    guard FileManager.default.fileExists(atPath: name) else {
      let known = presets.map(\.name).joined(separator: ", ")
      throw ValidationError("--policy is a file or one of \(known).")
    }
    return try readPolicy(path: name, name: name, presets: presets)
  }

  static func key(_ path: String) throws -> Keyring {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PatternFileError(file: path, message: "cannot be read")
    }
    guard (Keyring.bytesMin...Keyring.bytesMax).contains(data.count) else {
      throw PatternFileError(
        file: path, message: "a key has \(Keyring.bytesMin) to \(Keyring.bytesMax) bytes")
    }
    return Keyring(secret: Array(data))
  }

  private static func units(
    _ inputs: [InputFile], command: ScrubCommand
  ) throws -> [ScrubUnit] {
    let locations = inputs.map(\.location)
    guard locations.filter({ $0 == .standardInput }).count <= 1 else {
      throw ValidationError("Standard input can be read once.")
    }
    switch command {
    case .scan: return [ScrubUnit(inputs: locations, output: nil)]
    case .unify(let target): return [ScrubUnit(inputs: locations, output: target)]
    case .redact(.standardOutput, _):
      return [ScrubUnit(inputs: locations, output: .standardOutput)]
    case .redact(.file(let path), _):
      return [ScrubUnit(inputs: locations, output: .file(path))]
    case .redact(.directory(let directory), _):
      var seen: Set<String> = []
      return try inputs.map { input in
        guard seen.insert(input.relativeName).inserted else {
          throw ValidationError("Two inputs would be written to \(input.relativeName).")
        }
        let path = Paths.join(directory, input.relativeName)
        return ScrubUnit(inputs: [input.location], output: .file(path))
      }
    }
  }

  /// Every file that is written differs from every other and from every input.
  private static func checkPaths(
    _ flags: ScrubFlags, _ units: [ScrubUnit], sarif: String?
  ) throws {
    var written: [(flag: String, path: String)] = []
    for (flag, path) in [
      ("--report", flags.report), ("--findings", flags.findings),
      ("--quarantine", flags.quarantine), ("--sarif", sarif),
    ] {
      guard let path else { continue }
      if path == "-" { throw ValidationError("\(flag) wants a file; standard output is for data.") }
      written.append((flag, path))
    }
    for unit in units {
      if case .file(let path)? = unit.output { written.append(("the output", path)) }
    }
    let read = [flags.dictionary, flags.keepNames, flags.keyFile]
    let inputs = units.flatMap(\.inputs).map(\.name) + read.compactMap { $0 }
    for (index, file) in written.enumerated() where Paths.isRegularOrNew(file.path) {
      if inputs.contains(where: { $0 == file.path || Paths.areSame($0, file.path) }) {
        throw ValidationError("\(file.flag) \(file.path) is one of the inputs.")
      }
      for other in written[..<index]
      where other.path == file.path || Paths.areSame(other.path, file.path) {
        throw ValidationError("\(other.flag) and \(file.flag) are the same file, \(file.path).")
      }
    }
  }

  /// A file for quarantined records where the output is no file to put them beside: a name that
  /// nothing has.
  private static func freeQuarantineName() -> String {
    var name = "chatscrub-quarantine.jsonl"
    var number = 1
    while FileManager.default.fileExists(atPath: name) {
      number += 1
      name = "chatscrub-quarantine-\(number).jsonl"
    }
    return name
  }

  /// A digest of everything the outputs depend on beside the inputs: a checkpoint of another one is
  /// refused.
  ///
  /// - Parameter plans: of the inputs: their formats may come from options.
  func digest(formats: [String], plans: [ScrubPlan]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let kept = engine.keptDigest.map { ["kept names", $0] } ?? []
    let settings =
      kept + [
        ChatScrub.version, engine.rulesDigest, engine.dictionaryDigest, keys?.id ?? "",
        flags.names.rawValue, "\(flags.threshold ?? -1)", flags.regions ?? "",
        flags.onFailure.rawValue, "\(flags.maxRecordBytes)", "\(flags.maxDepth)",
        "\(flags.findings != nil)", "\(flags.showValues)", flags.textPaths.joined(separator: "\n"),
        formats.joined(separator: ","), flags.onMismatch.rawValue, container?.rawValue ?? "",
        flags.groupBy ?? "",
      ]
    let definitions = try plans.map { Array(try encoder.encode($0.format.definition)) }
    return Engine.digest(
      [Array(try encoder.encode(policy))] + settings.map { Array($0.utf8) } + definitions)
  }
}
