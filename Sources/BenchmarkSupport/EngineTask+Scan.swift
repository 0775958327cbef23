internal import Builtin
internal import Names
internal import PatternFiles
internal import Pipeline
internal import Records
internal import Redact
internal import Rules
internal import Scan
internal import Text

/// The steps that need the rules and the dictionaries.
extension EngineTask {
  static let scanRules = EngineTask(
    name: "scan, rules only",
    analysis: """
      Decodes every text and looks for what the rules know. It moves with the number of rules, \
      with the share of text in which their triggers stand, and with the literal search.
      """,
    run: { corpus in findings(in: corpus, BuiltinEngine.rulesOnly) })

  static let scan = EngineTask(
    name: "scan",
    analysis: """
      The same with names. Its distance from the rules alone is the price of names; it moves with \
      the share of capitals and with the size of the dictionaries, which no cache holds.
      """,
    run: { corpus in findings(in: corpus, BuiltinEngine.whole) })

  static let scrub = EngineTask(
    name: "scrub",
    analysis: """
      Everything one worker does to a record but count and write. Its distance from `scan` is the \
      price of remembering, redacting and looking again; it moves with the number of findings.
      """,
    run: { corpus in
      var scrubber = RecordScrubber(plan: BuiltinEngine.plan)
      var output: [UInt8] = []
      var count = 0
      forEachLine(of: corpus) { corpus, range in
        let record = corpus.extracting(range)
        guard (try? scrubber.scrub(record)) == true else { return }
        output.removeAll(keepingCapacity: true)
        scrubber.append(record, to: &output)
        count += output.count
      }
      return count
    })

  static let pipeline = EngineTask(
    name: "pipeline, one worker",
    analysis: """
      The whole way from bytes to bytes with one worker: batches, counts and the ordered writer \
      too, without files. Its distance from `scrub` is what the pipeline costs; the reader and the \
      writer run beside the worker, so with two free cores it should be small.
      """,
    run: { corpus in
      do {
        let reader = try BatchReader([
          .memory(name: "corpus", bytes: corpus, readMax: 1 << 20)
        ])
        var outputs = try Outputs(output: .file("/dev/null"))
        let plan = BuiltinEngine.plan
        let outcome = try BatchPipeline.run(reader, options: PipelineOptions(), into: &outputs) {
          _ in ScrubWorker(plans: [plan], planOfInput: [0], options: ScrubOptions())
        }
        _ = try outputs.finish()
        return outcome.tally.changed
      } catch {
        preconditionFailure("memory is read, and nothing is kept")
      }
    })

  private static func findings(in corpus: [UInt8], _ scanner: Scan.Scanner) -> Int {
    var scratch = ScanScratch(for: scanner)
    var found: [Finding] = []
    var count = 0
    forEachText(of: corpus) { text in
      found.removeAll(keepingCapacity: true)
      try? scanner.scan(text, using: &scratch, into: &found)
      count += found.count
    }
    return count
  }
}

/// The patterns the command carries, compiled once for all tasks.
enum BuiltinEngine {
  static let pack: PatternPack = {
    guard let pack = try? PatternPack(common: Builtin.patterns, regional: nil) else {
      preconditionFailure("the build packed it")
    }
    return pack
  }()

  private static let ruleset: Ruleset = {
    guard let ruleset = try? Ruleset(pack.rules, tables: pack.tables, regions: []) else {
      preconditionFailure("the build compiled every rule")
    }
    return ruleset
  }()

  static let names: NameScanner = {
    let parts = NamePack.Parts(
      dictionary: ConstantBytes(Builtin.dictionary), models: Builtin.models, cues: Builtin.cues,
      languages: Builtin.languages, inflections: Builtin.inflections)
    guard let pack = try? NamePack(parts) else { preconditionFailure("the build packed it") }
    return pack.scanner(mode: .balanced)
  }()

  static let rulesOnly = Scan.Scanner(ruleset: ruleset, names: nil)
  static let whole = Scan.Scanner(
    ruleset: ruleset, names: names, zones: pack.zones)

  static let plan: ScrubPlan = {
    guard let format = try? Format(collectionFormat),
      let policy = pack.policies.first(where: { $0.name == "release" })
    else { preconditionFailure("the build has the default policy") }
    return ScrubPlan(scanner: whole, names: names, format: format, policy: policy, keys: nil)
  }()
}
