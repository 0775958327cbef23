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
    let isRegular = isFile && Paths.isRegularOrNew(path)
    redacts = !command.noRedact
    source = command.source
    shardBytes = command.shardSize?.bytes
    target = isFile ? .file(path) : .standardOutput
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
    scrub = try ScrubConfiguration(command.flags, command: .unify(target), sarif: nil)
    idKeys = try command.idKey.map(ScrubConfiguration.key)
    try checkPaths()
  }

  /// The files only this command writes are none of its inputs and none of the others.
  private func checkPaths() throws {
    let inputs = scrub.units.flatMap(\.inputs).map(\.name)
    if let manifest {
      let others =
        inputs
        + [scrub.flags.report, scrub.flags.findings, scrub.flags.quarantine]
        .compactMap { $0 } + (shardBytes == nil ? [target.name] : [])
      if others.contains(where: { $0 == manifest || Paths.areSame($0, manifest) }) {
        throw ValidationError("The manifest \(manifest) is another file of this run.")
      }
    }
    guard shardBytes != nil else { return }
    for input in inputs where Self.isShard(Paths.name(of: input), of: target.name) {
      let folders = [input, target.name].map { Paths.directory(of: $0) ?? "." }
      if folders[0] == folders[1] {
        throw ValidationError("The input \(input) has the name of a shard of the output.")
      }
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
