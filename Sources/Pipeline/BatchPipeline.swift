internal import Dispatch
internal import Synchronization

/// Where and how often a run saves the place to go on from.
package struct CheckpointPlan: Sendable {
  /// The checkpoint's path (`OutputLocation.checkpointPath`).
  package var path: String
  /// A digest of everything that the outputs depend on beside the inputs.
  package var configuration: String
  /// The least time between two checkpoints.
  package var interval: Duration

  package init(path: String, configuration: String, interval: Duration = .seconds(1)) {
    self.path = path
    self.configuration = configuration
    self.interval = interval
  }
}

/// How a run is carried out. None of it changes the bytes written, but for `codec`.
package struct PipelineOptions: Sendable {
  /// The number of workers, at least 1.
  package var workers = 1
  /// How the data are packed. With other than `plain`, the reader needs `frameBytes`.
  package var codec = Codec.plain
  /// Where to save the place; `nil` not to. The reader needs `keepsPrefixDigests`.
  package var checkpoint: CheckpointPlan?
  /// The counters that a progress line shows.
  package var progress: ProgressMeter?

  package init() {}
}

/// How a run ended.
package struct RunOutcome<Tally: BatchTally>: Sendable {
  /// Whether the inputs were read to their ends.
  package enum End: Sendable { case finished, interrupted }
  /// Whether the inputs were read to their ends. The outputs may be finished only if so.
  package var end: End
  /// What was counted in all batches written, those before a checkpoint included.
  package var tally: Tally
  /// The inputs read to their ends.
  package var inputs: [InputSummary]
}

/// Moves batches from the reader through the workers to the outputs.
///
///     slots ─► reader ─► worker.0 … worker.N ─► writer ─► slots
///
/// The reader and each worker run on a serial queue of their own, the writer on the caller's
/// thread. A fixed number of slots goes round, so a slow writer holds up the reader, and memory is
/// that number times the size of a batch. A failure travels like a batch and takes effect in the
/// order of the input: everything before it is written.
package enum BatchPipeline {
  /// Runs until the inputs end, something fails, or the reader's cancellation is requested.
  ///
  /// - Parameters:
  ///   - reader: where batches come from. It must not be used during or after the run.
  ///   - makeWorker: makes a worker on the worker's own queue. Called `options.workers` times.
  ///   - outputs: what is written to. The caller finishes them.
  ///   - resuming: the checkpoint that the reader and the outputs were opened with.
  /// - Throws: the first failure in the order of the input.
  package static func run<Worker: BatchWorker & ~Copyable>(
    _ reader: BatchReader, options: PipelineOptions, into outputs: inout Outputs,
    resuming: Checkpoint<Worker.Tally>? = nil,
    makeWorker: @escaping @Sendable (Int) throws -> Worker
  ) throws -> RunOutcome<Worker.Tally> {
    let inputs = reader.inputs.map(\.name)
    let line = ProductionLine<Worker>(
      reader, options: options, hasOutput: outputs.output.location != .nowhere,
      makeWorker: makeWorker)
    var writer = OrderedWriter<Worker.Tally>(
      inputs: inputs, codec: options.codec, plan: options.checkpoint, resuming: resuming)
    options.progress?.start(totalBytes: reader.rawBytesTotal)
    line.start()
    let failure = line.drain(through: &writer, into: &outputs, options.progress)
    line.wait()
    options.progress?.finish()
    if let failure {
      // What was written before the failure can be gone on from. What failed is thrown first.
      try? writer.save(outputs)
      throw failure
    }
    let end: RunOutcome<Worker.Tally>.End = line.isAtEnd ? .finished : .interrupted
    if end == .finished { try writer.finish(&outputs) } else { try writer.save(outputs) }
    return RunOutcome(end: end, tally: writer.tally, inputs: reader.finished)
  }
}

/// The threads and queues of one run.
///
/// @unchecked: the reader is used by the reader's queue alone until `wait` has returned; all else
/// that changes is atomic or behind a lock.
private final class ProductionLine<Worker: BatchWorker & ~Copyable>: @unchecked Sendable {
  typealias Slot = BatchSlot<Worker.Tally>

  private let reader: BatchReader
  private let makeWorker: @Sendable (Int) throws -> Worker
  private let workers: Int
  private let codec: Codec
  private let hasOutput: Bool
  private let slotCount: Int
  private let free = BatchQueue<Slot>()
  private let filled = BatchQueue<Slot>()
  private let done = BatchQueue<Slot>()
  /// As much as many ordinary batches, or one record of the greatest length.
  private let budget = ByteBudget(total: 64 << 20)
  private let threads = DispatchGroup()
  private let workersLeft: Atomic<Int>
  /// Set on the first failure: nothing more is read.
  private let stopping: Cancellation
  /// Whether the reader has come to the end of its inputs. Known after `wait`.
  private(set) var isAtEnd = false

  init(
    _ reader: BatchReader, options: PipelineOptions, hasOutput: Bool,
    makeWorker: @escaping @Sendable (Int) throws -> Worker
  ) {
    precondition(options.workers > 0, "Somebody must do the work.")
    self.reader = reader
    stopping = reader.cancellation
    self.makeWorker = makeWorker
    self.hasOutput = hasOutput
    workers = options.workers
    codec = options.codec
    // One in each worker's hands, one waiting for each, one with the reader, one with the writer.
    slotCount = 2 * options.workers + 2
    workersLeft = Atomic(options.workers)
  }

  /// Starts the reader and the workers.
  func start() {
    for _ in 0..<slotCount { free.send(Slot()) }
    DispatchQueue(label: "reader").async(group: threads) { self.read() }
    for index in 0..<workers {
      DispatchQueue(label: "worker.\(index)").async(group: threads) { self.work(index) }
    }
  }

  /// Waits until the reader and the workers have ended.
  func wait() {
    threads.wait()
  }

  private func read() {
    while let slot = free.receive(), !stopping.wasRequested {
      slot.failure = nil
      do throws(IOFailure) {
        guard try reader.next(&slot.batch) else {
          isAtEnd = !reader.wasCancelled
          break
        }
        slot.reservedBytes = slot.batch.bytes.count
        budget.reserve(slot.reservedBytes)
        filled.send(slot)
      } catch {
        slot.batch.sequence = reader.nextSequence
        slot.failure = error
        filled.send(slot)
        break
      }
    }
    filled.close()
  }

  private func work(_ index: Int) {
    do {
      var worker = try makeWorker(index)
      var compressor: BlockCompressor? = codec == .plain ? nil : BlockCompressor(codec)
      while let slot = filled.receive() {
        if slot.failure == nil {
          do {
            try process(slot, &worker, &compressor)
          } catch {
            fail(slot, error)
          }
        }
        done.send(slot)
      }
    } catch {
      // Without a worker every batch that comes here fails, the first of them visibly.
      while let slot = filled.receive() {
        if slot.failure == nil { fail(slot, error) }
        done.send(slot)
      }
    }
    if workersLeft.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { done.close() }
  }

  private func fail(_ slot: Slot, _ error: any Error) {
    slot.failure = error
    stopping.request()
  }

  private func process(
    _ slot: Slot, _ worker: inout Worker, _ compressor: inout BlockCompressor?
  ) throws {
    switch slot.batch.kind {
    case .records:
      slot.tally = try worker.process(&slot.batch)
      if Worker.keepsLayout { slot.batch.appendTrailing() }
    case .overlong(let piece):
      slot.tally = try worker.note(piece)
      slot.batch.appendOverlong(piece, keepsLayout: Worker.keepsLayout)
    }
    if compressor != nil, hasOutput { slot.batch.compress(with: &compressor!) }
  }

  /// Writes the batches in order until all threads have ended.
  ///
  /// - Returns: the first failure in the order of the input.
  func drain(
    through writer: inout OrderedWriter<Worker.Tally>, into outputs: inout Outputs,
    _ progress: ProgressMeter?
  ) -> (any Error)? {
    // No more than all slots are under way, so a batch's place modulo their number is its own.
    var waiting = [Slot?](repeating: nil, count: slotCount)
    var next = 0
    var failure: (any Error)?
    while let slot = done.receive() {
      waiting[slot.batch.sequence % slotCount] = slot
      while let slot = waiting[next % slotCount].take() {
        next += 1
        if failure == nil {
          do {
            if let error = slot.failure { throw error }
            try writer.write(&slot.batch, counting: slot.tally, into: &outputs)
            progress?.add(slot.batch)
          } catch {
            failure = error
            stopping.request()
          }
        }
        // Emptied here, because a buffer that is too large must not wait with the free ones.
        slot.batch.reset(capacityMax: reader.bufferBytesMax)
        budget.release(slot.reservedBytes)
        slot.reservedBytes = 0
        free.send(slot)
      }
    }
    return failure
  }
}
