/// What the command carries, as the build packed it: rules, formats and policies as JSON,
/// dictionaries as their lists.
package enum Builtin {
  /// Rules, tables, formats and policies.
  package static var patterns: [UInt8] { bytes(packedPatterns) }
  /// The rules that are on only where regions are asked for.
  package static var regionalRules: [UInt8] { bytes(packedRegional) }
  /// What the rule files say beside the rules, as `RuleDocument` packs it.
  package static var documents: [UInt8] { bytes(packedDocuments) }
  /// The format files as they are, name to text, in JSON.
  package static var formatFiles: [UInt8] { bytes(packedFormatFiles) }
  package static var given: [UInt8] { bytes(givenNames) }
  package static var surnames: [UInt8] { bytes(surnameNames) }
  package static var places: [UInt8] { bytes(placeNames) }
  package static var commonWords: [UInt8] { bytes(commonNames) }
  package static var cues: [UInt8] { bytes(cuesNames) }

  private static func bytes(_ text: StaticString) -> [UInt8] {
    // SAFETY: a static string lives as long as the process.
    unsafe Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
