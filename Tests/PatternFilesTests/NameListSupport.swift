import Names
import PatternFiles

/// A list that was read, and what is known of words then.
struct ReadList: ~Copyable {
  let file: NameListFile
  private let dictionary: NameDictionary
  private var scratch = NameScratch()

  init(
    _ bytes: [UInt8], path: String = "list.txt", kind: NameListKind? = nil,
    classes: WordClasses? = nil, encoding: String? = nil, affixes: String? = nil
  ) throws {
    var request = NameListFile.Request()
    request.kind = kind
    request.classes = classes
    request.encoding = encoding
    request.affixes = affixes.map { Array($0.utf8) }
    var builder = DictionaryBuilder()
    file = try NameListFile(bytes, path: path, request, into: &builder)
    dictionary = builder.build()
  }

  init(_ text: String, path: String = "list.txt", classes: WordClasses? = nil) throws {
    try self.init(Array(text.utf8), path: path, classes: classes)
  }

  mutating func entry(_ word: String) -> WordEntry {
    let bytes = Array(word.utf8)
    return dictionary.entry(scratch.hash(bytes.span, bytes.indices))
  }

  mutating func classes(_ word: String) -> WordClasses { entry(word).classes }

  /// The numbers of the lines that could not be used.
  var badLines: [Int] { file.issues.map(\.line) }
}

/// What the refusal of a file says.
func refusal(
  _ bytes: [UInt8], path: String = "list.txt", kind: NameListKind? = nil,
  encoding: String? = nil
) -> String? {
  do {
    _ = try ReadList(bytes, path: path, kind: kind, encoding: encoding)
    return nil
  } catch {
    return "\(error)"
  }
}
