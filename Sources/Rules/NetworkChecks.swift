/// Checks of network addresses in their text forms.
package enum NetworkChecks {
  /// Four octets (RFC 791) that are some host's: not unspecified, loopback, broadcast or a netmask.
  package static func ipv4(_ value: [UInt8]) -> Bool {
    guard let octets = octets(value[...]) else { return false }
    if octets[0] == 0 || octets[0] == 127 { return false }
    // A netmask is a run of ones, then a run of zeros; 255.255.255.255 is among them.
    let number = octets.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return octets[0] != 255 || (~number &+ 1).nonzeroBitCount != 1 && number != .max
  }

  private static func octets(_ value: ArraySlice<UInt8>) -> [Int]? {
    let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var octets: [Int] = []
    for part in parts {
      guard (1...3).contains(part.count), part.allSatisfy({ $0 &- 48 < 10 }),
        part.count == 1 || part.first != 48
      else { return nil }
      let octet = part.reduce(0) { $0 * 10 + Int($1 - 48) }
      guard octet < 256 else { return nil }
      octets.append(octet)
    }
    return octets
  }

  /// The text forms of RFC 4291, 2.2, with at least three groups written, and no unspecified or
  /// loopback address.
  package static func ipv6(_ value: [UInt8]) -> Bool {
    let colon = UInt8(ascii: ":")
    var body = value[...]
    if let zone = body.firstIndex(of: UInt8(ascii: "%")) { body = body[..<zone] }
    var groups: [ArraySlice<UInt8>] = []
    var gaps = 0
    let parts = body.split(separator: colon, omittingEmptySubsequences: false)
    guard parts.count >= 3, parts.count <= 9 else { return false }
    for (index, part) in parts.enumerated() {
      if part.isEmpty {
        // "::" leaves one empty part, two at either end.
        if index > 0, index < parts.count - 1 { gaps += 1 }
        if index == 0, !(parts[1].isEmpty) { return false }
        if index == parts.count - 1, !(parts[index - 1].isEmpty) { return false }
        continue
      }
      groups.append(part)
    }
    var width = groups.count
    if let last = groups.last, last.contains(UInt8(ascii: ".")) {
      guard octets(last) != nil else { return false }
      width += 1
      groups.removeLast()
    }
    guard
      groups.allSatisfy({
        $0.count <= 4 && $0.allSatisfy { $0 &- 48 < 10 || ($0 | 0x20) &- 97 < 6 }
      })
    else { return false }
    if gaps == 0 { return width == 8 }
    return gaps == 1 && width < 8 && width >= 3
  }

  /// A hardware address that is not all zeros or all ones; `value` is its hex digits.
  package static func mac(_ value: [UInt8]) -> Bool {
    let digits = value.map(Checksums.asciiLower)
    guard digits.count == 12 else { return false }
    return !digits.allSatisfy { $0 == 48 } && !digits.allSatisfy { $0 == 102 }
  }
}
