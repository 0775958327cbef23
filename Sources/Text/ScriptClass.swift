/// The writing system of a character, as coarse as word boundaries need it. Whether two letters can
/// belong to one word is asked of their lead bytes alone. `public` as `ByteMaps` is.
@frozen
public enum ScriptClass: UInt8, Sendable {
  /// Digits, punctuation, symbols, spaces.
  case none
  case latin, greek, cyrillic, armenian, hebrew, arabic, indic, georgian, ethiopic, hangul
  /// Written without spaces between words: Han, kana, Thai, Lao, Khmer, Burmese, Tibetan.
  case unspaced

  /// The class of a code point; letters and marks alike.
  ///
  /// Blocks as in Unicode 15, chapter "Code Charts".
  @inlinable
  public init(_ codePoint: UInt32) {
    switch codePoint {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: self = .latin
    case 0x300...0x36F: self = .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x400...0x52F: self = .cyrillic
    case 0x531...0x587: self = .armenian
    case 0x591...0x5F4: self = .hebrew
    case 0x610...0x61A, 0x620...0x65F, 0x66E...0x6D3, 0x6D5...0x6DC, 0x6FA...0x8FF: self = .arabic
    case 0x900...0x963, 0x970...0xDFF: self = .indic
    case 0xE01...0x109F, 0x1780...0x17FF: self = .unspaced
    case 0x10A0...0x10FF, 0x1C90...0x1CBF: self = .georgian
    case 0x1100...0x11FF, 0xA960...0xA97F, 0xAC00...0xD7FF: self = .hangul
    // Between them full stops and digits.
    case 0x1200...0x135F, 0x1380...0x139F: self = .ethiopic
    case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x30FF, 0x3131...0x318E, 0x31A0...0x4DBF,
      0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
      self = .unspaced
    default: self = .none
    }
  }
}
