import ArgumentParser
import Pipeline

/// Where a run writes what goes beside the data.
struct ScrubFiles {
  let flags: ScrubFlags
  let sarif: String?
  let command: ScrubCommand
  let units: [ScrubUnit]
  /// Where quarantined records go when there is no output file to put them beside.
  let looseQuarantine = Self.freeQuarantineName()

  /// What the note on a finished output, of several, is called until all are.
  static let doneSuffix = ".chatscrub-done"

  /// What the names of `looseQuarantine` begin with.
  static let looseQuarantineStem = "chatscrub-quarantine"

  /// With several outputs, each has findings and quarantine files of its own until all are
  /// gathered.
  func findings(_ unit: ScrubUnit) -> String? {
    guard let wanted = flags.findings ?? sarif.map({ $0 + ".findings" }) else { return nil }
    guard units.count > 1, let output = unit.output else { return wanted }
    return output.name + ".findings.jsonl"
  }

  func quarantine(_ unit: ScrubUnit) -> String {
    if units.count == 1, let path = flags.quarantine { return path }
    guard let output = unit.output, output.isRegular else { return looseQuarantine }
    return output.name + ".quarantine.jsonl"
  }

  /// Every file that is written differs from every other and from what is read.
  ///
  /// - Parameters:
  ///   - others: what the command reads and writes beside these.
  ///   - isPreset: whether the policy is none of the user's files.
  func check(_ others: RunFiles, isPreset: Bool) throws {
    var files = others
    for case .file(let path) in units.flatMap(\.inputs) { files.input(path) }
    for (option, path) in [
      ("--dictionary", flags.dictionary), ("--keep-names", flags.keepNames),
      ("--key-file", flags.keyFile), ("--rules", flags.rules), ("--patterns", flags.patterns),
      ("--policy", isPreset ? nil : flags.policy),
      ("--format", ScrubConfiguration.isFormatFile(flags.format) ? flags.format : nil),
    ] { files.reads(path, option) }
    for (option, path) in [
      ("--report", flags.report), ("--findings", flags.findings),
      ("--quarantine", flags.quarantine), ("--sarif", sarif),
    ] {
      if path == "-" {
        throw ValidationError("\(option) wants a file; standard output is for data.")
      }
      files.writes(path, option)
    }
    if sarif != nil, let path = flags.findings, !OutputLocation.file(path).isRegular {
      throw ValidationError("--sarif is made from the findings; --findings wants a file.")
    }
    if sarif != nil, flags.findings == nil {
      files.writes(units.first.flatMap(findings), "the findings of --sarif")
    }
    for unit in units { note(unit, in: &files) }
    try files.check()
  }

  /// Notes an output and what is written beside it.
  private func note(_ unit: ScrubUnit, in files: inout RunFiles) {
    var option = "--output"
    if case .redact(.directory, _) = command { option = "--output-dir" }
    if units.count > 1 || flags.quarantine == nil {
      files.writes(quarantine(unit), "the quarantine of \(unit.output == nil ? "scan" : option)")
    }
    guard case .file(let path)? = unit.output else { return }
    files.writes(path, option)
    guard case .redact = command, unit.output?.isRegular == true else { return }
    files.writes(OutputLocation.file(path).checkpointPath, "the checkpoint of \(option)")
    guard units.count > 1 else { return }
    if flags.findings != nil { files.writes(findings(unit), "the findings of \(option)") }
    files.writes(path + Self.doneSuffix, "the note on \(option)")
  }

  /// A file for quarantined records where the output is no file to put them beside: a name that
  /// nothing has.
  private static func freeQuarantineName() -> String {
    var name = looseQuarantineStem + ".jsonl"
    var number = 1
    while Paths.isThere(name) {
      number += 1
      name = "\(looseQuarantineStem)-\(number).jsonl"
    }
    return name
  }
}
