import Rules
import TestSupport
import Testing

@Suite struct SecretChecksTests {
  private func share(_ text: String) -> Double { SecretChecks.readableShare(Array(text.utf8)) }

  @Test(arguments: [
    "get_client_id_from_env", "process.env.SECRET_TOKEN", "usernameLabel", "MyCompanyName2020",
    "K8sClusterToken2", "credentials-provider", "HTTPServerName", "open_sesame",
  ])
  func namesInCodeReadAsWords(_ name: String) {
    #expect(share(name) > 0.6, "\(name): \(share(name))")
  }

  @Test func onlyLettersInCommonPairsAreReadable() {
    #expect(share("") == 0 && share("--__") == 0 && share("0123456789") == 0)
    #expect(share("ab12cd34") == 0, "runs of two letters are no words")
    #expect(share("token123") == 5.0 / 8)
    #expect(share("xqzvkw") == 0)
    #expect(share("abcde") == 0 && share("first") == 1, "the alphabet is no word")
    #expect(share("tokenXqzvkw") == 5.0 / 11, "a capital begins another word")
    #expect(share("HTTPServer") == share("http_server"), "the last capital belongs to the next")
  }

  /// Base 62, base 36 and hexadecimal strings hardly ever read as words.
  @Test func randomStringsAreUnreadable() {
    var random = SplitMix64(seed: 20)
    for alphabet in [
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "0123456789abcdef",
      "abcdefghijklmnopqrstuvwxyz0123456789",
    ] {
      let letters = Array(alphabet.utf8)
      var readable = 0
      for _ in 0..<1000 {
        let value = (0..<32).map { _ in letters[Int(random.next() % UInt64(letters.count))] }
        if SecretChecks.readableShare(value) > 0.4 { readable += 1 }
      }
      #expect(readable < 30, "\(alphabet): \(readable) of 1000")
    }
  }

  @Test func partsAreFoundInAnyCaseAndPlace() {
    let words = ["example", "xxxx"].map { Array($0.utf8) }
    for text in ["EXAMPLE", "myExampleKey", "0xXxX1", "keyexample"] {
      #expect(SecretChecks.holds(Array(text.utf8), anyOf: words), "\(text)")
    }
    for text in ["", "exampl", "xxx-x", "e.xample"] {
      #expect(!SecretChecks.holds(Array(text.utf8), anyOf: words), "\(text)")
    }
    #expect(!SecretChecks.holds(Array("a".utf8), anyOf: [[]]))
  }
}
