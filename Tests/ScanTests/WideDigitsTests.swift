import Foundation
import Rules
import Scan
import TestSupport
import Testing

@Suite struct WideDigitsTests {
  private static func scanner(_ prefilter: Prefilter) throws -> Scan.Scanner {
    // The expression takes any digit: what is found shows where it was tried.
    Scan.Scanner(
      ruleset: try Ruleset([rule("w", regex: #"\p{Nd}"#, prefilter: prefilter)], tables: noTables),
      names: nil)
  }

  private static func starts(_ text: String, _ scanner: Scan.Scanner) throws -> [Int] {
    try findings(in: text, scanner).map(\.range.lowerBound)
  }

  @Test func groupsOfOtherDigitsAreTriedAtEachRun() throws {
    let scanner = try Self.scanner(.wideDigits(min: 7))
    // A run is tried when it and the later ones of its group have seven digits.
    for (text, starts) in [
      ("１２３４５６７", [0]), ("１２３４５６", []), ("１２３－４５６７", [0]),
      ("٠٥٠ ٠٠٠ ٠١٢٣", [0, 7]), ("०१२३४५६", [0]), ("1234567", []), ("१२३，४५६७", []),
      ("a１２３4５６７", []), ("電話：１２３４５６７", [9]), ("１２３　–　４５６７", []),
    ] as [(String, [Int])] {
      let found = try Self.starts(text, scanner)
      #expect(found == starts, "\(text)")
    }
  }

  @Test func separatorsOutsideASCIIJoinASCIIDigits() throws {
    let scanner = try Self.scanner(.digits(min: 7, max: 9, then: []))
    for (text, starts) in [
      ("415\u{A0}5550", [0]), ("415\u{2011}5550", [0]), ("415 – 5550", [0]),
      ("（415）5550", [3]), ("415\u{202F}5550", [0]), ("415é5550", []), ("415，5550", []),
      ("415 \u{A0}\u{A0} 5550", [0]), ("415\u{2011}\u{2011}\u{A0}5550", []),
    ] as [(String, [Int])] {
      let found = try Self.starts(text, scanner)
      #expect(found == starts, "\(text)")
    }
  }

  @Test func everyDigitOfTheScriptsIsOne() throws {
    let scanner = try Self.scanner(.wideDigits(min: 1))
    var scratch = ScanScratch(for: scanner)
    var count = 0
    for value in 0x80...0x1_0000 as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = Array(String(Character(scalar)).utf8)
      let found = try findings(in: text, scanner, using: &scratch)
      guard !found.isEmpty else { continue }
      #expect(scalar.properties.generalCategory == .decimalNumber, "\(value)")
      count += 1
    }
    #expect(count == 170, "ten digits of seventeen scripts")
  }
}
