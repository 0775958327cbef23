/// The text form of a model: a line for each feature with its weights by label, to be read,
/// compared and changed by people.
///
///     languages: de nl                      the languages it is for; `*` for all others
///     fitted: what it was fitted on
///     names[high,0,0]    -31  24  …         seven weights, in the order of `NameLabel`
///     transition[blank,O]    …
package struct NameModelFile: Sendable {
  package var languages: [String]
  /// What the weights were fitted on, in words.
  package var fitted: String
  package var model: NameModel

  package init(languages: [String], fitted: String, model: NameModel) {
    self.languages = languages
    self.fitted = fitted
    self.model = model
  }

  /// The features' names, those of the transitions after the others.
  package static let names: [String] = {
    var names = NameFeatures.families.flatMap { family in
      (0..<family.count).map(family.featureName)
    }
    for gap in NameGap.allCases {
      for label in NameLabel.allCases { names.append("transition[\(gap),\(label.name)]") }
    }
    return names
  }()

  /// Reads the text form.
  ///
  /// - Throws: `NameModelFileError` with the line of an unknown feature or a weight that is none.
  /// - Complexity: O(features + `file.count`).
  package init(file: [UInt8]) throws(NameModelFileError) {
    self.init(languages: [], fitted: "", model: NameModel())
    let numbers = Dictionary(uniqueKeysWithValues: Self.names.enumerated().map { ($1, $0) })
    let lines = file.split(separator: 10, omittingEmptySubsequences: false)
    for (index, bytes) in lines.enumerated() where !bytes.isEmpty && bytes.first != 35 {
      let line = String(decoding: bytes, as: UTF8.self)
      if line.hasPrefix("languages:") {
        languages = line.dropFirst(10).split(separator: " ").map(String.init)
        continue
      }
      if line.hasPrefix("fitted:") {
        fitted = String(line.dropFirst(7).drop { $0 == " " })
        continue
      }
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard let number = numbers[String(columns[0])] else {
        throw NameModelFileError(line: index + 1, reason: "no such feature")
      }
      let weights = columns.dropFirst().compactMap { Int16($0) }
      guard columns.count == NameModel.labels + 1, weights.count == NameModel.labels else {
        throw NameModelFileError(
          line: index + 1, reason: "a feature has \(NameModel.labels) weights, whole numbers")
      }
      model.set(number, weights)
    }
    if languages.isEmpty {
      throw NameModelFileError(line: 1, reason: "no line `languages:`")
    }
  }

  /// The text form.
  package var text: String {
    var text = "# Origin: fitted by `chatscrub names train`. Licence: that of the project.\n"
    text += "languages: \(languages.joined(separator: " "))\nfitted: \(fitted)\n"
    text +=
      "# feature, then the weights of \(NameLabel.allCases.map(\.name).joined(separator: ", "))\n"
    for (number, name) in Self.names.enumerated() {
      let weights = model.weights(of: number)
      if weights.allSatisfy({ $0 == 0 }) { continue }
      text += name + "\t" + weights.map(String.init).joined(separator: "\t") + "\n"
    }
    return text
  }
}

extension NameModel {
  /// The weights of a feature, or of a transition behind them, by label.
  func weights(of number: Int) -> [Int16] {
    let row =
      number < weights.count ? weights[number] : transitions[number - weights.count]
    return (0..<Self.labels).map { row[$0] }
  }

  mutating func set(_ number: Int, _ values: [Int16]) {
    var row = SIMD8<Int16>.zero
    for label in 0..<Self.labels { row[label] = values[label] }
    if number < weights.count {
      weights[number] = row
    } else {
      transitions[number - weights.count] = row
    }
  }

  /// The weights that are not 0, as numbers with blanks between them: the number of a feature, then
  /// its seven weights. What the build packs.
  package var packed: String {
    var packed: [String] = []
    for number in 0..<weights.count + transitions.count {
      let row = weights(of: number)
      if row.contains(where: { $0 != 0 }) {
        packed.append("\(number) " + row.map(String.init).joined(separator: " "))
      }
    }
    return packed.joined(separator: " ")
  }

  /// Reads `packed`.
  ///
  /// - Complexity: O(`packed.count`).
  package init(packed: Span<UInt8>, from start: Int, to end: Int) {
    self.init()
    var values: [Int] = []
    values.reserveCapacity(8)
    var value = 0
    var isNegative = false
    var isOpen = false
    for index in start...end {
      let byte = index < end ? packed[index] : 32
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        value = value * 10 + Int(byte &- 48)
        isOpen = true
      default:
        guard isOpen else { continue }
        values.append(isNegative ? -value : value)
        value = 0
        isNegative = false
        isOpen = false
        if values.count == Self.labels + 1 {
          set(values[0], values.dropFirst().map { Int16(truncatingIfNeeded: $0) })
          values.removeAll(keepingCapacity: true)
        }
      }
    }
  }
}

/// A line of a file of weights that could not be read.
package struct NameModelFileError: Error, Equatable {
  package let line: Int
  package let reason: String
}
