internal import Text

/// The models by group of languages. Frozen and shared.
package struct NameModels: Sendable {
  /// The groups, in the order of `models`.
  package private(set) var groups: [String] = []
  package private(set) var models: [NameModel] = []
  /// The weights of all models, one after the other: a look at them counts no references.
  private var weights: [SIMD8<Int16>] = []
  private var transitions: [SIMD8<Int16>] = []
  /// Those of one model.
  private let transitionCount = NameGap.allCases.count * NameModel.labels
  /// The group of each language of `LanguageGuess`.
  private var byLanguage: [Int] = []
  /// The groups for words in Cyrillic letters, in other letters without capitals, and without
  /// blanks between words.
  private var cyrillic = 0
  private var caseless = 0
  private var unspaced = 0
  private var hangul = 0
  /// The group for text in small letters throughout, -1 when there is none.
  private var lowerCase = -1

  /// One model without weights: it finds nothing.
  package init() {
    groups = ["general"]
    models = [NameModel()]
    weights = models[0].weights
    transitions = models[0].transitions
  }

  /// - Parameters:
  ///   - named: each group's name, the languages it is for (ISO 639-1) and its model, the general
  ///     one first.
  ///   - languages: the codes of `LanguageGuess`, in its order.
  package init(
    named: [(group: String, languages: [String], model: NameModel)], languages: [String]
  ) {
    groups = named.map(\.group)
    models = named.map(\.model)
    weights = models.flatMap(\.weights)
    transitions = models.flatMap(\.transitions)
    byLanguage = languages.map { code in
      named.firstIndex { $0.languages.contains(code) } ?? 0
    }
    cyrillic = named.firstIndex { $0.languages.contains("ru") } ?? 0
    caseless = named.firstIndex { $0.languages.contains("ar") } ?? 0
    hangul = named.firstIndex { $0.languages.contains("ko") } ?? 0
    lowerCase = named.firstIndex { $0.languages.contains("lower") } ?? -1
    unspaced = named.firstIndex { $0.languages.contains("zh") } ?? 0
  }

  /// The sum of the weights of features in a model, by label.
  ///
  /// - Complexity: O(features).
  @inline(__always)
  func emission(_ features: borrowing [UInt16], group: Int) -> SIMD8<Int32> {
    let base = group &* NameFeatures.count
    var sum = SIMD8<Int32>.zero
    for index in features.indices {
      sum &+= SIMD8<Int32>(truncatingIfNeeded: weights[base &+ Int(features[index])])
    }
    return sum
  }

  /// The best labels by a model: see `NameModel.decode`.
  @inline(__always)
  func decode(
    _ emissions: borrowing [SIMD8<Int32>], gaps: borrowing [NameGap], group: Int,
    using memory: inout DecodeMemory, into labels: inout [NameLabel]
  ) {
    NameModel.decode(
      emissions, gaps: gaps, transitions, from: group &* transitionCount,
      using: &memory, into: &labels)
  }

  /// The index of the model for a chain: the one of the text's language, or that of the chain's
  /// script.
  ///
  /// - Parameters:
  ///   - language: an index into the languages of `LanguageGuess`, or -1.
  ///   - isLowerCase: whether the text is written in small letters throughout.
  package func group(
    language: Int, isLowerCase: Bool = false, first text: Span<UInt8>,
    _ words: ArraySlice<NameToken>
  ) -> Int {
    if models.count == 1 { return 0 }
    if isLowerCase, lowerCase >= 0, let word = words.first, text[word.range.lowerBound] < 0xD6 {
      return lowerCase
    }
    if let word = words.first, case let byte = text[word.range.lowerBound], byte >= 0xD0 {
      if byte < 0xD4 { return cyrillic }
      if byte >= 0xE3 && byte < 0xEA || byte == 0xE0 && text[word.range.lowerBound + 1] >= 0xB8 {
        return unspaced
      }
      if byte >= 0xEA && byte < 0xEE { return hangul }
      if byte >= 0xD6 && byte != 0xE2 && byte < 0xEF { return caseless }
    }
    let group = language >= 0 && language < byLanguage.count ? byLanguage[language] : 0
    let isOfScript = group == cyrillic || group == caseless || group == unspaced || group == hangul
    return isOfScript ? 0 : group
  }
}
