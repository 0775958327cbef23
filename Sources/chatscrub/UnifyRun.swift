import ArgumentParser
import Foundation
import Glibc
import Pipeline
import Records
import Redact
import Unify

/// Carries out a `unify`: every record becomes rows that wait in a file beside the output; when all
/// are known, those that stay are written.
struct UnifyRun {
  private let configuration: UnifyConfiguration
  private let cancellation = Cancellation()
  private let clock = ContinuousClock()

  private var scrub: ScrubConfiguration { configuration.scrub }

  init(_ configuration: UnifyConfiguration) {
    self.configuration = configuration
  }

  /// What became of the inputs.
  struct Result {
    let unit: ScrubRun.UnitResult
    let tally: UnifyTally
    let gathering: Gathering
  }

  /// - Returns: the exit status.
  /// - Throws: what stopped the run.
  func run() throws -> Int32 {
    let signals = SignalWatch(cancellation)
    defer { signals.stop() }
    let start = clock.now
    guard let result = try collect() else {
      Console.note("interrupted; nothing was written")
      signals.endProcess()
    }
    let elapsed = clock.now - start
    if let path = scrub.flags.report {
      try write(try ReportDocument(scrub, [result.unit], elapsed: elapsed).encoded(), to: path)
    }
    let quarantined = result.unit.tally.quarantined
    guard quarantined > 0 else { return 0 }
    Console.note("records in quarantine: \(quarantined), in \(result.unit.quarantine ?? "")")
    return 3
  }

  /// - Returns: `nil` when the run was interrupted; its files are gone then.
  private func collect() throws -> Result? {
    let unit = scrub.units[0]
    let choice = try FormatChoice(unit.inputs, scrub, cancellation, empty: "sharelm_hub")
    let worker = try WorkerParts(choice, configuration)
    if case .file(let path) = configuration.target, let directory = Paths.directory(of: path) {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
    }
    var readerOptions = ReaderOptions()
    readerOptions.batchBytes = scrub.flags.batchBytes
    readerOptions.container = scrub.container
    readerOptions.recordBytesMax = scrub.flags.maxRecordBytes
    readerOptions.hashesInputs = configuration.manifest != nil || scrub.flags.report != nil
    var options = PipelineOptions()
    options.workers = scrub.jobs
    options.progress = ProgressMeter(scrub.flags.progress)
    let reader = try BatchReader(
      choice.inputs, options: readerOptions, cancellation: cancellation)
    var outputs = try openOutputs()
    let outcome = try BatchPipeline.run(reader, options: options, into: &outputs) { _ in
      try worker.make()
    }
    guard outcome.end == .finished else { return nil }
    // Let go of at the end of this function: the rows that waited are no one's output.
    var waiting = try OutputFile(.nowhere)
    swap(&waiting, &outputs.output)
    let gathered = try Gathering(
      configuration.waiting.partialPath, outcome.tally.entries, inputs: unit.inputs.map(\.name),
      into: ShardWriter(configuration.target, bytesMax: configuration.shardBytes),
      quarantine: &outputs, cancellation: cancellation)
    guard let gathered else { return nil }
    let summaries = try outputs.finish()
    return try publish(gathered, outcome, choice, summaries)
  }

  /// Gives the files their names, the manifest last.
  private func publish(
    _ gathered: Gathering, _ outcome: RunOutcome<UnifyTally>, _ choice: FormatChoice,
    _ summaries: OutputsSummary
  ) throws -> Result {
    let old = configuration.manifest.map(ManifestDocument.files(in:)) ?? []
    for shard in gathered.shards { try shard.file.publish() }
    var tally = outcome.tally
    if let conflicts = gathered.verdicts[.conflict] {
      tally.scrub.quarantined += conflicts
      tally.scrub.quarantineReasons[Gathering.conflict] = conflicts
    }
    let unit = ScrubRun.UnitResult(
      configuration: try digest(choice), formats: choice.formatNames, tally: tally.scrub,
      inputs: outcome.inputs,
      outputs: gathered.shards.map(\.file.summary)
        + [summaries.quarantine, summaries.findings].filter { !$0.name.isEmpty },
      quarantine: tally.scrub.quarantined > 0 ? quarantinePath : nil)
    let result = Result(unit: unit, tally: tally, gathering: gathered)
    if let path = configuration.manifest {
      try write(try ManifestDocument(configuration, result).encoded(), to: path)
      removeShards(old, besides: Set(gathered.shards.map { $0.file.location.name }))
    }
    return result
  }

  /// Shards of the run before that this one has no successor for.
  private func removeShards(_ names: [String], besides current: Set<String>) {
    guard configuration.shardBytes != nil else { return }
    let target = configuration.target.name
    for name in names where UnifyConfiguration.isShard(name, of: target) {
      let path = Paths.directory(of: target).map { Paths.join($0, name) } ?? name
      if !current.contains(path) { _ = unsafe unlink(path) }
    }
  }

  private func digest(_ choice: FormatChoice) throws -> String {
    let settings = [
      try scrub.digest(formats: choice.formatNames, plans: choice.plans),
      configuration.source ?? "",
      configuration.idKeys?.id ?? "", "\(configuration.redacts)",
      "\(configuration.shardBytes ?? 0)",
    ]
    return Engine.digest(settings.map { Array($0.utf8) })
  }

  private var quarantinePath: String { scrub.files.quarantine(scrub.units[0]) }

  private func openOutputs() throws -> Outputs {
    let isHashed = scrub.flags.report != nil
    let location = OutputLocation.file(quarantinePath)
    let isWanted = scrub.flags.quarantine != nil
    return Outputs(
      output: try OutputFile(configuration.waiting, access: .secret),
      quarantine: try OutputFile(
        isWanted ? location : .nowhere, access: .secret, isHashed: isHashed),
      findings: try OutputFile(
        scrub.flags.findings.map { .file($0) } ?? .nowhere, access: .secret, isHashed: isHashed),
      pendingQuarantine: isWanted ? nil : location)
  }

  private func write(_ data: Data, to path: String) throws {
    let bytes = Array(data)
    var file = try OutputFile(.file(path))
    try file.write(bytes.span)
    _ = try file.finish()
  }
}

/// What workers are made of.
private struct WorkerParts: Sendable {
  let plans: [CollectionPlan]
  let scrubPlans: [ScrubPlan]
  let planOfInput: [Int]
  let options: ScrubOptions
  /// How rows are scanned; `nil` not to redact.
  let rowPlan: ScrubPlan?

  init(_ choice: FormatChoice, _ configuration: UnifyConfiguration) throws {
    let scrub = configuration.scrub
    do {
      plans = try choice.plans.map { plan in
        try CollectionPlan(
          format: plan.format, source: configuration.source, keys: configuration.idKeys,
          depthMax: scrub.flags.maxDepth, timeDetail: Self.timeDetail(configuration))
      }
    } catch let refusal as CollectionRefusal {
      throw ValidationError("\(refusal).")
    }
    scrubPlans = choice.plans
    planOfInput = choice.planOfInput
    var options = ScrubOptions()
    options.writesOutput = false
    options.writesFindings = scrub.flags.findings != nil
    options.showsValues = scrub.flags.showValues
    options.namesInputs = choice.inputs.count > 1
    self.options = options
    rowPlan = configuration.redacts ? try Self.rowPlan(scrub) : nil
  }

  /// What the policy says of the collection's field `timestamp`: the day, unless it says otherwise.
  private static func timeDetail(
    _ configuration: UnifyConfiguration
  ) -> CollectionPlan.TimeDetail {
    guard configuration.redacts else { return .all }
    return switch configuration.scrub.policy.fields["timestamp"] {
    case nil, "day": .day
    case "keep", "scrub": .all
    default: .nothing
    }
  }

  func make() throws -> UnifyWorker {
    if rowPlan == nil {
      return try UnifyWorker(
        plans: plans, planOfInput: planOfInput, scrubber: nil, rowPlan: nil)
    }
    return try UnifyWorker(
      plans: plans, planOfInput: planOfInput,
      scrubber: ScrubWorker(plans: scrubPlans, planOfInput: planOfInput, options: options),
      rowPlan: rowPlan)
  }

  /// The collection's own format with its identifiers as they are: they have been dealt with.
  private static func rowPlan(_ scrub: ScrubConfiguration) throws -> ScrubPlan? {
    guard var definition = scrub.formats.first(where: { $0.name == "sharelm_hub" }) else {
      throw ValidationError("The format sharelm_hub is missing.")
    }
    for index in definition.fields.indices {
      if case .identifier = definition.fields[index].use { definition.fields[index].use = .keep }
    }
    return ScrubPlan(
      scanner: scrub.engine.scanner, names: scrub.engine.names, format: try Format(definition),
      policy: scrub.policy, keys: scrub.keys, depthMax: scrub.flags.maxDepth,
      redactsOnFailure: scrub.flags.onFailure == .redactAll, allow: scrub.engine.allow)
  }
}
