internal import Records
internal import Text

/// One step of the engine, as the benchmarks run it over a corpus of JSONL.
///
/// This target is a window for `Benchmarks/`, which as a package of its own sees no `package`
/// symbols. Nothing else uses it.
public struct EngineTask: Sendable {
  /// The step's name.
  public let name: String
  /// What the figure is for, and what would make it move.
  public let analysis: String
  /// Runs the step over a corpus and says how much it found: a step that stops being right gives
  /// another number, however fast it has become.
  public let run: @Sendable (_ corpus: [UInt8]) -> Int

  /// Every step, in the order of the flow.
  public static let all = [
    lines, utf8, byteMaps, parse, parseByTextPath, parseByManyPaths, unescape,
    splice, fold, namesLookup, namesCandidates, names, scanRules, scan, scrub, pipeline,
  ]
}

extension EngineTask {
  private static let lines = EngineTask(
    name: "lines",
    analysis: """
      Cuts the corpus at newlines. The floor under everything: it moves with memory bandwidth and \
      with the one call of memchr in Text.
      """,
    run: { corpus in
      var count = 0
      forEachLine(of: corpus) { _, _ in count += 1 }
      return count
    })

  private static let utf8 = EngineTask(
    name: "utf8",
    analysis: """
      Validates each line. It moves with the share of text that is not ASCII, and when the fast \
      path over whole vectors is lost.
      """,
    run: { corpus in
      var valid = 0
      forEachLine(of: corpus) { corpus, range in
        if firstInvalidUTF8(in: corpus.extracting(range)) == nil { valid += 1 }
      }
      return valid
    })

  private static let byteMaps = EngineTask(
    name: "byte maps",
    analysis: """
      Classifies every byte, as the scanner does before it looks for anything. It moves when the \
      vector code falls apart into scalar code, and with the number of single-byte literals.
      """,
    run: { corpus in
      var maps = ByteMaps(marked: [UInt8(ascii: "@"), UInt8(ascii: ":"), UInt8(ascii: ".")])
      var digits = 0
      forEachLine(of: corpus) { corpus, range in
        maps.scan(corpus.extracting(range))
        for word in 0..<(range.count + 63) / 64 { digits += maps.digit(word).nonzeroBitCount }
      }
      return digits
    })

  private static let parse = EngineTask(
    name: "parse",
    analysis: """
      Reads each record with the format of the collection and counts the values found. It moves \
      with the scan inside strings and with the automaton that follows paths.
      """,
    run: { corpus in
      var count = 0
      forEachRecord(of: corpus) { _, map in count += map.values.count }
      return count
    })

  private static let parseByTextPath = EngineTask(
    name: "parse, text path",
    analysis: """
      The same with one path of text, as --text-path gives it: the difference is what the paths \
      of a format cost. It moves with the edges of the automaton's states.
      """,
    run: { corpus in
      var count = 0
      forEachRecord(of: corpus, textPathFormat) { _, map in count += map.values.count }
      return count
    })

  private static let parseByManyPaths = EngineTask(
    name: "parse, many paths",
    analysis: """
      The same with sixty paths below `**`, a condition and a shape, as formats of exports have \
      them: keys are looked for among many, and every state has something to note.
      """,
    run: { corpus in
      var count = 0
      forEachRecord(of: corpus, manyPathsFormat) { _, map in count += map.values.count }
      return count
    })

  private static let unescape = EngineTask(
    name: "unescape",
    analysis: """
      Parses, then decodes every text. Its distance from `parse` is the price of decoding; it \
      moves with the share of escapes, as bytes between them are copied in bulk.
      """,
    run: { corpus in
      var texts: [UInt8] = []
      var map = EscapeMap()
      var count = 0
      forEachRecord(of: corpus) { record, found in
        texts.removeAll(keepingCapacity: true)
        map.removeAll()
        for value in found.values where value.kind == .string {
          Records.unescape(record, value.range, into: &texts, map: &map)
        }
        count += texts.count
      }
      return count
    })

  private static let splice = EngineTask(
    name: "splice",
    analysis: """
      Parses, then replaces the first byte of every text. Its distance from `parse` is the price \
      of writing; it moves with the number of edits, not with their length.
      """,
    run: { corpus in
      var output: [UInt8] = []
      var edits: [Edit] = []
      let arena = Array("[PERSON_1]".utf8)
      var count = 0
      forEachRecord(of: corpus) { record, found in
        output.removeAll(keepingCapacity: true)
        edits.removeAll(keepingCapacity: true)
        for value in found.values where value.kind == .string && !value.range.isEmpty {
          let start = value.range.lowerBound
          edits.append(Edit(range: start..<start + 1, replacement: 0..<arena.count))
        }
        Records.splice(record, edits: edits, arena: arena, into: &output)
        count += output.count
      }
      return count
    })

  private static let fold = EngineTask(
    name: "fold",
    analysis: """
      Folds every line for the dictionaries. It moves with the share of text that is not ASCII, \
      and with how many blocks of Unicode a corpus touches for the first time.
      """,
    run: { corpus in
      var table = FoldTable()
      var folded: [UInt8] = []
      var count = 0
      forEachLine(of: corpus) { corpus, range in
        folded.removeAll(keepingCapacity: true)
        table.fold(corpus, range, into: &folded)
        count += folded.count
      }
      return count
    })
}

/// Hands on each line's place, without its newline; an empty last line is none.
func forEachLine(of corpus: [UInt8], _ body: (Span<UInt8>, Range<Int>) -> Void) {
  let bytes = corpus.span
  var start = 0
  while start < bytes.count {
    let end = firstIndex(of: UInt8(ascii: "\n"), in: bytes, from: start) ?? bytes.count
    body(bytes, start..<end)
    start = end + 1
  }
}

/// Hands on each record with what the parser found in it; what is no record is left out.
func forEachRecord(
  of corpus: [UInt8], _ definition: FormatDefinition = collectionFormat,
  _ body: (Span<UInt8>, RecordMap) -> Void
) {
  guard let format = try? Format(definition) else {
    preconditionFailure("the benchmark's format compiles")
  }
  var parser = RecordParser(format: format)
  var map = RecordMap()
  forEachLine(of: corpus) { corpus, range in
    let record = corpus.extracting(range)
    guard (try? parser.parse(record, into: &map)) != nil else { return }
    body(record, map)
  }
}

/// The fields of the collection's format that matter for speed, so that no file has to be read.
let collectionFormat = FormatDefinition(
  name: "collection",
  fields: [
    FieldDefinition(path: "conversation[].content", use: .text),
    FieldDefinition(path: "conversation[].role", use: .role),
    FieldDefinition(path: "conversation_id", use: .conversationID),
    FieldDefinition(path: "conversation_metadata", use: .keep),
    FieldDefinition(path: "source", use: .keep),
    FieldDefinition(path: "user_id", use: .identifier(.hash)),
    FieldDefinition(path: "timestamp", use: .identifier(.day)),
  ])

/// What `--text-path 'conversation[].content'` makes.
private let textPathFormat = FormatDefinition(
  name: "text-path",
  fields: [
    FieldDefinition(path: "conversation[].content", use: .text),
    FieldDefinition(path: "**.role", use: .role), FieldDefinition(path: "**.from", use: .role),
    FieldDefinition(path: "**.sender", use: .role),
  ])

/// More paths than any format has, in the places where they cost most.
private let manyPathsFormat: FormatDefinition = {
  var content = FieldDefinition(
    path: "conversation[].content", use: .text, details: FieldDetails())
  content.details?.conditions = [
    FieldCondition(path: "conversation[].role", values: ["user", "assistant", "*"])
  ]
  let kept = (0..<60).map { FieldDefinition(path: "**.key_\($0)", use: .keep) }
  return FormatDefinition(
    name: "many",
    fields: [content, FieldDefinition(path: "conversation[].role", use: .role)] + kept,
    shape: [["conversation:array", "conversation_id"]])
}()

/// Decodes every text of a corpus, one at a time.
func forEachText(of corpus: [UInt8], _ body: (Span<UInt8>) -> Void) {
  var text: [UInt8] = []
  var map = EscapeMap()
  forEachRecord(of: corpus) { record, found in
    for value in found.values where value.kind == .string {
      text.removeAll(keepingCapacity: true)
      map.removeAll()
      Records.unescape(record, value.range, into: &text, map: &map)
      body(text.span)
    }
  }
}
