import Testing
import Text

@Suite struct TranscodingTests {
  @Test func bytesBecomeUTF8() {
    #expect(utf8([0x5A, 0xF6], from: "ISO-8859-1") == Array("Zö".utf8))
    #expect(utf8([0xC5, 0xC4], from: "EUC-JP") == Array("田".utf8))
    #expect(utf8([], from: "EUC-JP") == [])
    // A character that is cut off.
    #expect(utf8([0xC5], from: "EUC-JP") == Array("\u{FFFD}".utf8))
    #expect(utf8([0x41], from: "no-such-set") == nil)
  }

  @Test func countriesAreNamedInManyLanguages() {
    var names: Set<[UInt8]> = []
    DisplayName.region.visitNames { names.insert($0) }
    #expect(names.contains(Array("Frankreich".utf8)) && names.contains(Array("日本".utf8)))
    #expect(!names.contains(Array("FR".utf8)))
  }
}
