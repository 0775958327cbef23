// JSON for a caller's own tally: Foundation's coder is the one place it is used, away from data.
internal import FoundationEssentials
internal import Glibc
internal import SystemPackage

/// A place in the input to go on from, and the proof that the input is still the same.
package struct CheckpointPlace: Sendable {
  /// The place.
  package var reader: ReaderState
  /// SHA-256 of the decoded bytes of the current input before the place, in hexadecimal digits.
  package var prefixDigest: String
  /// The checkpoint's own path, for messages.
  package var path: String
}

/// The lengths of the outputs at a checkpoint, in bytes as they are in the files.
package struct OutputLengths: Codable, Equatable, Sendable {
  package var output: Int64 = 0
  package var quarantine: Int64 = 0
  package var findings: Int64 = 0

  package init() {}
}

/// The part of a checkpoint that all versions of it have.
private struct CheckpointHeader: Decodable {
  static let current = 2

  var version: Int
}

/// What a run that was interrupted needs to go on: a small JSON file beside the output.
package struct Checkpoint<Tally: BatchTally>: Codable, Sendable {
  /// The layout of this file.
  var version = CheckpointHeader.current
  /// Whatever the caller digests its options, rules and keys to.
  package var configuration: String
  /// The names of the inputs.
  package var inputs: [String]
  /// The place behind the last batch written.
  package var reader: ReaderState
  var prefixDigest: String
  /// The lengths of the outputs behind that batch.
  package var lengths: OutputLengths
  /// What was counted up to there.
  package var tally: Tally
  var writer: WriterState
}

extension Checkpoint {
  /// The place for `BatchReader` to go on from.
  package func place(path: String) -> CheckpointPlace {
    CheckpointPlace(reader: reader, prefixDigest: prefixDigest, path: path)
  }

  /// Reads a checkpoint; `nil` when there is none.
  ///
  /// - Throws: `IOFailure.checkpoint` when it was made by another version, with another
  ///   configuration or for other inputs.
  package static func load(
    path: String, configuration: String, inputs: [String]
  ) throws(IOFailure) -> Checkpoint? {
    guard let bytes = try contents(of: path) else { return nil }
    guard let header = try? JSONDecoder().decode(CheckpointHeader.self, from: Data(bytes)) else {
      throw .checkpoint(path: path, problem: .unreadable)
    }
    guard header.version == CheckpointHeader.current else {
      throw .checkpoint(path: path, problem: .otherVersion)
    }
    guard let checkpoint = try? JSONDecoder().decode(Self.self, from: Data(bytes)) else {
      throw .checkpoint(path: path, problem: .unreadable)
    }
    guard checkpoint.configuration == configuration else {
      throw .checkpoint(path: path, problem: .otherConfiguration)
    }
    guard checkpoint.inputs == inputs, checkpoint.reader.input <= inputs.count else {
      throw .checkpoint(path: path, problem: .otherInputs)
    }
    return checkpoint
  }

  /// Replaces the checkpoint file in one step.
  func save(path: String) throws(IOFailure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(self) else {
      preconditionFailure("A tally holds numbers and strings only.")
    }
    let bytes = [UInt8](data) + [0x0A]
    var file = try OutputFile(.file(path))
    try file.write(bytes.span)
    _ = try file.finish()
  }

  private static func contents(of path: String) throws(IOFailure) -> [UInt8]? {
    var bytes: [UInt8] = []
    do throws(IOFailure) {
      let source = try InputSource(.file(path))
      while try source.read(into: &bytes, countMax: 64 << 10) > 0 {}
    } catch {
      if case .input(_, ENOENT) = error { return nil }
      throw error
    }
    return bytes
  }
}

/// The state of an output when a run with `--resume` begins.
package enum ResumeState<Tally: BatchTally>: Sendable {
  /// Nothing to resume: begin at the start.
  case none
  /// A run was interrupted here.
  case interrupted(Checkpoint<Tally>)
  /// The output is whole; there is nothing left to do.
  case finished

  /// Looks at an output and its checkpoint.
  package init(
    output: OutputLocation, configuration: String, inputs: [String]
  ) throws(IOFailure) {
    let path = output.checkpointPath
    let checkpoint = try Checkpoint<Tally>.load(
      path: path, configuration: configuration, inputs: inputs)
    let isWhole = isThere(output.name) && !isThere(output.partialPath)
    // A checkpoint beside a whole output was left by a run that ended just before removing it.
    if isWhole {
      self = .finished
    } else if let checkpoint {
      self = .interrupted(checkpoint)
    } else {
      self = .none
    }
  }
}

extension OutputLocation {
  /// Where the checkpoint of an output is.
  package var checkpointPath: String { name + ".checkpoint" }

  /// Removes the checkpoint. To be called when all outputs have their names.
  package func removeCheckpoint() {
    guard isRegular else { return }
    unsafe _ = unlink(checkpointPath)
  }
}
