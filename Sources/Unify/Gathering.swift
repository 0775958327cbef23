package import Pipeline

/// The second half of a run: every row is known, and those that stay are written.
package struct Gathering {
  /// Rows by what became of them.
  package private(set) var verdicts: [RowVerdict: Int] = [:]
  /// Rows that stay, by their input.
  package private(set) var rowsOfInput: [Int]
  /// Rows that stay although another has the same turns.
  package let sameContent: Int
  /// The files, whole, without their names.
  package private(set) var shards: [Shard] = []

  /// Why a row is in quarantine.
  package static let conflict = "conflict: the same conversation id from different users"

  /// Reads the rows back, writes those that stay, and puts those nobody can decide about into
  /// quarantine, as the rows they would have been.
  ///
  /// - Parameters:
  ///   - path: the file the rows wait in.
  ///   - entries: what is known of each, in the order of the file.
  ///   - inputs: the names of the inputs.
  /// - Returns: `nil` when the run was told to stop.
  /// - Throws: `IOFailure`. No file has its name then.
  package init?(
    _ path: String, _ entries: [UnifyTally.Entry], inputs: [String],
    into writer: consuming ShardWriter, quarantine outputs: inout Outputs,
    cancellation: Cancellation
  ) throws(IOFailure) {
    let revisions = Revisions(entries)
    sameContent = revisions.sameContent
    rowsOfInput = [Int](repeating: 0, count: inputs.count)
    var frames = try RowFrames(path: path)
    var place = 0
    while let (head, row) = try frames.next() {
      if cancellation.wasRequested { return nil }
      let verdict = revisions.verdicts[place]
      verdicts[verdict, default: 0] += 1
      place += 1
      switch verdict {
      case .kept:
        rowsOfInput[head.input] += 1
        try writer.write(row)
      case .conflict:
        var line: [UInt8] = []
        let bytes = Array(row.dropLast())
        appendQuarantineLine(
          input: inputs[head.input], record: head.record, line: head.line,
          reason: Self.conflict, bytes: bytes, raw: 0..<bytes.count, into: &line)
        try outputs.writeQuarantine(line.span)
      case .superseded, .repeated: break
      }
    }
    shards = try writer.finish()
  }
}
