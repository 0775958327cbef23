internal import Foundation
package import Rules

/// What `--rules` and the `rules` commands read: a rule file, a file of Presidio's recognizers, or
/// a directory of either.
package struct RuleSource: Sendable {
  package private(set) var files: [RuleFile] = []
  /// What is wrong, by file and line.
  package private(set) var problems: [PatternFileError] = []
  /// What is read, and may surprise.
  package private(set) var notes: [PatternFileError] = []

  /// Reads and lints everything at a path; nothing is thrown away in silence.
  ///
  /// - Parameters:
  ///   - tables: for the validators.
  ///   - known: the built-in rules, whose ids are taken, and whose types stand for Presidio's own.
  ///   - owner: how strict the lints are.
  package init(
    path: String, tables: ValidatorTables, known: [RuleDefinition] = [],
    owner: RuleLint.Owner = .users
  ) {
    var isDirectory: ObjCBool = false
    // SAFETY: Foundation writes the flag during the call.
    let isThere = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    guard isThere, isDirectory.boolValue else {
      let stem = path.split(separator: "/").last.map(String.init) ?? path
      let id = stem.split(separator: ".").first.map(String.init) ?? stem
      read(path, id: id, known: known)
      lint(tables, known: known, owner: owner)
      return
    }
    let ids =
      PatternPack.files(in: path, suffix: ".yaml").map { ($0, ".yaml") }
      + PatternPack.files(in: path, suffix: ".yml").map { ($0, ".yml") }
    if ids.isEmpty {
      problems.append(PatternFileError(file: path, message: "holds no rule files (.yaml)"))
    }
    let folder = path.hasSuffix("/") ? path : path + "/"
    for (id, suffix) in ids.sorted(by: { $0.0 < $1.0 }) {
      read(folder + id + suffix, id: id, known: known)
    }
    lint(tables, known: known, owner: owner)
  }

  private mutating func read(_ path: String, id: String, known: [RuleDefinition]) {
    do {
      let map = try YAMLMap(contentsOf: path, name: path)
      if PresidioFile.isOne(map) {
        let file = try PresidioFile(map, known: known)
        files += file.rules
        notes += file.notes
        problems += file.problems
      } else {
        files.append(try RuleFile(map, id: id, below: RuleFile.root(of: path, id: id)))
      }
    } catch {
      problems.append(error)
    }
  }

  private mutating func lint(
    _ tables: ValidatorTables, known: [RuleDefinition], owner: RuleLint.Owner
  ) {
    var taken = Set(known.map(\.id))
    for file in files {
      if !taken.insert(file.definition.id).inserted {
        problems.append(
          PatternFileError(
            file: file.file, line: 1,
            message: "`id`: there is a rule \(file.definition.id) already"))
      }
      problems += RuleLint.problems(in: file, tables: tables, owner: owner)
      if owner == .users { notes += RuleLint.notes(in: file) }
    }
  }
}
