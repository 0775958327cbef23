import Foundation
import PatternFiles
import Records
import Redact
import Rules
import TestSupport
import Testing

/// What holds for records of any format, against plain replacing of text.
@Suite struct FormatPropertyTests {
  /// Takes the badges of a text in turn, and counts them from one.
  private struct Badges {
    private var numbers: [String: Int] = [:]

    /// The text with a placeholder for each badge.
    mutating func replaced(_ text: String) -> String {
      var result = ""
      var rest = Substring(text)
      while let range = rest.range(of: "BDG-1[0-9]{3}", options: .regularExpression) {
        let number = numbers[String(rest[range])] ?? numbers.count + 1
        numbers[String(rest[range])] = number
        result += rest[..<range.lowerBound] + "[BADGE_\(number)]"
        rest = rest[range.upperBound...]
      }
      return result + rest
    }
  }

  private static let words = [
    "", " ", "x", "né", "漢字", "😀", "a,b", "\"", "\\", "/", "\t", "\n", "BDG-1024", "BDG-1025",
    "BDG-1777", "BDG-", "1024", "{", "}", "[1]", "&amp;", "''", "\u{1}", "null",
  ]

  private static func text(_ random: inout SplitMix64) -> String {
    (0..<random.below(6)).map { _ in random.one(of: words) + random.one(of: [" ", "; "]) }.joined()
  }

  /// A string as JSON, each character in one of its spellings; badges stand as they are.
  private static func spelled(_ text: String, _ random: inout SplitMix64) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      let isOfBadge =
        scalar.isASCII
        && (scalar.properties.isUppercase || "-0123456789".unicodeScalars.contains(scalar))
      switch random.below(4) {
      case 0 where !isOfBadge: result += escapedString(String(scalar)).dropFirst().dropLast()
      case 1 where scalar == "/": result += "\\/"
      default: result += jsonString(String(scalar)).dropFirst().dropLast()
      }
    }
    // Half a surrogate pair is no character, and stays.
    if random.below(8) == 0 { result += " \\ud83d " }
    return result + "\""
  }

  /// A value of JSON whose strings are spelled at random, with white space between its tokens.
  private static func value(_ depth: Int, _ random: inout SplitMix64) -> String {
    let space = random.one(of: ["", " ", "\n ", "\t"])
    switch random.below(depth > 0 ? 6 : 3) {
    case 0: return random.one(of: ["null", "true", "1", "-0.50e+2", "1784164500.0"])
    case 3, 4:
      let members = (0..<random.below(4)).map {
        "\(space)\"k\($0)\"\(space):\(value(depth - 1, &random))"
      }
      return "{" + members.joined(separator: ",") + space + "}"
    case 5:
      let elements = (0..<random.below(4)).map { _ in space + value(depth - 1, &random) }
      return "[" + elements.joined(separator: ",") + space + "]"
    default: return spelled(text(&random), &random)
    }
  }

  /// Badges stand unescaped on every level, so what has to come out is the input with them replaced
  /// in turn, byte for byte.
  @Test func stringsInStringsAreScrubbedAsPlainReplacingDoes() throws {
    var condition = FieldDefinition(path: "c", use: .embedded, details: FieldDetails())
    condition.details?.conditions = [FieldCondition(path: "kind", values: ["tool"])]
    var bench = try Bench(
      rules: [badgeRule], names: false, policy: PolicyDefinition(name: "p"),
      fields: [
        FieldDefinition(path: "a", use: .embedded), condition,
        FieldDefinition(path: "kind", use: .keep),
      ])
    var random = SplitMix64(seed: 75)
    var changed = 0
    for _ in 0..<600 {
      let once = Self.spelled("{\"q\": \(Self.value(2, &random))}", &random)
      let twice = Self.spelled("{\"t\": \(once), \"u\": [\(Self.value(2, &random))]}", &random)
      let record =
        "{\"a\": \(twice), \"b\": \(Self.value(1, &random)),"
        + "\"c\":\(Self.spelled(Self.value(2, &random), &random)), \"kind\":\"tool\"}"
      var badges = Badges()
      let expected = badges.replaced(record)
      let output = try bench.scrub(record)
      #expect(output == expected)
      #expect(try bench.scrub(output) == output)
      changed += output == record ? 0 : 1
    }
    #expect(changed > 300)
  }

  @Test func rowsAreScrubbedAsPlainReplacingDoes() throws {
    var bench = try Bench(
      rules: [badgeRule], names: false, policy: PolicyDefinition(name: "p"),
      layout: .table(separator: UInt8(ascii: ",")), columns: ["a", "b", "c"])
    var random = SplitMix64(seed: 76)
    for _ in 0..<600 {
      let cells = (0..<random.below(6)).map { _ in
        let text = Self.text(&random)
        let isQuoted = random.below(2) == 0 || text.contains { ",\"\n\r".contains($0) }
        return isQuoted ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
      }
      let row = cells.joined(separator: ",")
      var badges = Badges()
      let output = try bench.scrub(row)
      #expect(output == badges.replaced(row))
      #expect(try bench.scrub(output) == output)
    }
  }

  /// In every example of every format a text that stands twice, by what the format says, ends as
  /// the same bytes.
  @Test func copiesEndAsWhatTheyRepeat() throws {
    let dana = rule("test/dana", type: "DANA", regex: "Dana", prefilter: .literals(["Dana"]))
    var equal: Set<String> = []
    for definition in Project.pack.formats {
      let format = try Format(definition)
      let copies = format.copies
      guard copies.contains(where: { $0 >= 0 }) else { continue }
      var bench = try Bench(rules: [dana], names: false, fields: format.fields)
      let path = "\(Project.root.path)/Patterns/formats/\(format.name).yaml"
      let file = try FormatFile(path: path, name: format.name)
      for example in file.document.examples where example.columns.isEmpty {
        let before = try Self.texts(example.record, format)
        let after = try Self.texts(try bench.scrub(example.record), format)
        #expect(before.map(\.field) == after.map(\.field), "\(format.name)")
        for (first, second) in zip(before, after) {
          for (other, result) in zip(before, after)
          where first.field >= 0 && copies[first.field] >= 0 && other.field != first.field
            && copies[first.field] == copies[max(0, other.field)] && first.text == other.text
          {
            #expect(second.text == result.text, "\(format.name)")
            if second.text != first.text { equal.insert(format.name) }
          }
        }
      }
    }
    let wanted: Set = [
      "claude_export", "chatbot_arena", "hh_rlhf", "prism_conversation", "ultrachat_200k",
    ]
    #expect(equal.isSuperset(of: wanted), "\(equal)")
  }

  private static func texts(_ record: String, _ format: Format) throws -> [(
    field: Int, text: String
  )] {
    let bytes = Array(record.utf8)
    var parser = RecordParser(format: format)
    var map = RecordMap()
    try parser.parse(bytes.span, into: &map)
    return map.values.filter { $0.kind == .string }.map { value in
      var text: [UInt8] = []
      var escapes = EscapeMap()
      decode(value, of: bytes.span, in: map.layers, into: &text, map: &escapes)
      return (Int(value.field), String(decoding: text, as: UTF8.self))
    }
  }
}
