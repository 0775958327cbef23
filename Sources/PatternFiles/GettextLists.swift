internal import Names
internal import Text

/// A compiled catalogue of gettext (`.mo`), such as libgeonames has for each language: what stands
/// for a place, and its name. Layout: GNU gettext manual, "The Format of GNU MO Files".
struct GettextReader {
  private let bytes: [UInt8]
  private let isBigEndian: Bool

  /// - Returns: `nil` when the bytes do not begin as a catalogue does.
  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0xDE, 0x12, 0x04, 0x95]) {
      isBigEndian = false
    } else if bytes.starts(with: [0x95, 0x04, 0x12, 0xDE]) {
      isBigEndian = true
    } else {
      return nil
    }
    self.bytes = bytes
  }

  private func number(_ offset: Int) -> Int? {
    guard offset >= 0, offset + 4 <= bytes.count else { return nil }
    let four = Array(bytes[offset..<offset + 4])
    return (isBigEndian ? four : four.reversed()).reduce(0) { $0 << 8 | Int($1) }
  }

  /// The text a table says at one of its places, without the forms of the plural.
  private func text(_ table: Int, _ index: Int) -> ArraySlice<UInt8>? {
    guard let length = number(table + index * 8), let start = number(table + index * 8 + 4),
      start + length <= bytes.count
    else { return nil }
    // What is longer is no name, and the charset stands near the beginning of its header.
    return bytes[start..<start + min(length, 4096)].prefix { $0 != 0 }
  }

  /// Appends messages and translations.
  ///
  /// - Returns: how many messages could not be read; `nil` when the catalogue is cut short.
  /// - Complexity: O(bytes).
  func read(_ classes: WordClasses, into sink: inout ListSink) -> Int? {
    guard let count = number(8), let sources = number(12), let targets = number(16),
      count <= bytes.count / 16, sources + count * 8 <= bytes.count,
      targets + count * 8 <= bytes.count
    else { return nil }
    var unread = 0
    var charset = "UTF-8"
    for index in 0..<count {
      guard let source = text(sources, index), let target = text(targets, index) else { return nil }
      if source.isEmpty {
        charset = Self.charset(target) ?? charset
        continue
      }
      // A context stands before the message.
      let context = source.lastIndex(of: 4)
      for name in [context.map { source[($0 + 1)...] } ?? source, target] {
        // No name is longer, and messages of a hostile file may all be the same long one.
        if name.count > 320 {
          unread += 1
          continue
        }
        if name.isNumeric || name.isEmpty { continue }
        if charset == "UTF-8" {
          if firstInvalidUTF8(in: Array(name).span) == nil {
            sink.add(name, classes, bucket: 2)
          } else {
            unread += 1
          }
        } else if let text = utf8(Array(name), from: charset) {
          sink.add(text[...], classes, bucket: 2)
        } else {
          unread += 1
        }
      }
    }
    return unread
  }

  private static func charset(_ header: ArraySlice<UInt8>) -> String? {
    let lines = header.split(separator: 10).map(\.string)
    guard let line = lines.first(where: { $0.contains("charset=") }) else { return nil }
    return line.split(separator: "=").last.map { $0.uppercased() }
  }
}
