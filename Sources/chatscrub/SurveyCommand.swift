import ArgumentParser
import Foundation
import PatternFiles
import Pipeline
import Records
import Redact

/// `chatscrub survey`.
struct SurveyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey",
    abstract: "Counts in the conversations of how many users each name stands.",
    discussion: """
      Writes the names of people, places and organisations that stand in the conversations of N \
      users or more: a table of name, type, users and conversations, for --keep-names. The table \
      holds names, so only its owner can read it (mode 0600). Memory is bounded: names of few \
      users are forgotten when there are more than a million, which only makes counts smaller.
      """)

  @OptionGroup var flags: ScrubFlags

  @Option(name: [.customShort("o"), .long], help: "The table; - is standard output.")
  var output: String

  @Option(
    name: .customLong("min"), help: "From how many different users on a name is listed (1 to 256).")
  var usersMin = 10

  @Option(
    help: """
      The path to what tells users apart (default: the format's; without one each record is of a \
      user of its own).
      """)
  var userPath: String?

  func run() throws {
    try exiting { try survey() }
  }

  private func check() throws {
    guard (1...SurveyTally.usersMax).contains(usersMin) else {
      throw ValidationError("--min is 1 to \(SurveyTally.usersMax).")
    }
    let unused = [
      ("--report", flags.report), ("--findings", flags.findings),
      ("--quarantine", flags.quarantine), ("--keep-names", flags.keepNames),
      ("--group-by", flags.groupBy),
    ]
    for (option, value) in unused where value != nil {
      throw ValidationError("\(option) is not for survey.")
    }
    if flags.keepPublicFigures { throw ValidationError("--keep-public-figures is not for survey.") }
  }

  /// - Returns: the exit status.
  private func survey() throws -> Int32 {
    try check()
    var others = RunFiles()
    if output != "-" { others.writes(output, "--output") }
    let configuration = try ScrubConfiguration(
      flags, command: .scan, sarif: nil, others: others)
    let inputs = configuration.units.flatMap(\.inputs)
    let cancellation = Cancellation()
    let signals = SignalWatch(cancellation)
    defer { signals.stop() }
    let choice = try FormatChoice(inputs, configuration, cancellation)
    guard let tally = try count(configuration, choice, cancellation) else {
      Console.note("interrupted; nothing was written")
      signals.endProcess()
    }
    if let userPath, tally.records > 0, tally.recordsWithoutUser == tally.records {
      throw PatternFileError(
        file: inputs.first?.name ?? "-",
        message: "no record has a user at `\(userPath)`; nothing was written")
    }
    try write(tally)
    let failed = tally.failures.values.reduce(0, +)
    let names = tally.names.count
    Console.note(
      "\(tally.records) records, \(tally.distinct) names, \(names) of them of \(usersMin) users "
        + "or more")
    if tally.recordsWithoutUser > 0 {
      Console.note("records without a user, counted as one user's: \(tally.recordsWithoutUser)")
    }
    if tally.forgotten > 0 { Console.note("names of few users forgotten: \(tally.forgotten)") }
    for (reason, count) in tally.failures.sorted(by: { $0.key < $1.key }) {
      Console.note("records left out: \(count), \(reason)")
    }
    return failed > 0 ? 3 : 0
  }

  private func count(
    _ configuration: ScrubConfiguration, _ choice: FormatChoice, _ cancellation: Cancellation
  ) throws -> SurveyTally? {
    var readerOptions = ReaderOptions()
    readerOptions.batchBytes = flags.batchBytes
    readerOptions.container = configuration.container
    readerOptions.recordBytesMax = flags.maxRecordBytes
    var options = PipelineOptions()
    options.workers = configuration.jobs
    options.progress = ProgressMeter(flags.progress)
    let reader = try BatchReader(choice.inputs, options: readerOptions, cancellation: cancellation)
    var outputs = try Outputs(output: OutputLocation.nowhere)
    let (plans, planOfInput, usersMin) = (choice.plans, choice.planOfInput, usersMin)
    let paths = plans.map { plan in userPath.map { [$0] } ?? Self.userPaths(of: plan) }
    // A path that cannot be read is said before any input is.
    do {
      _ = try SurveyWorker(
        plans: plans, planOfInput: planOfInput, userPaths: paths, usersMin: usersMin)
    } catch let error as FormatError {
      throw ValidationError("--user-path: \(error.message).")
    }
    let outcome = try BatchPipeline.run(reader, options: options, into: &outputs) { _ in
      try SurveyWorker(
        plans: plans, planOfInput: planOfInput, userPaths: paths, usersMin: usersMin)
    }
    return outcome.end == .finished ? outcome.tally : nil
  }

  /// Where the format has the user's id. Formats whose records hold several conversations name it
  /// below each of them; then each record is of a user of its own.
  private static func userPaths(of plan: ScrubPlan) -> [String] {
    guard let collection = plan.format.definition.collection, collection.each.isEmpty else {
      return []
    }
    let values = [collection.columns[.user]] + collection.variants.map { $0.columns[.user] }
    return values.compactMap { $0 }.flatMap(\.paths).filter { !$0.hasPrefix("$") }
  }

  private func write(_ tally: SurveyTally) throws {
    var text =
      "# Names in the conversations of \(usersMin) users or more; counted to "
      + "\(SurveyTally.usersMax) users. For --keep-names.\n# name\ttype\tusers\tconversations\n"
    for count in tally.names {
      text += "\(count.name)\t\(count.type)\t\(count.users)\t\(count.conversations)\n"
    }
    let bytes = Array(text.utf8)
    var file = try OutputFile(
      output == "-" ? .standardOutput : .file(output), access: .secret)
    try file.write(bytes.span)
    _ = try file.finish()
  }
}
