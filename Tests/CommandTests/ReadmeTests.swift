import Foundation
import Testing

/// One command of a ```console block, with what the README says it prints.
struct ReadmeStep {
  /// The 1-based line of the README.
  let line: Int
  let command: String
  let output: [String]
}

/// The README's shell sessions are run, in order, in one folder that has the examples in it.
///
/// A line that begins with `$ ` is a command; one that ends in a backslash goes on in the next
/// line; what follows up to the next command is what it prints, both streams together. A line that
/// holds nothing but `…` stands for any lines. Blocks that install or build are written as ```sh
/// and are not run here.
@Suite struct ReadmeTests {
  @Test func theSessionsOfTheReadmeRunAsPrinted() throws {
    let readme = Shell.packageRoot.appending(path: "README.md")
    guard let text = try? String(contentsOf: readme, encoding: .utf8) else {
      Issue.record("there is no README.md")
      return
    }
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "Patterns"),
      withDestinationURL: Shell.packageRoot.appending(path: "Patterns"))
    let steps = Self.steps(in: text)
    #expect(!steps.isEmpty, "README.md shows no session")
    for step in steps {
      let result = try Shell.run("{ \(step.command)\n} 2>&1", in: folder.url)
      var printed = String(decoding: result.standardOutput, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if printed.last == "" { printed.removeLast() }
      if !Self.matches(printed[...], step.output[...]) {
        Issue.record(
          """
          README.md:\(step.line): \(step.command)
          said:
          \(step.output.joined(separator: "\n"))
          printed:
          \(printed.joined(separator: "\n"))
          """)
      }
    }
  }

  static func steps(in text: String) -> [ReadmeStep] {
    var steps: [ReadmeStep] = []
    var isConsole = false
    var command: (line: Int, text: String, output: [String])?
    func finish() {
      if let command {
        steps.append(
          ReadmeStep(line: command.line, command: command.text, output: command.output))
      }
      command = nil
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        finish()
        isConsole = !isConsole && line == "```console"
      } else if isConsole, line.hasPrefix("$ ") {
        finish()
        command = (index + 1, String(line.dropFirst(2)), [])
      } else if isConsole, let open = command, open.output.isEmpty, open.text.hasSuffix("\\") {
        command?.text += "\n" + (line.hasPrefix("> ") ? line.dropFirst(2) : line)
      } else if isConsole {
        command?.output.append(String(line))
      }
    }
    finish()
    return steps
  }

  /// Whether `printed` is `pattern`, in which a line `…` stands for any number of lines.
  static func matches(_ printed: ArraySlice<String>, _ pattern: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return printed.isEmpty }
    if first == "…" {
      return (printed.startIndex...printed.endIndex).contains {
        matches(printed[$0...], pattern.dropFirst())
      }
    }
    guard let line = printed.first, line == first else { return false }
    return matches(printed.dropFirst(), pattern.dropFirst())
  }

  @Test func sessionsAreCutIntoCommands() {
    let steps = Self.steps(
      in: "text\n```console\n$ a \\\n  b\nout\n$ c\n```\n```sh\n$ not run\n```\n")
    #expect(steps.map(\.command) == ["a \\\n  b", "c"])
    #expect(steps.map(\.output) == [["out"], []])
    #expect(steps.map(\.line) == [3, 6])
  }

  @Test func anEllipsisStandsForAnyLines() {
    #expect(Self.matches(["a", "b", "c"], ["a", "…", "c"]))
    #expect(Self.matches(["a"], ["a", "…"]))
    #expect(!Self.matches(["a", "b"], ["a", "…", "c"]))
    #expect(!Self.matches(["a", "b"], ["a"]))
  }
}
