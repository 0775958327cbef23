import Foundation
import Rules
import TestSupport
import Testing

@Suite struct FormTests {
  private func matches(_ form: String, _ value: String) -> Bool? {
    Form(form)?.matches(Array(value.utf8))
  }

  @Test func theWholeValueHasTheForm() {
    #expect(matches("\\d{3}", "123") == true)
    #expect(matches("\\d{3}", "1234") == false)
    #expect(matches("[A-CX]\\d?", "X") == true)
    #expect(matches("[^0-9]+", "ab") == true)
    #expect(matches("(?!000)\\d{3}", "000") == false)
    #expect(matches("(?!000|666|9)\\d{3}", "123") == true)
    #expect(matches("356000000(?!00048)\\d{5}", "35600000000049") == true)
    #expect(matches("356000000(?!00048)\\d{5}", "35600000000048") == false)
    #expect(matches("\\+\\.\\\\", "+.\\") == true)
    #expect(matches("", "") == true)
    #expect(matches("a|", "") == true)
  }

  @Test func whatIsNoFormIsRefused() {
    for form in ["(", ")", "[", "[a", "a{", "a{1", "a{2,1}", "a{999}", "*", "\\", "\\w", "(?=a)"] {
      #expect(Form(form) == nil, "\(form)")
    }
  }

  /// Random expressions over a small alphabet, compared with Foundation's engine on every text of
  /// up to five characters.
  @Test func agreesWithAnotherEngine() throws {
    var random = SplitMix64(seed: 7)
    var texts = [""]
    for _ in 0..<4 { texts += texts.flatMap { text in ["a", "b", "1"].map { text + $0 } } }
    texts = Array(Set(texts))
    var agreed = 0
    for _ in 0..<300 {
      let expression = Self.expression(&random, depth: 3)
      let form = try #require(Form(expression), "\(expression)")
      let other = try NSRegularExpression(pattern: "\\A(?:\(expression))\\z")
      for text in texts {
        let whole = NSRange(text.startIndex..., in: text)
        let expected = other.firstMatch(in: text, range: whole) != nil
        if form.matches(Array(text.utf8)) != expected {
          Issue.record("«\(expression)» on «\(text)» is not \(expected)")
        }
        if expected { agreed += 1 }
      }
    }
    #expect(agreed > 1000, "the cases hold both outcomes")
  }

  private static func expression(_ random: inout SplitMix64, depth: Int) -> String {
    let atoms = ["a", "b", "1", "\\d", ".", "[ab]", "[^a]", "[a-b1]"]
    if depth == 0 { return random.one(of: atoms) }
    let repeats = ["", "", "", "?", "{2}", "{0,2}", "{1,3}"]
    let inner = expression(&random, depth: depth - 1)
    switch random.below(6) {
    case 0: return inner + expression(&random, depth: depth - 1)
    case 1: return "(\(inner)|\(expression(&random, depth: depth - 1)))" + random.one(of: repeats)
    case 2: return "(\(inner))" + random.one(of: repeats)
    case 3: return "(?!\(inner))" + expression(&random, depth: depth - 1)
    case 4: return inner + "|" + expression(&random, depth: depth - 1)
    default: return random.one(of: atoms) + random.one(of: repeats + ["*", "+"])
    }
  }
}
