internal import CPCRE2

/// How the text of an expression is read.
///
/// Ours are `extended`. Those of other tools are compiled as those tools would read them.
package struct RegexOptions: OptionSet, Codable, Sendable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// White space is ignored, `#` starts a comment.
  package static let extended = RegexOptions(rawValue: 1)
  /// Case is ignored, in all scripts.
  package static let caseless = RegexOptions(rawValue: 2)
  /// `^` and `$` stand at lines, too.
  package static let multiline = RegexOptions(rawValue: 4)
  /// `.` is any character, a line's end included.
  package static let dotAll = RegexOptions(rawValue: 8)
  /// `\d`, `\w`, `\s` and `\b` speak of all scripts, as in Python's `str` expressions.
  package static let unicode = RegexOptions(rawValue: 16)

  /// PCRE2's own bits.
  var bits: UInt32 {
    var bits = UInt32(PCRE2_UTF) | UInt32(PCRE2_NEVER_BACKSLASH_C)
    if contains(.extended) { bits |= UInt32(PCRE2_EXTENDED) }
    if contains(.caseless) { bits |= UInt32(PCRE2_CASELESS) }
    if contains(.multiline) { bits |= UInt32(PCRE2_MULTILINE) }
    if contains(.dotAll) { bits |= UInt32(PCRE2_DOTALL) }
    if contains(.unicode) { bits |= UInt32(PCRE2_UCP) }
    return bits
  }
}
