internal import CICU

/// Bytes in a character set that ICU knows (`EUC-JP`, `ISO-8859-2`, `KOI8-R`) as UTF-8; U+FFFD
/// stands for what is not of it. `nil` when ICU knows no set of that name.
///
/// - Complexity: O(`bytes.count`).
package func utf8(_ bytes: [UInt8], from charset: String) -> [UInt8]? {
  // Longer ones would leave the range of ICU's counts.
  guard bytes.count < 600 << 20 else { return nil }
  var target = [UInt8](repeating: 0, count: bytes.count * 3 + 8)
  // SAFETY: ICU writes at most the capacity given, which is the array's own count.
  let count = unsafe target.withUnsafeMutableBufferPointer { buffer in
    unsafe bytes.withUnsafeBufferPointer { source in
      var none: UInt8 = 0
      return unsafe withUnsafePointer(to: &none) { empty in
        unsafe chatscrub_icu_to_utf8(
          charset, source.baseAddress ?? empty, Int32(source.count), buffer.baseAddress!,
          Int32(buffer.count))
      }
    }
  }
  guard count >= 0 else { return nil }
  target.removeSubrange(Int(count)...)
  // ICU says U+001A where the set has a sign of its own for what is wrong.
  guard target.contains(0x1A) else { return target }
  return Array(
    target.split(separator: 0x1A, omittingEmptySubsequences: false)
      .joined(separator: [0xEF, 0xBF, 0xBD]))
}

/// What ICU can name in the languages it knows.
package enum DisplayName: Sendable {
  case region, language

  /// Calls the body with every name that a locale has for a country, or a language, as UTF-8; some
  /// come several times.
  ///
  /// - Complexity: O(locales × items), some 200,000 calls of ICU.
  package func visitNames(_ body: (_ name: [UInt8]) -> Void) {
    let kind = self == .region ? CHATSCRUB_REGION : CHATSCRUB_LANGUAGE
    var target = [UInt8](repeating: 0, count: 512)
    var locale: Int32 = 0
    var item: Int32 = 0
    while true {
      // SAFETY: ICU writes at most the capacity given, which is the array's own count.
      let count = unsafe target.withUnsafeMutableBufferPointer { buffer in
        unsafe chatscrub_icu_display_name(
          Int32(kind), locale, item, buffer.baseAddress!, Int32(buffer.count))
      }
      if count == CHATSCRUB_NO_LOCALE { return }
      if count == CHATSCRUB_NO_ITEM {
        locale += 1
        item = 0
        continue
      }
      if count > 0 { body(Array(target[..<Int(count)])) }
      item += 1
    }
  }
}
