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
  /// Lines of conversations of one to nine messages, in a row.
  private static func conversations(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix64(seed: seed)
    var text = ""
    for number in 0..<count {
      for message in 0...Int.random(in: 0...8, using: &random) {
        let words = String(repeating: "word ", count: Int.random(in: 0...20, using: &random))
        text += "{\"n\":\(message),\"c\":\"c\(number)\",\"text\":\"\(words)\"}\n"
      }
    }
    return [UInt8](text)
  }

  /// What becomes of a group depends on its first record, so a group that is torn by a kill, a
  /// batch or a worker shows.
  @Test func groupsStayWholeForAnyWorkersBatchesAndKills() throws {
    let directory = TemporaryDirectory()
    let input = directory("a.jsonl")
    write(Self.conversations(1200, seed: 8), to: input)
    let common = [input, "--group-by", "c", "--drop-every", "7"]
    let expected = Self.kept([UInt8](contents(input) ?? []), every: 7)
    for (workers, batchBytes) in [(1, 1 << 20), (1, 1), (2, 700), (7, 3000), (7, 20_000)] {
      let options = ["--workers", String(workers), "--batch-bytes", String(batchBytes)]
      let whole = directory("whole")
      let process = try #require(CopyProcess(common + options + ["--output", whole]))
      #expect(process.wait())
      #expect(contents(whole) == expected, "\(workers) \(batchBytes)")
    }
    for (workers, batchBytes) in [("2", "900"), ("7", "2500")] {
      let output = directory("out\(workers)")
      let options = [
        "--workers", workers, "--batch-bytes", batchBytes, "--output", output,
        "--checkpoint-milliseconds", "1", "--resume",
      ]
      #expect(try isWritten(output, common + options, seed: 9))
      #expect(contents(output) == expected)
    }
  }

  /// The lines of the conversations that do not begin with every n-th record, one by one.
  private static func kept(_ text: [UInt8], every: Int) -> [UInt8] {
    var result = ""
    var first = 0
    var last = Substring()
    for (index, line) in text.text.split(separator: "\n").enumerated() {
      let parts = line.split(separator: "\"")
      if parts[5] != last { first = index + 1 }
      last = parts[5]
      if first % every != 0 { result += line + "\n" }
    }
    return [UInt8](result)
  }

  /// Kills a process again and again until it comes to its end.
  private func isWritten(_ output: String, _ arguments: [String], seed: UInt64) throws -> Bool {
    var random = SplitMix64(seed: seed)
    var kills = 0
    while contents(output) == nil, kills < 500 {
      let process = try #require(CopyProcess(arguments))
      // Some of the time goes into starting, so some processes are hit before they begin.
      usleep(UInt32.random(in: 3_000...40_000, using: &random))
      kill(process.id, SIGKILL)
      kills += process.wait() ? 0 : 1
    }
    return kills < 500
  }

  @Test func aKilledRunThatIsResumedWritesTheSameBytes() throws {
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
        #expect(try isWritten(output, common + resumed, seed: 5))
        #expect(contents(output) == contents(directory("whole\(suffix)")))
        let quarantine = contents(directory("out\(suffix).quarantine"))
        #expect(quarantine == contents(directory("whole\(suffix).quarantine")))
      }
    }
  }
}
