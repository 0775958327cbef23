import Foundation
import Testing

/// One folder of `Cases/`.
///
///     command      a shell script, run with `sh -c` in a fresh copy of the folder
///     stdout       what it prints; a missing file means nothing
///     stderr       what it says, times made alike; a missing file means nothing
///     status       how it ends; a missing file means 0
///     expected/F   what the command must have written to F
///
/// Everything else is input and copied as it is.
struct GoldenCase: CustomTestStringConvertible, Sendable {
  static let folder = Shell.packageRoot.appending(path: "Tests/CommandTests/Cases")

  static let all: [GoldenCase] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { !$0.hasPrefix(".") }.map(GoldenCase.init(name:))
  }()

  let name: String

  var url: URL { Self.folder.appending(path: name) }
  var testDescription: String { name }

  /// The names below `expected/`, in order.
  var expectedFiles: [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: url.appending(path: "expected").path)
    return (names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  func bytes(of file: String) -> [UInt8] {
    (try? Data(contentsOf: url.appending(path: file))).map { [UInt8]($0) } ?? []
  }

  func copyInputs(to target: URL) throws {
    let own: Set<String> = ["command", "stdout", "stderr", "status", "expected"]
    for name in try FileManager.default.contentsOfDirectory(atPath: url.path)
    where !own.contains(name) {
      try FileManager.default.copyItem(
        at: url.appending(path: name), to: target.appending(path: name))
    }
  }
}

/// Golden runs of the real command. They test the command, not the engine.
///
/// `UPDATE_GOLDEN=1` writes what was found into the case folders, and fails, so that nobody commits
/// new golden files without looking at the difference. A file in `expected/` is rewritten when it
/// is there: to have one more compared, create it empty.
@Suite struct GoldenTests {
  private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

  @Test(arguments: GoldenCase.all)
  func theCommandDoesWhatItDid(_ golden: GoldenCase) throws {
    let folder = try TemporaryFolder()
    try golden.copyInputs(to: folder.url)
    let command = String(decoding: golden.bytes(of: "command"), as: UTF8.self)
    #expect(!command.isEmpty, "the folder has no command")
    let result = try Shell.run(command, in: folder.url)
    #expect(!result.hasTimedOut)

    var found: [(file: String, bytes: [UInt8])] = [
      ("stdout", normalised(result.standardOutput, in: folder.url)),
      ("stderr", normalised(result.standardError, in: folder.url)),
      ("status", result.status == 0 ? [] : Array("\(result.status)\n".utf8)),
    ]
    for file in golden.expectedFiles {
      let data = try? Data(contentsOf: folder.url.appending(path: file))
      let bytes = data.map { normalised([UInt8]($0), of: file, in: folder.url) }
      found.append(("expected/\(file)", bytes ?? Array("(not written)\n".utf8)))
    }
    for (file, bytes) in found where bytes != golden.bytes(of: file) {
      let difference = firstDifference(golden.bytes(of: file), bytes)
      Issue.record("\(golden.name)/\(file): \(difference)")
      if Self.isUpdating { try update(golden.url.appending(path: file), to: bytes) }
    }
  }

  @Test func thereAreCases() {
    #expect(GoldenCase.all.count >= 20)
  }

  private func update(_ file: URL, to bytes: [UInt8]) throws {
    let isExpected = file.deletingLastPathComponent().lastPathComponent == "expected"
    if bytes.isEmpty, !isExpected {
      try FileManager.default.removeItem(at: file)
    } else {
      try Data(bytes).write(to: file)
    }
  }

  /// Makes alike what differs from run to run: the folder, durations and speeds.
  private func normalised(_ bytes: [UInt8], in folder: URL) -> [UInt8] {
    // Bytes that are no text are compared as they are.
    guard let text = String(validating: bytes, as: UTF8.self) else { return bytes }
    return Array(
      text.replacing(folder.path, with: "FOLDER")
        .replacing(/\b[0-9]+(\.[0-9]+)? ?(ms|s|[kMG]i?B\/s)(?![A-Za-z0-9])/, with: "N")
        .utf8)
  }

  /// As above; a JSON object loses its `run` part, which holds times, host and jobs.
  private func normalised(_ bytes: [UInt8], of file: String, in folder: URL) -> [UInt8] {
    guard file.hasSuffix(".json"),
      var object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      object.removeValue(forKey: "run") != nil,
      let data = try? JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    else { return file.hasSuffix(".jsonl") ? bytes : normalised(bytes, in: folder) }
    return normalised([UInt8](data) + [UInt8(ascii: "\n")], in: folder)
  }
}

/// The first line in which two outputs differ, with both its forms.
func firstDifference(_ expected: [UInt8], _ found: [UInt8]) -> String {
  let newline = UInt8(ascii: "\n")
  let pair = [expected, found].map {
    $0.split(separator: newline, omittingEmptySubsequences: false)
  }
  let count = max(pair[0].count, pair[1].count)
  func line(_ side: Int, _ index: Int) -> String {
    index < pair[side].count
      ? String(decoding: pair[side][index].prefix(400), as: UTF8.self) : "(no such line)"
  }
  for index in 0..<count
  where index >= pair[0].count || index >= pair[1].count || pair[0][index] != pair[1][index] {
    return "line \(index + 1)\n  expected: \(line(0, index))\n  found:    \(line(1, index))"
  }
  return "no difference"
}
