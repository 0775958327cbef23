/// A kind of place in a text where things look different from prose: what is a telephone number in
/// a sentence is a constant in code.
package enum Zone: String, Codable, Sendable, CaseIterable {
  /// A fenced block of code.
  case codeBlock = "code_block"
  /// Between backquotes, in one line.
  case inlineCode = "inline_code"
  /// Lines of code without a fence.
  case codeLines = "code_lines"
  case stackTrace = "stack_trace"
  case diff
  /// Lines of a program's log.
  case log
  /// Lines of JSON, CSV and other tables.
  case data
  /// Inside a long run of base64 or hexadecimal digits.
  case blob
  /// Inside a URL.
  case url
  /// Inside a tag of HTML or XML.
  case markup
  /// The value of a key of a program, read as if the key stood before it as words.
  case field
}

/// What a zone does to scores, as `Patterns/zones.yaml` declares it.
package struct ZoneDefinition: Codable, Sendable, Equatable {
  package var zone: Zone
  /// Added to the score of a type, or of all types that begin with a prefix ending in `*`.
  package var scores: [String: Double]

  package init(zone: Zone, scores: [String: Double]) {
    self.zone = zone
    self.scores = scores
  }
}

/// What zones do to scores, by entity type. Frozen, part of the scanner.
struct ZoneTable: Sendable {
  /// At `zone * types + type`.
  private let changes: [Float]
  /// For each type, whether any zone changes it, or one made of whole lines does.
  private let isAffected: [Bool]
  private let typeCount: Int

  /// - Parameter types: the scanner's entity types.
  init(_ definitions: [ZoneDefinition], types: [String]) {
    typeCount = types.count
    var changes = [Float](repeating: 0, count: Zone.allCases.count * types.count)
    var isAffected = [Bool](repeating: false, count: types.count)
    for definition in definitions {
      for (type, name) in types.enumerated() {
        let change = Self.change(definition.scores, of: name)
        changes[definition.zone.index * types.count + type] = Float(change)
        // Values of keys are asked for by themselves.
        if change != 0, definition.zone != .field { isAffected[type] = true }
      }
    }
    self.changes = changes
    self.isAffected = isAffected
  }

  /// A type's own change, else that of the longest prefix.
  private static func change(_ scores: [String: Double], of type: String) -> Double {
    if let own = scores[type] { return own }
    let prefixes = scores.keys.filter { $0.hasSuffix("*") && type.hasPrefix($0.dropLast()) }
    return prefixes.max { $0.utf8.count < $1.utf8.count }.flatMap { scores[$0] } ?? 0
  }

  @inline(__always)
  func affects(_ type: Int) -> Bool { isAffected[type] }

  @inline(__always)
  func change(_ zone: Zone, type: Int) -> Float { changes[zone.index &* typeCount &+ type] }
}

extension Zone {
  /// Its place in `allCases`.
  fileprivate var index: Int {
    switch self {
    case .codeBlock: 0
    case .inlineCode: 1
    case .codeLines: 2
    case .stackTrace: 3
    case .diff: 4
    case .log: 5
    case .data: 6
    case .blob: 7
    case .url: 8
    case .markup: 9
    case .field: 10
    }
  }
}
