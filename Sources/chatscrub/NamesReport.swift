import Names
import PatternFiles
import Text

/// How well a model finds the names of labelled texts it was not fitted on.
struct NamesReport: ~Copyable {
  /// Found and right, found and wrong, missed, by kind; the last is of any kind.
  private var counts = [(right: Int, wrong: Int, missed: Int)](
    repeating: (0, 0, 0), count: MentionKind.allCases.count + 1)
  private var scratch = NameScratch()
  private var maps = ByteMaps(marked: [])

  /// Counts the names of a text. A name is found when a mention of its kind overlaps it, each
  /// mention serving one name.
  mutating func add(_ document: GoldFile.Document, _ scanner: NameScanner) {
    var mentions: [NameMention] = []
    let text = document.text.span
    maps.scan(text)
    scanner.scan(
      text, maps: maps, using: &scratch, into: &mentions)
    let unsure = document.names.filter { $0.kind == nil }.map(\.range)
    mentions.removeAll { mention in unsure.contains { $0.overlaps(mention.range) } }
    for kind in MentionKind.allCases {
      count(
        document.names.filter { $0.kind == kind }.map(\.range),
        mentions.filter { $0.kind == kind }.map(\.range), Int(kind.rawValue))
    }
    count(
      document.names.filter { $0.kind != nil }.map(\.range), mentions.map(\.range),
      counts.count - 1)
  }

  private mutating func count(_ gold: [Range<Int>], _ found: [Range<Int>], _ index: Int) {
    var rest = found
    for name in gold {
      if let match = rest.firstIndex(where: { $0.overlaps(name) }) {
        rest.remove(at: match)
        counts[index].right += 1
      } else {
        counts[index].missed += 1
      }
    }
    counts[index].wrong += rest.count
  }

  /// A line for each kind: precision, recall, F1 and the number of names.
  var lines: [String] {
    let names = MentionKind.allCases.map { "\($0)" } + ["any kind"]
    return zip(names, counts).map { name, count in
      let precision = Self.share(count.right, count.right + count.wrong)
      let recall = Self.share(count.right, count.right + count.missed)
      let f1 = Self.share(2 * count.right, 2 * count.right + count.wrong + count.missed)
      return "\(name): precision \(precision), recall \(recall), F1 \(f1), "
        + "names \(count.right + count.missed)"
    }
  }

  private static func share(_ part: Int, _ whole: Int) -> String {
    guard whole > 0 else { return "-" }
    let thousandths = (part * 1000 + whole / 2) / whole
    return thousandths == 1000
      ? "1.000"
      : "0." + String(repeating: "0", count: 3 - "\(thousandths)".count) + "\(thousandths)"
  }
}
