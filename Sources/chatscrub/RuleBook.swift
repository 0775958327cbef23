import Builtin
import Foundation
import PatternFiles
import Pipeline
import Rules

/// Rules with what their files say beside them: where the `rules` commands look things up.
struct RuleBook {
  let pack: PatternPack
  /// Every rule, the user's after the built-in ones, each by id.
  private(set) var rules: [RuleDefinition]
  private(set) var documents: [String: RuleDocument] = [:]

  /// - Parameters:
  ///   - rules: a path as `--rules` takes it.
  ///   - patterns: a folder laid out as `Patterns/`, or `nil` for what is built in.
  /// - Throws: `PatternFileError` of what is wrong with the files.
  init(rules path: String?, patterns: String?) throws {
    let known: [RuleDocument]
    if let patterns {
      pack = try PatternPack(directory: patterns)
      known = try PatternPack.ruleFiles(in: patterns + "/rules").map(RuleDocument.init)
    } else {
      pack = try PatternPack(common: Builtin.patterns, regional: Builtin.regionalRules)
      known = try RuleDocument.unpacked(Builtin.documents)
    }
    rules = pack.rules
    for document in known { documents[document.id] = document }
    if let path {
      let source = try Self.read(path, pack)
      rules += source.files.map(\.definition)
      for file in source.files { documents[file.definition.id] = RuleDocument(file) }
    }
    rules.sort { $0.id < $1.id }
  }

  /// Reads a user's rules; what is wrong with one of them refuses all, with a line for each problem
  /// but the last, which is thrown.
  static func read(_ path: String, _ pack: PatternPack) throws -> RuleSource {
    let source = RuleSource(path: path, tables: pack.tables, known: pack.rules)
    for note in source.notes { Console.note("\(note)") }
    for problem in source.problems.dropLast() { Console.error("\(problem)") }
    if let last = source.problems.last { throw last }
    return source
  }

  /// - Throws: when there is no rule of that id.
  func rule(_ id: String) throws -> RuleDefinition {
    guard let rule = rules.first(where: { $0.id == id }) else {
      let near = rules.map(\.id).filter { $0.hasSuffix("/" + id) || $0.hasPrefix(id + "/") }
      let hint = near.isEmpty ? "see `rules list`" : "there is \(near.joined(separator: ", "))"
      throw PatternFileError(file: id, message: "there is no rule of that id; \(hint)")
    }
    return rule
  }
}

/// Turns what a command throws into a message and exit status 2.
func failingWithTwo(_ body: () throws -> Void) throws {
  do {
    try body()
  } catch let error as PatternFileError {
    Console.error("\(error)")
    throw Failure.two
  } catch let error as RulesetError {
    Console.error("\(error)")
    throw Failure.two
  } catch let error as IOFailure {
    Console.error("\(error)")
    throw Failure.two
  }
}
