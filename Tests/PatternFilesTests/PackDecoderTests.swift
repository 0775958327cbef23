import Testing

@testable import PatternFiles

/// `PackEncoder` and `PackDecoder` together: what is written is read again.
@Suite struct PackDecoderTests {
  enum Shape: Codable, Equatable {
    case literals([String], then: [String] = [])
    case digits(min: Int, max: Int)
    case everywhere
  }

  enum Size: UInt8, Codable, Equatable, CaseIterable { case small, large }

  struct Flags: OptionSet, Codable, Equatable { let rawValue: UInt32 }

  struct Whole: Codable, Equatable {
    var name = "a~b\u{1}\r\n\tc\u{7F} \u{E9}\u{4E2D}"
    var missing: String?
    var count: Int? = nil
    var known: Int? = -7
    var isThere: Bool? = true
    var share: Double? = nil
    var score = 0.35
    var least = Int.min
    var most = Int.max
    var size: Size? = .large
    var flags = Flags(rawValue: 5)
    var shapes: [Shape] = [.everywhere, .literals(["q"]), .literals([], then: ["z"])]
    var lists: [[Int]] = [[], [1, -2, 3_000_000]]
    var table: [String: [Int]] = ["k": [1], "j": [], "": [2]]
    var sizes: [String: Size] = ["x": .small]
    var last: Float = 1.5
  }

  indirect enum Tree: Codable, Equatable {
    case leaf(Whole)
    case both(Tree, other: Tree?)
    case all([Tree])
  }

  private func roundTrip<T: Codable & Equatable>(_ value: T) throws {
    let bytes = try PackEncoder.encode(value)
    #expect(try PackDecoder.decode(T.self, from: bytes) == value)
    #expect(try PackEncoder.encode(value) == bytes)
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    try roundTrip(0)
    try roundTrip("")
    try roundTrip([1.5, -0.1, 1e300])
    try roundTrip(Size.allCases)
    try roundTrip([Shape.digits(min: -1, max: .max), .everywhere])
    try roundTrip(Whole())
    try roundTrip(Tree.all([.leaf(Whole()), .both(.all([]), other: nil)]))
    try roundTrip(Tree.both(.all([]), other: .leaf(Whole(missing: "no more", share: 0))))
  }

  /// So that the build can carry it as a literal.
  @Test func whatIsWrittenIsTextWithoutControlCharacters() throws {
    let bytes = try PackEncoder.encode(Whole())
    #expect(String(validating: bytes, as: UTF8.self) != nil)
    #expect(bytes.allSatisfy { $0 >= 32 && $0 != 127 || $0 == 10 })
  }

  @Test func aDictionaryIsWrittenSorted() throws {
    let pairs = (0..<50).map { ("key \($0)", $0) }
    let forwards = Dictionary(uniqueKeysWithValues: pairs)
    let backwards = Dictionary(uniqueKeysWithValues: pairs.reversed())
    #expect(try PackEncoder.encode(forwards) == PackEncoder.encode(backwards))
  }

  @Test func whatCouldNotBeReadAgainIsRefused() {
    #expect(throws: EncodingError.self) { try PackEncoder.encode([Int?.none]) }
  }

  /// Cut anywhere, or with a byte changed, it is refused or read as something: never a crash.
  @Test func damagedBytesAreRefused() throws {
    let bytes = try PackEncoder.encode(Tree.all([.leaf(Whole()), .leaf(Whole())]))
    for count in 0..<bytes.count {
      #expect(throws: (any Error).self) {
        try PackDecoder.decode(Tree.self, from: Array(bytes[..<count]))
      }
    }
    #expect(throws: DecodingError.self) { try PackDecoder.decode(Tree.self, from: bytes + [48]) }
    for index in bytes.indices {
      for change in [UInt8(1), 32, 64] {
        var changed = bytes
        changed[index] ^= change
        _ = try? PackDecoder.decode(Tree.self, from: changed)
      }
    }
  }
}
