internal import Names
internal import Scan

extension RecordScrubber {
  private static let keysMax = 4096

  /// Whether a key of an object may stand in a report: nothing is found in it, and it is no name or
  /// place.
  package mutating func isSafeKey(_ key: Span<UInt8>) -> Bool {
    var bytes: [UInt8] = []
    for index in 0..<key.count { bytes.append(key[index]) }
    if let known = keys[bytes] { return known }
    var findings: [Finding] = []
    var isSafe = true
    do {
      try plan.scanner.scan(key, using: &scan, into: &findings)
      isSafe = findings.isEmpty && plan.names?.mayBeName(key, using: &scan.names) != true
    } catch {
      isSafe = false
    }
    if keys.count >= Self.keysMax { keys.removeAll(keepingCapacity: true) }
    keys[bytes] = isSafe
    return isSafe
  }
}
