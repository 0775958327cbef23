internal import Rules
internal import Text

/// What is tried where one of a few bytes stands. Frozen, part of the scanner.
///
/// Which attempts are worth making is chosen by the byte and the one behind it; then the shape that
/// an attempt waits for is compared.
struct MarkTriggers: Sendable {
  /// What is tried where a byte stands.
  struct Wanted: Sendable {
    var attempt: Triggers.Attempt
    /// Index into `shapes`, or -1.
    var shape: Int
  }

  /// Bytes looked for one at a time; the first are always `[`, which begins a placeholder, and `@`
  /// and `<`, which begin account names.
  let bytes: [UInt8]
  let shapes: Templates
  /// The index of a byte in `bytes`.
  private let indices: [UInt8]
  private let wanted: [Wanted]
  /// Ranges of `wanted`; the first one is empty.
  private let lists: [Range<Int>]
  /// Which of `lists` a byte with another behind it chooses, at `index * 256 + behind`.
  private let choices: [UInt16]
  /// Whether a byte can stand two behind, at `index * 256 + byte`.
  private let thirds: [Bool]

  /// The index of a byte that is one of `bytes`.
  @inline(__always)
  func index(of byte: UInt8) -> Int { Int(indices[Int(byte)]) }

  /// What may be tried at a byte, as indices for `subscript`.
  ///
  /// - Parameters:
  ///   - index: of the byte in `bytes`.
  ///   - second: the byte behind it.
  ///   - third: the one behind that; 0 where the text ends.
  @inline(__always)
  func range(_ index: Int, second: UInt8, third: UInt8) -> Range<Int> {
    thirds[index &* 256 &+ Int(third)]
      ? lists[Int(choices[index &* 256 &+ Int(second)])] : lists[0]
  }

  @inline(__always)
  subscript(place: Int) -> Wanted { wanted[place] }

  /// What the prefilters ask for, before it is put in order.
  struct Gathered {
    fileprivate var bytes: [UInt8] = [UInt8(ascii: "["), UInt8(ascii: "@"), UInt8(ascii: "<")]
    fileprivate var wanted: [[(shape: Template?, attempt: Triggers.Attempt)]] = [[], [], []]

    mutating func add(_ byte: UInt8, _ shape: Template?, _ attempt: Triggers.Attempt) {
      if !bytes.contains(byte) {
        bytes.append(byte)
        wanted.append([])
      }
      wanted[bytes.firstIndex(of: byte)!].append((shape, attempt))
    }
  }

  init(_ gathered: Gathered) {
    bytes = gathered.bytes
    var indices = [UInt8](repeating: 0, count: 256)
    for (index, byte) in bytes.enumerated() { indices[Int(byte)] = UInt8(index) }
    self.indices = indices
    let all = [Bool](repeating: true, count: 256)
    var shapes = Templates()
    var wanted: [Wanted] = []
    var lists = [0..<0]
    var choices = [UInt16](repeating: 0, count: bytes.count * 256)
    var thirds = [Bool](repeating: false, count: bytes.count * 256)
    for (index, attempts) in gathered.wanted.enumerated() {
      let seconds = attempts.map { $0.shape?.possibleBytes(at: 1) ?? all }
      var own: [Wanted] = []
      for (shape, attempt) in attempts {
        own.append(Wanted(attempt: attempt, shape: shape == nil ? -1 : shapes.count))
        if let shape { shapes.append(shape) }
      }
      for attempt in attempts {
        for (byte, isPossible) in (attempt.shape?.possibleBytes(at: 2) ?? all).enumerated()
        where isPossible {
          thirds[index * 256 + byte] = true
        }
      }
      var known: [[Int]: UInt16] = [[]: 0]
      for second in 0..<256 {
        let chosen = own.indices.filter { seconds[$0][second] }
        if known[chosen] == nil {
          known[chosen] = UInt16(lists.count)
          lists.append(wanted.count..<wanted.count + chosen.count)
          wanted += chosen.map { own[$0] }
        }
        choices[index * 256 + second] = known[chosen]!
      }
    }
    self.shapes = shapes
    self.wanted = wanted
    self.lists = lists
    self.choices = choices
    self.thirds = thirds
  }
}
