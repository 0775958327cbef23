import Glibc
import Pipeline
import Testing

struct ProgressMeterTests {
  private func progress(_ bytes: Int64, of total: Int64?, _ seconds: Double) -> Progress {
    var progress = Progress()
    progress.bytes = bytes
    progress.totalBytes = total
    progress.seconds = seconds
    progress.records = 1234
    progress.findings = 56
    return progress
  }

  @Test func aKnownSizeGivesAShareAndATime() {
    #expect(
      progress(250_000_000, of: 1_000_000_000, 2).rendered()
        == "25%  250.0 MB of 1.0 GB  125.0 MB/s  1234 records  56 findings  0:06 left")
    #expect(
      progress(10, of: 36_000_010, 1).rendered(columns: 200)
        == "0%  10 B of 36.0 MB  10 B/s  1234 records  56 findings  99:59:59 left")
    #expect(
      progress(1_000_000_000, of: 1_000_000_000, 2).rendered()
        == "100%  1.0 GB of 1.0 GB  500.0 MB/s  1234 records  56 findings")
  }

  @Test func anUnknownSizeGivesNeither() {
    #expect(
      progress(999_960, of: nil, 0).rendered() == "1.0 MB  0 B/s  1234 records  56 findings")
  }

  @Test func theLineFits() {
    for columns in 0...100 {
      let line = progress(3_000_000, of: 2_000_000_000, 1).rendered(columns: columns)
      #expect(line.count <= columns)
    }
    let coloured = progress(5, of: nil, 1).rendered(isColoured: true)
    #expect(coloured.hasPrefix("\u{1B}[1;36m5 B\u{1B}[0m  5 B/s"))
  }

  @Test func theWidthIsTheTerminals() throws {
    let terminal = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(terminal >= 0)
    defer { close(terminal) }
    #expect(ProgressMeter.columns(of: terminal) == nil)
    var size = winsize(ws_row: 24, ws_col: 40, ws_xpixel: 0, ws_ypixel: 0)
    #expect(unsafe ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)
    #expect(ProgressMeter.columns(of: terminal) == 40)
    let pipe = unsafe open("/dev/null", O_RDONLY)
    defer { close(pipe) }
    #expect(ProgressMeter.columns(of: pipe) == nil)
  }
}
