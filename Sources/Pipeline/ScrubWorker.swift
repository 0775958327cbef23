internal import Records
package import Redact
internal import Scan

/// What a run wants from its workers beside the redacted records.
package struct ScrubOptions: Sendable {
  /// Whether the redacted records are wanted at all: `scan` only reports.
  package var writesOutput = true
  package var writesFindings = false
  /// Whether findings lines hold the text found.
  package var showsValues = false
  /// Whether findings lines name the input.
  package var namesInputs = false
  /// Whether records that have not the shape of their format are scrubbed all the same, every
  /// string of them; else they go to quarantine.
  package var scrubsOtherShape = false
  /// Whether records were grouped, so that groups are worth counting.
  package var countsGroups = false

  package init() {}
}

/// Scrubs the records of a batch: the engine's place in the pipeline. Owned by one worker's queue.
package struct ScrubWorker: ~Copyable, BatchWorker {
  package typealias Tally = ScrubTally

  private var scrubber: RecordScrubber
  private var plan: ScrubPlan
  /// Of every string; made when it is first needed.
  private var other: RecordScrubber?
  private let plans: [ScrubPlan]
  private let planOfInput: [Int]
  private var current: Int
  private let otherPlan: ScrubPlan?
  private let options: ScrubOptions
  private var tally = ScrubTally()
  /// Counts of the batch by what is cheap to compare; turned into names when the batch is done.
  private var counts: [CountKey: Int] = [:]

  private struct CountKey: Hashable {
    var entityType: Int32
    var rule: Int32
    var field: Int32
    var role: UInt8
    var isAllowed: Bool
    /// Index into `unknownPaths`, for fields the format does not know.
    var path: Int32
  }

  private var unknownPaths: [String] = []
  private var unknownPathIndex: [String: Int32] = [:]

  /// - Parameters:
  ///   - plans: one for each format in use, at least one.
  ///   - planOfInput: for each input of the run, the index of its plan.
  ///   - other: the plan under which every string is text, for what is not of its input's format.
  package init(
    plans: [ScrubPlan], planOfInput: [Int], options: ScrubOptions, other: ScrubPlan? = nil
  ) {
    otherPlan = other
    self.plans = plans
    self.planOfInput = planOfInput
    self.options = options
    current = planOfInput.first ?? 0
    plan = plans[current]
    scrubber = RecordScrubber(plan: plan)
  }

  /// Changes to the plan of a batch's input. Inputs follow one another, so this is rare.
  private mutating func choosePlan(for input: Int) {
    guard planOfInput[input] != current else { return }
    current = planOfInput[input]
    plan = plans[current]
    scrubber = RecordScrubber(plan: plan)
  }

  package mutating func process(_ batch: inout Batch) throws -> ScrubTally {
    begin(batch)
    // The copy is a reference; it lets the outputs change while the bytes are read.
    let bytes = batch.bytes
    var next = 0
    while next < batch.records.count {
      let first = next
      repeat { next += 1 } while next < batch.records.count && batch.records[next].continuesGroup
      let group = Array(batch.records[first..<next])
      if group[0].isCutFromGroup { tally.groupsCut += 1 }
      if options.countsGroups { tally.groups += 1 }
      scrub(group, bytes, &batch)
    }
    return finish()
  }

  // MARK: - Step by step, for workers that make something else of the records

  /// Begins the counts of a batch.
  package mutating func begin(_ batch: borrowing Batch) {
    choosePlan(for: batch.input)
    tally = ScrubTally()
    counts.removeAll(keepingCapacity: true)
    unknownPaths.removeAll(keepingCapacity: true)
    unknownPathIndex.removeAll(keepingCapacity: true)
    scrubber.layout = batch.container.layout
    scrubber.columns = batch.columns
  }

  /// Scrubs a record and counts what was found, or puts it into quarantine; one of another shape
  /// than its format's, too.
  ///
  /// - Parameter bytes: the batch's bytes.
  /// - Returns: whether anything in it changes, and whether something in a text is replaced; `nil`
  ///   when it is in quarantine.
  package mutating func scrub(
    _ record: RecordSlice, of batch: inout Batch, _ bytes: [UInt8]
  ) -> (isChanged: Bool, hasActs: Bool)? {
    let span = bytes.span.extracting(record.range)
    tally.records += 1
    defer { countRulesThatGaveUp() }
    do throws(RecordFailure) {
      let isChanged = try scrubber.scrub(span)
      countFields()
      if isChanged { tally.changed += 1 } else { tally.unchanged += 1 }
      count(span, 0..<span.count, record, into: &batch)
      return (isChanged, hasActs)
    } catch {
      quarantine(record, reason: error.reason, in: &batch)
      return nil
    }
  }

  private var hasActs: Bool {
    scrubber.reported.contains { item in
      item.finding.entityType != plan.scanner.placeholder && !item.isAllowed
        && item.action != .keep
    }
  }

  /// Appends the record last scrubbed, with its changes.
  package mutating func append(_ record: Span<UInt8>, to target: inout [UInt8]) {
    scrubber.append(record, to: &target)
  }

  /// Ends the counts of a batch.
  package mutating func finish() -> ScrubTally {
    settleCounts()
    return tally
  }

  // MARK: - Groups of records, and what is not of its format

  /// Scrubs records that share their entities: those of one group, nearly always one.
  private mutating func scrub(
    _ group: [RecordSlice], _ bytes: [UInt8], _ batch: inout Batch
  ) {
    tally.records += group.count
    let start = group[0].range.lowerBound
    let span = bytes.span.extracting(start..<group[group.count - 1].range.upperBound)
    let ranges = group.map { $0.range.lowerBound - start..<$0.range.upperBound - start }
    // The row that names the columns need not be what it says.
    if group[0].number == 1, !batch.columns.isEmpty {
      return scrubOtherwise(group[0], span, columns: [], into: &batch)
    }
    do throws(RecordFailure) {
      _ = try scrubber.scrub(span, records: ranges)
    } catch {
      for record in group { quarantine(record, reason: error.reason, in: &batch) }
      return countRulesThatGaveUp()
    }
    var refused: [Int: RecordError] = [:]
    for record in scrubber.refused { refused[record.number] = record.error }
    countFields()
    for (number, record) in group.enumerated() {
      switch refused[number] {
      case nil:
        write(record, span, ranges[number], into: &batch)
        count(span, ranges[number], record, into: &batch)
      case .otherShape? where options.scrubsOtherShape:
        tally.otherShape += 1
        scrubOtherwise(
          record, span.extracting(ranges[number]), columns: batch.columns, into: &batch)
      case let error?:
        quarantine(record, reason: RecordFailure.record(error).reason, in: &batch)
      }
    }
    countRulesThatGaveUp()
  }

  private mutating func countRulesThatGaveUp() {
    for rule in Set(scrubber.gaveUp) { tally.rulesGaveUp[rule, default: 0] += 1 }
  }

  /// Scrubs a record of which every string is text: one that has not the shape of its format, and
  /// the row that names the columns.
  private mutating func scrubOtherwise(
    _ record: RecordSlice, _ span: Span<UInt8>, columns: [[UInt8]], into batch: inout Batch
  ) {
    let plan = otherPlan ?? plan
    var otherScrubber = other.take() ?? RecordScrubber(plan: plan)
    otherScrubber.layout = batch.container.layout
    otherScrubber.columns = columns
    // The counts so far speak of the fields of another format.
    settleCounts()
    let usual = self.plan
    self.plan = plan
    swap(&scrubber, &otherScrubber)
    do throws(RecordFailure) {
      _ = try scrubber.scrub(span)
      countFields()
      write(record, span, 0..<span.count, into: &batch)
      count(span, 0..<span.count, record, into: &batch)
    } catch {
      quarantine(record, reason: error.reason, in: &batch)
    }
    countRulesThatGaveUp()
    settleCounts()
    swap(&scrubber, &otherScrubber)
    self.plan = usual
    other = consume otherScrubber
  }

  package mutating func note(_ piece: OverlongPiece) throws -> ScrubTally {
    var tally = ScrubTally()
    if piece.isFirst {
      tally.records = 1
      tally.quarantined = 1
      tally.quarantineReasons["too-long"] = 1
    }
    return tally
  }

  private mutating func write(
    _ record: RecordSlice, _ span: Span<UInt8>, _ range: Range<Int>, into batch: inout Batch
  ) {
    let isChanged = scrubber.isChanged(range)
    if isChanged { tally.changed += 1 } else { tally.unchanged += 1 }
    guard options.writesOutput else { return }
    if isChanged {
      batch.appendSeparator(of: record, recordKept: true)
      scrubber.append(span, record: range, to: &batch.output)
      batch.appendTerminator(of: record)
    } else {
      batch.appendUnchanged(record)
    }
  }

  private mutating func quarantine(
    _ record: RecordSlice, reason: String, in batch: inout Batch
  ) {
    if options.writesOutput { batch.appendSeparator(of: record, recordKept: false) }
    tally.quarantined += 1
    tally.quarantineReasons[reason, default: 0] += 1
    let bytes = batch.bytes
    appendQuarantineLine(
      input: batch.inputName, record: record.number, line: record.line, reason: reason,
      bytes: bytes, raw: record.range, into: &batch.quarantine)
  }

  /// Counts what was scanned, and what was done to fields as a whole.
  private mutating func countFields() {
    let scanned = scrubber.scanned
    tally.texts += scanned.texts
    tally.textBytes += scanned.bytes
    for field in scrubber.changedFields {
      let definition = plan.format.fields[Int(field)]
      guard case .identifier(let action) = definition.use else { continue }
      tally.fields["\(definition.path): \(action.rawValue)", default: 0] += 1
    }
    for stale in scrubber.staleFields {
      let path = plan.format.fields[Int(stale.field)].path
      tally.staleFields["\(path): \(stale.action.rawValue)", default: 0] += 1
    }
    for field in scrubber.setFlags {
      tally.setFlags[plan.format.fields[Int(field)].path, default: 0] += 1
    }
  }

  /// Counts what was found in one of the records scrubbed together, and writes its findings lines.
  private mutating func count(
    _ span: Span<UInt8>, _ range: Range<Int>, _ record: RecordSlice, into batch: inout Batch
  ) {
    let reported = scrubber.reported.filter {
      range.contains(scrubber.map.start(of: scrubber.map.values[$0.value]))
        || range.count == span.count
    }
    let paths = unknownFieldPaths(span, range, reported)
    for item in reported {
      if item.finding.entityType == plan.scanner.placeholder {
        tally.priorPlaceholders += 1
        continue
      }
      batch.findingCount += 1
      let value = scrubber.map.values[item.value]
      let key = CountKey(
        entityType: Int32(item.finding.entityType), rule: Int32(item.finding.rule),
        field: value.field, role: scrubber.map.role(of: value).rawValue,
        isAllowed: item.isAllowed,
        path: value.field < 0 ? paths[item.value] ?? -1 : -1)
      counts[key, default: 0] += 1
    }
    if options.writesFindings, !reported.isEmpty {
      appendFindingLines(
        &scrubber, reported, span, range, record: record.number,
        input: options.namesInputs ? batch.inputName : nil, showsValues: options.showsValues,
        into: &batch.findings)
    }
  }

  /// Notes the paths of the strings that the format does not know, and of the numbers in which
  /// something was found.
  ///
  /// - Returns: for each of their values, the index of its path in `unknownPaths`.
  private mutating func unknownFieldPaths(
    _ span: Span<UInt8>, _ range: Range<Int>, _ reported: [ReportedFinding]
  ) -> [Int: Int32] {
    var offsets: [Int] = []
    var values: [Int] = []
    // The findings are in the order of their values.
    var next = 0
    for index in scrubber.map.values.indices where scrubber.map.values[index].field < 0 {
      let value = scrubber.map.values[index]
      while next < reported.count, reported[next].value < index { next += 1 }
      let isFound = next < reported.count && reported[next].value == index
      if value.isKeyedNumber, !isFound { continue }
      let start = scrubber.map.start(of: value)
      guard range.contains(start) || range.count == span.count else { continue }
      offsets.append(start - range.lowerBound)
      values.append(index)
    }
    guard !offsets.isEmpty else { return [:] }
    var result: [Int: Int32] = [:]
    let paths = renderPaths(
      of: span.extracting(range), at: offsets, layout: scrubber.layout, columns: scrubber.columns,
      generalised: true
    ) { key in scrubber.isSafeKey(key) }
    for (value, path) in zip(values, paths) {
      tally.unknownFields[path, default: 0] += 1
      if let known = unknownPathIndex[path] {
        result[value] = known
      } else {
        let index = Int32(unknownPaths.count)
        result[value] = index
        unknownPathIndex[path] = index
        unknownPaths.append(path)
      }
    }
    return result
  }

  /// Turns the counts of the batch into names.
  private mutating func settleCounts() {
    for (key, count) in counts {
      let path =
        key.field >= 0
        ? plan.format.fields[Int(key.field)].path
        : key.path >= 0 ? unknownPaths[Int(key.path)] : "?"
      let name = ScrubTally.FindingKey(
        entityType: plan.scanner.entityTypes[Int(key.entityType)],
        rule: plan.scanner.ruleIDs[Int(key.rule)],
        role: (Role(rawValue: key.role) ?? .none).name, path: path,
        action: key.isAllowed ? "allow" : plan.operators[Int(key.entityType)].rawValue)
      tally.findings[name, default: 0] += count
    }
    counts.removeAll(keepingCapacity: true)
    tally.trimUnknownFields()
  }
}
