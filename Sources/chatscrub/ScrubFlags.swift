import ArgumentParser
import Names
import Pipeline

extension ProgressMode: ExpressibleByArgument {}
extension NameMode: ExpressibleByArgument {}

/// What happens to a record when the engine gives up on one of its texts.
enum FailurePolicy: String, CaseIterable, ExpressibleByArgument {
  case quarantine
  case redactAll = "redact-all"
}

/// What happens to a record that has not the shape of its format.
enum MismatchPolicy: String, CaseIterable, ExpressibleByArgument {
  case quarantine, scrub
}

/// The options `redact` and `scan` share, as typed.
struct ScrubFlags: ParsableArguments {
  @Argument(help: "Files, directories or globs; - is standard input.")
  var inputs: [String] = []

  @Option(help: "The chat format: auto, a name of `formats list`, or a format file (.yaml).")
  var format = "auto"

  @Option(
    help: """
      How records are held together: auto, lines, array, values, text, csv, ssv \
      (semicolons), tsv.
      """)
  var container = "auto"

  @Option(
    help: "A record without its format's shape: quarantine, or scrub every string of it.")
  var onMismatch = MismatchPolicy.quarantine

  @Option(
    name: .customLong("text-column"),
    help: "A column of a table that is text; may be repeated. The others then stay as they are.")
  var textColumns: [String] = []

  @Option(help: "A preset (release, research, strict) or a policy file.")
  var policy = "release"

  @Option(help: "A file whose bytes are the key for pseudonyms and hashes.")
  var keyFile: String?

  @Option(help: "Workers (default: the number of cores).")
  var jobs: Int?

  @Option(help: "Write the audit report here (JSON).")
  var report: String?

  @Option(help: "Write one line of JSON per finding here; without the values.")
  var findings: String?

  @Flag(help: "Put the text found into the findings file.")
  var showValues = false

  @Option(help: "Where records go that could not be scrubbed (default: beside the output).")
  var quarantine: String?

  @Option(help: "Show progress: auto, always, never.")
  var progress = ProgressMode.auto

  @Option(help: "National rules of these countries (ISO 3166-1 codes): us,de,… or all.")
  var regions: String?

  @Option(help: "How much evidence a name needs: balanced, recall, paranoid.")
  var names = NameMode.balanced

  @Option(help: "The least score that counts, 0 to 1, for every type.")
  var threshold: Double?

  @Option(
    help: """
      A path such as conversation_id: records that follow one another with the same value there \
      share their entities.
      """)
  var groupBy: String?

  @Option(
    name: .customLong("text-path"),
    help: "A path to text, such as 'conversation[].content'; may be repeated.")
  var textPaths: [String] = []

  @Option(
    help: "Rules of your own beside the built-in ones: a file, Presidio's too, or a directory.")
  var rules: String?

  @Option(help: "A folder laid out as Patterns/, used instead of the built-in rules and formats.")
  var patterns: String?

  @Option(help: "A list of names of your own; see Patterns/names/README.md.")
  var dictionary: String?

  @Flag(help: "Keep the names of well-known people, unless somebody introduces himself by one.")
  var keepPublicFigures = false

  @Option(help: "Keep the names of a table that `survey` wrote.")
  var keepNames: String?

  @Option(help: "When the engine gives up on a text: quarantine or redact-all.")
  var onFailure = FailurePolicy.quarantine

  @Option(help: .hidden)
  var batchBytes = 1 << 20

  @Option(help: "The longest record that is read, in bytes; longer ones go to quarantine.")
  var maxRecordBytes = 64 << 20

  @Option(help: "The deepest nesting of a record.")
  var maxDepth = 512

  @Flag(help: "Run every rule over every byte: slow, and finds the same.")
  var noPrefilter = false
}
