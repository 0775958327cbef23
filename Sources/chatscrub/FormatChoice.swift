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
  /// The plan for what is not of its input's format: every string is text.
  let other: ScrubPlan

  var formatNames: [String] { planOfInput.map { plans[$0].format.definition.name } }

  /// Decides for every input, and says on standard error what it chose where it had to guess.
  ///
  /// - Parameter empty: the format of an input that has nothing in it.
  init(
    _ inputs: [InputLocation], _ configuration: ScrubConfiguration, _ cancellation: Cancellation,
    empty: String = "generic"
  ) throws {
    let flags = configuration.flags
    let generic = try Self.format("generic", configuration.formats)
    other = try Self.plan(configuration.policy.applied(to: generic), configuration)
    var detector: FormatDetector?
    for input in inputs {
      var location = input
      let definition: FormatDefinition
      if !flags.textPaths.isEmpty {
        definition = try Self.textPaths(flags.textPaths)
      } else if !flags.textColumns.isEmpty {
        let first = try FirstRecords(of: &location, configuration.container, cancellation)
        definition = try Self.textColumns(flags.textColumns, first, input.name)
      } else if configuration.formatName != "auto" {
        definition = try Self.format(configuration.formatName, configuration.formats)
      } else {
        let guess = try detector ?? FormatDetector(formats: configuration.formats)
        detector = guess
        let first = try FirstRecords(of: &location, configuration.container, cancellation)
        if first.isEmpty, !cancellation.wasRequested { Console.note("\(input.name): is empty") }
        definition =
          first.isEmpty
          ? try Self.format(empty, configuration.formats)
          : try Self.guess(guess, first, input.name, configuration.formats)
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
    plans.append(try Self.plan(configuration.policy.applied(to: definition), configuration))
    return plans.count - 1
  }

  private static func plan(
    _ definition: FormatDefinition, _ configuration: ScrubConfiguration
  ) throws -> ScrubPlan {
    let format: Format
    do {
      format = try Format(definition)
    } catch {
      let message = error.message
      throw ValidationError(message.prefix(1).uppercased() + message.dropFirst() + ".")
    }
    return ScrubPlan(
      scanner: configuration.engine.scanner, names: configuration.engine.names, format: format,
      policy: configuration.policy, keys: configuration.keys,
      depthMax: configuration.flags.maxDepth,
      redactsOnFailure: configuration.flags.onFailure == .redactAll,
      allow: configuration.engine.allow)
  }

  private static func format(
    _ name: String, _ formats: [FormatDefinition]
  ) throws -> FormatDefinition {
    // A user's file may have a name that is taken; it comes later.
    guard let format = formats.last(where: { $0.name == name }) else {
      throw ValidationError("The format \(name) is missing.")
    }
    return format
  }

  private static func textPaths(_ paths: [String]) throws -> FormatDefinition {
    let fields = paths.map { FieldDefinition(path: $0, use: .text) }
    let roles = ["**.role", "**.from", "**.sender"].filter { !paths.contains($0) }
    return FormatDefinition(
      name: "text-path", fields: fields + roles.map { FieldDefinition(path: $0, use: .role) })
  }

  /// The columns named are text, the others stay.
  private static func textColumns(
    _ names: [String], _ first: FirstRecords, _ input: String
  ) throws -> FormatDefinition {
    guard first.container.isTable else {
      throw ValidationError("\(input) is no table; --text-column is for tables.")
    }
    for name in names where !first.columns.contains(Array(name.utf8)) {
      throw ValidationError("\(input) has no column of the name \(name).")
    }
    let others = first.columns.count - Set(names).count
    if others > 0 { Console.note("\(input): columns left as they are: \(others)") }
    let fields = names.map { name in
      let key = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      return FieldDefinition(path: "\"\(key)\"", use: .text)
    }
    return FormatDefinition(
      name: "text-column",
      fields: fields + [
        FieldDefinition(path: "*", use: .keep),
        // A cell beyond the columns is in none that is left as it is.
        FieldDefinition(path: "\"\"", use: .text),
      ])
  }

  private static func guess(
    _ detector: FormatDetector, _ first: FirstRecords, _ name: String,
    _ formats: [FormatDefinition]
  ) throws -> FormatDefinition {
    if first.container == .text { return try guessText(first, name, formats) }
    switch detector.detect(records: first.records) {
    case .one(let format, let matched, let count):
      let rest =
        matched < count ? "; one without its shape goes to quarantine" : ""
      Console.note(
        "\(name): format \(format.name) (\(matched) of the first \(count) records\(rest))")
      return format
    case .ambiguous(let candidates):
      let names = candidates.map(\.name).joined(separator: ", ")
      throw ValidationError("\(name) could be \(names): say which with --format.")
    case .none:
      Console.note("\(name): no known format; every string is scrubbed (format generic)")
      return try format("generic", formats)
    }
  }

  /// The format of a text: one whose lines these are, else plain text.
  private static func guessText(
    _ first: FirstRecords, _ name: String, _ formats: [FormatDefinition]
  ) throws -> FormatDefinition {
    let candidates = formats.filter { $0.isPlainText && $0.mayHave(lines: first.lines) }
    if let first = candidates.first(where: { $0.caution != nil }) {
      throw ValidationError(
        "\(name) looks like \(first.name), but \(first.caution ?? ""): say --format \(first.name), "
          + "or --format text to scrub it.")
    }
    if candidates.count > 1 {
      let names = candidates.map(\.name).joined(separator: ", ")
      throw ValidationError("\(name) could be \(names): say which with --format.")
    }
    if let known = candidates.first {
      Console.note("\(name): format \(known.name) (\(first.lines.count) lines)")
      return known
    }
    Console.note("\(name): plain text; all of it is scrubbed (format text)")
    return try format("text", formats)
  }
}

/// The first records of an input.
struct FirstRecords {
  /// JSON records, and rows of a table as objects; empty for text.
  private(set) var records: [[UInt8]] = []
  /// The lines of a text, the first of them.
  private(set) var lines: [[UInt8]] = []
  /// The names of a table's columns.
  private(set) var columns: [[UInt8]] = []
  /// How the records are held together.
  private(set) var container = Container.lines
  /// Whether there was not a single byte.
  private(set) var isEmpty = false
  private let asked: Container?

  private static let countMax = 20
  private static let bytesMax = 8 << 20

  /// Reads them. An input that can be read only once is replaced by itself after what was read.
  ///
  /// - Parameter container: how the records are held together; `nil` to find out.
  init(
    of location: inout InputLocation, _ container: Container?, _ cancellation: Cancellation
  ) throws {
    asked = container
    if !Self.canBeReadTwice(location) {
      let (prefix, descriptor) = try Self.prefix(of: location, cancellation)
      location = .opened(descriptor: descriptor, name: location.name, first: prefix)
      var bytes: [UInt8] = []
      let source = try InputSource(.memory(name: location.name, bytes: prefix, readMax: .max))
      // Of compressed data the prefix ends in the middle; what it gives will do.
      while bytes.count < Self.bytesMax,
        let count = try? source.read(into: &bytes, countMax: 1 << 20), count > 0
      {}
      isEmpty = prefix.isEmpty
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
    isEmpty = bytes.isEmpty
  }

  private mutating func collect(_ bytes: [UInt8], name: String, isWhole: Bool) {
    records.removeAll()
    var options = ReaderOptions()
    options.container = asked
    guard
      let reader = try? BatchReader(
        [.memory(name: name, bytes: bytes, readMax: .max)],
        options: options)
    else { return }
    var batch = Batch()
    while records.count < Self.countMax, (try? reader.next(&batch)) == true {
      container = batch.container
      columns = batch.columns
      for slice in batch.records.prefix(Self.countMax) {
        let record = Array(batch.bytes[slice.range])
        switch container.layout {
        case .json: records.append(record)
        case .text: lines += record.split(separator: 10).prefix(Self.countMax).map { Array($0) }
        case .table(let separator) where slice.number > 1:
          records.append(rowAsObject(record.span, separator: separator, columns: columns))
        case .table: break
        }
      }
      if container == .text { return }
    }
    // The last one may be cut, unless it is a line with its end.
    let isCut = !isWhole && (container != .lines || bytes.last != 10)
    if isCut, records.count > 1, records.count < Self.countMax { records.removeLast() }
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
