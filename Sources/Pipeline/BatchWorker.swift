/// What a worker counted in one batch, and, merged, what the run counted.
///
/// Deltas are merged in the order of the input, so a checkpoint knows the exact totals of what has
/// been written.
package protocol BatchTally: Codable, Sendable {
  /// The tally of nothing.
  init()
  /// Adds what a later batch counted.
  mutating func merge(_ later: Self)
}

/// The mutable half of the engine: one for each worker, made on the worker's own queue.
package protocol BatchWorker: ~Copyable, SendableMetatype {
  associatedtype Tally: BatchTally

  /// Whether what stands between the records of an input (brackets, commas, blank lines) goes to
  /// the output with them. Not where the output has a form of its own.
  static var keepsLayout: Bool { get }

  /// Fills the outputs of a batch and returns what was counted in it.
  ///
  /// For each record in order, the worker calls `appendSeparator` and then, if the record is kept,
  /// appends its new form to `output` and calls `appendTerminator`; a record that is not kept goes
  /// to `quarantine` (`appendQuarantineLine`). `trailing` and compression are not its concern.
  ///
  /// A thrown error stops the run: what was read before is written, what was read later is not.
  mutating func process(_ batch: inout Batch) throws -> Tally

  /// Counts an over-long record, whose bytes the pipeline puts into quarantine itself.
  ///
  /// Called for every piece; the one with `isFirst` stands for the record. Throwing stops the run,
  /// for those who want no record left out.
  mutating func note(_ piece: OverlongPiece) throws -> Tally
}

extension BatchWorker where Self: ~Copyable {
  package static var keepsLayout: Bool { true }
}
