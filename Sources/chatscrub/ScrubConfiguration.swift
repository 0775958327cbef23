import ArgumentParser
import Builtin
import Foundation
import Names
import Pipeline
import PatternFiles
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
  let jobs: Int
  let resumes: Bool

  /// - Throws: `ValidationError` for what the user has to change (exit 64), other errors for files that are wrong (exit 2).
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
    let pack = try PatternPack(packed: Data(Builtin.patterns))
    formats = pack.formats
    policy = try Self.policy(flags.policy, presets: pack.policies)
    keys = try flags.keyFile.map(Self.key)
    if keys == nil, policy.entities.values.contains(.hash) || policy.fallback == .hash {
      throw ValidationError("The policy's operator `hash` needs --key-file.")
    }
    if flags.format != "auto", !formats.contains(where: { $0.name == flags.format }) {
      let known = formats.map(\.name).joined(separator: ", ")
      throw ValidationError("There is no format of that name; there are auto, \(known).")
    }
    units = try Self.units(Inputs.find(flags.inputs), command: command)
    if case .redact(_, let resumes) = command { self.resumes = resumes } else { resumes = false }
    if resumes, units.contains(where: { $0.inputs.contains(.standardInput) }) {
      throw ValidationError("--resume cannot read standard input again.")
    }
    engine = try Engine(flags, policy: policy, pack: pack)
  }

  private static func policy(
    _ name: String, presets: [PolicyDefinition]
  ) throws -> PolicyDefinition {
    if let preset = presets.first(where: { $0.name == name }) { return preset }
    guard FileManager.default.fileExists(atPath: name) else {
      let known = presets.map(\.name).joined(separator: ", ")
      throw ValidationError("--policy is a file or one of \(known).")
    }
    return try readPolicy(path: name, name: name, presets: presets)
  }

  private static func key(_ path: String) throws -> Keyring {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PatternFileError(file: path, message: "cannot be read")
    }
    guard data.count >= Keyring.bytesMin else {
      throw PatternFileError(
        file: path, message: "a key has at least \(Keyring.bytesMin) bytes")
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
    case .redact(.standardOutput, _):
      return [ScrubUnit(inputs: locations, output: .standardOutput)]
    case .redact(.file(let path), _):
      if inputs.contains(where: { isSameFile($0.location.name, path) }) {
        throw ValidationError("The output is one of the inputs.")
      }
      return [ScrubUnit(inputs: locations, output: .file(path))]
    case .redact(.directory(let directory), _):
      var seen: Set<String> = []
      return try inputs.map { input in
        guard seen.insert(input.relativeName).inserted else {
          throw ValidationError("Two inputs would be written to \(input.relativeName).")
        }
        let path = (directory as NSString).appendingPathComponent(input.relativeName)
        if isSameFile(input.location.name, path) {
          throw ValidationError("The output is one of the inputs.")
        }
        return ScrubUnit(inputs: [input.location], output: .file(path))
      }
    }
  }

  private static func isSameFile(_ left: String, _ right: String) -> Bool {
    let files = [left, right].map { path in
      try? FileManager.default.attributesOfItem(
        atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
    }
    guard let first = files[0], let second = files[1],
      first[.type] as? FileAttributeType == .typeRegular
    else { return false }
    return first[.systemFileNumber] as? Int == second[.systemFileNumber] as? Int
      && first[.systemNumber] as? Int == second[.systemNumber] as? Int
  }

  /// A digest of everything the outputs depend on beside the inputs: a checkpoint of another one is refused.
  func digest(formats: [String]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let settings = [
      ChatScrub.version, engine.rulesDigest, engine.dictionaryDigest, keys?.id ?? "",
      flags.names.rawValue, "\(flags.threshold ?? -1)", flags.regions ?? "",
      flags.onFailure.rawValue, "\(flags.maxRecordBytes)", "\(flags.maxDepth)",
      "\(flags.findings != nil)", "\(flags.showValues)", flags.textPaths.joined(separator: "\n"),
      formats.joined(separator: ","),
    ]
    return Engine.digest([Array(try encoder.encode(policy))] + settings.map { Array($0.utf8) })
  }
}
