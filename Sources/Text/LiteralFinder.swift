internal import CByteMaps

/// Finds where any of some thousand short strings stands in a text, ASCII case ignored.
///
/// Of each literal the four bytes that are rarest in prose are its window. At each position of the
/// text three bytes, with bit 5 set, choose a word of a table that stays in the first-level cache,
/// and the fourth one of its bits. Where that is set, a hash of six bytes must be that of a window,
/// or, for literals that have fewer from their window on, the bytes before and behind must agree
/// with one; both steps are loops without a branch that depends on the text. Only then are literals
/// compared. Frozen and shared. Literals of one byte are not its business (`ByteMaps` finds them),
/// two bytes are refused.
package struct LiteralFinder: Sendable {
  /// Where a literal begins: its index in the array given to `init`, and the offset in bytes.
  package struct Hit {
    package var position: Int
    package var literal: Int
  }

  /// A literal and what to compare. The first eight bytes decide most comparisons in two
  /// instructions.
  private struct Member {
    /// The first eight bytes with bit 5 set, zeros behind the end.
    let head: UInt64
    let mask: UInt64
    let literal: Int32
    /// Where in the literal the window is.
    let window: Int32
    /// Where in `bytes` the literal is, and its length.
    let start: Int32
    let count: Int32

    init(_ literal: Span<UInt8>, at index: Int, window: Int, start: Int) {
      mask = .max >> UInt64(max(0, 8 - literal.count) * 8)
      head = (eightBytes(of: literal, at: 0) | 0x2020_2020_2020_2020) & mask
      self.literal = Int32(index)
      self.window = Int32(window)
      self.start = Int32(start)
      count = Int32(literal.count)
    }
  }

  private let isEmpty: Bool
  /// As the header of CByteMaps describes them.
  private let table: [UInt32]
  private let shorts: [UInt32]
  private let longBits: [UInt32]
  private let numbers: [UInt16]
  private let windows: [chatscrub_window]
  private let longs: [UInt32]
  /// For each number of a window, the range of `members`.
  private let memberStarts: [UInt32]
  private let members: [Member]
  /// The literals one behind another, in lower case.
  private let bytes: [UInt8]
  /// The farthest that a literal begins before its window.
  private let windowMax: Int

  /// - Parameter literals: at least three bytes each.
  /// - Complexity: O(bytes of the literals).
  package init(_ literals: [[UInt8]]) {
    var starts = [0]
    for literal in literals { starts.append(starts[starts.count - 1] + literal.count) }
    self.init(literals.flatMap { $0.map(FoldTable.asciiFold) }, starts)
  }

  /// - Parameter literals: at least three bytes each.
  /// - Complexity: O(bytes of the literals).
  package init(_ literals: LiteralSet) { self.init(literals.bytes, literals.starts) }

  /// - Parameters:
  ///   - bytes: the literals in small letters.
  ///   - starts: where each begins, and the end of the last one.
  private init(_ bytes: [UInt8], _ starts: [Int]) {
    isEmpty = starts.count == 1
    let commonness = Commonness()
    var places = Places()
    var windowStarts: [Int] = []
    windowStarts.reserveCapacity(starts.count)
    for index in 0..<starts.count - 1 {
      let literal = bytes.span.extracting(starts[index]..<starts[index + 1])
      precondition(literal.count >= 3, "a literal has at least three bytes")
      let start = literal.count == 3 ? 0 : commonness.rarestWindow(of: literal)
      places.add(literal, window: start)
      windowStarts.append(start)
    }
    table = places.table
    shorts = places.shorts
    longBits = places.longBits
    numbers = places.numbers
    windows = places.windows
    // However many literals there are, there is a window for a place at most: their numbers have
    // sixteen bits, for the places of both tables are fewer than 65,536.
    let shortCount = places.windows.count
    longs = places.longs.map { $0 == 0 ? 0 : $0 + UInt32(shortCount) }
    windowMax = windowStarts.max() ?? 0
    // Sorted by counting: the literals of each window.
    let lists = places.lists.map { $0 >= 0 ? $0 : shortCount - 1 - $0 }
    var ends = [UInt32](repeating: 0, count: shortCount + places.longCount + 1)
    for list in lists { ends[list + 1] += 1 }
    for list in 1..<ends.count { ends[list] += ends[list - 1] }
    memberStarts = ends
    var order = [Int](repeating: 0, count: lists.count)
    for (index, list) in lists.enumerated() {
      order[Int(ends[list])] = index
      ends[list] += 1
    }
    members = order.map { index in
      Member(
        bytes.span.extracting(starts[index]..<starts[index + 1]), at: index,
        window: windowStarts[index], start: starts[index])
    }
    self.bytes = bytes
  }

  /// Where windows are looked up, while literals are put in.
  private struct Places {
    /// How many bytes a literal has from its window on to be found by six of them.
    static let longBytes = 6

    var table = [UInt32](repeating: 0, count: 1 << Int(CHATSCRUB_TABLE_BITS))
    var shorts = [UInt32](repeating: 0, count: 1 << Int(CHATSCRUB_SHORT_BITS))
    var longBits = [UInt32](repeating: 0, count: 1 << Int(CHATSCRUB_LONG_BLOOM_BITS - 5))
    var numbers = [UInt16](repeating: 0, count: 1 << Int(CHATSCRUB_NUMBER_BITS))
    var windows = [chatscrub_window()]
    /// As in the finder, but that windows found by six bytes are counted from 0.
    var longs = [UInt32](repeating: 0, count: 1 << Int(CHATSCRUB_LONG_BITS))
    var longCount = 0
    /// For each literal the index of its window, or -1, -2 … for the first, second … of those that
    /// are found by six bytes.
    var lists: [Int] = []

    mutating func add(_ literal: Span<UInt8>, window start: Int) {
      let window = Self.window(of: literal, at: start)
      table[Self.place(window, CHATSCRUB_TABLE_BITS)] |= window.fourth
      if literal.count - start >= Self.longBytes, addLong(literal, window: start) { return }
      shorts[Self.place(window, CHATSCRUB_SHORT_BITS)] |= window.fourth
      let place = Self.place(window, CHATSCRUB_NUMBER_BITS)
      if numbers[place] == 0 {
        numbers[place] = UInt16(windows.count)
        windows.append(window)
      }
      windows[Int(numbers[place])].unite(window)
      lists.append(Int(numbers[place]))
    }

    /// Puts a literal in by six bytes; `false` when others have the place.
    private mutating func addLong(_ literal: Span<UInt8>, window start: Int) -> Bool {
      let key = eightBytes(of: literal, at: start) | 0x2020_2020_2020_2020
      let hash = chatscrub_long_window_hash(key)
      let place = Int(hash >> UInt64(64 - CHATSCRUB_LONG_BITS))
      let tag = UInt32(hash >> UInt64(48 - CHATSCRUB_LONG_BITS) & 0xFFFF | 1) << 16
      if longs[place] == 0 {
        longs[place] = tag | UInt32(longCount)
        longCount += 1
      }
      guard longs[place] & 0xFFFF_0000 == tag else { return false }
      lists.append(-1 - Int(longs[place] & 0xFFFF))
      let bit = Int(hash >> UInt64(64 - CHATSCRUB_LONG_BLOOM_BITS))
      longBits[bit >> 5] |= 1 << UInt32(bit & 31)
      return true
    }

    private static func window(of literal: Span<UInt8>, at start: Int) -> chatscrub_window {
      // Bytes that a literal does not have may be any.
      func bit(_ index: Int) -> UInt32 {
        index >= 0 && index < literal.count ? 1 << UInt32(literal[index] & 31) : .max
      }
      var key: UInt32 = 0
      for offset in 0..<3 { key |= UInt32(literal[start + offset] | 0x20) << UInt32(offset * 8) }
      return chatscrub_window(
        value: key, agree: 0xFF_FFFF, fourth: bit(start + 3), fifth: bit(start + 4),
        previous: bit(start - 1))
    }

    private static func place(_ window: chatscrub_window, _ bits: Int32) -> Int {
      Int(chatscrub_window_place(window.value, UInt32(bits)))
    }
  }

  /// What `find` needs room for, reused from text to text.
  package struct Scratch {
    fileprivate var candidates = [chatscrub_candidate](
      repeating: chatscrub_candidate(), count: Int(CHATSCRUB_CANDIDATES_MAX))

    package init() {}
  }

  /// Appends every place where a literal begins, in order of position.
  ///
  /// - Parameter range: the part of the text that literals lie in; `nil` for all of it.
  /// - Complexity: O(`range.count`) plus the comparisons where a window stands.
  package func find(
    in text: Span<UInt8>, within range: Range<Int>? = nil, using scratch: inout Scratch,
    into hits: inout [Hit]
  ) {
    let first = hits.count
    let range = range ?? 0..<text.count
    find(in: text.extracting(range), &scratch, &hits)
    if range.lowerBound == 0 { return }
    for index in first..<hits.count { hits[index].position += range.lowerBound }
  }

  private func find(in text: Span<UInt8>, _ scratch: inout Scratch, _ hits: inout [Hit]) {
    guard text.count >= 3, !isEmpty else { return }
    let first = hits.count
    var position = 0
    while position < text.count {
      // SAFETY: the search reads `text.count` bytes, the tables have the sizes that its header
      // gives, the numbers are indices into `windows` and `memberStarts`, and there is room for its
      // candidates.
      let count = unsafe text.withUnsafeBufferPointer { bytes in
        unsafe chatscrub_find_windows(
          bytes.baseAddress!, bytes.count, &position, table, shorts, longBits, numbers, windows,
          longs, memberStarts, members, MemoryLayout<Member>.stride, &scratch.candidates)
      }
      for index in 0..<count { compare(text, scratch.candidates[index], into: &hits) }
    }
    if windowMax > 0 { order(&hits, from: first) }
  }

  /// Puts hits in order of where their literals begin; they come in order of their windows, so each
  /// moves a little.
  private func order(_ hits: inout [Hit], from first: Int) {
    var index = first + 1
    while index < hits.count {
      let hit = hits[index]
      var place = index
      while place > first, hits[place - 1].position > hit.position {
        hits[place] = hits[place - 1]
        place -= 1
      }
      if place < index { hits[place] = hit }
      index += 1
    }
  }

  /// Appends the literals whose window stands at a candidate.
  private func compare(
    _ text: Span<UInt8>, _ candidate: chatscrub_candidate, into hits: inout [Hit]
  ) {
    let window = Int(candidate.window)
    for index in Int(memberStarts[window])..<Int(memberStarts[window + 1]) {
      let member = members[index]
      let start = candidate.position - Int(member.window)
      guard start >= 0 else { continue }
      let there = eightBytes(of: text, at: start) | 0x2020_2020_2020_2020
      if there & member.mask == member.head, isEqual(member, text, start) {
        hits.append(Hit(position: start, literal: Int(member.literal)))
      }
    }
  }

  private func isEqual(_ member: Member, _ text: Span<UInt8>, _ start: Int) -> Bool {
    guard start + Int(member.count) <= text.count else { return false }
    for offset in 0..<Int(member.count)
    where FoldTable.asciiFold(text[start + offset]) != bytes[Int(member.start) + offset] {
      return false
    }
    return true
  }
}

extension chatscrub_window {
  /// Lets in what the other lets in.
  fileprivate mutating func unite(_ other: chatscrub_window) {
    agree &= ~(value ^ other.value)
    value &= agree
    fourth |= other.fourth
    fifth |= other.fifth
    previous |= other.previous
  }
}
