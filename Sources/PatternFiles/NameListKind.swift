internal import Names

/// What kind of file a list of names is.
package enum NameListKind: String, CaseIterable, Sendable {
  /// `entry [TAB type[,type] [TAB count [TAB language]]]`.
  case list
  /// `dist.all.last`, `dist.male.first`: name, frequency, cumulative frequency, rank in columns.
  case census1990
  /// A table with the header `name,rank,count,…` (2000, 2010).
  case census
  /// `yobNNNN.txt`: name, sex, births; or a state's: state, sex, year, name, births.
  case ssa
  /// `allCountries.txt`, `cities500.txt`: 19 columns.
  case geonames
  /// `alternateNamesV2.txt`.
  case geonamesAlternate = "geonames-alternate"
  /// `countryInfo.txt`.
  case geonamesCountries = "geonames-countries"
  /// `admin1CodesASCII.txt`, `admin2Codes.txt`.
  case geonamesRegions = "geonames-regions"
  /// Results of Wikidata's query service.
  case wikidataTSV = "wikidata-tsv"
  case wikidataCSV = "wikidata-csv"
  case wikidataJSON = "wikidata-json"
  /// A `.dic` file; its `.aff` says in which character set.
  case hunspell
  /// A compiled catalogue of translations, as `geonames.mo`.
  case gettext
  /// A dictionary of MeCab's in CSV.
  case mecab

  /// What people call it.
  package var name: String {
    switch self {
    case .list: "a plain list"
    case .census1990: "names of the US census of 1990"
    case .census: "names of a US census (2000, 2010)"
    case .ssa: "names of the US Social Security Administration"
    case .geonames: "places of GeoNames"
    case .geonamesAlternate: "alternate names of GeoNames"
    case .geonamesCountries: "countries of GeoNames"
    case .geonamesRegions: "regions of GeoNames"
    case .wikidataTSV, .wikidataCSV, .wikidataJSON: "results of Wikidata"
    case .hunspell: "a hunspell dictionary"
    case .gettext: "translations of gettext"
    case .mecab: "a MeCab dictionary"
    }
  }
}

/// Why a line cannot be used.
struct ListProblem: Error, Equatable {
  let reason: String
}

/// What one line of a list gives.
struct ListSink {
  struct Entry {
    let text: ArraySlice<UInt8>
    let classes: WordClasses
    /// 1…7, 7 for the most common.
    let bucket: Int
  }

  var entries: [Entry] = []

  mutating func add(_ text: ArraySlice<UInt8>, _ classes: WordClasses, bucket: Int) {
    entries.append(Entry(text: text, classes: classes, bucket: max(1, min(7, bucket))))
  }

  mutating func add(_ text: String, _ classes: WordClasses, bucket: Int) {
    add(Array(text.utf8)[...], classes, bucket: bucket)
  }
}

/// Reads one kind of list, a line at a time.
protocol NameListReader {
  /// - Throws: `ListProblem` when the line is not of its kind; a line that is, but gives nothing,
  ///   is no problem.
  mutating func read(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem)
}

/// The beginning of a file, to tell its kind from.
struct ListSample {
  /// The first lines that hold something, without their ends.
  let lines: [ArraySlice<UInt8>]
  /// The last part of the file's path, in lower case.
  let fileName: String

  init(_ bytes: [UInt8], fileName: String) {
    var lines: [ArraySlice<UInt8>] = []
    forEachListLine(of: bytes) { line, _ in
      // A line of megabytes is told by its beginning.
      if !line.isEmpty { lines.append(line.prefix(1 << 16)) }
      return lines.count < 60
    }
    self.lines = lines
    self.fileName = fileName.lowercased()
  }

  /// Whether there are lines, and all but one in twenty are as the test says.
  func most(_ isRight: (ArraySlice<UInt8>) -> Bool) -> Bool {
    let right = lines.count { isRight($0) }
    return right > 0 && (lines.count - right) * 20 <= lines.count
  }
}

/// Calls the body with each line, without its end, and its number from 1, until it says stop. A
/// byte order mark is no part of the first line.
///
/// - Complexity: O(`bytes.count`).
func forEachListLine(
  of bytes: [UInt8], _ body: (_ line: ArraySlice<UInt8>, _ number: Int) -> Bool
) {
  var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  var number = 0
  while start < bytes.count {
    let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
    var stop = end
    while stop > start, bytes[stop - 1] == 13 || bytes[stop - 1] == 32 { stop -= 1 }
    number += 1
    if !body(bytes[start..<stop], number) { return }
    start = end + 1
  }
}

extension ArraySlice<UInt8> {
  var string: String { String(decoding: self, as: UTF8.self) }

  /// The columns between bytes of one value; empty ones are kept.
  func columns(_ separator: UInt8) -> [ArraySlice<UInt8>] {
    split(separator: separator, omittingEmptySubsequences: false)
  }

  /// A whole number without sign in ASCII digits.
  var number: Int? {
    guard !isEmpty, count < 16, allSatisfy({ $0 &- 48 < 10 }) else { return nil }
    return reduce(0) { $0 * 10 + Int($1 &- 48) }
  }

  var isNumeric: Bool {
    !isEmpty && allSatisfy { $0 &- 48 < 10 || $0 == 46 || $0 == 45 }
  }

  /// The fields of a line of CSV (RFC 4180), quotes undone; `nil` when a quote is left open.
  var fields: [ArraySlice<UInt8>]? {
    if !contains(UInt8(ascii: "\"")) { return columns(UInt8(ascii: ",")) }
    var fields: [ArraySlice<UInt8>] = []
    var field: [UInt8] = []
    var isQuoted = false
    var index = startIndex
    while index < endIndex {
      let byte = self[index]
      if byte == UInt8(ascii: "\"") {
        if isQuoted, index + 1 < endIndex, self[index + 1] == byte {
          field.append(byte)
          index += 1
        } else {
          isQuoted.toggle()
        }
      } else if byte == UInt8(ascii: ","), !isQuoted {
        fields.append(field[...])
        field = []
      } else {
        field.append(byte)
      }
      index += 1
    }
    fields.append(field[...])
    return isQuoted ? nil : fields
  }
}
