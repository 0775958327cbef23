/// What the command carries, as the build packed it: rules, formats and policies as `PatternPack`
/// packs them, the dictionary compiled, weights as numbers, the tables around names as they are.
package enum Builtin {
  /// Rules, tables, formats and policies.
  package static var patterns: [UInt8] { bytes(packedPatterns) }
  /// The rules that are on only where regions are asked for.
  package static var regionalRules: [UInt8] { bytes(packedRegional) }
  /// What the rule files say beside the rules, as `RuleDocument` packs it.
  package static var documents: [UInt8] { bytes(packedDocuments) }
  /// The compiled dictionary.
  package static var dictionary: StaticString { packedDictionary }
  /// A line for each group of languages: name TAB languages TAB weights.
  package static var models: [UInt8] { bytes(packedModels) }
  package static var cues: [UInt8] { bytes(packed_cues) }
  package static var languages: [UInt8] { bytes(packed_languages) }
  package static var inflections: [UInt8] { bytes(packed_inflections) }
  /// Well-known people, a line each.
  package static var figures: [UInt8] { bytes(packedFigures) }
  /// The format files as they are, name to text, in JSON.
  package static var formatFiles: [UInt8] { bytes(packedFormatFiles) }

  private static func bytes(_ text: StaticString) -> [UInt8] {
    // SAFETY: a static string lives as long as the process.
    unsafe Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
