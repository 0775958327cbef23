#ifndef CHATSCRUB_CICU_H
#define CHATSCRUB_CICU_H
// The only ICU surface Swift sees. ICU's own headers stay out of this file: Foundation on Linux
// carries its own copy of them (_FoundationICU), and a Clang module that includes the system's
// copy cannot be imported next to it.
#include <stdint.h>

// What a code point is, as bits. The values are part of the interface with Sources/Text.
enum {
  CHATSCRUB_LETTER = 1,
  CHATSCRUB_MARK = 2,       // combining marks and default-ignorable code points
  CHATSCRUB_DIGIT = 4,      // decimal digits of any script
  CHATSCRUB_UPPER = 8,      // upper case or title case
  CHATSCRUB_HAN = 16,
  CHATSCRUB_KANA = 32,
  CHATSCRUB_HANGUL = 64,
  CHATSCRUB_CASELESS = 128  // a letter of any script without case
};

// Writes the folded form of one code point (NFKC case fold, marks dropped, digits as ASCII) as UTF-8 and
// its class bits. Returns the number of bytes written (0 when the code point folds to nothing), or -1 when ICU
// fails or `capacity` is too small: 64 bytes are always enough.
int32_t chatscrub_icu_fold(uint32_t code_point, uint8_t *target, int32_t capacity, uint8_t *classes);

// Writes bytes in a character set that ICU knows by name as UTF-8, with U+FFFD for what is not of it.
// Returns the number of bytes, or -1 when there is no such set or `capacity` is too small: three times the
// source and eight are always enough.
int32_t chatscrub_icu_to_utf8(const char *charset, const uint8_t *source, int32_t source_count,
                              uint8_t *target, int32_t capacity);

enum {
  CHATSCRUB_REGION = 0,
  CHATSCRUB_LANGUAGE = 1,
  CHATSCRUB_NO_ITEM = -1,
  CHATSCRUB_NO_LOCALE = -2
};

// Writes what a locale (0, 1, …) calls a country or a language (0, 1, …) as UTF-8. Returns the number of
// bytes, 0 where it has no name for it, or CHATSCRUB_NO_ITEM or CHATSCRUB_NO_LOCALE behind the last.
int32_t chatscrub_icu_display_name(int32_t kind, int32_t locale, int32_t item, uint8_t *target,
                                   int32_t capacity);

// Writes pairs of code points: a letter of Greek or Cyrillic, and the ASCII letter of the same case that looks like it
// (the same skeleton by UTS #39). Returns the number of pairs, or -1 when ICU fails or `capacity`, in pairs, is too
// small: 256 are enough.
int32_t chatscrub_icu_lookalikes(uint32_t *pairs, int32_t capacity);

// The version of ICU, such as "72.1".
const char *chatscrub_icu_version(void);
#endif
