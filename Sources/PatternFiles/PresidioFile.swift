internal import Foundation
internal import Rules
internal import Yams

/// A file of Presidio's recognizers (its `recognizers.yaml`), read as it is.
///
/// Each pattern or deny-list recognizer becomes a rule. What cannot be honoured is a problem or a
/// note with its line. Source: Presidio's documentation, "Customizing recognizer registry from
/// file" and "Supporting detection of new types of PII entities".
struct PresidioFile {
  private(set) var rules: [RuleFile] = []
  private(set) var problems: [PatternFileError] = []
  private(set) var notes: [PatternFileError] = []
  private let file: String
  private var options: RegexOptions

  static func isOne(_ map: YAMLMap) -> Bool {
    map.keys.contains("recognizers") || map.keys.contains("recognizer_registry")
  }

  /// - Parameter known: the rules that are there, which stand for recognizers that are code.
  /// - Throws: `PatternFileError` when the file as a whole cannot be read.
  init(_ source: YAMLMap, known: [RuleDefinition]) throws(PatternFileError) {
    file = source.file
    options = [.caseless, .multiline, .dotAll, .unicode]
    var map = source
    if let registry = try map.map("recognizer_registry") { map = registry }
    let flagsLine = map.line(of: "global_regex_flags")
    if let flags = try map.optionalInt("global_regex_flags") {
      options = try Self.options(flags, file: file, line: flagsLine)
    }
    let line = map.line(of: "recognizers")
    for node in try map.nodes("recognizers") {
      do throws(PatternFileError) {
        try read(node, known: known)
      } catch {
        problems.append(error)
      }
    }
    if !rules.isEmpty {
      notes.append(
        PatternFileError(
          file: file, line: line,
          message: "languages are not told apart: these recognizers are on for every text"))
    }
    for key in map.keys where !["supported_languages", "supported_countries"].contains(key) {
      notes.append(
        PatternFileError(
          file: file, line: map.line(of: key), message: "`\(key)` is not used"))
    }
  }

  /// The flags of Python's `regex` module.
  private static func options(
    _ flags: Int, file: String, line: Int
  ) throws(PatternFileError) -> RegexOptions {
    let known: [(bit: Int, option: RegexOptions)] = [
      (2, .caseless), (8, .multiline), (16, .dotAll), (64, .extended),
    ]
    // UNICODE and VERSION0 are the defaults, ASCII takes UNICODE back.
    let rest = known.reduce(flags & ~(32 | 128 | 0x2000)) { $0 & ~$1.bit }
    guard rest == 0 else {
      throw PatternFileError(
        file: file, line: line,
        message: "`global_regex_flags`: only IGNORECASE, MULTILINE, DOTALL, VERBOSE, UNICODE and "
          + "ASCII are known")
    }
    var options: RegexOptions = flags & 128 == 0 ? .unicode : []
    for (bit, option) in known where flags & bit != 0 { options.insert(option) }
    return options
  }

  // MARK: - Recognizers

  private mutating func read(_ node: Node, known: [RuleDefinition]) throws(PatternFileError) {
    if let name = node.scalar?.string {
      note(predefined: name, line: node.mark?.line ?? 0, known)
      return
    }
    var map = try YAMLMap(node, file: file)
    let line = map.line
    let name = try map.string("name")
    if let enabled = try map.optionalString("enabled"), enabled.lowercased() == "false" { return }
    let isPattern = map.keys.contains("patterns") || map.keys.contains("deny_list")
    let type = try map.optionalString("type") ?? (isPattern ? "custom" : "predefined")
    guard ["custom", "predefined"].contains(type) else {
      throw map.error("`type` is custom or predefined")
    }
    if type == "predefined" {
      note(predefined: try map.optionalString("class_name") ?? name, line: line, known)
      for key in map.keys where ["context", "patterns", "deny_list"].contains(key) {
        notes.append(
          PatternFileError(
            file: file, line: map.line(of: key), message: "`\(key)` of \(name) is not used"))
      }
      for node in try map.nodes("supported_languages") where node.mapping?["context"] != nil {
        notes.append(
          PatternFileError(
            file: file, line: node.mark?.line ?? line,
            message: "`context` of \(name) is not used"))
      }
      return
    }
    try readCustom(name, &map)
  }

  private mutating func readCustom(
    _ name: String, _ map: inout YAMLMap
  ) throws(PatternFileError) {
    let line = map.line
    let entity = try map.string("supported_entity")
    guard Self.isEntity(entity) else {
      throw map.error("`supported_entity` is of letters, digits and underscores")
    }
    var words: [String: [String]] = [:]
    let context = try map.strings("context")
    let language = try map.optionalString("supported_language") ?? "any"
    words[language] = context.isEmpty ? nil : context
    for node in try map.nodes("supported_languages") where node.scalar == nil {
      var entry = try YAMLMap(node, file: file)
      let language = try entry.string("language")
      let own = try entry.strings("context")
      if !own.isEmpty { words[language, default: []] += own }
      try entry.finish()
    }
    var (patterns, lines) = try Self.patterns(&map, options)
    let listLine = map.line(of: "deny_list")
    let list = try map.strings("deny_list")
    let score = map.keys.contains("deny_list_score") ? try map.number("deny_list_score") : 1
    if !list.isEmpty {
      patterns.append(Self.pattern(Self.expression(anyOf: list), score: score, options))
      lines.append(listLine)
    }
    guard !patterns.isEmpty else { throw map.error("`patterns` or `deny_list` is missing") }
    for key in ["version", "country_code", "class_name"] { _ = map.take(key) }
    try map.finish()
    let all = RuleFile.forms(of: words)
    let definition = RuleDefinition(
      id: "presidio/\(Self.slug(name))-\(line)", entityType: entity,
      about: "A recognizer of a Presidio file.", tier: 1, regions: [], patterns: patterns,
      clean: "", validators: [],
      // What Presidio adds for a context word, and what it makes of it at least.
      context: all.isEmpty
        ? nil
        : ContextDefinition(words: all, window: 60, boost: 0.35, required: false, floor: 0.4))
    rules.append(
      RuleFile(file: file, definition: definition, patternLines: lines, words: words))
  }

  private static func patterns(
    _ map: inout YAMLMap, _ options: RegexOptions
  ) throws(PatternFileError) -> (patterns: [PatternDefinition], lines: [Int]) {
    var patterns: [PatternDefinition] = []
    var lines: [Int] = []
    for node in try map.nodes("patterns") {
      var entry = try YAMLMap(node, file: map.file)
      _ = try entry.optionalString("name")
      let line = entry.firstLine(of: "regex")
      let regex = try entry.string("regex")
      let score = try entry.number("score")
      guard (0...1).contains(score) else { throw entry.error("`score` is between 0 and 1") }
      try entry.finish()
      switch PythonExpression.translated(regex) {
      case .success(let translated):
        patterns.append(pattern(translated, score: score, options))
        lines.append(line)
      case .failure(let refusal):
        throw PatternFileError(
          file: map.file, line: line, message: "`regex`: \(refusal.reason)")
      }
    }
    return (patterns, lines)
  }

  private static func pattern(
    _ regex: String, score: Double, _ options: RegexOptions
  ) -> PatternDefinition {
    let derived = DerivedPrefilter(regex, options: options)
    return PatternDefinition(
      regex: regex, score: score, prefilter: derived.prefilter, lookback: derived.lookback,
      options: options)
  }

  /// The words of a deny-list, where no word goes on beside them; case as the file's flags say.
  private static func expression(anyOf words: [String]) -> String {
    let escaped = words.map { word in
      word.unicodeScalars.map { scalar in
        let isPlain =
          scalar.value >= 0x80 || scalar.properties.isAlphabetic
          || scalar.properties.numericType != nil || scalar == "_"
        return isPlain ? String(scalar) : "\\" + String(scalar)
      }.joined()
    }
    return #"(?<!\w)(?:"# + escaped.joined(separator: "|") + #")(?!\w)"#
  }

  private static func isEntity(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { ($0 | 0x20) &- 97 < 26 || $0 &- 48 < 10 || $0 == 95 }
  }

  /// A name as a part of a rule's id.
  private static func slug(_ name: String) -> String {
    let parts = name.lowercased().utf8.split { !($0 &- 97 < 26 || $0 &- 48 < 10) }
    return parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "_")
  }

  // MARK: - Predefined

  private mutating func note(predefined name: String, line: Int, _ known: [RuleDefinition]) {
    let types = Self.predefined[name] ?? []
    let found = types.filter { type in
      type == "PERSON" || type == "LOCATION" || known.contains { $0.entityType == type }
    }
    let message =
      found.isEmpty
      ? "\(name) is code of Presidio and is skipped; nothing here stands for it"
      : "\(name) is code of Presidio; our own rules for \(found.joined(separator: ", ")) stand for "
        + "it"
    notes.append(PatternFileError(file: file, line: line, message: message))
  }

  /// What Presidio's own recognizers find, in its names and, where they differ, in ours.
  private static let predefined: [String: [String]] = [
    "AbaRoutingRecognizer": ["ABA_ROUTING_NUMBER"], "AuAbnRecognizer": ["AU_ABN"],
    "AuAcnRecognizer": ["AU_ACN"], "AuMedicareRecognizer": ["AU_MEDICARE"],
    "AuTfnRecognizer": ["AU_TFN"], "CreditCardRecognizer": ["CREDIT_CARD"],
    "CryptoRecognizer": ["CRYPTO"], "DateRecognizer": ["DATE_TIME", "DATE_OF_BIRTH"],
    "EmailRecognizer": ["EMAIL_ADDRESS"], "EsNieRecognizer": ["ES_NIE"],
    "EsNifRecognizer": ["ES_NIF"],
    "FiPersonalIdentityCodeRecognizer": ["FI_PERSONAL_IDENTITY_CODE"],
    "IbanRecognizer": ["IBAN_CODE"], "InAadhaarRecognizer": ["IN_AADHAAR"],
    "InPanRecognizer": ["IN_PAN"], "InPassportRecognizer": ["IN_PASSPORT"],
    "InVehicleRegistrationRecognizer": ["IN_VEHICLE_REGISTRATION"],
    "InVoterRecognizer": ["IN_VOTER"], "IpRecognizer": ["IP_ADDRESS"],
    "ItDriverLicenseRecognizer": ["IT_DRIVER_LICENSE"],
    "ItFiscalCodeRecognizer": ["IT_FISCAL_CODE"],
    "ItIdentityCardRecognizer": ["IT_IDENTITY_CARD"], "ItPassportRecognizer": ["IT_PASSPORT"],
    "ItVatCodeRecognizer": ["IT_VAT_CODE"], "MedicalLicenseRecognizer": ["MEDICAL_LICENSE"],
    "NhsRecognizer": ["UK_NHS"], "PhoneRecognizer": ["PHONE_NUMBER"],
    "PlPeselRecognizer": ["PL_PESEL"], "SgFinRecognizer": ["SG_NRIC_FIN"],
    "SgUenRecognizer": ["SG_UEN"], "SpacyRecognizer": ["PERSON", "LOCATION"],
    "StanzaRecognizer": ["PERSON", "LOCATION"],
    "TransformersRecognizer": ["PERSON", "LOCATION"], "UkNinoRecognizer": ["UK_NINO"],
    "UrlRecognizer": ["URL", "URL_WITH_CREDENTIALS", "URL_CAPABILITY", "URL_PROFILE"],
    "UsBankRecognizer": ["US_BANK_NUMBER"], "UsItinRecognizer": ["US_ITIN"],
    "UsLicenseRecognizer": ["US_DRIVER_LICENSE"], "UsPassportRecognizer": ["US_PASSPORT"],
    "UsSsnRecognizer": ["US_SSN"],
  ]
}

/// Python's `regex` syntax, where PCRE2 writes the same thing otherwise.
enum PythonExpression {
  struct Refusal: Error, Equatable {
    var reason: String
  }

  /// The expression in PCRE2's syntax, or why there is none.
  static func translated(_ pattern: String) -> Result<String, Refusal> {
    let text = Array(pattern.unicodeScalars)
    var result = String.UnicodeScalarView()
    var index = 0
    var isInClass = false
    func starts(_ literal: String) -> Bool { text[index...].starts(with: literal.unicodeScalars) }
    while index < text.count {
      if text[index] == "\\", index + 1 < text.count {
        switch escape(text, &index) {
        case .success(let written): result.append(contentsOf: written.unicodeScalars)
        case .failure(let refusal): return .failure(refusal)
        }
        continue
      }
      if isInClass {
        isInClass = text[index] != "]"
      } else if text[index] == "[" {
        isInClass = true
        // A bracket that comes first is a member.
        for first in ["[^]", "[]"] where starts(first) {
          result.append(contentsOf: text[index..<(index + first.unicodeScalars.count)])
          index += first.unicodeScalars.count
          break
        }
        if text.indices.contains(index), text[index] != "[" { continue }
      } else if starts("{,"), let number = repeatCount(text, index + 2) {
        // `{,n}` stands for itself in PCRE2 before 10.43.
        result.append(contentsOf: "{0,\(number)".unicodeScalars)
        index += 2 + "\(number)".utf8.count
        continue
      } else if starts("{e") || starts("{i<") || starts("{d<") || starts("{s<") {
        return .failure(Refusal(reason: "fuzzy matching is not known"))
      } else if starts("(?P<value>") || starts("(?<value>") {
        // A group of that name would be reported alone.
        result.append(contentsOf: "(?<value_of_recognizer>".unicodeScalars)
        index += starts("(?P") ? 10 : 9
        continue
      } else if starts("(?P=value)") {
        result.append(contentsOf: #"\k<value_of_recognizer>"#.unicodeScalars)
        index += 10
        continue
      }
      result.append(text[index])
      index += 1
    }
    return .success(String(result))
  }

  /// An escape, with what belongs to it; `index` moves behind it.
  private static func escape(
    _ text: [Unicode.Scalar], _ index: inout Int
  ) -> Result<String, Refusal> {
    let letter = text[index + 1]
    index += 2
    switch letter {
    case "Z": return .success(#"\z"#)
    case "u", "U":
      let count = letter == "u" ? 4 : 8
      let digits = text[index...].prefix(count)
      guard digits.count == count, digits.allSatisfy({ $0.properties.isASCIIHexDigit }) else {
        return .failure(Refusal(reason: "\\\(letter) wants \(count) hexadecimal digits"))
      }
      index += count
      return .success(#"\x{"# + digits.map(String.init).joined() + "}")
    case "N", "L", "m", "M":
      return .failure(Refusal(reason: "\\\(letter) is not known"))
    default:
      return .success("\\" + String(letter))
    }
  }

  /// The n of `{,n}`, whose digits begin at `start`.
  private static func repeatCount(_ text: [Unicode.Scalar], _ start: Int) -> Int? {
    let digits = text[start...].prefix { $0.value &- 48 < 10 }
    guard digits.endIndex < text.count, text[digits.endIndex] == "}" else { return nil }
    return Int(digits.map(String.init).joined())
  }
}
