import Records
import Testing

@Suite struct CollectionPathTests {
  @Test func pathsAreReadStepByStep() throws {
    let path = try CollectionPath(parsing: #"a."b.c\""[].*[-2][t=x y].@json"#)
    #expect(
      path.steps == [
        .key(Array("a".utf8)), .key(Array("b.c\"".utf8)), .anyElement, .anyKey, .index(-2),
        .elements(key: Array("t".utf8), is: Array("x y".utf8)), .embedded,
      ])
    #expect(try CollectionPath(parsing: "").steps.isEmpty)
    #expect(try CollectionPath(parsing: "[0][1]").steps == [.index(0), .index(1)])
  }

  @Test(arguments: [
    ("a..b", 2), ("a.", 2), (".a", 0), ("a[", 2), ("a[x]", 2), ("a[=x]", 4), ("a[k=]", 4),
    ("@jso", 0), (#""a"#, 2), ("a b", 1), ("a[99999999999]", 2), ("a:string", 1),
  ])
  func whatIsNoPathIsRefusedAtItsPlace(_ path: String, _ offset: Int) {
    do {
      _ = try CollectionPath(parsing: path)
      Issue.record("\(path) was read")
    } catch {
      guard case .badPath(path, offset: let found) = error else {
        Issue.record("\(path): \(error)")
        return
      }
      #expect(found == offset, "\(path)")
    }
  }
}
