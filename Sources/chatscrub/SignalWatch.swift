import Dispatch
import Glibc
import Pipeline

/// Turns Ctrl-C and termination into a request to stop: what is under way is written and can be
/// resumed. A second signal ends the process at once.
final class SignalWatch {
  private let sources: [any DispatchSourceSignal]
  private let received = Received()

  private final class Received: @unchecked Sendable {
    // @unchecked: written on one serial queue; read after the run has seen the cancellation that
    // the same handler made.
    var signal: Int32 = 0
  }

  init(_ cancellation: Cancellation) {
    let queue = DispatchQueue(label: "signals")
    sources = [SIGINT, SIGTERM, SIGHUP].map { [received] signal in
      Glibc.signal(signal, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
      source.setEventHandler {
        if received.signal != 0 { Self.end(by: signal) }
        received.signal = signal
        cancellation.request()
      }
      source.resume()
      return source
    }
  }

  func stop() {
    for source in sources { source.cancel() }
  }

  /// Ends the process by the signal it was sent, so that a shell's loop ends, too.
  func endProcess() -> Never {
    Self.end(by: received.signal == 0 ? SIGINT : received.signal)
  }

  private static func end(by signal: Int32) -> Never {
    Glibc.signal(signal, SIG_DFL)
    kill(getpid(), signal)
    exit(2)
  }
}
