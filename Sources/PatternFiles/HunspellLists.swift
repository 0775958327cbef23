internal import Foundation
internal import Names

/// `Haus/EPSOmij`: a stem of a hunspell dictionary, with its flags, which are not expanded.
///
/// Stems in small letters are common words, and counter-evidence. Which name a capital stands for
/// these dictionaries mostly do not say: such stems are taken when the user says what they are.
struct HunspellReader: NameListReader {
  private let classes: WordClasses?
  private var isFirst = true

  init(classes: WordClasses?) { self.classes = classes }

  /// The first line is the number of entries; or the name says it.
  static func recognises(_ sample: ListSample) -> Bool {
    guard let first = sample.lines.first, first.number != nil else { return false }
    return sample.fileName.hasSuffix(".dic") || sample.fileName.hasSuffix(".dic.gz")
      || sample.lines.dropFirst().contains { $0.contains(UInt8(ascii: "/")) }
  }

  /// The character set that an affix file names, as ICU calls it.
  static func charset(affixes: [UInt8]) -> String? {
    var name: String?
    forEachListLine(of: affixes) { line, _ in
      let words = line.split(whereSeparator: { $0 == 32 || $0 == 9 })
      if words.count == 2, words[0].string == "SET" { name = words[1].string }
      return name == nil
    }
    // Its name for Windows' code pages is its own.
    return name.map { name in
      name.lowercased().hasPrefix("microsoft-cp") ? "windows-" + name.dropFirst(12) : name
    }
  }

  mutating func read(
    _ line: ArraySlice<UInt8>, into sink: inout ListSink
  ) throws(ListProblem) {
    if isFirst {
      isFirst = false
      guard line.number != nil else {
        throw ListProblem(reason: "the number of entries is missing")
      }
      return
    }
    // Comments begin with a tab or a number sign; words do not hold digits.
    guard let first = line.first, first != 9, first != 35, first != 32 else { return }
    var stem = line.prefix { $0 != 9 && $0 != 32 }
    if let slash = stem.dropFirst().firstIndex(of: UInt8(ascii: "/")) { stem = stem[..<slash] }
    guard stem.count > 1, !stem.contains(where: { $0 &- 48 < 10 || $0 == 92 }) else { return }
    let text = stem.string
    if let classes {
      sink.add(stem, classes, bucket: 2)
    } else if text == text.lowercased() {
      sink.add(stem, .common, bucket: 3)
    }
  }
}
