// RFC 8259 in the plainest recursive way, with values built: what the parser is compared with.

/// A JSON value with the place where it stands.
indirect enum OracleValue {
  case object([(key: [UInt8], value: OracleValue)], Range<Int>)
  case array([OracleValue], Range<Int>)
  /// The text in UTF-8, and the inside of the quotes.
  case string([UInt8], Range<Int>)
  case number(Range<Int>)
  case literal(Range<Int>)
}

/// The value, or `nil` when the bytes are not JSON in UTF-8.
func oracleParse(_ bytes: [UInt8]) -> OracleValue? {
  var reader = OracleReader(bytes: bytes)
  guard let value = reader.value() else { return nil }
  reader.space()
  return reader.position == bytes.count ? value : nil
}

private struct OracleReader {
  let bytes: [UInt8]
  var position = 0

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard byte == character.asciiValue else { return false }
    position += 1
    return true
  }

  mutating func space() {
    while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  mutating func value() -> OracleValue? {
    space()
    let start = position
    if take("{") { return object(start) }
    if take("[") { return array(start) }
    if byte == 0x22 { return string().map { .string($0.text, $0.range) } }
    for word in ["true", "false", "null"] where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return .literal(start..<position)
    }
    return number() ? .number(start..<position) : nil
  }

  private mutating func object(_ start: Int) -> OracleValue? {
    var members: [(key: [UInt8], value: OracleValue)] = []
    space()
    if take("}") { return .object([], start..<position) }
    repeat {
      space()
      guard let key = string() else { return nil }
      space()
      guard take(":"), let member = value() else { return nil }
      members.append((key.text, member))
      space()
    } while take(",")
    return take("}") ? .object(members, start..<position) : nil
  }

  private mutating func array(_ start: Int) -> OracleValue? {
    var elements: [OracleValue] = []
    space()
    if take("]") { return .array([], start..<position) }
    repeat {
      guard let element = value() else { return nil }
      elements.append(element)
      space()
    } while take(",")
    return take("]") ? .array(elements, start..<position) : nil
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0") { guard digits() else { return false } }
    if take(".") { guard digits() else { return false } }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      guard digits() else { return false }
    }
    return true
  }

  private mutating func digits() -> Bool {
    let start = position
    while let byte, (0x30...0x39).contains(byte) { position += 1 }
    return position > start
  }

  private mutating func string() -> (text: [UInt8], range: Range<Int>)? {
    guard take("\"") else { return nil }
    let start = position
    // As UTF-16, where an escape is one unit; Swift then repairs lone surrogates as we do.
    var units: [UInt16] = []
    while let byte {
      if byte == 0x22 {
        position += 1
        return (Array(String(decoding: units, as: UTF16.self).utf8), start..<position - 1)
      }
      if byte < 0x20 { return nil }
      if byte == 0x5C {
        guard let unit = escape() else { return nil }
        units.append(unit)
      } else {
        let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        guard position + length <= bytes.count else { return nil }
        let sequence = bytes[position..<position + length]
        guard let text = String(validating: sequence, as: UTF8.self) else { return nil }
        units += text.utf16
        position += length
      }
    }
    return nil
  }

  private mutating func escape() -> UInt16? {
    position += 1
    guard let letter = byte else { return nil }
    position += 1
    switch letter {
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(letter)
    case UInt8(ascii: "u"):
      guard position + 4 <= bytes.count else { return nil }
      let digits = String(decoding: bytes[position..<position + 4], as: UTF8.self)
      guard digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
        return nil
      }
      position += 4
      return UInt16(digits, radix: 16)
    default: return nil
    }
  }
}

/// Random JSON, spelt in random ways.
struct JSONGenerator {
  var random: SplitMix64
  var keys = ["a", "b", "role", "from", "content", "user-agent", "ein Schlüssel", "longer_than_8"]
  var strings = [
    "", "user", "Assistant", "Zoë", "line\nbreak", "quote\"back\\slash", "漢字 🦉", "tab\t\u{0}",
    "plain text that is longer than one block of sixteen bytes", "dana@example.org",
  ]

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func value(depth: Int) -> [UInt8] {
    let choice = random.below(depth > 0 ? 8 : 4)
    let body: [UInt8] =
      switch choice {
      case 0, 1: string(strings[random.below(strings.count)])
      case 2: Array(["0", "-1.5e+3", "17", "1E2"][random.below(4)].utf8)
      case 3: Array(["true", "false", "null"][random.below(3)].utf8)
      case 4...6: object(depth: depth)
      default: array(depth: depth)
      }
    return space() + body + space()
  }

  mutating func object(depth: Int) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "{")] + space()
    for number in 0..<random.below(5) {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += space() + string(keys[random.below(keys.count)]) + space()
      bytes.append(UInt8(ascii: ":"))
      bytes += value(depth: depth - 1)
    }
    return bytes + [UInt8(ascii: "}")]
  }

  private mutating func array(depth: Int) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "[")] + space()
    for number in 0..<random.below(4) {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += value(depth: depth - 1)
    }
    return bytes + [UInt8(ascii: "]")]
  }

  private mutating func space() -> [UInt8] {
    random.below(4) > 0 ? [] : [[0x20], [0x0A], [0x0D, 0x0A], [0x09]][random.below(4)]
  }

  /// A string in quotes, some of its units as escapes, now and then with a lone surrogate.
  mutating func string(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0x22]
    for scalar in text.unicodeScalars {
      let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
      if mustEscape || random.below(6) == 0 {
        for unit in UTF16.encode(scalar)! {
          let digits = String(unit, radix: 16, uppercase: random.below(2) == 0)
          bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
        }
      } else {
        bytes += UTF8.encode(scalar)!
      }
    }
    if random.below(20) == 0 {
      bytes += ["\\ud800", "\\uDFFF", "\\/", "\\n"][random.below(4)].utf8
    }
    return bytes + [0x22]
  }
}
