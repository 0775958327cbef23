internal import Records
internal import Redact
internal import Scan

/// Appends a line of JSON for each of the findings given, of one record at `range` of the bytes
/// last scrubbed; kept types too, placeholders of earlier runs not.
///
/// `start` and `end` count code points of the decoded string, `byte_start` and `byte_end` its UTF-8
/// bytes. Of a string that holds JSON it is the string inside that is decoded, and the path is that
/// of the whole.
/// - Complexity: O(record + texts with findings): the record is read again for the paths.
func appendFindingLines(
  _ scrubber: inout RecordScrubber, _ reported: [ReportedFinding], _ span: Span<UInt8>,
  _ range: Range<Int>, record: Int, input: String?, showsValues: Bool, into target: inout [UInt8]
) {
  let plan = scrubber.plan
  let found = reported.filter { $0.finding.entityType != plan.scanner.placeholder }
  var values: [Int] = []
  for item in found where values.last != item.value { values.append(item.value) }
  let offsets = values.map {
    scrubber.map.start(of: scrubber.map.values[$0]) - range.lowerBound
  }
  let paths = renderPaths(
    of: span.extracting(range), at: offsets, layout: scrubber.layout, columns: scrubber.columns,
    hidesKeys: !showsValues
  ) { key in scrubber.isSafeKey(key) }
  var next = 0
  for (value, path) in zip(values, paths) {
    let text = scrubber.text(ofValue: value)
    let string = scrubber.string(ofValue: value)
    var byte = 0
    var codePoint = 0
    while next < found.count, found[next].value == value {
      let finding = found[next].finding
      let place = scrubber.rangeInString(finding.range, ofValue: value)
      codePoint += codePoints(string, byte..<place.lowerBound)
      let end = codePoint + codePoints(string, place)
      var line = "{"
      if let input { line += "\"input\":\"\(escaped(input))\"," }
      line += "\"record\":\(record),\"path\":\"\(escaped(path))\",\"start\":\(codePoint)"
      line += ",\"end\":\(end),\"byte_start\":\(place.lowerBound)"
      line += ",\"byte_end\":\(place.upperBound)"
      line += ",\"entity_type\":\"\(plan.scanner.entityTypes[finding.entityType])\""
      line += otherTypes(of: finding, plan.scanner)
      line += ",\"score\":\(twoDecimals(finding.score))"
      line += ",\"rule\":\"\(plan.scanner.ruleIDs[finding.rule])\""
      line += ",\"action\":\"\(found[next].actionName)\""
      target.append(contentsOf: line.utf8)
      if showsValues {
        target.append(contentsOf: ",\"text\":\"".utf8)
        let value = Array(text[finding.range])
        appendJSONEscaped(value.span, into: &target)
        target.append(UInt8(ascii: "\""))
      }
      target.append(contentsOf: "}\n".utf8)
      byte = place.lowerBound
      next += 1
    }
  }
}

/// The key `candidates`, where the same bytes may be of other types.
private func otherTypes(of finding: Finding, _ scanner: Scanner) -> String {
  guard finding.others[0] >= 0 else { return "" }
  var names: [String] = []
  for index in 0..<finding.others.scalarCount where finding.others[index] >= 0 {
    names.append("\"\(scanner.entityTypes[Int(finding.others[index])])\"")
  }
  return ",\"candidates\":[\(names.joined(separator: ","))]"
}

private func codePoints(_ text: [UInt8], _ range: Range<Int>) -> Int {
  var count = 0
  for index in range where text[index] & 0xC0 != 0x80 { count += 1 }
  return count
}

private func escaped(_ text: String) -> String {
  let bytes = Array(text.utf8)
  var result: [UInt8] = []
  appendJSONEscaped(bytes.span, into: &result)
  return String(decoding: result, as: UTF8.self)
}

private func twoDecimals(_ score: Float) -> String {
  let hundredths = Int((score * 100).rounded())
  return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
}
