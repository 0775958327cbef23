import Testing

@testable import Unify

@Suite struct PythonLiteralTests {
  // What Python 3.11 prints for lists and dictionaries.
  @Test(arguments: [
    (#"['I am Dana', "it's"]"#, #"["I am Dana", "it's"]"#),
    (#"['both \' and "']"#, #"["both ' and \""]"#),
    (#"['a\nb\tc\\d\r']"#, #"["a\nb\tc\\d\r"]"#),
    (#"['\x00\x7f\u200b\U0001f600é']"#, "[\"\\u0000\u{7f}\u{200b}😀é\"]"),
    (
      #"{'age': 27, 'x': None, 'ok': True, 'no': False, 'f': 1.5}"#,
      #"{"age": 27, "x": null, "ok": true, "no": false, "f": 1.5}"#
    ),
    (#"['None', 'True story']"#, #"["None", "True story"]"#),
    ("[]", "[]"), (#"['\ud83d']"#, "[\"\u{FFFD}\"]"),
  ])
  func whatPythonPrintsIsJSON(_ printed: String, _ json: String) {
    #expect(pythonAsJSON(bytes(printed)).map { text($0) } == json)
  }

  @Test(arguments: ["['open", #"['\q']"#, #"['\u12']"#, #"['\"#, "'"])
  func whatPythonDoesNotPrintIsNone(_ text: String) {
    #expect(pythonAsJSON(bytes(text)) == nil)
  }
}
