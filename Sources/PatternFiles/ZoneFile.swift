package import Scan

/// Reads `zones.yaml`: what each zone of a text does to the scores of types.
///
/// - Throws: `PatternFileError` with the line of what is wrong.
package func readZones(path: String, name: String) throws(PatternFileError) -> [ZoneDefinition] {
  var map = try YAMLMap(contentsOf: path, name: name)
  var definitions: [ZoneDefinition] = []
  for zone in Zone.allCases {
    guard var scores = try map.map(zone.rawValue) else {
      throw map.error("zone `\(zone.rawValue)` is missing")
    }
    var definition = ZoneDefinition(zone: zone, scores: [:])
    for type in scores.keys {
      let place = scores.error("a change is between -1 and 1", at: type)
      let change = try scores.number(type)
      guard (-1...1).contains(change) else { throw place }
      definition.scores[type] = change
    }
    definitions.append(definition)
  }
  try map.finish()
  return definitions
}
