internal import Foundation
internal import Rules

/// What a rule file says beside the rule itself: for `rules show`, `rules test`, `rules explain`.
///
/// Packed apart from the rules, so that scanning does not pay for it.
package struct RuleDocument: Codable, Sendable, Equatable {
  package var id: String
  package var sources: [String]
  /// The context words by language.
  package var words: [String: [String]]
  package var hits: [RuleExample]
  package var misses: [RuleExample]
  package var knownGaps: [RuleExample]

  package init(_ file: RuleFile) {
    id = file.definition.id
    sources = file.sources
    words = file.words
    hits = file.hits
    misses = file.misses
    knownGaps = file.knownGaps
  }

  /// The packed form: base64 of JSON with sorted keys. Examples of secrets must not stand in the
  /// command's file as they are, where scanners would take them for live ones.
  package static func packed(_ documents: [RuleDocument]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(documents).base64EncodedString()
  }

  /// Unpacks what `packed` made.
  package static func unpacked(_ bytes: [UInt8]) throws -> [RuleDocument] {
    let data = Data(base64Encoded: Data(bytes), options: .ignoreUnknownCharacters) ?? Data()
    return try JSONDecoder().decode([RuleDocument].self, from: data)
  }
}
