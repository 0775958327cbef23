internal import Glibc

/// What a progress line shows.
package struct Progress: Equatable, Sendable {
  /// Bytes of the inputs as they are, read so far.
  package var bytes: Int64 = 0
  /// The size of all inputs, when it is known.
  package var totalBytes: Int64?
  /// Records read and written, or put into quarantine.
  package var records = 0
  /// Findings in them.
  package var findings = 0
  /// Seconds since the start.
  package var seconds = 0.0

  package init() {}

  /// One line of at most `columns` characters, without its end.
  ///
  /// - Parameter isColoured: whether the figures in it are set off by colour.
  package func rendered(columns: Int = 79, isColoured: Bool = false) -> String {
    let rate = seconds > 0 ? Double(bytes) / seconds : 0
    var parts: [String] = []
    if let totalBytes, totalBytes > 0 {
      let percent = min(100, bytes * 100 / totalBytes)
      parts.append("\(percent)%")
      parts.append("\(Self.size(Double(bytes))) of \(Self.size(Double(totalBytes)))")
    } else {
      parts.append(Self.size(Double(bytes)))
    }
    parts.append("\(Self.size(rate))/s")
    parts.append("\(records) records")
    parts.append("\(findings) findings")
    if let totalBytes, rate > 0, bytes < totalBytes {
      parts.append("\(Self.time(Double(totalBytes - bytes) / rate)) left")
    }
    var width = -2
    var shown: [String] = []
    for part in parts {
      width += part.count + 2
      if width > columns { break }
      shown.append(part)
    }
    if isColoured, !shown.isEmpty { shown[0] = "\u{1B}[1;36m\(shown[0])\u{1B}[0m" }
    return shown.joined(separator: "  ")
  }

  /// A size in decimal units with one digit behind the point.
  static func size(_ bytes: Double) -> String {
    var value = bytes
    for unit in ["B", "kB", "MB", "GB"] {
      if value < 999.95 { return unit == "B" ? "\(Int(value)) B" : "\(tenths(value)) \(unit)" }
      value /= 1000
    }
    return "\(tenths(value)) TB"
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// A time as `1:02:03` or `2:03`.
  static func time(_ seconds: Double) -> String {
    // A rate near zero gives more hours than anybody waits.
    let whole = Int(min(seconds, 359_999).rounded())
    func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = "\(twoDigits(whole / 60 % 60)):\(twoDigits(whole % 60))"
    if whole >= 3600 { return "\(whole / 3600):\(clock)" }
    return "\(whole / 60 % 60):\(twoDigits(whole % 60))"
  }
}

/// When a progress line is shown.
package enum ProgressMode: String, Sendable, CaseIterable {
  /// When messages go to a terminal.
  case auto
  case always
  case never
}

/// Keeps one line of progress on standard error. Used by the writer's thread alone.
///
/// @unchecked: see above; it is handed over with the options before the run starts.
package final class ProgressMeter: @unchecked Sendable {
  private let isShown: Bool
  private let isColoured: Bool
  private var progress = Progress()
  private let clock = ContinuousClock()
  private var started: ContinuousClock.Instant
  private var lastShown: ContinuousClock.Instant
  private var lastWidth = 0

  /// The least time between two changes of the line.
  private static let interval = Duration.milliseconds(200)

  package init(_ mode: ProgressMode) {
    let isTerminal = isatty(STDERR_FILENO) == 1
    isShown = mode == .always || (mode == .auto && isTerminal)
    let refusal = unsafe getenv("NO_COLOR")
    // The convention: any value but an empty one refuses colour.
    isColoured = unsafe isTerminal && (refusal == nil || refusal![0] == 0)
    started = clock.now
    lastShown = started
  }

  func start(totalBytes: Int64?) {
    progress.totalBytes = totalBytes
    started = clock.now
  }

  func add(_ batch: borrowing Batch) {
    guard isShown else { return }
    progress.bytes = batch.rawBytesRead
    progress.records += batch.records.count
    progress.findings += batch.findingCount
    let now = clock.now
    if now - lastShown >= Self.interval {
      lastShown = now
      show(now)
    }
  }

  /// Shows the last state and leaves the line.
  func finish() {
    guard isShown else { return }
    show(clock.now)
    put("\n")
  }

  private func show(_ now: ContinuousClock.Instant) {
    let elapsed = now - started
    progress.seconds =
      Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    // The last column stays empty: some terminals go on to the next line behind it. The window may
    // have changed, and what is beyond its edge now need not be wiped out.
    let columns = max(0, (Self.columns(of: STDERR_FILENO) ?? 80) - 1)
    let width = progress.rendered(columns: columns).count
    let padding = String(repeating: " ", count: max(0, min(lastWidth, columns) - width))
    lastWidth = width
    put("\r\(progress.rendered(columns: columns, isColoured: isColoured))\(padding)")
  }

  /// The width of a terminal; `nil` for what is none, or does not say.
  package static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    // A progress line that cannot be written is no reason to stop.
    unsafe _ = bytes.withUnsafeBytes { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
