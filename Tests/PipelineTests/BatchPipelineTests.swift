import Dispatch
import FoundationEssentials
import Glibc
import Pipeline
import Testing

/// Some hundred lines of different lengths, a few of them blank.
func sampleLines(_ count: Int, seed: UInt64) -> [UInt8] {
  var json = RandomJSON(random: SplitMix64(seed: seed))
  var bytes: [UInt8] = []
  for index in 0..<count {
    if index % 17 == 5 { bytes += [UInt8]("\r\n") }
    bytes += [UInt8]("{\"n\":\(index),\"v\":\(json.value(isPretty: false))}\n")
  }
  return bytes
}

struct BatchPipelineTests {
  @Test func outputIsTheSameForAllWorkersAndBatchSizes() throws {
    let bytes = sampleLines(300, seed: 1)
    for codec in Codec.allCases {
      var run = Run(workers: 1, batchBytes: 1 << 20, frameBytes: 256, codec: codec)
      run.isKept = { $0 % 5 != 2 }
      let expected = try run.files(bytes)
      #expect(try unpacked(expected.output).count { $0 == 0x0A } == 240 + 18)
      run.isUneven = true
      for workers in [1, 2, 7] {
        for batchBytes in [1, 50, 257, 1000, 5000] {
          run.workers = workers
          run.batchBytes = batchBytes
          #expect(
            try run.files(bytes, readMax: 77) == expected, "\(codec) \(workers) \(batchBytes)")
        }
      }
    }
  }

  @Test func whatIsKeptWholeIsCopiedWhole() throws {
    let inputs: [(String, Container)] = [
      ("\u{FEFF}\n{}\r\n\n1", .lines), (" [ 1 ,\n{\"a\":[2]} ] \n", .array), ("[]", .array),
      ("{}{}\n1 [\n]", .values), ("", .lines), ("[1]\n2 [3]", .array),
    ]
    for (text, container) in inputs {
      for batchBytes in 1...9 {
        let run = Run(batchBytes: batchBytes, container: container)
        #expect(try run.files([UInt8](text)).output == [UInt8](text))
      }
    }
  }

  @Test func everyPatternOfDroppedElementsLeavesAnArray() throws {
    for count in 0...5 {
      for pattern in 0..<1 << count {
        let elements = (1...5).prefix(count).map { "{\"n\":\($0)}" }
        let text = " [\n" + elements.joined(separator: " ,\n ") + "\n] \n"
        let expected = (1...5).prefix(count).filter { pattern >> ($0 - 1) & 1 == 1 }
        for batchBytes in [1, 3, 9, 13, 22, 100] {
          for codec in [Codec.plain, .gzip] {
            let run = Run(
              batchBytes: batchBytes, frameBytes: 8, codec: codec, container: .array,
              isKept: { pattern >> ($0 - 1) & 1 == 1 })
            let output = try unpacked(run.files([UInt8](text)).output)
            struct Element: Decodable { var n: Int }
            let found = try? JSONDecoder().decode([Element].self, from: Data(output))
            #expect(found?.map(\.n) == Array(expected), "\(output.text)")
            if expected.count == count { #expect(output.text == text) }
          }
        }
      }
    }
  }

  @Test func droppedValuesDoNotJoinTheirNeighbours() throws {
    for text in ["1{}2", "1 {} 2", "{}1{}2", "1{}{}2"] {
      let count = text.count { $0 == "}" } + 2
      for pattern in 0..<1 << count {
        for batchBytes in [1, 100] {
          let run = Run(
            batchBytes: batchBytes, container: .values,
            isKept: { pattern >> ($0 - 1) & 1 == 1 })
          let output = try run.files([UInt8](text)).output
          let reader = try BatchReader(
            [.memory(name: "x", bytes: output, readMax: 9)], options: run.readerOptions)
          var batch = Batch()
          var found = 0
          while try reader.next(&batch) { found += batch.records.count }
          #expect(found == pattern.nonzeroBitCount, "\(text) \(pattern) \(output.text)")
        }
      }
    }
  }

  @Test func overlongRecordsGoToQuarantineInPieces() throws {
    for (container, size) in [
      (Container.lines, 101), (.lines, 5000), (.array, 101), (.values, 900),
    ] {
      let long = "\"" + String(repeating: "é\\\"]", count: size / 5 + 1) + "\""
      let records = ["{\"a\":1}", long, "{\"b\":2}", long, long, "{\"c\":3}"]
      let text =
        switch container {
        case .lines: records.joined(separator: "\r\n")
        case .array: "[\(records.joined(separator: " , "))]"
        case .values, .text, .csv, .ssv, .tsv: records.joined(separator: "\n")
        }
      let kept = container == .array ? ["[{\"a\":1}", "{\"b\":2}", "{\"c\":3}]"] : nil
      for batchBytes in [1, 64, 10_000] {
        for readMax in [1, 7, 100_000] {
          for codec in [Codec.plain, .zstd] {
            let run = Run(
              batchBytes: batchBytes, frameBytes: 64, recordBytesMax: 100, codec: codec,
              container: container)
            let files = try run.files([UInt8](text), readMax: readMax)
            let lines = try QuarantineLine.all(files.quarantine)
            #expect(lines.map(\.record) == [2, 4, 5])
            #expect(lines.map(\.line) == (container == .array ? [1, 1, 1] : [2, 4, 5]))
            #expect(lines.allSatisfy { $0.raw == long && $0.reason == "too-long" })
            let output = try unpacked(files.output).text
            if let kept { #expect(output == kept.joined(separator: " , ")) }
            #expect(files.findings.text == "1\n3\n6\n")
            #expect(["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"].allSatisfy(output.contains))
          }
        }
      }
    }
  }

  @Test func overlongRecordsAreTextInQuarantineWhenTheyAreKnownToBe() throws {
    let cases: [(count: Int, last: [UInt8], isText: Bool)] = [
      (150, [], true), (150, [0xC3, 0xA4], true), (150, [0xFF], false), (150, [0xC3], false),
      (1998, [], true), (1999, [], false),
    ]
    for (count, last, isText) in cases {
      let quote = [UInt8(ascii: "\"")]
      let record = quote + [UInt8](repeating: 0x61, count: count) + last + quote
      for batchBytes in [100, 1 << 20] {
        for readMax in [64, 10_000] {
          let run = Run(batchBytes: batchBytes, recordBytesMax: 100, heldBytesMax: 2000)
          let files = try run.files(record + [0x0A], readMax: readMax)
          let lines = try QuarantineLine.all(files.quarantine)
          #expect(lines.count == 1 && lines[0].bytes == record)
          #expect((lines[0].raw != nil) == isText, "\(count)")
        }
      }
    }
  }

  @Test func inputsFollowEachOtherOnLinesOfTheirOwn() throws {
    let inputs = ["1\n2", "", "3\n", "[4,5]", "{}\n\n", "6"].enumerated().map { index, text in
      InputLocation.memory(name: "input\(index).jsonl", bytes: [UInt8](text), readMax: 3)
    }
    for codec in Codec.allCases {
      for batchBytes in [1, 100] {
        let directory = TemporaryDirectory()
        let run = Run(batchBytes: batchBytes, frameBytes: 4, codec: codec)
        let (outcome, summary) = try run(inputs, in: directory)
        let output = contents(directory("out"))!
        #expect(try unpacked(output).text == "1\n2\n3\n[4,5]\n{}\n\n6")
        #expect(outcome.inputs.map(\.records) == [2, 0, 1, 2, 1, 1])
        #expect(summary?.output.sha256 == sha256(output))
        #expect(summary?.output.bytes == Int64(output.count))
        #expect(outcome.tally.records == 7)
      }
    }
  }

  @Test func emptyInputGivesAValidFile() throws {
    for codec in Codec.allCases {
      let output = try Run(frameBytes: 64, codec: codec).files([]).output
      #expect(Codec(magic: output) == codec)
      #expect(try unpacked(output) == [])
    }
  }

  @Test func theFirstFailureInOrderIsThrown() throws {
    let bytes = sampleLines(200, seed: 4)
    for workers in [1, 2, 7] {
      let directory = TemporaryDirectory()
      var run = Run(workers: workers, batchBytes: 40, failingAt: 77)
      run.isUneven = true
      #expect(throws: WorkerError(number: 77)) {
        try run([.memory(name: "x.jsonl", bytes: bytes, readMax: 1000)], in: directory)
      }
      #expect(contents(directory("out")) == nil)
      #expect(contents(directory("out.partial")) == nil)
      #expect(contents(directory("quarantine.partial")) == nil)
    }
  }

  @Test func aWorkerThatCannotBeMadeFailsTheRun() throws {
    let reader = try BatchReader([.memory(name: "x", bytes: sampleLines(99, seed: 1), readMax: 9)])
    var outputs = try Outputs(output: .nowhere)
    var options = PipelineOptions()
    options.workers = 3
    #expect(throws: WorkerError(number: 0)) {
      try BatchPipeline.run(reader, options: options, into: &outputs) { _ -> CopyWorker in
        throw WorkerError(number: 0)
      }
    }
  }

  @Test func damagedInputFailsAfterWhatCameBefore() throws {
    let directory = TemporaryDirectory()
    let blocks = [sampleLines(2000, seed: 1), sampleLines(2000, seed: 2)]
    var file = packed(blocks, .gzip)
    file.removeLast(10)
    let run = Run(batchBytes: 4096, isResumable: true)
    #expect(throws: IOFailure.compressed(path: "x.jsonl", problem: .truncated)) {
      try run([.memory(name: "x.jsonl", bytes: file, readMax: 1000)], in: directory)
    }
    #expect(contents(directory("out.partial"))!.count > blocks[0].count)
  }

  @Test func aFullDiskAndAMissingInputAreNamed() throws {
    let bytes = sampleLines(5000, seed: 1)
    let reader = try BatchReader([.memory(name: "x.jsonl", bytes: bytes, readMax: .max)])
    var outputs = try Outputs(output: .file("/dev/full"))
    #expect(throws: IOFailure.output(path: "/dev/full", code: ENOSPC)) {
      try BatchPipeline.run(reader, options: .init(), into: &outputs) { _ in CopyWorker() }
    }
    let missing = try BatchReader([.file("/nonexistent/x.jsonl")])
    var nowhere = try Outputs(output: .nowhere)
    #expect(throws: IOFailure.input(path: "/nonexistent/x.jsonl", code: ENOENT)) {
      try BatchPipeline.run(missing, options: .init(), into: &nowhere) { _ in CopyWorker() }
    }
    #expect(
      IOFailure.output(path: "/dev/full", code: ENOSPC).description
        == "cannot write /dev/full: No space left on device")
    #expect(throws: IOFailure.input(path: "/", code: EISDIR)) { try InputSource(.file("/")) }
  }

  @Test func aClosedPipeEndsARunWhoseInputWaits() throws {
    // The input is a pipe that stays open and empty after one batch; the output's reader is gone.
    let directory = TemporaryDirectory()
    let (input, output) = (directory("in"), directory("out"))
    _ = unsafe mkfifo(input, 0o600)
    _ = unsafe mkfifo(output, 0o600)
    // Closed in the processes that other tests start: one of them would be a reader, too.
    let outputReader = unsafe open(output, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    let inputHolder = unsafe open(input, O_RDWR | O_CLOEXEC)
    let bytes = [UInt8]("{\"a\":1}\n")
    _ = unsafe Glibc.write(inputHolder, bytes, bytes.count)
    var options = ReaderOptions()
    options.batchBytes = 1
    options.container = .lines
    let reader = try BatchReader([.file(input)], options: options)
    var outputs = try Outputs(output: .file(output))
    close(outputReader)
    // A batch goes out once the record behind it has begun. Records go on coming slowly: a process
    // that another test is starting just then holds the reader for a moment, and a write succeeds.
    let feed = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "feed"))
    feed.schedule(deadline: .now(), repeating: .milliseconds(50))
    feed.setEventHandler { _ = unsafe Glibc.write(inputHolder, bytes, bytes.count) }
    feed.resume()
    #expect(throws: IOFailure.output(path: output, code: EPIPE)) {
      try BatchPipeline.run(reader, options: .init(), into: &outputs) { _ in CopyWorker() }
    }
    feed.cancel()
    close(inputHolder)
  }
}
