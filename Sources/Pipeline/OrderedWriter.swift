internal import Crypto

/// The files that a run writes. Those that nobody asked for are `nowhere`.
package struct Outputs: ~Copyable {
  /// The data.
  package var output: OutputFile
  /// Records that were not written.
  package var quarantine: OutputFile
  /// The findings.
  package var findings: OutputFile
  /// Where the quarantine is opened when the first record goes there.
  private var pendingQuarantine: OutputLocation?
  private let isResumable: Bool

  package init(
    output: consuming OutputFile, quarantine: consuming OutputFile,
    findings: consuming OutputFile, pendingQuarantine: OutputLocation? = nil,
    isResumable: Bool = false
  ) {
    self.output = output
    self.quarantine = quarantine
    self.findings = findings
    self.pendingQuarantine = pendingQuarantine
    self.isResumable = isResumable
  }

  /// Writes quarantine lines; the file is made with the first of them, if it was to wait.
  package mutating func writeQuarantine(_ lines: Span<UInt8>) throws(IOFailure) {
    guard !lines.isEmpty else { return }
    if let location = pendingQuarantine {
      quarantine = try OutputFile(location, access: .secret, isResumable: isResumable)
      pendingQuarantine = nil
    }
    try quarantine.write(lines)
  }

  /// Opens the outputs: anew, or as they were at a checkpoint.
  ///
  /// The data may be read by everybody, quarantine and findings by their owner.
  /// - Parameter makesQuarantine: whether there is a quarantine file even when nothing goes there.
  package init(
    output: OutputLocation, quarantine: OutputLocation = .nowhere,
    findings: OutputLocation = .nowhere, makesQuarantine: Bool = true, isHashed: Bool = false,
    isResumable: Bool = false, resumingAt lengths: OutputLengths? = nil
  ) throws(IOFailure) {
    func open(
      _ location: OutputLocation, _ access: OutputAccess, _ length: Int64?
    ) throws(IOFailure) -> OutputFile {
      guard let length else {
        return try OutputFile(
          location, access: access, isHashed: isHashed, isResumable: isResumable)
      }
      return try OutputFile(
        resuming: location, keeping: length, access: access, isHashed: isHashed)
    }
    let outputFile = try open(output, .shared, lengths?.output)
    let waits = !makesQuarantine && (lengths?.quarantine ?? 0) == 0
    let quarantineFile = try open(
      waits ? .nowhere : quarantine, .secret, waits ? nil : lengths?.quarantine)
    let findingsFile = try open(findings, .secret, lengths?.findings)
    self.init(
      output: outputFile, quarantine: quarantineFile, findings: findingsFile,
      pendingQuarantine: waits ? quarantine : nil, isResumable: isResumable)
  }

  /// Gives all outputs their names, the data last: when the data have theirs, all have.
  package consuming func finish() throws(IOFailure) -> OutputsSummary {
    let quarantine = try quarantine.finish()
    let findings = try findings.finish()
    return OutputsSummary(output: try output.finish(), quarantine: quarantine, findings: findings)
  }

  /// The lengths so far.
  var lengths: OutputLengths {
    var lengths = OutputLengths()
    lengths.output = output.count
    lengths.quarantine = quarantine.count
    lengths.findings = findings.count
    return lengths
  }

  /// Waits until all that was written is on the disk.
  func synchronize() throws(IOFailure) {
    try output.synchronize()
    try quarantine.synchronize()
    try findings.synchronize()
  }
}

/// What is known of the outputs of a run that has ended.
package struct OutputsSummary: Codable, Equatable, Sendable {
  package var output: OutputSummary
  package var quarantine: OutputSummary
  package var findings: OutputSummary
}

/// What the writer knows beyond the lengths of its outputs.
struct WriterState: Codable, Equatable, Sendable {
  /// The input whose batches are being written.
  var input = 0
  /// Whether an element of that input's array was written.
  var hasWrittenRecord = false
  /// Whether anything of that input was written.
  var hasWrittenData = false
  /// Whether the data end with a line ending. Nothing ends with one, too.
  var isAtLineStart = true
}

/// Writes batches in the order of the input, and checkpoints behind them.
///
/// Nothing else in the pipeline knows about order: whatever depends on what was written before, as
/// the comma before an array's first element does, is decided here.
struct OrderedWriter<Tally: BatchTally>: ~Copyable {
  private(set) var tally: Tally
  private var state: WriterState
  private let plan: CheckpointPlan?
  private let inputs: [String]
  private let codec: Codec
  private var compressor: BlockCompressor?
  private let clock = ContinuousClock()
  private var lastSaved: ContinuousClock.Instant
  /// The newest place a run can go on from, if it has not been saved.
  private var unsaved: Checkpoint<Tally>?
  private var unsavedHasher: SHA256?

  init(inputs: [String], codec: Codec, plan: CheckpointPlan?, resuming: Checkpoint<Tally>?) {
    self.inputs = inputs
    self.codec = codec
    self.plan = plan
    compressor = codec == .plain ? nil : BlockCompressor(codec)
    tally = resuming?.tally ?? Tally()
    state = resuming?.writer ?? WriterState()
    lastSaved = clock.now
    unsaved = nil
  }

  /// Writes one batch. It must be the next in sequence.
  mutating func write(
    _ batch: inout Batch, counting delta: Tally, into outputs: inout Outputs
  ) throws(IOFailure) {
    if batch.input != state.input {
      state.input = batch.input
      state.hasWrittenRecord = false
      state.hasWrittenData = false
    }
    if batch.keptCount > 0 {
      if !state.hasWrittenRecord, let comma = batch.firstCommaInOutput {
        removeComma(at: comma, from: &batch)
      }
      state.hasWrittenRecord = true
    }
    try writeData(batch, into: &outputs)
    try outputs.writeQuarantine(batch.quarantine.span)
    try outputs.findings.write(batch.findings.span)
    tally.merge(delta)
    guard let plan, batch.end.isBetweenRecords else { return }
    unsavedHasher = batch.prefixHasher
    unsaved = Checkpoint(
      configuration: plan.configuration, inputs: inputs, reader: batch.end, prefixDigest: "",
      lengths: outputs.lengths, tally: tally, writer: state)
    if clock.now - lastSaved >= plan.interval { try save(outputs) }
  }

  /// Saves the newest place, if it has not been saved: for runs that end before their input does.
  mutating func save(_ outputs: borrowing Outputs) throws(IOFailure) {
    guard let plan, var checkpoint = unsaved.take() else { return }
    checkpoint.prefixDigest = hexadecimal(Array(unsavedHasher!.finalize()))
    // The checkpoint must not know of bytes that a power failure can take back.
    try outputs.synchronize()
    try checkpoint.save(path: plan.path)
    lastSaved = clock.now
  }

  /// Ends what must be ended: a compressed file holds at least one frame.
  mutating func finish(_ outputs: inout Outputs) throws(IOFailure) {
    guard outputs.output.count == 0, compressor != nil else { return }
    var frame: [UInt8] = []
    let nothing: [UInt8] = []
    compressor!.compress(nothing.span, into: &frame)
    try outputs.output.write(frame.span)
  }

  private mutating func writeData(
    _ batch: borrowing Batch, into outputs: inout Outputs
  ) throws(IOFailure) {
    guard let last = batch.output.last else { return }
    if !state.hasWrittenData, !state.isAtLineStart { try writeLineEnding(&outputs) }
    state.hasWrittenData = true
    try outputs.output.write(codec == .plain ? batch.output.span : batch.frames.span)
    state.isAtLineStart = last == UInt8(ascii: "\n")
  }

  /// Separates the last line of one input from the first of the next.
  private mutating func writeLineEnding(_ outputs: inout Outputs) throws(IOFailure) {
    var bytes = [UInt8(ascii: "\n")]
    if compressor != nil {
      let block = bytes
      bytes = []
      compressor!.compress(block.span, into: &bytes)
    }
    try outputs.output.write(bytes.span)
  }

  /// Takes away the comma before the first element that was written of an array.
  private mutating func removeComma(at comma: Int, from batch: inout Batch) {
    batch.output.remove(at: comma)
    batch.firstCommaInOutput = nil
    guard compressor != nil else { return }
    for index in batch.frameStarts.indices where batch.frameStarts[index] > comma {
      batch.frameStarts[index] -= 1
    }
    batch.compress(with: &compressor!)
  }
}

extension Batch {
  /// Packs `output` into `frames`, window by window.
  mutating func compress(with compressor: inout BlockCompressor) {
    frames.removeAll(keepingCapacity: true)
    for index in frameStarts.indices {
      let end = index + 1 < frameStarts.count ? frameStarts[index + 1] : output.count
      guard frameStarts[index] < end else { continue }
      let block = output
      compressor.compress(block.span.extracting(frameStarts[index]..<end), into: &frames)
    }
  }
}
