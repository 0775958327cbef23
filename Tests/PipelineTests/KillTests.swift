import Glibc
import Pipeline
import Testing

/// Runs `copyrecords`, which is built beside the tests, as a process of its own.
private struct CopyProcess {
  let id: pid_t

  init?(_ arguments: [String]) {
    guard let bundle = CommandLine.arguments.first(where: { $0.hasSuffix(".xctest") }),
      let slash = bundle.lastIndex(of: "/")
    else { return nil }
    let path = bundle[...slash] + "copyrecords"
    guard unsafe access(String(path), X_OK) == 0 else { return nil }
    var id: pid_t = 0
    var words: [UnsafeMutablePointer<CChar>?] =
      unsafe ([String(path)] + arguments).map { unsafe strdup($0) } + [nil]
    defer {
      for index in unsafe words.indices { unsafe free(words[index]) }
    }
    // What it prints is of no use here.
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    let status = unsafe posix_spawn(&id, String(path), &actions, nil, &words, environ)
    unsafe posix_spawn_file_actions_destroy(&actions)
    guard status == 0 else { return nil }
    self.id = id
  }

  /// Waits for its end; true when it ended by itself and well.
  func wait() -> Bool {
    var status: Int32 = 0
    while unsafe waitpid(id, &status, 0) < 0, errno == EINTR {}
    return status == 0
  }
}

struct KillTests {
  @Test func aKilledRunThatIsResumedWritesTheSameBytes() throws {
    var random = SplitMix64(seed: 5)
    let lines = sampleLines(2000, seed: 5)
    let array = [UInt8](
      "[\n" + lines.text.split(whereSeparator: \.isNewline).joined(separator: ",\n") + "]")
    for (name, bytes) in [("a.jsonl", lines), ("a.json.gz", packed([array, [0x20]], .gzip))] {
      for suffix in ["", ".gz", ".zst"] {
        let directory = TemporaryDirectory()
        write(bytes, to: directory(name))
        let common = [
          directory(name), "--batch-bytes", "2000", "--workers", "2", "--drop-every", "9",
        ]
        let whole = ["--output", directory("whole\(suffix)")]
        guard let first = CopyProcess(common + whole) else { return }
        #expect(first.wait())
        let output = directory("out\(suffix)")
        let resumed = ["--output", output, "--checkpoint-milliseconds", "1", "--resume"]
        var kills = 0
        while contents(output) == nil, kills < 500 {
          guard let process = CopyProcess(common + resumed) else { return }
          // Some of the time goes into starting, so some processes are hit before they begin.
          usleep(UInt32.random(in: 3_000...40_000, using: &random))
          kill(process.id, SIGKILL)
          kills += process.wait() ? 0 : 1
        }
        #expect(kills < 500)
        #expect(contents(output) == contents(directory("whole\(suffix)")))
        let quarantine = contents(directory("out\(suffix).quarantine"))
        #expect(quarantine == contents(directory("whole\(suffix).quarantine")))
      }
    }
  }
}
