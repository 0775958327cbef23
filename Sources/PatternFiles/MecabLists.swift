internal import Names

/// `康弘,1291,1291,8349,名詞,固有名詞,人名,名,*,*,…`: a line of a MeCab dictionary (ipadic, UniDic,
/// NAIST-jdic; jumandic, which has the kind of name one column earlier).
struct MecabReader: NameListReader {
  private let classes: WordClasses?

  init(classes: WordClasses?) { self.classes = classes }

  static func recognises(_ sample: ListSample) -> Bool { sample.most { parts($0) != nil } }

  /// The word and its parts of speech.
  private static func parts(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
    guard let fields = line.fields, fields.count >= 8, fields[1].isNumeric, fields[2].isNumeric,
      fields[3].isNumeric, let first = fields[4].first, first >= 0x80
    else { return nil }
    return [fields[0]] + fields[4..<8]
  }

  private static let kinds: [String: WordClasses] = [
    "姓": .surname, "名": .given, "人名": .given, "地域": .place, "地名": .place,
    "組織": .organization, "組織名": .organization,
  ]

  mutating func read(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    guard let parts = Self.parts(line) else {
      throw ListProblem(reason: "not a word with its costs and parts of speech")
    }
    let speech = parts.dropFirst().map(\.string)
    guard speech[0] == "名詞",
      let known = [3, 2, 1].compactMap({ Self.kinds[speech[$0]] }).first
    else { return }
    sink.add(parts[0], classes ?? known, bucket: 2)
  }
}
