internal import Foundation
package import Rules

/// How the words of a language change at their end, as far as context words need it: a word in a
/// rule file stands for its forms.
package enum WordEndings {
  /// Languages whose nouns take case or number endings of up to three letters, often in place of a
  /// last vowel.
  private static let inflected: Set<String> = [
    "az", "be", "bg", "bs", "cs", "el", "et", "fi", "hr", "hu", "hy", "ka", "kk", "ky", "la", "lt",
    "lv", "mk", "mn", "pl", "ro", "ru", "sk", "sl", "sq", "sr", "tr", "tt", "uk", "uz",
  ]
  /// Languages with short endings only: plurals, genitives, articles.
  private static let endings: [String: Int] = [
    "en": 1, "de": 2, "nl": 2, "sv": 3, "da": 3, "no": 3, "nb": 3, "nn": 3, "is": 3, "fr": 1,
    "es": 2, "pt": 2, "it": 1, "ca": 2, "gl": 2, "ar": 2, "fa": 2, "ur": 2, "he": 2, "hi": 2,
    "bn": 3, "mr": 3, "ne": 2, "ta": 4, "te": 4, "kn": 4, "ml": 4, "gu": 3, "pa": 2, "id": 3,
    "ms": 3,
  ]
  /// A word shorter than this is taken as it is: `tel` is not `tell`.
  private static let lettersMin = 4

  /// The words to look for in place of a word of a rule file.
  ///
  /// - Parameter language: an ISO 639 code; one that is not known has no endings.
  package static func words(_ text: String, language: String) -> [ContextWord] {
    guard let last = text.last, last.isLetter,
      text.reversed().prefix(while: { $0.isLetter }).count >= lettersMin
    else { return [ContextWord(text)] }
    if inflected.contains(language) {
      var forms = [ContextWord(text, endingMax: 3)]
      if isVowel(last), text.reversed().prefix(while: { $0.isLetter }).count > lettersMin {
        forms.append(ContextWord(String(text.dropLast()), endingMax: 3))
      }
      return forms
    }
    return [ContextWord(text, endingMax: endings[language] ?? 0)]
  }

  private static func isVowel(_ letter: Character) -> Bool {
    let base = String(letter).lowercased().decomposedStringWithCanonicalMapping
    guard let scalar = base.unicodeScalars.first else { return false }
    return "aeiouyаеиоуыэюяіїєαεηιουω".unicodeScalars.contains(scalar)
  }
}
