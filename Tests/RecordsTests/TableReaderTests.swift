import Records
import Testing

@Suite struct TableReaderTests {
  private static let format = try! Format(
    FormatDefinition(
      name: "t",
      fields: [
        FieldDefinition(path: "a", use: .text), FieldDefinition(path: "b", use: .keep),
        FieldDefinition(path: "who", use: .role),
      ]))

  private func cells(_ row: String, separator: String = ",") throws -> [String] {
    let record = Array(row.utf8)
    var parser = RecordParser(format: Self.format)
    parser.layout = .table(separator: separator.utf8.first!)
    parser.columns = ["a", "b", "who"].map { Array($0.utf8) }
    var map = RecordMap()
    try parser.parse(record.span, into: &map)
    return map.values.map { value in
      var text: [UInt8] = []
      var escapes = EscapeMap()
      decode(value, of: record.span, in: map.layers, into: &text, map: &escapes)
      return "\(value.field) \(map.role(of: value).name) \(String(decoding: text, as: UTF8.self))"
    }
  }

  @Test func cellsAreTheStringsOfAnObject() throws {
    for (row, expected) in [
      ("x,y,user", ["0 user x"]), (#""x, ""y""",z,bot"#, [#"0 assistant x, "y""#]),
      ("x", ["0 none x"]), ("", ["0 none "]),
      ("x,y,user,z,z", ["0 user x", "-1 user z", "-1 user z"]),
      (#""x" y,"b",tool"#, [#"0 tool "x" y"#]), (#"x "y",b,"#, [#"0 other x "y""#, "2 other "]),
      ("\"two\nlines\",,user", ["0 user two\nlines"]), (#"\n,,user"#, [#"0 user \n"#]),
    ] { #expect(try cells(row) == expected, "\(row)") }
    #expect(try cells("x,1\ty\tuser", separator: "\t") == ["0 user x,1"])
  }

  @Test func whatIsNoTableIsRefused() {
    #expect(throws: RecordError.self) { try cells(#"x,"y"#) }
    #expect(throws: RecordError.self) { try cells(#"x,"y"""#) }
  }

  @Test func columnsAreTheCellsOfARow() {
    let row = Array(#"id,"a ""b""",,c"#.utf8)
    let names = columnNames(row.span, separator: UInt8(ascii: ","))
    #expect(
      names.map { String(decoding: $0, as: UTF8.self) } == ["id", #"a "b""#, "", "c"])
    let object = rowAsObject(
      row.span, separator: UInt8(ascii: ","), columns: ["x", "y"].map { Array($0.utf8) })
    #expect(String(decoding: object, as: UTF8.self) == #"{"x":"id","y":"a \"b\""}"#)
  }
}
