import ArgumentParser
import Foundation
import Pipeline
import Redact
import Unify

/// What a run of `unify` does, decided.
struct UnifyConfiguration {
  /// What it has in common with `redact`.
  let scrub: ScrubConfiguration
  let redacts: Bool
  let source: String?
  /// Makes user ids.
  let idKeys: Keyring?
  let shardBytes: Int?
  /// The collection's one file, or what its shards are named after.
  let target: OutputLocation
  let manifest: String?
  /// Where the rows wait until all are known.
  let waiting: OutputLocation

  /// - Throws: `ValidationError` for what the user has to change (exit 64), other errors for
  ///   files that are wrong (exit 2).
  init(_ command: UnifyCommand) throws {
    let path = command.output ?? "-"
    let isFile = path != "-"
    target = isFile ? .file(path) : .standardOutput
    let isRegular = target.isRegular
    redacts = !command.noRedact
    source = command.source
    shardBytes = command.shardSize?.bytes
    guard redacts || (command.flags.report == nil && command.flags.findings == nil) else {
      throw ValidationError("--report and --findings want redaction; --no-redact is without.")
    }
    guard command.flags.onMismatch == .quarantine else {
      throw ValidationError("A record of another shape has no place in a collection.")
    }
    guard shardBytes == nil || isRegular else {
      throw ValidationError("--shard-size needs --output with a name for files.")
    }
    guard command.manifest != "-" else {
      throw ValidationError("--manifest wants a file; standard output is for data.")
    }
    manifest = command.manifest ?? (isRegular ? path + ".manifest.json" : nil)
    let process = ProcessInfo.processInfo.processIdentifier
    let loose = Paths.join(
      FileManager.default.temporaryDirectory.path, "chatscrub-rows-\(process)")
    waiting = .file(isRegular ? path + ".rows" : loose)
    var others = RunFiles()
    others.reads(command.idKey, "--id-key")
    others.writes(manifest, command.manifest == nil ? "the manifest of --output" : "--manifest")
    if isRegular { others.writes(waiting.name, "the waiting rows of --output") }
    scrub = try ScrubConfiguration(
      command.flags, command: .unify(target), sarif: nil, others: others)
    idKeys = try command.idKey.map(ScrubConfiguration.key)
    try checkShards()
  }

  /// No other file of the run has a name that a shard of the output may get.
  private func checkShards() throws {
    guard shardBytes != nil else { return }
    let folder = Paths.directory(of: Paths.resolved(target.name))
    func isShard(_ path: String) -> Bool {
      Self.isShard(Paths.name(of: path), of: target.name)
        && Paths.directory(of: Paths.resolved(path)) == folder
    }
    for case .file(let path) in scrub.units.flatMap(\.inputs) where isShard(path) {
      throw ValidationError("The input \(path) has the name of a shard of the output.")
    }
    for (option, path) in [
      ("--report", scrub.flags.report), ("--findings", scrub.flags.findings),
      ("--quarantine", scrub.flags.quarantine), ("--manifest", manifest),
    ] {
      guard let path, isShard(path) else { continue }
      throw ValidationError("\(option) \(path) has the name of a shard of --output.")
    }
  }

  /// Whether a file's name is one that `ShardWriter` gives.
  static func isShard(_ name: String, of target: String) -> Bool {
    let (stem, ending) = ShardWriter.split(Paths.name(of: target))
    guard name.hasPrefix(stem + "-"), name.hasSuffix(ending) else { return false }
    let number = name.dropFirst(stem.count + 1).dropLast(ending.count)
    return number.count >= 5 && number.allSatisfy(\.isNumber)
  }
}
