import Testing
import Text

@Suite struct SortedSearchTests {
  @Test(arguments: 0...40)
  func everyPlaceIsWhatALookFromTheStartFinds(_ count: Int) {
    // Each number twice, and in a slice that does not begin at 0.
    let numbers = (0..<count + 3).map { $0 / 2 }[3...]
    for wanted in -1...count / 2 + 3 {
      #expect(
        numbers.partitioningIndex { $0 >= wanted }
          == numbers.firstIndex { $0 >= wanted } ?? numbers.endIndex)
    }
  }
}
