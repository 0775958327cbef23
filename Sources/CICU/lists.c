#include "CICU.h"

#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

int32_t chatscrub_icu_to_utf8(const char *charset, const uint8_t *source, int32_t source_count,
                              uint8_t *target, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(charset, &error);
  if (U_FAILURE(error)) return -1;
  // What cannot be read becomes U+FFFD, as the converter does by itself.
  int32_t count = ucnv_toAlgorithmic(UCNV_UTF8, converter, (char *)target, capacity,
                                     (const char *)source, source_count, &error);
  ucnv_close(converter);
  return U_FAILURE(error) ? -1 : count;
}

static const char *item_at(const char *const *list, int32_t index) {
  for (int32_t i = 0; list[i] != NULL; i++) {
    if (i == index) return list[i];
  }
  return NULL;
}

int32_t chatscrub_icu_display_name(int32_t kind, int32_t locale, int32_t item, uint8_t *target,
                                   int32_t capacity) {
  if (locale >= uloc_countAvailable()) return CHATSCRUB_NO_LOCALE;
  const char *name = uloc_getAvailable(locale);
  const char *code = item_at(kind == CHATSCRUB_REGION ? uloc_getISOCountries() : uloc_getISOLanguages(), item);
  if (code == NULL) return CHATSCRUB_NO_ITEM;
  UChar shown[128];
  char whole[32] = "und_";
  int32_t count;
  UErrorCode error = U_ZERO_ERROR;
  if (kind == CHATSCRUB_REGION) {
    strncat(whole, code, sizeof whole - 5);
    count = uloc_getDisplayCountry(whole, name, shown, 128, &error);
  } else {
    count = uloc_getDisplayLanguage(code, name, shown, 128, &error);
  }
  // A locale that has no name for it shows the code.
  if (U_FAILURE(error) || error == U_USING_DEFAULT_WARNING || count >= 128) return 0;
  error = U_ZERO_ERROR;
  int32_t written = 0;
  u_strToUTF8((char *)target, capacity, &written, shown, count, &error);
  if (U_FAILURE(error)) return 0;
  if (written == (int32_t)strlen(code) && memcmp(target, code, (size_t)written) == 0) return 0;
  return written;
}
