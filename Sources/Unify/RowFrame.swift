internal import Pipeline

/// How rows wait until all are known: each with where it is from, one after another.
///
///     r000 │ input (4) │ record (8) │ line (8) │ length (8) │ the row's line
///
/// Numbers begin with their lowest byte. The first byte keeps the file from being taken for a
/// compressed one.
enum RowFrame {
  static let headBytes = 32
  private static let mark: [UInt8] = [UInt8(ascii: "r"), 0, 0, 0]

  /// Where a row is from.
  struct Head: Equatable {
    /// Counted from 0.
    var input: Int
    /// The record's place in its input, counted from 1.
    var record: Int
    /// The line on which the record starts, counted from 1.
    var line: Int
    /// The length of the row's line in bytes.
    var length: Int
  }

  static func append(_ head: Head, to target: inout [UInt8]) {
    target += mark
    append(head.input, 4, to: &target)
    for number in [head.record, head.line, head.length] { append(number, 8, to: &target) }
  }

  static func head(in bytes: ArraySlice<UInt8>) -> Head {
    func number(_ offset: Int, _ count: Int) -> Int {
      let start = bytes.startIndex + offset
      return (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }
    return Head(
      input: number(4, 4), record: number(8, 8), line: number(16, 8), length: number(24, 8))
  }

  private static func append(_ number: Int, _ count: Int, to target: inout [UInt8]) {
    for shift in 0..<count {
      target.append(UInt8(truncatingIfNeeded: number >> (8 * shift)))
    }
  }
}

/// Reads the rows back, in their order.
struct RowFrames: ~Copyable {
  private let source: InputSource
  private var buffer: [UInt8] = []
  private var position = 0

  /// - Parameter path: the file the rows wait in.
  init(path: String) throws(IOFailure) {
    source = try InputSource(.file(path))
  }

  /// The next row: where it is from, and its line as a range of `bytes`.
  mutating func next() throws(IOFailure) -> (head: RowFrame.Head, row: ArraySlice<UInt8>)? {
    guard try fill(RowFrame.headBytes) else { return nil }
    let head = RowFrame.head(in: buffer[position..<position + RowFrame.headBytes])
    guard try fill(RowFrame.headBytes + head.length) else { return nil }
    let start = position + RowFrame.headBytes
    position = start + head.length
    return (head, buffer[start..<position])
  }

  /// Makes so many bytes stand behind the position; `false` at the end of the file.
  private mutating func fill(_ count: Int) throws(IOFailure) -> Bool {
    while buffer.count - position < count {
      if position > 0 {
        buffer.removeSubrange(..<position)
        position = 0
      }
      let wanted = max(1 << 20, count - buffer.count)
      if try source.read(into: &buffer, countMax: wanted) == 0 { return false }
    }
    return true
  }
}
