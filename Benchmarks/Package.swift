// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that who uses ChatScrub does not build the benchmark library.
// `traits: []` leaves its allocation counter out: the counter needs two more packages, and without
// them it reads 0, which looks like a good result and is none.
let package = Package(
  name: "ChatScrubBenchmarks",
  dependencies: [
    .package(name: "ChatScrub", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.0", traits: []),
  ],
  targets: [
    .target(name: "Corpus"),
    .executableTarget(name: "corpusgen", dependencies: ["Corpus"]),
    .executableTarget(
      name: "EngineBenchmarks",
      dependencies: [
        "Corpus", .product(name: "BenchmarkSupport", package: "ChatScrub"),
        .product(name: "Benchmark", package: "benchmark"),
      ],
      path: "Benchmarks/EngineBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ]
)
