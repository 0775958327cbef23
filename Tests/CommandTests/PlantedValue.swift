/// A value that must not turn up in any message, report or list of findings.
///
/// Values are reserved or published ones, or invented. They are put together from parts, so that no
/// scanner of sources takes one for a live secret.
struct PlantedValue {
  let type: String
  let text: String
  /// The sentence around it, which gives a rule the context it may want.
  let sentence: String

  init(_ type: String, _ parts: String..., before: String = "Please note: ", after: String = "") {
    self.type = type
    text = parts.joined()
    sentence = before + text + after
  }

  static let all: [PlantedValue] = people + contacts + numbers + network + secrets

  private static let people = [
    PlantedValue("PERSON", "Zylvantra ", "Quorbeck", before: "Hello, my name is "),
    PlantedValue("PERSON", "Thorvendis ", "Maplequist", before: "Best regards,\n"),
    PlantedValue("PERSON", "Брежислав ", "Кветковский", before: "Меня зовут "),
    PlantedValue("PERSON", "欧阳", "澜澈", before: "我叫", after: "。"),
    PlantedValue("LOCATION", "Brindle", "wickshire", before: "I live in "),
    PlantedValue("ADDRESS", "4711 Quagmire", " Hollow Road", before: "My address is "),
    PlantedValue("ADDRESS", "Zwirbelallee", " 238", before: "Ich wohne in der "),
    PlantedValue("ORGANIZATION", "Plonkworth", " & Sons Ltd", before: "I work for "),
    PlantedValue("DATE_OF_BIRTH", "17", "/09/", "1983", before: "I was born on "),
    PlantedValue("AGE", "83 years", " and 5 months", before: "She is "),
    PlantedValue("USERNAME", "zylvie", "_quor", "_1983", before: "username: "),
  ]

  private static let contacts = [
    PlantedValue("EMAIL_ADDRESS", "zylvantra", "@", "quorbeck.example.org"),
    PlantedValue("EMAIL_ADDRESS", "thor+tag", "@", "maplequist.example.com"),
    PlantedValue("EMAIL_ADDRESS", "почта.зиль", "@", "example.net"),
    PlantedValue("PHONE_NUMBER", "+1 202-", "555-", "0187", before: "Call me: "),
    PlantedValue("PHONE_NUMBER", "+44 7700 ", "900", "471", before: "phone "),
    PlantedValue("PHONE_NUMBER", "030 ", "23125", " 871", before: "Telefon: "),
    PlantedValue("PHONE_NUMBER", "(415) ", "555-", "0162", before: "tel. "),
    PlantedValue("URL", "https://", "files.example.com/", "share/zylvantra?id=83471"),
    PlantedValue("URL", "https://chat", ".example.com/c/", "83471f00-zq"),
  ]

  private static let numbers = [
    PlantedValue("CREDIT_CARD", "4012 8888", " 8888 ", "1881", before: "card "),
    PlantedValue("CREDIT_CARD", "37828", "22463", "10005", before: "Amex "),
    PlantedValue("IBAN_CODE", "GB33 BUKB ", "2020 1555", " 5555 55", before: "IBAN "),
    PlantedValue("IBAN_CODE", "NL91", "ABNA", "0417164300", before: "Konto: "),
    PlantedValue("US_SSN", "219", "-09-", "9999", before: "My SSN is "),
    PlantedValue("US_BANK_ROUTING", "0210", "00021", before: "routing number "),
    PlantedValue("UK_NHS", "943 476", " 5919", before: "NHS number "),
    PlantedValue("UK_NINO", "QQ 12", " 34 56 C", before: "NI number "),
    PlantedValue("US_PASSPORT", "9876", "54320", before: "passport number "),
    PlantedValue("IMEI", "49015420", "3237518", before: "IMEI "),
    PlantedValue("VIN", "1M8GDM9A", "XKP042788", before: "VIN "),
    PlantedValue("CRYPTO", "1BvBMSEYstWetq", "TFn5Au4m4GFg7xJaNVN2", before: "pay to "),
    PlantedValue("CRYPTO", "0x52908400098527886E0F", "7030069857D2E4169EE7", before: "eth "),
  ]

  private static let network = [
    PlantedValue("IP_ADDRESS", "203.0.", "113.199", before: "from "),
    PlantedValue("IP_ADDRESS", "2001:db8:", "83:471::", "199", before: "from "),
    PlantedValue("MAC_ADDRESS", "00:00:5E:", "00:53:", "AF", before: "hw "),
    PlantedValue("COORDINATES", "12.34", "5678, ", "-98.765432", before: "at "),
    PlantedValue("FILE_PATH", "/home/", "zylvantra", "/thesis.tex", before: "see "),
  ]

  private static let secrets = [
    PlantedValue("SECRET_AWS_ACCESS_KEY", "AK", "IA", "IOSFODNN7", "EXAMPLE", before: "key "),
    PlantedValue(
      "SECRET_AWS_SECRET_KEY", "wJalrXUtnFEMI", "/K7MDENG/", "bPxRfiCYEXAMPLEKEY",
      before: "aws_secret_access_key = "),
    PlantedValue(
      "SECRET_GITHUB_TOKEN", "gh", "p_", "0123456789abcdefghij", "ABCDEFGHIJ012345",
      before: "token "),
    PlantedValue(
      "SECRET_JWT", "ey", "JhbGciOiJIUzI1NiJ9.", "eyJzdWIiOiI4MzQ3MSJ9.",
      "c2lnbmF0dXJlLW9mLW5vYm9keQ", before: "Bearer "),
    PlantedValue("SECRET_PASSWORD", "Tr0mb", "one&Kettle", "-83471", before: "password: "),
    PlantedValue(
      "SECRET_CONNECTION_STRING", "postgres://", "zq:k3ttledrum", "@db.example.net/x",
      before: "DSN "),
    PlantedValue(
      "SECRET_PRIVATE_KEY", "-----BEGIN ", "PRIVATE KEY", "-----\nbm8ga2V5IGF0IGFsbCwgb25se",
      "SB0ZXN0\n", "-----END PRIVATE KEY-----"),
  ]

  /// What is looked for: the value, and of one with blanks or line ends also its telling parts.
  ///
  /// A part is telling from five bytes on; shorter ones occur by chance in hashes and offsets.
  var traces: [String] {
    let untelling: Set<String> = [
      "-----BEGIN", "-----END", "KEY-----", "PRIVATE", "years", "months",
    ]
    let parts = text.split { $0 == " " || $0 == "\n" }.map(String.init)
      .filter { $0.utf8.count >= 5 && !untelling.contains($0) }
    let digits = text.filter(\.isNumber)
    return [text] + (parts.count > 1 ? parts.filter { !$0.allSatisfy(\.isNumber) } : [])
      + (digits.count >= 9 && digits.count * 2 > text.count ? [digits] : [])
  }
}
