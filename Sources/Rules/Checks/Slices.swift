/// What a check reads of a value: pieces of it, joined. Written as in Python, so `"0:9"`, `":-1"`,
/// `"-4:"`; one character as `"8"` or `"-1"`; `"=19"` is the text 19 itself; `"#0"` is the ordinal
/// of a letter as two digits (A 01 … Z 26).
package struct Slices: Codable, Sendable, Equatable {
  private enum Piece: Sendable, Equatable {
    case range(from: Int, to: Int)
    case character(Int)
    case literal([UInt8])
    case ordinal(Int)
  }

  private let texts: [String]
  private let pieces: [Piece]

  /// The whole value.
  package static let whole = Slices([":"])!

  /// - Returns: `nil` when one of the texts is no piece.
  package init?(_ texts: [String]) {
    var pieces: [Piece] = []
    for text in texts {
      guard let piece = Self.piece(text) else { return nil }
      pieces.append(piece)
    }
    guard !pieces.isEmpty else { return nil }
    self.texts = texts
    self.pieces = pieces
  }

  private static func piece(_ text: String) -> Piece? {
    if text.hasPrefix("=") { return .literal(Array(text.utf8.dropFirst())) }
    if text.hasPrefix("#") { return Int(text.dropFirst()).map { .ordinal($0) } }
    let ends = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if ends.count == 1 { return Int(text).map { .character($0) } }
    guard let from = ends[0].isEmpty ? 0 : Int(ends[0]),
      let to = ends[1].isEmpty ? Int.max : Int(ends[1])
    else { return nil }
    return .range(from: from, to: to)
  }

  package init(from decoder: any Decoder) throws {
    let texts = try decoder.singleValueContainer().decode([String].self)
    guard let slices = Slices(texts) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no slices"))
    }
    self = slices
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(texts)
  }

  /// The pieces of a value; `nil` when it lacks a character that is asked for.
  ///
  /// A range that reaches beyond the value's end ends with it.
  package func read(_ value: [UInt8]) -> [UInt8]? {
    if pieces.count == 1, case .range(0, Int.max) = pieces[0] { return value }
    var result: [UInt8] = []
    result.reserveCapacity(value.count)
    for piece in pieces {
      switch piece {
      case .range(let from, let to):
        let start = Self.bound(from, value.count)
        let end = Self.bound(to, value.count)
        if start < end { result += value[start..<end] }
      case .character(let place):
        guard let index = Self.index(place, value.count) else { return nil }
        result.append(value[index])
      case .literal(let text): result += text
      case .ordinal(let place):
        guard let index = Self.index(place, value.count), value[index] &- 65 < 26 else {
          return nil
        }
        let ordinal = value[index] - 64
        result += [48 + ordinal / 10, 48 + ordinal % 10]
      }
    }
    return result
  }

  private static func bound(_ place: Int, _ count: Int) -> Int {
    place < 0 ? max(0, count + place) : min(place, count)
  }

  /// The index a place counts to, from the end when it is negative; `nil` outside of the value.
  static func index(_ place: Int, _ count: Int) -> Int? {
    let index = place < 0 ? count + place : place
    return (0..<count).contains(index) ? index : nil
  }
}

/// What number each character of a check stands for.
package struct Alphabet: Codable, Sendable, Equatable {
  private let characters: [UInt8]
  private let numbers: [Int]

  /// Characters of one byte; each stands for its place.
  package init(_ text: String) {
    characters = latin1(text)
    numbers = Array(characters.indices)
  }

  /// Characters of one byte with their numbers.
  package init(_ pairs: [(character: UInt8, number: Int)]) {
    characters = pairs.map(\.character)
    numbers = pairs.map(\.number)
  }

  package static let digits = Alphabet("0123456789")
  package static let base36 = Alphabet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")

  package var count: Int { characters.count }

  /// - Complexity: O(`count`).
  package func number(_ character: UInt8) -> Int? {
    characters.firstIndex(of: character).map { numbers[$0] }
  }
}

/// A text as bytes of ISO 8859-1, as values are when a check looks at them; what has no place there
/// becomes 0.
package func latin1(_ text: some StringProtocol) -> [UInt8] {
  text.unicodeScalars.map { $0.value < 256 ? UInt8($0.value) : 0 }
}

/// A value as bytes of ISO 8859-1 with its letters as capitals: one byte for each character, so
/// that a check can count places. What has no place there stays as it is.
func latin1Capitals(_ value: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(value.count)
  var index = 0
  while index < value.count {
    var byte = value[index]
    index += 1
    // U+0080 … U+00FF are C2 or C3 and one more byte.
    if byte == 0xC2 || byte == 0xC3, index < value.count {
      byte = byte << 6 | value[index] & 0x3F
      index += 1
      if (0xE0...0xFE).contains(byte), byte != 0xF7 { byte -= 0x20 }
    } else if byte &- 97 < 26 {
      byte -= 32
    }
    result.append(byte)
  }
  return result
}
