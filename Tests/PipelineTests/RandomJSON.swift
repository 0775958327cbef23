/// Makes random JSON: small, but with all that can mislead a splitter.
struct RandomJSON {
  var random: SplitMix64

  private static let strings = [
    "", "a", #"\""#, #"\\"#, #"\\\""#, "[", "]", "{", "}", ",", ":", #"],[\\"#, "Zoë", "日本語",
    #"\u005b"#, #"\\\\"#, "a long string with a quote \\\" and a bracket ] in it, past the steps",
  ]

  mutating func string() -> String {
    var inside = ""
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      inside += Self.strings.randomElement(using: &random)!
    }
    return "\"\(inside)\""
  }

  /// A value; white space in it may hold line endings if `isPretty`.
  mutating func value(depth: Int = 0, isPretty: Bool, isObject: Bool = false) -> String {
    let kind = isObject ? 5 : Int.random(in: 0...(depth > 2 ? 3 : 6), using: &random)
    switch kind {
    case 0: return string()
    case 1: return ["0", "-1.5e+7", "12"].randomElement(using: &random)!
    case 2: return ["true", "false", "null"].randomElement(using: &random)!
    case 3: return string()
    case 4:
      let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        space(isPretty) + value(depth: depth + 1, isPretty: isPretty) + space(isPretty)
      }
      return "[\(elements.joined(separator: ","))]"
    default:
      let members = (0..<Int.random(in: 0...3, using: &random)).map { _ in
        space(isPretty) + string() + space(isPretty) + ":"
          + value(depth: depth + 1, isPretty: isPretty) + space(isPretty)
      }
      return "{\(members.joined(separator: ","))}"
    }
  }

  mutating func space(_ hasNewlines: Bool) -> String {
    let kinds = hasNewlines ? ["", "", " ", "\n", "\r\n\t", "  "] : ["", "", " ", "\t"]
    return kinds.randomElement(using: &random)!
  }
}
