internal import Glibc

/// Finds the end of one JSON value, however many reads it takes.
///
/// It counts brackets and knows strings and their escapes; whether the value is well formed is for
/// the parser to say. Strings are skipped with `memchr`, for they are most of a conversation.
struct ValueScanner {
  /// What the value is, which decides what ends it.
  private enum Kind { case scalar, string, nested }
  private let kind: Kind
  private var depth = 0
  private var isInString = false
  private var isStarted = false

  /// A scanner for a value that starts with the given byte.
  init(first: UInt8) {
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["): kind = .nested
    case UInt8(ascii: "\""): kind = .string
    default: kind = .scalar
    }
  }

  /// The offset behind the value, or `nil` when the bytes end before it.
  ///
  /// - Parameter position: where to go on; at first, the value's first byte. When the bytes end,
  ///   it is set to where to go on once there are more. The bytes before it are not read again.
  mutating func end(in bytes: [UInt8], from position: inout Int) -> Int? {
    let span = bytes.span
    switch kind {
    case .scalar: return endOfScalar(span, &position)
    case .string:
      if !isStarted, position < span.count {
        isStarted = true
        position += 1
      }
      return Self.skipString(span, &position) ? position : nil
    case .nested: return endOfNested(span, &position)
    }
  }

  /// A scalar ends at white space or punctuation; its first byte is taken whatever it is, so that
  /// every byte outside strings and brackets is part of some record.
  private mutating func endOfScalar(_ bytes: Span<UInt8>, _ position: inout Int) -> Int? {
    if !isStarted, position < bytes.count {
      isStarted = true
      position += 1
    }
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: return position
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "\""): return position
      case UInt8(ascii: "["), UInt8(ascii: "]"): return position
      case UInt8(ascii: "{"), UInt8(ascii: "}"): return position
      default: position += 1
      }
    }
    return nil
  }

  private mutating func endOfNested(_ bytes: Span<UInt8>, _ position: inout Int) -> Int? {
    // Locals, because the loop runs once a byte.
    var index = position
    var depth = depth
    defer {
      position = index
      self.depth = depth
    }
    if isInString {
      guard Self.skipString(bytes, &index) else { return nil }
      isInString = false
    }
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        guard Self.skipString(bytes, &index) else {
          isInString = true
          return nil
        }
      } else if byte | 0x20 == UInt8(ascii: "{") {
        // `[` and `{` differ in this one bit, as `]` and `}` do.
        depth += 1
      } else if byte | 0x20 == UInt8(ascii: "}") {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }

  /// Moves `index` from inside a string to behind its closing quote.
  ///
  /// - Returns: false when the bytes end first; `index` is then where to go on, never between a
  ///   backslash and what it escapes.
  private static func skipString(_ bytes: Span<UInt8>, _ index: inout Int) -> Bool {
    while true {
      // Keys are short: a few steps cost less than a call.
      let near = min(index + 16, bytes.count)
      while index < near {
        let byte = bytes[index]
        if byte == UInt8(ascii: "\"") {
          index += 1
          return true
        }
        if byte == UInt8(ascii: "\\") {
          guard index + 1 < bytes.count else { return false }
          index += 1
        }
        index += 1
      }
      guard index < bytes.count else { return false }
      let quote = bytes.firstIndex(of: UInt8(ascii: "\""), from: index) ?? bytes.count
      var backslashes = 0
      while quote - backslashes > index, bytes[quote - backslashes - 1] == UInt8(ascii: "\\") {
        backslashes += 1
      }
      let isEscaped = backslashes % 2 == 1
      guard quote < bytes.count else {
        index = isEscaped ? quote - 1 : quote
        return false
      }
      index = quote + 1
      if !isEscaped { return true }
    }
  }
}

/// Finds where records start and end in the bytes of an input.
struct RecordSplitter {
  /// Where in an array the splitter is. Lines and values have only `start`.
  enum Phase: String, Codable, Sendable {
    /// Before the `[`.
    case start
    /// Behind the `[`: an element or `]` follows.
    case open
    /// Behind an element: `,` or `]` follows.
    case behindElement
    /// Behind a `,`: an element follows.
    case behindComma
    /// Behind the `]`: whatever is there is taken for values, so that it is not passed on unread.
    case end

    /// Whether the place is between the brackets.
    var isInside: Bool { self != .start && self != .end }
  }

  let container: Container
  var phase: Phase
  private var scanner = ValueScanner(first: 0)
  private var text = TextScanner()
  private var row = RowScanner()

  init(container: Container, phase: Phase = .start) {
    self.container = container
    self.phase = phase
  }

  /// The offset of the next record's first byte, or `nil` when the bytes end before one.
  ///
  /// - Parameter position: where to look from; moved as in `ValueScanner.end`.
  /// - Throws: what is wrong with an array, at `position`.
  mutating func start(
    in bytes: [UInt8], from position: inout Int
  ) throws(ArrayFault) -> Int? {
    let span = bytes.span
    switch container {
    case .array, .values: break
    case .lines, .text, .csv, .ssv, .tsv:
      guard let start = Self.startOfLine(span, &position) else { return nil }
      begin(with: span[start])
      return start
    }
    while position < span.count {
      let byte = span[position]
      if !isWhiteSpace(byte), try !isPunctuation(byte) {
        begin(with: byte)
        return position
      }
      position += 1
    }
    return nil
  }

  /// Makes ready to look for the end of a record that starts with the given byte.
  mutating func begin(with first: UInt8) {
    switch container {
    case .array, .values: scanner = ValueScanner(first: first)
    case .text: text = TextScanner()
    case .csv, .ssv, .tsv: row = RowScanner()
    case .lines: break
    }
  }

  /// Whether a byte is one of the array's own, which are in no element; moves on behind it, or
  /// behind the element that begins with it.
  private mutating func isPunctuation(_ byte: UInt8) throws(ArrayFault) -> Bool {
    guard container == .array else { return false }
    switch (phase, byte) {
    case (.start, UInt8(ascii: "[")): phase = .open
    case (.behindElement, UInt8(ascii: ",")): phase = .behindComma
    case (.open, UInt8(ascii: "]")), (.behindElement, UInt8(ascii: "]")): phase = .end
    case (.behindElement, _): throw .noComma
    case (.open, UInt8(ascii: ",")), (.behindComma, UInt8(ascii: ",")): throw .noElement
    case (.behindComma, UInt8(ascii: "]")): throw .noElement
    case (.open, _), (.behindComma, _):
      phase = .behindElement
      return false
    case (.start, _), (.end, _):
      phase = .end
      return false
    }
    return true
  }

  /// The offset behind the record that was found last, or `nil` when the bytes end before it.
  ///
  /// For a line or a row it is the offset of its `\n`.
  mutating func end(in bytes: [UInt8], from position: inout Int) -> Int? {
    switch container {
    case .array, .values: return scanner.end(in: bytes, from: &position)
    case .text: return text.end(in: bytes.span, from: &position)
    case .csv: return row.end(in: bytes.span, from: &position, separator: UInt8(ascii: ","))
    case .ssv: return row.end(in: bytes.span, from: &position, separator: UInt8(ascii: ";"))
    case .tsv: return row.end(in: bytes.span, from: &position, separator: UInt8(ascii: "\t"))
    case .lines: break
    }
    let newline = bytes.span.firstIndex(of: UInt8(ascii: "\n"), from: position)
    position = newline ?? bytes.count
    return newline
  }

  /// The start of the next line that is not blank. A line's leading white space is part of it.
  private static func startOfLine(_ bytes: Span<UInt8>, _ position: inout Int) -> Int? {
    var index = position
    while index < bytes.count {
      let byte = bytes[index]
      if !isWhiteSpace(byte) { return position }
      index += 1
      if byte == UInt8(ascii: "\n") { position = index }
    }
    return nil
  }
}

/// Finds the end of a piece of text: a blank line once the piece is long enough, any line when it
/// is very long. It depends on nothing but the text.
struct TextScanner {
  /// From here on a piece ends behind the next blank line.
  static let textBytes = 256 << 10
  /// From here on it ends behind the next line.
  static let textBytesMax = 1 << 20

  private var count = 0
  private var isLineBlank = true

  /// As `ValueScanner.end`; the end lies behind a line ending.
  mutating func end(in bytes: Span<UInt8>, from position: inout Int) -> Int? {
    while position < bytes.count {
      let newline = bytes.firstIndex(of: UInt8(ascii: "\n"), from: position)
      let stop = newline ?? bytes.count
      if isLineBlank {
        for index in position..<stop where !isWhiteSpace(bytes[index]) {
          isLineBlank = false
          break
        }
      }
      count += stop - position
      position = stop
      guard newline != nil else { return nil }
      position += 1
      count += 1
      let wasBlank = isLineBlank
      isLineBlank = true
      if wasBlank && count >= Self.textBytes || count >= Self.textBytesMax { return position }
    }
    return nil
  }
}

/// Finds the end of a row of a table: a line ending that is in no quoted cell (RFC 4180).
struct RowScanner {
  private enum Place { case cellStart, plain, quoted, behindQuote }
  private var place = Place.cellStart

  /// As `ValueScanner.end`; the end is the row's `\n`.
  mutating func end(
    in bytes: Span<UInt8>, from position: inout Int, separator: UInt8
  ) -> Int? {
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\n"), place != .quoted { return position }
      switch (place, byte) {
      case (.quoted, UInt8(ascii: "\"")): place = .behindQuote
      case (.quoted, _): break
      case (.cellStart, UInt8(ascii: "\"")), (.behindQuote, UInt8(ascii: "\"")): place = .quoted
      case (_, separator): place = .cellStart
      default: place = .plain
      }
      position += 1
    }
    return nil
  }
}

extension Span<UInt8> {
  /// The offset of the first such byte at or after `start`.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard start < count else { return nil }
    // `memchr` is ten times as fast as a loop. The pointer does not leave the closure.
    return unsafe withUnsafeBufferPointer { bytes in
      let base = unsafe UnsafeRawPointer(bytes.baseAddress!)
      guard let found = unsafe memchr(base + start, Int32(byte), count - start) else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// The number of line endings in a range.
  func newlineCount(in range: Range<Int>) -> Int {
    // A plain loop over an equality is one the compiler turns into vector code.
    unsafe extracting(range).withUnsafeBufferPointer { bytes in
      var count = 0
      for index in bytes.indices where unsafe bytes[index] == 0x0A { count &+= 1 }
      return count
    }
  }
}
