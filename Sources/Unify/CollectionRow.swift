internal import Crypto
internal import Pipeline

/// One row of the collection: all its columns, as text.
package struct CollectionRow: Sendable {
  /// One message.
  package struct Turn: Sendable, Equatable {
    package var isUser: Bool
    package var text: [UInt8]
  }

  package var id: [UInt8] = []
  package var turns: [Turn] = []
  package var model: [UInt8] = []
  package var user: [UInt8] = []
  package var timestamp: [UInt8] = []
  package var source: [UInt8] = []
  package var location: [UInt8] = []
  package var age: [UInt8] = []
  package var gender: [UInt8] = []
  package var rate: [UInt8] = []
  package var language: [UInt8] = []
  package var redacted: [UInt8] = []
  package var toxic: [UInt8] = []
  package var title: [UInt8] = []
  package var customInstruction: [UInt8] = []
  package var status: [UInt8] = []

  /// What user the record named, as a hash; 0 when it named none.
  var userHash: UInt64 = 0
  /// When the record was made, to compare with others.
  var order = Int64.min
  /// Whether a text of it was put together from several of the record's.
  var isJoined = false
  /// Whether its id is made of its content.
  private(set) var hasMadeID = false

  package init() {}

  /// Appends the row as a line of JSON, spelled as Python's `json.dumps` does without escaping
  /// what is not ASCII.
  package func append(to line: inout [UInt8]) {
    func member(_ key: String, _ value: [UInt8], _ end: String) {
      line += "\"\(key)\": \"".utf8
      appendJSONEscaped(value.span, into: &line)
      line += "\"\(end)".utf8
    }
    line += "{".utf8
    member("conversation_id", id, ", ")
    line += "\"conversation\": [".utf8
    for (index, turn) in turns.enumerated() {
      line += (index > 0 ? ", {" : "{").utf8
      member("content", turn.text, ", ")
      member("role", Array((turn.isUser ? "user" : "assistant").utf8), "}")
    }
    line += "], ".utf8
    member("model_name", model, ", ")
    member("user_id", user, ", ")
    member("timestamp", timestamp, ", ")
    member("source", source, ", ")
    line += "\"user_metadata\": {".utf8
    member("location", location, ", ")
    member("age", age, ", ")
    member("gender", gender, "}, ")
    line += "\"conversation_metadata\": {".utf8
    member("rate", rate, ", ")
    member("language", language, ", ")
    member("redacted", redacted, ", ")
    member("toxic", toxic, ", ")
    member("title", title, ", ")
    member("custom_instruction", customInstruction, ", ")
    member("status", status, "}}\n")
  }

  /// Makes the id of the content, for records that have none.
  mutating func makeID() {
    hasMadeID = true
    id = contentHash.digits
  }

  /// A hash of source and turns.
  var contentHash: Hash128 {
    var hash = SHA256()
    update(&hash, with: source)
    for turn in turns {
      update(&hash, with: [turn.isUser ? 1 : 2])
      update(&hash, with: turn.text)
    }
    return Hash128(Array(hash.finalize()))
  }

  /// What rows of one conversation have in common: a hash of source and id.
  var key: Hash128 {
    var hash = SHA256()
    update(&hash, with: source)
    update(&hash, with: id)
    return Hash128(Array(hash.finalize()))
  }

  private func update(_ hash: inout SHA256, with part: [UInt8]) {
    hash.update(data: Array("\(part.count):".utf8))
    hash.update(data: part)
  }
}

/// The first half of a SHA-256.
package struct Hash128: Hashable, Comparable, Codable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(_ digest: [UInt8]) {
    high = digest[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
    low = digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  /// 32 hexadecimal digits.
  var digits: [UInt8] {
    [high, low].flatMap { word in
      stride(from: 60, through: 0, by: -4).map { shift in
        let nibble = UInt8(truncatingIfNeeded: word >> UInt64(shift)) & 15
        return nibble < 10 ? nibble + 48 : nibble + 87
      }
    }
  }
}
