/// Weights for the features and for which label follows which, and the best labels of a chain by
/// them: a linear model over the labels of a chain (Collins 2002), decoded exactly.
package struct NameModel: Sendable {
  /// The labels' weights by feature, those of one feature in one vector; the eighth lane is unused.
  package var weights: [SIMD8<Int16>]
  /// The same for a label behind another, by gap and the label before.
  package var transitions: [SIMD8<Int16>]

  package init() {
    weights = Array(repeating: .zero, count: NameFeatures.count)
    transitions = Array(repeating: .zero, count: NameGap.allCases.count * Self.labels)
  }

  package static let labels = 7
  static let impossible: Int32 = -1 << 20

  /// The best labels for words with these emissions.
  ///
  /// - Parameter gaps: what joins each word to the one before; that of the first is not asked.
  /// - Complexity: O(words × 49).
  package func decode(
    _ emissions: [SIMD8<Int32>], gaps: [NameGap],
    using memory: inout DecodeMemory, into labels: inout [NameLabel]
  ) {
    Self.decode(
      emissions, gaps: gaps, transitions, from: 0, using: &memory, into: &labels)
  }

  /// The same with the transitions from a row on.
  static func decode(
    _ emissions: borrowing [SIMD8<Int32>], gaps: borrowing [NameGap],
    _ transitions: borrowing [SIMD8<Int16>], from row: Int, using memory: inout DecodeMemory,
    into labels: inout [NameLabel]
  ) {
    memory.back.removeAll(keepingCapacity: true)
    var best = SIMD8<Int32>(repeating: Self.impossible)
    for index in emissions.indices {
      let emission = emissions[index]
      if index == 0 {
        for label in 0..<Self.labels {
          let isInside = label != 0 && label & 1 == 0
          best[label] = isInside ? Self.impossible : emission[label]
        }
        memory.back.append(.zero)
        continue
      }
      let base = row + Int(gaps[index].rawValue) * Self.labels
      var next = SIMD8<Int32>(repeating: Self.impossible)
      var back = SIMD8<UInt8>.zero
      for previous in 0..<Self.labels where best[previous] > Self.impossible / 2 {
        let row = SIMD8<Int32>(truncatingIfNeeded: transitions[base + previous])
        for label in 0..<Self.labels {
          let isInside = label != 0 && label & 1 == 0
          if isInside, previous != label, previous != label - 1 { continue }
          let score = best[previous] &+ row[label]
          if score > next[label] {
            next[label] = score
            back[label] = UInt8(truncatingIfNeeded: previous)
          }
        }
      }
      best = next &+ emission
      memory.back.append(back)
    }
    var label = 0
    for candidate in 1..<Self.labels where best[candidate] > best[label] { label = candidate }
    let first = labels.count
    for back in memory.back.reversed() {
      labels.append(NameLabel(rawValue: label) ?? .outside)
      label = Int(back[label])
    }
    labels[first...].reverse()
  }
}

/// What decoding needs to remember.
package struct DecodeMemory {
  var back: [SIMD8<UInt8>] = []
  package init() {}
}
