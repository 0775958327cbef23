/// A short text with classes in it, as prefilters use them: `\d` a digit, `\h` a hexadecimal digit,
/// `\H` one to four of them, `\u` a capital, `\a` a letter (all ASCII), any other byte itself.
struct Template: Sendable {
  private enum Step: Sendable {
    case byte(UInt8)
    case digit, hex, hexRun, capital, letter

    var isRun: Bool {
      if case .hexRun = self { return true }
      return false
    }

    func takes(_ byte: UInt8) -> Bool {
      switch self {
      case .byte(let wanted): byte == wanted
      case .digit: byte &- 48 < 10
      case .hex, .hexRun: Template.isHex(byte)
      case .capital: byte &- 65 < 26
      case .letter: (byte | 0x20) &- 97 < 26
      }
    }
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

  /// The bytes that a text with this at `index` steps in can have there; all, where that depends on
  /// the text.
  func possibleBytes(at step: Int) -> [Bool] {
    guard step < steps.count, !steps[..<step].contains(where: { $0.isRun }) else {
      return [Bool](repeating: true, count: 256)
    }
    return (0..<256).map { byte in steps[step].takes(UInt8(byte)) }
  }

  /// Whether the text goes on so at `start`.
  func matches(_ text: Span<UInt8>, at start: Int) -> Bool {
    var index = start
    for step in steps {
      guard index < text.count else { return false }
      let byte = text[index]
      guard step.takes(byte) else { return false }
      if step.isRun {
        var more = 3
        while more > 0, index + 1 < text.count, Self.isHex(text[index + 1]) {
          index += 1
          more -= 1
        }
      }
      index += 1
    }
    return true
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 0x20) &- 97 < 6
  }
}
