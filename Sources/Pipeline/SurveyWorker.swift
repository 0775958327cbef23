internal import Records
package import Redact
internal import Scan
internal import Text

/// Finds the names of a batch's records, for a survey. Owned by one worker's queue.
package struct SurveyWorker: ~Copyable, BatchWorker {
  package typealias Tally = SurveyTally

  private let plans: [ScrubPlan]
  private let planOfInput: [Int]
  /// Of each plan, the paths at which the user's id may stand.
  private let userPaths: [[String]]
  private let usersMin: Int
  private var current: Int
  private var scrubber: RecordScrubber
  private var parser: RecordParser?
  private var map = RecordMap()
  private var folding = FoldTable()
  private var seen: Set<UInt64> = []
  private var userID: [UInt8] = []
  private var escapes = EscapeMap()

  /// - Parameters:
  ///   - plans: one for each format in use, at least one.
  ///   - planOfInput: for each input of the run, the index of its plan.
  ///   - userPaths: for each plan; records without a value there are taken for one user's, where
  ///     there are no paths each is of a user of its own.
  /// - Throws: `FormatError` for a path that cannot be read.
  package init(
    plans: [ScrubPlan], planOfInput: [Int], userPaths: [[String]], usersMin: Int
  ) throws {
    self.plans = plans
    self.planOfInput = planOfInput
    self.userPaths = userPaths
    self.usersMin = usersMin
    current = planOfInput.first ?? 0
    scrubber = RecordScrubber(plan: plans[current])
    parser = try Self.parser(userPaths[current])
  }

  private static func parser(_ paths: [String]) throws(FormatError) -> RecordParser? {
    if paths.isEmpty { return nil }
    let fields = paths.map { FieldDefinition(path: $0, use: .conversationID) }
    return RecordParser(format: try Format(FormatDefinition(name: "user", fields: fields)))
  }

  package mutating func process(_ batch: inout Batch) throws -> SurveyTally {
    if planOfInput[batch.input] != current {
      current = planOfInput[batch.input]
      scrubber = RecordScrubber(plan: plans[current])
      parser = try Self.parser(userPaths[current])
    }
    scrubber.layout = batch.container.layout
    scrubber.columns = batch.columns
    parser?.layout = batch.container.layout
    parser?.columns = batch.columns
    var tally = SurveyTally()
    tally.usersMin = usersMin
    let bytes = batch.bytes
    for record in batch.records {
      // The row that names a table's columns.
      if record.number == 1, !batch.columns.isEmpty { continue }
      tally.records += 1
      let span = bytes.span.extracting(record.range)
      do throws(RecordFailure) {
        _ = try scrubber.scrub(span)
      } catch {
        tally.failures[error.reason, default: 0] += 1
        continue
      }
      let user = user(of: span, input: batch.input, number: record.number)
      if user == nil { tally.recordsWithoutUser += 1 }
      note(user ?? 0, in: &tally)
    }
    return tally
  }

  /// A hash of the user's id; where the format names none, of the record's place; `nil` when a
  /// record does not say what its format or the caller names.
  private mutating func user(of record: Span<UInt8>, input: Int, number: Int) -> UInt64? {
    if parser != nil {
      guard (try? parser!.parse(record, into: &map)) != nil, let range = map.conversationID,
        !range.isEmpty
      else { return nil }
      // One id may be spelled in several ways.
      userID.removeAll(keepingCapacity: true)
      escapes.removeAll()
      let encoding: TextEncoding = parser!.layout == .json ? .json : .cell
      decode(record, range, as: encoding, into: &userID, map: &escapes)
      return ByteHash.of(userID)
    }
    return ByteHash.of(Array("record \(input) \(number)".utf8))
  }

  /// Adds each name of the record last scanned once.
  private mutating func note(_ user: UInt64, in tally: inout SurveyTally) {
    seen.removeAll(keepingCapacity: true)
    let plan = plans[current]
    for item in scrubber.reported where plan.scanner.nameRules.contains(item.finding.rule) {
      let type = item.finding.entityType
      let text = scrubber.text(ofValue: item.value)
      let name = KeptNames.hash(text.span, item.finding.range, &folding)
      let key = name ^ UInt64(type + 1) &* 0x9E37_79B9_7F4A_7C15
      guard seen.insert(key).inserted else { continue }
      tally.sightings.append(
        SurveyTally.Sighting(
          key: key, user: user, type: plan.scanner.entityTypes[type],
          name: Self.onOneLine(text[item.finding.range])))
    }
  }

  private static func onOneLine(_ name: ArraySlice<UInt8>) -> String {
    let words = name.split { $0 == 9 || $0 == 10 || $0 == 13 || $0 == 32 }
    return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }

  package mutating func note(_ piece: OverlongPiece) throws -> SurveyTally {
    var tally = SurveyTally()
    tally.usersMin = usersMin
    if piece.isFirst {
      tally.records = 1
      tally.failures["too-long"] = 1
    }
    return tally
  }
}
