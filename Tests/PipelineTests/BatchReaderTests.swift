import Pipeline
import Testing

/// A record as a test knows it.
private struct Expected: Equatable, CustomStringConvertible {
  var separator: String
  var record: String
  var terminator: String
  var number: Int
  var line: Int
  var offset: Int64

  var description: String { "\(number)@\(line):\(offset) \(separator)|\(record)|\(terminator)" }
}

/// All records of an input, with what follows the last.
private func records(
  _ bytes: [UInt8], _ options: ReaderOptions, readMax: Int
) throws -> (records: [Expected], trailing: String, bytes: [UInt8]) {
  let reader = try BatchReader(
    [.memory(name: "input", bytes: bytes, readMax: readMax)], options: options)
  var batch = Batch()
  var found: [Expected] = []
  var trailing = ""
  var all: [UInt8] = []
  var sequence = 0
  while try reader.next(&batch) {
    #expect(batch.sequence == sequence)
    #expect(batch.offset == Int64(all.count))
    sequence += 1
    all += batch.bytes
    var end = 0
    for slice in batch.records {
      #expect(slice.separator.lowerBound == end)
      #expect(slice.separator.upperBound == slice.range.lowerBound)
      #expect(slice.range.upperBound == slice.terminator.lowerBound)
      #expect(slice.offset == batch.offset + Int64(slice.range.lowerBound))
      end = slice.terminator.upperBound
      found.append(
        Expected(
          separator: Array(batch.bytes[slice.separator]).text,
          record: Array(batch.bytes[slice.range]).text,
          terminator: Array(batch.bytes[slice.terminator]).text, number: slice.number,
          line: slice.line, offset: slice.offset))
    }
    let last = batch.trailing
    trailing += Array(batch.bytes[last]).text
    #expect(last.isEmpty ? end == batch.bytes.count : last == end..<batch.bytes.count)
  }
  return (found, trailing, all)
}

/// What is expected of pieces put one after another.
private func expected(_ pieces: [(String, String, String)]) -> [Expected] {
  var text = ""
  var found: [Expected] = []
  for (separator, record, terminator) in pieces {
    text += separator
    found.append(
      Expected(
        separator: separator, record: record, terminator: terminator, number: found.count + 1,
        line: text.utf8.count { $0 == 0x0A } + 1, offset: Int64(text.utf8.count)))
    text += record + terminator
  }
  return found
}

struct BatchReaderTests {
  /// Checks one input for every size of the reads beneath and for some sizes of batches.
  private func check(
    _ pieces: [(String, String, String)], trailing: String, _ container: Container
  ) throws {
    let text = pieces.map { $0.0 + $0.1 + $0.2 }.joined() + trailing
    let bytes = [UInt8](text)
    let all = expected(pieces)
    for readMax in 1...70 {
      var options = ReaderOptions()
      options.container = container
      options.batchBytes = [1, 2, 7, 64, 1000, 1 << 20][readMax % 6]
      options.frameBytes = [0, 0, 0, 16, 64][readMax % 5]
      let found = try records(bytes, options, readMax: readMax)
      #expect(found.records == all, "\(container) \(readMax) \(text.debugDescription)")
      #expect(found.trailing == trailing)
      #expect(found.bytes == bytes)
    }
  }

  @Test func linesAreSplitAtEveryReadSize() throws {
    for seed in 0..<12 {
      var json = RandomJSON(random: SplitMix64(seed: UInt64(seed)))
      var pieces: [(String, String, String)] = []
      let blanks = ["", "", "", "\n", "\r\n", " \t\n\n", "\n \r\n"]
      for index in 0..<Int.random(in: 0...12, using: &json.random) {
        let mark = index == 0 && seed % 3 == 0 ? "\u{FEFF}" : ""
        pieces.append(
          (
            mark + blanks.randomElement(using: &json.random)!,
            json.space(false) + json.value(isPretty: false),
            ["\n", "\r\n"].randomElement(using: &json.random)!
          ))
      }
      if seed % 2 == 0, !pieces.isEmpty { pieces[pieces.count - 1].2 = "" }
      let trailing = pieces.last?.2 == "" ? "" : ["", "\n", " ", "\r\n\n"][seed % 4]
      try check(pieces, trailing: trailing, .lines)
    }
  }

  @Test func rowsMayHoldLineEndingsInQuotes() throws {
    try check(
      [
        ("\u{FEFF}", "id,\"a\nb\"", "\r\n"), ("", "1,\"x\"\"\n\"\"y\"", "\n"),
        ("\n", "2,x\"y", "\n"), ("", "3,\"x\"y\"", "\r\n"), ("", "\"4\",", ""),
      ], trailing: "", .csv)
    try check([("", "a\tb", "\n"), ("", "\"1\n\"\t,", "\n")], trailing: "\n", .tsv)
    // A quote that nothing closes takes the rest with it.
    try check([("", "a,b", "\n"), ("", "1,\"x\n2,y\n", "")], trailing: "", .csv)
  }

  @Test func textIsOneRecordUntilItIsLong() throws {
    try check([("\n \n", "Dear all,\n\nyes.\n", "")], trailing: "", .text)
    var options = ReaderOptions()
    options.container = .text
    let line = String(repeating: "word ", count: 200) + "\n"
    let paragraph = String(repeating: line, count: 50) + "\n"
    for (text, count) in [
      (String(repeating: paragraph, count: 11), 2), (String(repeating: line, count: 2000), 2),
      (String(repeating: paragraph, count: 5), 1),
    ] {
      var cuts: [[Int64]] = []
      for batchBytes in [1 << 12, 1 << 20] {
        options.batchBytes = batchBytes
        let found = try records(Array(text.utf8), options, readMax: 10_000)
        cuts.append(found.records.map(\.offset))
        #expect(found.records.map(\.record).joined() == text)
      }
      #expect(cuts[0].count == count && cuts[0] == cuts[1])
    }
  }

  @Test func arraysAreSplitAtEveryReadSize() throws {
    for seed in 100..<112 {
      var json = RandomJSON(random: SplitMix64(seed: UInt64(seed)))
      var pieces: [(String, String, String)] = []
      let isPretty = seed % 2 == 0
      for index in 0..<Int.random(in: 0...9, using: &json.random) {
        let comma = index == 0 ? (seed % 3 == 0 ? "\u{FEFF}[" : "[") : ","
        pieces.append(
          (
            json.space(isPretty) + comma + json.space(isPretty), json.value(isPretty: isPretty), ""
          ))
        if index == 0 { pieces[0].0 = comma + json.space(isPretty) }
      }
      let end = json.space(true) + "]" + json.space(true)
      try check(pieces, trailing: pieces.isEmpty ? "[" + end : end, .array)
    }
  }

  @Test func valuesAreSplitAtEveryReadSize() throws {
    for seed in 200..<212 {
      var json = RandomJSON(random: SplitMix64(seed: UInt64(seed)))
      var pieces: [(String, String, String)] = []
      for index in 0..<Int.random(in: 0...9, using: &json.random) {
        let isObject = Bool.random(using: &json.random)
        let space = index == 0 ? "" : isObject ? json.space(true) : "\n"
        pieces.append((space, json.value(isPretty: true, isObject: isObject), ""))
      }
      try check(pieces, trailing: pieces.isEmpty ? "\n" : json.space(true), .values)
    }
  }

  @Test func brokenArraysPassNothingOnUnread() throws {
    for text in [
      "[1}2]", "[1,2", "[1] 2 [3]", "[[1,2]]]x", #"["a]"#, "[,,1 2:3]", "1,2", "[1]\u{FEFF}", "]",
    ] {
      var options = ReaderOptions()
      options.container = .array
      for readMax in 1...9 {
        let found: (records: [Expected], trailing: String, bytes: [UInt8])
        do {
          found = try records([UInt8](text), options, readMax: readMax)
        } catch IOFailure.unclosedArray {
          continue
        } catch IOFailure.brokenArray {
          continue
        }
        let between = found.records.map(\.separator).joined() + found.trailing
        #expect(between.allSatisfy { "[], \n".contains($0) }, "\(text) \(between)")
        #expect(found.bytes == [UInt8](text))
      }
    }
  }

  @Test func whatStandsBetweenElementsIsChecked() throws {
    for (text, fault, count, offset) in [
      ("[{}{}]", ArrayFault.noComma, 1, 3), ("[1 2]", .noComma, 1, 3), ("[1,,2]", .noElement, 1, 3),
      ("[1 ,\n]", .noElement, 1, 5), (" [,1]", .noElement, 0, 2), ("[1,\"a\" }]", .noComma, 2, 7),
    ] {
      var options = ReaderOptions()
      options.container = .array
      for readMax in 1...9 {
        for batchBytes in [1, 4, 100] {
          options.batchBytes = batchBytes
          let failure = IOFailure.brokenArray(
            path: "input", fault: fault, records: count, offset: Int64(offset))
          #expect(throws: failure, "\(text)") {
            _ = try records([UInt8](text), options, readMax: readMax)
          }
        }
      }
    }
  }

  @Test func batchesHoldWholeFrames() throws {
    var random = SplitMix64(seed: 7)
    let lines = (0..<400).map { index in
      let text = String(repeating: "x", count: .random(in: 0...90, using: &random))
      return "{\"n\":\(index),\"t\":\"\(text)\"}\n"
    }
    let bytes = [UInt8](lines.joined())
    for batchBytes in [1, 64, 65, 1000] {
      var options = ReaderOptions()
      options.frameBytes = 64
      options.batchBytes = batchBytes
      let reader = try BatchReader(
        [.memory(name: "input.jsonl", bytes: bytes, readMax: 50)], options: options)
      var batch = Batch()
      var lastWindow: Int64 = -1
      while try reader.next(&batch) {
        let windows = batch.records.map { $0.offset / 64 }
        #expect(windows.first.map { $0 > lastWindow } ?? true)
        lastWindow = windows.last ?? lastWindow
      }
    }
  }

  @Test func longWhiteSpaceIsBounded() throws {
    let blank = String(repeating: "\n", count: 1000)
    var options = ReaderOptions()
    options.recordBytesMax = 100
    options.container = .lines
    let found = try records([UInt8]("\(blank)1\n\(blank)2"), options, readMax: 64)
    #expect(found.records.map(\.record) == ["1", "2"])
    #expect(found.records.map(\.line) == [1001, 2002])
    options.container = .array
    #expect(throws: IOFailure.separatorTooLong(path: "input", bytesMax: 100)) {
      try records([UInt8]("[1,\(blank)2]"), options, readMax: 64)
    }
  }

  @Test func summariesDescribeTheFilesAsTheyAre() throws {
    let bytes = [UInt8]("{\"a\":1}\n{\"a\":2}\n")
    for codec in Codec.allCases {
      let file = packed([bytes], codec)
      let reader = try BatchReader([.memory(name: "x.jsonl", bytes: file, readMax: 5)])
      var batch = Batch()
      while try reader.next(&batch) {}
      let summary = InputSummary(
        name: "x.jsonl", bytes: Int64(file.count), decodedBytes: 16, records: 2,
        sha256: sha256(file))
      #expect(reader.finished == [summary])
    }
  }

  @Test func digestsNobodyAskedForAreNotMade() throws {
    let bytes = [UInt8]("{\"a\":1}\n{\"a\":2}\n")
    for keepsPrefixDigests in [false, true] {
      var options = ReaderOptions()
      options.hashesInputs = false
      options.keepsPrefixDigests = keepsPrefixDigests
      let reader = try BatchReader(
        [.memory(name: "x.jsonl", bytes: bytes, readMax: 5)], options: options)
      var batch = Batch()
      while try reader.next(&batch) {}
      #expect(reader.finished.first?.sha256 == (keepsPrefixDigests ? sha256(bytes) : nil))
    }
  }
}
