internal import Rules
internal import Text

/// Keeps expressions that need a context word from being run where none can be near. Frozen, part
/// of the scanner.
///
/// With hundreds of national numbers on, most digits of a text could be one of dozens of them if
/// only the word were there. The words around a place are put into a small filter once, and each
/// expression asks it for the beginnings of its own words.
struct ContextGate: Sendable {
  /// For each expression by `Triggers.Attempt.state`, where its keys are; empty: it is not gated.
  private var ranges: [Range<Int32>] = []
  private var keys: [UInt16] = []
  /// By state: all of its words begin with a letter or a character that is not ASCII.
  private var wantsLetters: [Bool] = []

  /// How many characters before a trigger are looked at, and behind it: the windows and lookbacks
  /// of all expressions that are gated fit.
  static let before = 104
  static let after = 200
  /// The digits in a group that make the filter worth filling.
  static let digitsMin = 7
  private static let windowMax = 80

  /// - Parameter thresholds: the least score of each type.
  init(_ rules: [CompiledRule], thresholds: [Float]) {
    for rule in rules {
      let heads = rule.contextHeads
      for expression in rule.expressions {
        let first = keys.count
        // What is looked at holds the window before where a match begins. Behind the trigger, a
        // match is no longer than what is left of it for the word after.
        if rule.contextWindow.before + expression.lookback <= Self.before,
          rule.contextWindow.after <= Self.windowMax,
          heads.allSatisfy({ $0.count > 1 }),
          rule.needsWord(base: expression.score, least: thresholds[rule.entityType])
        {
          keys += Set(heads.map { Self.key($0[0], $0[1], $0.count > 2 ? $0[2] : 0) }).sorted()
        }
        ranges.append(Int32(first)..<Int32(keys.count))
        wantsLetters.append(heads.allSatisfy { $0[0] &- 97 < 26 || $0[0] >= 0x80 })
      }
    }
  }

  @inline(__always)
  func isGated(_ state: Int) -> Bool { !ranges[state].isEmpty }

  /// Of attempts, one bit each, those that are gated and need a letter to be near, as nothing else
  /// speaks for them.
  func needingLetters(_ attempts: [Triggers.Attempt], _ chains: ContextChains) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: (attempts.count + 63) / 64)
    for (index, attempt) in attempts.enumerated() {
      let state = Int(attempt.state)
      if isGated(state), wantsLetters[state], !chains.isChain(state) {
        bits[index / 64] |= 1 << UInt64(index % 64)
      }
    }
    return bits
  }

  /// Whether there may be a letter, or a character that is not ASCII, in what is looked at around a
  /// place.
  ///
  /// - Parameter maps: of the text.
  @inline(__always)
  static func mayHoldLetters(_ maps: borrowing ByteMaps, around trigger: Int) -> Bool {
    let first = max(0, trigger &- before) >> 6
    let last = min(maps.blockCount &- 1, (trigger &+ after) >> 6)
    var letters: UInt64 = 0
    for block in first...last { letters |= maps.letter(block) | maps.high(block) }
    return letters != 0
  }

  /// Whether one of an expression's words may stand in what the filter was filled from.
  @inline(__always)
  func mayStand(_ state: Int, _ filter: borrowing ContextFilter) -> Bool {
    for index in ranges[state] where filter.contains(keys[Int(index)]) { return true }
    return false
  }

  /// The place of the first two bytes of a word, or of three, in the filter.
  @inline(__always)
  fileprivate static func key(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> UInt16 {
    let bytes = UInt32(a) | UInt32(b) << 8 | UInt32(c) << 16
    return UInt16(truncatingIfNeeded: (bytes &* 0x9E37_79B1) >> 19)
  }
}

/// The beginnings of the words around a place. Scratch of one worker.
struct ContextFilter {
  /// 8,192 bits.
  private var bits = [UInt64](repeating: 0, count: 128)
  /// The words of `bits` that are set, to be cleared.
  private var used: [UInt8] = []
  private var folded: [UInt8] = []
  /// The place it is filled for, or -1.
  private var place = -1

  /// Forgets the text before.
  mutating func begin() { place = -1 }

  @inline(__always)
  func contains(_ key: UInt16) -> Bool { bits[Int(key >> 6)] >> UInt64(key & 63) & 1 != 0 }

  /// Fills it with what stands around a place of a text, folded, if it is not yet.
  ///
  /// - Complexity: O(`ContextGate.before` + `ContextGate.after`).
  mutating func fill(_ text: Span<UInt8>, around trigger: Int, folding: inout FoldTable) {
    guard place != trigger else { return }
    place = trigger
    for index in used { bits[Int(index)] = 0 }
    used.removeAll(keepingCapacity: true)
    var start = trigger
    var left = ContextGate.before
    while start > 0, left > 0 {
      start -= 1
      if text[start] & 0xC0 != 0x80 { left -= 1 }
    }
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    var end = trigger
    left = ContextGate.after
    while end < text.count, left > 0 || text[end] & 0xC0 == 0x80 {
      if text[end] & 0xC0 != 0x80 { left -= 1 }
      end += 1
    }
    folded.removeAll(keepingCapacity: true)
    folding.fold(text, start..<end, into: &folded)
    var isInWord = false
    var index = 0
    while index + 1 < folded.count {
      let byte = folded[index]
      let isLetter = byte &- 97 < 26
      // Words of other scripts may begin anywhere: their letters are not told apart here.
      if !(isInWord && isLetter) {
        insert(ContextGate.key(byte, folded[index + 1], 0))
        if index + 2 < folded.count {
          insert(ContextGate.key(byte, folded[index + 1], folded[index + 2]))
        }
      }
      isInWord = isLetter
      index += 1
    }
  }

  @inline(__always)
  private mutating func insert(_ key: UInt16) {
    let word = Int(key >> 6)
    if bits[word] == 0 { used.append(UInt8(word)) }
    bits[word] |= 1 << UInt64(key & 63)
  }
}
