import Rules
import TestSupport
import Testing

@Suite struct SlicesTests {
  private func read(_ texts: [String], _ value: String) -> String? {
    Slices(texts)?.read(Array(value.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func slicesAreThoseOfPython() {
    #expect(read([":"], "ABCDEF") == "ABCDEF")
    #expect(read(["0:3"], "ABCDEF") == "ABC")
    #expect(read([":-1"], "ABCDEF") == "ABCDE")
    #expect(read(["-4:-2"], "ABCDEF") == "CD")
    #expect(read(["2:"], "ABCDEF") == "CDEF")
    #expect(read(["4:99"], "ABCDEF") == "EF")
    #expect(read(["5:2"], "ABCDEF") == "")
    #expect(read(["-99:2"], "ABCDEF") == "AB")
    #expect(read(["-1"], "ABCDEF") == "F")
    #expect(read(["0:2", "=19", "5"], "ABCDEF") == "AB19F")
    #expect(read(["#0", "#-1"], "AxZ") == "0126")
  }

  @Test func aCharacterThatIsNotThereIsNothing() {
    #expect(read(["6"], "ABCDEF") == nil)
    #expect(read(["-7"], "ABCDEF") == nil)
    #expect(read(["#0"], "9") == nil)
    #expect(read(["#0"], "") == nil)
  }

  @Test func textsThatAreNoSlicesAreRefused() {
    for text in ["", "a", "1:b", "x:1", "#", "#A", "1:2:3", "1.5"] {
      #expect(Slices([text]) == nil, "\(text)")
    }
    #expect(Slices([]) == nil)
  }

  @Test func anAlphabetCountsPlaces() {
    #expect(Alphabet("XYZ").number(UInt8(ascii: "Z")) == 2)
    #expect(Alphabet("XYZ").number(UInt8(ascii: "A")) == nil)
    #expect(Alphabet([(UInt8(ascii: "V"), 4)]).number(UInt8(ascii: "V")) == 4)
    #expect(Alphabet("AÑB").number(0xD1) == 1)
    #expect(Alphabet.base36.count == 36)
  }
}
