import ArgumentParser
import Foundation

/// The command. Options are taken as typed (`ScrubFlags`), decided into a configuration
/// (`ScrubConfiguration`), and run (`ScrubRun`).
@main
struct ChatScrub: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chatscrub",
    abstract: "Finds personal data in conversations and removes it.",
    discussion: """
      Exit status: 0 done; 1 something was found (scan); 2 failed; 3 done, but records are in \
      quarantine; 64 usage.
      """,
    version: version,
    subcommands: [
      RedactCommand.self, ScanCommand.self, UnifyCommand.self, RulesCommand.self,
      FormatsCommand.self, NamesCommand.self, SurveyCommand.self,
    ])

  static let version = "0.1.0"
}

/// `chatscrub redact`.
struct RedactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Writes conversations with personal data replaced.",
    discussion: """
      Reads JSON Lines, JSON arrays and single JSON values, plain or .gz or .zst; from standard \
      input when no INPUT is given. Every byte outside a finding is written as it was read.
      """)

  @OptionGroup var flags: ScrubFlags

  @Option(
    name: [.customShort("o"), .long], help: "The output; a name in .gz or .zst is compressed.")
  var output: String?

  @Option(help: "A directory for one output per input, under the inputs' names.")
  var outputDir: String?

  @Flag(help: "Go on where an interrupted run with the same options stopped.")
  var resume = false

  func run() throws {
    let destination: Destination
    switch (output, outputDir) {
    case (nil, nil), ("-", nil): destination = .standardOutput
    case (let path?, nil): destination = .file(path)
    case (nil, let path?): destination = .directory(path)
    default: throw ValidationError("Give --output or --output-dir, not both.")
    }
    if resume, destination == .standardOutput {
      throw ValidationError("--resume needs --output or --output-dir.")
    }
    try execute(
      flags, command: .redact(destination, resumes: resume), sarif: nil)
  }
}

/// `chatscrub scan`.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Reports personal data without writing conversations; exit 1 when it finds some.")

  @OptionGroup var flags: ScrubFlags

  @Option(help: "Write the findings as SARIF 2.1.0, too.")
  var sarif: String?

  func run() throws {
    try execute(flags, command: .scan, sarif: sarif)
  }
}

private func execute(_ flags: ScrubFlags, command: ScrubCommand, sarif: String?) throws {
  try exiting {
    let configuration = try ScrubConfiguration(flags, command: command, sarif: sarif)
    return try ScrubRun(configuration).run()
  }
}

/// Carries out a command and turns what it returns or throws into an exit status.
func exiting(_ body: () throws -> Int32) throws {
  let status: Int32
  do {
    status = try body()
  } catch let usage as ValidationError {
    throw ValidationError(Console.escaped(usage.message))
  } catch {
    Console.error("\(error)")
    throw ExitCode(2)
  }
  if status != 0 { throw ExitCode(status) }
}
