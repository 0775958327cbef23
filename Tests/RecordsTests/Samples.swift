import Records

/// Invented records and formats shared by the suites.
enum Samples {
  /// No field: every string is unknown.
  static let plainFormat = try! Format(FormatDefinition(name: "plain", fields: []))

  static let all: [[UInt8]] = [
    #"{"id":7,"conversation": [{"role":"user","content": "Grüße \"Dana\"\n\u00e9\ud83e\udd89"}]}"#,
    #" [ {"from":"human","value":"Ping 192.0.2.7 — ok?"}, -1.5e+3 , [true,false,null], "" ]  "#,
    #"{"a":{"b":[[],{},[{"c":"\\\/\b\f\t"}]],"":0.10E-2}}"#,
    "{\"text\":\"a string longer than sixteen bytes and then thirty-two\\n漢字🦉\",\"x\":null}\r\n",
  ].map { Array($0.utf8) }
}
