import Testing

@testable import Scan

@Suite struct ByLiteralTests {
  @Test func elementsStandByLiteralsInTheirOrder() {
    var wanted = ByLiteral<String>()
    for (literal, element) in [(2, "a"), (0, "b"), (2, "c"), (3, "d"), (0, "e"), (2, "f")] {
      wanted.append(element, for: literal)
    }
    let sorted = wanted.sorted(count: 5)
    #expect(sorted.all == ["b", "e", "a", "c", "f", "d"])
    #expect(sorted.starts == [0, 2, 2, 5, 6, 6])
  }

  @Test func nothingIsSorted() {
    let sorted = ByLiteral<Int>().sorted(count: 0)
    #expect(sorted.all.isEmpty)
    #expect(sorted.starts == [0])
  }
}
