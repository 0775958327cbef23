import PatternFiles
import Rules
import TestSupport
import Testing

@Suite struct RuleDocumentTests {
  @Test func unpackingGivesWhatWasPacked() throws {
    let documents = Project.ruleFiles.map(RuleDocument.init)
    let packed = try RuleDocument.packed(documents)
    #expect(try RuleDocument.unpacked(Array(packed.utf8)) == documents)
  }

  /// A scanner of secrets that looks at the command's file must not find our examples.
  @Test func noExampleStandsInThePackedFormAsItIs() throws {
    let packed = try RuleDocument.packed(Project.ruleFiles.map(RuleDocument.init))
    for file in Project.ruleFiles where file.definition.id.hasPrefix("secrets/") {
      // Four digits of a PIN may stand in any text.
      for find in file.hits.compactMap(\.find) where find.utf8.count >= 12 {
        #expect(!packed.contains(find))
      }
    }
  }
}
