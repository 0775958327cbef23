/// A guess at how often four bytes stand in prose, to choose by which part a literal is looked for.
///
/// A bad guess costs time, never a finding.
struct Commonness {
  /// Four bytes of the words below, by how early they come.
  private var windows: [UInt32: Int] = [:]
  /// By a part of the window's hash, whether one of those may be it: most are not looked for.
  private var filter = [Bool](repeating: false, count: 1 << 16)
  /// How common two bytes beside each other are; the first one is the higher half of the index.
  private var pairs: [Int16]

  init() {
    var letters = [Int16](repeating: 1, count: 256)
    for (rank, byte) in Self.letters.enumerated() { letters[Int(byte)] = Int16(rank) + 3 }
    pairs = [Int16](repeating: 0, count: 1 << 16)
    for first in 0..<256 {
      for second in 0..<256 { pairs[first << 8 | second] = letters[first] + letters[second] }
    }
    for (rank, pair) in Self.commonPairs.enumerated() {
      let bytes = Array(pair.utf8)
      pairs[Int(bytes[0]) << 8 | Int(bytes[1])] = 150 - Int16(rank)
    }
    let text = Array(Self.words.utf8)
    for start in 0..<(text.count - 3) {
      let key = Self.key(text.span, start)
      if windows[key] == nil { windows[key] = start }
      filter[Self.place(key)] = true
    }
  }

  /// The offset of the four bytes of a literal that prose has least often, of those with two more
  /// behind them where there are such.
  ///
  /// - Parameter literal: at least four bytes, in small letters.
  func rarestWindow(of literal: Span<UInt8>) -> Int {
    var best = 0
    var least = Int.max
    for start in 0...max(0, literal.count - (literal.count < 6 ? 4 : 6)) {
      let weight = weight(literal, start)
      if weight < least { (best, least) = (start, weight) }
    }
    return best
  }

  private func weight(_ bytes: Span<UInt8>, _ start: Int) -> Int {
    let key = Self.key(bytes, start)
    // Lines of dashes and the like.
    if key == UInt32(bytes[start]) &* 0x0101_0101 { return 2000 }
    var sum = 0
    for shift in [UInt32(16), 8, 0] { sum += Int(pairs[Int(key >> shift & 0xFFFF)]) }
    guard filter[Self.place(key)], let place = windows[key] else { return sum }
    return sum + 600 - min(400, place / 4)
  }

  private static func key(_ bytes: Span<UInt8>, _ start: Int) -> UInt32 {
    UInt32(bytes[start]) << 24 | UInt32(bytes[start + 1]) << 16 | UInt32(bytes[start + 2]) << 8
      | UInt32(bytes[start + 3])
  }

  private static func place(_ key: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> 16) }

  private static let letters = Array("zqxjkvbpygfwmucldrhsnioate ".utf8)

  /// The commonest pairs of English text from the commonest down, blanks among them (order of the
  /// letters' pairs: P. Norvig, "English Letter Frequency Counts", 2013).
  private static let commonPairs: [String] = [
    "e ", "th", " t", "he", "s ", "in", " a", "d ", "er", "t ", "an", " s", "re", "n ", " i", "on",
    " o", "at", "en", " w", "y ", "nd", "ti", "es", "r ", "or", " c", "te", "of", "ed", "o ", "is",
    "it", " b", "al", "ar", "st", " p", "to", "nt", "f ", "ng", "se", "ha", "as", "ou", " h", "io",
    "le", "ve", "co", "me", " f", "de", "hi", "ri", "ro", "ic", "g ", "ne", "ea", "ra", "ce", "li",
    "ch", "ll", "be", "ma", "si", "om", "ur", " m", "l ", " d", "a ", " y",
  ]

  /// Common words of English text, and of text about software, roughly from the commonest down.
  private static let words = """
     the of and to in a is that for it as was with be by on not he i this are or his from at which \
    but have an had they you were their one all we can her has there been if more when will would \
    who so no she other its may these what them than some him time into only could new then do any \
    my now over such our man me even most made after also did many before must through years where \
    much your way well down should because each just those people mr how too little state good \
    very make world still own see men work long get here between both life being under never day \
    same another know while last might us great old year off come since against go came right used \
    take three himself few house use during without again place around however home small found \
    thought went say part once general high upon school every please name call type line sign \
    write first want need like think help look give find tell ask feel try leave number text \
    example code data list file value string function return true false user server system \
    information question answer following based using important different include provide create \
    possible therefore best better really sure thing something anything everything always course \
    story book friend family love game play water music movie language sentence table email \
    address phone password account business company market model research process product service \
    support project team
    """
}
