// Paths for people: only findings files and the list of unknown fields need them, so they are made
// by reading the record again and cost nothing otherwise.

/// The paths of the values that start at `offsets`, for example `conversation[3].content`.
///
/// `offsets` are lower bounds of `ValueLocation.range`, sorted, of a record the parser accepted.
/// With `hidesKeys`, keys that could be input become `*`; with `generalised`, elements lose their
/// numbers, too, so that the result may stand in a report. `isSafe` has the last word on keys that
/// look like a field's name. An offset where no value starts gives the empty path, as does the
/// record's own value. `offsets` may name a value several times. In a table the path is the name of
/// the column. O(record + output).
package func renderPaths(
  of record: Span<UInt8>, at offsets: [Int], layout: RecordLayout = .json,
  columns: [[UInt8]] = [], generalised: Bool = false, hidesKeys: Bool = false,
  isSafe: (Span<UInt8>) -> Bool = { _ in true }
) -> [String] {
  withoutActuallyEscaping(isSafe) { isSafe in
    var visitor = PathVisitor(
      offsets: offsets, isGeneralised: generalised, hidesKeys: hidesKeys, isSafe: isSafe)
    // A record the parser accepted cannot fail here; any other has the paths up to its fault.
    switch layout {
    case .json:
      var tokenizer = Tokenizer(depthMax: .max)
      try? tokenizer.run(record, &visitor)
    case .text: break
    case .table(let separator):
      try? readRow(record, separator: separator, columns: columns, &visitor)
    }
    let missing = offsets.count - visitor.paths.count
    return visitor.paths + Array(repeating: "", count: missing)
  }
}

/// Keeps the path of the value that comes next as bytes.
private struct PathVisitor: ValueVisitor {
  private struct Frame {
    /// How much of `path` is the container's own.
    let pathCount: Int
    var element = -1
  }

  let offsets: [Int]
  let isGeneralised: Bool
  let hidesKeys: Bool
  let isSafe: (Span<UInt8>) -> Bool
  private(set) var paths: [String] = []
  private var path: [UInt8] = []
  private var frames: [Frame] = []

  init(
    offsets: [Int], isGeneralised: Bool, hidesKeys: Bool, isSafe: @escaping (Span<UInt8>) -> Bool
  ) {
    self.isSafe = isSafe
    self.offsets = offsets
    self.isGeneralised = isGeneralised
    self.hidesKeys = hidesKeys || isGeneralised
  }

  mutating func key(_ record: Span<UInt8>, _ token: StringToken) {
    path.removeSubrange(frames[frames.count - 1].pathCount...)
    let key = record.extracting(token.range)
    if hidesKeys {
      if !path.isEmpty { path.append(UInt8(ascii: ".")) }
      if isFieldName(key), isSafe(key) { path.append(key) } else { path.append(UInt8(ascii: "*")) }
    } else if isPlainIdentifier(key) {
      if !path.isEmpty { path.append(UInt8(ascii: ".")) }
      path.append(key)
    } else {
      // The raw key keeps its own escapes, so that the quotes around it stay unambiguous.
      path += "[\"".utf8
      path.append(key)
      path += "\"]".utf8
    }
  }

  mutating func element() {
    let top = frames.count - 1
    frames[top].element += 1
    path.removeSubrange(frames[top].pathCount...)
    path += isGeneralised ? "[]".utf8 : "[\(frames[top].element)]".utf8
  }

  mutating func begin(_ kind: ValueKind, at start: Int) {
    note(start)
    frames.append(Frame(pathCount: path.count))
  }

  mutating func end(_ kind: ValueKind, at end: Int) { frames.removeLast() }

  mutating func string(_ record: Span<UInt8>, _ token: StringToken) {
    note(token.range.lowerBound)
  }

  mutating func scalar(_ record: Span<UInt8>, _ kind: ValueKind, _ range: Range<Int>) {
    note(range.lowerBound)
  }

  /// Takes the path for every offset that is `start`; those before it hit no value.
  private mutating func note(_ start: Int) {
    while paths.count < offsets.count, offsets[paths.count] <= start {
      let isHit = offsets[paths.count] == start
      paths.append(isHit ? String(decoding: path, as: UTF8.self) : "")
    }
  }
}

/// `[A-Za-z_][A-Za-z0-9_]*`
private func isPlainIdentifier(_ key: Span<UInt8>) -> Bool {
  guard key.count > 0, key[0] &- 0x30 >= 10 else { return false }
  for index in 0..<key.count {
    let byte = key[index]
    guard isASCIILetter(byte) || byte &- 0x30 < 10 || byte == UInt8(ascii: "_") else {
      return false
    }
  }
  return true
}
