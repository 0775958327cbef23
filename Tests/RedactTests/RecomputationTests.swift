import Crypto
import Foundation
import Records
import TestSupport
import Testing

@testable import Redact

@Suite struct RecomputationTests {
  private func rewritten(
    _ text: String, _ parts: [(from: Int, to: Int, with: String)]
  ) -> RewrittenText {
    // Where the text stands in its arena must not matter.
    let arena = Array("xyz".utf8) + Array(text.utf8)
    return RewrittenText(
      text: arena[3...], parts: parts.map { ($0.from..<$0.to, Array($0.with.utf8)) })
  }

  private func value(
    _ value: String, _ kind: DerivedFormula.Kind, _ text: RewrittenText
  ) -> String? {
    Recomputation.value(Array(value.utf8), by: kind, of: text).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test func placesMoveWithTheTextAroundThem() {
    // "Ana, see Bo." becomes "[P_1], see [P_2]."
    let text = rewritten("Ana, see Bo.", [(0, 3, "[P_1]"), (9, 11, "[P_2]")])
    #expect(String(decoding: text.result, as: UTF8.self) == "[P_1], see [P_2].")
    for (old, start, end) in [
      (0, 0, 0), (1, 0, 5), (3, 5, 5), (4, 6, 6), (9, 11, 11), (10, 11, 16), (11, 16, 16),
      (12, 17, 17),
    ] {
      #expect(value(String(old), .start, text) == String(start), "start \(old)")
      #expect(value(String(old), .end, text) == String(end), "end \(old)")
    }
    for wrong in ["13", "-1", "1.5", "", "1e3", "9999999999"] {
      #expect(value(wrong, .start, text) == nil, "\(wrong)")
    }
  }

  @Test func charactersAreCountedNotBytes() {
    let text = rewritten("né BDG ü", [(4, 7, "[B_1]")])
    #expect(value("6", .end, text) == "8")
    #expect(value("8", .end, text) == "10")
    // Behind a character of two UTF-16 units nobody says what was counted.
    let wide = rewritten("BDG 😀 x", [(0, 3, "")])
    #expect(value("3", .end, wide) == "0" && value("4", .start, wide) == "1")
    #expect(value("5", .start, wide) == nil && value("6", .end, wide) == nil)
  }

  @Test func aLengthIsMeasuredAsItWas() {
    let text = rewritten("né 😀 BDG", [(9, 12, "[B_1]")])
    for (old, new) in [(8, "10"), (9, "11"), (12, "14")] {
      #expect(value(String(old), .length, text) == new)
    }
    #expect(value("7", .length, text) == nil)
  }

  @Test func aDigestIsThatOfTheTextAsWritten() {
    func hex(_ text: String) -> String {
      SHA256.hash(data: Data(text.utf8)).map {
        String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
      }.joined()
    }
    let text = rewritten("my BDG", [(3, 6, "[B_1]")])
    #expect(value(hex("my BDG"), .sha256, text) == hex("my [B_1]"))
    #expect(
      value(String(hex("my BDG").prefix(32)), .sha256, text)
        == String(hex("my [B_1]").prefix(32)))
    for wrong in [hex("my bdg"), String(hex("my BDG").prefix(15)), "", hex("my BDG") + "0"] {
      #expect(value(wrong, .sha256, text) == nil)
    }
  }

  /// Every place against a text of single characters, each of which knows where it went.
  @Test func placesAgreeWithTheOracle() {
    var random = SplitMix64(seed: 52)
    for _ in 0..<300 {
      let characters = (0..<Int.random(in: 0...20, using: &random)).map { _ in
        ["a", "é", "漢"].randomElement(using: &random) ?? "a"
      }
      var parts: [(from: Int, to: Int, with: String)] = []
      var starts: [Int] = []
      var ends: [Int] = []
      var written = 0
      var index = 0
      var bytes = 0
      while index < characters.count {
        let count = min(Int.random(in: 1...4, using: &random), characters.count - index)
        let size = characters[index..<index + count].joined().utf8.count
        if Bool.random(using: &random), parts.last?.to != bytes {
          let new = String(repeating: "x", count: Int.random(in: 0...3, using: &random))
          parts.append((bytes, bytes + size, new))
          for step in 0..<count {
            starts.append(written)
            ends.append(step == 0 ? written : written + new.count)
          }
          written += new.count
        } else {
          for step in 0..<count {
            starts.append(written + step)
            ends.append(written + step)
          }
          written += count
        }
        index += count
        bytes += size
      }
      let text = rewritten(characters.joined(), parts)
      #expect(String(decoding: text.result, as: UTF8.self).count == written)
      for place in 0...characters.count {
        let isLast = place == characters.count
        #expect(value(String(place), .start, text) == String(isLast ? written : starts[place]))
        #expect(value(String(place), .end, text) == String(isLast ? written : ends[place]))
      }
    }
  }
}
