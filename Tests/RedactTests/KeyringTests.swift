import Redact
import Testing

@Suite struct KeyringTests {
  private let keys = Keyring(secret: Array("a key that opens no door".utf8))
  private let others = Keyring(secret: Array("a key that opens no gate".utf8))

  private func pseudonym(_ value: String, _ name: String = "user_id") -> String {
    String(decoding: keys.pseudonym(of: Array(value.utf8), name: name), as: UTF8.self)
  }

  @Test func aPseudonymIsTheSameForTheSameKeyFieldAndValue() {
    #expect(pseudonym("kestrel") == pseudonym("kestrel"))
    #expect(pseudonym("kestrel") != pseudonym("kestrel", "ip"))
    #expect(pseudonym("kestrel") != pseudonym("osprey"))
    #expect(
      others.pseudonym(of: Array("kestrel".utf8), name: "user_id")
        != keys.pseudonym(of: Array("kestrel".utf8), name: "user_id"))
    // Where a name ends and a value begins makes a difference.
    #expect(pseudonym("bc", "a") != pseudonym("c", "ab"))
  }

  @Test func aPseudonymHasItsShapeAndIsRecognised() throws {
    for value in ["", "a", "kestrel", String(repeating: "x", count: 10_000)] {
      let pseudonym = pseudonym(value)
      #expect(try /cs-[0-9a-f]{24}/.wholeMatch(in: pseudonym) != nil)
      #expect(keys.isPseudonym(Array(pseudonym.utf8)))
      #expect(!others.isPseudonym(Array(pseudonym.utf8)))
    }
  }

  @Test func whatOnlyLooksLikeAPseudonymIsNone() {
    let good = Array(pseudonym("kestrel").utf8)
    for index in good.indices {
      var changed = good
      changed[index] = changed[index] == 48 ? 49 : 48
      #expect(!keys.isPseudonym(changed))
    }
    #expect(!keys.isPseudonym(Array(good.dropLast())))
    #expect(!keys.isPseudonym([]))
  }

  @Test func aNewlineAtTheEndOfTheFileIsNoPartOfTheKey() {
    for ending in ["\n", "\r\n", "\n\n"] {
      #expect(Keyring(secret: Array(("a key that opens no door" + ending).utf8)).id == keys.id)
    }
    #expect(keys.id != others.id)
    #expect(keys.id.count == 8)
  }

  @Test func fingerprintsTellTypesApart() {
    let value = Array("kestrel".utf8)
    #expect(keys.fingerprint(of: value, type: "A") == keys.fingerprint(of: value, type: "A"))
    #expect(keys.fingerprint(of: value, type: "A") != keys.fingerprint(of: value, type: "B"))
    #expect(keys.fingerprint(of: value, type: "A") != others.fingerprint(of: value, type: "A"))
    #expect(keys.fingerprint(of: value, type: "A").count == 16)
  }
}
