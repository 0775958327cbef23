import Foundation
import Testing

/// Documents name what is really there.
@Suite struct DocumentTidyTests {
  /// A path with one of these in it is a pattern or a template, not a path.
  private static let templateMarks: Set<Character> = ["<", "*", "…", "{", "?", "$", "[", " ", "="]

  @Test func everyPathInBackticksExists() {
    let inline = /`([^`]+)`/
    expectNone(
      SourceTree.markdown.flatMap { file in
        prose(of: file).flatMap { index, line in
          line.matches(of: inline).compactMap { match -> String? in
            let path = String(match.1)
            guard isOurs(path), !path.contains(where: Self.templateMarks.contains) else {
              return nil
            }
            return SourceTree.exists(path) ? nil : "\(file.path):\(index + 1): \(path)"
          }
        }
      }, "paths in backticks that do not exist")
  }

  @Test func everyLinkLeadsToAFile() {
    let link = /\]\(([^)\s]+)\)/
    expectNone(
      SourceTree.markdown.flatMap { file in
        prose(of: file).flatMap { index, line in
          line.matches(of: link).compactMap { match -> String? in
            let target = match.1.prefix { $0 != "#" }
            if target.isEmpty || target.contains(":") { return nil }
            let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
            let path = folder.isEmpty ? String(target) : "\(folder)/\(target)"
            return SourceTree.exists(path) ? nil : "\(file.path):\(index + 1): \(target)"
          }
        }
      }, "links that lead nowhere")
  }

  /// The lines outside fenced blocks, with their index.
  private func prose(of file: SourceFile) -> [(Int, String)] {
    var isFenced = false
    var prose: [(Int, String)] = []
    for (index, line) in file.lines.enumerated() {
      if line.drop(while: { $0 == " " }).hasPrefix("```") {
        isFenced.toggle()
      } else if !isFenced {
        prose.append((index, line))
      }
    }
    return prose
  }

  private func isOurs(_ path: String) -> Bool {
    SourceTree.folders.contains { path.hasPrefix($0 + "/") }
  }
}
