import Pipeline
import Testing

struct ContainerTests {
  private static let cases: [(text: String, name: String, container: Container)] = [
    ("", "a", .lines),
    (" \n\n", "a", .lines),
    ("[1,2]", "a.jsonl", .array),
    ("\u{FEFF} [\n1]", "a", .array),
    ("[1]\n[2]\n", "a.json", .lines),
    ("[1]\n \n", "a.json", .array),
    ("[1]", "a.json", .array),
    ("[\n1]\n[2]", "a.json", .array),
    ("[1][2]\n", "a.json", .array),
    ("{\n}", "a.jsonl", .lines),
    ("{\n}", "a.ndjson.gz", .lines),
    ("{\n}", "a.jsonl.zst", .lines),
    ("{\n}\n", "a.json", .values),
    ("{\"a\":\"x\n{\"a\":1}\n", "-", .lines), ("{\"a\":\"\\\"\",\n\"b\":1}\n", "-", .values),
    ("{}\n{}\n", "a.json", .lines),
    ("{}", "-", .lines),
    ("{} {}\n", "-", .values),
    ("{\"a\":\"}\\\"\"} \r\n{}", "-", .lines),
    ("\"a\nb\"", "-", .lines),
    ("{\"a\":1", "-", .lines),
    ("12\n13", "-", .lines),
    ("12,\n13", "-", .lines),
    ("\"cut\":[1]}\n{}\n", "-", .lines),
    ("[cut\":[1]}\n{}\n", "-", .lines),
    ("a,b\n1,2\n", "a.csv", .csv),
    ("a;b\n1,5;2\n", "a.csv", .ssv),
    ("a;\"b,c\"\n1;2\n", "a.csv", .ssv),
    ("a;b,c\n1;2\n", "a.csv", .csv),
    ("a\n1;2\n", "a.csv", .csv),
    ("a;b", "a.csv.zst", .ssv),
    ("{}", "a.CSV.gz", .csv),
    ("a\tb", "a.tsv.zst", .tsv),
    ("Hello.", "a.txt", .text),
    ("- x", "a.yml.gz", .text),
    ("[see](there)", "a.md", .text),
    ("{\"a\":1}\n", "a.txt", .lines),
    ("[{\"a\":1},\n{}]", "a.log", .array),
    ("Hello.", "a.jsonl", .lines),
  ]

  @Test func firstBytesTellTheContainer() {
    for (text, name, container) in Self.cases {
      let found = Container.detect(firstBytes: [UInt8](text), name: name, isWhole: true)
      #expect(found == container, "\(text.debugDescription) \(name)")
    }
  }

  @Test func anAnswerFromFewerBytesStays() {
    for (text, name, container) in Self.cases {
      for count in 0...text.utf8.count {
        let start = Array([UInt8](text)[..<count])
        let found = Container.detect(firstBytes: start, name: name, isWhole: false)
        #expect(found == nil || found == container, "\(text.debugDescription) \(count)")
      }
    }
  }
}
