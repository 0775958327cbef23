package import Names
package import Records
internal import Rules
package import Scan

/// What all workers share: what to look for and what to do with it. Frozen.
package struct ScrubPlan: Sendable {
  package let scanner: Scanner
  package let names: NameScanner?
  package let format: Format
  package let keys: Keyring?
  /// By entity type, as `scanner.entityTypes`.
  package let operators: [Operator]
  package let ranks: [Rank]
  /// What becomes of identifier fields, by index into the format's fields; `nil` where the field is
  /// scanned as text.
  let fieldActions: [FieldAction?]
  /// The label in a placeholder, by entity type.
  let labels: [[UInt8]]
  let isNumeric: [Bool]
  package let depthMax: Int
  /// Whether a text whose scan gave up is redacted whole instead of the record going to quarantine.
  package let redactsOnFailure: Bool
  let allow: AllowList
  /// By field: the class of copies it is in, else -1.
  let copies: [Int32]
  /// By field: those of the text a derived value is computed from.
  let sources: [[Int32]]
  /// By index of the rule: whether the policy's deny-lists made it.
  let isDenied: [Bool]
  /// The rules of names by which somebody speaks of himself, or is spoken to.
  let ownNameRules: Set<Int>
  let introducedRule: Int?

  package init(
    scanner: Scanner, names: NameScanner?, format: Format, policy: PolicyDefinition,
    keys: Keyring?, depthMax: Int = 512, redactsOnFailure: Bool = false,
    allow: AllowList = AllowList()
  ) {
    self.allow = allow
    copies = format.copies
    sources = format.sources
    isDenied = scanner.ruleIDs.map { $0.hasPrefix(DenyList.idPrefix) }
    let own = [MentionReason.introduced, .signOff, .header].map(\.ruleID)
    introducedRule = scanner.ruleIDs.firstIndex(of: MentionReason.introduced.ruleID)
    ownNameRules = Set(scanner.ruleIDs.indices.filter { own.contains(scanner.ruleIDs[$0]) })
    self.scanner = scanner
    self.names = names
    self.format = format
    self.keys = keys
    self.depthMax = depthMax
    self.redactsOnFailure = redactsOnFailure
    operators = scanner.entityTypes.map { policy.operator(for: $0) }
    ranks = scanner.entityTypes.indices.map { index in
      index == scanner.placeholder
        ? .protected : policy.operator(for: scanner.entityTypes[index]) == .keep ? .keep : .act
    }
    fieldActions = format.fields.map { field in
      if case .identifier(let action) = field.use, action != .scrub { return action }
      return nil
    }
    labels = scanner.entityTypes.map { Array($0.utf8) }
    isNumeric = scanner.entityTypes.map(Self.isNumeric)
  }

  /// Whether values of a type are numbers, the same however they are grouped.
  private static func isNumeric(_ type: String) -> Bool {
    // Over bytes: `String.contains` takes milliseconds for all types.
    let bytes = Array(type.utf8)
    return ["PHONE", "CREDIT_CARD", "SSN", "ITIN"].contains { part in
      bytes.indices.contains { bytes[$0...].starts(with: part.utf8) }
    }
  }
}
