import FoundationEssentials
import Pipeline
import Testing

/// A quarantine line as a reader of the file sees it.
struct QuarantineLine: Decodable, Equatable {
  var input: String
  var record: Int
  var line: Int
  var reason: String
  var raw: String?
  var rawBase64: String?

  private enum CodingKeys: String, CodingKey {
    case input, record, line, reason, raw
    case rawBase64 = "raw_base64"
  }

  /// The record's bytes.
  var bytes: [UInt8] {
    raw.map { Array($0.utf8) } ?? [UInt8](Data(base64Encoded: rawBase64!)!)
  }

  static func all(_ file: [UInt8]) throws -> [QuarantineLine] {
    try file.split(separator: 0x0A).map { line in
      try JSONDecoder().decode(QuarantineLine.self, from: Data(line))
    }
  }
}

struct QuarantineTests {
  private func line(_ bytes: [UInt8], input: String = "in.jsonl") throws -> QuarantineLine {
    var target: [UInt8] = []
    appendQuarantineLine(
      input: input, record: 3, line: 5, reason: "bad-json", bytes: [1, 2] + bytes + [3],
      raw: 2..<2 + bytes.count, into: &target)
    #expect(target.last == 0x0A)
    return try QuarantineLine.all(target)[0]
  }

  @Test func theExactBytesComeBack() throws {
    for byte in UInt8.min...UInt8.max {
      for bytes in [[byte], [97, byte, 98], [byte, byte]] {
        let line = try line(bytes)
        #expect(line.bytes == bytes)
        #expect((line.raw != nil) == (byte < 0x80))
      }
    }
    let text = [UInt8]("{\"a\":\"Zoë 日本 \u{2028} 👩‍👩‍👧\"}\r")
    #expect(try line(text).raw == text.text)
    #expect(try line([]).raw == "")
    #expect(try line([0xED, 0xA0, 0x80]).raw == nil)
  }

  @Test func namesAreEscaped() throws {
    #expect(try line([], input: "a\"b\\c\n.jsonl").input == "a\"b\\c\n.jsonl")
  }

  @Test func base64IsThatOfTheStandard() {
    let cases = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg=="]
    for (text, expected) in cases {
      var target: [UInt8] = []
      let bytes = [UInt8](text)
      appendBase64(bytes.span, into: &target)
      #expect(target.text == expected)
    }
    var target: [UInt8] = []
    let bytes: [UInt8] = [0xFB, 0xFF, 0xFE]
    appendBase64(bytes.span, into: &target)
    #expect(target.text == "+//+")
  }
}
