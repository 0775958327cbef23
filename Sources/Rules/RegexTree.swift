/// An expression as a tree, as far as it can be understood without being run.
///
/// What is understood is told apart from what is not: an unknown part may match anything, and where
/// the syntax itself is unknown there is no tree. `RegexFacts` draws its conclusions from it.
package struct RegexTree {
  indirect enum Node {
    /// One character.
    case one(CharacterSpan)
    case sequence([Node])
    case choice([Node])
    case repeated(Node, min: Int, max: Int?)
    case look(Node, isAhead: Bool, isNegative: Bool)
    case edge(Edge)
    /// Anything at all, of any length.
    case unknown
    /// Nothing ever.
    case never
  }

  /// A condition on a place.
  enum Edge {
    case textStart
    /// `$`, which may stand before a last line's end, and `\z`.
    case textEnd
    case wordEdge
    /// One that nothing is concluded from.
    case other
  }

  let root: Node

  /// - Returns: `nil` when a part of the syntax is not understood.
  package init?(_ pattern: String, options: RegexOptions) {
    var parser = RegexTreeParser(pattern, options)
    guard let node = parser.parseAll() else { return nil }
    root = node
  }
}

/// Reads PCRE2's syntax.
private struct RegexTreeParser {
  private let text: [Unicode.Scalar]
  private var index = 0
  private var options: RegexOptions
  private var hasFailed = false
  private var depth = 0
  /// The groups that `(?(DEFINE) …)` names.
  private var definitions: [String: RegexTree.Node] = [:]
  private var isDefining = false

  init(_ pattern: String, _ options: RegexOptions) {
    text = Array(pattern.unicodeScalars)
    self.options = options
  }

  mutating func parseAll() -> RegexTree.Node? {
    let node = choice()
    return hasFailed || index < text.count ? nil : node
  }

  private func starts(_ literal: String) -> Bool {
    text[index...].starts(with: literal.unicodeScalars)
  }

  private mutating func take(_ literal: String) -> Bool {
    guard starts(literal) else { return false }
    index += literal.unicodeScalars.count
    return true
  }

  private mutating func fail() -> RegexTree.Node {
    hasFailed = true
    index = text.count
    return .unknown
  }

  private mutating func choice() -> RegexTree.Node {
    depth += 1
    defer { depth -= 1 }
    guard depth < 100 else { return fail() }
    let outside = options
    var branches = [sequence()]
    while take("|") { branches.append(sequence()) }
    options = outside
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() -> RegexTree.Node {
    var nodes: [RegexTree.Node] = []
    while !hasFailed {
      skipExtended()
      guard index < text.count, text[index] != "|", text[index] != ")" else { break }
      guard let atom = atom() else { continue }
      skipExtended()
      nodes.append(quantified(atom))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func skipExtended() {
    while options.contains(.extended), index < text.count {
      if CharacterSpan(text[index]).isSubset(of: .space) {
        index += 1
      } else if text[index] == "#" {
        while index < text.count, text[index] != "\n" { index += 1 }
      } else {
        return
      }
    }
  }

  /// - Returns: `nil` for what matches nothing by itself, such as `(?i)`.
  private mutating func atom() -> RegexTree.Node? {
    let scalar = text[index]
    switch scalar {
    case "(": return group()
    case "[": return characterClass()
    case "\\": return escape()
    case ".":
      index += 1
      if options.contains(.dotAll) { return .one(.all) }
      return .one(CharacterSpan(range: 10...10).complement)
    case "^":
      index += 1
      return .edge(options.contains(.multiline) ? .other : .textStart)
    case "$":
      index += 1
      return .edge(options.contains(.multiline) ? .other : .textEnd)
    case "*", "+", "?": return fail()
    default:
      index += 1
      return .one(single(scalar))
    }
  }

  private func single(_ scalar: Unicode.Scalar) -> CharacterSpan {
    let span = CharacterSpan(scalar)
    return options.contains(.caseless) ? span.caseless : span
  }

  private mutating func quantified(_ atom: RegexTree.Node) -> RegexTree.Node {
    var node = atom
    while index < text.count {
      var range: (min: Int, max: Int?)?
      switch text[index] {
      case "?": range = (0, 1)
      case "*": range = (0, nil)
      case "+": range = (1, nil)
      case "{": range = braces()
      default: return node
      }
      guard let range else { return node }
      advanceQuantifier()
      if index < text.count, text[index] == "?" || text[index] == "+" { index += 1 }
      node = .repeated(node, min: range.min, max: range.max)
      skipExtended()
    }
    return node
  }

  /// Moves behind `?`, `*`, `+` or `{…}`.
  private mutating func advanceQuantifier() {
    if text[index] == "{" {
      while index < text.count, text[index] != "}" { index += 1 }
    }
    index += 1
  }

  /// The counts of `{n}`, `{n,}`, or `{n,m}`; `nil` when the brace stands for itself.
  private func braces() -> (min: Int, max: Int?)? {
    guard let end = text[index...].firstIndex(of: "}") else { return nil }
    var inside = ""
    inside.unicodeScalars.append(contentsOf: text[(index + 1)..<end])
    let parts = inside.split(separator: ",", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let least = Int(parts[0]) else { return nil }
    guard parts.count == 2 else { return (least, least) }
    if parts[1].isEmpty { return (least, nil) }
    return Int(parts[1]).map { (least, $0) }
  }

  // MARK: - Groups

  private mutating func group() -> RegexTree.Node? {
    index += 1
    if take("*FAIL)") || take("*F)") { return .never }
    if starts("*") { return fail() }
    guard take("?") else { return closed(choice()) }
    if take("#") {
      while index < text.count, text[index] != ")" { index += 1 }
      index += 1
      return nil
    }
    for (mark, isAhead, isNegative) in [
      ("=", true, false), ("!", true, true), ("<=", false, false), ("<!", false, true),
    ] where take(mark) {
      let inner = closed(choice())
      return .look(inner, isAhead: isAhead, isNegative: isNegative)
    }
    if take(":") || take(">") { return closed(choice()) }
    if take("|") { return closed(choice()) }
    if take("P<") || take("<") || take("'") { return namedGroup() }
    if take("(DEFINE)") { return defining() }
    let isCall = index < text.count && (CharacterSpan.digits.contains(byte) || text[index] == "+")
    if isCall || starts("P=") || starts("P>") || starts("&") || starts("R") {
      let isNamed = take("&") || take("P>")
      let name = name(upTo: ")")
      return isNamed ? definitions[name] ?? .unknown : .unknown
    }
    return optionGroup()
  }

  /// Moves behind one of the ends of a name.
  private mutating func name(upTo ends: Unicode.Scalar...) -> String {
    var name = ""
    while index < text.count, !ends.contains(text[index]) {
      name.unicodeScalars.append(text[index])
      index += 1
    }
    index += 1
    return name
  }

  private mutating func namedGroup() -> RegexTree.Node {
    let name = name(upTo: ">", "'")
    let node = closed(choice())
    if isDefining { definitions[name] = node }
    return node
  }

  /// Groups that only stand where they are called, by name.
  private mutating func defining() -> RegexTree.Node? {
    let isWithin = isDefining
    isDefining = true
    _ = closed(choice())
    isDefining = isWithin
    return nil
  }

  /// The character at `index` as a byte, 255 beyond ASCII.
  private var byte: UInt8 { text[index].value < 0x80 ? UInt8(text[index].value) : 255 }

  private mutating func closed(_ node: RegexTree.Node) -> RegexTree.Node {
    guard take(")") else { return fail() }
    return node
  }

  /// `(?i)` up to the end of the group it stands in, and `(?i:…)`.
  private mutating func optionGroup() -> RegexTree.Node? {
    let outside = options
    var isOff = false
    while index < text.count {
      let scalar = text[index]
      index += 1
      let known: [Unicode.Scalar: RegexOptions] = [
        "i": .caseless, "m": .multiline, "s": .dotAll, "x": .extended,
      ]
      if let option = known[scalar] {
        if isOff { options.remove(option) } else { options.insert(option) }
      } else if scalar == "-" {
        isOff = true
      } else if scalar == "^" {
        options.subtract([.caseless, .multiline, .dotAll, .extended])
      } else if scalar == ")" {
        return nil
      } else if scalar == ":" {
        let node = closed(choice())
        options = outside
        return node
      } else {
        return fail()
      }
    }
    return fail()
  }
}

// MARK: - Escapes and classes

extension RegexTreeParser {
  /// The classes `\d`, `\w`, `\s`, `\h` and their opposites.
  private func named(_ letter: Unicode.Scalar) -> CharacterSpan? {
    let isUnicode = options.contains(.unicode)
    func spread(_ span: CharacterSpan) -> CharacterSpan {
      CharacterSpan(
        ascii: span.ascii, beyond: isUnicode, isExact: !isUnicode, isASCIIExact: true)
    }
    func opposite(_ span: CharacterSpan) -> CharacterSpan {
      CharacterSpan(
        ascii: ~span.ascii, beyond: true, isExact: !isUnicode, isASCIIExact: true)
    }
    switch letter {
    case "d": return spread(.digits)
    case "w": return spread(.word)
    case "s": return spread(.space)
    case "D": return opposite(.digits)
    case "W": return opposite(.word)
    case "S": return opposite(.space)
    case "h":
      return CharacterSpan(ascii: 1 << 9 | 1 << 32, beyond: true, isExact: false)
    case "v": return CharacterSpan(ascii: 0b1111 << 10, beyond: true, isExact: false)
    case "H", "V", "N", "X": return CharacterSpan(ascii: .max, beyond: true, isExact: false)
    default: return nil
    }
  }

  /// One character written as an escape, such as `\.`, `\n`, or `\x2d`; moves behind it.
  private mutating func escapedCharacter() -> Unicode.Scalar? {
    let scalar = text[index]
    index += 1
    let controls: [Unicode.Scalar: Unicode.Scalar] = [
      "n": "\n", "r": "\r", "t": "\t", "f": "\u{C}", "e": "\u{1B}", "a": "\u{7}",
    ]
    if let control = controls[scalar] { return control }
    if scalar == "x" {
      var digits = ""
      if index < text.count, text[index] == "{" {
        index += 1
        while index < text.count, text[index] != "}" {
          digits.unicodeScalars.append(text[index])
          index += 1
        }
        index += 1
      } else {
        while index < text.count, digits.utf8.count < 2, text[index].properties.isASCIIHexDigit {
          digits.unicodeScalars.append(text[index])
          index += 1
        }
      }
      return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    }
    let isPlain = scalar.value < 0x80 && CharacterSpan.word.contains(UInt8(scalar.value))
    return isPlain && scalar != "_" ? nil : scalar
  }

  /// Moves behind `\p{…}` or `\pL`; the letter is at `index`.
  ///
  /// - Returns: the property's characters: of the commonest it is known which are of ASCII.
  private mutating func property() -> CharacterSpan {
    let isNegative = text[index] == "P"
    var name = ""
    index += 1
    if index < text.count, text[index] == "{" {
      index += 1
      while index < text.count, text[index] != "}" {
        name.unicodeScalars.append(text[index])
        index += 1
      }
    } else if index < text.count {
      name.unicodeScalars.append(text[index])
    }
    index += 1
    let capitals = CharacterSpan(range: 65...90).ascii
    let smalls = CharacterSpan(range: 97...122).ascii
    let known: [String: UInt128] = [
      "L": capitals | smalls, "Lu": capitals, "Ll": smalls, "N": CharacterSpan.digits.ascii,
      "Nd": CharacterSpan.digits.ascii, "M": 0, "Mn": 0, "Lo": 0, "Han": 0, "Hiragana": 0,
      "Katakana": 0, "Hangul": 0, "Thai": 0, "Arabic": 0, "Cyrillic": 0, "Greek": 0,
      "Devanagari": 0, "Hebrew": 0,
    ]
    guard let ascii = known[name] else {
      return CharacterSpan(ascii: .max, beyond: true, isExact: false)
    }
    let span = CharacterSpan(
      ascii: isNegative ? ~ascii : ascii, beyond: true, isExact: false, isASCIIExact: true)
    return options.contains(.caseless) ? span.caseless : span
  }

  private mutating func escape() -> RegexTree.Node? {
    index += 1
    guard index < text.count else { return fail() }
    let letter = text[index]
    if let span = named(letter) {
      index += 1
      return .one(span)
    }
    switch letter {
    case "b", "B", "A", "z", "Z", "G":
      index += 1
      let edges: [Unicode.Scalar: RegexTree.Edge] = [
        "b": .wordEdge, "A": .textStart, "z": .textEnd, "Z": .textEnd,
      ]
      return .edge(edges[letter] ?? .other)
    case "p", "P":
      return .one(property())
    case "R":
      index += 1
      let end = CharacterSpan(ascii: 0b1111 << 10, beyond: true, isExact: false)
      return .repeated(.one(end), min: 1, max: 2)
    case "Q":
      return quoted()
    case "1"..."9":
      while index < text.count, CharacterSpan.digits.contains(byte) { index += 1 }
      return .unknown
    case "k":
      while index < text.count, !">}'".unicodeScalars.contains(text[index]) { index += 1 }
      index += 1
      return .unknown
    default:
      guard let scalar = escapedCharacter() else { return fail() }
      return .one(single(scalar))
    }
  }

  /// `\Q…\E`.
  private mutating func quoted() -> RegexTree.Node {
    index += 1
    var nodes: [RegexTree.Node] = []
    while index < text.count, !starts(#"\E"#) {
      nodes.append(.one(single(text[index])))
      index += 1
    }
    _ = take(#"\E"#)
    // What follows is a quantifier of the last character alone.
    guard index < text.count, "?*+{".unicodeScalars.contains(text[index]), let last = nodes.last
    else { return .sequence(nodes) }
    return .sequence(nodes.dropLast() + [quantified(last)])
  }

  private mutating func characterClass() -> RegexTree.Node {
    index += 1
    let isNegative = take("^")
    var span = CharacterSpan.none
    var isFirst = true
    while index < text.count, text[index] != "]" || isFirst {
      isFirst = false
      if starts("[:") || starts("[.") || starts("[=") {
        while index < text.count, !starts(":]") { index += 1 }
        index += 2
        span = span.union(CharacterSpan(ascii: .max, beyond: true, isExact: false))
        continue
      }
      guard let low = member(&span) else {
        if hasFailed { return .unknown }
        continue
      }
      guard starts("-"), index + 1 < text.count, text[index + 1] != "]" else {
        span = span.union(CharacterSpan(low))
        continue
      }
      index += 1
      var ignored = CharacterSpan.none
      guard let high = member(&ignored), high.value >= low.value else { return fail() }
      if low.value < 0x80 {
        span = span.union(CharacterSpan(range: UInt8(low.value)...UInt8(min(high.value, 0x7F))))
      }
      if high.value >= 0x80 {
        span = span.union(CharacterSpan(beyond: true, isExact: false, isASCIIExact: true))
      }
    }
    guard take("]") else { return fail() }
    if options.contains(.caseless) { span = span.caseless }
    return .one(isNegative ? span.complement : span)
  }

  /// One member of a class; a class within it goes into `span`.
  private mutating func member(_ span: inout CharacterSpan) -> Unicode.Scalar? {
    guard text[index] == "\\", index + 1 < text.count else {
      index += 1
      return text[index - 1]
    }
    index += 1
    if let known = named(text[index]) {
      index += 1
      span = span.union(known)
      return nil
    }
    if text[index] == "b" {
      index += 1
      return "\u{8}"
    }
    if text[index] == "p" || text[index] == "P" {
      span = span.union(property())
      return nil
    }
    guard let scalar = escapedCharacter() else {
      _ = fail()
      return nil
    }
    return scalar
  }
}
