internal import Foundation
package import Records

/// Proposes a format file from the shape of a data set: paths, how often they occur and what kind
/// of strings stand there. Holds counts, never a value.
package struct FormatInference {
  /// What is known of the strings at one path.
  private struct PathFacts {
    var count = 0
    var records = 0
    var lastRecord = -1
    var bytes = 0
    /// How many are a known role, a URL, a time, a word without blanks.
    var roles = 0
    var urls = 0
    var times = 0
    var words = 0
    /// Hashes of the values, so many at most.
    var values: Set<Int> = []
    static let valuesMax = 64
  }

  private var facts: [String: PathFacts] = [:]
  private var order: [String] = []
  package private(set) var records = 0
  package private(set) var broken = 0
  private let format: Format

  /// The most paths that are told apart.
  package static let pathsMax = 2000

  /// - Throws: never in practice: the format of all strings compiles.
  package init() throws {
    format = try Format(
      FormatDefinition(name: "all", fields: [FieldDefinition(path: "**", use: .text)]))
  }

  /// Takes one record into account. O(record).
  package mutating func add(
    _ record: [UInt8], layout: RecordLayout = .json, columns: [[UInt8]] = []
  ) {
    var parser = RecordParser(format: format)
    parser.layout = layout
    parser.columns = columns
    var map = RecordMap()
    guard (try? parser.parse(record.span, into: &map)) != nil else {
      broken += 1
      return
    }
    records += 1
    let paths = renderPaths(
      of: record.span, at: map.values.map { map.start(of: $0) }, layout: layout, columns: columns,
      generalised: true)
    for (value, path) in zip(map.values, paths) where !value.isKeyedNumber {
      var text: [UInt8] = []
      var escapes = EscapeMap()
      decode(value, of: record.span, in: map.layers, into: &text, map: &escapes)
      note(String(decoding: text, as: UTF8.self), at: path)
    }
  }

  private mutating func note(_ text: String, at path: String) {
    if facts[path] == nil {
      guard facts.count < Self.pathsMax else { return }
      order.append(path)
    }
    var known = facts[path] ?? PathFacts()
    known.count += 1
    known.bytes += text.utf8.count
    if known.lastRecord != records {
      known.lastRecord = records
      known.records += 1
    }
    if Role.defaultNames.contains(where: { $0.name == text.lowercased() }) { known.roles += 1 }
    if text.hasPrefix("http://") || text.hasPrefix("https://") { known.urls += 1 }
    if text.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.+Z-]*)?/) != nil {
      known.times += 1
    }
    if !text.isEmpty, !text.contains(where: \.isWhitespace), text.utf8.count <= 64 {
      known.words += 1
    }
    if known.values.count < PathFacts.valuesMax { known.values.insert(text.hashValue) }
    facts[path] = known
  }

  // MARK: - The proposal

  private enum Proposal: Equatable {
    case text, role, keep, conversationID, language
    case identifier(FieldAction)
  }

  private func proposal(_ path: String, _ facts: PathFacts) -> Proposal {
    let last = path.split(separator: ".").last.map(String.init) ?? path
    let key = last.replacing("[]", with: "").lowercased()
    if facts.roles == facts.count { return .role }
    if key == "conversation_id" { return .conversationID }
    if ["language", "lang"].contains(key), facts.words * 10 >= facts.count * 9 { return .language }
    if facts.times == facts.count { return .identifier(.day) }
    let personal = ["user_id", "userid", "ip", "hashed_ip", "judge", "author_id", "session_id"]
    if personal.contains(key) { return .identifier(.hash) }
    if facts.urls == facts.count, key.contains("url") { return .identifier(.origin) }
    guard facts.words == facts.count else { return .text }
    if key == "id" || key.hasSuffix("_id") || key == "uuid" || key.hasSuffix("_hash") {
      return .keep
    }
    // A handful of words again and again says what kind of thing it is, not who.
    let isKind = facts.count >= 50 && facts.values.count <= 12
    return isKind ? .keep : .text
  }

  /// The proposed file, with the counts behind its paths.
  package func yaml(name: String) -> String {
    var groups: [(String, [String])] = []
    func line(_ path: String, _ rest: String = "") -> String {
      let known = facts[path] ?? PathFacts()
      let entry = "  \(rest.isEmpty ? "- " : "")\(quoted(path))\(rest)"
      let pad = String(repeating: " ", count: max(1, 48 - entry.count))
      return "\(entry)\(pad)# \(known.count) in \(known.records) of \(records) records, "
        + "\(known.count > 0 ? known.bytes / known.count : 0) bytes each"
    }
    let proposals = order.map { ($0, proposal($0, facts[$0] ?? PathFacts())) }
    let uses: [(String, Proposal)] = [
      ("text", .text), ("keep", .keep), ("role", .role), ("language", .language),
      ("conversation_id", .conversationID),
    ]
    for (key, use) in uses {
      let paths = proposals.filter { $0.1 == use }.map { line($0.0) }
      if !paths.isEmpty { groups.append((key, paths)) }
    }
    let identifiers = proposals.compactMap { path, use -> String? in
      if case .identifier(let action) = use { return line(path, ": \(action.rawValue)") }
      return nil
    }
    if !identifiers.isEmpty { groups.append(("identifiers", identifiers)) }
    let always = order.filter { facts[$0]?.records == records && !$0.contains("*") && $0 != "" }
    let detect = always.prefix(4).map { "  - \(quoted("\($0):string"))" }
    var result = "# Proposed from \(records) records. Look at every line before you use it.\n"
    result += "name: \(name)\nabout: Say what it is.\n"
    result += "sources:\n  - say where its shape is described\nweight: 10\n"
    if !detect.isEmpty { result += "detect:\n" + detect.joined(separator: "\n") + "\n" }
    for (key, lines) in groups { result += "\(key):\n" + lines.joined(separator: "\n") + "\n" }
    return result
  }

  private func quoted(_ path: String) -> String { yamlQuoted(path) }
}

/// A path as YAML writes it: in quotes where they are needed.
package func yamlQuoted(_ text: String) -> String {
  let isPlain =
    text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_.]*/) != nil
    && !["null", "true", "false", "yes", "no", "on", "off"].contains(text.lowercased())
  if isPlain { return text }
  let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    .replacing("\n", with: "\\n").replacing("\t", with: "\\t")
  return "\"\(escaped)\""
}
