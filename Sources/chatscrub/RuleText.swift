import Foundation
import PatternFiles
import Rules

/// Rules as text for people and as JSON.
enum RuleText {
  /// One line of `rules list --json`.
  struct Line: Encodable {
    let id: String
    let entityType: String
    let tier: Int
    let regions: [String]
    let about: String
    let patterns: Int

    init(_ rule: RuleDefinition) {
      id = rule.id
      entityType = rule.entityType
      tier = rule.tier
      regions = rule.regions
      about = RuleText.oneLine(rule.about)
      patterns = rule.patterns.count
    }

    enum CodingKeys: String, CodingKey {
      case id, tier, regions, about, patterns
      case entityType = "entity_type"
    }
  }

  /// `rules show --json`.
  struct Whole: Encodable {
    let rule: RuleDefinition
    let document: RuleDocument?
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return unwrapped(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// JSON without the key `_0`, under which what an enum's case carries is encoded, where it is the
  /// only one.
  private static func unwrapped(_ text: String) -> String {
    let opening = Array(#"{"_0":"#.utf8)
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    // For each open bracket, whether it is one that is left out.
    var isLeftOut: [Bool] = []
    var isInString = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if isInString {
        result.append(byte)
        if byte == UInt8(ascii: "\\"), index < bytes.count {
          result.append(bytes[index])
          index += 1
        }
        if byte == UInt8(ascii: "\"") { isInString = false }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{")
      where bytes[(index - 1)...].starts(with: opening)
        && hasOneKey(bytes, index + opening.count - 1):
        isLeftOut.append(true)
        index += opening.count - 1
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): isLeftOut.append(false)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if isLeftOut.popLast() == true { continue }
      default: break
      }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether the object ends where the value at `start` does.
  private static func hasOneKey(_ bytes: [UInt8], _ start: Int) -> Bool {
    var depth = 0
    var isInString = false
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      if isInString {
        if byte == UInt8(ascii: "\\") { index += 1 }
        if byte == UInt8(ascii: "\"") { isInString = false }
      } else if byte == UInt8(ascii: "\"") {
        isInString = true
      } else if "{[".utf8.contains(byte) {
        depth += 1
      } else if "}]".utf8.contains(byte) {
        depth -= 1
        // The object's own end, behind a value that was alone in it.
        if depth < 0 { return true }
      } else if byte == UInt8(ascii: ","), depth == 0 {
        return false
      }
      index += 1
    }
    return false
  }

  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// A rule in the form of its file; `Patterns/README.md` has the keys.
  static func yaml(_ rule: RuleDefinition, _ document: RuleDocument?) -> String {
    var lines = [
      "id: \(rule.id)", "entity_type: \(rule.entityType)", "about: \(quoted(oneLine(rule.about)))",
    ]
    if let sources = document?.sources, !sources.isEmpty {
      lines += ["sources:"] + sources.map { "  - \(quoted($0))" }
    }
    lines.append("tier: \(rule.tier)")
    if !rule.regions.isEmpty { lines.append("regions: [\(rule.regions.joined(separator: ", "))]") }
    lines.append("patterns:")
    for pattern in rule.patterns {
      lines += ["  - score: \(pattern.score)", "    regex: |-"]
      lines += pattern.regex.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.isEmpty ? "" : "      \($0)"
      }
      lines.append("    prefilter: \(prefilter(pattern))")
    }
    if !rule.clean.isEmpty { lines.append("clean: \(quoted(rule.clean))") }
    if !rule.validators.isEmpty {
      lines += ["validators:"] + rule.validators.map { "  - \(name(of: $0))" }
    }
    if let context = rule.context {
      lines += ["context:", "  words:"]
      let words = document?.words ?? ["any": context.words.map(\.text)]
      lines += words.sorted { $0.key < $1.key }.map { language, words in
        "    \(language): [\(words.map(quoted).joined(separator: ", "))]"
      }
      for (key, words) in [("against", context.against), ("refuse", context.refused)]
      where !words.isEmpty {
        lines.append(
          "  \(key): {any: [\(words.map { quoted($0.text) }.joined(separator: ", "))]}")
      }
      lines += ["  window: \(context.window)"]
      if context.after != context.window { lines.append("  after: \(context.after)") }
      lines.append("  boost: \(context.boost)")
      if context.penalty > 0 { lines.append("  penalty: \(context.penalty)") }
      lines.append("  required: \(context.required)")
    }
    if let document { lines += examples(document) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func examples(_ document: RuleDocument) -> [String] {
    func rows(_ examples: [RuleExample]) -> [String] {
      examples.map { example in
        var parts = ["text: \(quoted(example.text))"]
        if let find = example.find { parts.append("find: \(quoted(find))") }
        if let because = example.because { parts.append("because: \(quoted(because))") }
        return "    - {\(parts.joined(separator: ", "))}"
      }
    }
    guard !document.hits.isEmpty else { return [] }
    var lines = ["examples:", "  hits:"] + rows(document.hits)
    lines += ["  misses:"] + rows(document.misses)
    if !document.knownGaps.isEmpty {
      lines += ["known_gaps:"] + rows(document.knownGaps).map { String($0.dropFirst(2)) }
    }
    return lines
  }

  private static func prefilter(_ pattern: PatternDefinition) -> String {
    func list(_ texts: [String]) -> String { texts.map(quoted).joined(separator: ", ") }
    func range(_ least: Int, _ most: Int) -> String {
      most == .max ? "min: \(least)" : "min: \(least), max: \(most)"
    }
    let what: String
    switch pattern.prefilter {
    case .literals(let texts, let then):
      let behind = then.isEmpty ? "" : ", then: [\(list(then))]"
      what = "literals: [\(list(texts))]\(behind)"
    case .labels(let lines, let digits):
      let labels = list(lines.split(separator: "\n").map(String.init))
      what = "labels: [\(labels)]\(digits == 1 ? "" : ", digits: \(digits)")"
    case .shapes(let shapes): what = "shapes: [\(list(shapes))]"
    case .digits(let least, let most, let then):
      let behind = then.isEmpty ? "" : ", then: [\(list(then))]"
      what = "digits: {\(range(least, most))\(behind)}"
    case .wideDigits(let least): what = "wide_digits: {min: \(least)}"
    case .token(let least, let most, let mixed):
      what = "token: {\(range(least, most))\(mixed ? ", mixed: true" : "")}"
    case .everywhere: return "everywhere"
    }
    return "{\(what)\(pattern.lookback == 0 ? "" : ", lookback: \(pattern.lookback)")}"
  }

  /// A validator's name as rule files have it, and its parameters as JSON.
  static func name(
    of validator: ValidatorDefinition, withParameters: Bool = true
  ) -> String {
    // Encoded, a validator is an object with one key, its name in another spelling.
    guard var text = try? json(validator), text.hasPrefix("{\"") else { return "" }
    // A check stated by its parameters is a validator of its own name in the file.
    if text.hasPrefix("{\"check\":{\"") { text = String(text.dropFirst(9).dropLast()) }
    let name = text.dropFirst(2).prefix { $0 != "\"" }
    var result = ""
    for character in name {
      if character.isUppercase { result += "_" }
      result += character.lowercased()
    }
    let parameters = text.dropFirst(name.utf8.count + 4).dropLast()
    return parameters == "{}" || !withParameters ? result : "\(result): \(parameters)"
  }

  /// A YAML scalar in double quotes, which is a JSON string.
  static func quoted(_ text: String) -> String {
    (try? json(text)) ?? "\"\""
  }
}
