// Copies records from the inputs named to `--output`, with nothing done to them: what the engine
// costs when it has no work, and a process that the tests can kill.
import Pipeline

struct RecordTally: BatchTally {
  var records = 0

  mutating func merge(_ later: RecordTally) {
    records += later.records
  }
}

struct Copy: BatchWorker {
  /// Every n-th record is dropped, with all of its group; 0 to keep all.
  var dropEvery: Int

  mutating func process(_ batch: inout Batch) throws -> RecordTally {
    let bytes = batch.bytes
    batch.output.reserveCapacity(bytes.count)
    // The number of the group's first record: no batch begins amid a group.
    var first = 0
    for record in batch.records {
      if !record.continuesGroup { first = record.number }
      if dropEvery > 0, first % dropEvery == 0 {
        batch.appendSeparator(of: record, recordKept: false)
        appendQuarantineLine(
          input: batch.inputName, record: record.number, line: record.line, reason: "dropped",
          bytes: bytes, raw: record.range, into: &batch.quarantine)
      } else {
        batch.appendUnchanged(record)
      }
    }
    return RecordTally(records: batch.records.count)
  }

  mutating func note(_ piece: OverlongPiece) throws -> RecordTally { RecordTally() }
}

func run() throws {
  var inputs: [InputLocation] = []
  var output = OutputLocation.nowhere
  var readerOptions = ReaderOptions()
  var options = PipelineOptions()
  var interval: Duration?
  var isResumed = false
  var dropEvery = 0
  var arguments = CommandLine.arguments.dropFirst().makeIterator()
  func number() -> Int { Int(arguments.next()!)! }
  while let argument = arguments.next() {
    switch argument {
    case "--output": output = .file(arguments.next()!)
    case "--workers": options.workers = number()
    case "--batch-bytes": readerOptions.batchBytes = number()
    case "--drop-every": dropEvery = number()
    case "--group-by": readerOptions.groupPath = arguments.next()!
    case "--checkpoint-milliseconds": interval = .milliseconds(number())
    case "--resume": isResumed = true
    case "--progress": options.progress = ProgressMeter(.auto)
    default: inputs.append(.file(argument))
    }
  }
  options.codec = Codec(outputName: output.name)
  if options.codec != .plain { readerOptions.frameBytes = ReaderOptions.compressedFrameBytes }
  let path = output.checkpointPath
  if let interval {
    options.checkpoint = CheckpointPlan(path: path, configuration: "copy", interval: interval)
    readerOptions.keepsPrefixDigests = true
  }
  let checkpoint =
    isResumed
    ? try Checkpoint<RecordTally>.load(
      path: path, configuration: "copy", inputs: inputs.map(\.name)) : nil
  let reader = try BatchReader(
    inputs, options: readerOptions, resumingAt: checkpoint?.place(path: path))
  let quarantine =
    dropEvery > 0 ? OutputLocation.file(output.name + ".quarantine") : OutputLocation.nowhere
  var outputs = try Outputs(
    output: output, quarantine: quarantine, isHashed: true, isResumable: interval != nil,
    resumingAt: checkpoint?.lengths)
  let every = dropEvery
  let outcome = try BatchPipeline.run(
    reader, options: options, into: &outputs, resuming: checkpoint
  ) { _ in Copy(dropEvery: every) }
  let summary = try outputs.finish()
  if interval != nil { output.removeCheckpoint() }
  print(outcome.tally.records, summary.output.bytes, summary.output.sha256 ?? "")
}

try run()
