package import Names
internal import Text

/// One file of names, read into a dictionary that is being made.
package struct NameListFile {
  package let kind: NameListKind
  /// Entries taken; one that stands twice counts twice.
  package private(set) var entries = 0
  /// Lines, rows or messages that could not be used.
  package private(set) var skipped = 0
  /// The first of them, in order.
  package private(set) var issues: [DictionaryIssue] = []

  /// How many issues are kept.
  package static let issuesMax = 20

  /// What the user said of a file.
  package struct Request: Sendable {
    /// Its kind; `nil` to recognise it.
    package var kind: NameListKind?
    /// What its entries are, where the file does not say it.
    package var classes: WordClasses?
    /// Its character set; `nil`: UTF-8, or what the file says.
    package var encoding: String?
    /// The bytes of the affix file beside a hunspell dictionary.
    package var affixes: [UInt8]?

    package init() {}
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - bytes: unpacked.
  ///   - path: for messages; its last part may tell what nothing else does.
  /// - Throws: `PatternFileError` for a file of another kind, or with nothing that can be used.
  /// - Complexity: O(`bytes.count`), in memory of a few times that.
  package init(
    _ bytes: [UInt8], path: String, _ request: Request, into builder: inout DictionaryBuilder
  ) throws(PatternFileError) {
    let fileName = path.split(separator: "/").last.map(String.init) ?? path
    func refuse(_ message: String) -> PatternFileError {
      PatternFileError(file: path, message: message)
    }
    guard !bytes.isEmpty else { throw refuse("is empty") }
    if request.kind == .gettext || request.kind == nil, let catalogue = GettextReader(bytes) {
      kind = .gettext
      var sink = ListSink()
      guard let unread = catalogue.read(request.classes ?? .place, into: &sink) else {
        throw refuse("is a catalogue of gettext that is cut short")
      }
      skipped = unread
      take(sink, into: &builder)
      if entries == 0 { throw refuse("holds no names") }
      return
    }
    let (text, found) = try Self.decode(bytes, path: path, fileName: fileName, request)
    kind = found
    if kind == .wikidataJSON {
      guard let (sink, problems) = WikidataJSONReader.read(text, request.classes) else {
        throw refuse(Self.otherKind(request.kind))
      }
      for (row, problem) in problems { skip(row, "row: " + problem.reason) }
      take(sink, into: &builder)
    } else if kind == .list {
      readList(text, request.classes, into: &builder)
    } else {
      try readLines(text, path: path, fileName: fileName, request.classes, into: &builder)
    }
    if entries == 0 {
      if let first = issues.first {
        throw PatternFileError(
          file: path, line: first.line,
          message: "\(first.reason); nothing in the file can be read as \(kind.name)"
            + (first.reason.contains("instance") ? ": say what they are with --as" : ""))
      }
      throw refuse(
        kind == .hunspell
          ? "holds no words in small letters; to take those with capitals say what they are "
            + "with --as" : "holds no names")
    }
  }

  private static let kindNames = NameListKind.allCases.map(\.rawValue).joined(separator: ", ")

  private static func otherKind(_ asked: NameListKind?) -> String {
    if let asked {
      return "is not \(asked.name); leave --kind out to have its kind recognised, or name another: "
        + kindNames
    }
    return "is of no kind that is known; give a list with one name a line, or say its kind with "
      + "--kind: \(kindNames)"
  }

  // MARK: - What it is

  /// - Throws: `PatternFileError` for bytes that are no text: an archive, a program, a picture.
  package static func refuseBinary(
    _ bytes: [UInt8], path: String
  ) throws(PatternFileError) {
    if bytes.starts(with: [0x1F, 0x8B]) || bytes.prefix(4096).contains(0) {
      throw PatternFileError(
        file: path, message: "is no list of names, but a binary file; unpack it first")
    }
  }

  /// The file as UTF-8, and its kind.
  private static func decode(
    _ bytes: [UInt8], path: String, fileName: String, _ request: Request
  ) throws(PatternFileError) -> (text: [UInt8], kind: NameListKind) {
    func refuse(_ message: String) -> PatternFileError {
      PatternFileError(file: path, message: message)
    }
    var charset = request.encoding
    if charset == nil, bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      charset = "UTF-16"
    }
    if charset == nil, let affixes = request.affixes {
      charset = HunspellReader.charset(affixes: affixes)
    }
    if let charset {
      guard let text = utf8(bytes, from: charset) else {
        throw refuse(
          request.encoding == nil
            ? "is in a character set that ICU does not know or cannot read"
            : "is in the character set \(charset), which ICU does not know or cannot read")
      }
      return (text, try kind(of: text, fileName: fileName, request, refuse))
    }
    try refuseBinary(bytes, path: path)
    if firstInvalidUTF8(in: bytes.span) != nil, request.kind == nil || request.kind == .mecab,
      let text = utf8(bytes, from: "EUC-JP"),
      case let sample = ListSample(text, fileName: fileName),
      MecabReader.recognises(sample)
        || request.kind == .mecab
          && sample.lines.contains(where: { isRead($0, .mecab, fileName: fileName) })
    {
      return (text, .mecab)
    }
    return (bytes, try kind(of: bytes, fileName: fileName, request, refuse))
  }

  private static func kind(
    of text: [UInt8], fileName: String, _ request: Request,
    _ refuse: (String) -> PatternFileError
  ) throws(PatternFileError) -> NameListKind {
    let sample = ListSample(text, fileName: fileName)
    guard let asked = request.kind else {
      guard let kind = recognised(sample) else { throw refuse(otherKind(nil)) }
      if kind == .census1990,
        Census1990Reader(fileName: sample.fileName, classes: request.classes) == nil
      {
        throw refuse("is \(kind.name), whose kind its name does not say: add --as given or surname")
      }
      return kind
    }
    let isRight: Bool =
      switch asked {
      // A line that is wrong is named; what is no such file has none that is right.
      case .list, .hunspell, .wikidataTSV, .wikidataCSV, .wikidataJSON, .census: true
      default: sample.lines.contains { Self.isRead($0, asked, fileName: fileName) }
      }
    if !isRight { throw refuse(otherKind(asked)) }
    return asked
  }

  private static func isRead(
    _ line: ArraySlice<UInt8>, _ kind: NameListKind, fileName: String
  ) -> Bool {
    var sink = ListSink()
    guard var reader = reader(kind, fileName: fileName, .given) else { return false }
    return (try? reader.read(line, into: &sink)) != nil
  }

  private static func recognised(_ sample: ListSample) -> NameListKind? {
    guard let first = sample.lines.first?.first else { return nil }
    // An opening brace or bracket of JSON, a mark of XML.
    if first == 0x7B || first == 0x5B { return .wikidataJSON }
    if let kind = WikidataReader.kind(of: sample) { return kind }
    if first == UInt8(ascii: "<") { return nil }
    if CensusReader.recognises(sample) { return .census }
    if BirthsReader.recognises(sample) { return .ssa }
    if Census1990Reader.recognises(sample) { return .census1990 }
    if let kind = GeonamesReader.kind(of: sample) { return kind }
    if MecabReader.recognises(sample) { return .mecab }
    if HunspellReader.recognises(sample) { return .hunspell }
    // A table of another kind is no list, whatever its first column is.
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|")] {
      let counts = Set(sample.lines.map { $0.count { $0 == separator } })
      if sample.lines.count > 1, counts.count == 1, let count = counts.first, count > 1 {
        return nil
      }
    }
    return .list
  }

  private static func reader(
    _ kind: NameListKind, fileName: String, _ classes: WordClasses?
  ) -> (any NameListReader)? {
    switch kind {
    case .census1990: Census1990Reader(fileName: fileName.lowercased(), classes: classes)
    case .census: CensusReader(classes: classes)
    case .ssa: BirthsReader(classes: classes)
    case .geonames, .geonamesAlternate, .geonamesCountries, .geonamesRegions:
      GeonamesReader(kind: kind, classes: classes)
    case .wikidataTSV, .wikidataCSV: WikidataReader(kind: kind, classes: classes)
    case .hunspell: HunspellReader(classes: classes)
    case .mecab: MecabReader(classes: classes)
    case .list, .gettext, .wikidataJSON: nil
    }
  }

  // MARK: - What it holds

  private mutating func readList(
    _ text: [UInt8], _ classes: WordClasses?, into builder: inout DictionaryBuilder
  ) {
    let before = builder.entryCount
    // What conversion could not read is no part of a name.
    var readable = text
    if text.firstRange(of: Self.replacement) != nil {
      forEachListLine(of: text) { line, number in
        if line.firstRange(of: Self.replacement) != nil {
          skip(number, "no UTF-8")
          for index in line.indices { readable[index] = 32 }
        }
        return true
      }
    }
    let found = builder.addUserList(readable.span, classes: classes ?? .person)
      .filter { issue in !issues.contains { $0.line == issue.line } }
    entries = builder.entryCount - before
    skipped += found.count
    issues = Array((issues + found).sorted { $0.line < $1.line }.prefix(Self.issuesMax))
  }

  /// U+FFFD.
  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  private mutating func readLines(
    _ text: [UInt8], path: String, fileName: String, _ classes: WordClasses?,
    into builder: inout DictionaryBuilder
  ) throws(PatternFileError) {
    guard var reader = Self.reader(kind, fileName: fileName, classes) else {
      throw PatternFileError(
        file: path, message: "does not say what its names are: add --as given or surname")
    }
    let isValid = firstInvalidUTF8(in: text.span) == nil
    forEachListLine(of: text) { line, number in
      if line.isEmpty { return true }
      guard isValid || firstInvalidUTF8(in: Array(line).span) == nil,
        !line.contains(0xEF) || line.firstRange(of: Self.replacement) == nil
      else {
        skip(number, "no UTF-8")
        return true
      }
      var sink = ListSink()
      do throws(ListProblem) {
        try reader.read(line, into: &sink)
        take(sink, into: &builder)
      } catch {
        skip(number, error.reason)
      }
      return true
    }
  }

  private mutating func skip(_ line: Int, _ reason: String) {
    skipped += 1
    if issues.count < Self.issuesMax { issues.append(DictionaryIssue(line: line, reason: reason)) }
  }

  /// Adds what is long enough for a name and not too long, and has a letter.
  private mutating func take(_ sink: ListSink, into builder: inout DictionaryBuilder) {
    for entry in sink.entries {
      var text = entry.text
      while text.first == 32 { text = text.dropFirst() }
      while text.last == 32 { text = text.dropLast() }
      guard (2...80).contains(text.count),
        text.contains(where: { $0 >= 0x80 || ($0 | 0x20) &- 97 < 26 })
      else { continue }
      builder.add(text.span, classes: entry.classes, bucket: entry.bucket)
      entries += 1
    }
  }
}

extension NameListFile {
  /// What ICU knows: countries, and languages, whose names are often those of peoples, in the
  /// languages it has.
  package static func addICU(to builder: inout DictionaryBuilder) -> Int {
    var seen: Set<[UInt8]> = []
    for (kind, classes) in [(DisplayName.region, WordClasses.place), (.language, .demonym)] {
      kind.visitNames { name in
        guard (2...80).contains(name.count), seen.insert(name).inserted else { return }
        builder.add(name.span, classes: classes, bucket: 6)
      }
    }
    return seen.count
  }
}
