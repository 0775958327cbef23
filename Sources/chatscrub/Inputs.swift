import ArgumentParser
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
  /// Finds the files that arguments name: a directory stands for the JSON files in and below it, a
  /// pattern with `*`, `?` or `[` for what it matches, in order of name.
  ///
  /// - Parameter output: the directory that is written to; what is in it is no input.
  /// - Throws: `ValidationError` for a pattern or a directory that names nothing; `IOFailure` and
  ///   `UnreadableName` for what cannot be looked at.
  static func find(_ arguments: [String], besides output: String? = nil) throws -> [InputFile] {
    if arguments.isEmpty {
      return [InputFile(location: .standardInput, relativeName: "stdin.jsonl")]
    }
    var result: [InputFile] = []
    for argument in arguments {
      if argument == "-" {
        result.append(InputFile(location: .standardInput, relativeName: "stdin.jsonl"))
        continue
      }
      if Paths.isThere(argument) {
        result += try files(at: argument, besides: output)
        continue
      }
      guard argument.contains(where: { "*?[".contains($0) }) else {
        try checkEncoding(argument)
        // The reader says why it cannot be opened.
        result.append(file(argument, name: argument))
        continue
      }
      let matches = try expand(argument)
      if matches.isEmpty { throw ValidationError("No file matches \(argument).") }
      for match in matches { result += try files(at: match, besides: output) }
    }
    return result
  }

  private static func file(_ path: String, name: String) -> InputFile {
    InputFile(
      location: .file(path), relativeName: Paths.name(of: name))
  }

  private static func files(at path: String, besides output: String?) throws -> [InputFile] {
    guard Paths.isDirectory(path) else { return [file(path, name: path)] }
    let listing = try DirectoryListing(path, besides: output)
    let leftOut = [
      (listing.quarantineCount, "quarantine files"),
      (listing.outputCount, "files in the output directory"),
    ].filter { $0.0 > 0 }.map { "\($0.1): \($0.0)" }
    if !leftOut.isEmpty {
      Console.note("\(path): left out, " + leftOut.joined(separator: ", "))
    }
    if listing.names.isEmpty { throw ValidationError("\(path) holds no JSON files.") }
    return listing.names.map { name in
      InputFile(
        location: .file(Paths.join(path, name)), relativeName: name)
    }
  }

  /// Arguments come as text: one that was none has lost its bytes, and nothing is found by it.
  private static func checkEncoding(_ argument: String) throws {
    guard argument.contains("\u{FFFD}") else { return }
    for index in 0..<Int(CommandLine.argc) {
      // SAFETY: there are that many arguments, each ends with a zero, and nobody changes them.
      guard let pointer = unsafe CommandLine.unsafeArgv[index] else { continue }
      let bytes = unsafe Array(UnsafeRawBufferPointer(start: pointer, count: strlen(pointer)))
      if String(validating: bytes, as: UTF8.self) == nil,
        String(decoding: bytes, as: UTF8.self) == argument
      {
        throw UnreadableName(bytes)
      }
    }
  }

  private static func expand(_ pattern: String) throws -> [String] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    errno = 0
    // SAFETY: glob fills `found`, which is freed above; the strings are copied out before.
    switch unsafe glob(pattern, GLOB_ERR, nil, &found) {
    case 0: break
    case GLOB_ABORTED: throw IOFailure.input(path: pattern, code: errno == 0 ? EACCES : errno)
    default: return []
    }
    return try unsafe (0..<Int(found.gl_pathc)).map { index in
      let path = unsafe found.gl_pathv[index]!
      guard let text = unsafe String(validatingCString: path) else {
        throw UnreadableName(
          unsafe Array(UnsafeRawBufferPointer(start: path, count: strlen(path))))
      }
      return text
    }
  }
}
