internal import Dispatch
internal import Synchronization

/// A batch as it passes from thread to thread. Whoever took it from a queue owns it.
///
/// @unchecked: each slot is in one queue or in the hands of one thread, and the queues' locks order
/// the accesses of one owner before those of the next.
final class BatchSlot<Tally: BatchTally>: @unchecked Sendable {
  var batch = Batch()
  var tally = Tally()
  /// Why the batch could not be read or processed. Failures travel in the order of the input.
  var failure: (any Error)?
  /// What was taken from the budget for the batch.
  var reservedBytes = 0
}

/// Bounds the bytes under way when a few records are as large as many batches.
///
/// One thread reserves, another releases.
final class ByteBudget: Sendable {
  private let total: Int
  private let used = Mutex(0)
  private let released = DispatchSemaphore(value: 0)

  init(total: Int) {
    self.total = total
  }

  /// Waits until so many bytes are left. Any number is granted when nothing is under way.
  func reserve(_ count: Int) {
    while true {
      let isGranted = used.withLock { used in
        guard used == 0 || used + count <= total else { return false }
        used += count
        return true
      }
      if isGranted { return }
      // Each release signals, also when nobody waits, so this may find nothing new and try again.
      released.wait()
    }
  }

  func release(_ count: Int) {
    used.withLock { $0 -= count }
    released.signal()
  }
}

/// A queue between threads. It has no bound of its own: the number of slots is the bound.
final class BatchQueue<Element: Sendable>: Sendable {
  private struct State {
    /// Elements in order from `head`; the slots before it are empty.
    var elements: [Element?] = []
    var head = 0
    var isClosed = false
  }

  private let state = Mutex(State())
  private let available = DispatchSemaphore(value: 0)

  /// Adds an element at the end. After `close` it is let go.
  func send(_ element: Element) {
    let isSent = state.withLock { state in
      if state.isClosed { return false }
      state.elements.append(element)
      return true
    }
    if isSent { available.signal() }
  }

  /// Takes the first element, waiting for one; `nil` when the queue is closed and empty.
  func receive() -> Element? {
    available.wait()
    let element = state.withLock { state -> Element? in
      guard state.head < state.elements.count else { return nil }
      let element = state.elements[state.head].take()
      state.head += 1
      if state.head == state.elements.count {
        state.elements.removeAll(keepingCapacity: true)
        state.head = 0
      }
      return element
    }
    // The signal of `close` is handed on from receiver to receiver.
    if element == nil { available.signal() }
    return element
  }

  /// Lets receivers go once the queue is empty.
  func close() {
    state.withLock { $0.isClosed = true }
    available.signal()
  }
}
