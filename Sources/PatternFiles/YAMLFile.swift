internal import Foundation
internal import Yams

/// What is wrong with a pattern file, and where.
package struct PatternFileError: Error, Equatable, CustomStringConvertible {
  package let file: String
  /// 1-based; 0 when the file as a whole is meant.
  package let line: Int
  package let message: String

  package var description: String {
    line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)"
  }

  package init(file: String, line: Int = 0, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }
}

/// A YAML file's top-level mapping, read strictly: every key is asked for once, and a key nobody
/// asked for is an error.
///
/// Scalars are taken as written, so that `no`, `on` and `1.0` are strings where a string is wanted.
struct YAMLMap {
  let file: String
  let line: Int
  private var entries: [(key: String, line: Int, value: Node)]

  init(contentsOf path: String, name: String) throws(PatternFileError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw PatternFileError(file: name, message: "cannot be read")
    }
    try self.init(text: String(decoding: data, as: UTF8.self), name: name)
  }

  init(text: String, name: String) throws(PatternFileError) {
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      throw PatternFileError(
        file: name, line: context.mark.line, message: "key `\(keys.first ?? "")` occurs twice")
    } catch let error as YamlError {
      throw PatternFileError(file: name, line: Self.line(of: error), message: "is no valid YAML")
    } catch {
      throw PatternFileError(file: name, message: "is no valid YAML")
    }
    guard let node else { throw PatternFileError(file: name, message: "is empty") }
    try self.init(node, file: name)
  }

  init(_ node: Node, file: String) throws(PatternFileError) {
    self.file = file
    line = node.mark?.line ?? 1
    guard let mapping = node.mapping else {
      throw PatternFileError(file: file, line: line, message: "expected a mapping")
    }
    entries = []
    for (key, value) in mapping {
      let keyLine = key.mark?.line ?? line
      guard let name = key.scalar?.string else {
        throw PatternFileError(file: file, line: keyLine, message: "a key is not a word")
      }
      if entries.contains(where: { $0.key == name }) {
        throw PatternFileError(file: file, line: keyLine, message: "key `\(name)` occurs twice")
      }
      entries.append((name, keyLine, value))
    }
  }

  private static func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    default: 0
    }
  }

  var keys: [String] { entries.map(\.key) }

  func error(_ message: String, at key: String? = nil) -> PatternFileError {
    let place = entries.first { $0.key == key }?.line ?? line
    return PatternFileError(file: file, line: place, message: message)
  }

  mutating func take(_ key: String) -> Node? {
    guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
    return entries.remove(at: index).value
  }

  mutating func string(_ key: String) throws(PatternFileError) -> String {
    guard let node = take(key) else { throw error("key `\(key)` is missing") }
    return try Self.string(node, key: key, file: file)
  }

  mutating func optionalString(_ key: String) throws(PatternFileError) -> String? {
    guard let node = take(key) else { return nil }
    return try Self.string(node, key: key, file: file)
  }

  mutating func number(_ key: String) throws(PatternFileError) -> Double {
    guard let node = take(key) else { throw error("key `\(key)` is missing") }
    guard let value = node.scalar.flatMap({ Double($0.string) }) else {
      throw PatternFileError(
        file: file, line: node.mark?.line ?? line, message: "`\(key)` wants a number")
    }
    return value
  }

  mutating func optionalInt(_ key: String) throws(PatternFileError) -> Int? {
    guard let node = take(key) else { return nil }
    guard let value = node.scalar.flatMap({ Int($0.string) }) else {
      throw PatternFileError(
        file: file, line: node.mark?.line ?? line, message: "`\(key)` wants a whole number")
    }
    return value
  }

  mutating func nodes(_ key: String) throws(PatternFileError) -> [Node] {
    guard let node = take(key) else { return [] }
    guard let sequence = node.sequence else {
      throw PatternFileError(
        file: file, line: node.mark?.line ?? line, message: "`\(key)` wants a list")
    }
    return Array(sequence)
  }

  /// A list of strings; one string stands for a list of one.
  mutating func strings(_ key: String) throws(PatternFileError) -> [String] {
    guard let node = take(key) else { return [] }
    if node.scalar != nil { return [try Self.string(node, key: key, file: file)] }
    guard let sequence = node.sequence else {
      throw PatternFileError(
        file: file, line: node.mark?.line ?? line, message: "`\(key)` wants a list")
    }
    var result: [String] = []
    for element in sequence { result.append(try Self.string(element, key: key, file: file)) }
    return result
  }

  /// The line of a key; of the mapping when it has no such key.
  func line(of key: String) -> Int { entries.first { $0.key == key }?.line ?? line }

  /// The line on which a scalar's text begins: behind the sign of a block, for a block.
  func firstLine(of key: String) -> Int {
    guard let scalar = entries.first(where: { $0.key == key })?.value.scalar else {
      return line(of: key)
    }
    let isBlock = scalar.style == .literal || scalar.style == .folded
    return (scalar.mark?.line ?? line(of: key)) + (isBlock ? 1 : 0)
  }

  /// The lines of the elements of a list, or of a scalar.
  func lines(of key: String) -> [Int] {
    guard let node = entries.first(where: { $0.key == key })?.value else { return [] }
    let nodes = node.sequence.map { Array($0) } ?? [node]
    return nodes.map { $0.mark?.line ?? line(of: key) }
  }

  /// A list of mappings, or one.
  mutating func mapsOrMap(_ key: String) throws(PatternFileError) -> [Node] {
    if let node = entries.first(where: { $0.key == key })?.value, node.mapping != nil {
      _ = take(key)
      return [node]
    }
    return try nodes(key)
  }

  /// The value of a key when it is a scalar; the key is left to be asked for.
  func word(_ key: String) -> String? { entries.first { $0.key == key }?.value.scalar?.string }

  /// Whether the value of a key is a mapping.
  func isMapping(_ key: String) -> Bool {
    entries.first { $0.key == key }?.value.mapping != nil
  }

  mutating func map(_ key: String) throws(PatternFileError) -> YAMLMap? {
    guard let node = take(key) else { return nil }
    return try YAMLMap(node, file: file)
  }

  /// - Throws: when a key is left that nobody asked for.
  func finish() throws(PatternFileError) {
    if let left = entries.first {
      throw PatternFileError(file: file, line: left.line, message: "unknown key `\(left.key)`")
    }
  }

  /// A scalar as written, or a list of scalars joined: examples of secrets are cut into parts.
  static func string(
    _ node: Node, key: String, file: String
  ) throws(PatternFileError) -> String {
    if let scalar = node.scalar { return scalar.string }
    if let sequence = node.sequence {
      let parts = sequence.compactMap { $0.scalar?.string }
      if parts.count == sequence.count { return parts.joined() }
    }
    throw PatternFileError(
      file: file, line: node.mark?.line ?? 0, message: "`\(key)` wants a string")
  }
}
