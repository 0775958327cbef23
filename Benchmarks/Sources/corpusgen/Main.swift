import Corpus
import Foundation

/// Writes a corpus of invented conversations to standard output.
///
///     corpusgen --seed 1 --bytes 500M --kind chat|pii-dense|code|multilingual
///
/// The same arguments give the same bytes on every machine. `--bytes` is reached, not cut at: the
/// last record is whole.
@main struct CorpusGenerator {
  static func main() {
    var seed: UInt64 = 1
    var byteCount = 1 << 20
    var kind = CorpusKind.chat
    var arguments = CommandLine.arguments.dropFirst()
    while let option = arguments.popFirst() {
      let value = arguments.popFirst() ?? ""
      switch option {
      case "--seed":
        guard let number = UInt64(value) else { refuse("--seed takes a number") }
        seed = number
      case "--bytes":
        guard let number = bytes(value) else { refuse("--bytes takes a number, with k, M or G") }
        byteCount = number
      case "--kind":
        guard let known = CorpusKind(rawValue: value) else {
          refuse("--kind is \(CorpusKind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        kind = known
      default: refuse("unknown option; there are --seed, --bytes and --kind")
      }
    }
    write(kind, seed: seed, byteCount: byteCount)
  }

  private static func write(_ kind: CorpusKind, seed: UInt64, byteCount: Int) {
    var writer = ConversationWriter(kind: kind, seed: seed)
    var text: [UInt8] = []
    var written = 0
    while written < byteCount {
      text.removeAll(keepingCapacity: true)
      while text.count < 1 << 20, written + text.count < byteCount {
        writer.appendRecord(to: &text)
      }
      do {
        try FileHandle.standardOutput.write(contentsOf: Data(text))
      } catch {
        exit(2)  // A closed pipe or a full disk; the shell says which.
      }
      written += text.count
    }
  }

  /// `500M` as 500,000,000: decimal units, as throughput is given in MB/s.
  private static func bytes(_ text: String) -> Int? {
    let units: [Character: Int] = ["k": 1_000, "M": 1_000_000, "G": 1_000_000_000]
    guard let last = text.last, let unit = units[last] else { return Int(text) }
    return Int(text.dropLast()).map { $0 * unit }
  }

  private static func refuse(_ message: String) -> Never {
    FileHandle.standardError.write(Data("corpusgen: \(message)\n".utf8))
    exit(64)
  }
}
