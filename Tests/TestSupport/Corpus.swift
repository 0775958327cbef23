package import PatternFiles
internal import Rules

/// Texts made from a seed: prose of many scripts, code, figures with every joiner, and the rules'
/// own examples cut, joined
/// and bent. What can be found in them nobody knows; it is only compared.
package struct Corpus {
  private var random: SplitMix64
  private let hits: [[UInt8]]
  private let literals: [[UInt8]]

  private static let words =
    """
    the and of to we call my name is phone tel password token key order number address email from \
    Dear Regards Sarah Connor Will Mark Paris Baker Street University Turing machine Dr Mr Mrs \
    ich heiße Grüße Frau Straße je m'appelle rue téléphone me llamo calle mi chiamo via Łódź \
    меня зовут Анна улица телефон Ελένη με λένε שמי רחוק اسمي سارة هاتف 我叫林晓 电话 地址 \
    私の名前は 葛原さん 제 이름은 김민지 입니다 ฉันชื่อ สมชาย मेरा नाम राहुल тел. e.g. v1.2.3
    """.split(separator: " ").map { Array($0.utf8) }

  private static let code =
    [
      "std::vector<int> v(10);", "s[::-1]", "foo.bar(Baz::Qux)", "if (x == 0x7f) { return -1; }",
      "{\"id\": \"3f2a9c1b-04d7-4788-aa10-cc3f9e5b6d70\"}", "192.168.0.1:8080", "10.0.0.0/8",
      "2024-01-05T10:22:41.555Z", "const TOKEN = process.env.TOKEN;", "SELECT * FROM t WHERE a=1",
      "https://example.org/a?b=c&d=e#f", "user@host:~$ ls -la /home/user/x", "fe80::1%eth0",
      "5f2a9c1be04d7788aa10cc3f9e5b6d7081f2e3a4", "00:1b:44:11:3a:b7", "[PERSON_1]", "NAME_1",
      "＋８１－３－３０００－０１２３", "هاتف ٠٥٠ ٠٠٠ ٠١٢٣", "تلفن ۰۰۹۸۹۱۲۰۰۰۰۱۲۳", "फोन ९०००० ००१२३",
      "\u{200B}zero\u{200D}width", "ｆｕｌｌ　ｗｉｄｔｈ　１２３", "password: \"hunter22\"", "api_key='x'",
    ].map { Array($0.utf8) }

  private static let joiners = [
    " ", "-", ".", "/", "(", ")", ") ", " (", ". ", "  ", ",", ":", "_", "", "+", "\u{A0}",
    "\u{2011}", "\u{202F}", " – ", "）",
  ]
  .map { Array($0.utf8) }

  private static let breaks = [
    " ", " ", " ", ", ", ". ", "\n", "\n\n", ": ", "; ", " - ", "\t", "“", "”", "=", "",
  ]
  .map { Array($0.utf8) }

  package init(seed: UInt64, files: [RuleFile] = Project.ruleFiles) {
    random = SplitMix64(seed: seed)
    hits = files.flatMap { $0.hits + $0.misses }.map { Array($0.text.utf8) }
    literals = files.flatMap(\.definition.patterns).flatMap { pattern -> [String] in
      switch pattern.prefilter {
      case .literals(let literals, _): literals
      case .labels(let lines, _): lines.split(separator: "\n").map(String.init)
      default: []
      }
    }.map { Array($0.utf8) }
  }

  /// One text of about `count` bytes; valid UTF-8.
  package mutating func text(count: Int) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < count {
      text += piece()
      text += random.one(of: Self.breaks)
    }
    return text
  }

  private mutating func piece() -> [UInt8] {
    return switch random.below(13) {
    case 0: random.one(of: Self.code)
    case 1, 2: digits()
    case 3, 4: random.one(of: hits)
    case 5: bent(random.one(of: hits))
    case 6: random.one(of: hits) + random.one(of: Self.joiners) + random.one(of: hits)
    case 7: literals.isEmpty ? [] : random.one(of: literals) + token()
    case 8: token()
    case 9: table()
    default: random.one(of: Self.words)
    }
  }

  private mutating func digits() -> [UInt8] {
    var text: [UInt8] = random.below(4) == 0 ? [UInt8(ascii: "+")] : []
    for _ in 0...random.below(6) {
      for _ in 0...random.below(5) { text.append(48 + UInt8(random.below(10))) }
      text += random.one(of: Self.joiners)
    }
    return text
  }

  private static let columns = [
    "name", "first_name", "Nachname", "city", "email", "姓名", "note", "dob", "phone_number",
    "Customer ID", "passportNo", "PIN", "Geburtsdatum (TT.MM.JJJJ)", "",
  ]
  .map { Array($0.utf8) }

  /// A line that names columns, and lines of as many cells below it, more or less.
  private mutating func table() -> [UInt8] {
    let separator = random.one(of: [",", ";", "\t", " | "].map { Array($0.utf8) })
    let width = 2 + random.below(3)
    var text: [UInt8] = [10]
    for row in 0...random.below(4) {
      for column in 0..<width {
        if column > 0 { text += separator }
        text +=
          row == 0
          ? random.one(of: Self.columns)
          : cell()
      }
      text.append(10)
    }
    return text
  }

  private mutating func cell() -> [UInt8] {
    switch random.below(4) {
    case 0: random.one(of: hits)
    case 1: digits()
    case 2: token()
    default: random.one(of: Self.words)
    }
  }

  private mutating func token() -> [UInt8] {
    let alphabet = Array("abcdefXYZ0123456789_-+/=.".utf8)
    return (0...random.below(48)).map { _ in random.one(of: alphabet) }
  }

  /// A text with one character taken out, doubled, or put in the other case.
  private mutating func bent(_ text: [UInt8]) -> [UInt8] {
    var characters = Array(String(decoding: text, as: UTF8.self))
    let index = random.below(characters.count)
    switch random.below(3) {
    case 0: characters.remove(at: index)
    case 1: characters.insert(characters[index], at: index)
    default:
      let text = String(characters).uppercased()
      return Array((random.below(2) == 0 ? text : text.lowercased()).utf8)
    }
    return Array(String(characters).utf8)
  }
}
