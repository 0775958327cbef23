internal import Records

/// A value as Python prints it (`repr` of lists, dictionaries, strings, numbers), as JSON: what
/// early tables of conversations hold in their cells, which were written with `str(list)`.
///
/// Only strings and the words `None`, `True` and `False` are written differently; whether the rest
/// is JSON is for a parser to say. Strings follow Python's lexical analysis (Language Reference,
/// "String and Bytes literals"), without prefixes. O(n).
///
/// - Returns: `nil` for a string that does not end, or an escape that is none.
func pythonAsJSON(_ text: [UInt8]) -> [UInt8]? {
  var json: [UInt8] = []
  var position = 0
  let words = [("None", "null"), ("True", "true"), ("False", "false")]
  while position < text.count {
    let byte = text[position]
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
      guard let string = pythonString(text, &position) else { return nil }
      json.append(UInt8(ascii: "\""))
      appendJSONEscaped(string.span, into: &json)
      json.append(UInt8(ascii: "\""))
    } else if let word = words.first(where: { text[position...].starts(with: $0.0.utf8) }) {
      json += word.1.utf8
      position += word.0.utf8.count
    } else {
      json.append(byte)
      position += 1
    }
  }
  return json
}

/// The text of the string that begins at a position, which is moved behind it.
private func pythonString(_ text: [UInt8], _ position: inout Int) -> [UInt8]? {
  let quote = text[position]
  position += 1
  var result: [UInt8] = []
  while position < text.count {
    let byte = text[position]
    position += 1
    if byte == quote { return result }
    guard byte == UInt8(ascii: "\\") else {
      result.append(byte)
      continue
    }
    guard position < text.count, let scalar = pythonEscape(text, &position) else { return nil }
    result += String(scalar).utf8
  }
  return nil
}

/// What an escape stands for whose letter is at a position; the position is moved behind it.
private func pythonEscape(_ text: [UInt8], _ position: inout Int) -> Unicode.Scalar? {
  let letter = text[position]
  position += 1
  let digits: Int
  switch letter {
  case UInt8(ascii: "n"): return "\n"
  case UInt8(ascii: "t"): return "\t"
  case UInt8(ascii: "r"): return "\r"
  case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): return Unicode.Scalar(letter)
  case UInt8(ascii: "x"): digits = 2
  case UInt8(ascii: "u"): digits = 4
  case UInt8(ascii: "U"): digits = 8
  default: return nil
  }
  guard position + digits <= text.count,
    let value = UInt32(
      String(decoding: text[position..<position + digits], as: UTF8.self), radix: 16)
  else { return nil }
  position += digits
  // Half a pair of surrogates: no text can hold it.
  return Unicode.Scalar(value) ?? "\u{FFFD}"
}
