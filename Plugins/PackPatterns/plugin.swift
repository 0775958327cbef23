import Foundation
import PackagePlugin

/// Runs `packpatterns` over `Patterns/` whenever a file there changes, so that the command carries
/// its rules, formats, policies and dictionaries without reading YAML when it starts.
@main
struct PackPatterns: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let patterns = context.package.directoryURL.appending(path: "Patterns")
    let output = context.pluginWorkDirectoryURL.appending(path: "PackedPatterns.swift")
    let names = context.pluginWorkDirectoryURL.appending(path: "PackedNames.swift")
    let files =
      FileManager.default.enumerator(at: patterns, includingPropertiesForKeys: nil)?
      .compactMap { $0 as? URL }
      .filter { ["yaml", "tsv", "txt"].contains($0.pathExtension) }
      .filter { !$0.path.contains("/names/training/") }
      .sorted { $0.path < $1.path } ?? []
    let isName = { (file: URL) in file.path.hasPrefix(patterns.path + "/names/") }
    let tool = try context.tool(named: "packpatterns").url
    return [
      .buildCommand(
        displayName: "Pack Patterns/", executable: tool, arguments: [patterns.path, output.path],
        inputFiles: files.filter { !isName($0) }, outputFiles: [output]),
      .buildCommand(
        displayName: "Pack Patterns/names/", executable: tool,
        arguments: ["--names", patterns.path, names.path],
        inputFiles: files.filter(isName), outputFiles: [names]),
    ]
  }
}
