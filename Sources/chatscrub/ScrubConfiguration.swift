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
  let files: ScrubFiles
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

  var units: [ScrubUnit] { files.units }

  /// - Parameter others: what the command reads and writes beside what the flags name.
  /// - Throws: `ValidationError` for what the user has to change (exit 64), other errors for
  ///   files that are wrong (exit 2).
  init(
    _ flags: ScrubFlags, command: ScrubCommand, sarif: String?, others: RunFiles = RunFiles()
  ) throws {
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
    files = try Self.files(flags, command, sarif: sarif)
    try files.check(others, isPreset: pack.policies.contains { $0.name == flags.policy })
    if case .redact(_, let resumes) = command { self.resumes = resumes } else { resumes = false }
    if resumes { try Self.checkResuming(files.units) }
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
    let policyFile = try Self.policyFile(flags.policy, presets: pack.policies)
    policy = try policyFile?.definition ?? Self.policy(flags.policy, presets: pack.policies)
    keys = try flags.keyFile.map(Self.key)
    if keys == nil, policy.entities.values.contains(.hash) || policy.fallback == .hash {
      throw ValidationError("The policy's operator `hash` needs --key-file.")
    }
    if formatName != "auto", !formats.contains(where: { $0.name == formatName }) {
      let known = formats.map(\.name).joined(separator: ", ")
      throw ValidationError("There is no format of that name; there are auto, \(known).")
    }
    engine = try Engine(flags, policy: policy, pack: pack, patterns: packed, lists: lists)
    try Self.checkTypes(policyFile, engine.entityTypes)
  }

  /// A type that nothing finds is a slip of the pen, and with `default: keep` a leak.
  private static func checkTypes(_ file: PolicyFile?, _ known: Set<String>) throws {
    // The tests know that presets are in order.
    guard let file else { return }
    let policy = file.definition
    for type in Set(policy.entities.keys).union(policy.thresholds.keys).sorted() {
      let isKnown =
        type.hasSuffix("*")
        ? known.contains { $0.hasPrefix(type.dropLast()) } : known.contains(type)
      if !isKnown, type != "ORGANIZATION" {
        throw file.error("nothing finds the entity type \(type)", at: type)
      }
    }
  }

  /// The format of a file that `--format` names.
  private static func userFormat(_ name: String) throws -> FormatDefinition? {
    guard isFormatFile(name) else { return nil }
    let stem = Paths.name(of: name).split(separator: ".").dropLast().joined(separator: ".")
    return try FormatFile(path: name, name: stem, file: name).definition
  }

  /// Whether `--format` names a file.
  static func isFormatFile(_ name: String) -> Bool {
    name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

  private static func container(
    _ flags: ScrubFlags, _ formats: [FormatDefinition], named name: String
  ) throws -> Container? {
    var container: Container?
    if flags.container != "auto" {
      container = Container(rawValue: flags.container)
      guard container != nil else {
        throw ValidationError("--container is auto, lines, array, values, text, csv, ssv or tsv.")
      }
    } else if let table = Container(rawValue: name), table.isTable {
      container = table
    } else if formats.contains(where: { $0.name == name && $0.isPlainText }) {
      container = .text
    }
    if !flags.textColumns.isEmpty {
      if !flags.textPaths.isEmpty {
        throw ValidationError("Give --text-column or --text-path, not both.")
      }
      if let known = container, !known.isTable {
        throw ValidationError("--text-column is for tables; the container is \(known.rawValue).")
      }
    }
    return container
  }

  /// The preset or the file of a name.
  static func policy(
    _ name: String, presets: [PolicyDefinition]
  ) throws -> PolicyDefinition {
    if let preset = presets.first(where: { $0.name == name }) { return preset }
    guard let file = try policyFile(name, presets: presets) else {
      let known = presets.map(\.name).joined(separator: ", ")
      throw ValidationError("--policy is a file or one of \(known).")
    }
    return file.definition
  }

  /// The policy file of a name; `nil` for a preset, and when there is none.
  private static func policyFile(
    _ name: String, presets: [PolicyDefinition]
  ) throws -> PolicyFile? {
    if presets.contains(where: { $0.name == name }) { return nil }
    guard FileManager.default.fileExists(atPath: name) else { return nil }
    return try PolicyFile(path: name, name: name, presets: presets)
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

  /// Finds the inputs and says what becomes of each.
  private static func files(
    _ flags: ScrubFlags, _ command: ScrubCommand, sarif: String?
  ) throws -> ScrubFiles {
    var folder: String?
    if case .redact(.directory(let path), _) = command { folder = path }
    let inputs = try Inputs.find(flags.inputs, besides: folder)
    return ScrubFiles(
      flags: flags, sarif: sarif, command: command, units: try units(inputs, command: command))
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

  /// What is read or written as it comes cannot be gone on with.
  private static func checkResuming(_ units: [ScrubUnit]) throws {
    guard units.allSatisfy({ $0.output?.isRegular == true }) else {
      throw ValidationError("--resume needs --output or --output-dir, and files there.")
    }
    if units.contains(where: { $0.inputs.contains(.standardInput) }) {
      throw ValidationError("--resume cannot read standard input again.")
    }
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
