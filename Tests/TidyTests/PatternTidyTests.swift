import Foundation
import Testing

/// What can be said of `Patterns/` without the engine. Its rules are run by the engine's own tests.
@Suite struct PatternTidyTests {
  @Test func everyListSaysWhereItComesFrom() {
    let lists = SourceTree.files.filter { file in
      let isData = [".txt", ".tsv", ".csv"].contains { file.path.hasSuffix($0) }
      return isData
        && (file.path.hasPrefix("Patterns/names/") || file.path.hasPrefix("Patterns/tables/"))
    }
    expectNone(
      lists.compactMap { file in
        let head = file.lines.prefix { $0.hasPrefix("#") }.joined(separator: "\n").lowercased()
        let hasOrigin = head.contains("origin") || head.contains("source")
        let hasLicence = head.contains("licence") || head.contains("license")
        return hasOrigin && hasLicence ? nil : "\(file.path): origin and licence lines"
      }, "lists without `#` lines that name origin and licence")
  }

  @Test func aRuleIsNamedByItsPath() {
    expectNone(
      yaml(below: "Patterns/rules/").compactMap { file in
        let id = file.path.dropFirst("Patterns/rules/".count).dropLast(".yaml".count)
        let stated = value(of: "id", in: file)
        return stated == String(id) ? nil : "\(file.path): id is \(stated ?? "missing")"
      }, "rules whose id is not their path")
  }

  @Test func aFormatIsNamedByItsPath() {
    expectNone(
      yaml(below: "Patterns/formats/").compactMap { file in
        let name = file.name.dropLast(".yaml".count)
        return value(of: "name", in: file) == String(name) ? nil : file.path
      }, "formats whose name is not their file's")
  }

  @Test func noFilesStandWhereNothingReadsThem() {
    let homes = [
      "rules/": [".yaml", ".md"], "formats/": [".yaml", ".md", ".schema.json"],
      "policies/": [".yaml", ".md"],
      "tables/": [".tsv", ".txt", ".md", ".py"], "names/": [".tsv", ".txt", ".md", ".py"],
    ]
    expectNone(
      SourceTree.files.compactMap { file in
        guard
          let (folder, extensions) = homes.first(where: {
            file.path.hasPrefix("Patterns/\($0.key)")
          })
        else { return nil }
        let isRead = extensions.contains { file.path.hasSuffix($0) }
        return isRead ? nil : "\(file.path): not one of \(extensions) in \(folder)"
      }, "files of a kind that is not read")
  }

  private func yaml(below folder: String) -> [SourceFile] {
    SourceTree.files.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(".yaml") }
  }

  /// The value of a top-level key that is written on one line.
  private func value(of key: String, in file: SourceFile) -> String? {
    guard let line = file.lines.first(where: { $0.hasPrefix("\(key):") }) else { return nil }
    return line.dropFirst(key.count + 1).prefix { $0 != "#" }
      .trimmingCharacters(in: CharacterSet(charactersIn: " \"'"))
  }
}
