import Dispatch
import Foundation
import Glibc
import Pipeline
import Redact

/// Carries a configuration out: each output in turn, then the report.
struct ScrubRun {
  private let configuration: ScrubConfiguration
  private let cancellation = Cancellation()
  private let clock = ContinuousClock()

  init(_ configuration: ScrubConfiguration) {
    self.configuration = configuration
  }

  /// What became of one output.
  struct UnitResult: Codable {
    var configuration: String
    var formats: [String]
    var tally: ScrubTally
    var inputs: [InputSummary]
    var outputs: [OutputSummary]
    var quarantine: String?
  }

  /// - Returns: the exit status.
  /// - Throws: what stopped the run.
  func run() throws -> Int32 {
    let signals = SignalWatch(cancellation)
    defer { signals.stop() }
    let start = clock.now
    var results: [UnitResult] = []
    for unit in configuration.units {
      guard let result = try run(unit) else {
        Console.note("interrupted\(configuration.canResume ? "; go on with --resume" : "")")
        signals.endProcess()
      }
      results.append(result)
    }
    try gather(results)
    let elapsed = clock.now - start
    if let path = configuration.flags.report {
      let document = ReportDocument(configuration, results, elapsed: elapsed)
      try write(try document.encoded(), to: path)
    }
    for unit in configuration.units {
      guard case .file(let path)? = unit.output else { continue }
      unlinkIfThere(path + ScrubFiles.doneSuffix)
    }
    return status(results)
  }

  private func status(_ results: [UnitResult]) -> Int32 {
    let quarantined = results.reduce(0) { $0 + $1.tally.quarantined }
    if quarantined > 0 {
      let places = results.compactMap(\.quarantine).joined(separator: ", ")
      Console.note("records in quarantine: \(quarantined), in \(places)")
      return 3
    }
    if configuration.command == .scan, results.contains(where: { $0.tally.actedCount > 0 }) {
      return 1
    }
    return 0
  }

  // MARK: - One output

  /// - Returns: `nil` when the run was interrupted.
  private func run(_ unit: ScrubUnit) throws -> UnitResult? {
    let choice = try FormatChoice(unit.inputs, configuration, cancellation)
    let digest = try configuration.digest(
      formats: choice.formatNames, plans: choice.plans)
    if let done = finished(unit, digest) { return done }
    var resuming: Checkpoint<ScrubTally>?
    if configuration.resumes, let output = unit.output {
      switch try ResumeState<ScrubTally>(
        output: output, configuration: digest, inputs: unit.inputs.map(\.name))
      {
      case .interrupted(let checkpoint): resuming = checkpoint
      // A whole output says nothing of the input and the options it was made with: it is made
      // again.
      case .none, .finished: break
      }
    }
    if let directory = unit.output.flatMap(Self.directory) {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
    }
    return try run(unit, choice, digest, resuming)
  }

  private func run(
    _ unit: ScrubUnit, _ choice: FormatChoice, _ digest: String,
    _ resuming: Checkpoint<ScrubTally>?
  ) throws -> UnitResult? {
    let flags = configuration.flags
    let codec = Codec(outputName: unit.output?.name ?? "")
    var readerOptions = ReaderOptions()
    readerOptions.batchBytes = flags.batchBytes
    readerOptions.container = configuration.container
    readerOptions.groupPath = flags.groupBy
    readerOptions.recordBytesMax = flags.maxRecordBytes
    if codec != .plain { readerOptions.frameBytes = ReaderOptions.compressedFrameBytes }
    readerOptions.hashesInputs = flags.report != nil
    var options = PipelineOptions()
    options.workers = configuration.jobs
    options.codec = codec
    options.progress = ProgressMeter(flags.progress)
    if case .file(let path)? = unit.output, unit.output?.isRegular == true {
      readerOptions.keepsPrefixDigests = true
      options.checkpoint = CheckpointPlan(
        path: OutputLocation.file(path).checkpointPath, configuration: digest)
    }
    let reader = try BatchReader(
      choice.inputs, options: readerOptions, cancellation: cancellation,
      resumingAt: unit.output.flatMap { output in resuming?.place(path: output.checkpointPath) })
    let quarantine = configuration.files.quarantine(unit)
    var outputs = try Outputs(
      output: unit.output ?? .nowhere, quarantine: .file(quarantine),
      findings: configuration.files.findings(unit).map { .file($0) } ?? .nowhere,
      makesQuarantine: flags.quarantine != nil, isHashed: flags.report != nil,
      isResumable: configuration.canResume,
      resumingAt: resuming?.lengths)
    var scrub = ScrubOptions()
    scrub.writesOutput = unit.output != nil
    scrub.writesFindings = configuration.files.findings(unit) != nil
    scrub.showsValues = flags.showValues
    scrub.namesInputs = configuration.units.flatMap(\.inputs).count > 1
    scrub.countsGroups = flags.groupBy != nil
    scrub.scrubsOtherShape = flags.onMismatch == .scrub
    let (plans, planOfInput, other) = (choice.plans, choice.planOfInput, choice.other)
    let outcome = try BatchPipeline.run(
      reader, options: options, into: &outputs, resuming: resuming
    ) { [scrub] _ in
      ScrubWorker(plans: plans, planOfInput: planOfInput, options: scrub, other: other)
    }
    guard outcome.end == .finished else { return nil }
    let hasQuarantine = outcome.tally.quarantined > 0
    let summaries = try outputs.finish()
    unit.output?.removeCheckpoint()
    let result = UnitResult(
      configuration: digest, formats: choice.formatNames, tally: outcome.tally,
      inputs: outcome.inputs,
      outputs: [summaries.output, summaries.quarantine, summaries.findings].filter {
        !$0.name.isEmpty
      },
      quarantine: hasQuarantine ? quarantine : nil)
    if configuration.units.count > 1, case .file(let path)? = unit.output {
      try write(try JSONEncoder().encode(result), to: path + ScrubFiles.doneSuffix)
    }
    return result
  }

  /// What an earlier run with the same configuration, of several outputs, had finished.
  private func finished(_ unit: ScrubUnit, _ digest: String) -> UnitResult? {
    guard configuration.resumes, case .file(let path)? = unit.output,
      FileManager.default.fileExists(atPath: path),
      let data = FileManager.default.contents(atPath: path + ScrubFiles.doneSuffix),
      let done = try? JSONDecoder().decode(UnitResult.self, from: data),
      done.configuration == digest, done.inputs.map(\.name) == unit.inputs.map(\.name)
    else { return nil }
    return done
  }

  // MARK: - Files beside the output

  /// Joins the findings and quarantine files of several outputs where one was asked for, and writes
  /// SARIF.
  private func gather(_ results: [UnitResult]) throws {
    if configuration.units.count > 1 {
      if let path = configuration.flags.findings {
        try join(configuration.units.compactMap(configuration.files.findings), into: path)
      }
      if let path = configuration.flags.quarantine {
        try join(results.compactMap(\.quarantine), into: path)
      }
    }
    if let path = configuration.sarif {
      let findings = configuration.flags.findings ?? path + ".findings"
      let names = configuration.units.flatMap { $0.inputs.map(\.name) }
      try SarifLog.write(findings: findings, inputs: names, to: path)
      if configuration.flags.findings == nil { unlinkIfThere(findings) }
    }
  }

  private func join(_ parts: [String], into path: String) throws {
    var target = try OutputFile(.file(path), access: .secret)
    for part in parts {
      let source = try InputSource(.file(part))
      var bytes: [UInt8] = []
      while try source.read(into: &bytes, countMax: 1 << 20) > 0 {
        try target.write(bytes.span)
        bytes.removeAll(keepingCapacity: true)
      }
    }
    _ = try target.finish()
    for part in parts { unlinkIfThere(part) }
  }

  private func write(_ data: Data, to path: String) throws {
    let bytes = Array(data)
    var file = try OutputFile(.file(path))
    try file.write(bytes.span)
    _ = try file.finish()
  }

  private func unlinkIfThere(_ path: String) {
    var status = stat()
    // A device that was named as an output is nobody's to remove.
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return }
    _ = unsafe unlink(path)
  }

  private static func directory(of output: OutputLocation) -> String? {
    guard case .file(let path) = output else { return nil }
    return Paths.directory(of: path)
  }
}

extension ScrubConfiguration {
  /// Whether an interrupted run leaves something to go on from.
  var canResume: Bool {
    guard case .redact(let destination, _) = command else { return false }
    return destination != .standardOutput
      && units.allSatisfy { $0.output?.isRegular == true && !$0.inputs.contains(.standardInput) }
  }
}
