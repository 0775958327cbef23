internal import Text

/// A run of a redacted text that was copied from the original.
struct RedactedPiece {
  /// Bytes of the original text.
  var source: Range<Int>
  /// The offset in the redacted text at which they stand.
  var target: Int

  /// Where a range of the redacted text comes from; what stands for a finding comes from nowhere.
  ///
  /// - Complexity: O(log pieces + pieces in the range).
  static func sources(of range: Range<Int>, in pieces: [RedactedPiece]) -> [Range<Int>] {
    var sources: [Range<Int>] = []
    let first = pieces.partitioningIndex { $0.target + $0.source.count > range.lowerBound }
    for piece in pieces[first...] {
      if piece.target >= range.upperBound { break }
      let low = max(range.lowerBound, piece.target)
      let high = min(range.upperBound, piece.target + piece.source.count)
      guard low < high else { continue }
      let shift = piece.source.lowerBound - piece.target
      sources.append((low + shift)..<(high + shift))
    }
    return sources
  }
}
