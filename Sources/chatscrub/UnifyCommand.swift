import ArgumentParser
import Foundation
import Pipeline
import Unify

/// `chatscrub unify`.
struct UnifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unify",
    abstract: "Makes one collection of conversations in many formats, redacted on the way.",
    discussion: """
      Every conversation becomes one line in the form of the ShareLM collection \
      (Patterns/formats/sharelm_hub.schema.json). Of several revisions the newest stays. What is \
      in no row is counted in the manifest.
      """)

  @OptionGroup var flags: ScrubFlags

  @Option(
    name: [.customShort("o"), .long], help: "The output; a name in .gz or .zst is compressed.")
  var output: String?

  @Option(help: "Where the data are from, for records that do not say it: a URL.")
  var source: String?

  @Option(help: "A file whose bytes are the key for user ids; without one they are left out.")
  var idKey: String?

  @Option(help: "Write files of about this size before compression: 500M, 2G; a number of bytes.")
  var shardSize: ByteCount?

  @Option(help: "Where the list of files, digests and counts goes (default: beside the output).")
  var manifest: String?

  @Flag(help: "Leave texts and fields as they are. Ids and addresses are handled all the same.")
  var noRedact = false

  func run() throws {
    try exiting {
      try UnifyRun(UnifyConfiguration(self)).run()
    }
  }
}

/// A number of bytes with `k`, `M` or `G` behind it, or nothing.
struct ByteCount: ExpressibleByArgument, Equatable {
  let bytes: Int

  init?(argument: String) {
    let units = ["k": 1000, "m": 1_000_000, "g": 1_000_000_000]
    let unit = argument.last.flatMap { units[$0.lowercased()] }
    let number = unit == nil ? argument : String(argument.dropLast())
    guard let count = Int(number), count > 0, number.allSatisfy(\.isNumber) else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: unit ?? 1)
    if overflow { return nil }
    self.bytes = bytes
  }
}
