package import Scan

/// What happened to one finding, for the findings file and the counts.
package struct ReportedFinding: Sendable {
  /// Index into the scrubber's `values`.
  package var value: Int
  package var finding: Finding
  package var action: Operator
  /// Whether the policy's allow-list kept it.
  package var isAllowed = false

  /// What was done with it, for people.
  package var actionName: String { isAllowed ? "allow" : action.rawValue }
}
