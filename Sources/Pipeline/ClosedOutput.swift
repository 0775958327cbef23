internal import Glibc
internal import SystemPackage

/// An output whose bytes are all on the disk, but not under its name yet.
///
/// Let go of before it is published, it takes its partial file with it.
package final class ClosedOutput {
  /// Where the output goes.
  package let location: OutputLocation
  /// What is known of it.
  package let summary: OutputSummary
  private var isNamed: Bool

  init(_ location: OutputLocation, _ summary: OutputSummary, isNamed: Bool) {
    self.location = location
    self.summary = summary
    self.isNamed = isNamed
  }

  deinit {
    if !isNamed { unsafe _ = unlink(location.partialPath) }
  }

  /// Gives the file its name.
  package func publish() throws(IOFailure) {
    guard !isNamed else { return }
    try location.publish()
    isNamed = true
  }
}

extension OutputLocation {
  /// Renames the partial file.
  func publish() throws(IOFailure) {
    guard unsafe rename(partialPath, name) == 0 else { throw .output(path: name, code: errno) }
    synchronizeDirectory(of: name)
  }

  /// Removes the partial file, if there is one.
  package func removePartial() {
    unsafe _ = unlink(partialPath)
  }
}
