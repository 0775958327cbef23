import PatternFiles
import Records
import Redact
import Scan
import TestSupport
import Testing

@Suite struct PolicyTests {
  @Test func theLongestPrefixDecides() {
    let policy = PolicyDefinition(
      name: "p", fallback: .mask,
      entities: ["SECRET_*": .remove, "SECRET_AWS*": .hash, "SECRET_AWS_KEY": .keep, "X": .keep])
    for (type, expected) in [
      ("SECRET_AWS_KEY", .keep), ("SECRET_AWS_ID", .hash), ("SECRET_AWS", .hash),
      ("SECRET_GITHUB", .remove), ("SECRET", .mask), ("X", .keep), ("XY", .mask),
    ] as [(String, Operator)] {
      #expect(policy.operator(for: type) == expected, "\(type)")
    }
  }

  @Test func fieldsReplaceAndAddToThoseOfTheFormat() {
    let policy = PolicyDefinition(
      name: "p", fields: ["a": "keep", "b": "text", "c": "age-band", "d": "empty"])
    let format = FormatDefinition(
      name: "f",
      fields: [
        FieldDefinition(path: "a", use: .identifier(.hash)), FieldDefinition(path: "b", use: .keep),
        FieldDefinition(path: "e", use: .role),
      ])
    let fields = policy.applied(to: format).fields
    #expect(
      fields == [
        FieldDefinition(path: "a", use: .identifier(.keep)),
        FieldDefinition(path: "b", use: .text), FieldDefinition(path: "e", use: .role),
        FieldDefinition(path: "c", use: .identifier(.ageBand)),
        FieldDefinition(path: "d", use: .identifier(.empty)),
      ])
  }

  @Test func thePresetsActOnEveryTypeButPlacesAndOrganisations() throws {
    for policy in Project.pack.policies {
      for type in Project.scanner.entityTypes {
        let isKept = policy.operator(for: type) == .keep
        let mayBeKept = policy.name != "strict" && ["LOCATION", "ORGANIZATION"].contains(type)
        #expect(isKept == mayBeKept, "\(type) under \(policy.name)")
      }
    }
  }
}
