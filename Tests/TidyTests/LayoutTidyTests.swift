import Foundation
import Testing

/// The modules a Swift file imports, each with its 1-based line.
func importedModules(in file: SourceFile) -> [(line: Int, module: String)] {
  // Attributes, access, `import`, the kind of a single declaration, and then the module.
  let statement =
    #/
    ^\s* (?: @\w+ (?: \( [^)]* \) )? \s+ )*
    (?: (?: public|package|internal|private|fileprivate ) \s+ )?
    import \s+ (?: (?: struct|class|enum|protocol|func|let|var|typealias ) \s+ )? (\w+)
    /#
  return file.code.enumerated().compactMap { index, line in
    line.firstMatch(of: statement).map { (index + 1, String($0.1)) }
  }
}

/// The boundaries between targets, and the mirror of sources in tests.
@Suite struct LayoutTidyTests {
  /// A target, and what it must not see: files, rules or names that are not its business.
  private static let forbidden: [(room: String, modules: Set<String>)] = [
    ("Sources/Text", ["Records", "Rules", "Names", "Scan", "Redact", "Pipeline", "Unify"]),
    ("Sources/Records", ["Rules", "Names", "Scan", "Redact", "Pipeline", "Unify"]),
    ("Sources/Rules", ["Records", "Names", "Scan", "Redact", "Pipeline", "Unify"]),
    ("Sources/Names", ["Records", "Rules", "Scan", "Redact", "Pipeline", "Unify"]),
    ("Sources/Scan", ["Records", "Redact", "Pipeline", "Unify"]),
    ("Sources/Redact", ["Pipeline", "Unify"]),
    ("Sources/Pipeline", ["Unify"]),
    // What the mapping needs of a format is defined in Records; here it is carried out.
    ("Sources/Unify", ["PatternFiles", "Rules", "Names"]),
    ("Sources/PatternFiles", ["Pipeline", "Unify"]),
  ]

  /// A module from outside, and the only target that may import it.
  private static let owners: [String: String] = [
    "ArgumentParser": "Sources/chatscrub", "CPCRE2": "Sources/Rules", "CICU": "Sources/Text",
    "Yams": "Sources/PatternFiles", "CZlib": "Sources/Pipeline", "CZstd": "Sources/Pipeline",
    "GRDB": "Sources/Intake", "CSQLite": "Sources/Intake",
  ]

  /// Test folders that mirror no target: they look at the command or at the sources themselves.
  private static let unmirrored = [
    "Tests/CommandTests", "Tests/TidyTests", "Tests/TestSupport", "Tests/CopyRecords",
  ]

  /// Test files without a source file of that name.
  /// Support files are not listed: only names that end in `Tests` are looked at.
  private static let withoutSource: Set<String> = [
    "ExampleTests", "InvariantTests", "PrefilterEquivalenceTests", "PatternsTests",
    "RegressionTests", "PropertyTests", "FormatPropertyTests", "KillTests",
    "NamesFixtureTests",
  ]

  @Test func targetsDoNotReachBackwards() {
    expectNone(
      Self.forbidden.flatMap { room, modules in
        SourceTree.swift.filter { $0.room == room }.flatMap { file in
          importedModules(in: file).compactMap { line, module in
            modules.contains(module) ? "\(file.path):\(line): \(module)" : nil
          }
        }
      }, "imports against the flow")
  }

  @Test func eachOutsideModuleHasOneOwner() {
    expectNone(
      SourceTree.swift.filter { $0.path.hasPrefix("Sources/") }.flatMap { file in
        importedModules(in: file).compactMap { line, module in
          guard let owner = Self.owners[module], owner != file.room else { return nil }
          return "\(file.path):\(line): \(module) belongs to \(owner)"
        }
      }, "imports outside the owning target")
  }

  @Test func testFoldersMirrorSourceFolders() {
    let folders = Set(
      SourceTree.swift.map(\.room).filter { $0.hasPrefix("Tests/") })
    expectNone(
      folders.subtracting(Self.unmirrored).sorted().filter { folder in
        let target = folder.dropFirst("Tests/".count).dropLast("Tests".count)
        return !folder.hasSuffix("Tests") || !SourceTree.exists("Sources/\(target)")
      }, "test folders without a source folder")
  }

  @Test func testFilesMirrorSourceFiles() {
    let sources = Set(SourceTree.swift.map(\.path))
    expectNone(
      SourceTree.swift.compactMap { file in
        guard file.path.hasPrefix("Tests/"), !Self.unmirrored.contains(file.room),
          file.name.hasSuffix("Tests.swift")
        else { return nil }
        let subject = file.name.dropLast("Tests.swift".count)
        if Self.withoutSource.contains("\(subject)Tests") { return nil }
        let target = file.room.dropFirst("Tests/".count).dropLast("Tests".count)
        // A source file may sit in a folder inside its target.
        let isThere = sources.contains {
          $0.hasPrefix("Sources/\(target)/") && $0.hasSuffix("/\(subject).swift")
        }
        return isThere ? nil : "\(file.path): no \(subject).swift in Sources/\(target)"
      }, "test files without a source file")
  }
}
