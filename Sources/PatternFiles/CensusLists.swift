internal import Names

/// How common a name is by its rank in a census: as Patterns/names/README.md says.
private func bucket(ofRank rank: Int) -> Int {
  switch rank {
  case ...200: 7
  case ...1_000: 6
  case ...3_000: 5
  case ...10_000: 4
  case ...30_000: 3
  default: 2
  }
}

/// `SMITH          1.006  1.006      1`: US Census 1990, in columns of blanks, without a header.
struct Census1990Reader: NameListReader {
  let classes: WordClasses

  /// - Parameter fileName: whose `first` or `last` tells given names from surnames.
  init?(fileName: String, classes: WordClasses?) {
    if let classes {
      self.classes = classes
    } else if fileName.contains("first") {
      self.classes = .given
    } else if fileName.contains("last") {
      self.classes = .surname
    } else {
      return nil
    }
  }

  static func recognises(_ sample: ListSample) -> Bool { sample.most { parts($0) != nil } }

  private static func parts(
    _ line: ArraySlice<UInt8>
  ) -> (name: ArraySlice<UInt8>, rank: Int)? {
    let columns = line.split(separator: 32)
    guard columns.count == 4, columns[1].contains(46), columns[1].isNumeric, columns[2].isNumeric,
      let rank = columns[3].number
    else { return nil }
    return (columns[0], rank)
  }

  mutating func read(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    guard let (name, rank) = Self.parts(line) else {
      throw ListProblem(reason: "not a name with frequency, sum and rank")
    }
    sink.add(name, classes, bucket: bucket(ofRank: rank))
  }
}

/// `name,rank,count,prop100k,…`: US Census 2000 and 2010, with a header; the columns are found by
/// its names.
struct CensusReader: NameListReader {
  private let classes: WordClasses
  private var name = -1
  private var rank = -1
  private var count = 0

  init(classes: WordClasses?) { self.classes = classes ?? .surname }

  static func recognises(_ sample: ListSample) -> Bool {
    guard let header = sample.lines.first.map(names) else { return false }
    return header.contains("name") && header.contains("rank") && header.contains("count")
  }

  private static func names(_ line: ArraySlice<UInt8>) -> [String] {
    (line.fields ?? []).map { $0.string.lowercased() }
  }

  mutating func read(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    if name < 0 {
      let header = Self.names(line)
      guard let name = header.firstIndex(of: "name"), let rank = header.firstIndex(of: "rank")
      else { throw ListProblem(reason: "a header with `name` and `rank` is missing") }
      (self.name, self.rank, count) = (name, rank, header.count)
      return
    }
    guard let fields = line.fields, fields.count == count, let place = fields[rank].number else {
      throw ListProblem(reason: "not as many columns as the header, or no rank")
    }
    // The last row gathers the names that are not listed.
    if place == 0 || fields[name].string == "ALL OTHER NAMES" { return }
    sink.add(fields[name], classes, bucket: bucket(ofRank: place))
  }
}

/// `Mary,F,7065` or `CA,F,1910,Mary,295`: births of the US Social Security Administration.
struct BirthsReader: NameListReader {
  private let classes: WordClasses

  init(classes: WordClasses?) { self.classes = classes ?? .given }

  static func recognises(_ sample: ListSample) -> Bool { sample.most { parts($0) != nil } }

  private static func parts(
    _ line: ArraySlice<UInt8>
  ) -> (name: ArraySlice<UInt8>, births: Int)? {
    let columns = line.columns(UInt8(ascii: ","))
    func isSex(_ column: ArraySlice<UInt8>) -> Bool {
      column.elementsEqual([70]) || column.elementsEqual([77])
    }
    if columns.count == 3, isSex(columns[1]), let births = columns[2].number {
      return (columns[0], births)
    }
    if columns.count == 5, columns[0].count == 2, isSex(columns[1]), columns[2].number != nil,
      let births = columns[4].number
    {
      return (columns[3], births)
    }
    return nil
  }

  mutating func read(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    guard let (name, births) = Self.parts(line) else {
      throw ListProblem(reason: "not a name with sex and births")
    }
    // Of one year: rare names are also words and slips of the pen.
    let bucket =
      switch births {
      case 10_000...: 7
      case 2_000...: 6
      case 500...: 5
      case 100...: 4
      case 20...: 3
      default: 1
      }
    sink.add(name, classes, bucket: bucket)
  }
}
