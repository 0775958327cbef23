internal import Text

extension NameScanner {
  /// How many letters may stand before the capital of a name, and how many the name has at least.
  private static let prefixMax = 6
  private static let nameMin = 4

  /// Takes the name out of a word that begins with a small prefix of its language: Zulu "uSipho",
  /// "noThandi", "kwaMandela".
  ///
  /// Words of code and brands are written so, too ("eBay", "noName"): the prefix must be one, and
  /// what stands behind it a name that a dictionary has.
  @inline(never)
  func visitPrefixed(
    _ text: Span<UInt8>, _ maps: borrowing ByteMaps, _ run: Range<Int>,
    using scratch: inout NameScratch
  ) {
    let mask = UInt64.max &>> UInt64(64 &- run.count)
    let upper = maps.upper(from: run.lowerBound) & mask
    guard upper.nonzeroBitCount == 1, ~maps.letter(from: run.lowerBound) & mask == 0 else { return }
    let length = upper.trailingZeroBitCount
    let name = run.lowerBound + length..<run.upperBound
    guard length > 0, length <= Self.prefixMax, name.count >= Self.nameMin,
      let prefix = ByteHash.ofASCII(text, run.lowerBound..<name.lowerBound),
      inflections.isLatinPrefix(prefix), let hash = ByteHash.ofASCII(text, name)
    else { return }
    let classes = scratch.entries.entry(hash, in: dictionary).classes
    guard classes.meets(.nameOrPlace), !classes.contains(.common) else { return }
    scratch.tokens.append(NameToken(range: name, shape: .title, hash: hash, entry: .unknown))
  }
}
