// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target: Swift 6 mode, unsafe code marked, no warning left.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// Where the tests spend their time: optimised in debug builds, too.
let fast = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "ChatScrub",
  products: [
    .executable(name: "chatscrub", targets: ["chatscrub"]),
    // For the nested package Benchmarks/ alone: another package does not see `package` symbols.
    .library(name: "BenchmarkSupport", targets: ["BenchmarkSupport"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // The C edges.
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(
      name: "CICU", linkerSettings: [.linkedLibrary("icuuc"), .linkedLibrary("icui18n")]),

    .target(name: "CByteMaps"),

    // The flow, left to right.
    .target(name: "Text", dependencies: ["CByteMaps", "CICU"], swiftSettings: fast),
    .target(name: "Records", dependencies: ["Text"], swiftSettings: fast),
    .target(
      name: "Rules",
      dependencies: ["CPCRE2", "Text", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: fast),
    .target(name: "Names", dependencies: ["Text"], swiftSettings: fast),
    .target(name: "Scan", dependencies: ["Text", "Rules", "Names"], swiftSettings: fast),
    .target(
      name: "Redact",
      dependencies: [
        "Text", "Records", "Rules", "Names", "Scan",
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: strict),
    .target(
      name: "Pipeline",
      dependencies: [
        "Text", "Records", "Rules", "Names", "Scan", "Redact", "CZlib", "CZstd",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ], swiftSettings: strict),

    .target(
      name: "Unify",
      dependencies: [
        "Text", "Records", "Redact", "Pipeline",
        .product(name: "Crypto", package: "swift-crypto"),
      ], swiftSettings: strict),

    // The data under Patterns/: read from YAML, packed at build time, unpacked at start.
    .target(
      name: "PatternFiles",
      dependencies: [
        "Text", "Records", "Rules", "Names", "Scan", "Redact",
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "packpatterns", dependencies: ["PatternFiles"], swiftSettings: strict),
    .plugin(name: "PackPatterns", capability: .buildTool(), dependencies: ["packpatterns"]),
    .target(name: "Builtin", swiftSettings: strict, plugins: ["PackPatterns"]),

    .executableTarget(
      name: "chatscrub",
      dependencies: [
        "Pipeline", "PatternFiles", "Builtin", "Text", "Records", "Rules", "Names", "Scan",
        "Redact", "Unify",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    .target(
      name: "BenchmarkSupport",
      dependencies: [
        "Pipeline", "PatternFiles", "Builtin", "Text", "Records", "Rules", "Names", "Scan",
        "Redact",
      ], swiftSettings: strict),

    // The command run as a user runs it, and the style rules as tests.
    .testTarget(
      name: "CommandTests", dependencies: ["chatscrub"], exclude: ["Cases"],
      swiftSettings: strict),
    .testTarget(name: "TidyTests", swiftSettings: strict),
    // Copies records through the pipeline: a process that tests can kill, and the speed of nothing.
    .executableTarget(
      name: "copyrecords", dependencies: ["Pipeline"], path: "Tests/CopyRecords",
      swiftSettings: strict),
    // Tests mirror the targets, file by file.
    .testTarget(name: "TextTests", dependencies: ["Text"], swiftSettings: strict),
    .target(
      name: "TestSupport",
      dependencies: ["Builtin", "Names", "PatternFiles", "Rules", "Scan", "Text"],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "RulesTests", dependencies: ["PatternFiles", "Rules", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "NamesTests", dependencies: ["Names", "Rules", "Scan", "Text", "TestSupport"],
      exclude: ["Cases"],
      swiftSettings: strict),
    .testTarget(
      name: "ScanTests",
      dependencies: ["Names", "Rules", "Scan", "Text", "TestSupport", "PatternFiles"],
      swiftSettings: strict),
    .testTarget(
      name: "PatternFilesTests",
      dependencies: [
        "Names", "PatternFiles", "Records", "Redact", "Rules", "Scan", "TestSupport",
      ], exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "RedactTests",
      dependencies: [
        "Names", "PatternFiles", "Records", "Redact", "Rules", "Scan", "Text", "TestSupport",
      ], exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "Pipeline", "copyrecords", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "UnifyTests",
      dependencies: [
        "PatternFiles", "Pipeline", "Records", "Redact", "Scan", "Unify", "TestSupport",
      ], exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "RecordsTests",
      dependencies: ["Records", "Text", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
  ]
)
