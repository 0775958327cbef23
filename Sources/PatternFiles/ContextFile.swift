/// The words of a mapping by language; the lists it names under `use` are files that rules share,
/// `Patterns/context/NAME.yaml`, which say what they are `about` and have `words` by language.
///
/// - Parameters:
///   - root: the directory that has `context/` in it, with its slash.
/// - Throws: `PatternFileError` with the line of what is wrong.
func contextWords(
  _ map: YAMLMap, below root: String
) throws(PatternFileError) -> [String: [String]] {
  var languages = map
  var words: [String: [String]] = [:]
  for language in map.keys {
    let list = try languages.strings(language)
    guard language == "use" else {
      words[language, default: []] += list
      continue
    }
    for name in list {
      var file = try YAMLMap(
        contentsOf: "\(root)context/\(name).yaml", name: "context/\(name).yaml")
      _ = try file.string("about")
      guard var shared = try file.map("words") else { throw file.error("`words` is missing") }
      try file.finish()
      for language in shared.keys {
        words[language, default: []] += try shared.strings(language)
      }
    }
  }
  return words
}
