internal import Names

/// The places of GeoNames (geonames.org, CC-BY 4.0), in the layouts of its dump.
struct GeonamesReader: NameListReader {
  let kind: NameListKind
  private let classes: WordClasses

  init(kind: NameListKind, classes: WordClasses?) {
    self.kind = kind
    self.classes = classes ?? .place
  }

  static func kind(of sample: ListSample) -> NameListKind? {
    if sample.most(isPlace) { return .geonames }
    if sample.most(isAlternate) { return .geonamesAlternate }
    if sample.most({ $0.first == 35 || isCountry($0) }), sample.lines.contains(where: isCountry) {
      return .geonamesCountries
    }
    if sample.most(isRegion) { return .geonamesRegions }
    return nil
  }

  private static func isPlace(_ line: ArraySlice<UInt8>) -> Bool {
    let columns = line.columns(9)
    return columns.count == 19 && columns[0].number != nil && columns[4].isNumeric
      && columns[6].count <= 1 && columns[14].number != nil
  }

  private static func isAlternate(_ line: ArraySlice<UInt8>) -> Bool {
    let columns = line.columns(9)
    return (4...10).contains(columns.count) && columns[0].number != nil
      && columns[1].number != nil && columns[2].count <= 7 && columns[2].number == nil
      && !columns[3].isEmpty
  }

  private static func isCountry(_ line: ArraySlice<UInt8>) -> Bool {
    let columns = line.columns(9)
    return columns.count >= 17 && columns[0].count == 2 && columns[1].count == 3
      && columns[2].number != nil && !columns[4].isEmpty
  }

  private static func isRegion(_ line: ArraySlice<UInt8>) -> Bool {
    let columns = line.columns(9)
    return columns.count == 4 && columns[0].contains(46) && columns[3].number != nil
  }

  mutating func read(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    switch kind {
    case .geonamesAlternate: try readAlternate(line, into: &sink)
    case .geonamesCountries: try readCountry(line, into: &sink)
    case .geonamesRegions: try readRegion(line, into: &sink)
    default: try readPlace(line, into: &sink)
    }
  }

  private func readPlace(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    guard Self.isPlace(line) else { throw ListProblem(reason: "not the 19 columns of a place") }
    let columns = line.columns(9)
    // Countries, regions and towns; lakes and mountains; not single houses, streets and hotels.
    guard let feature = columns[6].first, "APTHL".utf8.contains(feature) else { return }
    var bucket = Self.bucket(ofPopulation: columns[14].number ?? 0)
    if columns[7].string.hasPrefix("PCL") { bucket = 7 }
    sink.add(columns[1], classes, bucket: bucket)
    if columns[2] != columns[1] { sink.add(columns[2], classes, bucket: bucket) }
    for name in columns[3].split(separator: UInt8(ascii: ",")) {
      sink.add(name, classes, bucket: bucket - 1)
    }
  }

  private static func bucket(ofPopulation population: Int) -> Int {
    switch population {
    case 1_000_000...: 6
    case 300_000...: 5
    case 100_000...: 4
    case 40_000...: 3
    case 15_000...: 2
    default: 1
    }
  }

  /// What stands for a language where the name is a link, a postal code, a code of an airport.
  private static let noLanguages: Set<String> = [
    "link", "post", "iata", "icao", "faac", "tcid", "unlc", "abbr", "wkdt", "phon", "piny",
    "fr_1793",
  ]

  private func readAlternate(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    guard Self.isAlternate(line) else { throw ListProblem(reason: "not an alternate name") }
    let columns = line.columns(9)
    if Self.noLanguages.contains(columns[2].string) { return }
    let isPreferred = columns.count > 4 && columns[4].elementsEqual([49])
    sink.add(columns[3], classes, bucket: isPreferred ? 3 : 2)
  }

  private func readCountry(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    if line.first == 35 { return }
    guard Self.isCountry(line) else { throw ListProblem(reason: "not a country") }
    let columns = line.columns(9)
    sink.add(columns[4], classes, bucket: 7)
    sink.add(columns[5], classes, bucket: 5)
  }

  private func readRegion(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    guard Self.isRegion(line) else { throw ListProblem(reason: "not a region with its code") }
    let columns = line.columns(9)
    for name in [columns[1], columns[2]] { sink.add(name, classes, bucket: 4) }
  }
}
