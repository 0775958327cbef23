import ArgumentParser
import Pipeline

/// The files a run reads and writes. What is written may be none of the others, by whatever path:
/// one would take the other's place, and the run would end as if all were well.
struct RunFiles {
  private struct Entry {
    let path: String
    /// What messages call it: the option that names it, or what it is to that.
    let role: String
  }

  private var inputs: [Entry] = []
  private var read: [Entry] = []
  private var written: [Entry] = []

  /// Notes an input.
  mutating func input(_ path: String) {
    inputs.append(Entry(path: path, role: ""))
  }

  /// Notes a file or a folder that is read beside the inputs.
  mutating func reads(_ path: String?, _ role: String) {
    if let path { read.append(Entry(path: path, role: role)) }
  }

  /// Notes a file that is written.
  mutating func writes(_ path: String?, _ role: String) {
    if let path { written.append(Entry(path: path, role: role)) }
  }

  /// - Throws: `ValidationError` when a file that is written is another of them.
  func check() throws {
    let inputs = Set(inputs.compactMap { FileIdentity($0.path) })
    var known: [FileIdentity: Entry] = [:]
    for entry in read {
      guard let identity = FileIdentity(entry.path) else { continue }
      known[identity] = known[identity] ?? entry
    }
    let folders = read.filter { Paths.isDirectory($0.path) }
    for entry in written {
      // What is no regular file is not replaced.
      guard case .file(let path) = OutputTarget(entry.path) else { continue }
      let partial = Entry(path: entry.path + ".partial", role: "the partial file of \(entry.role)")
      for (file, path) in [(entry, path), (partial, path + ".partial")] {
        guard let identity = FileIdentity(path) else { continue }
        if inputs.contains(identity) {
          throw Self.refusal("\(file.role) \(file.path) is one of the inputs.")
        }
        if let other = known[identity] {
          throw Self.refusal("\(other.role) and \(file.role) are the same file, \(file.path).")
        }
        known[identity] = file
      }
      try Self.check(entry, at: path, isIn: folders)
    }
  }

  /// A folder of rules or patterns is read file by file.
  private static func check(_ entry: Entry, at path: String, isIn folders: [Entry]) throws {
    guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else { return }
    for folder in folders {
      guard let real = realPath(folder.path) else { continue }
      if Paths.resolved(path).hasPrefix(Paths.join(real, "")) {
        throw refusal("\(entry.role) \(entry.path) is in the folder of \(folder.role).")
      }
    }
  }

  private static func refusal(_ message: String) -> ValidationError {
    ValidationError(Console.escaped(message))
  }
}
