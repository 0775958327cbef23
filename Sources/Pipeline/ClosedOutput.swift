/// An output whose bytes are all on the disk, but not under its name yet.
///
/// Let go of before it is published, it takes its partial file with it.
package final class ClosedOutput {
  /// Where the output goes.
  package let location: OutputLocation
  /// What is known of it.
  package let summary: OutputSummary
  /// The file without its name; `nil` when there is none, or no longer.
  private var partial: PartialFile?

  init(_ location: OutputLocation, _ summary: OutputSummary, _ partial: PartialFile?) {
    self.location = location
    self.summary = summary
    self.partial = partial
  }

  deinit { partial?.remove() }

  /// Gives the file its name.
  package func publish() throws(IOFailure) {
    try partial?.publish(as: location.name)
    partial = nil
  }
}
