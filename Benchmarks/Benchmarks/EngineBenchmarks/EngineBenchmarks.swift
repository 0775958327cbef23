import Benchmark
import BenchmarkSupport
import Corpus

/// Four megabytes of each kind, the same on every machine. Large enough that a call costs nothing,
/// small enough to stay in the cache of most machines: the throughput script measures the rest.
private let corpora: [(kind: CorpusKind, text: [UInt8])] = CorpusKind.allCases.map { kind in
  var writer = ConversationWriter(kind: kind, seed: 1)
  var text: [UInt8] = []
  while text.count < 4_000_000 { writer.appendRecord(to: &text) }
  return (kind, text)
}

// The engine's steps, each over each kind of corpus.
//
// `found` is a result, not a speed: it is compared exactly, and a change of it is a change of what
// the engine does. Times are recorded and looked at; they fail nothing, as machines differ.
let benchmarks: @Sendable () -> Void = {
  let found = BenchmarkMetric.custom("found", polarity: .prefersLarger, useScalingFactor: false)
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput, .peakMemoryResident, found], warmupIterations: 3,
    maxDuration: .seconds(2), maxIterations: 200)
  for task in EngineTask.all {
    for (kind, text) in corpora {
      Benchmark("\(task.name), \(kind.rawValue)") { benchmark in
        for _ in benchmark.scaledIterations {
          let count = task.run(text)
          benchmark.measurement(found, count)
        }
      }
    }
  }
}
