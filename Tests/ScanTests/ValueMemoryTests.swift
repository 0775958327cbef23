import Scan
import TestSupport
import Testing

@Suite struct ValueMemoryTests {
  private func find(_ values: [String], in text: String) -> [String] {
    var memory = ValueMemory()
    for value in values {
      let bytes = Array("<\(value)>".utf8)
      memory.remember(bytes.span, 1..<bytes.count - 1, entityType: 3)
    }
    let bytes = Array(text.utf8)
    var found: [Finding] = []
    memory.find(in: bytes.span, rule: 9, into: &found)
    for finding in found {
      #expect(finding.entityType == 3 && finding.rule == 9)
    }
    return found.map { String(decoding: bytes[$0.range], as: UTF8.self) }
  }

  @Test func aValueIsFoundWhereverItStandsByItself() {
    #expect(find(["hunter22"], in: "hunter22") == ["hunter22"])
    #expect(
      find(["hunter22"], in: "hunter22, (hunter22) éhunter22é")
        == Array(repeating: "hunter22", count: 3))
    #expect(find(["hunter22"], in: "xhunter22 hunter223 Hunter22 hunter2") == [])
    #expect(find(["@hunter22!"], in: "x@hunter22!x") == ["@hunter22!"])
  }

  @Test(arguments: [[(3, 0.5), (4, 0.9), (2, 0.7)], [(4, 0.9), (2, 0.7), (3, 0.5)]])
  func ofSeveralTypesTheLikeliestStays(types: [(Int, Float)]) {
    var memory = ValueMemory()
    let bytes = Array("C01X00T47".utf8)
    for (type, score) in types {
      memory.remember(bytes.span, bytes.indices, entityType: type, score: score)
    }
    var found: [Finding] = []
    memory.find(in: bytes.span, rule: 9, into: &found)
    #expect(found.map(\.entityType) == [4])
  }

  @Test func onlyOddAndLongValuesAreRemembered() {
    for value in ["abc", "abcdefgh", "123456", "ab12", "password"] {
      #expect(find([value], in: "a \(value) b") == [], "\(value)")
    }
    for value in ["abc123", "12345678", "abcdefghijkl", "パスワード1"] {
      #expect(find([value], in: "a \(value) b") == [value], "\(value)")
    }
  }

  @Test func valuesWithOnePrefixAreToldApart() {
    #expect(
      find(["sk-live-1", "sk-live-2", "sk-live-1"], in: "sk-live-2 sk-live-1 sk-live-3")
        == ["sk-live-2", "sk-live-1"])
  }

  @Test func nothingIsLeftAfterForgetting() {
    var memory = ValueMemory()
    let bytes = Array("hunter22".utf8)
    memory.remember(bytes.span, 0..<8, entityType: 0)
    #expect(!memory.isEmpty)
    memory.removeAll()
    #expect(memory.isEmpty)
    var found: [Finding] = []
    memory.find(in: bytes.span, rule: 0, into: &found)
    #expect(found == [])
  }

  @Test func placesAreThoseALoopFinds() {
    var random = SplitMix64(seed: 61)
    let alphabet = Array("ab1 -".utf8)
    for _ in 0..<300 {
      let text = (0..<400).map { _ in random.one(of: alphabet) }
      var memory = ValueMemory()
      let start = random.below(390)
      let range = start..<start + 6 + random.below(4)
      memory.remember(text.span, range, entityType: 0)
      if memory.isEmpty { continue }
      var found: [Finding] = []
      memory.find(in: text.span, rule: 0, into: &found)
      let isWord = { (byte: UInt8) in byte != 32 && byte != 45 }
      let expected = (0...text.count - range.count).filter { start in
        let end = start + range.count
        return text[start..<end].elementsEqual(text[range])
          && !(isWord(text[start]) && start > 0 && isWord(text[start - 1]))
          && !(isWord(text[end - 1]) && end < text.count && isWord(text[end]))
      }
      #expect(found.map(\.range.lowerBound) == expected)
    }
  }
}
