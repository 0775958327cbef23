internal import Crypto
internal import Records

/// How an input is cut into batches.
package struct ReaderOptions: Sendable {
  /// The size of a batch in bytes of decoded input, at least 1. A batch holds all records that
  /// start in a stretch of this size, and at least one record. Rounded up to whole frames.
  package var batchBytes = 1 << 20
  /// The longest record in bytes that is not put into quarantine unread.
  package var recordBytesMax = 64 << 20
  /// The longest record that is held to find out whether it is text, in bytes; at least twice
  /// `recordBytesMax`. Of longer ones nothing is known when their first piece goes on its way.
  package var heldBytesMax = 16 << 20
  /// The size of the windows of input that make up frames, or 0 for output that is not compressed.
  ///
  /// What is compressed together depends on this alone, not on `batchBytes`, so that compressed
  /// output is the same for all batch sizes.
  package var frameBytes = 0
  /// How records are held together; `nil` to find out.
  package var container: Container?
  /// The path whose value says which records that follow one another belong together; they are in
  /// one batch. `nil`: each record stands alone.
  package var groupPath: String?
  /// Whether batches know the digest of all that was read before them. Checkpoints need it.
  package var keepsPrefixDigests = false
  /// Whether the inputs' summaries have their digests. It is a third of what the reader costs.
  package var hashesInputs = true

  package init() {}

  /// The size of a window for compressed output.
  package static let compressedFrameBytes = 1 << 20
}

/// Cuts a list of inputs, one after another, into batches of whole records.
///
/// The bytes are read into the batch that will carry them. What was read past its end, at most one
/// step of reading, is copied to the start of the next. Used by one thread at a time.
package final class BatchReader {
  let inputs: [InputLocation]
  private let options: ReaderOptions
  /// Requested by the caller's cancellation, and by a run that has failed.
  let cancellation: Cancellation
  /// What one read asks for when a batch has its size, but its last record is not complete.
  private let stepBytes: Int
  /// The size of the pieces of over-long records: a multiple of three.
  private let pieceBytes: Int

  private var source: InputSource?
  private var splitter = RecordSplitter(container: .lines)
  /// The names of the columns of a table.
  private var columns: [[UInt8]] = []
  private var grouper: RecordGrouper?
  private var isAtEnd = false
  private var isCancelled = false
  /// Bytes that were read but are in no batch yet: `carry[carryStart...]`.
  private var carry: [UInt8] = []
  private var carryStart = 0
  private var overlong: Overlong?
  /// Hashes the decoded bytes of all batches of this input so far.
  private var hasher = SHA256()
  /// The place behind the last batch.
  private var state: ReaderState
  private var sequence = 0
  private var rawBytesFinished: Int64 = 0

  /// An over-long record on its way out. The offsets are offsets in `carry`.
  private struct Overlong {
    /// The next piece's first byte.
    var start: Int
    /// Where to look for the record's end.
    var scan: Int
    /// The offset behind the record's last byte, once it is known.
    var end: Int?
    /// The offset behind its line ending.
    var terminatorEnd = 0
    var isFirst = true
    /// Whether it is known to be UTF-8.
    var isText = false
    var line: Int
    var offset: Int64
  }

  /// A reader of the given inputs, which are opened one by one.
  ///
  /// - Parameter checkpoint: where to go on. The input is read again from its start up to there,
  ///   and must be the same.
  package init(
    _ inputs: [InputLocation], options: ReaderOptions = .init(),
    cancellation: Cancellation? = nil, resumingAt place: CheckpointPlace? = nil
  ) throws(IOFailure) {
    precondition(options.batchBytes > 0, "A batch holds at least one byte.")
    self.inputs = inputs
    var options = options
    if options.frameBytes > 0 {
      let frames = (options.batchBytes + options.frameBytes - 1) / options.frameBytes
      options.batchBytes = frames * options.frameBytes
    }
    self.options = options
    self.cancellation = Cancellation(following: cancellation)
    stepBytes = max(4 << 10, min(64 << 10, options.batchBytes / 16))
    pieceBytes = max(3, min(3 << 18, options.recordBytesMax) / 3 * 3)
    state = place?.reader ?? ReaderState()
    if let path = options.groupPath {
      // The caller has tried the path.
      grouper = try? RecordGrouper(path: path)
    }
    if let place { try resume(at: place) }
  }

  /// The capacity above which a buffer is given back after use.
  var bufferBytesMax: Int { 8 * max(options.batchBytes, 64 << 10) }

  /// The inputs that have been read to their ends.
  package var finished: [InputSummary] { state.finished }

  /// The size of all inputs as they are, when all are regular files.
  package var rawBytesTotal: Int64? {
    var total: Int64 = 0
    for input in inputs {
      guard let bytes = input.byteCount else { return nil }
      total += bytes
    }
    return total
  }

  /// Whether the reader stopped before the end of its inputs.
  var wasCancelled: Bool { isCancelled || state.input < inputs.count }

  /// The next batch's place in the run.
  var nextSequence: Int { sequence }

  /// Fills a batch, whatever it held. Returns false behind the last input, or when cancelled.
  package func next(_ batch: inout Batch) throws(IOFailure) -> Bool {
    while !cancellation.wasRequested {
      if source == nil {
        guard state.input < inputs.count else { return false }
        try open()
        if isCancelled { return false }
      }
      batch.reset(capacityMax: bufferBytesMax)
      let isFilled = overlong == nil ? try fillRecords(&batch) : try fillPiece(&batch)
      if isFilled {
        finish(&batch)
        return true
      }
      if isCancelled { return false }
      if splitter.container == .array, splitter.phase.isInside {
        throw .unclosedArray(path: inputs[state.input].name)
      }
      close()
    }
    return false
  }

  // MARK: - Inputs

  /// The most that is read to find out how an input's records are held together.
  private static let detectionBytesMax = 1 << 20

  private func open() throws(IOFailure) {
    let location = inputs[state.input]
    source = try InputSource(location, cancellation: cancellation)
    isAtEnd = false
    hasher = SHA256()
    carry.removeAll(keepingCapacity: true)
    carryStart = 0
    columns = []
    var container = options.container ?? state.container
    // A byte order mark is looked for in the first three bytes, whatever the container.
    while !isAtEnd, !isCancelled, container == nil || carry.count < 3 {
      try readMore(&carry, countMax: stepBytes)
      if container == nil {
        container = Container.detect(
          firstBytes: carry, name: location.name,
          isWhole: isAtEnd || carry.count >= Self.detectionBytesMax)
      }
    }
    state.container = container ?? .lines
    splitter = RecordSplitter(container: state.container!, phase: state.phase)
  }

  private func close() {
    let name = inputs[state.input].name
    let digest =
      source!.codec == .plain ? Array(hasher.finalize()) : source!.compressedDigest()
    let isHashed = options.hashesInputs || options.keepsPrefixDigests
    var next = ReaderState()
    next.finished = state.finished
    next.finished.append(
      InputSummary(
        name: name, bytes: source!.rawCount, decodedBytes: state.offset, records: state.records,
        sha256: isHashed ? hexadecimal(digest) : nil))
    next.input = state.input + 1
    rawBytesFinished += source!.rawCount
    state = next
    source = nil
  }

  /// Reads the current input up to the checkpoint's place and checks that it is the same.
  private func resume(at place: CheckpointPlace) throws(IOFailure) {
    for summary in state.finished { rawBytesFinished += summary.bytes }
    guard state.input < inputs.count, state.container != nil else { return }
    source = try InputSource(inputs[state.input], cancellation: cancellation)
    splitter = RecordSplitter(container: state.container!, phase: state.phase)
    var left = state.offset
    var bytes: [UInt8] = []
    var head: [UInt8] = []
    while left > 0, !isAtEnd, !isCancelled {
      bytes.removeAll(keepingCapacity: true)
      try readMore(&bytes, countMax: Int(min(left, 1 << 20)))
      if columns.isEmpty, case .table = splitter.container.layout {
        head += bytes
        readColumns(head)
      }
      left -= Int64(bytes.count)
      hash(bytes)
    }
    if isCancelled { return }
    guard left == 0, hexadecimal(Array(hasher.finalize())) == place.prefixDigest else {
      throw .checkpoint(path: place.path, problem: .otherContent)
    }
  }

  /// The names of a table's columns are in its first row, wherever reading goes on.
  private func readColumns(_ bytes: [UInt8]) {
    var scanner = RecordSplitter(container: splitter.container)
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let start = try? scanner.start(in: bytes, from: &position),
      let end = scanner.end(in: bytes, from: &position)
    else { return }
    columns = Self.columns(
      bytes, start..<terminator(bytes, end, start).lowerBound, splitter.container)
  }

  private static func columns(
    _ bytes: [UInt8], _ range: Range<Int>, _ container: Container
  ) -> [[UInt8]] {
    guard case .table(let separator) = container.layout else { return [] }
    return columnNames(bytes.span.extracting(range), separator: separator)
  }

  /// Appends decoded bytes of the current input, or notes that there are no more.
  private func readMore(_ bytes: inout [UInt8], countMax: Int) throws(IOFailure) {
    let count = try source!.read(into: &bytes, countMax: countMax, cancellation: cancellation)
    guard count == 0 else { return }
    if cancellation.wasRequested {
      isCancelled = true
    } else {
      isAtEnd = true
    }
  }

  private func hash(_ bytes: [UInt8]) {
    unsafe bytes.span.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
  }

  // MARK: - Batches of records

  /// Fills a batch with the records that start in the stretch before its limit.
  private func fillRecords(_ batch: inout Batch) throws(IOFailure) -> Bool {
    takeCarry(&batch)
    var limit = limit(from: state.offset)
    let target = Int(limit - state.offset)
    while batch.bytes.count < target, !isAtEnd, !isCancelled {
      try readMore(&batch.bytes, countMax: target - batch.bytes.count)
    }
    grouper?.startBatch(splitter.container, columns: columns)
    var position = state.offset == 0 && batch.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var separatorStart = 0
    var lines = state.lines
    while true {
      let phase = splitter.phase
      let found: Int?
      do throws(IOFailure) {
        found = try findStart(&batch.bytes, &position, separatorStart)
      } catch .brokenArray where !batch.records.isEmpty {
        // What stands before goes on its way first.
        splitter.phase = phase
        break
      }
      if isCancelled { return false }
      let start = found ?? batch.bytes.count
      if start - separatorStart > options.recordBytesMax {
        try flushSeparator(&batch, from: separatorStart)
        return true
      }
      if found == nil {
        guard !batch.bytes.isEmpty else { return false }
        batch.trailing = separatorStart..<batch.bytes.count
        separatorStart = batch.bytes.count
        break
      }
      if batch.records.isEmpty {
        limit = self.limit(from: batch.offset + Int64(start))
      }
      let isBeyond = batch.offset + Int64(start) >= limit && !batch.records.isEmpty
      if isBeyond, grouper == nil {
        splitter.phase = phase
        break
      }
      lines += batch.bytes.span.newlineCount(in: separatorStart..<start)
      let end = try findEnd(&batch.bytes, &position, start)
      if isCancelled { return false }
      guard let end, end.lowerBound - start <= options.recordBytesMax else {
        if batch.records.isEmpty {
          return try startOverlong(&batch, start: start, line: lines + 1)
        }
        splitter.phase = phase
        break
      }
      var slice = RecordSlice(
        separator: separatorStart..<start, range: start..<end.lowerBound, terminator: end,
        number: state.records + batch.records.count + 1, line: lines + 1,
        offset: batch.offset + Int64(start))
      group(&slice, batch.bytes)
      if isBeyond, !slice.continuesGroup {
        if slice.isCutFromGroup { state.isGroupCut = true }
        splitter.phase = phase
        break
      }
      batch.records.append(slice)
      lines += lineEndings(batch.bytes, start..<end.upperBound)
      separatorStart = end.upperBound
      position = separatorStart
    }
    cut(&batch, at: separatorStart)
    return true
  }

  /// Begins a batch with what was read past the end of the one before.
  private func takeCarry(_ batch: inout Batch) {
    batch.bytes.append(carry.span, carryStart..<carry.count)
    carry.removeAll(keepingCapacity: carry.capacity <= 8 * options.batchBytes)
    carryStart = 0
    batch.offset = state.offset
  }

  /// Says whether a record belongs to the one before it.
  private func group(_ slice: inout RecordSlice, _ bytes: [UInt8]) {
    guard grouper != nil else { return }
    if slice.number == 1, case .table(let separator) = splitter.container.layout {
      // The row that names the columns is of no group.
      columns = columnNames(bytes.span.extracting(slice.range), separator: separator)
      grouper?.startBatch(splitter.container, columns: columns)
      return
    }
    let place = grouper!.isNextOfGroup(bytes.span.extracting(slice.range))
    slice.continuesGroup = place.isNext
    slice.isCutFromGroup = place.isFull || state.isGroupCut == true
    state.isGroupCut = nil
  }

  /// The offset before which all records of a batch start whose first record starts at `offset`.
  private func limit(from offset: Int64) -> Int64 {
    let frame = Int64(max(1, options.frameBytes))
    return offset / frame * frame + Int64(options.batchBytes)
  }

  private func findStart(
    _ bytes: inout [UInt8], _ position: inout Int, _ separatorStart: Int
  ) throws(IOFailure) -> Int? {
    while true {
      do throws(ArrayFault) {
        if let start = try splitter.start(in: bytes, from: &position) { return start }
      } catch {
        throw .brokenArray(
          path: inputs[state.input].name, fault: error, records: state.records,
          offset: state.offset + Int64(position))
      }
      let isTooLong = bytes.count - separatorStart > options.recordBytesMax
      if isAtEnd || isCancelled || isTooLong { return nil }
      try readMore(&bytes, countMax: step(after: bytes.count))
    }
  }

  /// The range of the record's line ending, empty at the record's end if it has none; `nil` when
  /// the record is too long to be held.
  private func findEnd(
    _ bytes: inout [UInt8], _ position: inout Int, _ start: Int
  ) throws(IOFailure) -> Range<Int>? {
    while true {
      if let end = splitter.end(in: bytes, from: &position) {
        return terminator(bytes, end, start)
      }
      if isAtEnd { return bytes.count..<bytes.count }
      // A byte more than the maximum may be a carriage return, which is not part of the line.
      if isCancelled || bytes.count - start > options.recordBytesMax + 1 { return nil }
      try readMore(&bytes, countMax: step(after: bytes.count))
    }
  }

  /// The line ending at `end`, or the empty range there in containers that have none.
  private func terminator(_ bytes: [UInt8], _ end: Int, _ start: Int) -> Range<Int> {
    guard splitter.container.hasLineEndings else { return end..<end }
    let hasReturn = end > start && bytes[end - 1] == UInt8(ascii: "\r")
    return (hasReturn ? end - 1 : end)..<end + 1
  }

  /// Grows with what is held, so that a huge record does not need as many reads as steps.
  private func step(after count: Int) -> Int {
    max(stepBytes, min(4 << 20, count / 8))
  }

  /// A line holds one line ending at most, so only other records are looked through.
  private func lineEndings(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    if splitter.container != .lines { return bytes.span.newlineCount(in: range) }
    return range.isEmpty || bytes[range.upperBound - 1] != UInt8(ascii: "\n") ? 0 : 1
  }

  /// Sends on a part of a separator that is longer than any record may be.
  private func flushSeparator(_ batch: inout Batch, from start: Int) throws(IOFailure) {
    // A comma that was sent on could not be taken back when the next element is dropped.
    guard splitter.container != .array else {
      throw .separatorTooLong(
        path: inputs[state.input].name, bytesMax: options.recordBytesMax)
    }
    if batch.records.isEmpty {
      // Always this many bytes, so that frames do not depend on what happened to be read.
      batch.trailing = 0..<options.recordBytesMax
      cut(&batch, at: options.recordBytesMax)
    } else {
      cut(&batch, at: start)
    }
  }

  /// Ends the batch at an offset in its bytes and keeps the rest for the next.
  private func cut(_ batch: inout Batch, at end: Int) {
    if end < batch.bytes.count {
      carry.append(batch.bytes.span, end..<batch.bytes.count)
      batch.bytes.removeLast(batch.bytes.count - end)
    }
    state.records += batch.records.count
  }

  /// What all batches have in common.
  private func finish(_ batch: inout Batch) {
    if options.keepsPrefixDigests || options.hashesInputs && source!.codec == .plain {
      hash(batch.bytes)
    }
    state.offset += Int64(batch.bytes.count)
    if let last = batch.records.last, batch.trailing.isEmpty {
      let range = last.range.lowerBound..<last.terminator.upperBound
      state.lines = last.line - 1 + lineEndings(batch.bytes, range)
    } else {
      state.lines += batch.bytes.span.newlineCount(in: 0..<batch.bytes.count)
    }
    state.phase = splitter.phase
    state.isBetweenRecords = overlong == nil
    batch.end = state
    batch.prefixHasher = options.keepsPrefixDigests ? hasher : nil
    batch.sequence = sequence
    batch.input = state.input
    batch.inputName = inputs[state.input].name
    batch.container = splitter.container
    if let first = batch.records.first, first.number == 1 {
      columns = Self.columns(batch.bytes, first.range, splitter.container)
    }
    batch.columns = columns
    batch.frameBytes = options.frameBytes
    batch.rawBytesRead = rawBytesFinished + source!.rawCount
    sequence += 1
  }

  // MARK: - Pieces of over-long records

  /// Moves what was read of an over-long record, which is all the batch holds, out of the batch.
  private func startOverlong(
    _ batch: inout Batch, start: Int, line: Int
  ) throws(IOFailure) -> Bool {
    swap(&carry, &batch.bytes)
    carryStart = 0
    overlong = Overlong(start: start, scan: start, line: line, offset: batch.offset + Int64(start))
    // The record's end is looked for once more from its start, which needs a fresh scanner.
    splitter.begin(with: carry[start])
    try holdOverlong()
    if isCancelled { return false }
    return try fillPiece(&batch)
  }

  /// Reads on to the record's end, to know whether it is text; up to so many bytes that it needs
  /// no more memory than a record that is not too long.
  private func holdOverlong() throws(IOFailure) {
    let bytesMax = max(2 * options.recordBytesMax, options.heldBytesMax)
    let start = overlong!.start
    while true {
      findOverlongEnd()
      if overlong!.end != nil || overlong!.scan - start > bytesMax { break }
      try readMore(&carry, countMax: step(after: carry.count))
      if isCancelled { return }
    }
    // Nothing but its length may decide, not what was read beyond.
    guard let end = overlong!.end, end - start <= bytesMax else { return }
    overlong!.isText = (try? UTF8Span(validating: carry.span.extracting(start..<end))) != nil
  }

  /// Looks for the record's end in what was read.
  private func findOverlongEnd() {
    if let end = splitter.end(in: carry, from: &overlong!.scan) {
      let terminator = terminator(carry, end, overlong!.start)
      overlong!.end = terminator.lowerBound
      overlong!.terminatorEnd = terminator.upperBound
    } else if isAtEnd {
      overlong!.end = carry.count
      overlong!.terminatorEnd = carry.count
    }
  }

  /// Fills a batch with the next piece of the over-long record.
  private func fillPiece(_ batch: inout Batch) throws(IOFailure) -> Bool {
    batch.offset = state.offset
    // Two bytes more than a piece: the last one before the end may be a carriage return.
    while overlong!.end == nil, overlong!.scan - overlong!.start < pieceBytes + 2 {
      findOverlongEnd()
      if overlong!.end == nil, overlong!.scan - overlong!.start < pieceBytes + 2 {
        compactCarry()
        try readMore(&carry, countMax: pieceBytes)
        if isCancelled { return false }
      }
    }
    let record = overlong!
    let isLast = record.end.map { $0 - record.start <= pieceBytes } ?? false
    let pieceEnd = isLast ? record.end! : record.start + pieceBytes
    let batchEnd = isLast ? record.terminatorEnd : pieceEnd
    batch.bytes.append(carry.span, carryStart..<batchEnd)
    batch.kind = .overlong(
      OverlongPiece(
        separator: 0..<record.start - carryStart,
        range: record.start - carryStart..<pieceEnd - carryStart, number: state.records + 1,
        line: record.line, offset: record.offset, isFirst: record.isFirst, isLast: isLast,
        isText: record.isText))
    carryStart = batchEnd
    overlong!.start = pieceEnd
    overlong!.isFirst = false
    if isLast {
      overlong = nil
      state.records += 1
      compactCarry()
    }
    return true
  }

  /// Moves the bytes that are still needed to the start of `carry`.
  private func compactCarry() {
    let count = carryStart
    if carry.capacity > 8 * max(options.batchBytes, pieceBytes) {
      // One huge record must not hold on to its memory.
      carry = Array(carry[count...])
    } else {
      carry.removeSubrange(0..<count)
    }
    carryStart = 0
    overlong?.start -= count
    overlong?.scan -= count
  }
}
