import Testing

/// That the tidy tests can fail: their tools are given what they must find.
@Suite struct TidyToolTests {
  private func file(_ source: String) -> SourceFile {
    SourceFile(path: "Sources/X/Y.swift", bytes: Array(source.utf8))
  }

  @Test func commentsAndStringsAreBlanked() {
    let source = """
      let a = "print(\\(b + "{")) unsafe" // unsafe
      /* { /* unsafe */ } */ let c = #"\\("{"#
      let d = #/ [{"] unsafe /#; if c { e() }
      """
    let code = file(source).code
    #expect(code.count == 3)
    #expect(code.allSatisfy { !$0.contains("unsafe") && !$0.contains("print") })
    #expect(code[0].contains("b +"), "an interpolation is code")
    #expect(code[1].hasSuffix(#"let c ="#) || code[1].contains("let c = "))
    #expect(code[2].contains("if c { e() }"))
    #expect(!code[0].contains("{") && !code[1].contains("{"))
  }

  @Test func longStringsAreBlanked() {
    let quotes = "\"\"\""
    let code = file("let a = \(quotes)\n  { unsafe \"x\"\n  \(quotes)\nlet b = 1\n").code
    #expect(code[1].allSatisfy { $0 == " " })
    #expect(code[3] == "let b = 1")
  }

  @Test func functionsAreFoundWithTheirLength() {
    let source = """
      protocol P {
        func requirement() -> Int
        init(_ x: Int)
      }
      struct S {
        init(
          _ f: () -> Int = { 1 }
        ) {
          self.init()
        }
        func g() { if true { h() } }
        subscript(_ x: Int) -> Int {
          x
        }
      }
      """
    let functions = FunctionFinder().functions(in: file(source).code)
    #expect(functions.map(\.line) == [6, 11, 12])
    #expect(functions.map(\.lineCount) == [5, 1, 3])
  }

  @Test func importsAreFoundWhateverStandsBefore() {
    let source = """
      import A
      @testable import B
      @_spi(X) package import C
        internal import struct D.E
      // import F
      let important = 1
      """
    #expect(importedModules(in: file(source)).map(\.module) == ["A", "B", "C", "D"])
    #expect(importedModules(in: file(source)).map(\.line) == [1, 2, 3, 4])
  }
}
