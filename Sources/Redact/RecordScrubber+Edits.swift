package import Records
internal import Scan

// What becomes of a record, as edits of its bytes.
extension RecordScrubber {
  // MARK: - Identifiers

  func fieldOutcome(
    _ action: FieldAction, _ value: ValueLocation, _ record: Span<UInt8>
  ) -> FieldActions.Outcome {
    let text =
      value.kind == .string || value.range.count <= 64 ? wholeText(of: value, record) : []
    return FieldActions.apply(
      action, to: text, kind: value.kind, keys: plan.keys, name: fieldName(value.field))
  }

  /// A string's text; the bytes of any other value.
  private func wholeText(
    of value: ValueLocation, _ record: Span<UInt8>
  ) -> [UInt8] {
    var text: [UInt8] = []
    var map = EscapeMap()
    decode(value, of: record, in: self.map.layers, into: &text, map: &map)
    return text
  }

  /// The last key of a field's path, which separates the pseudonyms of different kinds of
  /// identifiers.
  private func fieldName(_ field: Int32) -> String {
    let path = plan.format.fields[Int(field)].path
    let last = path.split(separator: ".").last.map(String.init) ?? path
    return String(last.filter { $0 != "[" && $0 != "]" && $0 != "\"" })
  }

  mutating func append(_ outcome: FieldActions.Outcome, for value: ValueLocation) {
    guard replace(value, with: outcome) else { return }
    changedFields.append(value.field)
  }

  /// Replaces a whole value.
  ///
  /// - Returns: whether there is anything to replace.
  private mutating func replace(
    _ value: ValueLocation, with outcome: FieldActions.Outcome
  ) -> Bool {
    let start = replacements.count
    var range = value.range
    switch outcome {
    case .string(let bytes): appendEncoded(bytes, for: value)
    case .raw(let bytes):
      // The range of a string is inside its quotes, which go, too. Tables and texts have none, and
      // nothing where JSON has `null`.
      if value.kind == .string, value.encoding != .json { break }
      if value.kind == .string { range = range.lowerBound - 1..<range.upperBound + 1 }
      appendEncoded(bytes, for: value, isRaw: true)
    case .unchanged, .scrub, .placeholder: return false
    }
    edits.append(Edit(range: inRecord(range, value), replacement: start..<replacements.count))
    return true
  }

  /// A range of what a value stands in, as a range of the record.
  private func inRecord(_ range: Range<Int>, _ value: ValueLocation) -> Range<Int> {
    if value.layer == 0 { return range }
    let low = map.recordOffset(range.lowerBound, layer: value.layer)
    return low..<map.recordOffset(range.upperBound, layer: value.layer)
  }

  /// Appends a text as it has to be written in a value's place. `isRaw`: it is JSON, not the inside
  /// of a string.
  private mutating func appendEncoded(
    _ text: [UInt8], for value: ValueLocation, isRaw: Bool = false
  ) {
    var text = text
    for (depth, encoding) in map.encodings(of: value).enumerated() where depth > 0 || !isRaw {
      var encoded: [UInt8] = []
      Records.appendEncoded(text.span, as: encoding, into: &encoded)
      text = encoded
    }
    replacements.append(contentsOf: text)
  }

  /// Replaces the identifiers that get a number, once every number that stands in the record is
  /// known.
  mutating func numberIdentifiers(_ record: Span<UInt8>) {
    for index in numbered {
      let value = map.values[index]
      let text = wholeText(of: value, record)
      if Placeholders.parse(text)?.label == "ID" { continue }
      let number = numbering.number(type: -1, label: "ID", value: text)
      append(.string(Array("[ID_\(number)]".utf8)), for: value)
    }
  }

  // MARK: - Findings

  /// What stands for the findings was made in the last round.
  mutating func makeEdits() {
    for index in texts.indices {
      let text = texts[index]
      let value = map.values[text.value]
      if value.isKeyedNumber {
        makeEdit(ofNumber: text, value)
        continue
      }
      if text.isOpaque {
        let start = replacements.count
        replacements.append(contentsOf: Self.opaque)
        edits.append(
          Edit(
            range: inRecord(value.range, value), replacement: start..<replacements.count))
        continue
      }
      guard text.hasActs else { continue }
      var next = text.firstMade
      for finding in text.findings where plan.ranks[finding.entityType] == .act {
        let start = replacements.count
        let bytes = madeBytes[made[next]]
        next += 1
        // Only what a mask leaves may need escapes.
        if plan.operators[finding.entityType] == .mask {
          appendEncoded(Array(bytes), for: value)
        } else {
          replacements.append(contentsOf: bytes)
        }
        let low = escapes.rawOffset(ofDecoded: finding.range.lowerBound, in: text.segment)
        let high = escapes.rawOffset(ofDecoded: finding.range.upperBound, in: text.segment)
        edits.append(
          Edit(range: inRecord(low..<high, value), replacement: start..<replacements.count))
      }
    }
  }

  /// A number becomes a string, or `null` where nothing stands for it.
  private mutating func makeEdit(ofNumber text: Text, _ value: ValueLocation) {
    guard text.hasActs || text.isOpaque else { return }
    let bytes = text.isOpaque ? Self.opaque : Array(madeBytes[made[text.firstMade]])
    _ = replace(value, with: .raw(Self.json(for: bytes)))
  }

  /// What becomes of a text.
  func rewritten(_ index: Int) -> RewrittenText {
    let text = texts[index]
    var parts: [(range: Range<Int>, replacement: [UInt8])] = []
    if text.isOpaque {
      parts.append((0..<text.segment.text.count, Self.opaque))
    } else if text.hasActs {
      for finding in text.findings where plan.ranks[finding.entityType] == .act {
        let bytes = madeBytes[made[text.firstMade + parts.count]]
        parts.append((finding.range, Array(bytes)))
      }
    }
    return RewrittenText(text: arena[text.segment.text], parts: parts)
  }

  /// What stands for a text whose scan gave up.
  static let opaque = Array("[REDACTED]".utf8)

  mutating func orderEdits() {
    edits.sort { $0.range.lowerBound < $1.range.lowerBound }
    // What stands in a value that is dropped goes with it.
    guard !staleFields.isEmpty else { return }
    var kept: [Edit] = []
    for edit in edits where kept.last.map({ edit.range.lowerBound >= $0.range.upperBound }) ?? true
    {
      kept.append(edit)
    }
    edits = kept
  }

  // MARK: - Flags and derived values

  /// Sets the flags of what was changed, and drops or notes what was made from it.
  ///
  /// Only changed text counts: what is done to identifiers is done to all records alike.
  mutating func setNoted(_ record: Span<UInt8>) {
    guard !map.noted.isEmpty else { return }
    let changed = texts.filter { $0.hasActs || $0.isOpaque }.map { map.values[$0.value].object }
    guard !changed.isEmpty else { return }
    var objects: Set<Int32> = [-1]
    for var object in changed {
      while object >= 0, objects.insert(object).inserted { object = map.parent(of: object) }
    }
    var known = DerivedSources()
    for value in map.noted where objects.contains(map.scope(of: value)) {
      switch plan.format.fields[Int(value.field)].use {
      case .flag: set(value, record)
      case .derived(let action): settle(value, action, record, &known)
      default: break
      }
    }
  }

  private mutating func set(_ value: ValueLocation, _ record: Span<UInt8>) {
    let isString = value.kind == .string
    guard value.kind == .literal || isString else { return }
    let bytes = wholeText(of: value, record)
    let result: String
    switch String(decoding: bytes, as: UTF8.self) {
    case "false", "null": result = "true"
    case "", "False": result = "True"
    default: return
    }
    let outcome: FieldActions.Outcome =
      isString ? .string(Array(result.utf8)) : .raw(Array(result.utf8))
    if replace(value, with: outcome) { setFlags.append(value.field) }
  }

  private mutating func settle(
    _ value: ValueLocation, _ action: DerivedAction, _ record: Span<UInt8>,
    _ known: inout DerivedSources
  ) {
    let bytes = wholeText(of: value, record)
    let isNothing = ["", "null", "[]", "{}"].contains(
      String(decoding: bytes.prefix(5), as: UTF8.self))
    if isNothing, value.kind != .string || bytes.isEmpty { return }
    var done = action
    switch action {
    case .report: break
    case .drop: _ = replace(value, with: .raw(Array("null".utf8)))
    case .recompute:
      guard let formula = plan.format.fields[Int(value.field)].details?.formula,
        let text = source(of: value, &known)
      else {
        done = .report
        break
      }
      // Another text of the same object has changed.
      if text.parts.isEmpty { return }
      if let new = Recomputation.value(bytes, by: formula.kind, of: text) {
        if new == bytes { return }
        _ = replace(value, with: value.kind == .string ? .string(new) : .raw(new))
      } else {
        done = .report
      }
    }
    staleFields.append(StaleField(field: value.field, action: done))
  }

  /// The one text that a derived value is computed from, as it will be; `nil` when there is none,
  /// or there are several.
  private func source(of value: ValueLocation, _ known: inout DerivedSources) -> RewrittenText? {
    if known.byObject == nil {
      let fields = Set(plan.sources.joined())
      known.byObject = Dictionary(
        grouping: map.values.indices.filter { fields.contains(map.values[$0].field) },
        by: { map.values[$0].object })
    }
    let fields = plan.sources[Int(value.field)]
    let values = (known.byObject?[map.scope(of: value)] ?? []).filter {
      fields.contains(map.values[$0].field)
    }
    guard values.count == 1, let index = text(number: values[0]) else { return nil }
    if let text = known.texts[index] { return text }
    let text = rewritten(index)
    known.texts[index] = text
    return text
  }
}

/// What the derived values of one record are computed from, found once for all of them.
private struct DerivedSources {
  /// The values that some are computed from, by their object; `nil` until one is asked for.
  var byObject: [Int32: [Int]]?
  /// What texts become, by their number.
  var texts: [Int: RewrittenText] = [:]
}

/// A derived value whose text has changed.
package struct StaleField: Sendable, Equatable {
  /// By index into the format's fields.
  package let field: Int32
  /// What became of it.
  package let action: DerivedAction
}
