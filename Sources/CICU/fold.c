#include "CICU.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/uvernum.h>

// Letters that Unicode does not decompose and that people drop when they type: the table of Latin
// letters with a stroke, and the Arabic letters that are written with and without their points.
static UChar32 fold_extra(UChar32 c) {
  switch (c) {
    case 0x0131: return 'i';                                   // dotless i
    case 0x0142: return 'l';                                   // l with stroke
    case 0x0111: return 'd';                                   // d with stroke
    case 0x00F0: return 'd';                                   // eth
    case 0x00F8: return 'o';                                   // o with stroke
    case 0x0127: return 'h';                                   // h with stroke
    case 0x0167: return 't';                                   // t with stroke
    case 0x0649: case 0x06CC: return 0x064A;                   // alef maksura, Farsi yeh
    case 0x06A9: return 0x0643;                                // keheh
    case 0x0629: return 0x0647;                                // teh marbuta
    case 0x06C1: case 0x06C3: return 0x0647;                   // Urdu heh goal and its teh marbuta
    case 0x0640: return 0;                                     // tatweel
    default: return c;
  }
}

// Marks that change a letter's identity stay: the vowel signs of Indic scripts have class 0. The dot below Indic letters, 7, and
// Arabic vowel signs, 27 to 35, are written by some and left out by others.
static int is_dropped_mark(UChar32 c) {
  uint8_t class = u_getCombiningClass(c);
  return class == 230 || class == 220 || class == 202 || class == 7 || (class >= 27 && class <= 35);
}

static uint8_t class_bits(UChar32 c) {
  uint8_t bits = 0;
  int type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK || type == U_ENCLOSING_MARK ||
      u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
    return CHATSCRUB_MARK;
  }
  if (type == U_DECIMAL_DIGIT_NUMBER) return CHATSCRUB_DIGIT;
  if (!u_isalpha(c)) return 0;
  bits = CHATSCRUB_LETTER;
  if (u_isupper(c) || type == U_TITLECASE_LETTER) bits |= CHATSCRUB_UPPER;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(c, &error)) {
    case USCRIPT_HAN: bits |= CHATSCRUB_HAN; break;
    case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: bits |= CHATSCRUB_KANA; break;
    case USCRIPT_HANGUL: bits |= CHATSCRUB_HANGUL; break;
    default: break;
  }
  if (!u_hasBinaryProperty(c, UCHAR_CASED) && type != U_MODIFIER_LETTER) bits |= CHATSCRUB_CASELESS;
  return bits;
}

int32_t chatscrub_icu_fold(uint32_t code_point, uint8_t *target, int32_t capacity, uint8_t *classes) {
  UChar32 c = (UChar32)code_point;
  *classes = class_bits(c);
  int32_t digit = u_charDigitValue(c);
  if (digit >= 0) {
    if (capacity < 1) return -1;
    target[0] = (uint8_t)('0' + digit);
    return 1;
  }
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance(&error);
  const UNormalizer2 *decompose = unorm2_getNFDInstance(&error);
  const UNormalizer2 *compose = unorm2_getNFCInstance(&error);
  UChar source[2], folded[64], apart[96], kept[96], whole[96];
  int32_t source_count = 0;
  U16_APPEND_UNSAFE(source, source_count, c);
  int32_t folded_count = unorm2_normalize(casefold, source, source_count, folded, 64, &error);
  int32_t apart_count = unorm2_normalize(decompose, folded, folded_count, apart, 96, &error);
  if (U_FAILURE(error)) return -1;
  int32_t kept_count = 0;
  for (int32_t i = 0; i < apart_count;) {
    UChar32 part;
    U16_NEXT(apart, i, apart_count, part);
    part = fold_extra(part);
    if (part != 0 && !is_dropped_mark(part)) U16_APPEND_UNSAFE(kept, kept_count, part);
  }
  int32_t whole_count = unorm2_normalize(compose, kept, kept_count, whole, 96, &error);
  if (U_FAILURE(error)) return -1;
  int32_t count = 0;
  for (int32_t i = 0; i < whole_count;) {
    UChar32 part;
    U16_NEXT(whole, i, whole_count, part);
    if (count + 4 > capacity) return -1;
    U8_APPEND_UNSAFE(target, count, part);
  }
  return count;
}

const char *chatscrub_icu_version(void) { return U_ICU_VERSION; }
