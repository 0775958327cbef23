import Foundation
import Testing

/// The style rules that a program can check.
@Suite struct SwiftTidyTests {
  private static let columnsMax = 100
  private static let functionLinesMax = 70
  private static let fileLinesMax = 600

  /// Where Foundation may be seen. The engine does without it: it would bring another copy of ICU,
  /// and `String` into the hot path.
  private static let foundationAllowed = [
    "Sources/chatscrub/", "Sources/PatternFiles/", "Sources/packpatterns/", "Plugins/", "Tests/",
    "Benchmarks/",
    // Only its JSON coder, without ICU, for the checkpoint's tally.
    "Sources/Pipeline/Checkpoint.swift",
  ]

  /// The files in which `unsafe` may be written: C edges, and loops that were measured.
  /// A folder ends in `/`. A new entry wants its reason beside it.
  private static let unsafeAllowed = [
    "Sources/Text/ByteMaps.swift",  // SIMD loads
    "Sources/Text/ByteSearch.swift",  // memchr, eight bytes at once
    "Sources/Text/ConstantBytes.swift",  // mapped files, strings of the program
    "Sources/Text/FoldTable.swift",  // ICU
    "Sources/Text/Lookalikes.swift",  // ICU
    "Sources/Text/Transcoding.swift",  // ICU
    "Sources/Text/LiteralFinder.swift",  // unchecked table look-ups, one a byte
    "Sources/Text/UTF8Validation.swift",  // SIMD loads
    "Sources/Records/",  // SIMD loads, bulk copies
    "Sources/Rules/Regex.swift",  // PCRE2
    "Sources/Pipeline/",  // read, write, zlib, zstd
    "Sources/Builtin/",  // the packed bytes
    "Sources/PatternFiles/",  // the packed bytes
    "Sources/chatscrub/",  // signals
    "Tests/",
  ]

  @Test func linesFitIntoAHundredColumns() {
    expectNone(
      SourceTree.swift.flatMap { file in
        file.lines.enumerated().compactMap { index, line in
          line.count > Self.columnsMax ? "\(file.path):\(index + 1): \(line.count)" : nil
        }
      }, "lines over \(Self.columnsMax) columns")
  }

  @Test func filesAreShort() {
    expectNone(
      SourceTree.swift.compactMap { file in
        file.lines.count > Self.fileLinesMax ? "\(file.path): \(file.lines.count) lines" : nil
      }, "files over \(Self.fileLinesMax) lines")
  }

  @Test func functionsAreShort() {
    expectNone(
      SourceTree.swift.flatMap { file in
        FunctionFinder().functions(in: file.code).compactMap { function in
          function.lineCount > Self.functionLinesMax
            ? "\(file.path):\(function.line): \(function.lineCount) lines" : nil
        }
      }, "functions over \(Self.functionLinesMax) lines")
  }

  @Test func noTabsAndNoTrailingBlanks() {
    let extensions = [".swift", ".c", ".h", ".md", ".yaml", ".py", ".modulemap"]
    expectNone(
      SourceTree.files.filter { file in extensions.contains { file.path.hasSuffix($0) } }
        .flatMap { file in
          file.lines.enumerated().compactMap { index, line in
            let isClean = !line.contains("\t") && line.last != " " && line.last != "\r"
            return isClean ? nil : "\(file.path):\(index + 1)"
          }
        }, "tabs, carriage returns or trailing blanks")
  }

  @Test func everyFileEndsWithOneNewline() {
    let newline = UInt8(ascii: "\n")
    expectNone(
      (SourceTree.swift + SourceTree.markdown).compactMap { file in
        let ending = file.bytes.suffix(2)
        let isClean = ending.last == newline && ending.first != newline
        return isClean ? nil : file.path
      }, "files that do not end with one newline")
  }

  @Test func foundationStaysOutOfTheEngine() {
    expectNone(
      SourceTree.swift.filter { file in
        !Self.foundationAllowed.contains { file.path.hasPrefix($0) }
      }.flatMap { file in
        importedModules(in: file).compactMap { line, module in
          module.hasPrefix("Foundation") ? "\(file.path):\(line): \(module)" : nil
        }
      }, "imports of Foundation in the engine")
  }

  @Test func unsafeIsWrittenOnlyWhereListed() {
    let word = /\bunsafe\b/
    expectNone(
      SourceTree.swift.filter { file in
        !Self.unsafeAllowed.contains {
          $0.hasSuffix("/") ? file.path.hasPrefix($0) : file.path == $0
        }
      }.flatMap { file in
        file.code.enumerated().compactMap { index, line in
          line.contains(word) ? "\(file.path):\(index + 1)" : nil
        }
      }, "`unsafe` outside the listed files")
  }

  @Test func onlyTheCommandsPrint() {
    let call = /(^|[^.\w])(print|debugPrint|dump)\(/
    let allowed = [
      "Sources/chatscrub/", "Sources/packpatterns/", "Benchmarks/", "Tests/CopyRecords/",
    ]
    expectNone(
      SourceTree.swift.filter { file in !allowed.contains { file.path.hasPrefix($0) } }
        .flatMap { file in
          file.code.enumerated().compactMap { index, line in
            line.contains(call) && !line.contains("func print")
              ? "\(file.path):\(index + 1)" : nil
          }
        }, "print outside the commands")
  }

  @Test func everyUncheckedSendableSaysWhy() {
    expectNone(
      SourceTree.swift.flatMap { file in
        file.code.indices.compactMap { index in
          guard file.code[index].contains("@unchecked Sendable") else { return nil }
          // The reason stands on the lines before or, as in a type's first line, just after.
          let around = max(0, index - 3)...min(file.lines.count - 1, index + 1)
          let hasReason = around.contains { file.lines[$0].contains("//") }
          return hasReason ? nil : "\(file.path):\(index + 1)"
        }
      }, "`@unchecked Sendable` without a comment")
  }

  @Test func nothingIsLeftForLater() {
    // Put together here so that this file does not find itself.
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
    let extensions = [".swift", ".c", ".h", ".md", ".yaml", ".py"]
    expectNone(
      SourceTree.files.filter { file in extensions.contains { file.path.hasSuffix($0) } }
        .flatMap { file in
          file.lines.enumerated().compactMap { index, line in
            words.contains { line.contains($0) } ? "\(file.path):\(index + 1)" : nil
          }
        }, "notes left for later")
  }

  @Test func swiftFormatHasNothingToSay() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.currentDirectoryURL = SourceTree.root
    process.arguments =
      ["swift", "format", "lint", "--strict", "--parallel"] + SourceTree.swift.map(\.path)
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let message = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let lines = String(decoding: message, as: UTF8.self)
      .split(separator: "\n").filter { $0.contains("error:") || $0.contains("warning:") }
      .map { String($0.replacing(SourceTree.root.path + "/", with: "")) }
    #expect(process.terminationStatus == 0 || !lines.isEmpty, "swift format did not run")
    expectNone(lines, "swift format lint")
  }
}
