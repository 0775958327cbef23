import Testing
import Text

@Suite struct TextTableTests {
  /// The tables of a text, each as its header and the rows below it, cells joined by `·`.
  private func tables(_ text: String) -> [[String]] {
    let bytes = Array(text.utf8)
    func joined(_ cells: [Range<Int>]) -> String {
      cells.map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: "·")
    }
    var result: [[String]] = []
    var position = 0
    while let table = TextTable.next(in: bytes.span, from: &position) {
      var lines = [joined(table.columns)]
      table.forEachRow(in: bytes.span) { lines.append(joined($0)) }
      result.append(lines)
    }
    return result
  }

  @Test func tablesOfEveryKindAreRead() {
    #expect(tables("id,dob\n1,1990\n2,1984") == [["id·dob", "1·1990", "2·1984"]])
    #expect(tables("so:\n\nid;dob\n1;1990\n\nok; no\n") == [["id·dob", "1·1990"]])
    #expect(tables("id\tdob\n1\t1990\n") == [["id·dob", "1·1990"]])
    #expect(
      tables("| id | dob |\n|----|:---:|\n| 1 | 1990 |\nAnd then.")
        == [[" id · dob ", " 1 · 1990 "]])
    #expect(tables(" id | dob\n----+-----\n 1 | 1990\n") == [[" id · dob", " 1 · 1990"]])
    #expect(
      tables("+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n+---+---+\n")
        == [[" a · b ", " 1 · 2 "]])
    #expect(
      tables("a,b,c\n\"1,2\",3,4\n5\n7,8,9,10\n") == [["a·b·c", "\"1,2\"·3·4"]])
    #expect(tables("x: [1, 2, 3]\na, b, c\n1, 2, 3\n") == [["a· b· c", "1· 2· 3"]])
    #expect(tables("a,b\n1,2\n\nc;d\n3;4\n").count == 2)
  }

  @Test func proseAndCodeAreNone() {
    #expect(tables("Well, I went home, and slept.\nHe, too, was tired, he said.") == [])
    #expect(tables("int a;\nint b;\nint c;\n") == [])
    #expect(tables("\tif x {\n\t\ty()\n\t}\n") == [])
    #expect(tables("a,b") == [])
    #expect(tables("") == [])
    #expect(tables("a,b\n") == [])
    #expect(tables("one\ntwo\nthree\n") == [])
  }

  /// The lines that may be rows, looked for one line after the other.
  private func runs(_ text: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 10) ?? text.count
      lines.append(start..<end)
      start = end + 1
    }
    func counts(_ line: Range<Int>) -> [Int] {
      let tight = line.filter { text[$0] == 44 && ($0 + 1 >= text.count || text[$0 + 1] != 32) }
      return [9, 124, 59, 44].map { byte in line.count { text[$0] == byte } } + [tight.count]
    }
    func isDrawn(_ line: Range<Int>) -> Bool {
      let signs = line.drop { text[$0] <= 32 }
      return signs.count > 2 && signs.prefix(2).allSatisfy { text[$0] == 45 || text[$0] == 43 }
    }
    let least = [1, 1, 1, 2, 1]
    var result: [Range<Int>] = []
    var index = 0
    while index + 1 < lines.count {
      let first = counts(lines[index])
      let second = counts(lines[index + 1])
      let kind = (0..<5).first { kind in
        first[kind] >= least[kind]
          && (second[kind] >= first[kind] || kind == 1 && isDrawn(lines[index + 1]))
      }
      guard let kind else {
        index += 1
        continue
      }
      var last = index + 1
      while last + 1 < lines.count,
        counts(lines[last + 1])[kind] >= first[kind] || kind == 1 && isDrawn(lines[last + 1])
      {
        last += 1
      }
      result.append(lines[index].lowerBound..<lines[last].upperBound)
      index = last + 1
    }
    return result
  }

  @Test func linesGoTogetherWhereALoopSaysSo() {
    var random = SplitMix64(seed: 31)
    var found = 0
    for _ in 0..<4_000 {
      let alphabet = Array("ab  ,,;|\t-+\n\n".utf8)
      // A plain line now and then, longer than a block.
      let text = (0..<random.below(400)).map { _ in
        random.below(3) == 0 ? alphabet[random.below(alphabet.count)] : UInt8(ascii: "x")
      }
      let expected = runs(text)
      found += expected.count
      #expect(TextTable.runs(in: text.span) == expected)
    }
    #expect(found > 4_000)
  }
}
