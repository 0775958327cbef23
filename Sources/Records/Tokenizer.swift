// The second step of the flow: a strict reader of RFC 8259 that builds nothing.
//
// It tells a visitor what it passes, in order. Nesting lives in an array that is reused, not on
// the call stack, so that hostile depth costs an error and no crash.

internal import Text

/// What the tokenizer passes. Offsets are bytes of the record.
protocol ValueVisitor {
  /// The key of the member whose value comes next.
  mutating func key(_ record: Span<UInt8>, _ token: StringToken)
  /// An element comes next.
  mutating func element()
  /// `{` or `[`, as `kind` says.
  mutating func begin(_ kind: ValueKind, at start: Int)
  /// The matching bracket; `end` lies behind it.
  mutating func end(_ kind: ValueKind, at end: Int)
  mutating func string(_ record: Span<UInt8>, _ token: StringToken)
  /// A number or a literal.
  mutating func scalar(_ record: Span<UInt8>, _ kind: ValueKind, _ range: Range<Int>)
}

/// The reader with its stack of open containers.
struct Tokenizer {
  let depthMax: Int
  /// The open containers, `.object` or `.array`, outermost first.
  private var stack: [ValueKind] = []
  private var position = 0

  init(depthMax: Int) { self.depthMax = depthMax }

  /// Reads one value with white space around it, from `start` to the end of the bytes. O(n), no
  /// allocation once the stack has grown.
  mutating func run<Visitor: ValueVisitor>(
    _ record: Span<UInt8>, from start: Int = 0, _ visitor: inout Visitor
  ) throws(RecordError) {
    stack.removeAll(keepingCapacity: true)
    position = start
    repeat {
      let opened = try readValue(record, &visitor)
      if opened, try openContainer(record, &visitor) { continue }
      try advance(record, &visitor)
    } while !stack.isEmpty
    skipSpace(record)
    guard position == record.count else { throw fault(.expectedEnd) }
  }

  /// Reads the start of a value; `true` when it was an opening bracket.
  @inline(__always)
  private mutating func readValue<Visitor: ValueVisitor>(
    _ record: Span<UInt8>, _ visitor: inout Visitor
  ) throws(RecordError) -> Bool {
    skipSpace(record)
    guard position < record.count else { throw fault(.expectedValue) }
    switch record[position] {
    case UInt8(ascii: "\""):
      visitor.string(record, try readString(record))
    case UInt8(ascii: "{"):
      try push(.object, &visitor)
      return true
    case UInt8(ascii: "["):
      try push(.array, &visitor)
      return true
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
      visitor.scalar(record, .literal, try readLiteral(record))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      visitor.scalar(record, .number, try readNumber(record))
    default:
      throw fault(.expectedValue)
    }
    return false
  }

  private mutating func push<Visitor: ValueVisitor>(
    _ kind: ValueKind, _ visitor: inout Visitor
  ) throws(RecordError) {
    guard stack.count < depthMax else { throw .tooDeep(offset: position) }
    stack.append(kind)
    visitor.begin(kind, at: position)
    position += 1
  }

  /// Goes to the first value of the container just opened; `false` when it is empty and closed.
  @inline(__always)
  private mutating func openContainer<Visitor: ValueVisitor>(
    _ record: Span<UInt8>, _ visitor: inout Visitor
  ) throws(RecordError) -> Bool {
    skipSpace(record)
    if stack[stack.count - 1] == .object {
      if position < record.count, record[position] == UInt8(ascii: "}") {
        close(.object, &visitor)
        return false
      }
      try readKey(record, &visitor)
    } else {
      if position < record.count, record[position] == UInt8(ascii: "]") {
        close(.array, &visitor)
        return false
      }
      visitor.element()
    }
    return true
  }

  /// From behind a value to the next one, closing what ends on the way.
  @inline(__always)
  private mutating func advance<Visitor: ValueVisitor>(
    _ record: Span<UInt8>, _ visitor: inout Visitor
  ) throws(RecordError) {
    while let kind = stack.last {
      skipSpace(record)
      let byte = position < record.count ? record[position] : 0
      if kind == .object {
        if byte == UInt8(ascii: ",") {
          position += 1
          skipSpace(record)
          return try readKey(record, &visitor)
        }
        guard byte == UInt8(ascii: "}") else { throw fault(.expectedCommaOrBrace) }
      } else {
        if byte == UInt8(ascii: ",") {
          position += 1
          return visitor.element()
        }
        guard byte == UInt8(ascii: "]") else { throw fault(.expectedCommaOrBracket) }
      }
      close(kind, &visitor)
    }
  }

  @inline(__always)
  private mutating func close<Visitor: ValueVisitor>(
    _ kind: ValueKind, _ visitor: inout Visitor
  ) {
    position += 1
    stack.removeLast()
    visitor.end(kind, at: position)
  }

  @inline(__always)
  private mutating func readKey<Visitor: ValueVisitor>(
    _ record: Span<UInt8>, _ visitor: inout Visitor
  ) throws(RecordError) {
    guard position < record.count, record[position] == UInt8(ascii: "\"") else {
      throw fault(.expectedKey)
    }
    visitor.key(record, try readString(record))
    skipSpace(record)
    guard position < record.count, record[position] == UInt8(ascii: ":") else {
      throw fault(.expectedColon)
    }
    position += 1
  }

  private mutating func readString(
    _ record: Span<UInt8>
  ) throws(RecordError) -> StringToken {
    let token = try scanString(record, from: position + 1)
    if !token.isASCII, let bad = firstInvalidUTF8(in: record.extracting(token.range)) {
      throw .invalidUTF8(offset: token.range.lowerBound + bad)
    }
    position = token.range.upperBound + 1
    return token
  }

  private mutating func readLiteral(_ record: Span<UInt8>) throws(RecordError) -> Range<Int> {
    let start = position
    let expected: StaticString =
      switch record[start] {
      case UInt8(ascii: "t"): "true"
      case UInt8(ascii: "f"): "false"
      default: "null"
      }
    for offset in 0..<expected.utf8CodeUnitCount {
      // Unsafe: a static string's bytes, read within its count.
      let byte = unsafe expected.utf8Start[offset]
      guard start + offset < record.count, record[start + offset] == byte else {
        throw .invalidJSON(offset: start, fault: .badLiteral)
      }
    }
    position = start + expected.utf8CodeUnitCount
    return start..<position
  }

  private mutating func readNumber(_ record: Span<UInt8>) throws(RecordError) -> Range<Int> {
    let start = position
    if record[position] == UInt8(ascii: "-") { position += 1 }
    if position < record.count, record[position] == UInt8(ascii: "0") {
      position += 1
    } else {
      try readDigits(record)
    }
    if position < record.count, record[position] == UInt8(ascii: ".") {
      position += 1
      try readDigits(record)
    }
    if position < record.count, record[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < record.count,
        record[position] == UInt8(ascii: "+") || record[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      try readDigits(record)
    }
    return start..<position
  }

  /// One digit or more.
  private mutating func readDigits(_ record: Span<UInt8>) throws(RecordError) {
    let start = position
    while position < record.count, record[position] &- 0x30 < 10 { position += 1 }
    guard position > start else { throw fault(.badNumber) }
  }

  @inline(__always)
  private mutating func skipSpace(_ record: Span<UInt8>) {
    while position < record.count {
      switch record[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private func fault(_ fault: JSONFault) -> RecordError {
    .invalidJSON(offset: position, fault: fault)
  }
}
