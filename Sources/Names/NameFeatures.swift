/// A family of features: values of a few dimensions, numbered one after the other.
///
/// The features say what the dictionaries know of a word, how it is written and what stands around,
/// and which word it is only of the frequent ones that the file of cues lists ("delexicalised"):
/// weights fitted on them hold no text.
package struct FeatureFamily: Sendable {
  package let name: String
  /// The names of the values of each dimension.
  package let dimensions: [[String]]
  /// The number of the first feature.
  package let base: Int

  package var count: Int { dimensions.reduce(1) { $0 * $1.count } }

  /// The name of a feature, as in the file of weights: `code_before[lower_word,unknown]`.
  package func featureName(_ value: Int) -> String {
    var rest = value
    var parts: [String] = []
    for dimension in dimensions.reversed() {
      parts.append(dimension[rest % dimension.count])
      rest /= dimension.count
    }
    return "\(name)[\(parts.reversed().joined(separator: ","))]"
  }
}

/// All families, in the order of their numbers.
package enum NameFeatures {
  package static let families: [FeatureFamily] = {
    let codes = WordCode.allCases.map { "\($0)" }
    let beside = codes + Beside.allCases.map { "\($0)" }
    let kinds = CueKinds.names
    let quarters = ["0", "low", "middle", "high"]
    let flags = ["no", "yes"]
    let sizes = ["one", "two", "three", "more"]
    let lines = ["bare", "short", "prose", "_"]
    let signs = ["plain", "some_signs", "many_signs", "_"]
    let descriptions = ["person", "place", "organization", "thing"]
    // The words themselves are in the file of cues: `Cues.contextWords`.
    let words = (0..<Cues.contextMax).map { "w\($0)" }
    let list: [(String, [[String]])] = [
      ("bias", [["any"]]),
      ("form", [["title", "upper", "initial", "_"], flags, sizes, flags]),
      ("names", [quarters, quarters, quarters]),
      ("places", [quarters, quarters, quarters, flags]),
      ("code_before", [beside, codes]),
      ("code_after", [codes, beside]),
      ("around", [beside, beside]),
      ("cue", [kinds, codes]),
      ("following", [kinds, codes]),
      ("two_before", [codes, codes, codes]),
      ("two_after", [codes, codes, codes]),
      ("place_in_chain", [["only", "first", "last", "inside"], sizes, codes]),
      ("gap", [NameGap.allCases.map { "\($0)" } + ["unused_1", "unused_2"], codes]),
      ("ending", [flags, flags, quarters]),
      ("phrase", [PhrasePlace.allCases.map { "\($0)" } + ["_"]]),
      ("length", [["short", "middle", "long", "very_long"], codes]),
      ("before_comma", [codes, codes]),
      ("after_comma", [codes, codes]),
      ("repeated", [flags, codes]),
      ("starts_sentence", [codes, quarters]),
      ("cue_in_chain", [kinds, codes]),
      ("before_names", [beside, quarters, quarters]),
      ("after_names", [beside, quarters, quarters]),
      ("cue_names", [kinds, quarters, quarters]),
      ("following_names", [kinds, quarters, quarters]),
      ("line", [lines, signs, codes]),
      ("line_names", [lines, signs, quarters, quarters]),
      ("line_shape", [lines, signs, ["title", "upper", "initial", "_"], sizes]),
      ("described", [descriptions, codes]),
      ("described_names", [descriptions, quarters, quarters]),
      ("word_before", [words]),
      ("word_after", [words]),
      ("word", [words]),
    ]
    var base = 0
    return list.map { name, dimensions in
      let family = FeatureFamily(name: name, dimensions: dimensions, base: base)
      base += family.count
      return family
    }
  }()

  package static var count: Int { Base.word + Cues.contextMax }

  /// Where the families begin, for the code that numbers the features: each behind the one before.
  /// Computed, so that they are constants of the code; a test compares them with `families`.
  package enum Base {
    package static var bias: Int { 0 }
    package static var form: Int { bias + 1 }
    package static var names: Int { form + 64 }
    package static var places: Int { names + 64 }
    package static var codeBefore: Int { places + 128 }
    package static var codeAfter: Int { codeBefore + 512 }
    package static var around: Int { codeAfter + 512 }
    package static var cue: Int { around + 1024 }
    package static var following: Int { cue + 256 }
    package static var twoBefore: Int { following + 256 }
    package static var twoAfter: Int { twoBefore + 4096 }
    package static var placeInChain: Int { twoAfter + 4096 }
    package static var gap: Int { placeInChain + 256 }
    package static var ending: Int { gap + 128 }
    package static var phrase: Int { ending + 16 }
    package static var length: Int { phrase + 8 }
    package static var beforeComma: Int { length + 64 }
    package static var afterComma: Int { beforeComma + 256 }
    package static var repeated: Int { afterComma + 256 }
    package static var startsSentence: Int { repeated + 32 }
    package static var cueInChain: Int { startsSentence + 64 }
    package static var beforeNames: Int { cueInChain + 256 }
    package static var afterNames: Int { beforeNames + 512 }
    package static var cueNames: Int { afterNames + 512 }
    package static var followingNames: Int { cueNames + 256 }
    package static var line: Int { followingNames + 256 }
    package static var lineNames: Int { line + 256 }
    package static var lineShape: Int { lineNames + 256 }
    package static var described: Int { lineShape + 256 }
    package static var describedNames: Int { described + 64 }
    package static var wordBefore: Int { describedNames + 64 }
    package static var wordAfter: Int { wordBefore + Cues.contextMax }
    package static var word: Int { wordAfter + Cues.contextMax }

    /// All of them, in the order of the families.
    package static var all: [Int] {
      [
        bias, form, names, places, codeBefore, codeAfter, around, cue, following, twoBefore,
        twoAfter, placeInChain, gap, ending, phrase, length, beforeComma, afterComma, repeated,
        startsSentence, cueInChain, beforeNames, afterNames, cueNames, followingNames, line,
        lineNames,
        lineShape, described, describedNames, wordBefore, wordAfter, word,
      ]
    }
  }

  /// A bucket of 0…7 in four steps.
  @inline(__always)
  static func quarter(_ bucket: Int) -> Int { (bucket + 2) / 3 }
}

extension NameScanner {
  /// Appends the features of one word of a chain.
  ///
  /// - Complexity: O(1); at most about thirty features.
  func appendFeatures(
    of index: Int, in chain: ArraySlice<NameToken>, _ context: ChainContext,
    to features: inout [UInt16]
  ) {
    typealias Base = NameFeatures.Base
    let token = chain[index]
    let entry = token.entry
    let code = token.code.rawValue
    let isFirst = index == chain.startIndex
    let isLast = index == chain.endIndex - 1
    let size = min(chain.count, 4) - 1
    func add(_ base: Int, _ value: Int) {
      features.append(UInt16(truncatingIfNeeded: base + value))
    }
    let common = NameFeatures.quarter(entry.commonBucket)
    let given = NameFeatures.quarter(entry.givenBucket)
    let surname = NameFeatures.quarter(entry.surnameBucket)
    let starts = isFirst && context.startsSentence ? 1 : 0
    let before =
      isFirst
      ? context.before.rawValue
      : token.gap == .link ? Beside.link.rawValue : chain[index - 1].code.rawValue
    let after =
      isLast
      ? context.after.rawValue
      : chain[index + 1].gap == .link ? Beside.link.rawValue : chain[index + 1].code.rawValue
    add(Base.bias, 0)
    let isUpper = token.shape == .upper && chain.allSatisfy { $0.shape != .title } ? 1 : 0
    add(Base.form, ((Int(token.shape.rawValue) * 2 + starts) * 4 + size) * 2 + isUpper)
    add(Base.names, (given * 4 + surname) * 4 + common)
    add(
      Base.places,
      ((NameFeatures.quarter(entry.placeBucket) * 4 + entry.organizationBucket) * 4 + common) * 2
        + (given + surname > 0 ? 1 : 0))
    add(Base.codeBefore, before * 16 + code)
    add(Base.codeAfter, code * 32 + after)
    add(Base.around, before * 32 + after)
    let certainty = max(given, surname) * 4 + common
    add(Base.beforeNames, before * 16 + certainty)
    add(Base.afterNames, after * 16 + certainty)
    add(
      Base.placeInChain,
      ((isFirst ? isLast ? 0 : 1 : isLast ? 2 : 3) * 4 + size) * 16 + code)
    add(Base.line, context.line * 16 + code)
    add(Base.lineNames, context.line * 16 + certainty)
    add(Base.lineShape, context.line * 16 + Int(token.shape.rawValue) * 4 + size)
    if context.description != .none {
      let description = context.description.rawValue - 1
      add(Base.described, description * 16 + code)
      add(Base.describedNames, description * 16 + certainty)
    }
    add(Base.gap, Int(token.gap.rawValue) * 16 + code)
    add(Base.ending, (token.endsLikeName ? 8 : 0) + (token.isInflected ? 4 : 0) + common)
    add(Base.phrase, Int(token.phrase.rawValue))
    let letters = token.range.count
    add(Base.length, (letters < 4 ? 0 : letters < 7 ? 1 : letters < 11 ? 2 : 3) * 16 + code)
    add(Base.repeated, (token.isRepeated ? 16 : 0) + code)
    if starts == 1 { add(Base.startsSentence, code * 4 + common) }
    if index - chain.startIndex >= 2 {
      let first = chain[index - 2].code.rawValue
      add(Base.twoBefore, (first * 16 + chain[index - 1].code.rawValue) * 16 + code)
    }
    if index + 2 < chain.endIndex {
      let last = chain[index + 2].code.rawValue
      add(Base.twoAfter, (code * 16 + chain[index + 1].code.rawValue) * 16 + last)
    }
    appendWords(of: index, in: chain, context, to: &features)
    appendContext(of: token, isFirst, isLast, context, certainty, to: &features)
  }

  /// Appends which frequent word a word is, and which stand before and behind it.
  private func appendWords(
    of index: Int, in chain: ArraySlice<NameToken>, _ context: ChainContext,
    to features: inout [UInt16]
  ) {
    typealias Base = NameFeatures.Base
    func add(_ base: Int, _ word: Int) {
      if word > 0 { features.append(UInt16(truncatingIfNeeded: base + word)) }
    }
    add(Base.word, cues.contextWord(chain[index].hash))
    if index == chain.startIndex {
      add(Base.wordBefore, context.cue.word)
    } else if chain[index].gap == .blank {
      add(Base.wordBefore, cues.contextWord(chain[index - 1].hash))
    }
    if index == chain.endIndex - 1 {
      add(Base.wordAfter, context.wordAfter)
    } else if chain[index + 1].gap == .blank {
      add(Base.wordAfter, cues.contextWord(chain[index + 1].hash))
    }
  }

  /// Appends the features of what stands around a chain.
  private func appendContext(
    of token: NameToken, _ isFirst: Bool, _ isLast: Bool, _ context: ChainContext,
    _ certainty: Int, to features: inout [UInt16]
  ) {
    typealias Base = NameFeatures.Base
    let code = token.code.rawValue
    func add(_ base: Int, _ value: Int) {
      features.append(UInt16(truncatingIfNeeded: base + value))
    }
    var kinds = context.cue.kinds.rawValue
    while kinds != 0 {
      let kind = kinds.trailingZeroBitCount
      kinds &= kinds &- 1
      add(isFirst ? Base.cue : Base.cueInChain, kind * 16 + code)
      if isFirst { add(Base.cueNames, kind * 16 + certainty) }
    }
    if isLast {
      var kinds = context.following.rawValue
      while kinds != 0 {
        let kind = kinds.trailingZeroBitCount
        kinds &= kinds &- 1
        add(Base.following, kind * 16 + code)
        add(Base.followingNames, kind * 16 + certainty)
      }
      if let next = context.afterComma { add(Base.afterComma, code * 16 + next.rawValue) }
    }
    if isFirst, let last = context.beforeComma { add(Base.beforeComma, last.rawValue * 16 + code) }
  }
}
