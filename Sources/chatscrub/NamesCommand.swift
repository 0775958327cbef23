import ArgumentParser
import Builtin
import Foundation
import Names
import PatternFiles
import Pipeline
import Text

/// `chatscrub names`.
struct NamesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "names",
    abstract: "Compiles, looks into and fits what names are recognised by.",
    subcommands: [NamesBuildCommand.self, NamesLookupCommand.self, NamesTrainCommand.self])
}

/// `chatscrub names lookup`.
struct NamesLookupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lookup", abstract: "Shows what the dictionaries know of words.")

  @Argument(help: "Words or phrases.")
  var words: [String]

  @Option(help: "A list or compiled dictionary of your own.")
  var dictionary: String?

  func run() throws {
    try failingWithTwo {
      let lists = try NameLists.load(userList: dictionary)
      for line in lists.skipped { Console.note(line) }
      let scanner = lists.pack.scanner(mode: .balanced)
      for word in words { print("\(word): \(Self.describe(word, scanner))") }
    }
  }

  private static func describe(_ word: String, _ scanner: NameScanner) -> String {
    var scratch = NameScratch()
    let bytes = Array(word.utf8)
    guard !bytes.isEmpty else { return "nothing" }
    let hash = scratch.hash(bytes.span, bytes.indices)
    let entry = scanner.dictionary.entry(hash)
    var parts: [String] = []
    for (bucket, name) in [
      (entry.givenBucket, "given name"), (entry.surnameBucket, "surname"),
      (entry.placeBucket, "place"),
      (entry.commonBucket, "common word" + (entry.isForeign ? " outside English" : "")),
    ] where bucket > 0 {
      parts.append("\(name) \(bucket) of 7")
    }
    if entry.organizationBucket > 0 { parts.append("organisation") }
    for (classes, name) in [
      (.person, "person of your list"), (.keep, "kept by your list"), (.title, "title"),
      (.particle, "particle"), (.demonym, "of a people or place"),
      (.organizationAfter, "ends organisations"), (.streetAfter, "ends streets"),
      (.thingAfter, "ends things"), (.phraseHead, "begins an entry of several words"),
    ] as [(WordClasses, String)] where entry.classes.contains(classes) {
      parts.append(name)
    }
    let kinds = scanner.cues.kinds(hash)
    parts += CueKinds.names.enumerated().filter { kinds.rawValue >> UInt16($0.offset) & 1 == 1 }
      .map { "cue \($0.element)" }
    return parts.isEmpty ? "unknown" : parts.joined(separator: ", ")
  }
}

/// `chatscrub names train`.
struct NamesTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Fits the weights of a group of languages on labelled text.",
    discussion: """
      GOLD is a .jsonl file of span sets ("text" and "spans" with "start", "end" in code points \
      and "type"), or text with names marked as ⟦P Ada⟧, ⟦L Rome⟧, ⟦O Acme⟧. The weights hold \
      no word of it. With --held-out nothing is written: half of each text fits, and what is \
      found in the other half is counted.
      """)

  @Argument(help: "Labelled texts.")
  var gold: [String]

  @Option(help: "Labelled texts in which only people are labelled.")
  var peopleOnly: [String] = []

  @Option(name: [.customShort("o"), .long], help: "The file of weights.")
  var output: String?

  @Flag(help: "Fit on every other document and count what is found in the rest.")
  var heldOut = false

  @Flag(help: "Put the texts into small letters first.")
  var lowerCase = false

  @Option(help: "The languages it is for, with blanks between them; * for all others.")
  var languages = "*"

  @Option(help: "What is said of the texts in the file of weights.")
  var fitted = ""

  @Option(help: "How often the texts are gone over.")
  var rounds = 30

  @Option(help: "How many models are fitted, each in another order; the mean is written.")
  var runs = 8

  @Option(help: "How strongly weights are drawn towards 0.")
  var pull: Float = 0.1

  @Option(help: "The share of features that is left out at random each time, below 1.")
  var dropout: Float = 0.3

  @Option(help: "Of the order.")
  var seed: UInt64 = 1

  func validate() throws {
    if heldOut == (output != nil) {
      throw ValidationError("Say where the weights go (-o FILE), or --held-out.")
    }
    var files = RunFiles()
    for path in gold + peopleOnly { files.input(path) }
    files.writes(output, "--output")
    try files.check()
    guard pull.isFinite, pull >= 0 else {
      throw ValidationError(
        "How strongly weights are drawn towards 0 is a number from 0 on (--pull).")
    }
    guard rounds > 0 else {
      throw ValidationError("The texts are gone over once at least (--rounds).")
    }
    guard runs > 0 else { throw ValidationError("At least one model is fitted (--runs).") }
    guard (0..<1).contains(dropout) else {
      throw ValidationError("The share of features that is left out is at least 0 and below 1.")
    }
  }

  func run() throws {
    try failingWithTwo {
      let pack = try NamePack(NameLists.builtin)
      let codes = languages.split(separator: " ").map(String.init)
      // English texts teach other languages, too, and are read then as theirs are.
      let isEnglish = codes.contains("en")
      var trainer = NameTrainer(
        scanner: pack.scanner(mode: .balanced, dropsForeignWords: isEnglish))
      var scratch = NameScratch()
      var documents = 0
      var rest: [GoldFile] = []
      for (paths, isComplete) in [(gold, true), (peopleOnly, false)] {
        for path in paths {
          var file = try GoldFile(path: path)
          if lowerCase { file.useSmallLetters() }
          for (number, document) in file.documents.enumerated() where !heldOut || number % 2 == 0 {
            documents += 1
            trainer.add(
              document.text.span, gold: document.names, isComplete: isComplete, using: &scratch)
          }
          rest.append(file)
        }
      }
      guard trainer.count > 0 else {
        throw PatternFileError(file: gold.first ?? "", message: "no capitalised word in the texts")
      }
      let model = trainer.fit(
        rounds: rounds, runs: runs, seed: seed, pull: pull, dropout: dropout, scale: 40)
      if let output {
        let text = Array(NameModelFile(languages: codes, fitted: fitted, model: model).text.utf8)
        var file = try OutputFile(.file(output))
        try file.write(text.span)
        _ = try file.finish()
        Console.note("\(output): fitted on \(trainer.count) chains of \(documents) texts")
        return
      }
      let models = NameModels(named: [("fitted", codes, model)], languages: [])
      for (path, file) in zip(gold + peopleOnly, rest) {
        var report = NamesReport()
        for (number, document) in file.documents.enumerated() where number % 2 == 1 {
          report.add(
            document,
            pack.scanner(mode: .balanced, models: models, dropsForeignWords: isEnglish))
        }
        for line in report.lines { print("\(path): \(line)") }
      }
    }
  }
}
