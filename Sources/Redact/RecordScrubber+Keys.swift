internal import Names
internal import Records
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

  // MARK: - Values under keys

  /// A text with its key before it, where no path of the format names that.
  func underKey(_ index: Int, _ text: Span<UInt8>) -> LabelledText? {
    let key = map.values[texts[index].value].key
    return key < 0 ? nil : Scanner.labelled(text, under: map.keys[Int(key)])
  }

  /// Whether nothing was found in a text before, under the same key if it has one.
  func isQuiet(_ text: Span<UInt8>, _ labelled: LabelledText?) -> Bool {
    if let labelled { quiet.contains(Self.quietKey(labelled).span) } else { quiet.contains(text) }
  }

  /// Remembers that nothing was found.
  mutating func keepQuiet(_ text: Span<UInt8>, _ labelled: LabelledText?) {
    if let labelled { quiet.insert(Self.quietKey(labelled).span) } else { quiet.insert(text) }
  }

  /// What no text is, for the byte is in no UTF-8.
  private static func quietKey(_ labelled: LabelledText) -> [UInt8] {
    labelled.bytes.dropLast() + [0xFF]
  }
}
