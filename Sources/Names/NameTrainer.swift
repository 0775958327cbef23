internal import Glibc
internal import Text

/// Fits the weights of a model on labelled text: a linear-chain conditional random field (Lafferty,
/// McCallum and Pereira 2001) by stochastic gradients with steps as in AdaGrad (Duchi, Hazan and
/// Singer 2011) and weights drawn towards 0.
package struct NameTrainer: ~Copyable {
  private let scanner: NameScanner
  private var maps = ByteMaps(marked: [])
  private var examples: [Example] = []
  private var features: [UInt16] = []
  /// Where the features of each word begin in `features`, and one more.
  private var starts: [Int] = [0]

  /// A chain with the right labels.
  private struct Example {
    /// The words, as indices into `starts`.
    var words: Range<Int>
    var gaps: [NameGap] = []
    /// The labels that may be right, one bit each.
    var allowed: [UInt8] = []
  }

  package init(scanner: NameScanner) { self.scanner = scanner }

  /// A labelled name: bytes of the text.
  package struct Gold {
    package var range: Range<Int>
    /// `nil` for what is neither right nor wrong.
    package var kind: MentionKind?

    package init(range: Range<Int>, kind: MentionKind?) {
      self.range = range
      self.kind = kind
    }
  }

  /// The number of chains.
  package var count: Int { examples.count }

  /// All labels but those of people.
  private static let noPerson: UInt8 = 0b111_1001

  /// Adds the chains of a text.
  ///
  /// - Parameters:
  ///   - gold: the names, in order of their beginnings.
  ///   - isComplete: whether all kinds are labelled; otherwise only people are.
  package mutating func add(
    _ text: Span<UInt8>, gold: [Gold], isComplete: Bool, using scratch: inout NameScratch
  ) {
    maps.scan(text)
    scanner.findChains(text, maps, using: &scratch)
    for index in scratch.chains.indices {
      scanner.completeContext(of: index, in: text, using: &scratch)
      let chain = scratch.chains[index]
      var example = Example(
        words: starts.count - 1..<starts.count - 1 + chain.words.count)
      var previous = -1
      var isUsable = true
      for word in chain.words {
        let token = scratch.tokens[word]
        let match = gold.firstIndex { $0.range.overlaps(token.range) } ?? -1
        if match < 0 {
          example.allowed.append(isComplete ? 1 : Self.noPerson)
        } else if let kind = gold[match].kind {
          let label: NameLabel = match == previous ? .inside(kind) : .first(of: kind)
          example.allowed.append(1 << UInt8(label.rawValue))
        } else {
          isUsable = false
        }
        previous = match
        example.gaps.append(token.gap)
        scanner.appendFeatures(
          of: word, in: scratch.tokens[chain.words], chain.context, to: &features)
        starts.append(features.count)
      }
      if isUsable { examples.append(example) }
    }
  }

  /// Goes over the examples in a shuffled order, several times anew, and returns the mean model.
  ///
  /// What is left out and the order move single weights by several points, and the F1 of a set by
  /// one or two: the mean of some models moves less (bagging, Breiman 1996).
  ///
  /// - Parameters:
  ///   - runs: how many models are averaged, at least one.
  ///   - seed: of the order.
  ///   - pull: how strongly weights are drawn towards 0, per example.
  ///   - dropout: the share of features that is left out, at least 0 and below 1.
  ///   - scale: by what the weights are multiplied before they are rounded.
  /// - Complexity: O(runs × rounds × words).
  package func fit(
    rounds: Int, runs: Int = 1, seed: UInt64, pull: Float, dropout: Float, scale: Float
  ) -> NameModel {
    var means = run(rounds: rounds, seed: seed, pull: pull, dropout: dropout)
    for number in 1..<max(1, runs) {
      let more = run(
        rounds: rounds, seed: seed &+ UInt64(number) << 32, pull: pull, dropout: dropout)
      for index in means.indices { means[index] += more[index] }
    }
    for index in means.indices { means[index] /= Float(max(1, runs)) }
    return Self.model(of: means, scale: scale)
  }

  /// The weights of the features after one run, then those of the transitions.
  private func run(rounds: Int, seed: UInt64, pull: Float, dropout: Float) -> [SIMD8<Float>] {
    let width = NameFeatures.count
    let height = NameGap.allCases.count * NameModel.labels
    var weights = [SIMD8<Float>](repeating: .zero, count: width + height)
    var squares = [SIMD8<Float>](repeating: SIMD8(repeating: 0.1), count: width + height)
    var order = Array(examples.indices)
    var random = TrainingOrder(state: seed)
    var sums = ChainSums()
    let step: Float = 0.2
    let gain = 1 / (1 - dropout)
    var kept: [UInt16] = []
    var keptStarts: [Int] = []
    func move(_ index: Int, _ gradient: SIMD8<Float>) {
      let slope = gradient - weights[index] * pull
      squares[index] += slope * slope
      weights[index] += slope * step / squares[index].squareRoot()
    }
    var means = [SIMD8<Float>](repeating: .zero, count: width + height)
    for round in 0..<rounds {
      for index in order.indices.reversed() where index > 0 {
        order.swapAt(index, Int(random.next() % UInt64(index + 1)))
      }
      for index in order {
        let example = examples[index]
        // Each time some features are left out at random, so that what the others say has to do
        // without them (Srivastava et al. 2014).
        kept.removeAll(keepingCapacity: true)
        keptStarts = [0]
        let emissions = example.words.map { word in
          var sum = SIMD8<Float>.zero
          for feature in features[starts[word]..<starts[word + 1]]
          where dropout == 0 || Float(random.next() >> 40) >= dropout * Float(1 << 24) {
            kept.append(feature)
            sum += weights[Int(feature)]
          }
          keptStarts.append(kept.count)
          return sum * gain
        }
        let transitions = example.gaps.map { gap in
          Array(weights[(width + Int(gap.rawValue) * NameModel.labels)...].prefix(NameModel.labels))
        }
        sums.compute(emissions, transitions, allowed: example.allowed)
        for offset in 0..<example.words.count {
          for feature in kept[keptStarts[offset]..<keptStarts[offset + 1]] {
            move(Int(feature), sums.nodes[offset] * gain)
          }
          guard offset > 0 else { continue }
          let base = width + Int(example.gaps[offset].rawValue) * NameModel.labels
          for label in 0..<NameModel.labels { move(base + label, sums.edges[offset][label]) }
        }
      }
      // The mean over the later rounds depends less on the order than the last weights do (Polyak
      // and Juditsky 1992).
      guard round >= rounds / 2 else { continue }
      let share = 1 / Float(rounds - rounds / 2)
      for index in weights.indices { means[index] += weights[index] * share }
    }
    return means
  }

  /// Weights times a scale, rounded: those of the features, then those of the transitions.
  private static func model(of means: [SIMD8<Float>], scale: Float) -> NameModel {
    let width = NameFeatures.count
    var model = NameModel()
    for index in means.indices {
      let scaled = (means[index] * scale).rounded(.toNearestOrEven).clamped(
        lowerBound: .init(repeating: -32000), upperBound: .init(repeating: 32000))
      let rounded = SIMD8<Int16>(scaled)
      if index < width {
        model.weights[index] = rounded
      } else {
        model.transitions[index - width] = rounded
      }
    }
    return model
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same order for the same seed on every machine.
private struct TrainingOrder {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// What the labels of a chain should be in the mean, less what the weights say they are.
private struct ChainSums {
  /// By word.
  var nodes: [SIMD8<Float>] = []
  /// By word and label before; that of the first word is not used.
  var edges: [[SIMD8<Float>]] = []

  /// - Parameter allowed: the labels that may be right for each word, one bit each.
  mutating func compute(
    _ emissions: [SIMD8<Float>], _ transitions: [[SIMD8<Float>]], allowed: [UInt8]
  ) {
    nodes = Array(repeating: .zero, count: emissions.count)
    edges = Array(
      repeating: Array(repeating: .zero, count: NameModel.labels), count: emissions.count)
    add(emissions, transitions, allowed, 1)
    add(emissions, transitions, Array(repeating: 0x7F, count: emissions.count), -1)
  }

  /// Adds the mean of the labels under the weights, all of them among the allowed ones, times a
  /// factor: the forward-backward sums, each word's scaled to one.
  private mutating func add(
    _ emissions: [SIMD8<Float>], _ transitions: [[SIMD8<Float>]], _ allowed: [UInt8],
    _ factor: Float
  ) {
    let count = emissions.count
    var forward = emissions
    var backward = emissions
    var potentials = emissions
    for word in 0..<count { potentials[word] = Self.exponential(emissions[word], allowed[word]) }
    for label in NameLabel.allCases where label.isInside { potentials[0][label.rawValue] = 0 }
    let steps = transitions.map { rows in
      rows.enumerated().map { previous, row in Self.step(row, NameLabel(rawValue: previous)!) }
    }
    forward[0] = potentials[0] / potentials[0].sum()
    for word in 1..<max(1, count) {
      var sum = SIMD8<Float>.zero
      for label in 0..<NameModel.labels { sum += steps[word][label] * forward[word - 1][label] }
      sum *= potentials[word]
      forward[word] = sum / sum.sum()
    }
    backward[count - 1] = SIMD8(repeating: 1)
    for word in (0..<count - 1).reversed() {
      let next = backward[word + 1] * potentials[word + 1]
      var sum = SIMD8<Float>.zero
      for label in 0..<NameModel.labels { sum[label] = (steps[word + 1][label] * next).sum() }
      backward[word] = sum / max(sum.sum(), .leastNormalMagnitude)
    }
    for word in 0..<count {
      let node = forward[word] * backward[word]
      nodes[word] += node * (factor / node.sum())
      guard word > 0 else { continue }
      let here = backward[word] * potentials[word]
      let rows = (0..<NameModel.labels).map { steps[word][$0] * here * forward[word - 1][$0] }
      let total = rows.reduce(0) { $0 + $1.sum() }
      for label in 0..<NameModel.labels { edges[word][label] += rows[label] * (factor / total) }
    }
  }

  private static func exponential(_ scores: SIMD8<Float>, _ allowed: UInt8) -> SIMD8<Float> {
    var result = SIMD8<Float>.zero
    let top = (0..<NameModel.labels).reduce(-Float.infinity) { max($0, scores[$1]) }
    for label in 0..<NameModel.labels where allowed >> UInt8(label) & 1 == 1 {
      result[label] = max(1e-12, Self.exp(scores[label] - top))
    }
    return result
  }

  private static func step(_ row: SIMD8<Float>, _ previous: NameLabel) -> SIMD8<Float> {
    var result = SIMD8<Float>.zero
    for label in NameLabel.allCases where label.follows(previous) {
      result[label.rawValue] = Self.exp(max(-20, min(20, row[label.rawValue])))
    }
    return result
  }

  private static func exp(_ value: Float) -> Float { Float(Glibc.exp(Double(value))) }
}
