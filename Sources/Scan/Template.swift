/// A short text with classes in it, as prefilters use them: `\d` a digit, `\h` a hexadecimal digit, `\H` one to four of
/// them, `\u` a capital, `\a` a letter (all ASCII), any other byte itself.
struct Template: Sendable {
  private enum Step: Sendable {
    case byte(UInt8)
    case digit, hex, hexRun, capital, letter
  }

  private let steps: [Step]

  init(_ text: String) {
    var steps: [Step] = []
    var isClass = false
    for byte in text.utf8 {
      if isClass {
        switch byte {
        case UInt8(ascii: "d"): steps.append(.digit)
        case UInt8(ascii: "h"): steps.append(.hex)
        case UInt8(ascii: "H"): steps.append(.hexRun)
        case UInt8(ascii: "u"): steps.append(.capital)
        case UInt8(ascii: "a"): steps.append(.letter)
        default: steps.append(.byte(byte))
        }
        isClass = false
      } else if byte == UInt8(ascii: "\\") {
        isClass = true
      } else {
        steps.append(.byte(byte))
      }
    }
    self.steps = steps
  }

  /// Whether the text goes on so at `start`.
  func matches(_ text: Span<UInt8>, at start: Int) -> Bool {
    var index = start
    for step in steps {
      guard index < text.count else { return false }
      let byte = text[index]
      switch step {
      case .byte(let wanted): if byte != wanted { return false }
      case .digit: if byte &- 48 >= 10 { return false }
      case .hex: if !Self.isHex(byte) { return false }
      case .hexRun:
        if !Self.isHex(byte) { return false }
        var more = 3
        while more > 0, index + 1 < text.count, Self.isHex(text[index + 1]) {
          index += 1
          more -= 1
        }
      case .capital: if byte &- 65 >= 26 { return false }
      case .letter: if (byte | 0x20) &- 97 >= 26 { return false }
      }
      index += 1
    }
    return true
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- 97 < 6
  }
}
