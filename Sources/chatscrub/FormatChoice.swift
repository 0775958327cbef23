import ArgumentParser
import Foundation
import Pipeline
import Records
import Redact

/// The format each input is read in, and the plans that follow from it.
struct FormatChoice {
  /// One plan for each format in use.
  private(set) var plans: [ScrubPlan] = []
  /// For each input, the index of its plan.
  private(set) var planOfInput: [Int] = []
  /// The inputs as they are to be read: of standard input some bytes have been read already.
  private(set) var inputs: [InputLocation] = []

  var formatNames: [String] { planOfInput.map { plans[$0].format.definition.name } }

  /// Decides for every input, and says on standard error what it chose where it had to guess.
  init(
    _ inputs: [InputLocation], _ configuration: ScrubConfiguration, _ cancellation: Cancellation
  ) throws {
    let flags = configuration.flags
    var detector: FormatDetector?
    for input in inputs {
      var location = input
      let definition: FormatDefinition
      if !flags.textPaths.isEmpty {
        definition = try Self.textPaths(flags.textPaths)
      } else if flags.format != "auto" {
        definition = configuration.formats.first { $0.name == flags.format }!
      } else {
        if detector == nil {
          detector = FormatDetector(formats: try configuration.formats.map(Format.init))
        }
        let records = try FirstRecords(of: &location, cancellation)
        definition = try Self.guess(detector!, records, input.name, configuration.formats)
      }
      self.inputs.append(location)
      planOfInput.append(try plan(for: definition, configuration))
    }
  }

  private mutating func plan(
    for definition: FormatDefinition, _ configuration: ScrubConfiguration
  ) throws -> Int {
    if let known = plans.firstIndex(where: { $0.format.definition.name == definition.name }) {
      return known
    }
    let format = try Self.compile(configuration.policy.applied(to: definition))
    plans.append(
      ScrubPlan(
        scanner: configuration.engine.scanner, names: configuration.engine.names, format: format,
        policy: configuration.policy, keys: configuration.keys,
        depthMax: configuration.flags.maxDepth,
        redactsOnFailure: configuration.flags.onFailure == .redactAll,
        allow: configuration.engine.allow))
    return plans.count - 1
  }

  private static func compile(_ definition: FormatDefinition) throws -> Format {
    do {
      return try Format(definition)
    } catch {
      throw ValidationError(Self.message(error))
    }
  }

  private static func message(_ error: FormatError) -> String {
    switch error {
    case .badPath(let path, let offset):
      "The path \(path) is not understood at character \(offset + 1)."
    case .duplicatePath(let path): "The path \(path) is given twice."
    case .badKind(let path): "The path \(path) asks for a kind of value that does not exist."
    case .tooManyDetectPaths, .tooManyStates: "The format has too many paths."
    }
  }

  private static func textPaths(_ paths: [String]) throws -> FormatDefinition {
    let fields = paths.map { FieldDefinition(path: $0, use: .text) }
    let roles = ["**.role", "**.from", "**.sender"].filter { !paths.contains($0) }
    return FormatDefinition(
      name: "text-path", fields: fields + roles.map { FieldDefinition(path: $0, use: .role) })
  }

  private static func guess(
    _ detector: FormatDetector, _ first: FirstRecords, _ name: String,
    _ formats: [FormatDefinition]
  ) throws -> FormatDefinition {
    switch detector.detect(records: first.records) {
    case .one(let format, let matched, let count):
      Console.note(
        "\(name): format \(format.definition.name) (\(matched) of the first \(count) records)")
      return format.definition
    case .ambiguous(let candidates):
      let names = candidates.map(\.definition.name).joined(separator: ", ")
      throw ValidationError("\(name) could be \(names): say which with --format.")
    case .none:
      Console.note("\(name): no known format; every string is scrubbed (format generic)")
      guard let generic = formats.first(where: { $0.name == "generic" }) else {
        throw ValidationError("The format generic is missing.")
      }
      return generic
    }
  }
}

/// The first records of an input.
struct FirstRecords {
  private(set) var records: [[UInt8]] = []

  private static let countMax = 20
  private static let bytesMax = 8 << 20

  /// Reads them. An input that can be read only once is replaced by itself after what was read.
  init(of location: inout InputLocation, _ cancellation: Cancellation) throws {
    if !Self.canBeReadTwice(location) {
      let (prefix, descriptor) = try Self.prefix(of: location, cancellation)
      location = .opened(descriptor: descriptor, name: location.name, first: prefix)
      var bytes: [UInt8] = []
      let source = try InputSource(.memory(name: location.name, bytes: prefix, readMax: .max))
      // Of compressed data the prefix ends in the middle; what it gives will do.
      while bytes.count < Self.bytesMax,
        let count = try? source.read(into: &bytes, countMax: 1 << 20), count > 0
      {}
      collect(bytes, name: location.name, isWhole: false)
      return
    }
    var bytes: [UInt8] = []
    var isWhole = false
    let source = try InputSource(location)
    var wanted = 256 << 10
    while !isWhole, records.count < 2, wanted <= Self.bytesMax {
      while bytes.count < wanted, !isWhole {
        isWhole = try source.read(into: &bytes, countMax: wanted - bytes.count) == 0
      }
      collect(bytes, name: location.name, isWhole: isWhole)
      wanted *= 4
    }
  }

  private mutating func collect(_ bytes: [UInt8], name: String, isWhole: Bool) {
    records.removeAll()
    guard
      let reader = try? BatchReader([.memory(name: name, bytes: bytes, readMax: .max)])
    else { return }
    var batch = Batch()
    while records.count < Self.countMax, (try? reader.next(&batch)) == true {
      for slice in batch.records.prefix(Self.countMax) {
        records.append(Array(batch.bytes[slice.range]))
      }
    }
    if !isWhole, records.count > 1, records.count < Self.countMax { records.removeLast() }
    records = Array(records.prefix(Self.countMax))
  }

  private static func canBeReadTwice(_ location: InputLocation) -> Bool {
    guard case .file(let path) = location else { return false }
    return Paths.isRegularOrNew(path)
  }

  /// What an input gives until a line is whole, it ends, or there is enough; and the open file, to
  /// go on with.
  private static func prefix(
    of location: InputLocation, _ cancellation: Cancellation
  ) throws -> (bytes: [UInt8], descriptor: Int32) {
    var prefix: [UInt8] = []
    let source = try InputSource(location, cancellation: cancellation)
    // A first line that long tells as much as a whole one.
    while prefix.count < 4 << 20, !prefix.contains(10), !cancellation.wasRequested {
      if try source.readRawPrefix(into: &prefix, cancellation: cancellation) == 0 { break }
    }
    return (prefix, source.releaseDescriptor() ?? 0)
  }
}
