// The paths of `collection` sections: what `FieldPath` reads, with what mapping needs beside it.
//
//     path     = step *( "." step ), or nothing for the value itself
//     step     = [ name ] *( "[]" | "[" number "]" | "[-1]" | "[" key "=" text "]" )
//              | "@json" | "$"
//     name     = "*" | key | quoted key
//
// `@json` is the value that a string holds as JSON; `$` at the start is the record itself.

/// A path of a `collection` section, read.
package struct CollectionPath: Sendable, Equatable {
  /// One step down.
  package enum Step: Sendable, Equatable {
    case key([UInt8])
    case anyKey
    case anyElement
    /// From 0; from the end when negative.
    case index(Int)
    /// The elements that have a member with this key and this text or number; of an object, itself.
    case elements(key: [UInt8], is: [UInt8])
    /// The JSON in a string; any other value is itself.
    case embedded
    /// The record, wherever the path starts.
    case root
  }

  package let steps: [Step]

  /// Reads a path; throws `badPath` with the byte where it stops making sense.
  package init(parsing text: String) throws(FormatError) {
    var reader = StepReader(text: text, bytes: Array(text.utf8))
    steps = try reader.read()
  }

  /// A path of these steps.
  package init(_ steps: some Sequence<Step>) {
    self.steps = Array(steps)
  }
}

private struct StepReader {
  let text: String
  let bytes: [UInt8]
  var position = 0

  private var error: FormatError { .badPath(text, offset: position) }
  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func read() throws(FormatError) -> [CollectionPath.Step] {
    var steps: [CollectionPath.Step] = []
    if bytes.isEmpty { return steps }
    while true {
      let before = steps.count
      try readName(into: &steps)
      while byte == UInt8(ascii: "[") { steps.append(try readBrackets()) }
      guard steps.count > before else { throw error }
      guard byte == UInt8(ascii: ".") else { break }
      position += 1
    }
    guard byte == nil else { throw error }
    return steps
  }

  private mutating func readName(into steps: inout [CollectionPath.Step]) throws(FormatError) {
    switch byte {
    case UInt8(ascii: "*"):
      position += 1
      steps.append(.anyKey)
    case UInt8(ascii: "@"):
      guard bytes[position...].starts(with: "@json".utf8) else { throw error }
      position += 5
      steps.append(.embedded)
    case UInt8(ascii: "$"):
      guard position == 0 else { throw error }
      position += 1
      steps.append(.root)
    case UInt8(ascii: "\""):
      steps.append(.key(try readQuoted()))
    default:
      let key = readBare()
      if !key.isEmpty { steps.append(.key(key)) }
    }
  }

  private mutating func readBrackets() throws(FormatError) -> CollectionPath.Step {
    position += 1
    let start = position
    while let next = byte, next != UInt8(ascii: "]") { position += 1 }
    guard byte != nil else { throw error }
    let inside = Array(bytes[start..<position])
    if let sign = inside.firstIndex(of: UInt8(ascii: "=")) {
      let (key, value) = (Array(inside[..<sign]), Array(inside[(sign + 1)...]))
      guard !key.isEmpty, !value.isEmpty else { throw error }
      position += 1
      return .elements(key: key, is: value)
    }
    position += 1
    if inside.isEmpty { return .anyElement }
    guard let number = Int(String(decoding: inside, as: UTF8.self)), abs(number) < 1 << 31 else {
      position = start
      throw error
    }
    return .index(number)
  }

  private mutating func readBare() -> [UInt8] {
    let start = position
    while let next = byte, !".[]*\":@ \\".utf8.contains(next), next > 0x20 { position += 1 }
    return Array(bytes[start..<position])
  }

  private mutating func readQuoted() throws(FormatError) -> [UInt8] {
    var key: [UInt8] = []
    position += 1
    while let next = byte, next != UInt8(ascii: "\"") {
      if next == UInt8(ascii: "\\") {
        position += 1
        guard let escaped = byte, escaped == UInt8(ascii: "\"") || escaped == next else {
          throw error
        }
      }
      key.append(bytes[position])
      position += 1
    }
    guard byte != nil else { throw error }
    position += 1
    return key
  }
}
