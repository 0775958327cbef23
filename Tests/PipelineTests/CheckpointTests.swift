import Glibc
import Pipeline
import Testing

/// Inputs of all kinds, so that a checkpoint falls into each of its states.
private func sampleInputs(_ directory: TemporaryDirectory) -> [InputLocation] {
  let lines = sampleLines(60, seed: 11)
  let long = [UInt8]("\"\(String(repeating: "long ", count: 120))\"\n")
  let array = [UInt8]("[\n\((1...40).map { "{\"n\":\($0)}" }.joined(separator: ",\n"))\n]")
  let files: [(String, [UInt8])] = [
    ("a.jsonl", lines + long + lines + [UInt8]("{\"last\":1}")),
    ("b.json", array),
    ("c.jsonl.gz", packed([lines, lines], .gzip)),
    ("d.json.zst", packed([array], .zstd)),
    ("e.json", [UInt8]("{}\n{\n} 1\n")),
  ]
  return files.map { name, bytes in
    write(bytes, to: directory(name))
    return .file(directory(name))
  }
}

struct CheckpointTests {
  /// Interrupts a run after every batch and resumes it until it is through.
  private func checkInterruptions(_ run: Run, failing: Bool) throws {
    let directory = TemporaryDirectory()
    let inputs = sampleInputs(directory)
    var whole = run
    whole.isResumable = false
    let (outcome, summary) = try whole(inputs, in: directory)
    let expected = ["out", "quarantine", "findings"].map { contents(directory($0))! }

    var run = run
    run.isResumable = true
    var failures = 0
    for name in ["out", "quarantine", "findings"] { _ = unsafe unlink(directory(name)) }
    // Records of different inputs share their numbers, so a failing number strikes several times.
    for number in stride(from: 1, through: 130, by: failing ? 6 : 200) {
      run.failingAt = failing ? number : nil
      do {
        _ = try run(inputs, in: directory, isResumed: true)
      } catch is WorkerError {
        failures += 1
      }
      if contents(directory("out")) != nil { break }
    }
    run.failingAt = nil
    var result = (outcome, summary)
    if contents(directory("out")) == nil {
      result = try run(inputs, in: directory, isResumed: true)
    }
    if failing {
      #expect(failures > 5)
      #expect(result.1 == summary)
      #expect(result.0.tally == outcome.tally)
      #expect(result.0.inputs == outcome.inputs)
    }
    #expect(["out", "quarantine", "findings"].map { contents(directory($0))! } == expected)
    #expect(contents(directory("out.checkpoint")) == nil)
  }

  @Test func aRunThatFailsAgainAndAgainEndsWithTheSameBytes() throws {
    for codec in Codec.allCases {
      for (workers, batchBytes) in [(1, 1), (2, 64), (3, 300)] {
        let run = Run(
          workers: workers, batchBytes: batchBytes, frameBytes: 64, recordBytesMax: 500,
          codec: codec, isKept: { $0 % 7 != 1 })
        try checkInterruptions(run, failing: true)
        try checkInterruptions(run, failing: false)
      }
    }
  }

  @Test func everyPlaceIsAPlaceToGoOnFrom() throws {
    // The worker asks for an end in the middle of each batch in turn.
    for codec in Codec.allCases {
      let directory = TemporaryDirectory()
      let inputs = sampleInputs(directory)
      var run = Run(
        batchBytes: 128, frameBytes: 128, recordBytesMax: 500, codec: codec,
        isKept: { $0 % 3 != 1 })
      _ = try run(inputs, in: directory)
      let expected = contents(directory("out"))!
      let quarantine = contents(directory("quarantine"))!
      run.isResumable = true
      run.workers = 1
      var runs = 0
      while true {
        if runs > 0, contents(directory("out")) != nil { break }
        _ = unsafe unlink(directory("out"))
        let cancellation = Cancellation()
        let seen = Seen(cancellation, after: 2)
        run.cancellation = cancellation
        run.isKept = { number in
          seen.note()
          return number % 3 != 1
        }
        let (outcome, _) = try run(inputs, in: directory, isResumed: true)
        runs += 1
        if outcome.end == .finished { break }
        #expect(contents(directory("out.checkpoint")) != nil)
        #expect(contents(directory("out")) == nil)
        #expect(runs < 1000)
      }
      #expect(runs > 3)
      #expect(contents(directory("out")) == expected)
      #expect(contents(directory("quarantine")) == quarantine)
    }
  }

  @Test func bytesBehindTheCheckpointAreTakenBack() throws {
    let directory = TemporaryDirectory()
    let inputs = sampleInputs(directory)
    var run = Run(isResumable: true)
    _ = try run(inputs, in: directory)
    let expected = contents(directory("out"))!
    _ = unsafe unlink(directory("out"))
    run.failingAt = 50
    #expect(throws: WorkerError.self) { try run(inputs, in: directory) }
    // A killed process leaves more than its last checkpoint knows of.
    let more = contents(directory("out.partial"))! + [UInt8]("half a rec")
    write(more, to: directory("out.partial"))
    run.failingAt = nil
    _ = try run(inputs, in: directory, isResumed: true)
    #expect(contents(directory("out")) == expected)
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let directory = TemporaryDirectory()
    let inputs = sampleInputs(directory)
    var run = Run(isResumable: true)
    run.failingAt = 50
    #expect(throws: WorkerError.self) { try run(inputs, in: directory) }
    let path = directory("out.checkpoint")
    func problem(_ configuration: String, _ inputs: [String]) -> IOFailure? {
      do throws(IOFailure) {
        _ = try Checkpoint<CountTally>.load(
          path: path, configuration: configuration, inputs: inputs)
        return nil
      } catch {
        return error
      }
    }
    let names = inputs.map(\.name)
    #expect(problem("test", names) == nil)
    #expect(problem("x", names) == .checkpoint(path: path, problem: .otherConfiguration))
    #expect(problem("test", ["x"]) == .checkpoint(path: path, problem: .otherInputs))

    // The input has changed behind the program's back.
    var changed = contents(directory("a.jsonl"))!
    changed[3] ^= 1
    write(changed, to: directory("a.jsonl"))
    #expect(throws: IOFailure.checkpoint(path: path, problem: .otherContent)) {
      try run(inputs, in: directory, isResumed: true)
    }
    write([UInt8]("{}\n"), to: directory("a.jsonl"))
    #expect(throws: IOFailure.checkpoint(path: path, problem: .otherContent)) {
      try run(inputs, in: directory, isResumed: true)
    }
    // The refusals have touched nothing.
    write([], to: directory("quarantine.partial"))
    write([], to: directory("out.partial"))
    let checkpoint = try Checkpoint<CountTally>.load(
      path: path, configuration: "test", inputs: names)
    #expect(throws: IOFailure.outputTooShort(path: directory("out"))) {
      _ = try Outputs(output: .file(directory("out")), resumingAt: checkpoint?.lengths)
    }
    for (text, problem) in [
      ("{\"version\":1}", CheckpointProblem.otherVersion), ("nonsense", .unreadable),
      ("{\"version\":2}", .unreadable),
    ] {
      write([UInt8](text), to: path)
      #expect(throws: IOFailure.checkpoint(path: path, problem: problem)) {
        _ = try Checkpoint<CountTally>.load(path: path, configuration: "test", inputs: names)
      }
    }
  }

  @Test func theStateOfAnOutputIsKnown() throws {
    let directory = TemporaryDirectory()
    let inputs = sampleInputs(directory)
    let output = OutputLocation.file(directory("out"))
    func state() throws -> ResumeState<CountTally> {
      try ResumeState(output: output, configuration: "test", inputs: inputs.map(\.name))
    }
    guard case .none = try state() else { return #expect(Bool(false)) }
    var run = Run(isResumable: true)
    run.failingAt = 50
    #expect(throws: WorkerError.self) { try run(inputs, in: directory) }
    guard case .interrupted(let checkpoint) = try state() else { return #expect(Bool(false)) }
    #expect(checkpoint.lengths.output > 0)
    // A run that ended between giving one output its name and the next.
    _ = unsafe rename(directory("quarantine.partial"), directory("quarantine"))
    run.failingAt = nil
    _ = try run(inputs, in: directory, isResumed: true)
    guard case .finished = try state() else { return #expect(Bool(false)) }
  }
}

/// Requests an end when it was asked some number of times.
private final class Seen: @unchecked Sendable {
  // @unchecked: used by the one worker of a run.
  private var left: Int
  private let cancellation: Cancellation

  init(_ cancellation: Cancellation, after count: Int) {
    self.cancellation = cancellation
    left = count
  }

  func note() {
    left -= 1
    if left == 0 { cancellation.request() }
  }
}
