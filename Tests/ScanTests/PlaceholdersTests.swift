import Rules
import Scan
import TestSupport
import Testing

@Suite struct PlaceholdersTests {
  /// What is taken for a placeholder in a text.
  private func placeholders(_ text: String) throws -> [String] {
    let scanner = Scan.Scanner(ruleset: try Ruleset([], tables: noTables), names: nil)
    let bytes = Array(text.utf8)
    return try findings(in: text, scanner).map { finding in
      #expect(finding.entityType == scanner.placeholder)
      return String(decoding: bytes[finding.range], as: UTF8.self)
    }
  }

  @Test func ourOwnAreFound() throws {
    for text in [
      "[PERSON_1]", "[US_SSN_12]", "[SECRET_AWS_999999]", "[IPV4_2]", "[PERSON:a123456789abcdef]",
    ] {
      #expect(try placeholders(text) == [text])
      #expect(try placeholders("a" + text + text + "é") == [text, text])
    }
  }

  @Test func thoseOfEarlierToolsAreFound() throws {
    let known = [
      "<PRESIDIO_ANONYMIZED_PERSON>", "<PRESIDIO_ANONYMIZED_EMAIL_ADDRESS>", "<anonymized>",
      "<redacted>", "[REDACTED]", "[REDACTED_NAME]", "[REMOVED]", "NAME_1", "NAME_23",
      "<TRUFFLEHOG_REDACTED_AWS>",
    ]
    for text in known {
      #expect(try placeholders("to \(text), from \(text)") == [text, text], "\(text)")
      #expect(try placeholders(text) == [text], "\(text)")
    }
  }

  @Test func whatOnlyLooksLikeOneIsNot() throws {
    let texts = [
      "[1]", "[PERSON]", "[PERSON_]", "[_1]", "[person_1]", "[PERSON_1", "PERSON_1]", "[P 1]",
      "[PERSON_1x]", "[PERSON:0123]", "[PERSON:0123456g]", "MY_NAME_1", "NAME_1x", "NAME_",
      "name_1", "USERNAME_1", "<PRESIDIO_ANONYMIZED_PERSON", "[REDACTED", "array[I_1 + 2]", "[",
      "[]", "[REDACTED\n]",
      // What could hide something: numbers, names, more than a label.
      "[PERSON:0123456789abcdef]", "[PERSON:a123456789abcdef0]", "[A_4155550132]",
      "[A4155550132_1]",
      "[REDACTED 4155550132]", "[REDACTED Sarah]", "[REDACTED-415]",
    ]
    for text in texts { #expect(try placeholders(text) == [], "\(text)") }
  }

  @Test func aPlaceholderIsTakenApart() {
    let table: [(String, String?, Int)] = [
      ("[PERSON_1]", "PERSON", 1), ("[US_SSN_12]", "US_SSN", 12), ("[A_000]", "A", 0),
      ("[PERSON:0123456789abcdef]", nil, 0), ("<redacted>", nil, 0), ("NAME_1", nil, 0),
      ("[PERSON_1234567890]", nil, 0), ("", nil, 0), ("[_1]", nil, 0),
    ]
    for (text, label, number) in table {
      let parsed = Placeholders.parse(Array(text.utf8))
      #expect(parsed?.label == label, "\(text)")
      #expect(parsed?.number ?? 0 == number, "\(text)")
    }
  }
}
