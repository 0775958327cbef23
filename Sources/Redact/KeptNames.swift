internal import Names
internal import Scan
package import Text

/// Names that stay although they are found: well-known people, and what a survey showed to stand in
/// the conversations of many. Frozen, part of the plan.
package struct KeptNames: Sendable {
  /// By the hash of the folded name, the kinds it stays as: one bit for each `MentionKind`.
  private var kinds: [UInt64: UInt8] = [:]

  package init() {}

  package var isEmpty: Bool { kinds.isEmpty }
  package var count: Int { kinds.count }

  /// Adds a list of people: `name [TAB …]` a line, `#` for comments.
  package mutating func addPeople(_ list: [UInt8]) {
    var folding = FoldTable()
    for line in list.split(separator: 10) where line.first != UInt8(ascii: "#") {
      add(Array(line.prefix { $0 != 9 && $0 != 13 }), .person, &folding)
    }
  }

  /// Adds a list as `survey` writes it: `name TAB type` a line, further columns for people.
  ///
  /// - Returns: the numbers of the lines that could not be used.
  package mutating func addSurvey(_ list: [UInt8]) -> [Int] {
    var folding = FoldTable()
    var bad: [Int] = []
    let lines = list.split(separator: 10, omittingEmptySubsequences: false)
    for (number, line) in lines.enumerated() where !line.isEmpty {
      if line.first == UInt8(ascii: "#") { continue }
      let columns = line.split(separator: 9, omittingEmptySubsequences: false)
      guard firstInvalidUTF8(in: line.span) == nil, columns.count > 1, !columns[0].isEmpty,
        let kind = Self.kind(of: String(decoding: columns[1], as: UTF8.self))
      else {
        bad.append(number + 1)
        continue
      }
      add(Array(columns[0]), kind, &folding)
    }
    return bad
  }

  private static func kind(of type: String) -> MentionKind? {
    switch type.filter({ $0 != "\r" }) {
    case "PERSON": .person
    case "LOCATION": .location
    case "ORGANIZATION": .organization
    default: nil
    }
  }

  private mutating func add(_ name: [UInt8], _ kind: MentionKind, _ folding: inout FoldTable) {
    guard !name.isEmpty else { return }
    kinds[Self.hash(name.span, name.indices, &folding), default: 0] |= 1 << kind.rawValue
  }

  /// The hash of a name as it is compared: folded, a row of blanks as one.
  package static func hash(
    _ text: Span<UInt8>, _ range: Range<Int>, _ folding: inout FoldTable
  ) -> UInt64 {
    var folded: [UInt8] = []
    folding.fold(text, range, into: &folded)
    var hash = ByteHash()
    var wasBlank = false
    for byte in folded {
      let isBlank = byte == 32 || byte == 10 || byte == 9
      if !isBlank || !wasBlank { hash.combine(isBlank ? 32 : byte) }
      wasBlank = isBlank
    }
    return hash.finalize()
  }

  func contains(_ hash: UInt64, _ kind: MentionKind) -> Bool {
    kinds[hash, default: 0] >> kind.rawValue & 1 == 1
  }
}

/// What decides which names stay in the record at hand. Scratch of one worker.
struct KeptInRecord {
  /// Of each of the people that stay as whole names, the words: in this record one stands for the
  /// whole.
  private var people: Set<Set<UInt64>> = []
  /// The words of names by which somebody in the record speaks of himself.
  private var own: Set<UInt64> = []
  private var words: [UInt64] = []

  mutating func removeAll() {
    people.removeAll(keepingCapacity: true)
    own.removeAll(keepingCapacity: true)
  }

  /// From this score on what introduces a name is no accident: "my name is", not "met".
  private static let certain: Float = 0.85

  /// What may stand before a name by which somebody introduces himself, and is not certain in
  /// itself.
  private static let firstPerson: [[UInt8]] = [
    "name is ", "name's ", "name’s ", "call me ", "me llamo ", "ich heiße ", "mi chiamo ",
    "me chamo ", "m'appelle ", "m’appelle ", "зовут ", "我叫", "i am ", "i'm ", "i’m ",
    "im ", "this is ", "ich bin ", "je suis ", "soy ", "eu sou ", "sou ", "sono ", "ik ben ",
    "jag är ", "jestem ", "я ", "я - ", "я — ", "Я ", "Я - ", "Я — ",
    "Зовут ", "benim adım ", "我是",
  ].map { Array($0.utf8) }

  /// Notes who introduces himself, signs or stands in a header: a name with one of these words
  /// never stays. To be called for all texts of the record before `note`.
  mutating func noteOwn(
    _ findings: [Finding], in text: Span<UInt8>, _ plan: ScrubPlan, _ scratch: inout NameScratch
  ) {
    guard let names = plan.names else { return }
    for finding in findings where plan.ownNameRules.contains(finding.rule) {
      guard
        finding.score >= Self.certain || finding.rule != plan.introducedRule
          || Self.isFirstPerson(text, before: finding.range.lowerBound)
      else { continue }
      words.removeAll(keepingCapacity: true)
      names.appendIdentifyingWords(text, finding.range, using: &scratch, to: &words)
      own.formUnion(words)
    }
  }

  private static func isFirstPerson(_ text: Span<UInt8>, before end: Int) -> Bool {
    firstPerson.contains { phrase in
      let start = end - phrase.count
      guard start >= 0 else { return false }
      for index in phrase.indices
      where FoldTable.asciiFold(text[start + index]) != phrase[index] { return false }
      return start == 0 || phrase[0] >= 0x80 || !RecordScrubber.isSubstance(text[start - 1])
    }
  }

  /// Notes the people of a text that stay.
  mutating func note(
    _ findings: [Finding], in text: Span<UInt8>, _ plan: ScrubPlan, _ scratch: inout NameScratch
  ) {
    let others = findings.filter {
      plan.kind(of: $0) == nil && plan.ranks[$0.entityType] == .act
    }
    for finding in findings {
      guard stays(finding, text, plan, &scratch), finding.entityType == plan.scanner.personType
      else { continue }
      // A name inside of what a rule found goes with it.
      if !others.contains(where: { $0.range.overlaps(finding.range) }) {
        people.insert(Set(words))
      }
    }
  }

  /// Whether a finding is a whole name that stays; its words are in `words` then.
  private mutating func stays(
    _ finding: Finding, _ text: Span<UInt8>, _ plan: ScrubPlan, _ scratch: inout NameScratch
  ) -> Bool {
    guard let names = plan.names, let kind = plan.kind(of: finding) else { return false }
    let hash = KeptNames.hash(text, finding.range, &scratch.folding)
    guard plan.allow.names.contains(hash, kind) else { return false }
    words.removeAll(keepingCapacity: true)
    names.appendIdentifyingWords(text, finding.range, using: &scratch, to: &words)
    return kind != .person || !words.contains(where: own.contains)
  }

  /// Whether a name has a word of one character, or an initial before it: it may be another's.
  private static func hasInitial(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let low = range.lowerBound
    if low > 2, text[low - 1] == 32, text[low - 2] == UInt8(ascii: ".") {
      let start = characterStart(text, before: low - 2)
      let isWord = start > 0 && RecordScrubber.isSubstance(text[start - 1])
      if RecordScrubber.isSubstance(text[start]), !isWord { return true }
    }
    var letters = 0
    for index in range {
      if RecordScrubber.isSubstance(text[index]) {
        letters += text[index] & 0xC0 == 0x80 ? 0 : 1
      } else {
        if letters == 1 { return true }
        letters = 0
      }
    }
    return letters == 1
  }

  /// Moves what stays from a text's findings to what is allowed in it.
  ///
  /// - Complexity: O(n log n) in the findings, times the people that stay.
  mutating func sift(
    _ findings: inout [Finding], in text: Span<UInt8>, allowed: inout [Finding],
    _ plan: ScrubPlan, _ scratch: inout NameScratch
  ) {
    guard !plan.allow.names.isEmpty, let names = plan.names else { return }
    var known = Set(allowed.map(Place.init))
    for finding in findings where plan.kind(of: finding) != nil {
      var stays = stays(finding, text, plan, &scratch)
      if !stays, finding.entityType == plan.scanner.personType, !people.isEmpty,
        !Self.hasInitial(text, finding.range)
      {
        words.removeAll(keepingCapacity: true)
        names.appendIdentifyingWords(text, finding.range, using: &scratch, to: &words)
        // All of it must be of one of them: "Sherlock Einstein" is somebody else.
        stays = people.contains { words.allSatisfy($0.contains) }
      }
      if stays, known.insert(Place(finding)).inserted { allowed.append(finding) }
    }
    let kept = Cover(allowed.filter { plan.kind(of: $0) != nil }.map(\.range))
    findings.removeAll { plan.kind(of: $0) != nil && kept.holds($0.range) }
  }

  /// What tells two findings in one text apart.
  private struct Place: Hashable {
    let range: Range<Int>
    let rule: Int
    let entityType: Int

    init(_ finding: Finding) {
      range = finding.range
      rule = finding.rule
      entityType = finding.entityType
    }
  }

  /// Ranges that others may lie in.
  private struct Cover {
    private let starts: [Int]
    /// For each range, how far it and those before it reach.
    private var ends: [Int] = []

    init(_ ranges: [Range<Int>]) {
      let sorted = ranges.sorted { $0.lowerBound < $1.lowerBound }
      starts = sorted.map(\.lowerBound)
      for range in sorted { ends.append(max(ends.last ?? 0, range.upperBound)) }
    }

    /// Whether one of the ranges has all of another. O(log ranges).
    func holds(_ range: Range<Int>) -> Bool {
      let next = starts.partitioningIndex { $0 > range.lowerBound }
      return next > 0 && ends[next - 1] >= range.upperBound
    }
  }
}

extension ScrubPlan {
  /// The kind of name that a finding of the recogniser's is, or of the same value elsewhere; `nil`
  /// for what rules found.
  func kind(of finding: Finding) -> MentionKind? {
    guard scanner.nameRules.contains(finding.rule) || finding.rule == scanner.sameValueRule else {
      return nil
    }
    if finding.entityType == scanner.personType { return .person }
    if finding.entityType == scanner.locationType { return .location }
    return finding.entityType == scanner.organizationType ? .organization : nil
  }
}
