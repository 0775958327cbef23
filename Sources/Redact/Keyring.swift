internal import Crypto

/// A key file's key, and what is derived from it. The same key gives the same pseudonyms on every
/// machine.
package struct Keyring: Sendable {
  private let key: SymmetricKey
  /// Tells keys apart in a report without telling what they are: the first eight hex digits of a
  /// keyed hash.
  package let id: String

  /// The fewest bytes a key file may hold.
  package static let bytesMin = 16
  /// The most: what is longer is some other file, named by mistake.
  package static let bytesMax = 4096

  /// - Parameter secret: the key file's bytes, at least `bytesMin`; a newline at the end is not
  ///   part of the key.
  package init(secret: [UInt8]) {
    var bytes = secret[...]
    while let last = bytes.last, last == 10 || last == 13 { bytes = bytes.dropLast() }
    key = SymmetricKey(data: Array(bytes))
    id = String(decoding: Self.hex(Self.code(key, ["key-id"], []).prefix(4)), as: UTF8.self)
  }

  /// `cs-` and 24 hex digits: 80 bits of HMAC-SHA-256 over the field's name and the value, 16 bits
  /// that prove it is one of ours.
  package func pseudonym(of value: [UInt8], name: String) -> [UInt8] {
    let body = Self.hex(Self.code(key, ["id", name], value).prefix(10))
    return Array("cs-".utf8) + body + Self.hex(Self.code(key, ["proof"], body).prefix(2))
  }

  /// Whether a value was made by `pseudonym` with this key; by accident with a probability of 2⁻¹⁶.
  package func isPseudonym(_ value: [UInt8]) -> Bool {
    guard value.count == 27, value.starts(with: Array("cs-".utf8)) else { return false }
    let body = Array(value[3..<23])
    return Self.hex(Self.code(key, ["proof"], body).prefix(2)) == Array(value[23...])
  }

  /// 16 hex digits for a finding: 62 bits of HMAC-SHA-256 over the type and the value. The first
  /// digit is always a letter, so that no number can pass for a fingerprint.
  package func fingerprint(of value: [UInt8], type: String) -> [UInt8] {
    let code = Self.code(key, ["finding", type], value)
    return [UInt8(ascii: "a") + code[0] % 6] + Self.hex(code[1..<9]).dropFirst()
  }

  private static func code(_ key: SymmetricKey, _ labels: [String], _ value: [UInt8]) -> [UInt8] {
    var code = HMAC<SHA256>(key: key)
    for label in labels { code.update(data: Array(label.utf8) + [0]) }
    code.update(data: value)
    return Array(code.finalize())
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }
}
