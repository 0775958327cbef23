/// A function's place and length in a source file.
struct FunctionExtent {
  /// The 1-based line of its keyword.
  let line: Int
  /// Lines from the keyword to the closing brace, both counted.
  let lineCount: Int
}

/// Finds functions in blanked Swift source by their keyword and braces.
///
/// This is no parser: it knows just enough to tell a body from a requirement without one.
struct FunctionFinder {
  private let keyword = /(^|[^.\w`])(func|init|deinit|subscript)\b/
  private let declaration = /^\s*((package|private|static|mutating|@\w+|case|var|let)\s)/

  func functions(in code: [String]) -> [FunctionExtent] {
    code.indices.compactMap { index in
      guard let match = code[index].firstMatch(of: keyword) else { return nil }
      guard let end = endOfBody(in: code, from: index, after: match.range.upperBound) else {
        return nil
      }
      return FunctionExtent(line: index + 1, lineCount: end - index + 1)
    }
  }

  /// The line of the brace that closes the body, or `nil` when there is no body.
  private func endOfBody(
    in code: [String], from first: Int, after start: String.Index
  ) -> Int? {
    var parentheses = 0
    var braces = 0
    for index in code.indices[first...] {
      let line = index == first ? code[index][start...] : code[index][...]
      let isBetween = index > first && braces == 0 && parentheses == 0
      if isBetween, line.contains(declaration) || line.contains(keyword) { return nil }
      for character in line {
        switch character {
        case "(", "[": parentheses += 1
        case ")", "]": parentheses -= 1
        case "{": braces += 1
        case "}":
          braces -= 1
          // A closing brace before an opening one ends the protocol around a requirement.
          if braces < 0 { return nil }
          if braces == 0, parentheses == 0 { return index }
        default: break
        }
      }
    }
    return nil
  }
}
