/// A small expression that a whole value has to match: characters, `\d`, `.`, classes, groups,
/// `|`, `?`, `{2}`, `{1,5}`, `*`, `+`, and `(?!…)` for what may not follow.
///
/// PCRE2 finds values in texts; this only says whether a short value has a form. It is built in a
/// microsecond and needs no scratch.
package struct Form: Codable, Sendable, Equatable {
  fileprivate enum Instruction: Sendable, Equatable {
    case one(Set)
    /// Go on at the first, or else at the second.
    case either(Int, Int)
    case jump(Int)
    /// The instructions up to the given one must not match here.
    case notAhead(Int)
    case end
  }

  /// A set of bytes.
  fileprivate struct Set: Sendable, Equatable {
    var low: (UInt64, UInt64) = (0, 0)
    var high: (UInt64, UInt64) = (0, 0)

    mutating func insert(_ byte: UInt8) {
      let bit: UInt64 = 1 << UInt64(byte & 63)
      switch byte >> 6 {
      case 0: low.0 |= bit
      case 1: low.1 |= bit
      case 2: high.0 |= bit
      default: high.1 |= bit
      }
    }

    func contains(_ byte: UInt8) -> Bool {
      let word =
        switch byte >> 6 {
        case 0: low.0
        case 1: low.1
        case 2: high.0
        default: high.1
        }
      return word >> UInt64(byte & 63) & 1 != 0
    }

    func inverted() -> Set { Set(low: (~low.0, ~low.1), high: (~high.0, ~high.1)) }

    static func == (a: Set, b: Set) -> Bool { a.low == b.low && a.high == b.high }
  }

  package let text: String
  private let program: [Instruction]

  /// - Returns: `nil` when the text is no such expression.
  package init?(_ text: String) {
    var reader = FormReader(latin1(text))
    guard reader.alternatives(), reader.isAtEnd else { return nil }
    self.text = text
    program = reader.program + [.end]
  }

  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let form = Form(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no form"))
    }
    self = form
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// Whether the whole value has the form.
  ///
  /// - Complexity: that of backtracking; forms are written without nested repeats.
  package func matches(_ value: [UInt8]) -> Bool {
    run(0, value, 0, stop: program.count - 1, isWhole: true)
  }

  private func run(
    _ first: Int, _ value: [UInt8], _ start: Int, stop: Int, isWhole: Bool
  ) -> Bool {
    var at = first
    var place = start
    while true {
      if at == stop { return !isWhole || place == value.count }
      switch program[at] {
      case .one(let set):
        guard place < value.count, set.contains(value[place]) else { return false }
        place += 1
        at += 1
      case .jump(let target): at = target
      case .either(let target, let other):
        if run(target, value, place, stop: stop, isWhole: isWhole) { return true }
        at = other
      case .notAhead(let end):
        if run(at + 1, value, place, stop: end, isWhole: false) { return false }
        at = end
      case .end: return false
      }
    }
  }
}

/// Reads an expression from left to right into instructions.
private struct FormReader {
  private let source: [UInt8]
  private var place = 0
  private(set) var program: [Form.Instruction] = []

  init(_ source: [UInt8]) { self.source = source }

  var isAtEnd: Bool { place == source.count }
  private var next: UInt8? { place < source.count ? source[place] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard let byte = character.asciiValue, next == byte else { return false }
    place += 1
    return true
  }

  /// One or more sequences with `|` between them.
  mutating func alternatives() -> Bool {
    let start = program.count
    guard sequence() else { return false }
    guard take("|") else { return true }
    // either(first, rest) · first · jump(end) · rest
    let first = shifted(from: start, by: 1)
    program.append(.either(start + 1, start + first.count + 2))
    program += first
    let jump = program.count
    program.append(.jump(0))
    guard alternatives() else { return false }
    program[jump] = .jump(program.count)
    return true
  }

  private mutating func sequence() -> Bool {
    while let byte = next, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
      let start = program.count
      guard item(), repeats(from: start) else { return false }
    }
    return true
  }

  private mutating func item() -> Bool {
    if take("(") {
      let isNotAhead = next == UInt8(ascii: "?")
      let start = program.count
      if isNotAhead {
        place += 1
        guard take("!") else { return false }
        program.append(.notAhead(0))
      }
      guard alternatives(), take(")") else { return false }
      if isNotAhead { program[start] = .notAhead(program.count) }
      return true
    }
    if take("[") { return bracket() }
    var set = Form.Set()
    if take(".") {
      program.append(.one(set.inverted()))
      return true
    }
    guard let byte = next, !"*+?{}])".utf8.contains(byte) else { return false }
    place += 1
    guard add(byte, to: &set) else { return false }
    program.append(.one(set))
    return true
  }

  /// A character, or what a backslash and the next one stand for.
  private mutating func add(_ byte: UInt8, to set: inout Form.Set) -> Bool {
    guard byte == UInt8(ascii: "\\") else {
      set.insert(byte)
      return true
    }
    guard let escaped = next else { return false }
    place += 1
    if escaped == UInt8(ascii: "d") {
      for digit in UInt8(48)...57 { set.insert(digit) }
      return true
    }
    guard !Checksums.isAlphanumeric(escaped) else { return false }
    set.insert(escaped)
    return true
  }

  private mutating func bracket() -> Bool {
    let isInverted = take("^")
    var set = Form.Set()
    while let byte = next, byte != UInt8(ascii: "]") {
      place += 1
      let isRange =
        byte != UInt8(ascii: "\\") && next == UInt8(ascii: "-") && place + 1 < source.count
        && source[place + 1] != UInt8(ascii: "]")
      if isRange {
        let last = source[place + 1]
        guard last >= byte else { return false }
        place += 2
        for member in byte...last { set.insert(member) }
      } else if !add(byte, to: &set) {
        return false
      }
    }
    guard take("]") else { return false }
    program.append(.one(isInverted ? set.inverted() : set))
    return true
  }

  /// `?`, `*`, `+`, `{n}`, `{n,}` and `{n,m}` after what was read since `start`; written out.
  private mutating func repeats(from start: Int) -> Bool {
    var least = 1
    var most: Int? = 1
    if take("?") {
      least = 0
    } else if take("*") {
      (least, most) = (0, nil)
    } else if take("+") {
      most = nil
    } else if take("{") {
      guard let number = number() else { return false }
      (least, most) = (number, number)
      if take(",") { most = self.number() }
      guard take("}"), least <= most ?? least, (most ?? least) <= 100 else { return false }
    } else {
      return true
    }
    let body = shifted(from: start, by: 0)
    for _ in 0..<least { append(body, writtenAt: start) }
    if let most {
      // Each further one is tried first, then left out together with all after it.
      let end = program.count + (most - least) * (body.count + 1)
      for _ in 0..<(most - least) {
        program.append(.either(program.count + 1, end))
        append(body, writtenAt: start)
      }
    } else {
      let again = program.count
      program.append(.either(again + 1, again + body.count + 2))
      append(body, writtenAt: start)
      program.append(.jump(again))
    }
    return true
  }

  private mutating func number() -> Int? {
    var digits = 0
    let start = place
    while let byte = next, byte &- 48 < 10, place - start < 3 {
      digits = digits * 10 + Int(byte - 48)
      place += 1
    }
    return place > start ? digits : nil
  }

  /// Takes out the instructions from `start` on, their targets moved by `distance`.
  private mutating func shifted(from start: Int, by distance: Int) -> [Form.Instruction] {
    let body = program[start...].map { Self.moved($0, by: distance) }
    program.removeSubrange(start...)
    return body
  }

  private mutating func append(_ body: [Form.Instruction], writtenAt start: Int) {
    let distance = program.count - start
    program += body.map { Self.moved($0, by: distance) }
  }

  private static func moved(_ step: Form.Instruction, by distance: Int) -> Form.Instruction {
    switch step {
    case .either(let target, let other): .either(target + distance, other + distance)
    case .jump(let target): .jump(target + distance)
    case .notAhead(let end): .notAhead(end + distance)
    case .one, .end: step
    }
  }
}
