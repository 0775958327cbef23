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

  @Test func linksAreFollowedAndStay() throws {
    let directory = TemporaryDirectory()
    _ = unsafe mkdir(directory("data"), 0o755)
    _ = unsafe symlink("data/new", directory("near"))
    _ = unsafe symlink(directory("near"), directory("far"))
    for (name, bytes) in [("far", [UInt8]("one")), ("near", [UInt8]("two"))] {
      var file = try OutputFile(.file(directory(name)))
      try file.write(bytes.span)
      #expect(contents(directory("data/new.partial")) == bytes)
      let summary = try file.finish()
      #expect(summary.name == directory(name))
      #expect(contents(directory("data/new")) == bytes)
      #expect(OutputTarget(directory(name)) == .file("\(directory.path)/data/new"))
      #expect(OutputLocation.file(directory(name)).isRegular)
    }
    let closed = try OutputFile(.file(directory("far"))).close()
    #expect(contents(directory("data/new"))?.text == "two")
    try closed.publish()
    #expect(contents(directory("data/new")) == [])
  }

  @Test func linksThatLeadNowhereAreRefused() throws {
    let directory = TemporaryDirectory()
    _ = unsafe symlink("loop", directory("loop"))
    #expect(throws: IOFailure.output(path: directory("loop"), code: ELOOP)) {
      _ = try OutputFile(.file(directory("loop")))
    }
  }

  @Test func descriptorsAreWrittenToWhereTheyStand() throws {
    let directory = TemporaryDirectory()
    let number = unsafe open(directory("file"), O_CREAT | O_RDWR, 0o644)
    defer { close(number) }
    let before = [UInt8]("before ")
    _ = unsafe Glibc.write(number, before, before.count)
    _ = unsafe symlink("/proc/self/fd/\(number)", directory("link"))
    for name in ["/dev/fd/\(number)", directory("link")] {
      #expect(OutputTarget(name) == .descriptor(number))
      #expect(!OutputLocation.file(name).isRegular)
      var file = try OutputFile(.file(name))
      let bytes = [UInt8]("here ")
      try file.write(bytes.span)
      _ = try file.finish()
    }
    #expect(contents(directory("file"))?.text == "before here here ")
    #expect(OutputTarget("/proc/1/fd/1") == .stream("/proc/1/fd/1"))
    #expect(OutputTarget("/dev/null") == .stream("/dev/null"))
  }
}
