// UTF-8 by the table: RFC 3629 as an automaton of nine states whose whole row fits one machine
// word.
//
// A state is a shift. `rows[byte] >> state` leaves the next state in the low six bits, so a byte
// costs one load and one shift, and no branch depends on the input outside ASCII.

/// The states of the automaton, each the position of its next state in a row.
private enum UTF8State {
  /// Between characters.
  static let boundary: UInt64 = 0
  static let oneMore: UInt64 = 6
  static let twoMore: UInt64 = 12
  static let threeMore: UInt64 = 18
  /// After E0: A0…BF, or the form is overlong.
  static let afterE0: UInt64 = 24
  /// After ED: 80…9F, or the character is a surrogate.
  static let afterED: UInt64 = 30
  /// After F0: 90…BF, or the form is overlong.
  static let afterF0: UInt64 = 36
  /// After F4: 80…8F, or the character lies past U+10FFFF.
  static let afterF4: UInt64 = 42
  /// No way back.
  static let bad: UInt64 = 48
  static let all: [UInt64] = [0, 6, 12, 18, 24, 30, 36, 42, 48]

  static func next(_ state: UInt64, _ byte: UInt8) -> UInt64 {
    switch (state, byte) {
    case (boundary, 0x00...0x7F): boundary
    case (boundary, 0xC2...0xDF): oneMore
    case (boundary, 0xE0): afterE0
    case (boundary, 0xED): afterED
    case (boundary, 0xE1...0xEF): twoMore
    case (boundary, 0xF0): afterF0
    case (boundary, 0xF1...0xF3): threeMore
    case (boundary, 0xF4): afterF4
    case (oneMore, 0x80...0xBF): boundary
    case (twoMore, 0x80...0xBF), (afterE0, 0xA0...0xBF), (afterED, 0x80...0x9F): oneMore
    case (threeMore, 0x80...0xBF), (afterF0, 0x90...0xBF), (afterF4, 0x80...0x8F): twoMore
    default: bad
    }
  }
}

/// One row a byte: the next state of every state, six bits each.
private let rows: [UInt64] = (0...255).map { byte in
  UTF8State.all.reduce(0) { $0 | UTF8State.next($1, UInt8(byte)) << $1 }
}

/// The offset of the first byte of the first sequence that RFC 3629 does not allow, or `nil`.
///
/// A sequence cut off by the end of `bytes` is one. O(n); ASCII goes 64 bytes at a time.
package func firstInvalidUTF8(in bytes: Span<UInt8>) -> Int? {
  let table = rows.span
  var state = UTF8State.boundary
  var position = 0
  while position < bytes.count {
    if state & 63 == UTF8State.boundary {
      position = firstNonASCII(in: bytes, from: position) ?? bytes.count
    }
    // A block at a time without a look at the state, then one look: errors are rare.
    let block = position
    let blockEnd = min(position &+ 32, bytes.count)
    let stateBefore = state
    while position < blockEnd {
      state = table[Int(bytes[position])] &>> state
      position &+= 1
    }
    if state & 63 == UTF8State.bad {
      return firstBadSequence(in: bytes, from: block, state: stateBefore)
    }
  }
  guard state & 63 != UTF8State.boundary else { return nil }
  return startOfSequence(in: bytes, before: bytes.count)
}

/// The offset of the sequence that fails, walked byte by byte from a block known to hold it.
private func firstBadSequence(
  in bytes: Span<UInt8>, from block: Int, state stateBefore: UInt64
) -> Int {
  let table = rows.span
  var state = stateBefore
  var start =
    state & 63 == UTF8State.boundary ? block : startOfSequence(in: bytes, before: block)
  var position = block
  while position < bytes.count {
    if state & 63 == UTF8State.boundary { start = position }
    state = table[Int(bytes[position])] &>> state
    if state & 63 == UTF8State.bad { return start }
    position += 1
  }
  return start
}

/// The lead byte of the unfinished sequence that ends at `end`.
private func startOfSequence(in bytes: Span<UInt8>, before end: Int) -> Int {
  var start = end - 1
  while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
  return start
}

/// The offset of the first byte at or after `start` that is 0x80 or more, or `nil`.
///
/// O(n), 64 bytes at a time.
package func firstNonASCII(in bytes: Span<UInt8>, from start: Int = 0) -> Int? {
  precondition(start >= 0 && start <= bytes.count, "the search starts inside the bytes")
  // Unsafe: the raw view lives no longer than the span, and is read only within its count.
  let raw = unsafe bytes.bytes
  let count = bytes.count
  let high: UInt64 = 0x8080_8080_8080_8080
  var position = start
  while position &+ 64 <= count {
    // Unsafe: a load without a bounds check; the loop's condition keeps all 64 bytes inside.
    let a = unsafe raw.unsafeLoadUnaligned(
      fromUncheckedByteOffset: position, as: SIMD8<UInt64>.self)
    let b = a.lowHalf | a.highHalf
    let c = b.lowHalf | b.highHalf
    if (c[0] | c[1]) & high != 0 { break }
    position &+= 64
  }
  while position &+ 8 <= count {
    // Unsafe: as above, for eight bytes.
    let word = unsafe raw.unsafeLoadUnaligned(
      fromUncheckedByteOffset: position, as: UInt64.self)
    let found = UInt64(littleEndian: word) & high
    if found != 0 { return position &+ found.trailingZeroBitCount >> 3 }
    position &+= 8
  }
  while position < count {
    if bytes[position] >= 0x80 { return position }
    position &+= 1
  }
  return nil
}
