import Foundation

/// What a shell line left behind.
struct ShellResult {
  let standardOutput: [UInt8]
  let standardError: [UInt8]
  let status: Int32
  /// Whether the line was ended because its time was over.
  let hasTimedOut: Bool
}

/// Runs shell lines with the freshly built `chatscrub` on the path.
enum Shell {
  /// The package's root, found from where this file was compiled.
  static let packageRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folder of the build's products: the test bundle and the command lie side by side.
  static let products: URL = {
    let bundle = Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    var folder = bundle.resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/",
      !FileManager.default.isExecutableFile(atPath: folder.appending(path: "chatscrub").path)
    {
      folder = folder.deletingLastPathComponent()
    }
    return folder
  }()

  /// Runs `line` with `sh -c` in `folder` and waits at most `secondsMax`.
  ///
  /// Output goes through files, so that no amount of it can block the command. The environment is
  /// made here: what the developer has set must not change a golden output.
  static func run(_ line: String, in folder: URL, secondsMax: Double = 60) throws -> ShellResult {
    let scratch = try TemporaryFolder()
    let files = ["stdout", "stderr"].map { scratch.url.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    let handles = try files.map { try FileHandle(forWritingTo: $0) }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": "\(products.path):/usr/local/bin:/usr/bin:/bin", "HOME": scratch.url.path,
      "TMPDIR": scratch.url.path, "LC_ALL": "C.UTF-8", "TZ": "UTC", "TERM": "dumb",
      "COLUMNS": "80",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    let isOver = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in isOver.signal() }
    try process.run()
    let hasTimedOut = isOver.wait(timeout: .now() + secondsMax) == .timedOut
    if hasTimedOut {
      process.terminate()
      isOver.wait()
    }
    for handle in handles { try handle.close() }
    let outputs = try files.map { [UInt8](try Data(contentsOf: $0)) }
    return ShellResult(
      standardOutput: outputs[0], standardError: outputs[1],
      status: process.terminationReason == .exit
        ? process.terminationStatus : 128 + process.terminationStatus,
      hasTimedOut: hasTimedOut)
  }
}

/// A new empty folder that goes away with its owner.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "chatscrub-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
