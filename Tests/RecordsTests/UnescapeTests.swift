import Records
import Testing

@Suite struct UnescapeTests {
  @Test func textAndWayBackAgreeWithTheOracle() throws {
    var generator = JSONGenerator(seed: 17)
    var arena: [UInt8] = []
    var map = EscapeMap()
    for round in 0..<4_000 {
      let parts = (0..<generator.random.below(5)).map { _ in
        generator.strings[generator.random.below(generator.strings.count)]
      }
      let raw = generator.string(parts.joined())
      guard case .string(let expected, let range)? = oracleParse(raw) else {
        Issue.record("the generator wrote no string")
        return
      }
      let segment = unescape(raw.span, range, into: &arena, map: &map)
      #expect(Array(arena[segment.text]) == expected)
      expectWayBack(raw, range, expected, segment, map)
      // One arena serves the many texts of a record.
      if round % 7 == 0 {
        arena.removeAll()
        map.removeAll()
      }
    }
  }

  @Test func loneSurrogatesBecomeReplacementCharacters() {
    #expect(text(#"\ud800"#) == "\u{FFFD}")
    #expect(text(#"\udc00\ud800"#) == "\u{FFFD}\u{FFFD}")
    #expect(text(#"\ud83ex\udd89"#) == "\u{FFFD}x\u{FFFD}")
    #expect(text(#"\ud83e\ud83e\udd89"#) == "\u{FFFD}🦉")
    #expect(text(#"\ud83e\n"#) == "\u{FFFD}\n")
    #expect(text(#"\ud83e\\udd89"#) == "\u{FFFD}\\udd89")
  }

  @Test func anEmptyStringHasAWayBack() {
    var arena: [UInt8] = [1, 2]
    var map = EscapeMap()
    let segment = unescape([0x22, 0x22].span, 1..<1, into: &arena, map: &map)
    #expect(segment.text == 2..<2)
    #expect(map.rawOffset(ofDecoded: 0, in: segment) == 1)
  }

  private func text(_ raw: String) -> String {
    var arena: [UInt8] = []
    var map = EscapeMap()
    let bytes = Array(raw.utf8)
    unescape(bytes.span, 0..<bytes.count, into: &arena, map: &map)
    return String(decoding: arena, as: UTF8.self)
  }

  /// Between the raw places of two neighbouring boundaries stands exactly one character.
  private func expectWayBack(
    _ raw: [UInt8], _ range: Range<Int>, _ expected: [UInt8], _ segment: EscapeMap.Segment,
    _ map: EscapeMap
  ) {
    var offset = 0
    var place = range.lowerBound
    #expect(map.rawOffset(ofDecoded: 0, in: segment) == place)
    for scalar in String(decoding: expected, as: UTF8.self).unicodeScalars {
      offset += UTF8.width(scalar)
      let next = map.rawOffset(ofDecoded: offset, in: segment)
      let piece = [0x22] + raw[place..<next] + [0x22]
      guard case .string(let decoded, _)? = oracleParse(piece) else {
        Issue.record("the raw range cuts a character")
        return
      }
      #expect(decoded == Array(String(scalar).utf8))
      place = next
    }
    #expect(place == range.upperBound)
  }
}
