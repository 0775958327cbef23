package import Names
package import Text

/// Everything the recogniser of names knows, as the build packed it, with what a user adds.
package struct NamePack: Sendable {
  package let dictionary: NameDictionary
  package let cues: Cues
  package let inflections: Inflections
  package let languages: LanguageGuess
  package let models: NameModels

  /// The packed parts.
  package struct Parts {
    /// A compiled dictionary.
    package var dictionary: ConstantBytes
    /// A line for each group of languages: name TAB languages TAB packed weights.
    package var models: [UInt8]
    package var cues: [UInt8]
    package var languages: [UInt8]
    package var inflections: [UInt8]

    package init(
      dictionary: ConstantBytes, models: [UInt8], cues: [UInt8], languages: [UInt8],
      inflections: [UInt8]
    ) {
      self.dictionary = dictionary
      self.models = models
      self.cues = cues
      self.languages = languages
      self.inflections = inflections
    }
  }

  /// - Parameters:
  ///   - images: compiled dictionaries of the user's.
  ///   - added: the user's list.
  /// - Throws: what the parts' readers throw; the build has read the parts before.
  package init(
    _ parts: Parts, images: [DictionaryImage] = [], added: WordTable? = nil
  ) throws {
    dictionary = NameDictionary(
      images: [try DictionaryImage(parts.dictionary)] + images, added: added)
    // What the cues say of single words is in the dictionary already.
    var builder = DictionaryBuilder()
    cues = try Cues(file: parts.cues, into: &builder)
    let languages = try LanguageGuess(file: parts.languages)
    inflections = try Inflections(file: parts.inflections, languages: languages)
    self.languages = languages
    models = Self.models(parts.models, languages: languages.languages)
  }

  private static func models(_ packed: [UInt8], languages: [String]) -> NameModels {
    var named: [(group: String, languages: [String], model: NameModel)] = []
    for line in packed.split(separator: 10) {
      let columns = line.split(separator: 9)
      guard columns.count == 3 else { continue }
      let codes = String(decoding: columns[1], as: UTF8.self).split(separator: " ").map(String.init)
      let model = NameModel(
        packed: packed.span, from: columns[2].startIndex, to: columns[2].endIndex)
      named.append((String(decoding: columns[0], as: UTF8.self), codes, model))
    }
    return named.isEmpty ? NameModels() : NameModels(named: named, languages: languages)
  }

  /// A recogniser of names.
  ///
  /// - Parameters:
  ///   - models: other models than the packed ones.
  ///   - dropsForeignWords: as `NameScanner` takes it.
  package func scanner(
    mode: NameMode, models: NameModels? = nil, dropsForeignWords: Bool = true
  ) -> NameScanner {
    NameScanner(
      dictionary: dictionary, cues: cues, inflections: inflections, languages: languages,
      models: models ?? self.models, dropsForeignWords: dropsForeignWords, mode: mode)
  }
}
