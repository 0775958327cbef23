internal import Foundation
internal import Rules
internal import Yams

/// Reads checks that are stated by parameters; `Patterns/README.md` lists them.
enum CheckFile {
  /// Checks that need no parameters.
  static let plain: [String: Check] = [
    "verhoeff": .verhoeff(.whole), "damm": .damm(.whole), "not_palindrome": .notPalindrome,
    "french_vat_key": .frenchVATKey(.whole),
  ]

  /// A check by its name, or `nil` when there is none of that name.
  ///
  /// - Throws: `PatternFileError` with the line of the parameter that is wrong.
  static func check(
    _ name: String, _ node: Node, file: String
  ) throws(PatternFileError) -> Check? {
    switch name {
    case "any":
      var lists: [[Check]] = []
      for element in try sequence(node, name, file) { lists.append(try checks(element, file)) }
      return .any(lists)
    case "not": return .not(try checks(node, file))
    case "matches" where node.scalar != nil:
      return .matches(.whole, try form(node, name, file))
    default: break
    }
    guard let reader = readers[name] else { return nil }
    var map = try YAMLMap(node, file: file)
    let check = try reader(&map)
    try map.finish()
    return check
  }

  /// The expression under `form`, if there is one.
  static func form(_ map: inout YAMLMap) throws(PatternFileError) -> Form? {
    guard let node = map.take("form") else { return nil }
    return try form(node, "form", map.file)
  }

  private typealias Reader = @Sendable (inout YAMLMap) throws(PatternFileError) -> Check

  private static let readers: [String: Reader] = [
    "weighted": weighted, "substituted": substituted, "modulo": modulo, "luhn": luhn,
    "iso7064": iso7064, "carry": carry, "date": date, "among": among, "range": range,
    "matches": matches, "when": when, "split": split, "one_repeats": oneRepeats,
    "crc32_base62": crc32,
    "verhoeff": { (map) throws(PatternFileError) in .verhoeff(try slices(&map)) },
    "damm": { (map) throws(PatternFileError) in .damm(try slices(&map)) },
    "french_vat_key": { (map) throws(PatternFileError) in .frenchVATKey(try slices(&map)) },
  ]

  // MARK: - Sums

  @Sendable private static func weighted(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    var sum = WeightedSum(
      of: try slices(&map), weights: try weights(&map), modulus: try modulus(&map),
      verdict: .remainders([]))
    if let node = map.take("alphabet") { sum.alphabets = [try alphabet(node, map.file)] }
    for node in try map.nodes("alphabets") { sum.alphabets.append(try alphabet(node, map.file)) }
    sum.isCyclic = try flag(&map, "cyclic")
    sum.isFromRight = try flag(&map, "from_right")
    if let fold = try map.optionalString("fold") {
      switch (fold, Int(fold)) {
      case ("digit_sum", _): sum.fold = .digitSum
      case ("minus_nine", _): sum.fold = .minusNine
      case (_, let divisor?) where divisor > 0: sum.fold = .modulo(divisor)
      default: throw map.error("`fold` is digit_sum, minus_nine or a modulus")
      }
    }
    sum.times = try map.optionalInt("times") ?? 1
    sum.plus = try map.optionalInt("plus") ?? 0
    sum.thenModulus = try map.optionalInt("then_modulus") ?? 0
    if var instead = try map.map("instead") {
      sum.insteadWhen = try integers(&instead, "when")
      sum.insteadWeights = try weights(&instead)
      try instead.finish()
    }
    sum.verdict = try verdict(&map)
    return .weighted(sum)
  }

  @Sendable private static func substituted(
    _ map: inout YAMLMap
  ) throws(PatternFileError) -> Check {
    let of = try slices(&map)
    var tables: [[Int]] = []
    for node in try map.nodes("tables") {
      tables.append(try integers(node, "tables", map.file))
    }
    guard !tables.isEmpty else { throw map.error("`tables` is missing") }
    let letters = try map.take("alphabet").map { (node) throws(PatternFileError) in
      try alphabet(node, map.file)
    }
    return .substituted(
      SubstitutedSum(
        of: of, tables: tables, alphabet: letters ?? .digits, modulus: try modulus(&map),
        verdict: try verdict(&map)))
  }

  @Sendable private static func modulo(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    var check = Modulo(of: try slices(&map), modulus: try modulus(&map), verdict: .remainders([]))
    if var replacements = try map.map("replace") {
      for text in replacements.keys {
        let digits = try replacements.string(text)
        guard !text.isEmpty, digits.utf8.allSatisfy({ $0 &- 48 < 10 }) else {
          throw replacements.error("`replace` puts digits for a text")
        }
        check.replacements.append(Modulo.Replacement(text: text, digits: digits))
      }
    }
    check.dividedBy = try map.optionalInt("divided_by") ?? 0
    check.subtractedFrom = try map.optionalInt("subtracted_from") ?? 0
    check.zeroIs = try map.optionalInt("zero_is") ?? 0
    check.thenModulus = try map.optionalInt("then_modulus") ?? 0
    check.verdict = try verdict(&map)
    return .modulo(check)
  }

  /// `check` with `at`, `at` alone, or `remainder`.
  private static func verdict(_ map: inout YAMLMap) throws(PatternFileError) -> Verdict {
    if map.keys.contains("remainder") { return .remainders(try integers(&map, "remainder")) }
    guard let node = map.take("check") else {
      guard map.keys.contains("at") else {
        throw map.error("a sum has `remainder`, or `check` with `at`, or `at` alone")
      }
      return .digits(at: try slices(&map, "at"))
    }
    guard let place = try map.optionalInt("at") else { throw map.error("`at` is missing") }
    if let text = node.scalar?.string {
      return .characters(text.map { String($0) }, at: place)
    }
    var table: [String] = []
    for element in try sequence(node, "check", map.file) {
      table.append(try YAMLMap.string(element, key: "check", file: map.file))
    }
    return .characters(table, at: place)
  }

  // MARK: - Permutations

  @Sendable private static func luhn(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    let of = try slices(&map)
    let letters = try map.take("alphabet").map { (node) throws(PatternFileError) in
      try alphabet(node, map.file)
    }
    return .luhn(
      of, letters ?? .digits, prefix: try map.optionalString("prefix") ?? "",
      expandsLetters: try flag(&map, "expand_letters"))
  }

  @Sendable private static func iso7064(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    let name = try map.string("system")
    guard let system = Check.ISO7064System(rawValue: name) else {
      let known = Check.ISO7064System.allCases.map(\.rawValue).joined(separator: "; ")
      throw map.error("`system` is one of \(known)")
    }
    return .iso7064(system, try slices(&map))
  }

  @Sendable private static func carry(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    let row = try map.string("row")
    guard row.utf8.count == 10, row.utf8.allSatisfy({ $0 &- 48 < 10 }) else {
      throw map.error("`row` wants ten digits")
    }
    guard let at = try map.optionalInt("at") else { throw map.error("`at` is missing") }
    return .carry(try slices(&map), row: row, at: at)
  }

  @Sendable private static func oneRepeats(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    .oneRepeats(try slices(&map), times: try integers(&map, "times"))
  }

  @Sendable private static func crc32(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    .crc32Base62(try slices(&map), at: try slices(&map, "at"))
  }

  // MARK: - Dates, sets, combinations

  @Sendable private static func date(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    var check = DateCheck(
      year: try slices(&map, "year"), month: try slices(&map, "month"),
      day: try slices(&map, "day"), centuries: .list([0]))
    if let node = map.take("centuries") { check.centuries = try centuries(node, map.file) }
    if let node = map.take("month_offsets") {
      check.monthOffsets = try monthOffsets(node, map.file)
    }
    if map.keys.contains("day_offsets") { check.dayOffsets = try integers(&map, "day_offsets") }
    check.monthLetters = try map.optionalString("months") ?? ""
    if var letters = try map.map("letters") {
      for letter in letters.keys {
        let digit = try letters.string(letter)
        guard letter.utf8.count == 1, digit.utf8.count == 1 else {
          throw letters.error("`letters` puts one digit for one letter")
        }
        check.letters += letter
        check.digits += digit
      }
    }
    return .date(check)
  }

  /// A list; `three_digits`; or `{at: …, of: {…}}`.
  private static func centuries(
    _ node: Node, _ file: String
  ) throws(PatternFileError) -> DateCheck.Centuries {
    if node.scalar?.string == "three_digits" { return .threeDigits }
    guard node.mapping != nil else { return .list(try integers(node, "centuries", file)) }
    var map = try YAMLMap(node, file: file)
    let at = try slices(&map, "at")
    guard var rows = try map.map("of") else { throw map.error("`of` is missing") }
    var table: [String: [Int]] = [:]
    for key in rows.keys { table[key] = try integers(&rows, key) }
    try map.finish()
    return .by(at, table)
  }

  /// A list of what is added, or a mapping from that to the century it stands for.
  private static func monthOffsets(
    _ node: Node, _ file: String
  ) throws(PatternFileError) -> [DateCheck.MonthOffset] {
    guard node.mapping != nil else {
      return try integers(node, "month_offsets", file)
        .map { DateCheck.MonthOffset(added: $0, century: 0) }
    }
    var map = try YAMLMap(node, file: file)
    var offsets: [DateCheck.MonthOffset] = []
    for key in map.keys {
      guard let added = Int(key), let century = try map.optionalInt(key) else {
        throw map.error("`month_offsets` puts a century for a number")
      }
      offsets.append(DateCheck.MonthOffset(added: added, century: century))
    }
    return offsets
  }

  @Sendable private static func among(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    let of = try slices(&map)
    let values = try map.strings("values")
    guard !values.isEmpty else { throw map.error("`values` is missing") }
    return .among(of, values)
  }

  @Sendable private static func range(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    let of = try slices(&map)
    var ranges: [ClosedRange<Int>] = []
    for node in try map.nodes("between") {
      let ends = try integers(node, "between", map.file)
      guard ends.count == 2, ends[0] <= ends[1] else {
        throw map.error("`between` is a list of pairs, the lower number first")
      }
      ranges.append(ends[0]...ends[1])
    }
    guard !ranges.isEmpty else { throw map.error("`between` is missing") }
    return .range(of, ranges)
  }

  @Sendable private static func matches(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    let of = try slices(&map)
    guard let form = try form(&map) else { throw map.error("`form` is missing") }
    return .matches(of, form)
  }

  @Sendable private static func when(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    guard let condition = map.take("if"), let then = map.take("then") else {
      throw map.error("`when` wants `if` and `then`")
    }
    let otherwise = try map.take("else").map { (node) throws(PatternFileError) in
      try checks(node, map.file)
    }
    return .when(
      try checks(condition, map.file), then: try checks(then, map.file), else: otherwise ?? [])
  }

  @Sendable private static func split(_ map: inout YAMLMap) throws(PatternFileError) -> Check {
    let separators = try map.string("at")
    var lists: [[Check]] = []
    for node in try map.nodes("parts") { lists.append(try checks(node, map.file)) }
    guard !separators.isEmpty, lists.count > 1 else {
      throw map.error("`split` wants `at` and at least two `parts`")
    }
    return .split(at: separators, lists)
  }
}

// MARK: - Parameters

extension CheckFile {
  /// A list of checks, or one alone.
  private static func checks(_ node: Node, _ file: String) throws(PatternFileError) -> [Check] {
    var result: [Check] = []
    for element in node.sequence.map({ Array($0) }) ?? [node] {
      switch try RuleFile.validator(element, file: file) {
      case .check(let check): result.append(check)
      case let plain: result.append(.plain(plain))
      }
    }
    return result
  }

  private static func form(
    _ node: Node, _ key: String, _ file: String
  ) throws(PatternFileError) -> Form {
    guard let form = Form(try YAMLMap.string(node, key: key, file: file)) else {
      throw PatternFileError(
        file: file, line: node.mark?.line ?? 0, message: "`\(key)` is no form that is understood")
    }
    return form
  }

  private static func slices(
    _ map: inout YAMLMap, _ key: String = "of"
  ) throws(PatternFileError) -> Slices {
    guard map.keys.contains(key) else {
      if key == "of" { return .whole }
      throw map.error("key `\(key)` is missing")
    }
    let line = map.error("", at: key).line
    guard let slices = Slices(try map.strings(key)) else {
      throw PatternFileError(
        file: map.file, line: line, message: "`\(key)` is no slice, such as \"0:9\" or \"-1\"")
    }
    return slices
  }

  /// A list of whole numbers, or a row of them as `"10..2"`.
  private static func weights(_ map: inout YAMLMap) throws(PatternFileError) -> [Int] {
    guard let node = map.take("weights") else { throw map.error("key `weights` is missing") }
    guard let row = node.scalar?.string, row.contains("..") else {
      return try integers(node, "weights", map.file)
    }
    let ends = row.components(separatedBy: "..").compactMap { Int($0) }
    guard ends.count == 2 else {
      throw PatternFileError(
        file: map.file, line: node.mark?.line ?? 0, message: "`weights` is no row of numbers")
    }
    return ends[0] <= ends[1] ? Array(ends[0]...ends[1]) : (ends[1]...ends[0]).reversed()
  }

  private static func modulus(_ map: inout YAMLMap) throws(PatternFileError) -> Int {
    let error = map.error("`modulus` is a number above 1", at: "modulus")
    guard let modulus = try map.optionalInt("modulus"), modulus > 1 else { throw error }
    return modulus
  }

  private static func alphabet(
    _ node: Node, _ file: String
  ) throws(PatternFileError) -> Alphabet {
    if let text = node.scalar?.string {
      switch text {
      case "digits": return .digits
      case "base36": return .base36
      case "hexadecimal": return Alphabet("0123456789ABCDEF")
      default: return Alphabet(text)
      }
    }
    var map = try YAMLMap(node, file: file)
    var pairs: [(character: UInt8, number: Int)] = []
    for key in map.keys {
      let bytes = latin1(key)
      guard bytes.count == 1, let number = try map.optionalInt(key) else {
        throw map.error("`alphabet` puts a number for a character")
      }
      pairs.append((bytes[0], number))
    }
    return Alphabet(pairs)
  }

  private static func flag(
    _ map: inout YAMLMap, _ key: String
  ) throws(PatternFileError) -> Bool {
    let text = try map.optionalString(key) ?? "false"
    guard ["true", "false"].contains(text) else { throw map.error("`\(key)` is true or false") }
    return text == "true"
  }

  private static func integers(
    _ map: inout YAMLMap, _ key: String
  ) throws(PatternFileError) -> [Int] {
    guard let node = map.take(key) else { throw map.error("key `\(key)` is missing") }
    return try integers(node, key, map.file)
  }

  /// A list of whole numbers; one number stands for a list of one.
  private static func integers(
    _ node: Node, _ key: String, _ file: String
  ) throws(PatternFileError) -> [Int] {
    let nodes = node.sequence.map { Array($0) } ?? [node]
    let numbers = nodes.compactMap { $0.scalar.flatMap { Int($0.string) } }
    guard !numbers.isEmpty, numbers.count == nodes.count else {
      throw PatternFileError(
        file: file, line: node.mark?.line ?? 0, message: "`\(key)` wants whole numbers")
    }
    return numbers
  }

  private static func sequence(
    _ node: Node, _ key: String, _ file: String
  ) throws(PatternFileError) -> [Node] {
    guard let sequence = node.sequence, !sequence.isEmpty else {
      throw PatternFileError(
        file: file, line: node.mark?.line ?? 0, message: "`\(key)` wants a list")
    }
    return Array(sequence)
  }
}
