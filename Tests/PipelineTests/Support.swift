import Crypto
import Glibc
import Pipeline
import Synchronization

/// A small seeded generator (SplitMix64), so that a failing case can be had again.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension [UInt8] {
  init(_ text: String) {
    self = Array(text.utf8)
  }

  var text: String { String(decoding: self, as: UTF8.self) }
}

/// A directory that is removed at the end of a test.
final class TemporaryDirectory {
  let path: String

  /// Memory where there is such a file system: checkpoints wait for the disk.
  private static let root = unsafe access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"

  init() {
    var template = Array("\(Self.root)/pipeline-test.XXXXXX".utf8CString)
    _ = unsafe template.withUnsafeMutableBufferPointer { unsafe mkdtemp($0.baseAddress!) }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    _ = unsafe system("rm -rf '\(path)'")
  }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}

/// Reads a whole file; `nil` when there is none.
func contents(_ path: String) -> [UInt8]? {
  guard let file = unsafe fopen(path, "r") else { return nil }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe fread(&buffer, 1, buffer.count, file)
    if count == 0 { return bytes }
    bytes += buffer[..<count]
  }
}

func write(_ bytes: [UInt8], to path: String) {
  let file = unsafe fopen(path, "w")!
  _ = unsafe fwrite(bytes, 1, bytes.count, file)
  unsafe fclose(file)
}

func sha256(_ bytes: [UInt8]) -> String {
  hexadecimal(Array(SHA256.hash(data: bytes)))
}

/// Packs bytes in blocks of the given sizes, one member or frame each.
func packed(_ blocks: [[UInt8]], _ codec: Codec) -> [UInt8] {
  if codec == .plain { return Array(blocks.joined()) }
  var compressor = BlockCompressor(codec)
  var bytes: [UInt8] = []
  for block in blocks { compressor.compress(block.span, into: &bytes) }
  return bytes
}

/// Decodes a whole file in memory.
func unpacked(_ bytes: [UInt8], readMax: Int = .max) throws -> [UInt8] {
  let source = try InputSource(.memory(name: "memory", bytes: bytes, readMax: readMax))
  var decoded: [UInt8] = []
  while try source.read(into: &decoded, countMax: 1000) > 0 {}
  return decoded
}

/// What the tests' worker counts.
struct CountTally: BatchTally, Equatable {
  var records = 0
  var kept = 0
  var bytes = 0
  var overlong = 0
  var firstNumbers: [Int] = []

  mutating func merge(_ later: CountTally) {
    records += later.records
    kept += later.kept
    bytes += later.bytes
    overlong += later.overlong
    firstNumbers += later.firstNumbers
  }
}

struct WorkerError: Error, Equatable {
  var number: Int
}

/// A worker that copies records, drops some of them, and fails at one.
struct CopyWorker: BatchWorker, ~Copyable {
  /// Decides by a record's number, counted from 1, whether it is kept.
  var isKept: @Sendable (Int) -> Bool = { _ in true }
  var failingAt: Int?
  /// Whether to wait a little now and then, so that batches overtake each other.
  var isUneven = false

  mutating func process(_ batch: inout Batch) throws -> CountTally {
    var tally = CountTally()
    let bytes = batch.bytes
    for record in batch.records {
      if record.number == failingAt { throw WorkerError(number: record.number) }
      tally.records += 1
      tally.bytes += record.range.count
      if isKept(record.number) {
        batch.appendSeparator(of: record, recordKept: true)
        batch.appendRecord(record)
        batch.appendTerminator(of: record)
        tally.kept += 1
      } else {
        batch.appendSeparator(of: record, recordKept: false)
        appendQuarantineLine(
          input: batch.inputName, record: record.number, line: record.line, reason: "dropped",
          bytes: bytes, raw: record.range, into: &batch.quarantine)
      }
      batch.findings += Array("\(record.number)\n")
    }
    batch.findingCount = tally.kept
    if isUneven, batch.sequence % 3 == 0 { usleep(300) }
    return tally
  }

  mutating func note(_ piece: OverlongPiece) throws -> CountTally {
    var tally = CountTally()
    tally.overlong = piece.isFirst ? 1 : 0
    return tally
  }
}

/// One way to run the pipeline, with files in a directory of its own.
struct Run {
  var workers = 2
  var batchBytes = 100
  var frameBytes = 0
  var recordBytesMax = 1 << 20
  var heldBytesMax = 16 << 20
  var codec = Codec.plain
  var container: Container?
  var isKept: @Sendable (Int) -> Bool = { _ in true }
  var failingAt: Int?
  var isUneven = false
  var isResumable = false
  var cancellation: Cancellation?

  struct Files: Equatable {
    var output: [UInt8]
    var quarantine: [UInt8]
    var findings: [UInt8]
  }

  var readerOptions: ReaderOptions {
    var options = ReaderOptions()
    options.batchBytes = batchBytes
    options.recordBytesMax = recordBytesMax
    options.heldBytesMax = heldBytesMax
    options.frameBytes = codec == .plain ? 0 : frameBytes
    options.container = container
    options.keepsPrefixDigests = isResumable
    return options
  }

  /// Runs from the start, or from the checkpoint if `isResumed`.
  func callAsFunction(
    _ inputs: [InputLocation], in directory: TemporaryDirectory, isResumed: Bool = false
  ) throws -> (RunOutcome<CountTally>, OutputsSummary?) {
    let output = OutputLocation.file(directory("out"))
    var checkpoint: Checkpoint<CountTally>?
    if isResumed {
      checkpoint = try Checkpoint.load(
        path: output.checkpointPath, configuration: "test", inputs: inputs.map(\.name))
    }
    let reader = try BatchReader(
      inputs, options: readerOptions, cancellation: cancellation,
      resumingAt: checkpoint?.place(path: output.checkpointPath))
    var outputs = try Outputs(
      output: output, quarantine: .file(directory("quarantine")),
      findings: .file(directory("findings")), isHashed: true, isResumable: isResumable,
      resumingAt: checkpoint?.lengths)
    var options = PipelineOptions()
    options.workers = workers
    options.codec = codec
    if isResumable {
      options.checkpoint = CheckpointPlan(
        path: output.checkpointPath, configuration: "test", interval: .zero)
    }
    let (isKept, failingAt, isUneven) = (isKept, failingAt, isUneven)
    let outcome = try BatchPipeline.run(
      reader, options: options, into: &outputs, resuming: checkpoint
    ) { _ in
      CopyWorker(isKept: isKept, failingAt: failingAt, isUneven: isUneven)
    }
    guard outcome.end == .finished else { return (outcome, nil) }
    let summary = try outputs.finish()
    output.removeCheckpoint()
    return (outcome, summary)
  }

  /// Runs over one input in memory and returns what was written.
  func files(
    _ bytes: [UInt8], name: String = "input.jsonl", readMax: Int = .max
  ) throws -> Files {
    let directory = TemporaryDirectory()
    _ = try self([.memory(name: name, bytes: bytes, readMax: readMax)], in: directory)
    return Files(
      output: contents(directory("out"))!, quarantine: contents(directory("quarantine"))!,
      findings: contents(directory("findings"))!)
  }
}
