/// A short text with classes in it, as prefilters use them: `\d` a digit, `\h` a hexadecimal digit,
/// `\H` one to four of them, `\u` a capital, `\a` a letter (all ASCII), any other byte itself.
struct Template: Sendable, Hashable {
  fileprivate enum Step: Sendable, Hashable {
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
      case .hex, .hexRun: byte &- 48 < 10 || (byte | 0x20) &- 97 < 6
      case .capital: byte &- 65 < 26
      case .letter: (byte | 0x20) &- 97 < 26
      }
    }
  }

  fileprivate let steps: [Step]

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
}

/// Templates, one behind another in one array, so that comparing counts no references.
struct Templates: Sendable {
  /// A step as it is compared: the byte itself, or one of some classes.
  private struct Mask: Sendable {
    let byte: UInt8
    let classes: UInt8
    let isRun: Bool

    init(_ step: Template.Step) {
      isRun = step.isRun
      switch step {
      case .byte(let wanted): (byte, classes) = (wanted, 0)
      case .digit: (byte, classes) = (0, 1)
      case .hex, .hexRun: (byte, classes) = (0, 2)
      case .capital: (byte, classes) = (0, 4)
      case .letter: (byte, classes) = (0, 8)
      }
    }

    /// One bit for each class that has a byte.
    @inline(__always)
    private static func classes(of byte: UInt8) -> UInt8 {
      let isDigit = byte &- 48 < 10
      let isLetter = (byte | 0x20) &- 97 < 26
      let isHex = isDigit || (byte | 0x20) &- 97 < 6
      return (isDigit ? 1 : 0) | (isHex ? 2 : 0) | (byte &- 65 < 26 ? 4 : 0) | (isLetter ? 8 : 0)
    }

    @inline(__always)
    func takes(_ other: UInt8) -> Bool {
      classes == 0 ? other == byte : Self.classes(of: other) & classes != 0
    }
  }

  private var steps: [Mask] = []
  private var starts: [Int] = [0]

  /// How many there are.
  var count: Int { starts.count - 1 }

  mutating func append(_ template: Template) {
    steps += template.steps.map { Mask($0) }
    starts.append(steps.count)
  }

  /// Whether the text goes on as a template says, at `start`.
  func matches(_ template: Int, _ text: Span<UInt8>, at start: Int) -> Bool {
    var index = start
    for place in starts[template]..<starts[template + 1] {
      guard index < text.count, steps[place].takes(text[index]) else { return false }
      if steps[place].isRun {
        var more = 3
        while more > 0, index + 1 < text.count, steps[place].takes(text[index + 1]) {
          index += 1
          more -= 1
        }
      }
      index += 1
    }
    return true
  }
}
