import Foundation
import Pipeline

/// The findings as SARIF 2.1.0 (OASIS), for CI systems that show such logs. Written line by line,
/// so that its size is bounded by the findings file and not by memory.
enum SarifLog {
  /// - Parameters:
  ///   - findings: a findings file of this program.
  ///   - inputs: the names of the inputs, of which one finding line names its own when there are
  ///     several.
  static func write(findings: String, inputs: [String], to path: String) throws {
    var target = try OutputFile(.file(path))
    try append(
      #"{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","#,
      to: &target)
    try append(
      #""runs":[{"tool":{"driver":{"name":"chatscrub","version":"\#(ChatScrub.version)"}},"#,
      to: &target)
    try append(#""columnKind":"unicodeCodePoints","results":["# + "\n", to: &target)
    let source = try InputSource(.file(findings))
    var bytes: [UInt8] = []
    var isFirst = true
    while try source.read(into: &bytes, countMax: 1 << 20) > 0 {
      while let end = bytes.lastIndex(of: 10) {
        for line in bytes[...end].split(separator: 10) {
          guard let result = try result(Data(line), inputs) else { continue }
          try append((isFirst ? "" : ",\n") + result, to: &target)
          isFirst = false
        }
        bytes.removeSubrange(...end)
      }
    }
    try append("\n]}]}\n", to: &target)
    _ = try target.finish()
  }

  private struct Line: Decodable {
    var input: String?
    var record: Int
    var path: String
    var start: Int
    var end: Int
    var entityType: String
    var rule: String
    var action: String

    enum CodingKeys: String, CodingKey {
      case input, record, path, start, end, rule, action
      case entityType = "entity_type"
    }
  }

  private struct Entry: Encodable {
    var ruleId: String
    var level: String
    var message: [String: String]
    var locations: [Location]
  }

  private struct Location: Encodable {
    var physicalLocation: Physical
    var logicalLocations: [[String: String]]
  }

  private struct Physical: Encodable {
    var artifactLocation: [String: String]
    var region: [String: Int]
  }

  private static func result(_ line: Data, _ inputs: [String]) throws -> String? {
    let finding = try JSONDecoder().decode(Line.self, from: line)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let name = finding.input ?? inputs.first ?? "-"
    let entry = Entry(
      ruleId: finding.rule, level: finding.action == "keep" ? "note" : "warning",
      message: [
        "text": "\(finding.entityType) at characters \(finding.start) to \(finding.end)"
      ],
      locations: [
        Location(
          physicalLocation: Physical(
            artifactLocation: ["uri": name], region: ["startLine": finding.record]),
          logicalLocations: [["fullyQualifiedName": "[\(finding.record)].\(finding.path)"]])
      ])
    return String(decoding: try encoder.encode(entry), as: UTF8.self)
  }

  private static func append(_ text: String, to target: inout OutputFile) throws {
    let bytes = Array(text.utf8)
    try target.write(bytes.span)
  }
}
