import Foundation
import Testing

/// One text file of the package, read once for all the tests of this target.
struct SourceFile: Sendable {
  /// The path from the package's root, with `/` between its parts.
  let path: String
  let bytes: [UInt8]
  /// The text, cut at newlines, the newlines left out.
  let lines: [String]
  /// For Swift: the same lines with comments and the insides of string literals blanked.
  let code: [String]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    lines = Self.lines(of: bytes)
    code = path.hasSuffix(".swift") ? Self.lines(of: CodeBlanker.blanked(bytes)) : lines
  }

  /// The first folder of the path, and the second one where there is one.
  var room: String {
    path.split(separator: "/").dropLast().prefix(2).joined(separator: "/")
  }

  /// The file's name without folders.
  var name: String { String(path.split(separator: "/").last ?? "") }

  private static func lines(of bytes: [UInt8]) -> [String] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

/// The package's own files: what the tidy tests look at.
enum SourceTree {
  /// The package's root, found from where this file was compiled.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The top folders that are ours; everything else at the top is a single file or a build product.
  static let folders = ["Sources", "Tests", "Plugins", "Patterns", "Benchmarks", ".ci"]

  /// Every file below `folders`, and the Markdown and manifest at the root, in path order.
  static let files: [SourceFile] = {
    var paths = ["Package.swift"]
    let top = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    paths += top.filter { $0.hasSuffix(".md") }
    for folder in folders { paths += allPaths(below: folder) }
    return paths.sorted().compactMap { path in
      guard let data = try? Data(contentsOf: root.appending(path: path)) else { return nil }
      return SourceFile(path: path, bytes: [UInt8](data))
    }
  }()

  static var swift: [SourceFile] { files.filter { $0.path.hasSuffix(".swift") } }
  static var markdown: [SourceFile] { files.filter { $0.path.hasSuffix(".md") } }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// Build products and caches are nobody's source, so folders that hold them are not entered.
  private static func allPaths(below folder: String) -> [String] {
    let skipped = [".build", ".swiftpm", "__pycache__"]
    let names =
      (try? FileManager.default.contentsOfDirectory(
        atPath: root.appending(path: folder).path)) ?? []
    return names.flatMap { name -> [String] in
      let path = "\(folder)/\(name)"
      let values = try? root.appending(path: path).resourceValues(forKeys: [.isDirectoryKey])
      guard values?.isDirectory == true else { return [path] }
      return skipped.contains { name.hasPrefix($0) } ? [] : allPaths(below: path)
    }
  }
}

/// Fails with every violation on a line of its own; the place names the rule's test.
func expectNone(
  _ violations: [String], _ rule: Comment, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard !violations.isEmpty else { return }
  let listed = violations.prefix(50).joined(separator: "\n  ")
  Issue.record(
    "\(rule.rawValue) (\(violations.count)):\n  \(listed)", sourceLocation: sourceLocation)
}
