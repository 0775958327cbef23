#include "CICU.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uspoof.h>

#define SKELETON_MAX 16

// Writes the skeleton of one code point below U+10000; returns its length, or -1.
static int32_t skeleton(const USpoofChecker *checker, UChar32 c, UChar *target) {
  UChar source[1] = {(UChar)c};
  UErrorCode error = U_ZERO_ERROR;
  int32_t count = uspoof_getSkeleton(checker, 0, source, 1, target, SKELETON_MAX, &error);
  return U_FAILURE(error) ? -1 : count;
}

int32_t chatscrub_icu_lookalikes(uint32_t *pairs, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  USpoofChecker *checker = uspoof_open(&error);
  if (U_FAILURE(error)) return -1;
  UChar latin[52][SKELETON_MAX];
  int32_t counts[52];
  for (int i = 0; i < 52; i++) counts[i] = skeleton(checker, i < 26 ? 'A' + i : 'a' + i - 26, latin[i]);
  int32_t total = 0;
  for (UChar32 c = 0x370; c < 0x530 && total >= 0; c++) {
    UChar shape[SKELETON_MAX];
    int32_t count = u_isalpha(c) ? skeleton(checker, c, shape) : -1;
    if (count < 0) continue;
    int first = u_isupper(c) ? 0 : 26;
    for (int i = first; i < first + 26; i++) {
      if (counts[i] != count || memcmp(latin[i], shape, (size_t)count * sizeof(UChar)) != 0) continue;
      if (total == capacity) {
        total = -1;
        break;
      }
      pairs[2 * total] = (uint32_t)c;
      pairs[2 * total + 1] = (uint32_t)(i < 26 ? 'A' + i : 'a' + i - 26);
      total++;
      break;
    }
  }
  uspoof_close(checker);
  return total;
}
