import Glibc
import Pipeline
import Testing

struct OutputFileTests {
  private func mode(_ path: String) -> mode_t {
    var status = stat()
    _ = unsafe stat(path, &status)
    return status.st_mode & 0o777
  }

  @Test func theNameAppearsAtTheEnd() throws {
    let directory = TemporaryDirectory()
    let path = directory("out")
    var file = try OutputFile(.file(path), isHashed: true)
    let bytes = [UInt8]("abc")
    try file.write(bytes.span)
    #expect(contents(path) == nil)
    #expect(contents(path + ".partial") == bytes)
    #expect(mode(path + ".partial") == 0o644)
    let summary = try file.finish()
    #expect(summary.sha256 == sha256(bytes))
    #expect(summary.bytes == 3)
    #expect(contents(path) == bytes)
    #expect(contents(path + ".partial") == nil)
  }

  @Test func whatIsLetGoOfIsRemovedUnlessItCanBeResumed() throws {
    for isResumable in [false, true] {
      let directory = TemporaryDirectory()
      do {
        var file = try OutputFile(.file(directory("out")), isResumable: isResumable)
        let bytes = [UInt8]("abc")
        try file.write(bytes.span)
      }
      #expect(contents(directory("out")) == nil)
      #expect((contents(directory("out.partial")) != nil) == isResumable)
    }
  }

  @Test func secretFilesAreTheOwnersEvenIfTheyWereThereBefore() throws {
    let directory = TemporaryDirectory()
    write([1], to: directory("out.partial"))
    write([1], to: directory("out"))
    _ = unsafe chmod(directory("out"), 0o666)
    let file = try OutputFile(.file(directory("out")), access: .secret)
    #expect(mode(directory("out.partial")) == 0o600)
    _ = try file.finish()
    #expect(mode(directory("out")) == 0o600)
  }

  @Test func aKeptBeginningIsHashed() throws {
    let directory = TemporaryDirectory()
    write([UInt8]("abcdef"), to: directory("out.partial"))
    var file = try OutputFile(
      resuming: .file(directory("out")), keeping: 3, isHashed: true)
    let bytes = [UInt8]("XY")
    try file.write(bytes.span)
    #expect(try file.finish().sha256 == sha256([UInt8]("abcXY")))
    #expect(contents(directory("out"))?.text == "abcXY")
  }

  @Test func directoriesThatAreNotThereAreNamed() {
    #expect(throws: IOFailure.output(path: "/nonexistent/out", code: ENOENT)) {
      _ = try OutputFile(.file("/nonexistent/out"))
    }
  }

  @Test func devicesAreWrittenToDirectly() throws {
    var file = try OutputFile(.file("/dev/null"))
    let bytes = [UInt8]("abc")
    try file.write(bytes.span)
    #expect(contents("/dev/null.partial") == nil)
    #expect(try file.finish().bytes == 3)
  }
}
