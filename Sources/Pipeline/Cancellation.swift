package import Synchronization

/// A request to stop, which a signal handler may make.
///
/// The reader looks at it before each batch and while it waits for a pipe.
package final class Cancellation: Sendable {
  /// Set to true to stop. A lock-free store, so it is allowed in a signal handler.
  package let isRequested = Atomic<Bool>(false)

  private let leader: Cancellation?

  package init() {
    leader = nil
  }

  /// One that is requested by itself or with another.
  init(following leader: Cancellation?) {
    self.leader = leader
  }

  /// Asks the run to stop reading, to write what has been read, and to end.
  package func request() {
    isRequested.store(true, ordering: .relaxed)
  }

  /// Whether `request` was called.
  package var wasRequested: Bool {
    isRequested.load(ordering: .relaxed) || leader?.wasRequested == true
  }
}
