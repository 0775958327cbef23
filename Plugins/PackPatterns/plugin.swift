import Foundation
import PackagePlugin

/// Runs `packpatterns` over `Patterns/` whenever a file there changes, so that the command carries
/// its rules, formats, policies and dictionaries without reading YAML when it starts.
@main
struct PackPatterns: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let patterns = context.package.directoryURL.appending(path: "Patterns")
    let output = context.pluginWorkDirectoryURL.appending(path: "PackedPatterns.swift")
    let files =
      FileManager.default.enumerator(at: patterns, includingPropertiesForKeys: nil)?
      .compactMap { $0 as? URL }
      .filter { ["yaml", "tsv", "txt"].contains($0.pathExtension) } ?? []
    return [
      .buildCommand(
        displayName: "Pack Patterns/",
        executable: try context.tool(named: "packpatterns").url,
        arguments: [patterns.path, output.path],
        inputFiles: files.sorted { $0.path < $1.path },
        outputFiles: [output])
    ]
  }
}
