import Names
import PatternFiles
import Testing

@Suite struct GettextListsTests {
  /// A catalogue as msgfmt writes it, without the table of hashes.
  private func catalogue(_ pairs: [(String, [UInt8])], bigEndian: Bool = false) -> [UInt8] {
    func number(_ value: Int) -> [UInt8] {
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
      return bigEndian ? bytes.reversed() : bytes
    }
    var head = number(0x9504_12DE) + number(0) + number(pairs.count)
    let sources = 28
    let targets = sources + pairs.count * 8
    head += number(sources) + number(targets) + number(0) + number(0)
    var tables: [[UInt8]] = [[], []]
    var texts: [UInt8] = []
    let start = targets + pairs.count * 8
    for (table, strings) in [pairs.map { Array($0.0.utf8) }, pairs.map(\.1)].enumerated() {
      for text in strings {
        tables[table] += number(text.count) + number(start + texts.count)
        texts += text + [0]
      }
    }
    return head + tables[0] + tables[1] + texts
  }

  @Test func messagesAndTranslationsArePlaces() throws {
    let pairs: [(String, [UInt8])] = [
      ("", Array("Content-Type: text/plain; charset=UTF-8\n".utf8)),
      ("100077", Array("Zörbstadt".utf8)), ("ctx\u{4}Fernwick", Array("Фернвик".utf8)),
      ("Broken", [0xFF, 0xFE]),
    ]
    for bigEndian in [false, true] {
      let bytes = catalogue(pairs, bigEndian: bigEndian)
      var list = try ReadList(bytes, path: "geonames.mo")
      #expect(list.file.kind == .gettext && list.file.skipped == 1 && list.file.entries == 4)
      for name in ["zorbstadt", "Fernwick", "фернвик"] { #expect(list.classes(name) == .place) }
      #expect(list.classes("100077") == [])
      #expect(refusal(Array(bytes.dropLast(20)))?.contains("cut short") == true)
    }
  }

  @Test func theHeaderNamesTheCharacterSet() throws {
    var list = try ReadList(
      catalogue([
        ("", Array("Content-Type: text/plain; charset=ISO-8859-1\n".utf8)),
        ("7", [0x5A, 0xF6, 0x72, 0x62]),
      ]))
    #expect(list.classes("Zörb") == .place)
  }
}
