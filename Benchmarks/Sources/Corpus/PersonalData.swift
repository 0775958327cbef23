/// A language of the corpus: its words, invented people, and the phrases around personal data.
struct Language {
  let name: String
  let words: [[UInt8]]
  let given: [[UInt8]]
  let surnames: [[UInt8]]
  let introductions: [[UInt8]]
  let streets: [[UInt8]]

  init(
    _ name: String, words: [[UInt8]], given: String, surnames: String, introductions: [String],
    streets: [String]
  ) {
    self.name = name
    self.words = words
    self.given = given.split(separator: " ").map { Array($0.utf8) }
    self.surnames = surnames.split(separator: " ").map { Array($0.utf8) }
    self.introductions = introductions.map { Array($0.utf8) }
    self.streets = streets.map { Array($0.utf8) }
  }

  /// Surnames are made up, so that a given name and a surname together are nobody.
  static let all = [
    Language(
      "English", words: Words.english,
      given: "Alice Ben Clara Daniel Emma Frank Grace Henry Isla Jack Kate Liam Mary Noah Olive",
      surnames: "Brennick Wexcombe Ashgrove Larkmoor Penhollow Quillfox Tarnwick Umberley Vexley",
      introductions: ["My name is ", "I am ", "Dear ", "Please ask ", "Best regards, "],
      streets: ["Larkmoor Lane", "Mill Row", "Hollow Road", "Quagmire Street"]),
    Language(
      "German", words: Words.german,
      given: "Anna Bernd Clara Dieter Eva Franz Greta Hans Ida Jonas Karin Lukas Mia Otto Paula",
      surnames: "Falkenrath Sternhagen Achterberg Quendlin Ruppenthaal Tiefenbroich Wolkenrieder",
      introductions: ["Ich heiße ", "Mein Name ist ", "Liebe ", "Mit freundlichen Grüßen, "],
      streets: ["Zwirbelallee", "Hafenstieg", "Lindenkehre"]),
    Language(
      "Spanish", words: Words.spanish,
      given: "Ana Bruno Carmen Diego Elena Felipe Gloria Hugo Inés Javier Lucía Mateo Nuria",
      surnames: "Montalbes Quintelar Vilarinhez Robledales Otxandarena Zurbaranes",
      introductions: ["Me llamo ", "Mi nombre es ", "Estimada ", "Un saludo, "],
      streets: ["calle del Olivar", "avenida del Molinillo"]),
    Language(
      "French", words: Words.french,
      given: "Alice Bruno Camille Denis Élise François Gaëlle Hugo Inès Jules Louise Marc Noémie",
      surnames: "Tourvaine Guérandel Maupertuy Quessignac Valombreux Trévenec",
      introductions: ["Je m'appelle ", "Je suis ", "Chère ", "Cordialement, "],
      streets: ["rue des Tilleulets", "avenue du Moulinet"]),
    Language(
      "Russian", words: Words.russian,
      given: "Анна Борис Вера Глеб Дарья Егор Жанна Иван Кира Лев Мария Никита Ольга Пётр",
      surnames: "Теремков Зареченин Кветковский Светлоярова Белокрыльцев Дальнегоров",
      introductions: ["Меня зовут ", "Уважаемый ", "С уважением, "],
      streets: ["улица Заречинская", "Теремковый переулок"]),
  ]
}

/// Somebody who does not exist, and how to reach them, all from reserved ranges.
struct Person {
  let given: [UInt8]
  let surname: [UInt8]
}

/// Kinds of personal data, each appended as text that is already valid inside a JSON string.
enum PersonalData {
  /// Published numbers for tests of payment systems.
  private static let cards = split(
    "4111 1111 1111 1111|5555555555554444|378282246310005|6011 1111 1111 1117|4012888888881881")
  /// The examples of the IBAN registry.
  private static let accounts = split(
    "DE89 3704 0044 0532 0130 00|GB29 NWBK 6016 1331 9268 19|FR1420041010050500013M02606"
      + "|ES91 2100 0418 4502 0005 1332|NL91ABNA0417164300")
  /// Test vectors of BIP-173 and EIP-55.
  private static let wallets = split(
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4|0x52908400098527886E0F7030069857D2E4169EE7")
  private static let domains = split("example.com|example.org|example.net|mail.example")

  private static func split(_ text: String) -> [[UInt8]] {
    text.split(separator: "|").map { Array($0.utf8) }
  }

  /// Appends a randomly chosen kind with a word or two around it.
  static func append(
    _ person: Person, _ language: Language, to text: inout [UInt8],
    using random: inout SplitMix64
  ) {
    switch random.below(20) {
    case 0...5:
      text += random.pick(language.introductions)
      appendName(person, to: &text, using: &random)
    case 6...8: appendMail(person, to: &text, using: &random)
    case 9, 10: appendPhone(to: &text, using: &random)
    case 11: text += Array("card ".utf8) + random.pick(cards)
    case 12: text += Array("IBAN ".utf8) + random.pick(accounts)
    case 13: text += Array("wallet ".utf8) + random.pick(wallets)
    case 14: text += Array("host 203.0.113.\(random.below(256))".utf8)
    case 15: text += Array("2001:db8:\(hex(&random, 4))::\(hex(&random, 3))".utf8)
    case 16: text += Array("00:00:5E:00:53:\(hex(&random, 2))".utf8)
    case 17: text += Array("https://www.example.com/u/\(hex(&random, 8))?id=4711".utf8)
    case 18: text += Array("password: kettle-\(hex(&random, 6))-Drum!".utf8)
    default: appendAddress(language, to: &text, using: &random)
    }
  }

  static func appendName(
    _ person: Person, to text: inout [UInt8], using random: inout SplitMix64
  ) {
    switch random.below(4) {
    case 0: text += person.given
    case 1: text += person.surname
    default: text += person.given + [UInt8(ascii: " ")] + person.surname
    }
  }

  private static func appendMail(
    _ person: Person, to text: inout [UInt8], using random: inout SplitMix64
  ) {
    // Local parts are ASCII, as nearly all are; a name in another script gives a plain number.
    let isASCII = (person.given + person.surname).allSatisfy { $0 < 0x80 }
    if isASCII {
      text += person.given.map { $0 | 0x20 } + [UInt8(ascii: ".")]
      text += person.surname.map { $0 | 0x20 }
    }
    text += Array("\(isASCII ? "" : "user")\(random.below(1000))@".utf8) + random.pick(domains)
  }

  /// Only numbers set aside for fiction or examples.
  private static func appendPhone(to text: inout [UInt8], using random: inout SplitMix64) {
    switch random.below(4) {
    case 0: text += Array("+1 202-555-0\(100 + random.below(100))".utf8)
    case 1: text += Array("(415) 555-0\(100 + random.below(100))".utf8)
    case 2: text += Array("+44 7700 900\(100 + random.below(900))".utf8)
    default: text += Array("030 23125 \(100 + random.below(800))".utf8)
    }
  }

  private static func appendAddress(
    _ language: Language, to text: inout [UInt8], using random: inout SplitMix64
  ) {
    let number = Array("\(1 + random.below(250))".utf8)
    let street = random.pick(language.streets)
    text +=
      language.name == "English" || language.name == "French"
      ? number + [UInt8(ascii: " ")] + street : street + [UInt8(ascii: " ")] + number
  }

  private static func hex(_ random: inout SplitMix64, _ count: Int) -> String {
    let digits = String(random.next(), radix: 16)
    return String((String(repeating: "0", count: 16) + digits).suffix(count))
  }
}
