internal import CByteMaps
internal import Glibc

/// The offset of the first `byte` at or after `start`, or `nil`.
///
/// O(n) through `memchr`, about ten times a loop over bytes.
package func firstIndex(of byte: UInt8, in bytes: Span<UInt8>, from start: Int = 0) -> Int? {
  precondition(start >= 0 && start <= bytes.count, "the search starts inside the bytes")
  guard start < bytes.count else { return nil }
  return unsafe bytes.withUnsafeBufferPointer { buffer -> Int? in
    // Unsafe: a C call. The pointer and the length describe the rest of the span, which
    // outlives the call, and the result is only subtracted from the base.
    guard let base = buffer.baseAddress,
      let hit = unsafe memchr(base + start, Int32(byte), buffer.count - start)
    else { return nil }
    return unsafe UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }
}

/// The offset of the first quote, backslash or byte below 0x20 at or after `start`, else the count:
/// where a JSON string that goes on at `start` ends, or stops being plain.
///
/// - Parameters:
///   - start: at most `bytes.count`.
///   - isHigh: set when a byte passed over is 0x80 or above, else left as it is.
///   - isNarrow: whether to take the code for machines without wide registers.
/// - Complexity: O(n), 16 or 64 bytes a step.
package func stringStop(
  in bytes: Span<UInt8>, from start: Int, isHigh: inout Bool, isNarrow: Bool = false
) -> Int {
  precondition(start >= 0 && start <= bytes.count, "the search starts inside the bytes")
  guard start < bytes.count else { return bytes.count }
  var high: Int32 = 0
  // SAFETY: the C function reads the bytes from `start` to the count.
  let stop = unsafe bytes.withUnsafeBufferPointer { buffer in
    isNarrow
      ? unsafe chatscrub_string_stop_16(buffer.baseAddress!, start, buffer.count, &high)
      : unsafe chatscrub_string_stop(buffer.baseAddress!, start, buffer.count, &high)
  }
  if high != 0 { isHigh = true }
  return stop
}

/// Eight bytes of a text from an offset on, the first in the lowest place; zeros behind the end.
@inlinable @inline(__always)
public func eightBytes(of text: Span<UInt8>, at offset: Int) -> UInt64 {
  if offset + 8 <= text.count {
    // SAFETY: bounds are checked, and every bit pattern is an integer.
    return unsafe UInt64(
      littleEndian: text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
  var word: UInt64 = 0
  var index = text.count
  while index > offset {
    index -= 1
    word = word << 8 | UInt64(text[index])
  }
  return word
}

/// Asks for the memory of an element, so that it is in the caches when it is read a little later.
package func prefetch(_ table: [UInt64], at index: Int) {
  // SAFETY: nothing is read; an address outside the table is asked for in vain.
  unsafe table.withUnsafeBufferPointer { buffer in
    if let base = buffer.baseAddress { unsafe chatscrub_prefetch(base, index) }
  }
}

/// What stands in a part of a line: words, parts between blanks; those of them that begin with a
/// small letter, or with a character that could be no capital; and signs that prose has not, but
/// for those of placeholders.
///
/// - Parameter range: within the bytes.
/// - Complexity: O(`range.count`), many bytes a step.
package func lineCounts(
  of bytes: Span<UInt8>, _ range: Range<Int>
) -> (words: Int, small: Int, signs: Int) {
  precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a part of the bytes")
  var counts = chatscrub_counts()
  unsafe bytes.withUnsafeBufferPointer { buffer in
    // Unsafe: a C call. The range lies within the buffer, whose length goes along.
    guard let base = buffer.baseAddress else { return }
    unsafe chatscrub_line_counts(
      base, buffer.count, range.lowerBound, range.upperBound, &counts)
  }
  return (Int(counts.words), Int(counts.small), Int(counts.signs))
}

/// The next lines from a position on that may be the rows of a table: each has as many of a
/// separator as the first, or more.
///
/// - Parameter position: where a line begins; moved behind the lines, or to the end.
/// - Returns: `nil` when there are no more; a range without the last line's end.
/// - Complexity: O(bytes passed over), 64 a step.
func nextTableLines(
  in bytes: Span<UInt8>, from position: inout Int
) -> (range: Range<Int>, separator: UInt8)? {
  guard position < bytes.count else { return nil }
  var lines = chatscrub_table()
  // SAFETY: the C function reads the bytes from the position to the count.
  let isFound = unsafe bytes.withUnsafeBufferPointer { buffer in
    unsafe chatscrub_next_table(buffer.baseAddress!, buffer.count, &position, &lines)
  }
  return isFound == 0 ? nil : (lines.start..<lines.end, lines.separator)
}

/// Appends where `=`, `:` and `</` stand, but for `:/`: where a key may end before its value.
///
/// - Complexity: O(`bytes.count`), 64 a step.
package func appendFieldMarks(of bytes: Span<UInt8>, to marks: inout [Int]) {
  var position = 0
  while position < bytes.count {
    // SAFETY: the C function reads the bytes from the position to the count, and writes no more
    // marks than there is room for.
    unsafe withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { room in
      let count = unsafe bytes.withUnsafeBufferPointer { buffer in
        unsafe chatscrub_field_marks(
          buffer.baseAddress!, buffer.count, &position, room.baseAddress!, room.count)
      }
      for index in 0..<Int(count) { unsafe marks.append(room[index]) }
    }
  }
}

/// What stands between the quote at an offset, or the escaped one, and the next of its kind on the
/// line.
///
/// - Parameters:
///   - index: in the text.
///   - lengthMax: how long a value is at most, in bytes.
/// - Returns: `nil` when there is no quote, no second one on the line, or too much between.
/// - Complexity: O(`lengthMax`).
package func quotedValue(in text: Span<UInt8>, at index: Int, lengthMax: Int) -> Range<Int>? {
  let isQuote = { (byte: UInt8) in byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
  var start = index
  if text[start] == UInt8(ascii: "\\"), start + 1 < text.count { start += 1 }
  let isEscaped = start > index
  guard isQuote(text[start]) else { return nil }
  let quote = text[start]
  start += 1
  let limit = min(text.count, start + lengthMax + 2)
  var end = start
  while end < limit, text[end] != quote {
    if text[end] == UInt8(ascii: "\n") { return nil }
    end += 1
  }
  guard end < limit else { return nil }
  return start..<(isEscaped && end > start && text[end - 1] == UInt8(ascii: "\\") ? end - 1 : end)
}
