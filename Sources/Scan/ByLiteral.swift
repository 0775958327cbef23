/// What is wanted where literals stand, gathered in any order.
struct ByLiteral<Element: Sendable> {
  private var literals: [Int] = []
  private var elements: [Element] = []

  mutating func append(_ element: Element, for literal: Int) {
    literals.append(literal)
    elements.append(element)
  }

  /// All of it by literals: that of literal i is `all[starts[i]..<starts[i + 1]]`, in the order in
  /// which it came.
  ///
  /// - Parameter count: how many literals there are.
  /// - Complexity: O(`count` + elements).
  func sorted(count: Int) -> (all: [Element], starts: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for literal in literals { starts[literal + 1] += 1 }
    for literal in 0..<count { starts[literal + 1] += starts[literal] }
    var order = [Int](repeating: 0, count: elements.count)
    var next = starts
    for (index, literal) in literals.enumerated() {
      order[next[literal]] = index
      next[literal] += 1
    }
    return (order.map { elements[$0] }, starts)
  }
}
