/// Why a line is not a record. Offsets are bytes of the record; no case holds input.
package enum RecordError: Error, Equatable {
  /// The text is not JSON as RFC 8259 writes it: at `offset` something else had to stand.
  case invalidJSON(offset: Int, fault: JSONFault)
  /// A string holds bytes that are not UTF-8; `offset` is the first byte of the bad sequence.
  case invalidUTF8(offset: Int)
  /// The container that opens at `offset` is nested deeper than allowed.
  case tooDeep(offset: Int)
  /// The record is longer than `limit` bytes.
  case tooLong(limit: Int)
  /// The record is well formed, but has not what every record of its format has.
  case otherShape

  /// A short text, stable from version to version, the same for all records with this fault.
  package var reason: String {
    switch self {
    case .invalidJSON(_, let fault): "invalid-json: \(fault.reason)"
    case .invalidUTF8: "invalid-utf8"
    case .tooDeep: "too-deep"
    case .tooLong: "too-long"
    case .otherShape: "shape-mismatch"
    }
  }

  /// Where in the record, in bytes; `nil` when the record as a whole is at fault.
  package var offset: Int? {
    switch self {
    case .invalidJSON(let offset, _), .invalidUTF8(let offset), .tooDeep(let offset): offset
    case .tooLong, .otherShape: nil
    }
  }
}

/// What had to stand where the JSON goes wrong.
package enum JSONFault: Sendable, Equatable, CaseIterable {
  case expectedValue, expectedKey, expectedColon, expectedCommaOrBrace, expectedCommaOrBracket
  case expectedEnd, unterminatedString, controlCharacter, badEscape, badHexDigits, badNumber
  case badLiteral

  /// The second half of `RecordError.reason`.
  package var reason: String {
    switch self {
    case .expectedValue: "expected a value"
    case .expectedKey: "expected a key"
    case .expectedColon: "expected a colon"
    case .expectedCommaOrBrace: "expected a comma or a closing brace"
    case .expectedCommaOrBracket: "expected a comma or a closing bracket"
    case .expectedEnd: "expected the end of the record"
    case .unterminatedString: "expected a closing quote"
    case .controlCharacter: "expected an escape for a control character"
    case .badEscape: "expected an escape"
    case .badHexDigits: "expected four hexadecimal digits"
    case .badNumber: "expected a digit"
    case .badLiteral: "expected true, false or null"
    }
  }
}
