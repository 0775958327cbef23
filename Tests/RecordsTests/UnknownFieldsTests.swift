import Records
import Testing

@Suite struct UnknownFieldsTests {
  @Test(arguments: ["content", "user-agent", "_x", "v1", "k123", "Feedback", "facade_", "dead_be"])
  func fieldNamesAreShown(_ key: String) { #expect(shown(key) == key) }

  @Test(arguments: [
    "", "dana@example.org", "Dana Levi", "+12025550123", "k1234", "u1_2_3_4", "deadbeef",
    "dead-beef", "ABCDEF_abcdef", "Größe", "1st", "a.b", "-x", "x\\u0041",
    "a_key_that_is_longer_than_forty_bytes_is_x",
  ])
  func keysThatMayBeInputAreNot(_ key: String) { #expect(shown(key) == "*") }

  private func shown(_ key: String) -> String {
    let record = Array("{\"\(key)\":\"\"}".utf8)
    return renderPaths(of: record.span, at: [record.count - 2], generalised: true)[0]
  }
}
