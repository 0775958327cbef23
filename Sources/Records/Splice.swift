/// One replacement in a record.
package struct Edit: Sendable, Equatable {
  /// The bytes of the record that go.
  package var range: Range<Int>
  /// The bytes of the arena that come; already escaped for where they stand.
  package var replacement: Range<Int>

  package init(range: Range<Int>, replacement: Range<Int>) {
    self.range = range
    self.replacement = replacement
  }
}

/// Appends the record with its edits carried out; every other byte is the byte that was read.
///
/// `edits` are sorted by range and disjoint. O(output).
package func splice(
  _ record: Span<UInt8>, edits: [Edit], arena: [UInt8], into output: inout [UInt8]
) {
  let replacements = arena.span
  var position = 0
  for edit in edits {
    precondition(edit.range.lowerBound >= position, "edits are sorted and disjoint")
    output.append(record.extracting(position..<edit.range.lowerBound))
    output.append(replacements.extracting(edit.replacement))
    position = edit.range.upperBound
  }
  output.append(record.extracting(position..<record.count))
}

/// Appends a text as the inside of a JSON string, with as few escapes as RFC 8259 allows.
///
/// `text` is valid UTF-8; all but quotes, backslashes and controls stays as it is. O(n).
package func appendJSONEscaped(_ text: Span<UInt8>, into output: inout [UInt8]) {
  var copied = 0
  for position in 0..<text.count {
    let byte = text[position]
    guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
      continue
    }
    output.append(text.extracting(copied..<position))
    copied = position + 1
    output.append(UInt8(ascii: "\\"))
    switch byte {
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0C: output.append(UInt8(ascii: "f"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    case 0..<0x20:
      output.append(contentsOf: [UInt8(ascii: "u"), 0x30, 0x30])
      output.append(hexDigit(byte >> 4))
      output.append(hexDigit(byte & 15))
    default: output.append(byte)
    }
  }
  output.append(text.extracting(copied..<text.count))
}

/// Appends a text as it is written in an encoding: what `decode` undoes. O(n).
package func appendEncoded(
  _ text: Span<UInt8>, as encoding: TextEncoding, into output: inout [UInt8]
) {
  switch encoding {
  case .json: appendJSONEscaped(text, into: &output)
  case .verbatim: output.append(text)
  case .cell, .html:
    for position in 0..<text.count {
      let byte = text[position]
      switch (encoding, byte) {
      case (.cell, UInt8(ascii: "\"")): output += [byte, byte]
      case (.html, UInt8(ascii: "&")): output += Array("&amp;".utf8)
      case (.html, UInt8(ascii: "<")): output += Array("&lt;".utf8)
      case (.html, UInt8(ascii: ">")): output += Array("&gt;".utf8)
      default: output.append(byte)
      }
    }
  }
}

/// The lower-case digit of a value below 16.
private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
