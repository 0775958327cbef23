import Foundation
import PatternFiles
import Scan
import TestSupport
import Testing

@Suite struct ZoneFileTests {
  private func read(_ text: String) throws -> [ZoneDefinition] {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "zones.yaml")
    return try readZones(path: folder.path + "/zones.yaml", name: "zones.yaml")
  }

  private static let rest = Zone.allCases.dropFirst().map { "\($0.rawValue): {}\n" }.joined()

  @Test func zonesAreRead() throws {
    let zones = try read("code_block: {PERSON: -0.2, 'SECRET_*': 0}\n" + Self.rest)
    #expect(zones.count == Zone.allCases.count)
    #expect(zones[0].scores == ["PERSON": -0.2, "SECRET_*": 0])
  }

  @Test func whatIsWrongIsNamedWithItsLine() {
    for (text, message) in [
      (Self.rest, "zone `code_block` is missing"),
      ("code_block: {}\n" + Self.rest + "poem: {}\n", "unknown key `poem`"),
      ("code_block: {PERSON: 3}\n" + Self.rest, "a change is between -1 and 1"),
    ] {
      #expect { try read(text) } throws: { "\($0)".contains(message) && "\($0)".contains(":") }
    }
  }

  /// A key that stands for no type is a slip of the pen.
  @Test func everyTypeOfTheZonesIsFoundByARule() {
    let types = Project.scanner.entityTypes
    for zone in Project.pack.zones {
      for key in zone.scores.keys.sorted() {
        let isKnown =
          key.hasSuffix("*")
          ? types.contains { $0.hasPrefix(key.dropLast()) } : types.contains(key)
        #expect(isKnown, "\(zone.zone.rawValue): \(key)")
      }
    }
  }
}
