import Foundation
import Rules
import Scan
import TestSupport
import Testing

@Suite struct LabelTriggersTests {
  private static func scanner(
    _ labels: String..., digits: Int = 1, lookback: Int = 0, regex: String = "(?i) label"
  ) throws -> Scan.Scanner {
    // The expression takes the label alone: what is found shows where it was tried.
    Scan.Scanner(
      ruleset: try Ruleset(
        [
          rule(
            "l", regex: regex,
            prefilter: .labels(labels.joined(separator: "\n"), digits: digits), lookback: lookback)
        ], tables: noTables), names: nil)
  }

  private static func starts(_ text: String, _ scanner: Scan.Scanner) throws -> [Int] {
    try findings(in: text, scanner).map(\.range.lowerBound).sorted()
  }

  private static func gap(_ count: Int) -> String { String(repeating: "x", count: count) }

  @Test func aLabelIsTriedBeforeDigitsOnly() throws {
    let scanner = try Self.scanner("label")
    for (text, found) in [
      ("label 7", [0]), ("LABEL: 12", [0]), ("label", []), ("label x", []), ("7 label", []),
      ("label label 7", [0, 6]), ("7 label 7 label", [2]), ("label ７", [0]), ("label ٧", [0]),
      ("label \(Self.gap(154))7", [0]), ("label \(Self.gap(155))7", []), ("7label7", [1]),
      ("label \(Self.gap(154))７", [0]), ("label \(Self.gap(155))７", []), ("labe 7", []),
      ("label 7 \(Self.gap(400)) label 7", [0, 409]), ("label②", []),
    ] as [(String, [Int])] {
      #expect(try Self.starts(text, scanner) == found, "\(text)")
    }
  }

  @Test func soManyDigitsStandInARow() throws {
    let texts = ["label 7", "label 7 7", "label 77", "label 7 77 7", "label 777", "label 7 777"]
    for (digits, found) in [(1, 6), (2, 4), (3, 2)] {
      let scanner = try Self.scanner("label", digits: digits)
      let count = try texts.count { try !Self.starts($0, scanner).isEmpty }
      #expect(count == found, "\(digits)")
    }
  }

  @Test func aMatchMayBeginBeforeTheLabel() throws {
    let scanner = try Self.scanner("abel", "other", lookback: 1)
    #expect(try Self.starts("label 7", scanner) == [0])
  }

  /// Against every label with a digit near behind it, over blocks and their edges.
  @Test func labelsAreFoundAsANaiveSearchFindsThem() throws {
    var random = SplitMix64(seed: 20_261_127)
    let pieces = ["label", "Label ", "7", "77", "777", "x", " ", "é", "७७", "\n"]
    for digits in 1...3 {
      let scanner = try Self.scanner("label", digits: digits)
      for _ in 0..<300 {
        var text = ""
        while text.utf8.count < Int.random(in: 10..<400, using: &random) {
          text += random.one(of: pieces)
          if Int.random(in: 0..<9, using: &random) == 0 {
            text += Self.gap(Int.random(in: 0..<180, using: &random))
          }
        }
        #expect(try Self.starts(text, scanner) == Self.naive(text, digits: digits), "\(text)")
      }
    }
  }

  private static func naive(_ text: String, digits: Int) -> [Int] {
    let bytes = Array(text.utf8)
    // Where digits that are not ASCII stand, runs are not counted.
    let hasWide = text.contains("७")
    func isRun(_ start: Int) -> Bool {
      if hasWide {
        return bytes[start] &- 48 < 10 || Array(bytes[start...].prefix(3)) == Array("७".utf8)
      }
      return start + digits <= bytes.count
        && bytes[start..<start + digits].allSatisfy { $0 &- 48 < 10 }
    }
    return bytes.indices.filter { start in
      String(decoding: bytes[start...].prefix(5), as: UTF8.self).lowercased() == "label"
        && (start + 5..<max(start + 5, min(bytes.count, start + 161))).contains(where: isRun)
    }
  }
}
