internal import Crypto

/// Where one record lies in the bytes of its batch.
///
///     … separator │ record │ terminator …
///
/// The separator is what stands before the record and belongs to none: blank lines, a byte order
/// mark, `[`, `,`, white space. The terminator is the line's `\n` or `\r\n`, and empty in arrays
/// and value streams. Separator, record and terminator touch each other, and the next record's
/// separator touches this terminator, so that a batch whose records are all kept is copied whole.
package struct RecordSlice: Equatable, Sendable {
  /// Byte offsets in `Batch.bytes` of what precedes the record and belongs to no record.
  package var separator: Range<Int>
  /// Byte offsets in `Batch.bytes` of the record itself.
  package var range: Range<Int>
  /// Byte offsets in `Batch.bytes` of the line ending; empty where records are not lines.
  package var terminator: Range<Int>
  /// The record's place in its input, counted from 1. Over-long records are counted, too.
  package var number: Int
  /// The physical line on which the record starts, counted from 1.
  package var line: Int
  /// The record's first byte as an offset in the decoded bytes of its input.
  package var offset: Int64
  /// Whether the record is of the same conversation as the one before it in the batch.
  package var continuesGroup = false
  /// Whether it would be, had the group not been full.
  package var isCutFromGroup = false

  package init(
    separator: Range<Int>, range: Range<Int>, terminator: Range<Int>, number: Int, line: Int,
    offset: Int64
  ) {
    self.separator = separator
    self.range = range
    self.terminator = terminator
    self.number = number
    self.line = line
    self.offset = offset
  }
}

/// A piece of a record that is longer than a record may be.
///
/// Its bytes go through the pipeline in pieces, straight to the quarantine, and no worker sees
/// them. Only the reader may hold it whole, when it is not much longer than it may be.
package struct OverlongPiece: Equatable, Sendable {
  /// The separator before the record; empty in all pieces but the first.
  package var separator: Range<Int>
  /// The piece's bytes in `Batch.bytes`. All pieces but the last hold a multiple of three bytes,
  /// so that their base64 forms can be written one after another.
  package var range: Range<Int>
  /// The record's place in its input, counted from 1.
  package var number: Int
  /// The physical line on which the record starts, counted from 1.
  package var line: Int
  /// The record's first byte as an offset in the decoded bytes of its input.
  package var offset: Int64
  /// Whether the record starts with this piece. Count the record here.
  package var isFirst: Bool
  /// Whether the record ends with this piece.
  package var isLast: Bool
  /// Whether the record as a whole is known to be UTF-8; it is not where it is too long to be held.
  package var isText: Bool
}

/// What a batch carries.
package enum BatchKind: Equatable, Sendable {
  /// Whole records, or none but the bytes between them.
  case records
  /// A part of one over-long record.
  case overlong(OverlongPiece)
}

/// A run of whole records on its way through the pipeline, with the room for what becomes of it.
///
///     bytes  │ separator │ record │ terminator │ separator │ record │ … │ trailing │
///
/// A fixed number of batches circulates (reader, worker, writer and back), and their buffers keep
/// their capacity, so that a run allocates at its start and hardly ever again.
package struct Batch: ~Copyable {
  /// The batch's place in the run, counted from 0. Output is written in this order.
  package internal(set) var sequence = 0
  /// The place of the input in the list of inputs, counted from 0.
  package internal(set) var input = 0
  /// The input's name as it goes into quarantine lines.
  package internal(set) var inputName = ""
  /// How the input's records are held together.
  package internal(set) var container = Container.lines
  /// The names of the columns, when the input is a table.
  package internal(set) var columns: [[UInt8]] = []
  /// Whole records, or a piece of an over-long one.
  package internal(set) var kind = BatchKind.records
  /// The decoded bytes, exactly those of the separators, records, terminators and `trailing`.
  package internal(set) var bytes: [UInt8] = []
  /// The offset of `bytes[0]` in the decoded bytes of the input.
  package internal(set) var offset: Int64 = 0
  /// The records in the order of the input.
  package internal(set) var records: [RecordSlice] = []
  /// What follows the last record when the input ends: `]`, white space.
  package internal(set) var trailing = 0..<0

  /// The data to write. The worker appends to it; the pipeline adds `trailing` itself.
  package var output: [UInt8] = []
  /// Complete quarantine lines (`appendQuarantineLine`).
  package var quarantine: [UInt8] = []
  /// Complete lines for the findings file.
  package var findings: [UInt8] = []
  /// The number of findings, for the progress line.
  package var findingCount = 0

  /// The offset in `output` of the comma before the first record kept, if there is one.
  ///
  /// Nobody but the writer knows whether an earlier batch has written an element of the same
  /// array, so it is the writer who takes this comma away when none has.
  package internal(set) var firstCommaInOutput: Int?
  /// The number of records kept so far.
  package internal(set) var keptCount = 0

  /// The compressed form of `output`, in whole frames; empty for plain output.
  var frames: [UInt8] = []
  /// The offsets in `output` at which the frames start.
  var frameStarts: [Int] = []
  /// The window of input offsets that the last frame covers; `nil` before the first.
  var frameWindow: Int64?
  /// The size of a window in bytes of decoded input; 0 when output is not compressed.
  var frameBytes = 0
  /// Where reading would go on after this batch.
  var end = ReaderState()
  /// Hashes the decoded input up to the end of this batch, if checkpoints are wanted.
  var prefixHasher: SHA256?
  /// Compressed or plain bytes of the input read so far, for the progress line.
  var rawBytesRead: Int64 = 0

  package init() {}

  /// A batch of the given records, for tests of workers.
  package init(
    bytes: [UInt8], records: [RecordSlice], trailing: Range<Int>, in container: Container,
    columns: [[UInt8]] = []
  ) {
    self.columns = columns
    self.bytes = bytes
    self.records = records
    self.trailing = trailing
    self.container = container
  }

  /// Empties the batch for its next use.
  ///
  /// A buffer that one huge record has made larger than `capacityMax` bytes is given back.
  mutating func reset(capacityMax: Int) {
    kind = .records
    records.removeAll(keepingCapacity: records.capacity * 16 <= capacityMax)
    trailing = 0..<0
    bytes.removeAll(keepingCapacity: bytes.capacity <= capacityMax)
    resetOutputs(capacityMax: capacityMax)
  }

  /// Empties what a worker fills.
  private mutating func resetOutputs(capacityMax: Int) {
    output.removeAll(keepingCapacity: output.capacity <= capacityMax)
    quarantine.removeAll(keepingCapacity: quarantine.capacity <= capacityMax)
    findings.removeAll(keepingCapacity: findings.capacity <= capacityMax)
    frames.removeAll(keepingCapacity: frames.capacity <= capacityMax)
    frameStarts.removeAll(keepingCapacity: true)
    frameWindow = nil
    findingCount = 0
    firstCommaInOutput = nil
    keptCount = 0
  }
}
