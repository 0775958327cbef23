internal import Names
package import Records
internal import Rules
package import Scan
internal import Text

/// Why a record could not be scrubbed.
package enum RecordFailure: Error, Equatable {
  case record(RecordError)
  case scan(ScanFailure)
  /// Redacting kept turning up new findings.
  case unsettled

  /// A stable code for the report and the quarantine file; no input in it.
  package var reason: String {
    switch self {
    case .record(let error): error.reason
    case .scan(let failure): failure.reason
    case .unsettled: "unsettled: redaction did not come to rest"
    }
  }
}

/// Scrubs one record at a time: parse, scan, resolve, redact, and look again until nothing is left
/// to find.
///
/// Looking again is what makes a second run of the tool change nothing: the text written has been
/// scanned as it stands, and nothing was in it. Owned by one worker.
package struct RecordScrubber: ~Copyable {
  package let plan: ScrubPlan
  private var parser: RecordParser
  package internal(set) var map = RecordMap()
  var scan: ScanScratch
  var people = PersonEntities()
  /// The identifying words of the people found, in order of appearance, and where those of each
  /// end.
  private var personWords: [UInt64] = []
  private var personEnds: [Int] = []
  /// Whose number is next.
  private var nextPerson = 0
  private var nameMemory = NameMemory()
  private var valueMemory = ValueMemory()
  private var kept = KeptInRecord()
  var numbering = Numbering()

  /// One string of the record that is scanned.
  struct Text {
    /// Index into `map.values`.
    var value: Int
    var segment: EscapeMap.Segment
    /// Resolved, in text order.
    var findings: [Finding] = []
    var hasActs = false
    /// Index into `made` of what stands for its first finding that is acted on.
    var firstMade = 0
    /// What the policy's allow-list kept.
    var allowed: [Finding] = []
    /// The engine gave up on it: it is redacted whole.
    var isOpaque = false
    /// Indices into `words` of its capitalised words, when it was scanned.
    var words: Range<Int>?
    /// Whether it has capitalised words that are not among these.
    var hasLooseWords = true
    /// The language it was taken for.
    var language = -1
    /// How many of its bytes that depends on.
    var languageReach = Int.max
    var style = TextStyle()
    /// The language that rules took it for; `nil` when it is not known whether one asked.
    var asked: AskedLanguage?
    /// Whether it holds a line that says what those below it hold.
    var hasTable = false
    /// Whether its zones keep something from being found: any change may then matter anywhere.
    var isSwayed = true
  }

  var texts: [Text] = []
  /// The capitalised words of the texts as the record has them.
  private(set) var words: [ScannedWord] = []
  var arena: [UInt8] = []
  var escapes = EscapeMap()
  /// Identifier values that become numbered placeholders, as indices into `map.values`.
  var numbered: [Int] = []
  var found: [Finding] = []
  var quiet = QuietTexts()
  private var copies = CopiedTexts()
  private let regex = RegexScratch()
  /// The rules that gave up on the record last scrubbed.
  package private(set) var gaveUp: [String] = []
  private var mentions: [NameMention] = []
  private var redacted: [UInt8] = []
  private(set) var pieces: [RedactedPiece] = []
  /// Where in `redacted` something was replaced, as bytes.
  private(set) var marks: [Range<Int>] = []
  private var replacement: [UInt8] = []
  /// What stands for the findings of this round, as ranges of `madeBytes`.
  var made: [Range<Int>] = []
  var madeBytes: [UInt8] = []
  var edits: [Edit] = []
  var replacements: [UInt8] = []
  /// The findings of the record last scrubbed.
  package internal(set) var reported: [ReportedFinding] = []
  /// The identifier values of the record last scrubbed that were changed, by field.
  package internal(set) var changedFields: [Int32] = []
  /// The derived values of the record last scrubbed whose text changed, and what became of them.
  package internal(set) var staleFields: [StaleField] = []
  /// The flags of the record last scrubbed that were set, by field.
  package internal(set) var setFlags: [Int32] = []

  /// Those of the records last scrubbed that could not be read.
  package private(set) var refused: [RefusedRecord] = []

  /// How the records are written; a table's header says what its columns are.
  package var layout: RecordLayout {
    get { parser.layout }
    set { parser.layout = newValue }
  }
  /// The names of a table's columns.
  package var columns: [[UInt8]] {
    get { parser.columns }
    set { parser.columns = newValue }
  }

  package init(plan: ScrubPlan) {
    self.plan = plan
    parser = RecordParser(format: plan.format, depthMax: plan.depthMax)
    scan = ScanScratch(for: plan.scanner)
  }

  /// How often a record is looked at again before it is given up. Long lists of rare names take
  /// twenty rounds.
  private static let roundsMax = 64

  /// Finds out what becomes of a record; `append` then writes it.
  ///
  /// - Parameter record: the bytes of one JSON value, white space around it allowed.
  /// - Returns: whether anything in the record changes.
  /// - Throws: `RecordFailure`.
  package mutating func scrub(_ record: Span<UInt8>) throws(RecordFailure) -> Bool {
    let isChanged = try scrub(record, records: [0..<record.count])
    if let first = refused.first { throw .record(first.error) }
    return isChanged
  }

  /// The same for several records of the same bytes that share their entities. Those that cannot be
  /// read are in `refused` then, and are left out.
  package mutating func scrub(
    _ record: Span<UInt8>, records: [Range<Int>]
  ) throws(RecordFailure) -> Bool {
    reset()
    parser.parse(record, records: records, into: &map, refused: &refused)
    locate(record)
    for index in texts.indices { try scanText(index) }
    if !plan.allow.names.isEmpty { keepNames() }
    try settle()
    numberIdentifiers(record)
    makeEdits()
    setNoted(record)
    orderEdits()
    report()
    return !edits.isEmpty
  }

  /// Appends the record last scrubbed, with its changes.
  package func append(_ record: Span<UInt8>, to output: inout [UInt8]) {
    splice(record, edits: edits, arena: replacements, into: &output)
  }

  /// Appends one of the records last scrubbed, with its changes, which `isChanged` says it has.
  package func append(_ bytes: Span<UInt8>, record: Range<Int>, to output: inout [UInt8]) {
    let own = edits(in: record).map { edit in
      let low = edit.range.lowerBound - record.lowerBound
      return Edit(range: low..<low + edit.range.count, replacement: edit.replacement)
    }
    splice(bytes.extracting(record), edits: own, arena: replacements, into: &output)
  }

  /// Whether one of the records last scrubbed has changes.
  package func isChanged(_ record: Range<Int>) -> Bool { !edits(in: record).isEmpty }

  private func edits(in record: Range<Int>) -> ArraySlice<Edit> {
    let first = edits.partitioningIndex { $0.range.lowerBound >= record.lowerBound }
    return edits[first...].prefix { $0.range.lowerBound < record.upperBound }
  }

  private mutating func reset() {
    refused.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
    escapes.removeAll()
    edits.removeAll(keepingCapacity: true)
    numbered.removeAll(keepingCapacity: true)
    replacements.removeAll(keepingCapacity: true)
    reported.removeAll(keepingCapacity: true)
    changedFields.removeAll(keepingCapacity: true)
    staleFields.removeAll(keepingCapacity: true)
    setFlags.removeAll(keepingCapacity: true)
    gaveUp.removeAll(keepingCapacity: true)
    copies.removeAll()
    nameMemory.removeAll()
    valueMemory.removeAll()
    kept.removeAll()
    numbering.removeAll()
  }

  /// Decodes every string that is scanned, and settles what happens to the identifier fields.
  private mutating func locate(_ record: Span<UInt8>) {
    for index in map.values.indices {
      let value = map.values[index]
      if value.isKeyedNumber {
        addNumber(value, index, record)
        continue
      }
      if value.field >= 0, let action = plan.fieldActions[Int(value.field)] {
        let outcome = fieldOutcome(action, value, record)
        switch outcome {
        case .unchanged: continue
        case .scrub: break
        case .string, .raw:
          append(outcome, for: value)
          continue
        case .placeholder:
          numbered.append(index)
          continue
        }
      }
      guard value.kind == .string else { continue }
      let segment = decode(value, of: record, in: map.layers, into: &arena, map: &escapes)
      texts.append(Text(value: index, segment: segment))
    }
  }

  // MARK: - Scanning

  /// Scans one text as the record has it.
  private mutating func scanText(_ index: Int) throws(RecordFailure) {
    let segment = texts[index].segment
    let arena = self.arena
    if let known = earlierCopy(of: index, in: arena) {
      texts[index].findings = texts[known].findings
      texts[index].allowed = texts[known].allowed
      texts[index].isOpaque = texts[known].isOpaque
      texts[index].words = texts[known].words
      texts[index].hasLooseWords = texts[known].hasLooseWords
      texts[index].language = texts[known].language
      texts[index].languageReach = texts[known].languageReach
      texts[index].style = texts[known].style
      texts[index].asked = texts[known].asked
      texts[index].hasTable = texts[known].hasTable
      texts[index].isSwayed = texts[known].isSwayed
      return
    }
    let text = arena.span.extracting(segment.text)
    let named = nameUnderKey(index, text)
    let labelled = underKey(index, text)
    if named == nil, isQuiet(text, labelled) { return }
    found.removeAll(keepingCapacity: true)
    do {
      try plan.scanner.scan(text, using: &scan, into: &found)
      if let labelled { try plan.scanner.scan(labelled, of: text, using: &scan, into: &found) }
    } catch {
      gaveUp.append(error.rule)
      guard plan.redactsOnFailure else { throw .scan(error) }
      texts[index].isOpaque = true
      return
    }
    dropParts(of: index, text)
    let firstWord = words.count
    scan.names.appendWords(to: &words)
    if let named { plan.scanner.append([named], to: &found) }
    // Short texts may be known to be quiet, and then nothing is known of their words.
    if text.count > QuietTexts.lengthMax { texts[index].words = firstWord..<words.count }
    texts[index].hasLooseWords = scan.names.hasLooseWords
    texts[index].language = scan.names.language
    texts[index].languageReach = scan.names.languageReach
    texts[index].style = scan.names.style
    texts[index].asked = scan.language
    texts[index].hasTable = scan.names.hasTable || scan.hasTable
    texts[index].isSwayed = scan.isSwayed
    guard !found.isEmpty else {
      keepQuiet(text, labelled)
      return
    }
    plan.allow.sift(
      &found, in: text, allowed: &texts[index].allowed, isExempt: plan.isDenied,
      folding: &scan.names.folding, using: regex)
    for finding in found where plan.ranks[finding.entityType] == .protected {
      numbering.reserve(bytes(text, finding.range))
    }
    if plan.allow.names.isEmpty { remember(text, found) }
    texts[index].findings = found
  }

  /// How many values before and behind one are looked at for its siblings.
  private static let siblingReach = 64

  /// The name that a text is as a whole, as its key says that no path of the format names.
  private mutating func nameUnderKey(_ index: Int, _ text: Span<UInt8>) -> NameMention? {
    let place = texts[index].value
    let value = map.values[place]
    guard value.key >= 0, let names = plan.names else { return nil }
    let map = map
    return names.name(
      in: text, under: map.keys[Int(value.key)],
      beside: {
        map.values[max(0, place - Self.siblingReach)...].prefix(2 * Self.siblingReach).filter {
          $0.object == value.object && $0.key >= 0 && $0.key != value.key
        }.map { map.keys[Int($0.key)] }
      }, using: &scan.names)
  }

  /// The text that was scanned already and that this one repeats, if the format says so.
  private mutating func earlierCopy(of index: Int, in arena: [UInt8]) -> Int? {
    let field = map.values[texts[index].value].field
    guard field >= 0, plan.copies[Int(field)] >= 0 else { return nil }
    return copies.earlier(
      than: index, at: texts[index].segment.text, copies: plan.copies[Int(field)], in: arena)
  }

  /// Takes the names that stay out of what was found in the record, before the rest is looked for
  /// everywhere.
  private mutating func keepNames() {
    let arena = self.arena
    for index in texts.indices {
      let text = arena.span.extracting(texts[index].segment.text)
      kept.noteOwn(texts[index].findings, in: text, plan, &scan.names)
    }
    for index in texts.indices {
      let text = arena.span.extracting(texts[index].segment.text)
      kept.note(texts[index].findings, in: text, plan, &scan.names)
    }
    for index in texts.indices where !texts[index].findings.isEmpty {
      let text = arena.span.extracting(texts[index].segment.text)
      swap(&found, &texts[index].findings)
      kept.sift(&found, in: text, allowed: &texts[index].allowed, plan, &scan.names)
      remember(text, found)
      swap(&found, &texts[index].findings)
    }
  }

  /// Adds what the text shows to what is looked for in the whole record.
  private mutating func remember(_ text: Span<UInt8>, _ findings: [Finding]) {
    for finding in findings where plan.ranks[finding.entityType] == .act {
      if finding.entityType == plan.scanner.personType {
        guard let names = plan.names else { continue }
        nameMemory.remember(
          text, finding.range, score: finding.score, isCertain: plan.scanner.isCertain(finding),
          names: names, using: &scan.names)
      } else {
        valueMemory.remember(
          text, finding.range, entityType: finding.entityType, score: finding.score)
      }
    }
  }

  /// Appends to `found` where what the record has shown stands in a text, whose maps are in `scan`.
  private mutating func recall(_ text: Span<UInt8>) {
    mentions.removeAll(keepingCapacity: true)
    if let names = plan.names {
      nameMemory.find(
        in: text, maps: scan.maps, names: names, using: &scan.names, into: &mentions)
    }
    plan.scanner.append(mentions, weighing: text, using: &scan, to: &found)
    valueMemory.find(in: text, rule: plan.scanner.sameValueRule, into: &found)
  }

  /// Spreads what was found over the record, then redacts, scans what that leaves, and takes what
  /// it finds to what is redacted, until a scan of the redacted texts finds nothing.
  private mutating func settle() throws(RecordFailure) {
    for _ in 0..<Self.roundsMax {
      for index in texts.indices where !texts[index].isOpaque {
        if !(nameMemory.isEmpty && valueMemory.isEmpty) {
          swap(&found, &texts[index].findings)
          let arena = self.arena
          let text = arena.span.extracting(texts[index].segment.text)
          scan.classify(text)
          recall(text)
          dropParts(of: index, text)
          plan.allow.sift(
            &found, in: text, allowed: &texts[index].allowed, isExempt: plan.isDenied,
            folding: &scan.names.folding, using: regex)
          kept.sift(&found, in: text, allowed: &texts[index].allowed, plan, &scan.names)
          swap(&found, &texts[index].findings)
        }
        resolve(index)
      }
      beginRound()
      var changed: [(index: Int, known: Int)] = []
      for index in texts.indices where texts[index].hasActs && !texts[index].isOpaque {
        let known = texts[index].findings.count
        if try scanRedacted(index) { changed.append((index, known)) }
      }
      if changed.isEmpty { return }
      // Not before: what is found in one text depends on no other of the same round, so that equal
      // texts stay equal.
      let arena = self.arena
      for (index, known) in changed {
        remember(
          arena.span.extracting(texts[index].segment.text),
          Array(texts[index].findings[known...]))
      }
    }
    throw .unsettled
  }

  private mutating func resolve(_ index: Int) {
    guard !texts[index].findings.isEmpty else { return }
    let arena = self.arena
    let text = arena.span.extracting(texts[index].segment.text)
    texts[index].findings.resolve(ranks: plan.ranks) { range in
      for offset in range where Self.isSubstance(text[offset]) { return true }
      return false
    }
    texts[index].hasActs = texts[index].findings.contains { plan.ranks[$0.entityType] == .act }
  }

  static func isSubstance(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20) &- 97 < 26 || byte &- 48 < 10
  }

  /// Scans a text as it will be written; what is found is added to the text's findings, at its
  /// places in the record.
  ///
  /// - Returns: whether anything was found.
  private mutating func scanRedacted(_ index: Int) throws(RecordFailure) -> Bool {
    let segment = texts[index].segment
    texts[index].firstMade = made.count
    redact(texts[index].findings, in: segment)
    found.removeAll(keepingCapacity: true)
    let redacted = self.redacted
    let text = redacted.span
    let scope =
      hasOtherLanguage(index, text) ? [0..<text.count] : scope(of: texts[index], in: text)
    do {
      try plan.scanner.scan(
        text, within: scope, rest: rest(of: texts[index], in: text), using: &scan, into: &found)
    } catch {
      gaveUp.append(error.rule)
      throw .scan(error)
    }
    if scan.language != .notAsked { texts[index].asked = scan.language }
    if scan.isSwayed { texts[index].isSwayed = true }
    if scan.hasTable { texts[index].hasTable = true }
    recall(text)
    // What a policy removes or masks may leave a name alone under its key.
    if let named = nameUnderKey(index, text) { plan.scanner.append([named], to: &found) }
    let names = plan.scanner.nameRules
    found.removeAll { !names.contains($0.rule) && !ScanScope.meets($0.range, scope) }
    if let labelled = underKey(index, text) {
      do {
        try plan.scanner.scan(labelled, of: text, using: &scan, into: &found)
      } catch {
        gaveUp.append(error.rule)
        throw .scan(error)
      }
    }
    var allowed: [Finding] = []
    plan.allow.sift(
      &found, in: text, allowed: &allowed, isExempt: plan.isDenied,
      folding: &scan.names.folding, using: regex)
    kept.sift(&found, in: text, allowed: &allowed, plan, &scan.names)
    found.resolve(ranks: plan.ranks) { range in
      for offset in range where Self.isSubstance(text[offset]) { return true }
      return false
    }
    var isNew = false
    for finding in found where plan.ranks[finding.entityType] == .act {
      for range in RedactedPiece.sources(of: finding.range, in: pieces) {
        var moved = finding
        moved.range = range
        texts[index].findings.append(moved)
        isNew = true
      }
    }
    return isNew
  }

  /// Begins a round: numbers are given anew, in order of appearance.
  private mutating func beginRound() {
    numbering.forgetNumbers()
    made.removeAll(keepingCapacity: true)
    madeBytes.removeAll(keepingCapacity: true)
    gatherPeople()
  }

  /// Settles who the people of the record are before any of them gets a number: a later mention may
  /// show that two earlier ones are one person.
  private mutating func gatherPeople() {
    people.removeAll()
    personWords.removeAll(keepingCapacity: true)
    personEnds.removeAll(keepingCapacity: true)
    nextPerson = 0
    let type = plan.scanner.personType
    guard let names = plan.names, plan.operators[type] == .replace else { return }
    let arena = self.arena
    for index in texts.indices where texts[index].hasActs && !texts[index].isOpaque {
      let text = arena.span.extracting(texts[index].segment.text)
      for finding in texts[index].findings where finding.entityType == type {
        let first = personWords.count
        names.appendIdentifyingWords(text, finding.range, using: &scan.names, to: &personWords)
        personEnds.append(personWords.count)
        _ = people.entity(for: personWords[first...])
      }
    }
  }

  // MARK: - Redacting

  /// Appends a text with its findings acted on, and notes which of its bytes come from where.
  private mutating func redact(_ findings: [Finding], in segment: EscapeMap.Segment) {
    redacted.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    var position = 0
    let count = segment.text.count
    for finding in findings where plan.ranks[finding.entityType] == .act {
      copy(segment, position..<finding.range.lowerBound)
      makeReplacement(for: finding, in: segment)
      made.append(madeBytes.count..<madeBytes.count + replacement.count)
      madeBytes.append(contentsOf: replacement)
      marks.append(redacted.count..<redacted.count + replacement.count)
      redacted.append(contentsOf: replacement)
      position = finding.range.upperBound
    }
    copy(segment, position..<count)
  }

  private mutating func copy(_ segment: EscapeMap.Segment, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    pieces.append(RedactedPiece(source: range, target: redacted.count))
    let start = segment.text.lowerBound
    redacted.append(contentsOf: arena[(start + range.lowerBound)..<(start + range.upperBound)])
  }

  /// Puts into `replacement` what stands for a finding; ASCII that needs no escape, except under
  /// `mask`, which keeps what it does not mask.
  private mutating func makeReplacement(
    for finding: Finding, in segment: EscapeMap.Segment
  ) {
    replacement.removeAll(keepingCapacity: true)
    let type = finding.entityType
    let arena = self.arena
    let text = arena.span.extracting(segment.text)
    switch plan.operators[type] {
    case .keep:
      for offset in finding.range { replacement.append(text[offset]) }
    case .remove: break
    case .mask:
      for offset in finding.range where text[offset] & 0xC0 != 0x80 {
        replacement.append(Self.isSubstance(text[offset]) ? UInt8(ascii: "*") : text[offset])
      }
    case .hash:
      let value = Numbering.canonical(
        text.extracting(finding.range), isNumeric: plan.isNumeric[type])
      replacement.append(UInt8(ascii: "["))
      replacement.append(contentsOf: plan.labels[type])
      replacement.append(UInt8(ascii: ":"))
      if let keys = plan.keys {
        let name = plan.scanner.entityTypes[type]
        replacement.append(contentsOf: keys.fingerprint(of: value, type: name))
      }
      replacement.append(UInt8(ascii: "]"))
    case .replace:
      let number = self.number(of: finding, text)
      replacement.append(UInt8(ascii: "["))
      replacement.append(contentsOf: plan.labels[type])
      replacement.append(UInt8(ascii: "_"))
      replacement.append(contentsOf: Array(String(number).utf8))
      replacement.append(UInt8(ascii: "]"))
    }
  }

  private mutating func number(of finding: Finding, _ text: Span<UInt8>) -> Int {
    let type = finding.entityType
    let label = plan.scanner.entityTypes[type]
    if type == plan.scanner.personType, plan.names != nil {
      let first = nextPerson > 0 ? personEnds[nextPerson - 1] : 0
      let entity = people.entity(for: personWords[first..<personEnds[nextPerson]])
      nextPerson += 1
      return numbering.number(person: entity, type: type, label: label)
    }
    let value = Numbering.canonical(
      text.extracting(finding.range), isNumeric: plan.isNumeric[type])
    return numbering.number(type: type, label: label, value: value)
  }

  /// Keys seen before, and whether they may be shown.
  var keys: [[UInt8]: Bool] = [:]

  private func bytes(_ text: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    for index in range { result.append(text[index]) }
    return result
  }
}
