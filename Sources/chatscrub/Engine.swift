import ArgumentParser
import Builtin
import Crypto
import Foundation
import Names
import PatternFiles
import Records
import Redact
import Rules
import Scan
import Text

/// The compiled patterns, and the digests that say which they were.
struct Engine {
  let pack: PatternPack
  let scanner: Scan.Scanner
  let names: NameScanner
  /// SHA-256 of the patterns in use as they are packed, and of the user's rules.
  let rulesDigest: String
  /// SHA-256 of the dictionaries in use, the user's included.
  let dictionaryDigest: String
  let dictionaryCount: Int
  let entityTypes: Set<String>
  /// The policy's, with the names that options keep.
  let allow: AllowList
  /// SHA-256 of the lists of names that are kept; `nil` when there are none.
  let keptDigest: String?

  /// - Parameters:
  ///   - patterns: what `pack` was read from, in packed form: the digest speaks of it.
  ///   - lists: the names, made meanwhile.
  init(
    _ flags: ScrubFlags, policy: PolicyDefinition, pack: PatternPack, patterns: [[UInt8]],
    lists: Later<NameLists>
  ) throws {
    var pack = pack
    let knownCount = pack.rules.count
    if let path = flags.rules {
      pack.rules += try RuleBook.read(path, pack).files.map(\.definition)
    }
    var denied = FoldedPhrases()
    for (number, list) in policy.deny.enumerated() {
      if let rule = list.rule(number: number + 1) { pack.rules.append(rule) }
      for phrase in list.values.folded { denied.add(phrase, entityType: list.entityType) }
    }
    var allow = try AllowList(policy.allow)
    keptDigest = try Self.keepNames(flags, &allow)
    self.allow = allow
    let regions = Set(
      (flags.regions ?? "").lowercased().split(separator: ",").map {
        String($0).trimmingCharacters(in: .whitespaces)
      })
    let known = Set(pack.rules.flatMap(\.regions) + pack.others.flatMap(\.regions) + ["all"])
    for region in regions.sorted() where !known.contains(region) {
      guard region.utf8.count == 2, region.utf8.allSatisfy({ $0 &- 97 < 26 }) else {
        throw ValidationError(
          "--regions are countries by their ISO 3166-1 codes of two letters, such as us,de, "
            + "or hipaa, or all.")
      }
      Console.note(
        "no rule is for the region \(region) alone (an ISO 3166-1 code); "
          + "there are \(known.sorted().joined(separator: ", "))")
    }
    let ruleset = try Ruleset(pack.rules, tables: pack.tables, regions: regions)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    rulesDigest = Self.digest(
      patterns + [Array(try encoder.encode(Array(pack.rules[knownCount...])))])
    let lists = try lists.value()
    for line in lists.skipped { Console.note(line) }
    names = lists.pack.scanner(mode: flags.names)
    dictionaryDigest = Self.digest(lists.sources)
    dictionaryCount = lists.pack.dictionary.count
    let thresholds = policy.thresholds
    let every = flags.threshold
    scanner = Scan.Scanner(
      ruleset: ruleset, names: names, zones: pack.zones,
      threshold: { Float(every ?? thresholds[$0] ?? 0.5) },
      usesPrefilter: !flags.noPrefilter, denied: denied)
    // Every type any rule can find, those of regions that are off included.
    entityTypes = Set(scanner.entityTypes).union(pack.rules.map(\.entityType))
      .union(pack.others.map(\.entityType))
    self.pack = pack
  }

  /// Adds the names that options keep.
  ///
  /// - Returns: the digest of their lists.
  private static func keepNames(_ flags: ScrubFlags, _ allow: inout AllowList) throws -> String? {
    var parts: [[UInt8]] = []
    if flags.keepPublicFigures {
      let figures = Builtin.figures
      allow.names.addPeople(figures)
      parts.append(figures)
    }
    if let path = flags.keepNames {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw PatternFileError(file: path, message: "cannot be read")
      }
      let list = Array(data)
      if let line = allow.names.addSurvey(list).first {
        throw PatternFileError(
          file: path, line: line,
          message: "is no line of a table that `survey` wrote: a name, a tab, and PERSON, LOCATION "
            + "or ORGANIZATION")
      }
      parts.append(list)
    }
    return parts.isEmpty ? nil : digest(parts)
  }

  /// SHA-256 over several parts, each with its length before it.
  static func digest(_ parts: [[UInt8]]) -> String {
    var hash = SHA256()
    for part in parts {
      hash.update(data: Array("\(part.count):".utf8))
      hash.update(data: part)
    }
    return Self.hex(hash.finalize())
  }

  /// SHA-256 of a file's bytes, as other tools give it.
  static func hexSHA256(_ bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }

  private static func hex(_ digest: SHA256.Digest) -> String {
    digest.map { byte in
      let digits = Array("0123456789abcdef")
      return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }.joined()
  }
}
