import Redact
import TestSupport
import Testing

@Suite struct QuietTextsTests {
  @Test func onlyTheTextItselfIsKept() {
    var quiet = QuietTexts()
    func isKept(_ text: [UInt8]) -> Bool { quiet.contains(text.span) }
    let text = Array("user".utf8)
    #expect(!isKept(text))
    quiet.insert(text.span)
    #expect(isKept(text))
    for other in ["use", "user ", "User", "", "user\0"] {
      #expect(!isKept(Array(other.utf8)), "\(other.count)")
    }
    let long = [UInt8](repeating: 97, count: 33)
    quiet.insert(long.span)
    #expect(!isKept(long))
  }

  /// Whatever was put in before, nothing is taken for kept that was never put in.
  @Test func neverTakesOneForAnother() {
    var random = SplitMix64(seed: 5)
    var quiet = QuietTexts()
    var inserted: Set<[UInt8]> = []
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...32, using: &random)
      let text = (0..<count).map { _ in UInt8.random(in: 97...98, using: &random) }
      if quiet.contains(text.span) { #expect(inserted.contains(text)) }
      if Bool.random(using: &random) {
        quiet.insert(text.span)
        inserted.insert(text)
      }
    }
  }
}
