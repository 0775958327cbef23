internal import Foundation
package import Records
package import Redact
package import Rules
package import Scan
internal import Text

/// Everything under `Patterns/` but the dictionaries, as the command carries it.
package struct PatternPack: Codable, Sendable {
  package var rules: [RuleDefinition]
  /// The rules that are left packed.
  package private(set) var others: [RuleOutline] = []
  package var tables: ValidatorTables
  package var formats: [FormatDefinition]
  package var policies: [PolicyDefinition]
  package var zones: [ZoneDefinition]

  /// Reads a directory laid out as `Patterns/` is.
  ///
  /// - Throws: `PatternFileError` of the first file that is wrong.
  package init(directory: String) throws(PatternFileError) {
    rules = try Self.ruleFiles(in: directory + "/rules").map(\.definition)
    tables = try Self.tables(in: directory + "/tables")
    zones = try readZones(path: directory + "/zones.yaml", name: "zones.yaml")
    formats = try Self.formatFiles(in: directory + "/formats").map(\.definition)
    policies = []
    // A preset may extend one that comes before it in the alphabet of `order`.
    for name in Self.files(in: directory + "/policies", suffix: ".yaml") {
      policies.append(
        try PolicyFile(
          path: "\(directory)/policies/\(name).yaml", name: "policies/\(name).yaml",
          presets: policies
        ).definition)
    }
  }

  /// The rule files under a directory, by id.
  ///
  /// - Throws: `PatternFileError` of the first file that is wrong.
  package static func ruleFiles(in directory: String) throws(PatternFileError) -> [RuleFile] {
    var result: [RuleFile] = []
    for id in files(in: directory, suffix: ".yaml") {
      result.append(try RuleFile(path: "\(directory)/\(id).yaml", id: id))
    }
    return result
  }

  /// The format files in a directory, by name.
  ///
  /// - Throws: `PatternFileError` of the first file that is wrong.
  package static func formatFiles(in directory: String) throws(PatternFileError) -> [FormatFile] {
    var result: [FormatFile] = []
    for name in files(in: directory, suffix: ".yaml") {
      result.append(try FormatFile(path: "\(directory)/\(name).yaml", name: name))
    }
    return result
  }

  /// The paths of all files with a suffix under a directory, relative and without it, sorted.
  static func files(in directory: String, suffix: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String }
    return (all ?? []).filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
      .sorted()
  }

  private static func tables(in directory: String) throws(PatternFileError) -> ValidatorTables {
    var tables = ValidatorTables(ibanLengths: [:], phonePlans: [])
    try forEachRow(of: directory, "iban_lengths.tsv", columns: 2) { row in
      guard let length = Int(row[1]) else { return false }
      tables.ibanLengths[row[0]] = length
      return true
    }
    try forEachRow(of: directory, "phone_plans.tsv", columns: 6) { row in
      let plan = PhonePlan(
        region: row[0], code: row[1], international: row[2], trunk: row[3], leads: row[4],
        groups: row[5])
      tables.phonePlans.append(plan)
      return (try? PhonePlans([plan])) != nil
    }
    try forEachRow(of: directory, "months.tsv", columns: 2) { row in
      let months = row[1].split(separator: ",").compactMap { Int($0) }
      tables.monthNames[row[0]] = months
      return !months.isEmpty && months.allSatisfy { (1...12).contains($0) }
    }
    try readLanguages(in: directory, into: &tables)
    var words: [String: [String]] = [:]
    // Patterns of a user's own need no lists of seed words.
    if FileManager.default.fileExists(atPath: "\(directory)/seed_words.tsv") {
      try forEachRow(of: directory, "seed_words.tsv", columns: 2) { row in
        words[row[0], default: []] += row[1].split(separator: " ").map(String.init)
        return !row[1].isEmpty
      }
    }
    tables.seedWords = words.mapValues { list in
      list.enumerated().map { (Array($1.utf8), "\($1) \($0)") }
        .sorted { $0.0.lexicographicallyPrecedes($1.0) }.map(\.1).joined(separator: "\n")
    }
    return tables
  }

  /// Reads where languages are spoken and the words that tell them. Patterns of a user's own need
  /// neither.
  private static func readLanguages(
    in directory: String, into tables: inout ValidatorTables
  ) throws(PatternFileError) {
    guard FileManager.default.fileExists(atPath: "\(directory)/language_regions.tsv") else {
      return
    }
    try forEachRow(of: directory, "language_regions.tsv", columns: 3) { row in
      let line = row.joined(separator: "\t")
      tables.languageRegions += line + "\n"
      return LanguageRegions(line: line[...]) != nil
    }
    let words = FileManager.default.contents(atPath: "\(directory)/../names/languages.tsv")
    tables.languageWords = String(decoding: words ?? Data(), as: UTF8.self)
    do {
      _ = try LanguageGuess(file: Array(tables.languageWords.utf8))
    } catch {
      throw PatternFileError(
        file: "names/languages.tsv", line: error.line, message: "is no language and its words")
    }
  }

  private static func forEachRow(
    of directory: String, _ name: String, columns: Int, _ body: ([String]) -> Bool
  ) throws(PatternFileError) {
    guard let data = FileManager.default.contents(atPath: "\(directory)/\(name)") else {
      throw PatternFileError(file: "tables/\(name)", message: "cannot be read")
    }
    let lines = String(decoding: data, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let row = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard row.count >= columns, body(row) else {
        throw PatternFileError(
          file: "tables/\(name)", line: index + 1, message: "expected \(columns) columns")
      }
    }
  }

  /// The packed form, the same bytes for the same files.
  package func packed() throws -> [UInt8] { try PackEncoder.encode(self) }

  /// The packed form in two parts: the rules that are on only where regions are asked for stand
  /// apart, since most runs need none of them.
  package func packedApart() throws -> (common: [UInt8], regional: [UInt8]) {
    var common = self
    common.rules = rules.filter { $0.tier < 3 }
    let regional = rules.filter { $0.tier >= 3 }
    common.others = regional.map {
      RuleOutline(entityType: $0.entityType, regions: $0.regions)
    }
    return (try PackEncoder.encode(common), try PackEncoder.encode(regional))
  }

  /// Unpacks what `packedApart` made.
  ///
  /// - Parameter regional: `nil` leaves the rules of regions packed; `others` says what they are.
  package init(common: [UInt8], regional: [UInt8]?) throws {
    self = try PackDecoder.decode(PatternPack.self, from: common)
    if let regional {
      rules += try PackDecoder.decode([RuleDefinition].self, from: regional)
      rules.sort { $0.id < $1.id }
      others = []
    }
    for index in rules.indices { rules[index].isProved = true }
  }
}

/// What is known of a rule without unpacking it.
package struct RuleOutline: Codable, Sendable, Equatable {
  package var entityType: String
  /// ISO 3166 codes in lower case.
  package var regions: [String]
}
