import Dispatch
import Synchronization

/// A value that is made on another thread while this one goes on.
final class Later<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let group = DispatchGroup()

  init(_ make: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global().async(group: group) { [self] in
      let made = Result { try make() }
      result.withLock { $0 = made }
    }
  }

  /// Waits until it is made.
  ///
  /// - Throws: what making it threw.
  func value() throws -> Value {
    group.wait()
    guard let made = result.withLock({ $0 }) else { preconditionFailure("the group has ended") }
    return try made.get()
  }
}
