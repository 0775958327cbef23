package import Pipeline
internal import Records
package import Redact

/// Redacts the records of a batch and makes rows of them, as frames. Owned by one worker's queue.
package struct UnifyWorker: ~Copyable, BatchWorker {
  package typealias Tally = UnifyTally

  package static var keepsLayout: Bool { false }

  private var scrubber: ScrubWorker?
  /// Scans rows whose texts were put together from several.
  private var rowScrubber: RecordScrubber?
  private let plans: [CollectionPlan]
  private let planOfInput: [Int]
  private var current: Int
  private var mapper: RowMapper
  private var tally = UnifyTally()
  private var row: [UInt8] = []
  private var rowTree = JSONTree()

  /// - Parameters:
  ///   - plans: one for each format in use, at least one.
  ///   - planOfInput: for each input of the run, the index of its plan.
  ///   - scrubber: `nil` to leave the records as they are.
  ///   - rowPlan: how rows are scanned when texts were put together; `nil` not to.
  /// - Throws: never for plans that could be made.
  package init(
    plans: [CollectionPlan], planOfInput: [Int], scrubber: consuming ScrubWorker?,
    rowPlan: ScrubPlan?
  ) throws {
    self.plans = plans
    self.planOfInput = planOfInput
    self.scrubber = scrubber
    rowScrubber = rowPlan.map { RecordScrubber(plan: $0) }
    current = planOfInput.first ?? 0
    mapper = try RowMapper(plan: plans[current])
  }

  package mutating func process(_ batch: inout Batch) throws -> UnifyTally {
    if planOfInput[batch.input] != current {
      current = planOfInput[batch.input]
      mapper = try RowMapper(plan: plans[current])
    }
    tally = UnifyTally()
    scrubber?.begin(batch)
    // The copy is a reference; it lets the outputs change while the bytes are read.
    let bytes = batch.bytes
    for index in batch.records.indices {
      let record = batch.records[index]
      // The row that names a table's columns.
      if record.number == 1, !batch.columns.isEmpty { continue }
      let span = bytes.span.extracting(record.range)
      var done = (isChanged: false, hasActs: false)
      if scrubber != nil {
        guard let result = scrubber!.scrub(record, of: &batch, bytes) else { continue }
        done = result
      }
      do throws(RowFailure) {
        try write(record, span, done, to: &batch)
      } catch {
        quarantine(record, reason: error.reason, isChanged: done.isChanged, in: &batch, bytes)
      }
    }
    if scrubber != nil {
      let mapping = tally.scrub
      tally.scrub = scrubber!.finish()
      tally.scrub.take(back: mapping)
    } else {
      let isHeaded = batch.records.first?.number == 1 && !batch.columns.isEmpty
      tally.scrub.records = batch.records.count - (isHeaded ? 1 : 0)
      tally.scrub.unchanged = tally.scrub.records - tally.scrub.quarantined
    }
    return tally
  }

  package mutating func note(_ piece: OverlongPiece) throws -> UnifyTally {
    var tally = UnifyTally()
    if piece.isFirst {
      tally.scrub.records = 1
      tally.scrub.quarantined = 1
      tally.scrub.quarantineReasons["too-long"] = 1
    }
    return tally
  }

  /// Appends the frames of a record's rows.
  private mutating func write(
    _ record: RecordSlice, _ span: Span<UInt8>, _ done: (isChanged: Bool, hasActs: Bool),
    to batch: inout Batch
  ) throws(RowFailure) {
    var rows: [CollectionRow]
    let (layout, columns) = (batch.container.layout, batch.columns)
    if layout == .json, !done.isChanged {
      rows = try mapper.rows(span, clean: span, hasActs: false)
    } else {
      var clean: [UInt8] = []
      if done.isChanged { scrubber!.append(span, to: &clean) } else { clean = Array(copying: span) }
      clean = recordAsJSON(clean.span, layout, columns)
      let record = recordAsJSON(span, layout, columns)
      rows = try mapper.rows(record.span, clean: clean.span, hasActs: done.hasActs)
    }
    var frames: [UInt8] = []
    var entries: [UnifyTally.Entry] = []
    for var item in rows {
      row.removeAll(keepingCapacity: row.capacity < 8 << 20)
      item.append(to: &row)
      if item.isJoined, rowScrubber != nil { try settle(&item) }
      let head = RowFrame.Head(
        input: batch.input, record: record.number, line: record.line, length: row.count)
      RowFrame.append(head, to: &frames)
      frames += row
      entries.append(
        UnifyTally.Entry(
          key: item.key, content: item.contentHash, user: item.userHash, order: item.order,
          length: Int64(row.count)))
    }
    // Nothing of a record whose later rows fail.
    batch.output += frames
    tally.entries += entries
    tally.merge(mapper.tally)
  }

  /// Scans a row in which texts stand together that stood apart in the record: what is found only
  /// now is redacted as well.
  private mutating func settle(_ item: inout CollectionRow) throws(RowFailure) {
    let line = row
    do {
      guard try rowScrubber!.scrub(line.span) else { return }
    } catch {
      throw .redaction(error)
    }
    var clean: [UInt8] = []
    rowScrubber!.append(line.span, to: &clean)
    rowTree.read(clean.span)
    item.takeTexts(from: &rowTree)
    item.redacted = Array("True".utf8)
    if item.hasMadeID { item.makeID() }
    row.removeAll(keepingCapacity: true)
    item.append(to: &row)
  }

  private mutating func quarantine(
    _ record: RecordSlice, reason: String, isChanged: Bool, in batch: inout Batch,
    _ bytes: [UInt8]
  ) {
    tally.scrub.quarantined += 1
    tally.scrub.quarantineReasons[reason, default: 0] += 1
    if isChanged { tally.scrub.changed += 1 } else { tally.scrub.unchanged += 1 }
    appendQuarantineLine(
      input: batch.inputName, record: record.number, line: record.line, reason: reason,
      bytes: bytes, raw: record.range, into: &batch.quarantine)
  }
}

extension CollectionRow {
  /// Takes the texts of the row's own line, which has been scanned meanwhile.
  fileprivate mutating func takeTexts(from tree: inout JSONTree) {
    func text(_ node: Int, in tree: inout JSONTree) -> [UInt8] {
      var text: [UInt8] = []
      tree.decode(node, into: &text)
      return text
    }
    if let list = tree.member(Array("conversation".utf8), of: JSONTree.root) {
      var message = Int(tree.nodes[list].child)
      for index in turns.indices where message >= 0 {
        if let content = tree.member(Array("content".utf8), of: message) {
          turns[index].text = text(content, in: &tree)
        }
        message = Int(tree.nodes[message].next)
      }
    }
    let metadata = tree.member(Array("conversation_metadata".utf8), of: JSONTree.root)
    guard let metadata else { return }
    if let node = tree.member(Array("title".utf8), of: metadata) { title = text(node, in: &tree) }
    if let node = tree.member(Array("custom_instruction".utf8), of: metadata) {
      customInstruction = text(node, in: &tree)
    }
  }
}

extension ScrubTally {
  /// Takes records that redaction had counted as done and mapping put into quarantine.
  fileprivate mutating func take(back mapping: ScrubTally) {
    changed -= mapping.changed
    unchanged -= mapping.unchanged
    quarantined += mapping.quarantined
    quarantineReasons.merge(mapping.quarantineReasons, uniquingKeysWith: +)
  }
}
