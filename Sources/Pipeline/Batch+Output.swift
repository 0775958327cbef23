extension Batch {
  /// Appends what stands before a record to `output`, as it must be when the record is kept, and
  /// as it must be when it is dropped. Call it once for every record, in order.
  ///
  /// - In lines, blank lines and byte order marks are kept in both cases.
  /// - In an array, the comma before a dropped element goes with it. The comma before the first
  ///   element kept stays, and is noted in `firstCommaInOutput`, for the writer to take away when
  ///   nothing of the array was written before. The `[` is kept in both cases.
  /// - In a stream of values, white space stays, so that `1 {} 2` without its object is not `12`.
  package mutating func appendSeparator(of record: RecordSlice, recordKept: Bool) {
    startFrame(at: record.offset)
    appendSeparator(record.separator, number: record.number, recordKept: recordKept)
  }

  /// The same without a frame of its own: for the pieces of over-long records, too.
  mutating func appendSeparator(_ separator: Range<Int>, number: Int, recordKept: Bool) {
    let comma = container == .array ? firstComma(in: separator) : nil
    if recordKept {
      if keptCount == 0, let comma {
        firstCommaInOutput = output.count + comma - separator.lowerBound
      }
      keptCount += 1
      append(separator)
    } else if comma == nil {
      append(separator)
      if container == .values, separator.isEmpty, number > 1 {
        output.append(UInt8(ascii: "\n"))
      }
    }
  }

  /// Appends the record's own bytes to `output`, unchanged.
  package mutating func appendRecord(_ record: RecordSlice) {
    append(record.range)
  }

  /// Appends the record's line ending to `output`. Not to be called for a dropped record.
  package mutating func appendTerminator(of record: RecordSlice) {
    append(record.terminator)
  }

  /// Appends a separator, the record's own bytes and its line ending: the record as it was read.
  package mutating func appendUnchanged(_ record: RecordSlice) {
    startFrame(at: record.offset)
    if keptCount > 0 {
      // All but the first record of a batch need no bookkeeping, so one copy does.
      keptCount += 1
      append(record.separator.lowerBound..<record.terminator.upperBound)
    } else {
      appendSeparator(record.separator, number: record.number, recordKept: true)
      append(record.range.lowerBound..<record.terminator.upperBound)
    }
  }

  /// Appends what follows the last record of the input. The pipeline calls it after the worker.
  mutating func appendTrailing() {
    guard !trailing.isEmpty else { return }
    startFrame(at: offset + Int64(trailing.lowerBound))
    append(trailing)
  }

  /// Puts a piece of an over-long record into quarantine, and what stands before it where it goes.
  mutating func appendOverlong(_ piece: OverlongPiece, keepsLayout: Bool) {
    if piece.isFirst, keepsLayout {
      startFrame(at: piece.offset)
      appendSeparator(piece.separator, number: piece.number, recordKept: false)
    }
    let source = bytes
    appendQuarantinePiece(piece, input: inputName, bytes: source, into: &quarantine)
  }

  /// Notes the start of a frame when the record at this input offset is the first in its window.
  private mutating func startFrame(at offset: Int64) {
    guard frameBytes > 0 else { return }
    let window = offset / Int64(frameBytes)
    guard window != frameWindow else { return }
    frameWindow = window
    frameStarts.append(output.count)
  }

  /// Copies a range of `bytes` to `output`.
  private mutating func append(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    // The copy of the array is a reference; it lets `output` change while `bytes` is read.
    let source = bytes
    output.append(source.span, range)
  }

  /// The index in `bytes` of the first comma of a separator.
  private func firstComma(in separator: Range<Int>) -> Int? {
    for index in separator where bytes[index] == UInt8(ascii: ",") {
      return index
    }
    return nil
  }
}

extension [UInt8] {
  /// Appends a range of a span in one copy.
  mutating func append(_ source: Span<UInt8>, _ range: Range<Int>) {
    // Appending a buffer is a memory copy; appending a span's elements is a loop.
    unsafe source.extracting(range).withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
