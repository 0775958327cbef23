internal import CPCRE2
internal import Synchronization

/// Why an expression was refused.
package struct RegexError: Error, Equatable {
  /// Offset into the expression, in code units.
  package let offset: Int
  /// PCRE2's own words; they speak of the expression, never of a text.
  package let message: String
}

/// How a search ended when it did not end with an answer.
package enum SearchFailure: Error, Equatable {
  case matchLimit
  case stackLimit
  /// The PCRE2 in use refuses an expression that the build's took.
  case uncompiled
  case other(Int32)
}

/// Where an expression matched, in bytes of the text.
package struct RegexMatch: Equatable {
  /// The whole match.
  package var range: Range<Int>
  /// The group named `value`, or the whole match when there is none.
  package var value: Range<Int>

  package init(range: Range<Int>, value: Range<Int>) {
    self.range = range
    self.value = value
  }
}

/// A compiled expression, shared by all workers.
///
/// One that is known to compile is compiled when it is first run: most inputs need only some of
/// hundreds, and the others would delay the start.
package final class Regex: Sendable {
  private let pattern: String
  private let options: RegexOptions
  private let code = AtomicLazyReference<RegexCode>()
  /// The address of PCRE2's code in it, 0 before, and the number of the group named `value`: to
  /// load the reference would count it, which costs more than many a search.
  private let address = Atomic<UInt>(0)
  private let valueGroup = Atomic<Int>(0)

  /// Compiles an expression over UTF-8, with `\d`, `\w` and `\b` in ASCII unless the options say
  /// otherwise.
  ///
  /// - Throws: `RegexError` when PCRE2 refuses it, when it can match the empty string or when the
  ///   JIT cannot take it.
  package convenience init(
    _ pattern: String, options: RegexOptions = .extended
  ) throws(RegexError) {
    self.init(proved: pattern, options: options)
    unsafe keep(try RegexCode(pattern, options))
  }

  /// - Parameter pattern: one that the build has compiled; where PCRE2 then still refuses it, as
  ///   another version may, each search fails.
  package init(proved pattern: String, options: RegexOptions = .extended) {
    self.pattern = pattern
    self.options = options
  }

  /// The compiled expression; two workers may compile it at once, and one of both is kept.
  private func compiled() throws(SearchFailure) -> OpaquePointer {
    let known = address.load(ordering: .acquiring)
    if let code = unsafe OpaquePointer(bitPattern: known) { return unsafe code }
    do {
      return unsafe keep(try RegexCode(pattern, options))
    } catch {
      throw .uncompiled
    }
  }

  /// Keeps what was compiled, or what another worker had compiled by then.
  @discardableResult
  private func keep(_ compiled: RegexCode) -> OpaquePointer {
    let kept = code.storeIfNil(compiled)
    valueGroup.store(kept.valueGroup, ordering: .relaxed)
    unsafe address.store(UInt(bitPattern: kept.code), ordering: .releasing)
    return unsafe kept.code
  }

  /// The first match that begins at or after `start` and not after `limit`, or `nil` when there is
  /// none.
  ///
  /// A search that gave up throws: no answer is never "no match".
  /// - Parameters:
  ///   - text: valid UTF-8; `start` is at a character boundary.
  ///   - limit: the last offset a match may begin at; `nil` for the whole text.
  package func firstMatch(
    in text: Span<UInt8>, from start: Int, startingBy limit: Int?,
    using scratch: borrowing RegexScratch
  ) throws(SearchFailure) -> RegexMatch? {
    // SAFETY: `self` keeps the compiled expression through the call.
    let code = unsafe try compiled()
    // SAFETY: the subject outlives the call; PCRE2 writes only into the worker's own match data.
    // JIT matching checks nothing, so `text` must be valid UTF-8, which `Records` has proved.
    let count = unsafe text.withUnsafeBufferPointer { subject in
      unsafe pcre2_set_offset_limit_8(scratch.context, limit ?? Int(bitPattern: UInt.max))
      return unsafe pcre2_jit_match_8(
        code, subject.baseAddress, subject.count, start, 0, scratch.data, scratch.context)
    }
    if count == PCRE2_ERROR_NOMATCH { return nil }
    guard count >= 0 else { throw Self.failure(count) }
    let vector = unsafe pcre2_get_ovector_pointer_8(scratch.data)!
    let range = unsafe vector[0]..<max(vector[0], vector[1])
    var value = range
    let valueGroup = valueGroup.load(ordering: .relaxed)
    if valueGroup > 0, unsafe vector[2 * valueGroup] != unsetOffset {
      value = unsafe vector[2 * valueGroup]..<vector[2 * valueGroup + 1]
    }
    return RegexMatch(range: range, value: value)
  }

  private static func failure(_ code: Int32) -> SearchFailure {
    switch code {
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT: .matchLimit
    case PCRE2_ERROR_JIT_STACKLIMIT: .stackLimit
    default: .other(code)
    }
  }
}

/// What PCRE2 made of an expression. Immutable once built.
@safe
private final class RegexCode: @unchecked Sendable {
  // @unchecked: "The compiled code … is never altered by matching functions, so it is thread-safe"
  // (pcre2api, "Multithreading"); it is JIT-compiled before it is shared.
  let code: OpaquePointer
  /// The number of the group named `value`, 0 when there is none.
  let valueGroup: Int

  init(_ pattern: String, _ options: RegexOptions) throws(RegexError) {
    let units = Array(pattern.utf8)
    var number: Int32 = 0
    var offset = 0
    // Searches begin where a trigger stands, so looking ahead for a first or a required character
    // costs more than it saves: up to 5000 bytes an attempt.
    let bits =
      UInt32(PCRE2_NO_START_OPTIMIZE) | UInt32(PCRE2_USE_OFFSET_LIMIT) | options.bits
    // SAFETY: PCRE2 copies what it needs; the pointers live for the call.
    let compiled = unsafe units.withUnsafeBufferPointer { source in
      unsafe pcre2_compile_8(source.baseAddress, source.count, bits, &number, &offset, nil)
    }
    guard let compiled = unsafe compiled else {
      throw RegexError(offset: offset, message: Self.message(number))
    }
    // A match limit given by an option at match time is only read by code compiled for JIT.
    guard unsafe pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE)) == 0 else {
      unsafe pcre2_code_free_8(compiled)
      throw RegexError(offset: 0, message: "the JIT compiler does not take this expression")
    }
    var minimum: UInt32 = 0
    _ = unsafe pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_MATCHEMPTY), &minimum)
    guard minimum == 0 else {
      unsafe pcre2_code_free_8(compiled)
      throw RegexError(offset: 0, message: "the expression can match the empty string")
    }
    let group = unsafe Array("value".utf8CString).withUnsafeBytes { name in
      unsafe pcre2_substring_number_from_name_8(
        compiled, name.baseAddress!.assumingMemoryBound(to: UInt8.self))
    }
    unsafe code = compiled
    valueGroup = group > 0 ? Int(group) : 0
  }

  deinit { unsafe pcre2_code_free_8(code) }

  private static func message(_ number: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    // SAFETY: PCRE2 writes at most the count given.
    let count = unsafe text.withUnsafeMutableBufferPointer { target in
      unsafe pcre2_get_error_message_8(number, target.baseAddress, target.count)
    }
    return count > 0 ? String(decoding: text[..<Int(count)], as: UTF8.self) : "error \(number)"
  }
}

/// PCRE2_UNSET, which the importer does not bring over because it is a cast.
private let unsetOffset = Int(bitPattern: UInt.max)

/// The version of PCRE2 in use, for the report.
package func pcre2Version() -> String {
  var text = [UInt8](repeating: 0, count: 64)
  // SAFETY: the version string is far shorter than 64 bytes (pcre2api: "about 24").
  let count = unsafe text.withUnsafeMutableBufferPointer { target in
    unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), target.baseAddress)
  }
  return String(decoding: text[..<max(0, Int(count) - 1)], as: UTF8.self)
}

/// The memory one worker needs to search. Owned by that worker, never shared, never copied.
@safe
package struct RegexScratch: ~Copyable {
  fileprivate let data: OpaquePointer
  fileprivate let context: OpaquePointer
  private let stack: OpaquePointer

  /// Steps after which a search gives up. Every rule stays far below it on its near-misses
  /// (tested).
  package static let matchLimit: UInt32 = 500_000

  /// - Parameter matchLimit: steps after which a search from one place gives up.
  package init(matchLimit: UInt32 = Self.matchLimit) {
    unsafe data = pcre2_match_data_create_8(16, nil)!
    unsafe context = pcre2_match_context_create_8(nil)!
    unsafe stack = pcre2_jit_stack_create_8(32 * 1024, 1024 * 1024, nil)!
    unsafe pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
    _ = unsafe pcre2_set_match_limit_8(context, matchLimit)
  }

  deinit {
    unsafe pcre2_match_data_free_8(data)
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_jit_stack_free_8(stack)
  }
}
