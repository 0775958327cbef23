internal import Text

/// Every rule that is on, compiled and frozen; all workers share it.
package struct Ruleset: Sendable {
  package let rules: [CompiledRule]
  /// The entity types rules speak of, in order of first use; findings hold an index into it.
  package let entityTypes: [String]
  /// Tells in which language a text is, for rules that ask.
  package let languages: PhoneLanguages

  /// Compiles the rules of tiers 1 and 2 and those of tier 3 that belong to a region asked for.
  ///
  /// - Parameters:
  ///   - regions: ISO 3166 codes in lower case, or `all`.
  /// - Throws: `RulesetError` naming the rule that was refused, or the table.
  package init(
    _ definitions: [RuleDefinition], tables: ValidatorTables, regions: Set<String> = []
  ) throws(RulesetError) {
    var folding = FoldTable()
    let phones: PhonePlans
    do {
      phones = try PhonePlans(tables.phonePlans)
    } catch {
      let cause = RegexError(offset: 0, message: "row \(error.row + 1) is no plan")
      throw RulesetError(rule: "tables/phone_plans", cause: cause)
    }
    let spoken = LanguageRegions.rows(of: tables.languageRegions)
    let languagePlans = phones.plans(of: spoken)
    var types: [String] = []
    var compiled: [CompiledRule] = []
    for definition in definitions.sorted(by: { $0.id < $1.id }) {
      guard Self.isOn(definition, regions: regions) else { continue }
      let type: Int
      if let known = types.firstIndex(of: definition.entityType) {
        type = known
      } else {
        type = types.count
        types.append(definition.entityType)
      }
      do {
        compiled.append(
          try CompiledRule(
            definition, entityType: type, tables: tables, phones: phones,
            languagePlans: languagePlans, regions: regions, folding: &folding))
      } catch {
        throw RulesetError(rule: definition.id, cause: error)
      }
    }
    languages = PhoneLanguages(spoken, words: tables.languageWords)
    rules = compiled
    entityTypes = types
  }

  private static func isOn(_ rule: RuleDefinition, regions: Set<String>) -> Bool {
    if rule.tier < 3 || regions.contains("all") { return true }
    return rule.regions.contains { regions.contains($0) }
  }
}

/// A rule whose expression was refused.
package struct RulesetError: Error, Equatable, CustomStringConvertible {
  package let rule: String
  package let cause: RegexError

  package var description: String {
    "rule \(rule): \(cause.message) at offset \(cause.offset) of the expression"
  }
}
