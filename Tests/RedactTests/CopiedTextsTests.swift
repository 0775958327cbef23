import Testing

@testable import Redact

@Suite struct CopiedTextsTests {
  @Test func theFirstOfEqualTextsInAClassIsTheOneThatCounts() {
    let arena = Array("abcabcabdabc".utf8)
    var copies = CopiedTexts()
    #expect(copies.earlier(than: 0, at: 0..<3, copies: 1, in: arena) == nil)
    #expect(copies.earlier(than: 1, at: 3..<6, copies: 1, in: arena) == 0)
    #expect(copies.earlier(than: 2, at: 6..<9, copies: 1, in: arena) == nil)
    // Another class knows nothing of it.
    #expect(copies.earlier(than: 3, at: 9..<12, copies: 2, in: arena) == nil)
    #expect(copies.earlier(than: 4, at: 9..<12, copies: 1, in: arena) == 0)
    #expect(copies.earlier(than: 5, at: 4..<4, copies: 1, in: arena) == nil)
    #expect(copies.earlier(than: 6, at: 9..<9, copies: 1, in: arena) == 5)
    copies.removeAll()
    #expect(copies.earlier(than: 7, at: 3..<6, copies: 1, in: arena) == nil)
  }
}
