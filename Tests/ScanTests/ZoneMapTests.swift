import Rules
import Scan
import TestSupport
import Testing

@Suite struct ZoneMapTests {
  /// Finds `§…§` with a type whose score each zone lowers by another amount, so that the score says
  /// which zone it was.
  private static let scanner: Scan.Scanner = {
    let zones = Zone.allCases.enumerated().map { index, zone in
      ZoneDefinition(zone: zone, scores: ["TH*": -0.05 * Double(index + 1)])
    }
    let mark = rule(
      "mark", type: "THING", regex: "%[0-9a-f]{2,6}%", score: 1, prefilter: .literals(["%"]))
    return Scan.Scanner(
      ruleset: try! Ruleset([mark], tables: noTables), names: nil, zones: zones
    ) { _ in 0 }
  }()

  /// The zone that lowered the score of each mark of a text; `-` for none.
  private func zones(_ text: String) throws -> [String] {
    try findings(in: text, Self.scanner).map { finding in
      let index = Int(((1 - finding.score) / 0.05).rounded()) - 1
      return index < 0 ? "-" : Zone.allCases[index].rawValue
    }
  }

  @Test func eachPlaceHasItsZone() throws {
    let table: [(text: String, zones: [String])] = [
      ("Call %11% or `%22%` now, not %33%", ["-", "inline_code", "-"]),
      ("a\n```swift\nlet x = %11%\n```\n%22%", ["code_block", "-"]),
      ("a\n~~~\n%11%\n```\n%22%\n~~~\n%33%", ["code_block", "code_block", "-"]),
      ("```text\n%11%\n```", ["-"]), ("```diff\n%11%\n```", ["diff"]),
      ("```json\n%11%\n```", ["data"]), ("```\n%11%", ["code_block"]),
      ("x = f(%11%)\ny = g(%22%)\nbye %33%", ["code_lines", "code_lines", "-"]),
      ("It costs %11%;\nand so on", ["-"]),
      ("x = f(1)\ny = g(2) {\n}\n%11%", ["-"]),
      ("@@ -1,2 +1,2 @@\n x = 1;\n}\n-a %11%\n\n- b %22%\nc\n- d %33%", ["diff", "diff", "-"]),
      ("- a %11%\n- b %22%\n+ c", ["-", "-"]),
      ("Traceback (most recent call last):\n  File \"a.py\", line 3, in f %11%", ["stack_trace"]),
      ("    at a.b.C.d(E.java:%11%)\n    at x.y(Z.java:1)", ["stack_trace"]),
      ("#0  0x00007f in main %11%\n#1  0x00008f in f ()", ["stack_trace"]),
      ("@@ -1,2 +1,2 @@\n-a %11%\n+b %22%\n\nText %33%", ["diff", "diff", "-"]),
      (
        "2024-01-05 10:00:00 INFO a %11%\n2024-01-05 10:00:01 WARN b\n- %22%",
        ["log", "-"]
      ),
      // A chat that was exported is no log.
      ("[12:03:11] ann: %11%\n[12:03:15] bo: %22%", ["-", "-"]),
      ("{\"a\": %11%,\n \"b\": 2}\n", ["data"]),
      ("name,mail,tel\nann,a,%11%\nbo,b,%22%\n", ["data", "data"]),
      ("One, two, three, %11%\nand four, five, six, seven", ["-"]),
      ("see https://example.org/a/%11%/b, %22%", ["url", "-"]),
      ("<a href=\"x\" id=%11%>%22%</a> <%33%>", ["markup", "-", "-"]),
    ]
    for (text, expected) in table {
      #expect(try zones(text) == expected, "\(text)")
    }
  }

  @Test func apartOfALongRunOfDigitsIsInABlob() throws {
    let digits = rule(
      "digits", regex: "[0-9]{9}", score: 1, prefilter: .digits(min: 9, max: 30, then: []))
    let blob = Scan.Scanner(
      ruleset: try Ruleset([digits], tables: noTables), names: nil,
      zones: [ZoneDefinition(zone: .blob, scores: ["*": -1])])
    let filler = String(repeating: "aB3+", count: 10)
    #expect(try findings(in: filler + "123456789" + filler, blob).isEmpty)
    #expect(try findings(in: "123456789", blob).count == 1)
    #expect(try findings(in: "x \(filler) 123456789 \(filler)", blob).count == 1)
  }

  /// However many lines of a kind there are, a place is judged at once: braces are no reason to go
  /// deeper for each, and a long line is not gone through for each place in it.
  @Test func manyBracesAndLongLinesAreNoTrouble() throws {
    let marks = rule("d", regex: "[0-9]", score: 1, prefilter: .digits(min: 1, max: 9, then: []))
    let scanner = Scan.Scanner(
      ruleset: try Ruleset([marks], tables: noTables), names: nil,
      zones: [ZoneDefinition(zone: .codeLines, scores: ["*": -1])])
    let braces = String(repeating: "}\n", count: 300_000) + "(1"
    #expect(try findings(in: braces, scanner).count == 1)
    let line = "a\n" + String(repeating: "word 7 ", count: 60_000)
    #expect(try findings(in: line, scanner).count == 60_000)
  }

  @Test func zonesOfOneTextSayNothingOfTheNext() throws {
    var scratch = ScanScratch(for: Self.scanner)
    let code = try findings(in: Array("```\n%11%".utf8), Self.scanner, using: &scratch)
    let prose = try findings(in: Array("abc\n%11%".utf8), Self.scanner, using: &scratch)
    #expect(code.map(\.score) != [1])
    #expect(prose.map(\.score) == [1])
  }

  /// What makes a line one of code wherever in it it stands.
  private static let signsOfCode = [
    "();", "){", ") {", " => ", " == ", " != ", " && ", " || ", "::", "->", "+=", "==", ":=", "*=",
    "</", "/>", "[i]", "self.", "this.", "= new ", "#{", "${",
  ]

  @Test(arguments: signsOfCode) func aSignOfCodeIsSeenWhereverItStands(sign: String) throws {
    for line in [sign + "é %11% b", "é %11% " + sign + " b", "é b %11% c" + sign] {
      // Blanks at the ends of a line are not part of it.
      guard line.trimmingBlanks.contains(sign) else { continue }
      #expect(try zones(line + "\nx" + sign + "y") == ["code_lines"], "\(line)")
    }
  }

  @Test func signsOfProseAreNone() throws {
    for line in [
      "%11% (a); b", "a%b%11% | b & c", "a: b; c, %11%", "itself %11%. This. Shelf.",
      "1 < 2 = 2 > 1 %11%", "[x] %11% (a)", "see a =new b %11%", "this is %11%. x", "%11% a ||b",
      "- %11% = > b", "a =>b %11%", "b !=c %11%", "a.b %11% {x}.",
    ] {
      #expect(try zones(line + "\n" + line) == ["-", "-"], "\(line)")
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: Substring {
    var rest = self[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
