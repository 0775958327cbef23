import ArgumentParser
import Foundation
import Glibc
import Pipeline

/// The inputs a user named, found.
struct InputFile: Equatable {
  var location: InputLocation
  /// The name the output gets under `--output-dir`: the path below the directory that was named, or
  /// the file's own name.
  var relativeName: String
}

enum Inputs {
  private static let suffixes = [".jsonl", ".ndjson", ".json"]

  /// Finds the files that arguments name: a directory stands for the JSON files in and below it, a
  /// pattern with `*`, `?` or `[` for what it matches, in order of name.
  ///
  /// - Throws: `ValidationError` for a pattern or a directory that names nothing.
  static func find(_ arguments: [String]) throws -> [InputFile] {
    if arguments.isEmpty {
      return [InputFile(location: .standardInput, relativeName: "stdin.jsonl")]
    }
    var result: [InputFile] = []
    for argument in arguments {
      if argument == "-" {
        result.append(InputFile(location: .standardInput, relativeName: "stdin.jsonl"))
        continue
      }
      if isThere(argument) {
        result += try files(at: argument)
        continue
      }
      guard argument.contains(where: { "*?[".contains($0) }) else {
        // The reader says why it cannot be opened.
        result.append(file(argument, name: argument))
        continue
      }
      let matches = expand(argument)
      if matches.isEmpty { throw ValidationError("No file matches \(argument).") }
      for match in matches { result += try files(at: match) }
    }
    return result
  }

  private static func file(_ path: String, name: String) -> InputFile {
    InputFile(
      location: .file(path), relativeName: Paths.name(of: name))
  }

  private static func files(at path: String) throws -> [InputFile] {
    var isDirectory: ObjCBool = false
    // SAFETY: Foundation writes the flag during the call.
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
      isDirectory.boolValue
    else { return [file(path, name: path)] }
    let names = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
      .filter { name in
        var stem = name
        for codec in [".gz", ".zst"] where stem.hasSuffix(codec) {
          stem = String(stem.dropLast(codec.count))
        }
        return suffixes.contains { stem.hasSuffix($0) }
      }
      .sorted()
    if names.isEmpty { throw ValidationError("\(path) holds no JSON files.") }
    return names.map { name in
      InputFile(
        location: .file(Paths.join(path, name)), relativeName: name)
    }
  }

  private static func isThere(_ path: String) -> Bool {
    // SAFETY: the path is copied for the call.
    unsafe access(path, F_OK) == 0
  }

  private static func expand(_ pattern: String) -> [String] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    // SAFETY: glob fills `found`, which is freed above; the strings are copied out before.
    guard unsafe glob(pattern, 0, nil, &found) == 0 else { return [] }
    return unsafe (0..<Int(found.gl_pathc)).map { unsafe String(cString: found.gl_pathv[$0]!) }
  }
}
