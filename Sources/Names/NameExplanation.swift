package import Text

/// What a feature of a word gave to the label the word has.
package struct NameContribution: Sendable, Equatable {
  /// The feature, as in the file of weights.
  package let feature: String
  /// By how much its weight for the label is above that for no name.
  package let points: Int
}

extension NameScanner {
  /// What the features of the words of a name gave, the strongest first, for the label that the
  /// model gives each word; empty when no chain of capitalised words holds the range.
  ///
  /// - Parameter range: of a mention, in bytes of the text.
  /// - Complexity: that of `scan`.
  package func contributions(
    to range: Range<Int>, in text: Span<UInt8>, maps: borrowing ByteMaps,
    using scratch: inout NameScratch
  ) -> (group: String, contributions: [NameContribution]) {
    findChains(text, maps, using: &scratch)
    guard
      let index = scratch.chains.firstIndex(where: { chain in
        chain.words.contains { scratch.tokens[$0].range.overlaps(range) }
      })
    else { return ("", []) }
    completeContext(of: index, in: text, using: &scratch)
    let chain = scratch.chains[index]
    let words = scratch.tokens[chain.words]
    let group = models.group(
      language: scratch.language, isLowerCase: scratch.style.isLowerCase, first: text, words)
    let model = models.models[group]
    var mentions: [NameMention] = []
    label(index, text, using: &scratch, into: &mentions)
    var sums: [UInt16: Int] = [:]
    for word in chain.words where scratch.tokens[word].range.overlaps(range) {
      let label = scratch.labels[word - chain.words.lowerBound].rawValue
      scratch.features.removeAll(keepingCapacity: true)
      appendFeatures(of: word, in: words, chain.context, to: &scratch.features)
      for feature in scratch.features {
        let row = model.weights[Int(feature)]
        sums[feature, default: 0] += Int(row[label]) - Int(row[0])
      }
    }
    let contributions = sums.filter { $0.value != 0 }
      .sorted { (abs($0.value), $1.key) > (abs($1.value), $0.key) }
      .map { feature, points in
        NameContribution(feature: name(of: Int(feature)), points: points)
      }
    return (models.groups[group], contributions)
  }

  /// A feature's name, with the word itself where the file of weights has its number.
  private func name(of feature: Int) -> String {
    typealias Base = NameFeatures.Base
    let name = NameModelFile.names[feature]
    guard feature >= Base.wordBefore, feature < NameFeatures.count else { return name }
    let word = cues.contextWords[(feature - Base.wordBefore) % Cues.contextMax]
    return "\(name.prefix { $0 != "[" })[\(word)]"
  }
}
