/// What was counted while records were scrubbed. Holds codes, types and paths of fields, never a
/// value of the input.
package struct ScrubTally: BatchTally, Equatable {
  /// What one kind of finding was and what became of it.
  package struct FindingKey: Codable, Hashable, Comparable, Sendable {
    package var entityType: String
    package var rule: String
    package var role: String
    /// The field's path, without the numbers of elements.
    package var path: String
    /// The operator that was carried out.
    package var action: String

    package static func < (left: Self, right: Self) -> Bool {
      (left.entityType, left.rule, left.role, left.path, left.action)
        < (right.entityType, right.rule, right.role, right.path, right.action)
    }
  }

  package var records = 0
  package var changed = 0
  package var unchanged = 0
  package var quarantined = 0
  /// Strings scanned, and their bytes in all, decoded.
  package var texts = 0
  package var textBytes = 0
  package var findings: [FindingKey: Int] = [:]
  /// Path and action of identifier fields that were changed.
  package var fields: [String: Int] = [:]
  /// Generalised paths of strings the format does not know; they were scrubbed.
  package var unknownFields: [String: Int] = [:]
  /// Path and action of derived values that were made from text that has changed.
  package var staleFields: [String: Int] = [:]
  /// Paths of flags that were set because text was replaced.
  package var setFlags: [String: Int] = [:]
  /// Records that have not the shape of their format and were scrubbed all the same.
  package var otherShape = 0
  /// Groups of records that shared their entities, if records were grouped; and how many of them go
  /// on with one that was full.
  package var groups = 0
  package var groupsCut = 0
  package var quarantineReasons: [String: Int] = [:]
  /// Rules that gave up on a text, by id, to the records in which they did.
  package var rulesGaveUp: [String: Int] = [:]
  /// Placeholders that stood in the input.
  package var priorPlaceholders = 0

  package init() {}

  /// The most unknown paths that are listed. Those kept are the first in order of the alphabet, so
  /// that the list does not depend on the order in which workers see them.
  package static let unknownFieldsMax = 1000

  package mutating func merge(_ later: Self) {
    records += later.records
    changed += later.changed
    unchanged += later.unchanged
    quarantined += later.quarantined
    texts += later.texts
    textBytes += later.textBytes
    priorPlaceholders += later.priorPlaceholders
    otherShape += later.otherShape
    groups += later.groups
    groupsCut += later.groupsCut
    staleFields.merge(later.staleFields, uniquingKeysWith: +)
    setFlags.merge(later.setFlags, uniquingKeysWith: +)
    findings.merge(later.findings, uniquingKeysWith: +)
    fields.merge(later.fields, uniquingKeysWith: +)
    rulesGaveUp.merge(later.rulesGaveUp, uniquingKeysWith: +)
    quarantineReasons.merge(later.quarantineReasons, uniquingKeysWith: +)
    unknownFields.merge(later.unknownFields, uniquingKeysWith: +)
    trimUnknownFields()
  }

  mutating func trimUnknownFields() {
    guard unknownFields.count > Self.unknownFieldsMax else { return }
    for path in unknownFields.keys.sorted().dropFirst(Self.unknownFieldsMax) {
      unknownFields[path] = nil
    }
  }

  /// Findings the policy acted on.
  package var actedCount: Int {
    findings.reduce(0) { ["keep", "allow"].contains($1.key.action) ? $0 : $0 + $1.value }
  }
}
